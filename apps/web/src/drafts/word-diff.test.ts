import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { changesIn, wordDiff } from "./word-diff.ts";

const marked = (before: string, after: string): string => wordDiff(before, after).map(({ kind, text }) => (kind === "same" ? text : kind === "gone" ? `[-${text}]` : `[+${text}]`)).join("");

test("a changed day is one change, not two", () => {
  assert.equal(marked("hari Kamis, 26 November 2026", "hari Senin, 30 November 2026"), "hari [-Kamis, 26][+Senin, 30] November 2026");
});

test("a sentence taken away and a line added are found where they are", () => {
  assert.equal(marked("Satu. Dua.\nTiga.", "Satu.\nTiga."), "Satu.[- Dua.]\nTiga.");
  assert.equal(marked("Satu.\n", "Satu.\nTembusan: Inspektur\n"), "Satu.\n[+Tembusan: Inspektur\n]");
});

test("both texts can be read back from the comparison", () => {
  const words = fc.array(fc.constantFrom("surat", "dinas", "desa", "\n", " ", "26", "30", ".")).map((parts) => parts.join(""));
  fc.assert(fc.property(words, words, (before, after) => {
    const all = wordDiff(before, after);
    assert.equal(all.filter(({ kind }) => kind !== "new").map(({ text }) => text).join(""), before);
    assert.equal(all.filter(({ kind }) => kind !== "gone").map(({ text }) => text).join(""), after);
  }));
});

test("equal texts have no change", () => {
  fc.assert(fc.property(fc.string(), (text) => assert.deepEqual(changesIn(wordDiff(text, text)), [])));
});

test("a text too large to compare word for word is shown as replaced, at once", () => {
  const [before, after] = ["a ".repeat(9000), "b ".repeat(9000)];
  assert.deepEqual(wordDiff(before, after).map(({ kind }) => kind).filter((kind) => kind !== "same"), ["gone", "new"]);
});

test("a listed change carries a few words from around it", () => {
  const listed = changesIn(wordDiff("uji coba akan dilaksanakan pada hari Kamis, 26 November 2026 di balai desa Bukit Raya", "uji coba akan dilaksanakan pada hari Senin, 30 November 2026 di balai desa Bukit Raya"));
  assert.deepEqual(listed.map((change) => change.map(({ text }) => text).join("|")), ["… dilaksanakan pada hari |Kamis, 26|Senin, 30| November 2026 di balai…"]);
});
