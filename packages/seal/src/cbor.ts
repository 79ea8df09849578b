/**
 * The part of CBOR that a seal needs, in its one deterministic form (RFC 8949 §4.2.1): whole numbers, byte strings, text, lists, maps with
 * whole numbers as keys in rising order, and the tag of COSE_Sign1. What is read is hostile: anything written in another form is refused, so
 * that exactly one sequence of bytes stands for a value and no duplicate key, longer integer or indefinite length can hide a second reading.
 */

/** A value of that part. */
export type Cbor = number | string | Uint8Array | readonly Cbor[] | ReadonlyMap<number, Cbor> | Tagged;

/** A value under a tag. */
export type Tagged = { readonly tag: number; readonly value: Cbor };

/** What bounds the reading of hostile bytes; a seal has one level of nesting and nine entries, a trust list three levels. */
export type CborLimits = { readonly bytes: number; readonly depth: number; readonly items: number };

/** The bytes are not CBOR in its deterministic form, or larger than the limits. */
export class NotCanonical extends Error {}

const major = { positive: 0, negative: 1, bytes: 2, text: 3, list: 4, map: 5, tag: 6 } as const;

/** Writes a value. Numbers must be whole and exact; maps are sorted. */
export const encodeCbor = (value: Cbor): Uint8Array => {
  const out: number[] = [];
  write(value, out);
  return Uint8Array.from(out);
};

const write = (value: Cbor, out: number[]): void => {
  if (typeof value === "number") {
    if (!Number.isSafeInteger(value)) throw new RangeError("a number of a seal is whole and exact");
    return value < 0 ? head(major.negative, -1 - value, out) : head(major.positive, value, out);
  }
  if (typeof value === "string") {
    const utf8 = new TextEncoder().encode(value);
    head(major.text, utf8.length, out);
    for (const byte of utf8) out.push(byte);
    return;
  }
  if (value instanceof Uint8Array) {
    head(major.bytes, value.length, out);
    for (const byte of value) out.push(byte);
    return;
  }
  if (value instanceof Map) {
    head(major.map, value.size, out);
    const entries = [...value].map(([key, item]) => ({ key: encodeCbor(key), item })).sort((one, other) => compare(one.key, other.key));
    for (const { key, item } of entries) {
      for (const byte of key) out.push(byte);
      write(item, out);
    }
    return;
  }
  if (isList(value)) {
    head(major.list, value.length, out);
    for (const item of value) write(item, out);
    return;
  }
  if ("tag" in value) {
    head(major.tag, value.tag, out);
    return write(value.value, out);
  }
  throw new TypeError("a value that a seal does not hold");
};

const isList = (value: Cbor): value is readonly Cbor[] => Array.isArray(value);

const head = (kind: number, count: number, out: number[]): void => {
  const first = kind << 5;
  if (count < 24) out.push(first | count);
  else if (count < 0x100) out.push(first | 24, count);
  else if (count < 0x1_0000) out.push(first | 25, count >> 8, count & 255);
  else if (count < 0x1_0000_0000) out.push(first | 26, ...bigEndian(count, 4));
  else out.push(first | 27, ...bigEndian(count, 8));
};

const bigEndian = (count: number, length: number): readonly number[] => Array.from({ length }, (_, index) => Math.floor(count / 2 ** (8 * (length - 1 - index))) % 256);

const compare = (one: Uint8Array, other: Uint8Array): number => {
  for (const [index, byte] of one.entries()) {
    const difference = byte - (other[index] ?? -1);
    if (difference !== 0) return difference;
  }
  return one.length - other.length;
};

/** Reads one value that fills all the bytes; throws `NotCanonical` for everything else. */
export const decodeCbor = (bytes: Uint8Array, limits: CborLimits): Cbor => {
  if (bytes.length > limits.bytes) throw new NotCanonical("too large");
  const reader: Reader = { bytes, at: 0, itemsLeft: limits.items };
  const value = read(reader, limits.depth);
  if (reader.at !== bytes.length) throw new NotCanonical("bytes follow the value");
  return value;
};

type Reader = { readonly bytes: Uint8Array; at: number; itemsLeft: number };

const read = (reader: Reader, depth: number): Cbor => {
  if (depth < 0) throw new NotCanonical("nested too deeply");
  if (--reader.itemsLeft < 0) throw new NotCanonical("too many items");
  const first = take(reader, 1)[0] ?? 0;
  const count = readCount(reader, first & 31);
  const kind = first >> 5;
  switch (kind) {
    case major.positive:
      return count;
    case major.negative:
      if (count === Number.MAX_SAFE_INTEGER) throw new NotCanonical("a number beyond what is exact");
      return -1 - count;
    case major.bytes:
      return Uint8Array.from(take(reader, count));
    case major.text:
      try {
        return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(take(reader, count));
      } catch (error) {
        if (error instanceof NotCanonical) throw error;
        throw new NotCanonical("text that is not UTF-8", { cause: error });
      }
    case major.list: {
      const items: Cbor[] = [];
      for (let index = 0; index < count; index++) items.push(read(reader, depth - 1));
      return items;
    }
    case major.map:
      return readMap(reader, count, depth);
    case major.tag:
      return { tag: count, value: read(reader, depth - 1) };
    default:
      throw new NotCanonical("a kind of value that a seal does not hold");
  }
};

const readMap = (reader: Reader, count: number, depth: number): ReadonlyMap<number, Cbor> => {
  const map = new Map<number, Cbor>();
  let before: Uint8Array | undefined;
  for (let index = 0; index < count; index++) {
    const start = reader.at;
    const key = read(reader, 0);
    if (typeof key !== "number") throw new NotCanonical("a key that is no number");
    const encoded = reader.bytes.subarray(start, reader.at);
    if (before !== undefined && compare(before, encoded) >= 0) throw new NotCanonical("keys out of order, or twice");
    before = encoded;
    map.set(key, read(reader, depth - 1));
  }
  return map;
};

const readCount = (reader: Reader, short: number): number => {
  if (short < 24) return short;
  if (short > 27) throw new NotCanonical("an indefinite length");
  const length = 1 << (short - 24);
  let count = 0;
  for (const byte of take(reader, length)) count = count * 256 + byte;
  const shortest = length === 1 ? 24 : 256 ** (length / 2);
  if (count < shortest) throw new NotCanonical("a number longer than it needs to be");
  if (!Number.isSafeInteger(count)) throw new NotCanonical("a number beyond what is exact");
  return count;
};

const take = (reader: Reader, length: number): Uint8Array => {
  if (length > reader.bytes.length - reader.at) throw new NotCanonical("cut short");
  const taken = reader.bytes.subarray(reader.at, reader.at + length);
  reader.at += length;
  return taken;
};
