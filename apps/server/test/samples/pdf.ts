/** One page of a sample PDF: a JPEG that fills it, or lines of Helvetica with their place in points from the top left. */
export type SamplePage =
  | { readonly jpeg: Uint8Array; readonly pixels: { readonly width: number; readonly height: number }; readonly grey: boolean; readonly rotate?: 0 | 90 | 180 | 270 }
  | { readonly lines: readonly { readonly x: number; readonly y: number; readonly text: string; readonly size?: number }[]; readonly rotate?: 0 | 90 | 180 | 270 };

/** A4 in points. */
export const a4 = { width: 595, height: 842 } as const;

/** Writes a plain PDF 1.4 of A4 pages. `extra` adds entries to the trailer, as an encrypted file has. */
export const makePdf = (pages: readonly SamplePage[], extra: { readonly trailer?: string; readonly objects?: readonly string[] } = {}): Uint8Array => {
  const encoder = new TextEncoder();
  const objects: Uint8Array[] = [];
  const add = (text: string, stream?: Uint8Array): number => {
    const parts = stream === undefined ? [encoder.encode(text)] : [encoder.encode(`${text.replace("LENGTH", String(stream.length))}\nstream\n`), stream, encoder.encode("\nendstream")];
    objects.push(join(parts));
    return objects.length;
  };
  const catalog = add("<< /Type /Catalog /Pages 2 0 R >>");
  add("");
  const font = add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const kids = pages.map((page) => {
    const content = add("<< /Length LENGTH >>", encoder.encode(contentOf(page)));
    const image =
      "jpeg" in page
        ? add(`<< /Type /XObject /Subtype /Image /Width ${page.pixels.width} /Height ${page.pixels.height} /ColorSpace /${page.grey ? "DeviceGray" : "DeviceRGB"} /BitsPerComponent 8 /Filter /DCTDecode /Length LENGTH >>`, page.jpeg)
        : undefined;
    const resources = image === undefined ? `/Font << /F1 ${font} 0 R >>` : `/XObject << /Im1 ${image} 0 R >>`;
    return add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${a4.width} ${a4.height}] /Rotate ${page.rotate ?? 0} /Resources << ${resources} >> /Contents ${content} 0 R >>`);
  });
  objects[1] = encoder.encode(`<< /Type /Pages /Count ${kids.length} /Kids [${kids.map((kid) => `${kid} 0 R`).join(" ")}] >>`);
  for (const object of extra.objects ?? []) add(object);

  const parts: Uint8Array[] = [encoder.encode("%PDF-1.4\n%\u00e2\u00e3\n")];
  let at = parts[0]?.length ?? 0;
  const offsets = objects.map((object, index) => {
    const whole = join([encoder.encode(`${index + 1} 0 obj\n`), object, encoder.encode("\nendobj\n")]);
    const offset = at;
    parts.push(whole);
    at += whole.length;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  parts.push(encoder.encode(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${objects.length + 1} /Root ${catalog} 0 R ${extra.trailer ?? ""} >>\nstartxref\n${at}\n%%EOF\n`));
  return join(parts);
};

/** A PDF that needs a password which nobody gave: standard security handler, revision 3, with keys that fit no password. */
export const makeEncryptedPdf = (): Uint8Array => {
  const key = `<${"5a".repeat(32)}>`;
  // Objects 1 to 5 are catalog, pages, font, content and page of the one page.
  return makePdf([{ lines: [{ x: 72, y: 72, text: "rahasia" }] }], {
    objects: [`<< /Filter /Standard /V 2 /R 3 /Length 128 /P -3904 /O ${key} /U ${key} >>`],
    trailer: `/Encrypt 6 0 R /ID [<${"01".repeat(16)}> <${"01".repeat(16)}>]`,
  });
};

const contentOf = (page: SamplePage): string =>
  "jpeg" in page
    ? `q ${a4.width} 0 0 ${a4.height} 0 0 cm /Im1 Do Q`
    : page.lines.map(({ x, y, text, size = 11 }) => `BT /F1 ${size} Tf ${x} ${a4.height - y} Td (${text.replace(/[\\()]/g, (sign) => `\\${sign}`)}) Tj ET`).join("\n");

const join = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};
