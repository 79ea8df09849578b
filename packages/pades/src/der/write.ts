import { byteAt, fromLatin1, utf8 } from "../bytes.ts";
import { TAG } from "./read.ts";

/** One DER element (X.690 §10): `tag`, minimal definite length, the joined contents. */
export function der(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of contents) length += part.length;
  let at = headLength(length);
  const bytes = new Uint8Array(at + length);
  writeHead(bytes, tag, length);
  for (const part of contents) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** The tag and minimal definite length before `length` content octets. */
export function head(tag: number, length: number): Uint8Array {
  const bytes = new Uint8Array(headLength(length));
  writeHead(bytes, tag, length);
  return bytes;
}

function writeHead(bytes: Uint8Array, tag: number, length: number): void {
  const size = headLength(length);
  bytes[0] = tag;
  if (size === 2) {
    bytes[1] = length;
    return;
  }
  bytes[1] = 0x80 | (size - 2);
  for (let at = size - 1, rest = length; at > 1; at--, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
}

/** Octets that the tag and length of an element with `length` content octets take. */
export function headLength(length: number): number {
  if (length < 0x80) return 2;
  let size = 1;
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) size++;
  return size + 1;
}

/** SEQUENCE. */
export function sequence(...contents: readonly Uint8Array[]): Uint8Array {
  return der(TAG.sequence, ...contents);
}

/** SET OF, its members sorted as DER demands (X.690 §11.6); `tag` for an implicitly tagged one. */
export function setOf(members: readonly Uint8Array[], tag: number = TAG.set): Uint8Array {
  return der(tag, ...members.toSorted(compareBytes));
}

/** Context-specific, constructed: `[n]`. */
export function tagged(number: number, ...contents: readonly Uint8Array[]): Uint8Array {
  return der(0xa0 | number, ...contents);
}

/** INTEGER from an unsigned big-endian byte string. */
export function unsignedInteger(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start++;
  const minimal = bytes.subarray(start);
  return byteAt(minimal, 0) > 0x7f ? der(TAG.integer, ZERO, minimal) : der(TAG.integer, minimal.length === 0 ? ZERO : minimal);
}

/** INTEGER from a non-negative safe number. */
export function integer(value: number): Uint8Array {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return unsignedInteger(Uint8Array.from(bytes));
}

/** OBJECT IDENTIFIER from dotted form. */
export function oid(dotted: string): Uint8Array {
  const [top = 0, second = 0, ...rest] = dotted.split(".").map(Number);
  const bytes: number[] = [];
  for (const arc of [top * 40 + second, ...rest]) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) septets.unshift(0x80 | (left % 128));
    bytes.push(...septets);
  }
  return der(TAG.oid, Uint8Array.from(bytes));
}

/** OCTET STRING. */
export function octetString(bytes: Uint8Array): Uint8Array {
  return der(TAG.octetString, bytes);
}

/** BIT STRING of whole octets, or with `unused` bits at its end. */
export function bitString(bytes: Uint8Array, unused = 0): Uint8Array {
  return der(TAG.bitString, Uint8Array.of(unused), bytes);
}

/** BOOLEAN TRUE. */
export const TRUE: Uint8Array = Uint8Array.of(TAG.boolean, 1, 0xff);

/** NULL. */
export const NULL: Uint8Array = Uint8Array.of(TAG.null, 0);

/** UTF8String. */
export function utf8String(value: string): Uint8Array {
  return der(TAG.utf8, utf8(value));
}

/** PrintableString; the caller keeps to its letters. */
export function printableString(value: string): Uint8Array {
  return der(TAG.printable, fromLatin1(value));
}

/** UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function timeValue(instant: Date): Uint8Array {
  const digits = instant.toISOString().replaceAll(/[-:T]|\.\d+/g, "");
  const year = instant.getUTCFullYear();
  return year >= 1950 && year < 2050 ? der(TAG.utcTime, fromLatin1(digits.slice(2))) : der(TAG.generalizedTime, fromLatin1(digits));
}

/** GeneralizedTime with milliseconds as far as there are any, no trailing zeros (RFC 3161 §2.4.2, X.690 §11.7). */
export function preciseTime(instant: Date): Uint8Array {
  const text = instant.toISOString().replaceAll(/[-:TZ]/g, "");
  return der(TAG.generalizedTime, fromLatin1(`${text.replace(/\.?0*$/, "")}Z`));
}

/** GeneralizedTime in whole seconds, as OCSP wants it (RFC 6960 §4.2.2.1). */
export function wholeTime(instant: Date): Uint8Array {
  return der(TAG.generalizedTime, fromLatin1(`${instant.toISOString().slice(0, 19).replaceAll(/[-:T]/g, "")}Z`));
}

function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const shared = Math.min(one.length, other.length);
  for (let at = 0; at < shared; at++) {
    const difference = byteAt(one, at) - byteAt(other, at);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
}

const ZERO = Uint8Array.of(0);
