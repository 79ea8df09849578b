import { byteAt } from "../bytes.ts";
import type { PdfFile, ReadObject } from "./file.ts";
import { BadSyntax, isSpace, Parser } from "./parser.ts";
import { Unreadable } from "../unreadable.ts";
import { countOf, itemsOf, nameOf, type PdfDict, type PdfStream } from "./value.ts";

/** Where an object is (ISO 32000-2 §7.5.4, §7.5.8). */
export type XrefEntry =
  | { readonly kind: "free" }
  | { readonly kind: "offset"; readonly offset: number; readonly generation: number }
  | { readonly kind: "packed"; readonly container: number; readonly index: number };

/** One cross-reference section: what a revision adds or replaces. */
export type Section = {
  readonly kind: "table" | "stream";
  readonly offset: number;
  /** Just past the trailer dictionary, or past the stream object. */
  readonly end: number;
  readonly entries: ReadonlyMap<number, XrefEntry>;
  readonly trailer: PdfDict;
  readonly previous: number | undefined;
  /** The object number of a cross-reference stream. */
  readonly number: number | undefined;
};

/** Reads the section at `offset`. Throws `BadSyntax`. */
export async function readSection(file: PdfFile, offset: number, end: number): Promise<Section> {
  const parser = new Parser(file.bytes, offset, file.limits.depth, end);
  // Some writers point at the line end before the keyword; every reader follows.
  while (isSpace(byteAt(file.bytes, parser.at))) parser.at++;
  if (!parser.takeWord("xref")) {
    const object = file.objectAt(offset, end, () => undefined);
    if (file.isPartial && file.damage.delete(offset)) throw new BadSyntax("a cross-reference stream is cut short");
    if (object === undefined) throw new BadSyntax(`no cross-reference section at ${offset}`);
    return readStreamSection(file, offset, object);
  }
  const entries = readTable(parser, file.limits.objects);
  parser.skipSpace();
  const trailer = parser.dict();
  const hybrid = countOf(trailer.entries.get("XRefStm"));
  if (hybrid !== undefined) await addHybrid(file, hybrid, end, entries);
  return { kind: "table", offset, end: parser.at, entries, trailer, previous: previousOf(trailer), number: undefined };
}

/** `trailer` ends the table; each entry is "offset generation n|f", read by its tokens and not by its column. */
function readTable(parser: Parser, limit: number): Map<number, XrefEntry> {
  const entries = new Map<number, XrefEntry>();
  for (;;) {
    parser.skipSpace();
    if (parser.takeWord("trailer")) return entries;
    const first = parser.takeDigits();
    parser.skipSpace();
    const count = parser.takeDigits();
    if (first === undefined || count === undefined) throw new BadSyntax("the cross-reference table is broken");
    if (entries.size + count > limit) throw new Unreadable("too_large", `more than ${limit} objects`, "objects");
    for (let number = first; number < first + count; number++) {
      parser.skipSpace();
      const offset = parser.takeDigits();
      parser.skipSpace();
      const generation = parser.takeDigits();
      parser.skipSpace();
      if (offset === undefined || generation === undefined) throw new BadSyntax("a cross-reference entry is broken");
      if (parser.takeWord("n")) entries.set(number, { kind: "offset", offset, generation });
      else if (parser.takeWord("f")) entries.set(number, { kind: "free" });
      else throw new BadSyntax("a cross-reference entry is neither in use nor free");
    }
  }
}

/** ISO 32000-2 §7.5.8.4: the stream of a hybrid file supplies the objects that the table hides as free or leaves out. */
async function addHybrid(file: PdfFile, offset: number, end: number, entries: Map<number, XrefEntry>): Promise<void> {
  await file.load(offset, end, () => Promise.resolve(undefined));
  const object = file.objectAt(offset, end, () => undefined);
  if (object === undefined) throw new BadSyntax("the hybrid cross-reference stream is missing");
  const section = await readStreamSection(file, offset, object);
  for (const [number, entry] of section.entries) {
    const known = entries.get(number);
    if (known === undefined || known.kind === "free") entries.set(number, entry);
  }
}

async function readStreamSection(file: PdfFile, offset: number, object: ReadObject): Promise<Section> {
  const stream = object.value;
  if (stream === null || typeof stream !== "object" || stream.type !== "stream" || nameOf(stream.dict.entries.get("Type")) !== "XRef") {
    throw new BadSyntax(`no cross-reference section at ${offset}`);
  }
  const data = await file.decode(stream);
  if (data === undefined) throw new BadSyntax("a cross-reference stream cannot be decoded");
  const entries = readStreamEntries(stream, data, file.limits.objects);
  return { kind: "stream", offset, end: object.end, entries, trailer: stream.dict, previous: previousOf(stream.dict), number: object.number };
}

function readStreamEntries(stream: PdfStream, data: Uint8Array, limit: number): Map<number, XrefEntry> {
  const [typeWidth, secondWidth, thirdWidth] = (itemsOf(stream.dict.entries.get("W")) ?? []).map(countOf);
  const size = countOf(stream.dict.entries.get("Size"));
  if (typeWidth === undefined || secondWidth === undefined || thirdWidth === undefined || size === undefined) throw new BadSyntax("a cross-reference stream lacks W or Size");
  const width = typeWidth + secondWidth + thirdWidth;
  if (width === 0 || Math.max(typeWidth, secondWidth, thirdWidth) > 8) throw new BadSyntax("a cross-reference stream has impossible widths");
  const index = (itemsOf(stream.dict.entries.get("Index")) ?? [0, size]).map(countOf);
  const entries = new Map<number, XrefEntry>();
  let at = 0;
  for (let k = 0; k + 1 < index.length; k += 2) {
    const first = index[k];
    const count = index[k + 1];
    if (count !== undefined && entries.size + count > limit) throw new Unreadable("too_large", `more than ${limit} objects`, "objects");
    if (first === undefined || count === undefined || at + count * width > data.length) {
      throw new BadSyntax("a cross-reference stream is cut short or its Index is broken");
    }
    for (let number = first; number < first + count; number++, at += width) {
      const type = typeWidth === 0 ? 1 : bigEndian(data, at, typeWidth);
      const second = bigEndian(data, at + typeWidth, secondWidth);
      const third = bigEndian(data, at + typeWidth + secondWidth, thirdWidth);
      if (type === 1) entries.set(number, { kind: "offset", offset: second, generation: third });
      else if (type === 2) entries.set(number, { kind: "packed", container: second, index: third });
      else entries.set(number, { kind: "free" });
    }
  }
  return entries;
}

function bigEndian(data: Uint8Array, at: number, width: number): number {
  let value = 0;
  for (let k = 0; k < width; k++) value = value * 256 + byteAt(data, at + k);
  return value;
}

function previousOf(trailer: PdfDict): number | undefined {
  const value = trailer.entries.get("Prev");
  if (value === undefined) return undefined;
  const offset = countOf(value);
  if (offset === undefined) throw new BadSyntax("Prev names no offset");
  return offset;
}
