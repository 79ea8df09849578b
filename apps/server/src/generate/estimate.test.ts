import assert from "node:assert/strict";
import { test } from "node:test";
import { secondsLeft, waitInWords } from "./estimate.ts";

test("what is left is told from what it took so far, and the indexes are not forgotten", () => {
  const half = { done: 500, wanted: 1000, seconds: 100 };
  assert.equal(secondsLeft({ ...half, buildsIndexes: false }), 100);
  assert.equal(secondsLeft({ ...half, buildsIndexes: true }), 140);
  assert.equal(secondsLeft({ done: 1000, wanted: 1000, seconds: 200, buildsIndexes: true }), 40, "when the last letter is written they are still to be built");
  assert.deepEqual([waitInWords(119), waitInWords(150), waitInWords(1800)], ["119 detik", "3 menit", "30 menit"]);
});
