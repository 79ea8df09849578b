import { bytesOfHex, hexOf } from "./hex.ts";

/**
 * Letters that are no longer in force, as a verifier without a network knows them: the first 40 bits of the SHA-256 of each letter's code and of
 * each of its files, in order, one after another. A letter that is in force is taken for one of n entries once in 2⁴⁰/n; nobody reads a code out of it.
 */
export type WithdrawnLetters = Uint8Array;

/** Bytes of one entry. */
const width = 5;

/** The list of these SHA-256 hashes (hexadecimal). */
export const withdrawnLetters = (hashes: readonly string[]): WithdrawnLetters => {
  const entries = [...new Set(hashes.map((hash) => hash.slice(0, width * 2)))].toSorted();
  return bytesOfHex(entries.join(""));
};

const entryAt = (list: WithdrawnLetters, index: number): string => hexOf(list.subarray(index * width, (index + 1) * width));

/** By what a letter's code is listed. */
export const hashOfCode = async (code: string): Promise<string> => hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(code))));

/** Is this SHA-256 (hexadecimal) in the list? */
export const isWithdrawn = (list: WithdrawnLetters, hash: string): boolean => {
  const wanted = hash.slice(0, width * 2);
  let [from, to] = [0, list.length / width];
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    const entry = entryAt(list, middle);
    if (entry === wanted) return true;
    if (entry < wanted) from = middle + 1;
    else to = middle;
  }
  return false;
};

/** Are these bytes such a list: whole entries, each once, in order? */
export const isWithdrawnList = (bytes: Uint8Array): boolean => {
  if (bytes.length % width !== 0) return false;
  for (let index = 1; index < bytes.length / width; index += 1) if (entryAt(bytes, index - 1) >= entryAt(bytes, index)) return false;
  return true;
};
