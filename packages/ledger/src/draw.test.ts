import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { draw, hashPopulation, sha256, toHex, utf8 } from "./index.ts";

const members = (count: number): readonly string[] => Array.from({ length: count }, (_, at) => `surat-${String(at).padStart(5, "0")}`);
const seedOf = (count: number, fact: string) => ({ population: hashPopulation(members(count)), members: count, tree: { size: 1_281_905, root: sha256(utf8("kepala log")) }, fact });

/** The format written down again from its description alone, with Node's own hashes, shuffling the whole list. */
const reference = (list: readonly string[], treeSize: number, root: string, fact: string, count: number): readonly string[] => {
  const population = createHash("sha256").update(["lontar/population/v1", ...list].join("\n") + "\n").digest("hex");
  const key = createHash("sha256").update([`lontar/draw/v1`, population, list.length, treeSize, root, fact, ""].join("\n")).digest();
  const left = [...list];
  let i = 0;
  for (let place = 0; place < count; place += 1) {
    const width = BigInt(left.length - place);
    let number: bigint;
    do number = BigInt(`0x${createHmac("sha256", key).update(String(i++)).digest("hex").slice(0, 12)}`);
    while (number >= 2n ** 48n - (2n ** 48n % width));
    const chosen = place + Number(number % width);
    [left[place], left[chosen]] = [left[chosen] ?? "", left[place] ?? ""];
  }
  return left.slice(0, count);
};

test("the draw is the one that its description gives, for lists and samples of every size", () => {
  for (const [size, count] of [[1, 1], [2, 1], [2, 2], [7, 3], [30, 30], [2318, 30], [5000, 200]] as const) {
    const list = members(size);
    const seed = seedOf(size, `JISDOR BI 23 Nov 2026: 16.412 / ${size}`);
    assert.deepEqual(draw(seed, count).map((place) => list[place]), reference(list, seed.tree.size, toHex(seed.tree.root), seed.fact, count), `${count} of ${size}`);
  }
});

test("golden: these very places, for whoever writes the format again", () => {
  assert.equal(toHex(hashPopulation(["a", "b", "c"])), "554a7efd0848fc9955bfbc9e5a802c6e9a600403ff7edce73dfff11fd6d51d37");
  assert.deepEqual(draw(seedOf(2318, "JISDOR BI 23 Nov 2026: 16.412"), 10), [406, 328, 1139, 2022, 1486, 1594, 93, 1748, 1851, 2288]);
  assert.deepEqual(draw(seedOf(5, ""), 5), [3, 1, 4, 0, 2]);
});

test("a larger sample begins with the smaller one, and no member is drawn twice", () => {
  const seed = seedOf(400, "benih");
  const all = draw(seed, 400);
  assert.deepEqual(draw(seed, 25), all.slice(0, 25));
  assert.deepEqual([...all].toSorted((one, other) => one - other), Array.from({ length: 400 }, (_, at) => at));
});

test("another list, another log, another fact: each gives another sample", () => {
  const seed = seedOf(2318, "benih");
  const first = draw(seed, 30).join(",");
  assert.notEqual(draw({ ...seed, fact: "benih " }, 30).join(","), first);
  assert.notEqual(draw({ ...seed, tree: { ...seed.tree, size: seed.tree.size + 1 } }, 30).join(","), first);
  assert.notEqual(draw({ ...seed, tree: { ...seed.tree, root: sha256(utf8("lain")) } }, 30).join(","), first);
  assert.notEqual(draw({ ...seed, population: sha256(utf8("lain")) }, 30).join(","), first);
});

test("every member is as likely as every other, also at the first and the last place drawn", () => {
  const size = 12;
  const rounds = 6000;
  const tally = { any: Array.from({ length: size }, () => 0), first: Array.from({ length: size }, () => 0), last: Array.from({ length: size }, () => 0) };
  for (let round = 0; round < rounds; round += 1) {
    const drawn = draw(seedOf(size, `putaran ${round}`), 4);
    for (const place of drawn) tally.any[place] = (tally.any[place] ?? 0) + 1;
    for (const [name, place] of [["first", drawn[0]], ["last", drawn[3]]] as const) tally[name][place ?? 0] = (tally[name][place ?? 0] ?? 0) + 1;
  }
  const chiSquare = (counts: readonly number[], expected: number): number => counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  // 11 degrees of freedom: 31.3 is passed by chance once in a thousand; the seeds are fixed, so this never changes by itself.
  for (const [name, counts, each] of [["any", tally.any, 4], ["first", tally.first, 1], ["last", tally.last, 1]] as const) assert.ok(chiSquare(counts, (rounds * each) / size) < 31.3, `${name}: ${counts.join(" ")}`);
});

test("a list that is not in order, or names one twice, is no population", () => {
  for (const wrong of [["b", "a"], ["a", "a"], [""], ["a\nb"]]) assert.throws(() => hashPopulation(wrong));
  assert.throws(() => draw(seedOf(3, ""), 4));
  assert.throws(() => draw(seedOf(3, "dua\nbaris"), 1));
});
