import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

// Twenty bits and fourteen looks a password: one good password in fifteen thousand is taken for a known one, no known one is let through.
const bitsPerPassword = 20;
const looks = 14;

/** The form in which passwords are compared with the list: as stored (NFKC), in small letters, so that `P4ssword…` is no way around. */
export const foldPassword = (password: string): string => password.normalize("NFKC").toLowerCase();

// Two halves of one hash give all places (Kirsch and Mitzenmacher).
const places = (password: string, bits: number): readonly number[] => {
  const hash = createHash("sha256").update(password).digest();
  const [first, second] = [hash.readUInt32BE(0), hash.readUInt32BE(4) | 1];
  return Array.from({ length: looks }, (_, look) => (first + look * second) % bits);
};

/** A Bloom filter of the given passwords, already folded. */
export const fillFilter = (passwords: readonly string[]): Uint8Array => {
  const filter = new Uint8Array(Math.ceil((passwords.length * bitsPerPassword) / 8));
  for (const password of passwords) for (const place of places(password, filter.length * 8)) filter[place >> 3] = (filter[place >> 3] ?? 0) | (1 << (place & 7));
  return filter;
};

/** Is this password in the filter? */
export const isInFilter = (filter: Uint8Array, password: string): boolean => places(foldPassword(password), filter.length * 8).every((place) => ((filter[place >> 3] ?? 0) & (1 << (place & 7))) !== 0);

// Read once, when the first password is set.
let shipped: Promise<Uint8Array> | undefined;

/** Was this password found in the breaches whose lists we ship (see README)? Nothing leaves the server to find out. */
export const isBreached = async (password: string): Promise<boolean> => {
  shipped ??= readFile(new URL("data/breached.bin", import.meta.url));
  return isInFilter(await shipped, password);
};
