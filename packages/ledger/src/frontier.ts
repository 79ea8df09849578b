import { assert, assertCount } from "./assert.ts";
import { concat } from "./bytes.ts";
import { emptyRoot, foldPeaks, HASH_BYTES, nodeHash, subtreesOf } from "./tree.ts";
import type { Hash, HashReader } from "./tree.ts";
import type { Verdict } from "./verdict.ts";

/**
 * All that must be remembered of a tree in order to append to it: its size and the hashes of its `subtreesOf`, at most
 * 53 of them. Also known as a compact range. A value: appending makes a new one.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly Hash[] };

/** The tree before its first record. */
export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] };

/** The tree after these leaf hashes are appended, in order. */
export function append(frontier: Frontier, recordHashes: readonly Hash[]): Frontier {
  const peaks = [...frontier.peaks];
  let size = frontier.size;
  for (const recordHash of recordHashes) {
    let hash = recordHash;
    // Like adding one in binary: each trailing 1 in the size is a finished left neighbour that now finds its right one.
    for (let carry = size; carry % 2 === 1; carry = (carry - 1) / 2) {
      const left = peaks.pop();
      assert(left !== undefined, "a frontier has one peak for each 1 in its size");
      hash = nodeHash(left, hash);
    }
    peaks.push(hash);
    size += 1;
  }
  assertCount(size, "size");
  return { size, peaks };
}

/** The RFC 6962 root of a frontier. */
export function frontierRoot(frontier: Frontier): Hash {
  return frontier.size === 0 ? emptyRoot() : foldPeaks(frontier.peaks);
}

/** Reads the frontier of the first `size` records back from stored hashes. */
export async function readFrontier(size: number, read: HashReader): Promise<Frontier> {
  assertCount(size, "size");
  return { size, peaks: await read(subtreesOf({ start: 0, end: size })) };
}

/** The peaks as one byte string, largest first: what a log stores beside its size. */
export function encodeFrontier(frontier: Frontier): Uint8Array {
  return concat(frontier.peaks);
}

/** Reads what `encodeFrontier` wrote for a tree of this size. */
export function decodeFrontier(size: number, bytes: Uint8Array): Verdict<Frontier, "malformed_frontier"> {
  if (!Number.isSafeInteger(size) || size < 0) return { refused: "malformed_frontier" };
  const subtrees = subtreesOf({ start: 0, end: size });
  if (bytes.length !== subtrees.length * HASH_BYTES) return { refused: "malformed_frontier" };
  return { value: { size, peaks: subtrees.map((_, at) => bytes.slice(at * HASH_BYTES, (at + 1) * HASH_BYTES)) } };
}
