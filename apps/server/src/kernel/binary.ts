import type { Id, Instant } from "./ids.ts";

const millisecondsTo2000 = Date.UTC(2000, 0, 1);
const word = 2 ** 32;

/** What each byte of a hexadecimal text means; above 15 for what is no digit. */
const digits = Uint8Array.from({ length: 256 }, (_, code) => {
  const digit = "0123456789abcdef".indexOf(String.fromCharCode(code).toLowerCase());
  return digit === -1 ? 0xff : digit;
});

/** Writes the sixteen bytes of an id; what is no id is refused. */
export const writeUuid = (bytes: Buffer, at: number, value: Id): void => {
  let wrong = value.length - 36;
  for (let to = at, from = 0; to < at + 16; to += 1, from += 2) {
    if (value.charCodeAt(from) === 0x2d) from += 1;
    const high = digits[value.charCodeAt(from)] ?? 0xff;
    const low = digits[value.charCodeAt(from + 1)] ?? 0xff;
    wrong |= (high | low) & 0xf0;
    bytes[to] = (high << 4) | low;
  }
  if (wrong !== 0) throw new TypeError(`"${value}" is no id`);
};

/** Writes a whole number of up to 53 bits in eight bytes. Answers where it ends. */
export const writeBigint = (bytes: Buffer, at: number, value: number): number => {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no whole number`);
  const high = Math.floor(value / word);
  return bytes.writeUInt32BE(value - high * word, bytes.writeInt32BE(high, at));
};

/** An instant as PostgreSQL counts it: microseconds since 2000. */
export const microsecondsOf = (instant: Instant): number => (Date.parse(instant) - millisecondsTo2000) * 1000;

/**
 * An id as a statement's value, in the form that the server keeps. The driver sends bytes as they are; read from its text an id costs the
 * server two thousand instructions, and an event has ten.
 */
export const uuidValue = (id: Id): Buffer => {
  const bytes = Buffer.allocUnsafe(16); // each of them is written
  writeUuid(bytes, 0, id);
  return bytes;
};

/** An instant as a statement's value, in the form that the server keeps. */
export const instantValue = (instant: Instant): Buffer => {
  const bytes = Buffer.allocUnsafe(8);
  writeBigint(bytes, 0, microsecondsOf(instant));
  return bytes;
};
