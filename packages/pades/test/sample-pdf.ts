import { deflateSync } from "node:zlib";

/** How a sample file describes its objects. */
export type XrefKind = "table" | "stream" | "objstm" | "hybrid";

/** What is in a sample file. */
export type SampleOptions = {
  readonly kind?: XrefKind;
  readonly text?: string;
  readonly pages?: number;
  /** Empty signature fields to have: name and rectangle. */
  readonly fields?: readonly { readonly name: string; readonly rect: string; readonly lock?: string }[];
  /** Where the form dictionary stands: in the catalog or in an object of its own with an indirect Fields array. */
  readonly form?: "direct" | "indirect";
  /** Bytes of padding in an unused-looking but referenced stream, to make big files. */
  readonly padding?: number;
  /** Left off: no line end after %%EOF. */
  readonly bareEnd?: boolean;
};

/** Objects of a sample by number: 1 catalog, 2 page tree, 3 first page, 4 its content, 5 font, 6 information, 7 metadata. */
export function samplePdf({ kind = "table", text = "Surat Tugas", pages = 1, fields = [], form = "direct", padding = 0, bareEnd = false }: SampleOptions = {}): Uint8Array {
  const objects = new Map<number, string | Uint8Array>();
  const firstExtra = 10;
  const extraPages = Array.from({ length: pages - 1 }, (_, k) => firstExtra + k);
  const firstField = firstExtra + extraPages.length;
  const fieldNumbers = fields.map((_, k) => firstField + k);
  const references = fieldNumbers.map((number) => `${number} 0 R`).join(" ");
  const formText = fields.length === 0 ? "" : form === "direct" ? ` /AcroForm << /Fields [${references}] >>` : " /AcroForm 8 0 R";
  objects.set(1, `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id)${formText} >>`);
  objects.set(2, `<< /Type /Pages /Kids [${[3, ...extraPages].map((number) => `${number} 0 R`).join(" ")}] /Count ${pages} /MediaBox [0 0 595 842] >>`);
  objects.set(3, `<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >>${fields.length === 0 ? "" : ` /Annots [${references}]`} >>`);
  objects.set(4, stream("", `BT /F1 24 Tf 72 700 Td (${text}) Tj ET`));
  objects.set(5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  objects.set(6, "<< /Title (Surat Tugas) /CreationDate (D:20260101000000Z) >>");
  objects.set(7, stream("/Type /Metadata /Subtype /XML", `${XMP}${" ".repeat(padding)}`));
  if (form === "indirect" && fields.length > 0) {
    objects.set(8, "<< /Fields 9 0 R /SigFlags 1 >>");
    objects.set(9, `[${references}]`);
  }
  for (const number of extraPages) objects.set(number, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>");
  fields.forEach(({ name, rect, lock }, k) => {
    const locked = lock === undefined ? "" : ` /Lock ${lock}`;
    objects.set(firstField + k, `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${name}) /Rect ${rect} /F 132 /P 3 0 R${locked} >>`);
  });
  const bytes = kind === "table" ? writeTable(objects) : writeStream(objects, kind);
  return bareEnd ? bytes.subarray(0, bytes.length - 1) : bytes;
}

/** Well-formed, since some readers judge a file by it. */
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"><dc:title>Surat Tugas</dc:title><xmp:ModifyDate>2026-01-01</xmp:ModifyDate></x:xmpmeta>';

function stream(dict: string, data: string): string {
  return `<< ${dict} /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

const latin = (text: string | Uint8Array): Buffer => (typeof text === "string" ? Buffer.from(text, "latin1") : Buffer.from(text));

function writeTable(objects: ReadonlyMap<number, string | Uint8Array>): Uint8Array {
  const out: Buffer[] = [latin("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")];
  const offsets = new Map<number, number>();
  const size = Math.max(...objects.keys()) + 1;
  for (const [number, body] of objects) {
    offsets.set(number, lengthOf(out));
    out.push(latin(`${number} 0 obj\n`), latin(body), latin("\nendobj\n"));
  }
  const start = lengthOf(out);
  const rows = Array.from({ length: size }, (_, number) => {
    const offset = offsets.get(number);
    return offset === undefined ? "0000000000 65535 f\r\n" : `${String(offset).padStart(10, "0")} 00000 n\r\n`;
  });
  out.push(latin(`xref\n0 ${size}\n${rows.join("")}trailer\n<< /Size ${size} /Root 1 0 R /Info 6 0 R /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] >>\nstartxref\n${start}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(out));
}

function writeStream(objects: ReadonlyMap<number, string | Uint8Array>, kind: "stream" | "objstm" | "hybrid"): Uint8Array {
  const packs = kind !== "stream";
  const out: Buffer[] = [latin("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")];
  const container = Math.max(...objects.keys()) + 1;
  const xref = container + 1;
  const rows = new Map<number, readonly [number, number, number]>();
  const packed = [...objects].filter(([, body]) => packs && typeof body === "string" && !body.includes("stream"));
  packed.forEach(([number], index) => rows.set(number, [2, container, index]));
  for (const [number, body] of objects) {
    if (rows.has(number)) continue;
    rows.set(number, [1, lengthOf(out), 0]);
    out.push(latin(`${number} 0 obj\n`), latin(body), latin("\nendobj\n"));
  }
  if (packs) {
    let at = 0;
    const heads = packed.map(([number, body]) => {
      const head = `${number} ${at}`;
      at += body.length + 1;
      return head;
    });
    const head = `${heads.join(" ")}\n`;
    const data = deflateSync(latin(`${head}${packed.map(([, body]) => String(body)).join("\n")}\n`));
    rows.set(container, [1, lengthOf(out), 0]);
    out.push(latin(`${container} 0 obj\n<< /Type /ObjStm /N ${packed.length} /First ${head.length} /Filter /FlateDecode /Length ${data.length} >>\nstream\n`), data, latin("\nendstream\nendobj\n"));
  }
  const start = lengthOf(out);
  rows.set(xref, [1, start, 0]);
  // PNG "up" predictor, as real writers use.
  const plain = Array.from({ length: xref + 1 }, (_, number) => {
    const [type, second, third] = rows.get(number) ?? [0, 0, 0];
    return [type, (second >> 16) & 255, (second >> 8) & 255, second & 255, third];
  });
  const predicted = plain.flatMap((row, k) => [2, ...row.map((byte, column) => (byte - (plain[k - 1]?.[column] ?? 0)) & 255)]);
  const data = deflateSync(Uint8Array.from(predicted));
  const dict = `<< /Type /XRef /Size ${xref + 1} /W [1 3 1] /Root 1 0 R /Info 6 0 R /ID [<0011> <0011>] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 5 >> /Length ${data.length} >>`;
  out.push(latin(`${xref} 0 obj\n${dict}\nstream\n`), data, latin("\nendstream\nendobj\n"));
  if (kind === "hybrid") {
    // Old readers see the table, which leaves packed objects out; new ones follow XRefStm (ISO 32000-2 §7.5.8.4).
    const table = lengthOf(out);
    const entries = [...rows].filter(([, row]) => row[0] === 1).map(([number, row]) => `${number} 1\n${String(row[1]).padStart(10, "0")} 00000 n\r\n`);
    out.push(latin(`xref\n0 1\n0000000000 65535 f\r\n${entries.join("")}trailer\n<< /Size ${xref + 1} /Root 1 0 R /Info 6 0 R /ID [<0011> <0011>] /XRefStm ${start} >>\nstartxref\n${table}\n%%EOF\n`));
  } else out.push(latin(`startxref\n${start}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(out));
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((length, part) => length + part.length, 0);
}

/** What an attacker appends: objects, and how the trailer and table are to lie. */
export type Forgery = {
  readonly objects: Readonly<Record<number, string>>;
  readonly root?: string;
  /** Table entries that point somewhere else than at the objects appended here. */
  readonly redirect?: Readonly<Record<number, number>>;
  /** Numbers to mark as free. */
  readonly free?: readonly number[];
  /** Left out of the table, though appended. */
  readonly hide?: readonly number[];
  readonly trailerExtra?: string;
  /** Raw text put before the table. */
  readonly stray?: string;
};

/** Appends an incremental update to a file with a cross-reference table, written by hand and independently of the product. */
export function forge(pdf: Uint8Array, { objects, root = "1 0 R", redirect = {}, free = [], hide = [], trailerExtra = "", stray = "" }: Forgery): Uint8Array {
  const text = Buffer.from(pdf).toString("latin1");
  const previous = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? "0";
  const size = Math.max(...[...text.matchAll(/\/Size (\d+)/g)].map((match) => Number(match[1])), ...Object.keys(objects).map((number) => Number(number) + 1));
  let tail = text.endsWith("\n") ? "" : "\n";
  const rows: [number, string][] = [];
  for (const [number, body] of Object.entries(objects)) {
    if (!hide.includes(Number(number))) rows.push([Number(number), `${String(pdf.length + tail.length).padStart(10, "0")} 00000 n\r\n`]);
    tail += `${number} 0 obj\n${body}\nendobj\n`;
  }
  for (const [number, offset] of Object.entries(redirect)) rows.push([Number(number), `${String(offset).padStart(10, "0")} 00000 n\r\n`]);
  for (const number of free) rows.push([number, "0000000000 00001 f\r\n"]);
  tail += stray;
  const start = pdf.length + tail.length;
  const table = rows.toSorted(([one], [other]) => one - other).map(([number, row]) => `${number} 1\n${row}`).join("");
  tail += `xref\n${table}trailer\n<< /Size ${size} /Root ${root} /Info 6 0 R /Prev ${previous}${trailerExtra} >>\nstartxref\n${start}\n%%EOF\n`;
  return new Uint8Array(Buffer.concat([pdf, Buffer.from(tail, "latin1")]));
}

/** The text of a file, one character per byte, for attacks that edit it. */
export function textOfPdf(pdf: Uint8Array): string {
  return Buffer.from(pdf).toString("latin1");
}

/** Bytes from such a text. */
export function pdfOfText(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "latin1"));
}

/** A stream object's body. */
export function streamBody(dict: string, data: string): string {
  return stream(dict, data);
}
