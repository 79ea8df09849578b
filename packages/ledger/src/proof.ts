import { assert, assertCount } from "./assert.ts";
import { equal } from "./bytes.ts";
import { emptyRoot, foldPeaks, HASH_BYTES, nodeHash, splitPoint, subtreesOf } from "./tree.ts";
import type { Hash, HashReader, Range } from "./tree.ts";

/** A tree as seen at one moment: how many records, and the root over them. */
export type TreeHead = { readonly size: number; readonly root: Hash };

/** The claim that the record with this leaf hash stands at this index. */
export type RecordClaim = { readonly index: number; readonly hash: Hash };

/**
 * Proves that record `index` is in the tree of the first `size` records (RFC 6962 section 2.1.1).
 * The proof passes `checkRecord`; the reader is asked once.
 */
export async function proveRecord(index: number, size: number, read: HashReader): Promise<readonly Hash[]> {
  assertCount(index, "index");
  assertCount(size, "size");
  assert(index < size, "only a record that is in the tree can be proved");
  return hashesOf(recordProofRanges(index, size), read);
}

/**
 * Checks a proof made by `proveRecord`. Whatever is wrong (a hash, their number, the index, the root) the answer is
 * the same `false`, so that a forger learns nothing about where he failed.
 */
export function checkRecord(claim: RecordClaim, tree: TreeHead, proof: readonly Hash[]): boolean {
  if (!isCount(claim.index) || !isCount(tree.size) || claim.index >= tree.size) return false;
  const ranges = recordProofRanges(claim.index, tree.size);
  if (ranges.length !== proof.length || ![claim.hash, ...proof].every(isHash)) return false;

  let hash = claim.hash;
  for (const [range, sibling] of pairs(ranges, proof)) {
    hash = range.end <= claim.index ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
  }
  return equal(hash, tree.root);
}

/**
 * Proves that the tree of the first `older` records is a prefix of the tree of the first `newer` (RFC 6962 section
 * 2.1.2). Nothing needs to be shown for an empty older tree or for two equal sizes: the proof is then empty.
 */
export async function proveTree(older: number, newer: number, read: HashReader): Promise<readonly Hash[]> {
  assertCount(older, "older");
  assertCount(newer, "newer");
  assert(older <= newer, "a tree only grows");
  return hashesOf(treeProofRanges(older, newer), read);
}

/** Checks a proof made by `proveTree`: that history was only added to. Every failure is the same `false`. */
export function checkTree(older: TreeHead, newer: TreeHead, proof: readonly Hash[]): boolean {
  if (!isCount(older.size) || !isCount(newer.size) || older.size > newer.size) return false;
  if (older.size === 0) return proof.length === 0 && equal(older.root, emptyRoot());
  const ranges = treeProofRanges(older.size, newer.size);
  if (ranges.length !== proof.length || ![older.root, ...proof].every(isHash)) return false;

  const steps = pairs(ranges, proof);
  // The walk starts in the largest subtree that ends exactly where the older tree ends. If that is the whole older
  // tree its hash is known and was left out of the proof; otherwise it is the proof's first hash.
  const first = ranges[0]?.end === older.size ? steps.shift() : undefined;
  let before = first === undefined ? older.root : first[1];
  let after = before;
  for (const [range, sibling] of steps) {
    if (range.end <= older.size) {
      before = nodeHash(sibling, before);
      after = nodeHash(sibling, after);
    } else {
      after = nodeHash(after, sibling);
    }
  }
  return equal(before, older.root) && equal(after, newer.root);
}

/** Walks from the root down to the record and names the side not taken at each step; nearest the leaf first. */
function recordProofRanges(index: number, size: number): readonly Range[] {
  const siblings: Range[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + splitPoint(end - start);
    if (index < middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  return siblings.reverse();
}

/** Walks from the newer root down to the place where the older tree ends, and names the sides not taken, and that place. */
function treeProofRanges(older: number, newer: number): readonly Range[] {
  if (older === 0) return [];
  const siblings: Range[] = [];
  let [start, end] = [0, newer];
  while (end !== older) {
    const middle = start + splitPoint(end - start);
    if (older <= middle) {
      siblings.push({ start: middle, end });
      end = middle;
    } else {
      siblings.push({ start, end: middle });
      start = middle;
    }
  }
  if (start > 0) siblings.push({ start, end });
  return siblings.reverse();
}

async function hashesOf(ranges: readonly Range[], read: HashReader): Promise<readonly Hash[]> {
  const covers = ranges.map(subtreesOf);
  const hashes = await read(covers.flat());
  assert(hashes.length === covers.flat().length, "a reader answers one hash for each subtree asked");
  let at = 0;
  return covers.map((cover) => foldPeaks(hashes.slice(at, (at += cover.length))));
}

function pairs(ranges: readonly Range[], hashes: readonly Hash[]): [Range, Hash][] {
  return ranges.map((range, at) => {
    const hash = hashes[at];
    assert(hash !== undefined, "as many hashes as ranges");
    return [range, hash];
  });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(hash: Hash): boolean {
  return hash.length === HASH_BYTES;
}
