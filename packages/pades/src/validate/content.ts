import { concat } from "../bytes.ts";
import { DEFAULT_LIMITS, type Limits } from "../limits.ts";
import { openPdf, type View } from "../pdf/file.ts";
import { decodeStream } from "../pdf/filter.ts";
import { catalogOf, pagesOf } from "../pdf/page-tree.ts";
import { BadSyntax } from "../pdf/parser.ts";
import { itemsOf, refOf, type PdfDict, type PdfStream, type PdfValue } from "../pdf/value.ts";
import type { Port } from "../port.ts";
import { Unreadable } from "../unreadable.ts";
import { historyAfter, viewAt } from "./history.ts";
import { sectionEnd } from "./revision.ts";

/** What of a page's content is left out of the digest; answers the content itself where there is nothing to leave out. */
export type Mask = (content: Uint8Array) => Uint8Array;

/**
 * SHA-256 of all that a document's first revision leads to, but its metadata: pages and what they show, fonts, the structure that a
 * screen reader speaks. Object numbers and offsets do not count, so that two files that show the same have the same digest. Nothing where
 * what was appended changes it (by the rules for what follows a signature): then the first revision is not what a reader is shown; and
 * nothing of what cannot be read.
 */
export async function originalContent(bytes: Uint8Array, { port, mask = (content) => content, limits = DEFAULT_LIMITS }: { readonly port: Port; readonly mask?: Mask; readonly limits?: Limits }): Promise<Uint8Array | undefined> {
  try {
    const { file } = await openPdf(bytes, port, limits);
    const final = await viewAt(file, bytes.length);
    const oldest = final.sections.at(-1);
    const end = oldest === undefined ? undefined : sectionEnd(file, oldest);
    if (end === undefined) return undefined;
    const first = await viewAt(file, end);
    const history = await historyAfter(first, final);
    if (history.problem !== undefined || history.changes.some(({ kind }) => kind === "unexplained" || kind === "form_filled")) return undefined;
    const contents = await maskedContents(first, port, mask);
    const parts = contents === undefined ? undefined : partsOf(first, contents);
    return parts === undefined ? undefined : await port.digest("SHA-256", [concat(parts)]);
  } catch (error) {
    if (error instanceof BadSyntax || error instanceof Unreadable) return undefined; // the report says why
    throw error;
  }
}

/** The content streams of all pages by object number, decoded and masked; nothing when one cannot be decoded. */
async function maskedContents(view: View, port: Port, mask: Mask): Promise<ReadonlyMap<number, Uint8Array> | undefined> {
  const contents = new Map<number, Uint8Array>();
  let left = view.file.limits.inflatedBytes;
  for (const { dict } of pagesOf(view)) {
    const given = dict.entries.get("Contents");
    for (const each of itemsOf(view.resolve(given)) ?? [given ?? null]) {
      const ref = refOf(each);
      const stream = view.resolve(each);
      if (ref === undefined || contents.has(ref.number)) continue;
      if (stream === null || typeof stream !== "object" || stream.type !== "stream") return undefined;
      const decoded = await decodeStream(stream, port, left);
      if (typeof decoded === "string") return undefined;
      left -= decoded.length;
      contents.set(ref.number, mask(decoded));
    }
  }
  return contents;
}

/**
 * Everything that the catalog leads to, each object once and named by when it was first met. Lengths stand before texts, so that no two
 * documents are written alike. Nothing when a key stands twice somewhere: of that readers may each show something else.
 */
function partsOf(view: View, contents: ReadonlyMap<number, Uint8Array>): readonly (Uint8Array | string)[] | undefined {
  const parts: (Uint8Array | string)[] = [];
  const met = new Map<number, number>();
  const waiting: number[] = [];
  const text = (kind: string, bytes: Uint8Array | string): void => void parts.push(`${kind}${bytes.length}:`, bytes);
  let isAmbiguous = false;
  const entries = ({ entries: all, hasDuplicates }: PdfDict, without: ReadonlySet<string>): void => {
    isAmbiguous ||= hasDuplicates;
    const kept = [...all].filter(([key]) => !without.has(key)).toSorted(([one], [other]) => (one < other ? -1 : 1));
    parts.push(`<${kept.length}`);
    for (const [key, value] of kept) {
      text("/", key);
      write(value);
    }
  };
  const stream = ({ dict, data }: PdfStream, content: Uint8Array | undefined): void => {
    entries(dict, content === undefined ? LENGTH : CODING);
    text("s", content ?? data);
  };
  const write = (value: PdfValue): void => {
    if (value === null || typeof value !== "object") return void parts.push(`${String(value)};`);
    switch (value.type) {
      case "name":
        return text("/", value.name);
      case "string":
        return text("(", value.bytes);
      case "array":
        parts.push(`[${value.items.length}`);
        return value.items.forEach(write);
      case "dict":
        return entries(value, NOTHING);
      case "stream":
        return stream(value, undefined);
      case "ref": {
        const known = met.get(value.number);
        if (known === undefined) waiting.push(value.number);
        met.set(value.number, known ?? met.size);
        return void parts.push(`R${known ?? met.size - 1};`);
      }
      default:
        return value satisfies never;
    }
  };
  const catalog = catalogOf(view);
  if (catalog !== undefined) entries(catalog, METADATA);
  for (const number of waiting) { // it grows meanwhile
    const value = view.get(number);
    const content = contents.get(number);
    if (content !== undefined && value !== null && typeof value === "object" && value.type === "stream") stream(value, content);
    else write(value);
  }
  return isAmbiguous ? undefined : parts;
}

const NOTHING: ReadonlySet<string> = new Set();
const METADATA: ReadonlySet<string> = new Set(["Metadata"]);
const LENGTH: ReadonlySet<string> = new Set(["Length"]);
/** How a stream that is written decoded was coded. */
const CODING: ReadonlySet<string> = new Set(["Length", "Filter", "DecodeParms"]);
