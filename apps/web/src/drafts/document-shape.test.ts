import assert from "node:assert/strict";
import { test } from "node:test";
import { documentSchema, plainText } from "@lontar/naskah";
import fc from "fast-check";
import { documentOf, printable, readDocument } from "./document-shape.ts";

test("what the editor adds of its own is left out, what a letter knows stays", () => {
  const document = documentOf({
    type: "doc",
    content: [
      { type: "paragraph", attrs: { class: "x" }, content: [{ type: "text", text: "Dengan ", marks: [{ type: "bold" }, { type: "link", attrs: { href: "https://contoh.id" } }] }, { type: "hardBreak" }, { type: "text", text: "hormat" }] },
      { type: "orderedList", attrs: { start: 1, type: null }, content: [{ type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "satu" }] }] }] },
      { type: "table", content: [{ type: "tableRow", content: [{ type: "tableHeader", attrs: { colspan: 1, rowspan: 1, colwidth: null, align: null }, content: [{ type: "paragraph" }] }] }] },
      { type: "heading", attrs: { level: 1 }, content: [{ type: "text", text: "bukan bagian surat" }] },
    ],
  });
  assert.deepEqual(document, {
    type: "doc",
    content: [
      { type: "paragraph", content: [{ type: "text", text: "Dengan ", marks: [{ type: "bold" }] }, { type: "hardBreak" }, { type: "text", text: "hormat" }] },
      { type: "orderedList", content: [{ type: "listItem", content: [{ type: "paragraph", content: [{ type: "text", text: "satu" }] }] }] },
      { type: "table", content: [{ type: "tableRow", content: [{ type: "tableHeader", content: [{ type: "paragraph" }] }] }] },
    ],
  });
});

test("marks that turn the direction of text do not come in with a paste", () => {
  assert.equal(printable("Rp 1.000\u202e000\u200b\tribu"), "Rp 1.000000 ribu");
});

test("whatever JSON comes, the answer is a document that the letter's schema takes", () => {
  const node = fc.letrec((tie) => ({
    any: fc.record({
      type: fc.constantFrom("paragraph", "text", "orderedList", "bulletList", "listItem", "hardBreak", "heading", "image"),
      text: fc.oneof(fc.string(), fc.integer()),
      attrs: fc.option(fc.dictionary(fc.constantFrom("start", "type", "colspan"), fc.oneof(fc.integer(), fc.string(), fc.constant(null)))),
      marks: fc.option(fc.array(fc.record({ type: fc.constantFrom("bold", "link", "italic") }), { maxLength: 4 })),
      content: fc.option(fc.array(tie("any"), { maxLength: 4 })),
    }),
  })).any;
  fc.assert(fc.property(fc.oneof(fc.jsonValue(), fc.record({ type: fc.constant("doc"), content: fc.array(node, { maxLength: 5 }) })), (value) => {
    assert.equal(documentSchema.safeParse(documentOf(value)).error, undefined);
  }));
});

test("a stored body that cannot be read is shown empty", () => {
  assert.equal(plainText(readDocument({ type: "doc", content: [{ type: "iframe" }] })), "");
});
