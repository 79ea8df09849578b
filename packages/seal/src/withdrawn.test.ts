import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { hashOfCode, isWithdrawn, isWithdrawnList, withdrawnLetters } from "./withdrawn.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString("hex"));

test("whatever was withdrawn is found, and nothing else, in any order and however often it is named", () => {
  fc.assert(fc.property(fc.uniqueArray(hash, { maxLength: 300, selector: (each) => each.slice(0, 10) }), fc.nat(), (hashes, cut) => {
    const listed = hashes.slice(0, hashes.length === 0 ? 0 : cut % hashes.length);
    const list = withdrawnLetters([...listed, ...listed.toReversed()]);
    assert.deepEqual([list.length, isWithdrawnList(list)], [listed.length * 5, true]);
    for (const each of hashes) assert.equal(isWithdrawn(list, each), listed.includes(each));
  }));
});

test("a list out of order, with an entry twice, or cut in the middle of one is none", () => {
  const list = withdrawnLetters(["01".repeat(32), "02".repeat(32)]);
  assert.equal(isWithdrawnList(list), true);
  assert.equal(isWithdrawnList(new Uint8Array(0)), true);
  for (const broken of [Uint8Array.from([...list.subarray(5), ...list.subarray(0, 5)]), Uint8Array.from([...list.subarray(0, 5), ...list.subarray(0, 5)]), list.subarray(0, 9)]) assert.equal(isWithdrawnList(broken), false);
});

test("a code is listed by the SHA-256 of its letters", async () => {
  assert.equal(await hashOfCode("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"); // FIPS 180-2, appendix B.1
});
