import { fromLatin1 } from "../bytes.ts";
import { Malformed, readElement } from "../der/read.ts";
import { isZeroFrom } from "../cms/signed-data.ts";
import type { Field } from "../pdf/fields.ts";
import { countOf, itemsOf, stringOf, type PdfDict, type PdfString } from "../pdf/value.ts";
import type { View } from "../pdf/file.ts";
import type { HashName, Port } from "../port.ts";
import { failed, passed, type Check } from "./report.ts";
import { endsRevision } from "./revision.ts";

/** A signature as the document presents it, before anything in it is believed. */
export type Candidate = { readonly field: Field; readonly dict: PdfDict };

/** What a sound ByteRange says: which bytes are signed, and the signature itself. */
export type Coverage = {
  readonly end: number;
  readonly parts: readonly [Uint8Array, Uint8Array];
  /** The value of `/Contents`, padding included. */
  readonly contents: PdfString;
};

/** The checks on the ByteRange, and its meaning if they passed. */
export type CoverageResult = { readonly checks: readonly Check[]; readonly coverage?: Coverage };

/**
 * Checks `/ByteRange` and `/Contents` (ISO 32000-2 §12.8.1) as the attacks of 2019 to 2021 teach: four whole numbers, from
 * offset 0, the gap exactly this dictionary's `/Contents` token, the end exactly the end of a revision, and behind the CMS
 * nothing but zeros.
 */
export function checkCoverage(view: View, { dict }: Candidate): CoverageResult {
  const { bytes, hasCleanHeader } = view.file;
  if (!hasCleanHeader) return refuse("byte_range", "bytes stand before %PDF-");
  if (dict.hasDuplicates) return refuse("dictionary", "the signature dictionary has a key twice");
  const numbers = (itemsOf(dict.entries.get("ByteRange")) ?? []).map(countOf);
  const contents = stringOf(dict.entries.get("Contents"));
  const [zero, before, after, length] = numbers;
  if (numbers.length !== 4 || zero === undefined || before === undefined || after === undefined || length === undefined) {
    return refuse("byte_range", "ByteRange is not four whole numbers");
  }
  if (contents === undefined || !contents.isHex || contents.bytes.length === 0) return refuse("dictionary", "Contents is not a hexadecimal string with a signature in it");
  const end = after + length;
  if (zero !== 0) return refuse("byte_range", "ByteRange does not begin at the start of the file");
  if (end > bytes.length) return refuse("byte_range", "ByteRange reaches past the end of the file");
  // The token must be in the file where the range says, and say what the dictionary says: an object stream could hold a lookalike.
  const isHere = contents.start === before && contents.end === after && bytes[before] === 0x3c && bytes[after - 1] === 0x3e;
  if (!isHere || !holdsDigits(bytes, before + 1, after - 1, contents.bytes)) return refuse("byte_range", "ByteRange leaves out more, or less, than the signature's own Contents");
  const checks: Check[] = [passed("dictionary", "the signature dictionary is complete"), passed("byte_range", `bytes 0–${before} and ${after}–${end} are signed`)];
  if (!endsRevision(bytes, end)) return { checks: [...checks, failed("revision", "FORMAT_FAILURE", "the signed bytes do not end where a revision ends")] };
  checks.push(passed("revision", end === bytes.length ? "the signature covers the whole file" : "the signature covers a whole revision"), checkPadding(contents.bytes));
  return { checks, coverage: { end, parts: [bytes.subarray(0, before), bytes.subarray(after, end)], contents } };
}

function refuse(name: "dictionary" | "byte_range", detail: string): CoverageResult {
  return { checks: [failed(name, "FORMAT_FAILURE", detail)] };
}

/**
 * Contents is digits only, all capital or all small: white space or mixed case inside it would be a byte that nobody signed
 * and that could be changed without being noticed.
 */
function holdsDigits(bytes: Uint8Array, from: number, to: number, value: Uint8Array): boolean {
  if (to - from !== value.length * 2) return false;
  let isSmall = true;
  let isCapital = true;
  for (let k = 0, at = from; k < value.length; k++, at += 2) {
    const [high, low, octet] = [bytes[at], bytes[at + 1], value[k] ?? 0];
    if (high !== SMALL[octet >> 4] || low !== SMALL[octet & 15]) isSmall = false;
    if (high !== CAPITAL[octet >> 4] || low !== CAPITAL[octet & 15]) isCapital = false;
    if (!isSmall && !isCapital) return false;
  }
  return true;
}

const SMALL = fromLatin1("0123456789abcdef");
const CAPITAL = fromLatin1("0123456789ABCDEF");

/**
 * The port with one digest shared by all signatures of a file: each covers everything the ones before it do, so their digests
 * are one pass over the file that leaves off at every Contents, not one pass for each.
 */
export function sharingDigests(port: Port, bytes: Uint8Array, coverages: readonly Coverage[]): Port {
  const { digestForks } = port;
  if (digestForks === undefined || coverages.length < 2) return port;
  const forks = coverages.map(({ parts: [before], contents, end }) => ({ before: before.length, after: contents.end, end }));
  const known = new Map<HashName, Promise<readonly Uint8Array[]>>();
  return {
    ...port,
    digest: async (hash, parts) => {
      const at = coverages.findIndex((coverage) => coverage.parts === parts);
      if (at < 0) return port.digest(hash, parts);
      const digests = known.get(hash) ?? digestForks(hash, bytes, forks);
      known.set(hash, digests);
      return (await digests)[at] ?? port.digest(hash, parts);
    },
  };
}

/** Bytes behind the CMS are outside the signed range: they may be zero and nothing else. */
function checkPadding(contents: Uint8Array): Check {
  try {
    const { end } = readElement(contents);
    return isZeroFrom(contents, end) ? passed("padding", "only zeros follow the signature") : failed("padding", "FORMAT_FAILURE", "the padding after the signature is not empty");
  } catch (error) {
    if (error instanceof Malformed) return failed("padding", "FORMAT_FAILURE", "Contents does not hold a signature");
    throw error;
  }
}
