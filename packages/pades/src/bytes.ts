/** The byte at `at`, or -1 past the end: hostile offsets never throw. */
export function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? -1;
}

/** Bytes, or a text that stands for its Latin-1 bytes: an array of its own for every word costs more than the words. */
export type Piece = Uint8Array | string;

/** Joins pieces into a fresh byte string. */
export function concat(parts: readonly Piece[]): Uint8Array {
  const joined = new Uint8Array(bytesIn(parts));
  let at = 0;
  let text = ""; // what is still to be written: neighbouring texts are written as one
  for (const part of parts) {
    if (typeof part === "string") text += part;
    else {
      writeLatin1(joined, at, text);
      joined.set(part, at + text.length);
      at += text.length + part.length;
      text = "";
    }
  }
  writeLatin1(joined, at, text);
  return joined;
}

/** How many bytes the pieces are together. */
export function bytesIn(parts: readonly Piece[]): number {
  let length = 0;
  for (const part of parts) length += part.length;
  return length;
}

/** Whether two byte strings are the same. Nothing here is secret, so it may stop at the first difference. */
export function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) return false;
  return true;
}

/** One character per byte: the natural text of a PDF's syntax, and a cheap map key. */
export function latin1(bytes: Uint8Array, start = 0, end = bytes.length): string {
  const last = Math.min(end, bytes.length);
  let text = "";
  if (last - start <= FEW_CHARACTERS) {
    for (let at = start; at < last; at++) text += String.fromCharCode(byteAt(bytes, at));
    return text;
  }
  for (let at = start; at < last; at += CHARACTERS_PER_CALL) {
    text += String.fromCharCode(...bytes.subarray(at, Math.min(at + CHARACTERS_PER_CALL, last)));
  }
  return text;
}

/** A text that is different for different bytes, for use as a map key and nothing else: faster than `latin1`, and less readable. */
export function nameOfBytes(bytes: Uint8Array): string {
  return ONE_CHARACTER_EACH.decode(bytes);
}

/** The bytes of a text whose characters are all below 256. */
export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  writeLatin1(bytes, 0, text);
  return bytes;
}

/** Writes a text whose characters are all below 256 into `target` from `at` on. */
export function writeLatin1(target: Uint8Array, at: number, text: string): void {
  // The platform's encoder is ten times faster and makes the same of ASCII; with anything else in it the text does not fit into this room.
  if (text.length > FEW_CHARACTERS && ENCODER.encodeInto(text, target.subarray(at, at + text.length)).read === text.length) return;
  for (let k = 0; k < text.length; k++) target[at + k] = text.charCodeAt(k);
}

/** The UTF-8 bytes of a text. */
export function utf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** Lowercase hexadecimal. */
export function toHex(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at++) text += HEX[bytes[at] ?? 0] ?? "";
  return text;
}

/** Base64 (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return btoa(latin1(bytes));
}

/** Writes `bytes` as hexadecimal digits into `target` from `at` on, without a string in between; answers where they end. */
export function writeHex(target: Uint8Array, at: number, bytes: Uint8Array): number {
  let to = at;
  for (let k = 0; k < bytes.length; k++, to += 2) {
    const byte = bytes[k] ?? 0;
    target[to] = DIGITS[byte >>> 4] ?? 0;
    target[to + 1] = DIGITS[byte & 15] ?? 0;
  }
  return to;
}

/** Where `needle` first occurs at or after `from`, or -1. */
export function indexOf(bytes: Uint8Array, needle: Uint8Array, from: number, end = bytes.length): number {
  const first = byteAt(needle, 0);
  for (let at = bytes.indexOf(first, from); at !== -1 && at + needle.length <= end; at = bytes.indexOf(first, at + 1)) {
    if (startsWith(bytes, needle, at)) return at;
  }
  return -1;
}

/** Where `needle` last begins before `end`, looking no further back than `start`, or -1. */
export function lastIndexOf(bytes: Uint8Array, needle: Uint8Array, end: number, start = 0): number {
  for (let at = end - needle.length; at >= start; at--) if (startsWith(bytes, needle, at)) return at;
  return -1;
}

/** Whether `needle` stands at `at`. */
export function startsWith(bytes: Uint8Array, needle: Uint8Array, at: number): boolean {
  for (let k = 0; k < needle.length; k++) if (bytes[at + k] !== needle[k]) return false;
  return true;
}

const CHARACTERS_PER_CALL = 8_192;
/** Names and numbers are short; a call with spread arguments costs more than they do. */
const FEW_CHARACTERS = 32;
const ENCODER = new TextEncoder();
/** WHATWG's windows-1252: each of the 256 bytes has a character of its own. */
const ONE_CHARACTER_EACH = new TextDecoder("windows-1252");
const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
const DIGITS = fromLatin1("0123456789abcdef");
