import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { documentLimits, documentSchema, emptyDocument, listLabel, plainText } from "./document.ts";

const paragraph = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
const doc = (...content: readonly unknown[]) => ({ type: "doc", content });
const cell = (text: string, attrs: object = {}) => ({ type: "tableCell", attrs: { colspan: 1, rowspan: 1, colwidth: null, ...attrs }, content: [paragraph(text)] });
const table = (...rows: readonly (readonly unknown[])[]) => ({ type: "table", content: rows.map((content) => ({ type: "tableRow", content })) });
const list = (type: string, ...texts: readonly string[]) => ({ type, content: texts.map((text) => ({ type: "listItem", content: [paragraph(text)] })) });

test("what an editor of ours makes is accepted", () => {
  const made = doc(
    { type: "paragraph" },
    { type: "paragraph", content: [{ type: "text", text: "a", marks: [{ type: "bold" }, { type: "italic" }, { type: "underline" }] }, { type: "hardBreak" }, { type: "text", text: "b" }] },
    { ...list("orderedList", "satu", "dua"), attrs: { start: 3, type: null } },
    list("bulletList", "x"),
    table([{ ...cell("a"), type: "tableHeader" }, cell("b")], [cell("c", { colspan: 2 })]),
  );
  assert.deepEqual(documentSchema.parse(made), made);
  assert.deepEqual(documentSchema.parse(emptyDocument), emptyDocument);
});

const refused: readonly (readonly [string, unknown])[] = [
  ["nothing", undefined],
  ["a string", "<p>isi</p>"],
  ["an empty document", doc()],
  ["an unknown node", doc({ type: "image", attrs: { src: "http://x" } })],
  ["an unknown node in an item", doc({ type: "bulletList", content: [{ type: "listItem", content: [{ type: "codeBlock" }] }] })],
  ["an unknown mark", doc({ type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "link", attrs: { href: "javascript:alert(1)" } }] }] })],
  ["an attribute on a mark", doc({ type: "paragraph", content: [{ type: "text", text: "x", marks: [{ type: "bold", attrs: {} }] }] })],
  ["an attribute on a paragraph", doc({ ...paragraph("x"), attrs: { style: "x" } })],
  ["an extra key", { ...doc(paragraph("x")), html: "<b>" }],
  ["an empty text", doc(paragraph(""))],
  ["a control character", doc(paragraph("a\u0000b"))],
  ["a direction override", doc(paragraph("Rp 1\u202e000"))],
  ["a zero-width space", doc(paragraph("a\u200bb"))],
  ["a list item outside a list", doc({ type: "listItem", content: [paragraph("x")] })],
  ["a table in a cell", doc(table([{ ...cell("x"), content: [table([cell("y")])] }]))],
  ["a table with ragged rows", doc(table([cell("a"), cell("b")], [cell("c")]))],
  ["a cell that leaves the table", doc(table([cell("a", { rowspan: 2 })]))],
  ["cells over each other", doc(table([cell("a"), cell("b", { rowspan: 2 })], [cell("c", { colspan: 2 })]))],
  ["too many columns", doc(table(Array.from({ length: documentLimits.columns + 1 }, () => cell("x"))))],
];
for (const [what, value] of refused) test(`${what} is refused`, () => assert.equal(documentSchema.safeParse(value).success, false));

test("a merged cell over two rows is accepted when every place is covered once", () => {
  assert.equal(documentSchema.safeParse(doc(table([cell("a", { rowspan: 2 }), cell("b")], [cell("c")]))).success, true);
});

test("a document beyond its limits is refused before it is walked", () => {
  let deep: unknown = paragraph("x");
  for (let level = 0; level < 200_000; level += 1) deep = { type: "bulletList", content: [{ type: "listItem", content: [deep] }] };
  assert.equal(documentSchema.safeParse(doc(deep)).success, false);
  assert.equal(documentSchema.safeParse(doc(paragraph("x".repeat(500_000)))).success, false);
  assert.equal(documentSchema.safeParse(doc(...Array.from({ length: documentLimits.nodes * 2 }, () => paragraph("x")))).success, false);
  assert.equal(documentSchema.safeParse(doc(...Array.from({ length: 300 }, () => paragraph("kata ".repeat(20))))).success, true);
});

test("no JSON value makes the schema throw instead of refuse", () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => typeof documentSchema.safeParse(value).success === "boolean"));
});

test("plain text keeps words, numbers of items and cells in order", () => {
  const parsed = documentSchema.parse(doc(paragraph("Isi."), { ...list("orderedList", "satu", "dua"), attrs: { start: 2, type: "a" } }, list("bulletList", "x"), table([cell("a"), cell("b")])));
  assert.equal(plainText(parsed), "Isi.\nb. satu\nc. dua\n- x\na\tb");
});

test("levels of a list are told apart by their labels, unless the author chose", () => {
  assert.deepEqual([0, 1, 2, 3].map((level) => listLabel(3, null, level)), ["3.", "c.", "3)", "c)"]);
  assert.equal(listLabel(3, "1", 1), "3.");
  const nested = doc({ type: "orderedList", content: [{ type: "listItem", content: [paragraph("satu"), list("orderedList", "rincian")] }] });
  assert.equal(plainText(documentSchema.parse(nested)), "1. satu\na. rincian");
});

test("letters of a list go on after z", () => {
  assert.deepEqual([1, 26, 27, 52, 53, 702, 703].map((n) => listLabel(n, "a", 0)), ["a.", "z.", "aa.", "az.", "ba.", "zz.", "aaa."]);
});
