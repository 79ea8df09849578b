const HEX_PAIRS = /^(?:[0-9a-f]{2})*$/;
const ENCODER = new TextEncoder();
const CHARACTERS_PER_CALL = 8_192;

/** Joins byte strings into a fresh one. A list, not arguments: a batch of leaf hashes would overflow the stack. */
export function concat(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}

/** Says whether two byte strings are the same. Everything compared in this package is public, so time may leak. */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** The UTF-8 form of a text. */
export function utf8(text: string): Uint8Array {
  return ENCODER.encode(text);
}

/** The lower-case hexadecimal form, as `sha256sum` prints it. */
export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of a lower-case hexadecimal text; undefined if it is anything else. */
export function fromHex(text: string): Uint8Array | undefined {
  if (!HEX_PAIRS.test(text)) return undefined;
  return Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16));
}

/** The padded base64 form of RFC 4648 section 4. */
export function toBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHARACTERS_PER_CALL) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHARACTERS_PER_CALL));
  }
  return btoa(binary);
}

/**
 * The bytes of a base64 text; undefined unless it is spelled exactly as `toBase64` would spell it.
 * `atob` forgives white space, absent padding and stray low bits; a signed format must not, or one
 * signature could be written in many ways.
 */
export function fromBase64(text: string): Uint8Array | undefined {
  if (text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return undefined;
  const bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  return toBase64(bytes) === text ? bytes : undefined;
}
