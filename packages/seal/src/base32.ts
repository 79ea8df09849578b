/** RFC 4648 §6 without padding, the capitals and digits that a QR code packs tightest. Exactly one text stands for given bytes. */

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Bytes as base32. */
export const toBase32 = (bytes: Uint8Array): string => {
  let text = "";
  let held = 0;
  let bits = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >> (bits - 5)) & 31];
    held &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + alphabet[(held << (5 - bits)) & 31];
};

/** Base32 as bytes, small letters as well as capitals; `undefined` for any other character, or a text that `toBase32` would not have written. */
export const fromBase32 = (typed: string): Uint8Array | undefined => {
  const text = typed.toUpperCase();
  const bytes = new Uint8Array(Math.floor((text.length * 5) / 8));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (const letter of text) {
    const value = alphabet.indexOf(letter);
    if (value < 0) return undefined;
    held = (held << 5) | value;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = held >> bits;
    held &= (1 << bits) - 1;
  }
  // Left-over bits are zero and fewer than a letter's own: otherwise two texts would be one seal.
  return held === 0 && bits < 5 ? bytes : undefined;
};
