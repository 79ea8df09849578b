import { byteAt, fromLatin1, indexOf, lastIndexOf, startsWith } from "../bytes.ts";
import type { Limits } from "../limits.ts";
import type { Port } from "../port.ts";
import { Unreadable } from "../unreadable.ts";
import { decodeStream } from "./filter.ts";
import { BadSyntax, isSpace, Parser } from "./parser.ts";
import { Windows, type PdfDocument } from "./source.ts";
import { countOf, dictOf, nameOf, refOf, type PdfDict, type PdfRef, type PdfStream, type PdfValue } from "./value.ts";
import { readSection, type Section, type XrefEntry } from "./xref.ts";

/**
 * The bytes of one PDF and everything that was read from them, kept by place. Several `View`s of the same file (one per
 * revision) share it, so an object that did not change is parsed once and is the same value in all of them.
 */
export class PdfFile {
  readonly bytes: Uint8Array;
  readonly port: Port;
  readonly limits: Limits;
  /** Objects whose syntax is broken, by where they begin. */
  readonly damage: Map<number, string> = new Map();
  private readonly sections = new Map<number, Section>();
  private readonly objects = new Map<number, ReadObject>();
  private readonly containers = new Map<number, Container>();
  /** Where the objects begin that are being read: one that waits for itself (a stream's Length) is broken. */
  private readonly reading = new Set<number>();
  /** Set when the file is read piece by piece: then an object must be loaded before it is parsed. */
  private readonly windows: Windows | undefined;
  private inflated = 0;

  constructor(bytes: Uint8Array, port: Port, limits: Limits, windows?: Windows) {
    if (bytes.length > limits.fileBytes) throw new Unreadable("too_large", `the file has ${bytes.length} bytes, more than ${limits.fileBytes}`, "fileBytes");
    if (indexOf(bytes, HEADER, 0, Math.min(bytes.length, HEADER_WINDOW)) < 0) throw new Unreadable("not_a_pdf", "the file has no %PDF- header");
    this.bytes = bytes;
    this.port = port;
    this.limits = limits;
    this.windows = windows;
  }

  /** A document in memory, or one of which only as much is read as is asked for. */
  static async open(document: PdfDocument, port: Port, limits: Limits): Promise<PdfFile> {
    if (document instanceof Uint8Array) return new PdfFile(document, port, limits);
    if (document.size > limits.fileBytes) throw new Unreadable("too_large", `the file has ${document.size} bytes, more than ${limits.fileBytes}`, "fileBytes");
    const windows = new Windows(document);
    await windows.load(0, HEADER_WINDOW);
    await windows.load(Math.max(0, document.size - TAIL_WINDOW), document.size);
    return new PdfFile(windows.bytes, port, limits, windows);
  }

  /**
   * What `read` finds at `at`, given more and more of the file until it finds something: `read` is told how far it may look,
   * and answers nothing (or throws `BadSyntax`) for what is cut short. A file in memory is all there at once.
   */
  within<T>(at: number, end: number, read: Reading<T>): T | undefined | Promise<T | undefined> {
    return this.windows === undefined ? read(end) : this.withinWindows(this.windows, { at, end, read });
  }

  private async withinWindows<T>(windows: Windows, { at, end, read }: { readonly at: number; readonly end: number; readonly read: Reading<T> }): Promise<T | undefined> {
    for (let length = WINDOW_BYTES; ; length *= 4) {
      const until = Math.min(end, at + length);
      await windows.load(at, until);
      try {
        const found = await read(until);
        if (found !== undefined || until === end) return found;
      } catch (error) {
        if (!(error instanceof BadSyntax) || until === end) throw error;
      }
    }
  }

  /** Loads the object that begins at `offset`, so that `objectAt` finds it. `lengthOf` resolves an indirect stream length. */
  async load(offset: number, end: number, lengthOf: (ref: PdfRef) => Promise<number | undefined>): Promise<ReadObject | undefined> {
    if (this.windows === undefined || this.objects.has(offset)) return this.objects.get(offset);
    let length: number | undefined;
    await this.within(offset, end, async (until) => {
      const ref = this.lengthReference(offset, until);
      if (ref !== undefined) length = await lengthOf(ref);
      return true;
    });
    return this.within(offset, end, (until) => {
      this.damage.delete(offset);
      this.objects.delete(offset);
      const object = this.objectAt(offset, until, () => length);
      return until < end && this.damage.has(offset) ? undefined : object;
    });
  }

  /** The indirect Length of the stream at `offset`. Throws `BadSyntax` for what is cut short. */
  private lengthReference(offset: number, until: number): PdfRef | undefined {
    const head = objectHead(this.bytes, offset, until);
    if (head === undefined) return undefined;
    const parser = new Parser(this.bytes, head.bodyStart, this.limits.depth, until);
    return refOf(dictOf(parser.value())?.entries.get("Length"));
  }

  /** Whether only parts of the file were read. */
  get isPartial(): boolean {
    return this.windows !== undefined;
  }

  /** Whether `%PDF-` stands at offset 0, as it must for offsets to mean what they say. */
  get hasCleanHeader(): boolean {
    return startsWith(this.bytes, HEADER, 0);
  }

  /** The file as a reader of its first `end` bytes sees it. Throws `BadSyntax` if those bytes do not end in a readable revision. */
  async view(end: number = this.bytes.length): Promise<View> {
    const sections: Section[] = [];
    const seen = new Set<number>();
    let objects = 0;
    for (let at: number | undefined = this.startxref(end); at !== undefined; ) {
      if (seen.has(at)) throw new BadSyntax("the cross-reference chain runs in a circle");
      if (seen.size >= this.limits.revisions) throw new Unreadable("too_large", `more than ${this.limits.revisions} revisions`, "revisions");
      seen.add(at);
      const section: Section = await this.section(at, end);
      sections.push(section);
      objects += section.entries.size;
      if (objects > this.limits.objects) throw new Unreadable("too_large", `more than ${this.limits.objects} objects`, "objects");
      at = section.previous;
    }
    return new View(this, end, sections);
  }

  private startxref(end: number): number {
    const from = lastIndexOf(this.bytes, STARTXREF, end, Math.max(0, end - TAIL_WINDOW));
    if (from < 0) throw new BadSyntax("startxref is missing");
    const parser = new Parser(this.bytes, from + STARTXREF.length, 0, end);
    parser.skipSpace();
    const offset = parser.takeDigits();
    if (offset === undefined) throw new BadSyntax("startxref names no offset");
    return offset;
  }

  private async section(at: number, end: number): Promise<Section> {
    const known = this.sections.get(at);
    if (known !== undefined) return known;
    if (at >= end) throw new BadSyntax("a cross-reference offset lies outside the file");
    const section = await this.within(at, end, (until) => readSection(this, at, until));
    if (section === undefined) throw new BadSyntax("a cross-reference section cannot be read");
    if (section.trailer.entries.has("Encrypt")) throw new Unreadable("encrypted", "the file is encrypted");
    this.sections.set(at, section);
    return section;
  }

  /** A stream's data, or nothing if it is damaged. Throws `Unreadable` once all streams together exceed the limit. */
  async decode(stream: PdfStream): Promise<Uint8Array | undefined> {
    const data = await decodeStream(stream, this.port, this.limits.inflatedBytes - this.inflated);
    if (data === "too_large") throw new Unreadable("too_large", `the streams inflate to more than ${this.limits.inflatedBytes} bytes`, "inflatedBytes");
    if (data === "damaged") return undefined;
    this.inflated += data.length;
    return data;
  }

  /** The numbered object that begins at `offset`, or nothing if there is none. `lengthOf` resolves an indirect stream length. */
  objectAt(offset: number, end: number, lengthOf: (ref: PdfRef) => number | undefined): ReadObject | undefined {
    const known = this.objects.get(offset);
    if (known !== undefined) return known.end <= end ? known : undefined;
    if (this.windows?.has(offset) === false) throw new Error(`the object at ${offset} was not loaded`);
    if (this.reading.has(offset)) return undefined;
    this.reading.add(offset);
    try {
      const object = this.readObject(offset, end, lengthOf);
      this.objects.set(offset, object);
      return object;
    } catch (error) {
      if (!(error instanceof BadSyntax)) throw error;
      this.damage.set(offset, error.message);
      return undefined;
    } finally {
      this.reading.delete(offset);
    }
  }

  private readObject(offset: number, end: number, lengthOf: (ref: PdfRef) => number | undefined): ReadObject {
    const head = objectHead(this.bytes, offset, end);
    if (head === undefined) throw new BadSyntax(`no object begins at ${offset}`);
    const parser = new Parser(this.bytes, head.bodyStart, this.limits.depth, end);
    const value = parser.value();
    parser.skipSpace();
    const dict = dictOf(value);
    if (dict === undefined || !parser.takeWord("stream")) return this.closeObject(parser, offset, head, value);
    if (byteAt(this.bytes, parser.at) === 0x0d) parser.at++;
    if (byteAt(this.bytes, parser.at) === 0x0a) parser.at++;
    const start = parser.at;
    const declared = dict.entries.get("Length");
    const ref = refOf(declared);
    const length = ref === undefined ? countOf(declared) : lengthOf(ref);
    const dataEnd = length !== undefined && start + length <= end && this.endsStream(start + length, end) ? start + length : this.findStreamEnd(start, end, offset);
    parser.at = dataEnd;
    parser.skipSpace();
    parser.takeWord("endstream");
    parser.skipSpace();
    return this.closeObject(parser, offset, head, { type: "stream", dict, data: this.bytes.subarray(start, dataEnd) });
  }

  private endsStream(at: number, end: number): boolean {
    let from = at;
    while (from < end && from - at <= 2 && isSpace(byteAt(this.bytes, from))) from++;
    return startsWith(this.bytes, ENDSTREAM, from);
  }

  /** A stream whose Length is wrong is read up to its `endstream`, and remembered as damaged. */
  private findStreamEnd(start: number, end: number, offset: number): number {
    const found = indexOf(this.bytes, ENDSTREAM, start, end);
    if (found < 0) throw new BadSyntax("a stream does not end");
    this.damage.set(offset, "a stream's Length is wrong");
    return found;
  }

  private closeObject(parser: Parser, start: number, head: ObjectHead, value: PdfValue): ReadObject {
    if (!parser.takeWord("endobj")) this.damage.set(start, "an object does not end in endobj");
    return { number: head.number, generation: head.generation, value, bodyStart: head.bodyStart, start, end: parser.at };
  }

  /** Reads the object stream that begins at `offset`, once. Nothing if it is not one. */
  async container(offset: number, object: ReadObject): Promise<Container | undefined> {
    const known = this.containers.get(offset);
    if (known !== undefined) return known;
    const { value } = object;
    if (value === null || typeof value !== "object" || value.type !== "stream" || nameOf(value.dict.entries.get("Type")) !== "ObjStm") return undefined;
    const count = countOf(value.dict.entries.get("N"));
    const first = countOf(value.dict.entries.get("First"));
    const data = await this.decode(value);
    if (data === undefined || count === undefined || first === undefined || count > this.limits.objects || first > data.length) return undefined;
    const container: Container = { data, numbers: [], offsets: [], values: new Map() };
    const parser = new Parser(data, 0, 0, first);
    for (let k = 0; k < count; k++) {
      parser.skipSpace();
      const number = parser.takeDigits();
      parser.skipSpace();
      const at = parser.takeDigits();
      if (number === undefined || at === undefined) return undefined;
      container.numbers.push(number);
      container.offsets.push(first + at);
    }
    this.containers.set(offset, container);
    return container;
  }
}

/** Finds something in the bytes before `until`, or nothing. */
type Reading<T> = (until: number) => T | undefined | Promise<T | undefined>;

/** One numbered object as it stands in the file. */
export type ReadObject = { readonly number: number; readonly generation: number; readonly value: PdfValue; readonly bodyStart: number; readonly start: number; readonly end: number };

/** An object stream, inflated (ISO 32000-2 §7.5.7). */
export type Container = { readonly data: Uint8Array; readonly numbers: number[]; readonly offsets: number[]; readonly values: Map<number, PdfValue> };

/** Where an object's raw text lies: the file itself, or an object stream's inflated data. */
export type RawObject = { readonly source: Uint8Array; readonly at: number };

/** The file as of one revision: which object numbers mean what. */
export class View {
  readonly file: PdfFile;
  readonly end: number;
  /** Cross-reference sections, newest first. */
  readonly sections: readonly Section[];
  /** The merged table. */
  readonly table: ReadonlyMap<number, XrefEntry>;
  private readonly loaded = new Map<number, Container>();
  private readonly fetching = new Set<number>();

  constructor(file: PdfFile, end: number, sections: readonly Section[]) {
    this.file = file;
    this.end = end;
    this.sections = sections;
    const [only] = sections;
    this.table = only !== undefined && sections.length === 1 ? only.entries : merged(sections);
  }

  /** The newest trailer. */
  get trailer(): PdfDict {
    return this.sections[0]?.trailer ?? EMPTY_DICT;
  }

  /** The section whose startxref ends this view. */
  get newest(): Section | undefined {
    return this.sections[0];
  }

  /** Loads the object stream that holds `number`, if one does: afterwards `get` answers at once. */
  async load(number: number): Promise<void> {
    const entry = this.table.get(number);
    if (entry?.kind !== "packed" || this.loaded.has(entry.container)) return;
    const place = this.table.get(entry.container);
    if (place?.kind === "offset") await this.file.load(place.offset, this.end, this.lengthLater);
    const object = place?.kind === "offset" ? this.readAt(entry.container, place) : undefined;
    if (place?.kind !== "offset" || object === undefined) return;
    const container = await this.file.container(place.offset, object);
    if (container !== undefined) this.loaded.set(entry.container, container);
  }

  /** Loads every object stream. */
  async loadAll(): Promise<void> {
    for (const [number, entry] of this.table) if (entry.kind === "packed" && !this.loaded.has(entry.container)) await this.load(number);
  }

  /** What the reference, or the value itself, stands for; loads what that takes. */
  async fetch(value: PdfValue | undefined): Promise<PdfValue> {
    const ref = refOf(value);
    if (ref === undefined) return value ?? null;
    const entry = this.table.get(ref.number);
    if (entry?.kind === "packed") await this.load(ref.number);
    else if (entry?.kind === "offset" && this.file.isPartial) await this.fetchAt(ref.number, entry.offset);
    return this.get(ref.number, ref.generation);
  }

  /** Loads the object at `offset` of a file that is read piece by piece. An object that is being loaded already waits for itself: it is broken. */
  private async fetchAt(number: number, offset: number): Promise<void> {
    if (this.fetching.has(number) || this.fetching.size > this.file.limits.depth) return;
    this.fetching.add(number);
    await this.file.load(offset, this.end, this.lengthLater);
    this.fetching.delete(number);
  }

  private readonly lengthNow = (ref: PdfRef): number | undefined => countOf(this.resolve(ref));
  private readonly lengthLater = async (ref: PdfRef): Promise<number | undefined> => countOf(await this.fetch(ref));

  /** What the reference, or the value itself, stands for, from what is loaded. A reference to nothing is null (ISO 32000-2 §7.3.10). */
  resolve(value: PdfValue | undefined): PdfValue {
    const ref = refOf(value);
    return ref === undefined ? (value ?? null) : this.get(ref.number, ref.generation);
  }

  /** Object `number`, or null. */
  get(number: number, generation?: number): PdfValue {
    const entry = this.table.get(number);
    if (entry === undefined || entry.kind === "free") return null;
    if (entry.kind === "packed") return generation === undefined || generation === 0 ? this.unpack(number, entry) : null;
    if (generation !== undefined && generation !== entry.generation) return null;
    return this.readAt(number, entry)?.value ?? null;
  }

  /** The object that entry `number` points to, if it points to an object of that number. */
  readAt(number: number, entry: { readonly offset: number; readonly generation: number }): ReadObject | undefined {
    const object = this.file.objectAt(entry.offset, this.end, this.lengthNow);
    return object?.number === number && object.generation === entry.generation ? object : undefined;
  }

  private unpack(number: number, entry: { readonly container: number; readonly index: number }): PdfValue {
    const container = this.loaded.get(entry.container);
    const offset = container?.offsets[entry.index];
    if (container === undefined || offset === undefined || container.numbers[entry.index] !== number) return null;
    const known = container.values.get(entry.index);
    if (known !== undefined) return known;
    const value = this.parseUnpacked(container, offset);
    container.values.set(entry.index, value);
    return value;
  }

  private parseUnpacked(container: Container, offset: number): PdfValue {
    try {
      return new Parser(container.data, offset, this.file.limits.depth).value();
    } catch (error) {
      if (error instanceof BadSyntax) return null;
      throw error;
    }
  }

  /** Where the text of object `number` begins, for edits that keep every byte they do not change. Loaded objects only. */
  raw(number: number): RawObject | undefined {
    const entry = this.table.get(number);
    if (entry?.kind === "offset") {
      const object = this.readAt(number, entry);
      return object === undefined ? undefined : { source: this.file.bytes, at: object.bodyStart };
    }
    if (entry?.kind !== "packed") return undefined;
    const container = this.loaded.get(entry.container);
    const at = container?.offsets[entry.index];
    return container === undefined || at === undefined || container.numbers[entry.index] !== number ? undefined : { source: container.data, at };
  }

  /** Whether entry `number` points to where an object of that number and generation is. */
  pointsHome(number: number, entry: XrefEntry): boolean {
    switch (entry.kind) {
      case "free":
        return true;
      case "offset": {
        const head = objectHead(this.file.bytes, entry.offset, this.end);
        return head?.number === number && head.generation === entry.generation;
      }
      case "packed":
        return this.loaded.get(entry.container)?.numbers[entry.index] === number;
      default:
        return entry satisfies never;
    }
  }
}

/** The entries of all sections, of which a newer one counts before an older. */
function merged(sections: readonly Section[]): ReadonlyMap<number, XrefEntry> {
  const table = new Map<number, XrefEntry>();
  for (let k = sections.length - 1; k >= 0; k--) for (const [number, entry] of sections[k]?.entries ?? []) table.set(number, entry);
  return table;
}

type ObjectHead = { readonly number: number; readonly generation: number; readonly bodyStart: number };

/** `n g obj` at `offset`, or behind the line end there: some writers count from it, and every reader follows. */
function objectHead(bytes: Uint8Array, offset: number, end: number): ObjectHead | undefined {
  const parser = new Parser(bytes, offset, 0, end);
  while (parser.at - offset < 2 && isSpace(byteAt(bytes, parser.at))) parser.at++;
  const number = parser.takeDigits();
  if (number === undefined || !isSpace(byteAt(bytes, parser.at))) return undefined;
  parser.skipSpace();
  const generation = parser.takeDigits();
  if (generation === undefined || !isSpace(byteAt(bytes, parser.at))) return undefined;
  parser.skipSpace();
  return parser.takeWord("obj") ? { number, generation, bodyStart: parser.at } : undefined;
}

/**
 * Opens a file for reading or signing. Bytes after the last `%%EOF` are tolerated here, within the tail window; the
 * validator reports them. Throws `Unreadable`.
 */
export async function openPdf(document: PdfDocument, port: Port, limits: Limits): Promise<View> {
  const file = await PdfFile.open(document, port, limits);
  try {
    return await file.view();
  } catch (error) {
    if (error instanceof BadSyntax) throw new Unreadable("damaged", `the file's structure cannot be read: ${error.message}`);
    throw error;
  }
}

const HEADER = fromLatin1("%PDF-");
const STARTXREF = fromLatin1("startxref");
const ENDSTREAM = fromLatin1("endstream");
const HEADER_WINDOW = 1024;
const TAIL_WINDOW = 2048;
const WINDOW_BYTES = 16_384;
const EMPTY_DICT: PdfDict = { type: "dict", entries: new Map(), hasDuplicates: false, start: 0, end: 0 };
