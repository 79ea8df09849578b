import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Block } from "./document.ts";
import { paragraph } from "./passage.ts";
import { glueSmallWords, punctuate, setPassages, splitTail } from "./typography.ts";
import type { Run, SetBlock } from "./typography.ts";

const setText = (text: string, words = false): readonly Run[] => {
  const [block] = setPassages([paragraph(text)], { words });
  return block?.type === "paragraph" ? block.runs : [];
};
const kept = (text: string) => setText(text).flatMap((run) => ("t" in run && run.keep === true ? [run.t] : []));
const textOf = (runs: readonly Run[]) => runs.map((run) => ("t" in run ? run.t : "\n")).join("");

test("what must not break is kept together, with the brackets and stops that touch it", () => {
  assert.deepEqual(kept("Nomor 500.12.6.3/877/DISKOMINFO/2026 tanggal 20 Juli 2026 hal"), ["500.12.6.3/877/DISKOMINFO/2026", "20 Juli"]);
  assert.deepEqual(kept("aplikasi (E-Office), sebesar Rp 1.500.000,00 untuk 5 (lima) orang"), ["(E-Office),", "Rp 1.500.000,00", "5 (lima)"]);
  assert.deepEqual(kept("masing-masing dan/atau biasa"), []);
});

test("setting a text never changes its words", () => {
  const alphabet = fc.constantFrom("kata", "E-Office", "20 Juli", "1/2/3", "Rp 5", "5 (lima)", " ", ",", "(", ")", "a", "-", "Pasal 5");
  fc.assert(
    fc.property(fc.array(alphabet, { minLength: 1, maxLength: 30 }).map((all) => all.join("")).filter((text) => text.trim() !== ""), fc.boolean(), (text, words) => {
      assert.equal(textOf(setText(text, words)), text.replace(/ +/g, " "));
    }),
  );
});

test("every word is announced once and in full, also when emphasis changes inside it", () => {
  const block: Block = { type: "paragraph", content: [{ type: "text", text: "satu (" }, { type: "text", text: "dua", marks: [{ type: "bold" }] }, { type: "text", text: "), tiga" }] };
  const [set] = setPassages([block], { words: true });
  assert(set?.type === "paragraph");
  assert.deepEqual(set.runs.flatMap((run) => ("w" in run ? [run.w] : [])), ["satu", "(dua),", "tiga"]);
});

test("a numbered item announces its number with its first word", () => {
  const list: Block = { type: "orderedList", attrs: { start: 5 }, content: [{ type: "listItem", content: [paragraph("Menyampaikan nama")] }] };
  const [set] = setPassages([list], { words: true });
  assert(set?.type === "list");
  const [node] = set.items[0]?.nodes ?? [];
  assert(node?.type === "paragraph");
  assert.deepEqual(node.runs.flatMap((run) => ("w" in run ? [run.w] : [])), ["5. Menyampaikan", "nama"]);
});

test("empty paragraphs at either end are not set, those in the middle are", () => {
  const blank: Block = { type: "paragraph" };
  assert.equal(setPassages([blank, paragraph("a"), blank, paragraph("b"), blank, blank], { words: false }).length, 3);
});

const item = (text: string) => ({ type: "listItem" as const, content: [paragraph(text)] });
test("items that go on with a sentence stand on the axis, sentences at the edge; ten items get a wider number", () => {
  const set = (texts: readonly string[]) => setPassages([{ type: "orderedList", content: texts.map(item) }], { words: false })[0];
  const [lower, upper, ten] = [set(["jumlah;", "daftar."]), set(["Menunjuk.", "Memutakhirkan."]), set(Array.from({ length: 10 }, () => "butir;"))];
  assert(lower?.type === "list" && upper?.type === "list" && ten?.type === "list");
  assert.deepEqual([lower.onAxis, upper.onAxis, lower.width, ten.width], [true, false, 7.5, 9]);
});

test("the tail that stays with the signature is the closing paragraph, and one more when that has one line", () => {
  const set = (...passages: readonly Block[]) => splitTail(setPassages(passages, { words: false }));
  const long = "Kalimat yang cukup panjang agar memenuhi lebih dari satu baris surat, demikian seterusnya sampai selesai.";
  const first = (blocks: readonly SetBlock[]) => blocks.length;
  assert.equal(first(set(paragraph(long), paragraph(long)).tail), 1);
  assert.equal(first(set(paragraph(long), paragraph("Demikian.")).tail), 2);
  assert.equal(first(set(paragraph(long), paragraph(long.repeat(20))).tail), 0);
  const withList = set({ type: "orderedList", content: [item("a;"), item("b.")] });
  assert(withList.free[0]?.type === "list" && withList.tail[0]?.type === "list");
  assert.deepEqual([withList.free[0].items.map((one) => one.label), withList.tail[0].items.map((one) => one.label)], [["1."], ["2."]]);
  assert.deepEqual(set({ type: "table", content: [{ type: "tableRow", content: [{ type: "tableCell", content: [{ type: "paragraph" }] }] }] }).tail, []);
});

test("lists are punctuated without closing twice", () => {
  assert.deepEqual(punctuate(["A", "B;", "C"], "."), ["A;", "B; dan", "C."]);
  assert.deepEqual(punctuate(["A;", "B; dan", "C."], "."), ["A;", "B; dan", "C."]);
  assert.deepEqual(punctuate(["A", "B"], ""), ["A; dan", "B"]);
  assert.deepEqual(punctuate(["A", "B"], ".", ""), ["A;", "B."]);
  assert.deepEqual(punctuate(["satu"], "."), ["satu."]);
  assert.deepEqual(punctuate(["Ani, S.Kom.", "Budi"], ""), ["Ani, S.Kom.; dan", "Budi"]);
});

test("a small word stays with the word after it", () => {
  assert.equal(glueSmallWords("KEPALA DINAS KOMUNIKASI DAN INFORMATIKA"), "KEPALA DINAS KOMUNIKASI DAN\u00a0INFORMATIKA");
  assert.equal(glueSmallWords("Plt. SEKDA"), "Plt.\u00a0SEKDA");
});
