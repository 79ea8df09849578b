import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { corruptions, flipped, readerOf, recordsOf, referenceConsistency, referencePath, referenceRoot } from "../test/reference.ts";
import { checkRecord, checkTree, proveRecord, proveTree } from "./proof.ts";
import type { TreeHead } from "./proof.ts";
import { emptyRoot, nodeHash, recordHash, treeRoot } from "./tree.ts";
import type { Hash, HashReader } from "./tree.ts";

const SIZES = 64;
const records = recordsOf(SIZES);
const hashes = records.map(recordHash);
const heads: readonly TreeHead[] = Array.from({ length: SIZES + 1 }, (_, size) => ({ size, root: referenceRoot(records.slice(0, size)) }));
const read: HashReader = cached(readerOf(records));

test("every record of every tree up to 64 is proved as RFC 6962 says, and no damaged proof passes", async () => {
  for (const tree of heads) {
    for (const [index, hash] of hashes.slice(0, tree.size).entries()) {
      const proof = await proveRecord(index, tree.size, read);
      const name = `record ${index} of ${tree.size}`;
      assert.deepEqual(proof, referencePath(index, records.slice(0, tree.size)), name);
      assert.equal(checkRecord({ index, hash }, tree, proof), true, name);

      for (const damaged of damagedForms(proof)) {
        assert.equal(checkRecord({ index, hash }, tree, damaged), false, `damaged ${name}`);
      }
      assert.equal(checkRecord({ index, hash: flipped(hash) }, tree, proof), false, `another record instead of ${name}`);
      assert.equal(checkRecord({ index, hash }, { ...tree, root: flipped(tree.root) }, proof), false, `${name} under another root`);
    }
  }
});

test("a proof of one index is no proof of any other", async () => {
  for (const tree of heads) {
    for (const [index, hash] of hashes.slice(0, tree.size).entries()) {
      const proof = await proveRecord(index, tree.size, read);
      for (let other = 0; other <= tree.size; other++) {
        if (other !== index) assert.equal(checkRecord({ index: other, hash }, tree, proof), false, `${index} as ${other} of ${tree.size}`);
      }
    }
  }
});

test("every pair of trees up to 64 is proved as RFC 6962 says, and no damaged proof passes", async () => {
  for (const newer of heads) {
    for (const older of heads.slice(0, newer.size + 1)) {
      const proof = await proveTree(older.size, newer.size, read);
      const name = `${older.size} to ${newer.size}`;
      assert.deepEqual(proof, referenceConsistency(older.size, records.slice(0, newer.size)), name);
      assert.equal(checkTree(older, newer, proof), true, name);

      for (const damaged of damagedForms(proof)) {
        assert.equal(checkTree(older, newer, damaged), false, `damaged ${name}`);
      }
      assert.equal(checkTree({ ...older, root: flipped(older.root) }, newer, proof), false, `${name} from another root`);
      // Of an empty older tree nothing is proved, so any newer root is consistent with it.
      if (older.size > 0) assert.equal(checkTree(older, { ...newer, root: flipped(newer.root) }, proof), false, `${name} to another root`);
    }
  }
});

test("a rewritten history has no proof: each single changed record is noticed", async () => {
  const older = 23;
  const newer = 60;
  for (let changed = 0; changed < older; changed++) {
    const rewritten = records.slice(0, newer).map((record, at) => (at === changed ? flipped(record) : record));
    const proof = await proveTree(older, newer, readerOf(rewritten));
    assert.equal(checkTree(headOf(older), { size: newer, root: referenceRoot(rewritten) }, proof), false, `record ${changed}`);
  }
});

test("an inner node cannot be passed off as a record", () => {
  const [first, second] = hashes;
  assert.ok(first !== undefined && second !== undefined);
  const inner = nodeHash(first, second);
  assert.equal(checkRecord({ index: 0, hash: inner }, headOf(2), []), false);
  assert.equal(checkRecord({ index: 0, hash: inner }, headOf(4), [nodeHash(hashOf(2), hashOf(3))]), false);
});

test("hostile numbers and lengths are only false, never an exception", () => {
  const hash = hashOf(0);
  for (const number of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
    assert.equal(checkRecord({ index: number, hash }, headOf(1), []), false);
    assert.equal(checkRecord({ index: 0, hash }, { size: number, root: hash }, []), false);
    assert.equal(checkTree({ size: number, root: hash }, headOf(1), []), false);
    assert.equal(checkTree(headOf(1), { size: number, root: hash }, []), false);
  }
  const short = new Uint8Array(31);
  assert.equal(checkRecord({ index: 0, hash: short }, headOf(2), [short]), false);
  assert.equal(checkTree(headOf(1), headOf(2), [short]), false);
  assert.equal(checkTree(headOf(2), headOf(1), []), false, "a tree never shrinks");
  assert.equal(checkTree({ size: 0, root: hash }, headOf(1), []), false, "there is only one empty tree");
  assert.equal(checkTree({ size: 0, root: emptyRoot() }, { size: 0, root: emptyRoot() }, []), true);
});

test("asking to prove what is not so is a bug, and says so", async () => {
  await assert.rejects(proveRecord(3, 3, read), /only a record that is in the tree/);
  await assert.rejects(proveTree(4, 3, read), /a tree only grows/);
  await assert.rejects(proveRecord(0, 3, () => Promise.resolve([])), /a reader answers one hash/);
});

test("proofs hold in trees as large as numbers go", async () => {
  // Every record is the same, so the hash of a subtree depends on its level alone and no tree need be built.
  const levels: Hash[] = [recordHash(new Uint8Array(0))];
  for (let level = 1; level <= 53; level++) {
    const below = levels[level - 1] ?? assert.fail();
    levels.push(nodeHash(below, below));
  }
  const uniform: HashReader = (subtrees) => Promise.resolve(subtrees.map(({ level }) => levels[level] ?? assert.fail()));
  const rootAt = async (size: number): Promise<TreeHead> => ({ size, root: await treeRoot(size, uniform) });
  await fc.assert(
    fc.asyncProperty(fc.maxSafeNat(), fc.maxSafeNat(), async (a, b) => {
      const [older, newer] = [Math.min(a, b) + 1, Math.max(a, b) + 1].filter(Number.isSafeInteger);
      if (older === undefined || newer === undefined) return;
      const [before, after] = [await rootAt(older), await rootAt(newer)];
      const leaf = { index: older - 1, hash: levels[0] ?? assert.fail() };
      const recordProof = await proveRecord(leaf.index, newer, uniform);
      assert.equal(checkRecord(leaf, after, recordProof), true);
      for (const damaged of corruptions(recordProof)) assert.equal(checkRecord(leaf, after, damaged), false);
      const treeProof = await proveTree(older, newer, uniform);
      assert.equal(checkTree(before, after, treeProof), true);
      for (const damaged of corruptions(treeProof)) assert.equal(checkTree(before, after, damaged), false);
    }),
    { numRuns: 50 },
  );
});

/** One bit flipped anywhere, one hash too many at either end, and, if there are any, one too few at either end. */
function damagedForms(proof: readonly Hash[]): readonly (readonly Hash[])[] {
  const shorter = proof.length === 0 ? [] : [proof.slice(1), proof.slice(0, -1)];
  return [...corruptions(proof), ...shorter, [...proof, hashOf(0)], [hashOf(0), ...proof]];
}

function headOf(size: number): TreeHead {
  return heads[size] ?? assert.fail(`no head of size ${size}`);
}

function hashOf(index: number): Hash {
  return hashes[index] ?? assert.fail(`no record ${index}`);
}

/** The reference is slow by design; the exhaustive tests ask it the same things many times. */
function cached(reader: HashReader): HashReader {
  const known = new Map<string, Hash>();
  return (subtrees) =>
    Promise.all(
      subtrees.map(async (subtree) => {
        const name = `${subtree.level}/${subtree.index}`;
        const hash = known.get(name) ?? (await reader([subtree]))[0] ?? assert.fail();
        known.set(name, hash);
        return hash;
      }),
    );
}
