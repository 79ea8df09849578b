import { sha256 } from "#sha256";
import { assert, assertCount } from "./assert.ts";

/** A SHA-256 hash: 32 bytes. */
export type Hash = Uint8Array;

/** Bytes in a `Hash`. */
export const HASH_BYTES = 32;

/**
 * A complete subtree: the 2^level leaves from `index * 2^level` on. Its hash never changes once all its leaves
 * exist, so these are the only hashes ever stored, and every root and proof is folded from them.
 */
export type Subtree = { readonly level: number; readonly index: number };

/** The leaves from `start` up to, not including, `end`. */
export type Range = { readonly start: number; readonly end: number };

/** Answers the hashes of complete subtrees, in the order asked. The only part of the tree that touches the world. */
export type HashReader = (subtrees: readonly Subtree[]) => Promise<readonly Hash[]>;

/** The leaf hash of a record: SHA-256(0x00 || record), RFC 6962 section 2.1. */
export function recordHash(record: Uint8Array): Hash {
  const message = new Uint8Array(1 + record.length);
  message.set(record, 1);
  return sha256(message);
}

/**
 * The hash of an inner node: SHA-256(0x01 || left || right), RFC 6962 section 2.1.
 * The two prefixes are what stops an attacker from presenting an inner node as a record.
 */
export function nodeHash(left: Hash, right: Hash): Hash {
  assert(left.length === HASH_BYTES && right.length === HASH_BYTES, "a node has two children of 32 bytes");
  const message = new Uint8Array(1 + 2 * HASH_BYTES);
  message[0] = 0x01;
  message.set(left, 1);
  message.set(right, 1 + HASH_BYTES);
  return sha256(message);
}

/** The root of the tree with no leaves: SHA-256 of nothing. */
export function emptyRoot(): Hash {
  return sha256(new Uint8Array(0));
}

/** The root of the tree of the first `size` records. */
export async function treeRoot(size: number, read: HashReader): Promise<Hash> {
  assertCount(size, "size");
  if (size === 0) return emptyRoot();
  return foldPeaks(await read(subtreesOf({ start: 0, end: size })));
}

/**
 * The complete subtrees that make up a range, left to right, largest first: one for each 1 in the binary form of its
 * length. The range must itself be a subtree of some RFC 6962 tree, as every range in a proof is.
 */
export function subtreesOf(range: Range): readonly Subtree[] {
  const subtrees: Subtree[] = [];
  for (let start = range.start; start < range.end; ) {
    const level = floorLog2(range.end - start);
    assert(start % 2 ** level === 0, "a range begins where its largest subtree may begin");
    subtrees.push({ level, index: start / 2 ** level });
    start += 2 ** level;
  }
  return subtrees;
}

/** The hash of a range from the hashes of its `subtreesOf`: RFC 6962 splits at the largest power of two, so the small end folds first. */
export function foldPeaks(peaks: readonly Hash[]): Hash {
  assert(peaks.length > 0, "a range that is folded has leaves");
  return peaks.reduceRight((right, left) => nodeHash(left, right));
}

/** Where RFC 6962 splits `count` leaves: the largest power of two smaller than `count`. */
export function splitPoint(count: number): number {
  assert(count > 1, "only two or more leaves can be split");
  return 2 ** floorLog2(count - 1);
}

/** Exact for every safe integer, unlike Math.log2, and beyond 2^31, unlike the shift operators. */
function floorLog2(value: number): number {
  const high = Math.floor(value / 2 ** 32);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(value);
}
