import { byteAt, concat, latin1 } from "../bytes.ts";

/**
 * One BER element (X.690): its tag octet, and where it and its contents lie in `source`. Reading is lenient (indefinite
 * lengths, non-minimal lengths) because BouncyCastle's CMS is BER; what we write is DER.
 */
export type Element = {
  readonly tag: number;
  readonly source: Uint8Array;
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  readonly end: number;
};

/** Thrown for bytes that are not the ASN.1 they should be. Every parser in this package turns it into a failed check. */
export class Malformed extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = "Malformed";
  }
}

/** Reads the element at `at`; it must end by `limit`. */
export function readElement(source: Uint8Array, at = 0, limit = source.length, depth = 0): Element {
  if (depth > MAX_DEPTH) throw new Malformed("ASN.1 nested too deeply");
  const tag = byteAt(source, at);
  if (at >= limit || tag < 0 || (tag & 0x1f) === 0x1f) throw new Malformed(`no ASN.1 element at ${at}`);
  const first = byteAt(source, at + 1);
  if (at + 1 >= limit || first < 0) throw new Malformed(`ASN.1 length is missing at ${at}`);
  if (first === 0x80) return readIndefinite(source, at, limit, depth);
  const sizeBytes = first < 0x80 ? 0 : first & 0x7f;
  if (sizeBytes > 4) throw new Malformed(`ASN.1 length of ${sizeBytes} octets`);
  let length = first < 0x80 ? first : 0;
  for (let k = 0; k < sizeBytes; k++) {
    if (at + 2 + k >= limit) throw new Malformed("ASN.1 length is cut short");
    length = length * 256 + byteAt(source, at + 2 + k);
  }
  const contentStart = at + 2 + sizeBytes;
  const end = contentStart + length;
  if (end > limit) throw new Malformed(`ASN.1 element at ${at} is cut short`);
  return { tag, source, start: at, contentStart, contentEnd: end, end };
}

function readIndefinite(source: Uint8Array, at: number, limit: number, depth: number): Element {
  const tag = byteAt(source, at);
  if ((tag & 0x20) === 0) throw new Malformed("indefinite length on a primitive element");
  let next = at + 2;
  while (!(byteAt(source, next) === 0 && byteAt(source, next + 1) === 0 && next + 2 <= limit)) {
    next = readElement(source, next, limit, depth + 1).end;
  }
  return { tag, source, start: at, contentStart: at + 2, contentEnd: next, end: next + 2 };
}

/** The elements inside a constructed one. */
export function children(element: Element): Element[] {
  if ((element.tag & 0x20) === 0) throw new Malformed("a primitive element has no parts");
  const found: Element[] = [];
  for (let at = element.contentStart; at < element.contentEnd; ) {
    if (found.length >= MAX_CHILDREN) throw new Malformed("too many ASN.1 elements");
    const child = readElement(element.source, at, element.contentEnd);
    found.push(child);
    at = child.end;
  }
  return found;
}

/** The whole element, tag and length included. */
export function encoded(element: Element): Uint8Array {
  return element.source.subarray(element.start, element.end);
}

/** The contents alone. */
export function content(element: Element): Uint8Array {
  return element.source.subarray(element.contentStart, element.contentEnd);
}

/** The element itself if it carries `tag`; a fault otherwise, naming what was expected. */
export function expect(element: Element | undefined, tag: number, what: string): Element {
  if (element?.tag !== tag) throw new Malformed(`${what} is missing or of another type`);
  return element;
}

/** The parts of the SEQUENCE (or other constructed `tag`) that `element` must be. */
export function parts(element: Element | undefined, what: string, tag: number = TAG.sequence): Element[] {
  return children(expect(element, tag, what));
}

/** An OCTET STRING's bytes; BER may have cut it into segments. */
export function octets(element: Element | undefined, what: string): Uint8Array {
  if (element?.tag === TAG.octetString) return content(element);
  return concat(children(expect(element, TAG.octetString | 0x20, what)).map((segment) => octets(segment, what)));
}

/** A BIT STRING's bytes, which must be whole octets unless `ragged`. */
export function bits(element: Element | undefined, what: string, ragged = false): Uint8Array {
  const bytes = content(expect(element, TAG.bitString, what));
  const unused = byteAt(bytes, 0);
  if (unused < 0 || unused > 7 || (unused !== 0 && !ragged)) throw new Malformed(`${what} is not a bit string of whole octets`);
  return bytes.subarray(1);
}

/** A small non-negative INTEGER or ENUMERATED as a number. */
export function smallInteger(element: Element | undefined, what: string, tag: number = TAG.integer): number {
  const bytes = content(expect(element, tag, what));
  if (bytes.length === 0 || bytes.length > 6 || byteAt(bytes, 0) > 0x7f) throw new Malformed(`${what} is not a small integer`);
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

/** An OBJECT IDENTIFIER in dotted form. */
export function objectIdentifier(element: Element | undefined, what: string): string {
  const bytes = content(expect(element, TAG.oid, what));
  if (bytes.length === 0 || bytes.length > 64) throw new Malformed(`${what} is not an object identifier`);
  let text = "";
  let arc = 0;
  for (let at = 0; at < bytes.length; at++) {
    const byte = byteAt(bytes, at);
    if (arc > 2 ** 45) throw new Malformed(`${what} has an arc beyond all use`);
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    const top = Math.min(Math.floor(arc / 40), 2); // the first two arcs share one number (X.690 §8.19.4)
    text += text === "" ? `${top}.${arc - top * 40}` : `.${arc}`;
    arc = 0;
  }
  return text;
}

/** A UTCTime or GeneralizedTime (RFC 5280 §4.1.2.5), fractions of a second allowed for time-stamps. */
export function time(element: Element | undefined, what: string): Date {
  const isShort = element?.tag === TAG.utcTime;
  if (element === undefined || (!isShort && element.tag !== TAG.generalizedTime)) throw new Malformed(`${what} is not a time`);
  const match = (isShort ? UTC_TIME : GENERALIZED_TIME).exec(latin1(content(element)));
  if (match === null) throw new Malformed(`${what} is not a time in UTC`);
  const [, year = "", month = "", day = "", hour = "", minute = "", second = "0", fraction = "0"] = match;
  const fullYear = isShort ? Number(year) + (Number(year) < 50 ? 2000 : 1900) : Number(year);
  const instant = Date.UTC(fullYear, Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), Math.floor(Number(`0.${fraction}`) * 1000));
  if (Number.isNaN(instant)) throw new Malformed(`${what} is not a time`);
  return new Date(instant);
}

/** The text of any of the ASN.1 string types that names are written in. */
export function text(element: Element): string {
  const bytes = content(element);
  switch (element.tag) {
    case 0x0c:
      return new TextDecoder("utf-8").decode(bytes);
    case 0x1e:
      return new TextDecoder("utf-16be").decode(bytes);
    default:
      return latin1(bytes);
  }
}

/** Tag octets that are used here. */
export const TAG = {
  boolean: 0x01, integer: 0x02, bitString: 0x03, octetString: 0x04, null: 0x05, oid: 0x06, enumerated: 0x0a, utf8: 0x0c,
  printable: 0x13, ia5: 0x16, utcTime: 0x17, generalizedTime: 0x18, sequence: 0x30, set: 0x31,
} as const;

const MAX_DEPTH = 32;
const MAX_CHILDREN = 100_000;
const UTC_TIME = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?Z$/;
const GENERALIZED_TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:[.,](\d{1,9}))?Z$/;
