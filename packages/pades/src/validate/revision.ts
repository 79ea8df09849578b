import { byteAt, latin1 } from "../bytes.ts";
import type { PdfFile, View } from "../pdf/file.ts";
import { isSpace, Parser } from "../pdf/parser.ts";
import type { Section } from "../pdf/xref.ts";

/**
 * Whether the first `end` bytes are a whole file: they end in `startxref`, an offset, `%%EOF` and at most one line end.
 * A signature must cover such a revision, or what a reader shows is not what was signed.
 */
export function endsRevision(bytes: Uint8Array, end: number): boolean {
  return TAIL.test(latin1(bytes, Math.max(0, end - TAIL_BYTES), end));
}

/** Just past the `%%EOF` that belongs to `section`, or nothing if it is not where it should be. */
export function sectionEnd(file: PdfFile, section: Section): number | undefined {
  const parser = new Parser(file.bytes, section.end, 0);
  parser.skipSpace();
  if (!parser.takeWord("startxref")) return undefined;
  while (isSpace(byteAt(file.bytes, parser.at))) parser.at++;
  if (parser.takeDigits() !== section.offset) return undefined;
  while (isSpace(byteAt(file.bytes, parser.at))) parser.at++;
  return latin1(file.bytes, parser.at, parser.at + 5) === "%%EOF" ? parser.at + 5 : undefined;
}

/** One update after a signed revision: the bytes from `start` to `end`, and the section that describes them. */
export type Update = { readonly start: number; readonly end: number; readonly section: Section };

/** The updates between a signed revision and the end of the file; or why the file cannot be told apart into them. */
export type Updates = { readonly updates: readonly Update[] } | { readonly problem: string };

/**
 * Splits what follows `signed` into updates. Sections must lie in the file in the order of the chain, each in its own
 * update, and the chain must lead back to exactly the sections that the signed revision had.
 */
export function updatesAfter(signed: View, final: View): Updates {
  const { file } = final;
  const count = final.sections.length - signed.sections.length;
  const older = final.sections.slice(Math.max(0, count));
  if (count < 0 || older.some((section, at) => section.offset !== signed.sections[at]?.offset)) {
    return { problem: "the file's cross-reference chain leaves out the signed revision" };
  }
  const updates: Update[] = [];
  let start = signed.end;
  for (const section of final.sections.slice(0, count).toReversed()) {
    const end = sectionEnd(file, section);
    if (end === undefined) return { problem: "an update does not end in startxref and %%EOF" };
    if (section.offset < start || end <= start) return { problem: "an update describes itself outside its own bytes" };
    updates.push({ start, end, section });
    start = end;
  }
  for (let at = start; at < file.bytes.length; at++) {
    const byte = byteAt(file.bytes, at);
    if (byte !== 0x0a && byte !== 0x0d) return { problem: "bytes follow the end of the document" };
  }
  return { updates };
}

/** Whether nothing but white space and comments lies in the update outside its numbered objects: no room to hide an object in. */
export function strayByte(file: PdfFile, { start, end, section }: Update, objects: readonly { readonly start: number; readonly end: number }[]): number | undefined {
  const taken = [...objects, { start: section.offset, end }].toSorted((one, other) => one.start - other.start);
  let at = start;
  for (const { start: from, end: to } of taken) {
    const parser = new Parser(file.bytes, at, 0, from);
    parser.skipSpace();
    if (parser.at < from) return parser.at;
    at = Math.max(at, to);
  }
  return undefined;
}

const TAIL = /startxref[\s\0]+\d+[\s\0]+%%EOF(\r\n|\n|\r)?$/;
const TAIL_BYTES = 128;
