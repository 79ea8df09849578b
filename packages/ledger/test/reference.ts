import { createHash } from "node:crypto";
import type { Hash, HashReader, TileData, TileReader } from "../src/index.ts";
import { tilePath } from "../src/index.ts";

/**
 * RFC 6962 section 2.1 written down word for word, recursively and slowly, with a hash that is not ours: the oracle that
 * the fast code is held against. Nothing here shares code with what it checks.
 */
export function referenceRoot(records: readonly Uint8Array[]): Hash {
  const [only] = records;
  if (only === undefined) return digest();
  if (records.length === 1) return digest(Uint8Array.of(0), only);
  const split = referenceSplit(records.length);
  return digest(Uint8Array.of(1), referenceRoot(records.slice(0, split)), referenceRoot(records.slice(split)));
}

/** PATH(m, D[n]) of RFC 6962 section 2.1.1. */
export function referencePath(index: number, records: readonly Uint8Array[]): readonly Hash[] {
  if (records.length === 1) return [];
  const split = referenceSplit(records.length);
  const [left, right] = [records.slice(0, split), records.slice(split)];
  return index < split
    ? [...referencePath(index, left), referenceRoot(right)]
    : [...referencePath(index - split, right), referenceRoot(left)];
}

/** PROOF(m, D[n]) of RFC 6962 section 2.1.2. */
export function referenceConsistency(older: number, records: readonly Uint8Array[]): readonly Hash[] {
  return older === 0 ? [] : subproof(older, records, true);
}

function subproof(older: number, records: readonly Uint8Array[], isWhole: boolean): readonly Hash[] {
  if (older === records.length) return isWhole ? [] : [referenceRoot(records)];
  const split = referenceSplit(records.length);
  const [left, right] = [records.slice(0, split), records.slice(split)];
  return older <= split
    ? [...subproof(older, left, isWhole), referenceRoot(right)]
    : [...subproof(older - split, right, false), referenceRoot(left)];
}

/** Answers any subtree of these records. */
export function readerOf(records: readonly Uint8Array[]): HashReader {
  return (subtrees) =>
    Promise.resolve(subtrees.map(({ level, index }) => referenceRoot(records.slice(index * 2 ** level, (index + 1) * 2 ** level))));
}

/** Distinct, reproducible records. */
export function recordsOf(count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, (_, at) => new TextEncoder().encode(`record ${at}`));
}

/** The files of a tiled log, in memory. */
export class TileFiles {
  readonly files = new Map<string, Uint8Array>();
  readonly read: TileReader = (tiles) => Promise.resolve(tiles.map((tile) => this.files.get(tilePath(tile)) ?? new Uint8Array(0)));

  write(tiles: readonly TileData[]): void {
    for (const { tile, bytes } of tiles) this.files.set(tilePath(tile), bytes);
  }
}

/** Every way of flipping one bit in one of the hashes: what a proof must not survive. */
export function corruptions(hashes: readonly Hash[]): readonly (readonly Hash[])[] {
  return hashes.map((_, broken) => hashes.map((hash, at) => (at === broken ? flipped(hash) : hash)));
}

/** The same bytes with one bit changed. */
export function flipped(bytes: Uint8Array, at = bytes.length >>> 1): Uint8Array {
  return bytes.map((byte, index) => (index === at ? byte ^ 0x01 : byte));
}

function referenceSplit(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

function digest(...parts: readonly Uint8Array[]): Hash {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return new Uint8Array(hash.digest());
}
