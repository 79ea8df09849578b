import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { readerOf, recordsOf, referenceRoot } from "../test/reference.ts";
import { fromHex, toHex, utf8 } from "./bytes.ts";
import { append, decodeFrontier, EMPTY_FRONTIER, encodeFrontier, frontierRoot, readFrontier } from "./frontier.ts";
import { emptyRoot, nodeHash, recordHash, splitPoint, subtreesOf, treeRoot } from "./tree.ts";

/** The eight records and the roots over the first 1 to 8 of them that certificate-transparency's own tests use. */
const CT_RECORDS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const CT_ROOTS = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

test("the roots of the certificate-transparency test vectors come out", async () => {
  const records = CT_RECORDS.map((hex) => fromHex(hex) ?? assert.fail(hex));
  let frontier = EMPTY_FRONTIER;
  for (const [at, record] of records.entries()) {
    frontier = append(frontier, [recordHash(record)]);
    assert.equal(toHex(frontierRoot(frontier)), CT_ROOTS[at]);
    assert.equal(toHex(await treeRoot(at + 1, readerOf(records))), CT_ROOTS[at]);
  }
});

test("the empty tree's root is the hash of nothing", () => {
  assert.equal(toHex(emptyRoot()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  assert.deepEqual(frontierRoot(EMPTY_FRONTIER), emptyRoot());
});

test("a node never hashes like a record of the same bytes", () => {
  const [left, right] = [recordHash(utf8("a")), recordHash(utf8("b"))];
  const joined = new Uint8Array(64);
  joined.set(left);
  joined.set(right, 32);
  assert.notDeepEqual(nodeHash(left, right), recordHash(joined));
  assert.notDeepEqual(nodeHash(left, right), nodeHash(right, left));
});

test("every tree up to 300 has the root RFC 6962 defines, appended one by one, at once, or read back", async () => {
  const records = recordsOf(300);
  const hashes = records.map(recordHash);
  let oneByOne = EMPTY_FRONTIER;
  for (let size = 0; size <= records.length; size++) {
    const root = referenceRoot(records.slice(0, size));
    assert.deepEqual(frontierRoot(oneByOne), root, `size ${size}`);
    assert.deepEqual(append(EMPTY_FRONTIER, hashes.slice(0, size)), oneByOne);
    assert.deepEqual(await readFrontier(size, readerOf(records)), oneByOne);
    const next = hashes[size];
    if (next !== undefined) oneByOne = append(oneByOne, [next]);
  }
});

test("appending leaves the frontier it started from as it was", () => {
  const before = append(EMPTY_FRONTIER, [recordHash(utf8("a"))]);
  const copy = structuredClone(before);
  append(before, [recordHash(utf8("b"))]);
  assert.deepEqual(before, copy);
});

test("a frontier survives being stored, and is refused at any other length", () => {
  const frontier = append(EMPTY_FRONTIER, recordsOf(45).map(recordHash));
  const bytes = encodeFrontier(frontier);
  assert.deepEqual(decodeFrontier(45, bytes), { value: frontier });
  assert.deepEqual(decodeFrontier(0, new Uint8Array(0)), { value: EMPTY_FRONTIER });
  for (const [size, stored] of [[45, bytes.slice(1)], [45, bytes.slice(32)], [44, bytes], [-1, bytes], [0.5, bytes]] as const) {
    assert.deepEqual(decodeFrontier(size, stored), { refused: "malformed_frontier" });
  }
});

test("splitting and covering stay exact at sizes no 32-bit arithmetic can hold", () => {
  for (const power of [1, 30, 31, 32, 33, 51, 52]) {
    assert.equal(splitPoint(2 ** power), 2 ** (power - 1));
    assert.equal(splitPoint(2 ** power + 1), 2 ** power);
    assert.deepEqual(subtreesOf({ start: 0, end: 2 ** power }), [{ level: power, index: 0 }]);
  }
  assert.equal(subtreesOf({ start: 0, end: Number.MAX_SAFE_INTEGER }).length, 53);
  assert.throws(() => splitPoint(1), /only two or more/);
});

test("the subtrees of a tree are aligned, grow smaller, and together are the whole tree", () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), (size) => {
      let covered = 0;
      let previous = 54;
      for (const { level, index } of subtreesOf({ start: 0, end: size })) {
        assert.equal(index * 2 ** level, covered);
        assert.ok(level < previous);
        covered += 2 ** level;
        previous = level;
      }
      assert.equal(covered, size);
    }),
  );
});
