import { toHex, type Piece } from "../bytes.ts";
import type { RawObject } from "./file.ts";
import { BadSyntax, Parser } from "./parser.ts";

/** New values for some keys of a dictionary, as PDF text in pieces. */
export type DictEdit = ReadonlyMap<string, readonly Piece[]>;

/**
 * The text of the dictionary at `raw` with some values replaced or added and every other byte kept, so that what the file's
 * maker wrote (and PDF/A checked) stays exactly as it was. In pieces: whoever writes the increment joins them, once.
 */
export function editDict(raw: RawObject, edit: DictEdit, maxDepth: number): Piece[] {
  const parser = new Parser(raw.source, raw.at, maxDepth);
  parser.skipSpace();
  const pieces: Piece[] = [];
  const missing = new Map(edit);
  let copied = parser.at;
  parser.eachEntry(0, (key, _, keyEnd, valueEnd) => {
    const replacement = missing.get(key);
    if (replacement === undefined) return;
    pieces.push(raw.source.subarray(copied, keyEnd), " ", ...replacement);
    copied = valueEnd;
    missing.delete(key);
  });
  pieces.push(raw.source.subarray(copied, parser.at - 2));
  for (const [key, value] of missing) pieces.push(` /${key} `, ...value);
  pieces.push(">>");
  return pieces;
}

/** The text of the array at `raw` with `item` added at its end. */
export function appendToArray(raw: RawObject, item: string, maxDepth: number): Piece[] {
  const parser = new Parser(raw.source, raw.at, maxDepth);
  parser.skipSpace();
  const start = parser.at;
  parser.value();
  return [raw.source.subarray(start, parser.at - 1), ` ${item}]`];
}

/** Where the value of `key` begins in the dictionary at `raw`; the key must be there. */
export function rawValue(raw: RawObject, key: string, maxDepth: number): RawObject {
  const parser = new Parser(raw.source, raw.at, maxDepth);
  parser.skipSpace();
  let at: number | undefined;
  parser.eachEntry(0, (found, _, keyEnd) => {
    if (found === key) at ??= keyEnd;
  });
  if (at === undefined) throw new BadSyntax(`the dictionary has no ${key}`);
  return { source: raw.source, at };
}

/** A text string (ISO 32000-2 §7.9.2.2): plain for ASCII, UTF-16BE otherwise. */
export function textString(text: string): string {
  if (/^[\w ]*$/.test(text)) return `(${text})`; // as names are: nothing to look for twice
  if (/^[\x20-\x7e]*$/.test(text)) return `(${text.replaceAll(/[\\()]/g, "\\$&")})`;
  const bytes = new Uint8Array(2 + text.length * 2);
  bytes.set([0xfe, 0xff]);
  for (let at = 0; at < text.length; at++) bytes.set([text.charCodeAt(at) >> 8, text.charCodeAt(at) & 0xff], 2 + at * 2);
  return `<${toHex(bytes).toUpperCase()}>`;
}

/** A date (ISO 32000-2 §7.9.4), in UTC. */
export function dateString(instant: Date): string {
  const date = `${String(instant.getUTCFullYear()).padStart(4, "0")}${twoDigits(instant.getUTCMonth() + 1)}${twoDigits(instant.getUTCDate())}`;
  return `(D:${date}${twoDigits(instant.getUTCHours())}${twoDigits(instant.getUTCMinutes())}${twoDigits(instant.getUTCSeconds())}Z)`;
}

const twoDigits = (value: number): string => (value < 10 ? `0${value}` : String(value));
