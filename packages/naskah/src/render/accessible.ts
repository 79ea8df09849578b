/**
 * Declares a rendered letter as PDF/UA-1 beside PDF/A-2a. Typst writes a file that keeps the rules of both but names
 * only one standard at a time; what it leaves out is two statements: "show the title" in the catalog (ISO 14289-1,
 * 7.1) and the PDF/UA mark in the metadata (clause 5). They are written into the file before it is frozen and
 * signed, by rewriting it whole: an appended update would start the letter's life with a second revision.
 */
import assert from "node:assert/strict";

type Insertion = { readonly at: number; readonly length: number; readonly text: string };

const uaMark = '<pdfuaid:part xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">1</pdfuaid:part>';

const preferences = "/ViewerPreferences <<";

// PDF/A-2 (ISO 19005-2, 6.6.2.3) wants every schema that is not its own described.
const property = (name: string, type: string, description: string) =>
  `<rdf:li rdf:parseType="Resource"><pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>${description}</pdfaProperty:description><pdfaProperty:name>${name}</pdfaProperty:name><pdfaProperty:valueType>${type}</pdfaProperty:valueType></rdf:li>`;
const uaSchema = `<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema><pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI><pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>${property("part", "Integer", "Indicates, which part of ISO 14289 standard is followed")}</rdf:Seq></pdfaSchema:property></rdf:li>`;

/** The same letter with its PDF/UA declaration. Knows only the plain files that Typst writes and stops at any other. */
export function declareAccessible(pdf: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength).toString("latin1");
  const table = readTable(text);
  const catalog = objectAt(text, table, reference(text, text.lastIndexOf("\ntrailer"), "Root"));
  const metadata = objectAt(text, table, reference(text, catalog, "Metadata"));
  assert(!text.slice(catalog, text.indexOf("endobj", catalog)).includes("/DisplayDocTitle"), "Typst leaves this preference to us");
  const length = /\/Length (\d+)/.exec(text.slice(metadata, metadata + 200));
  assert(length?.[1] !== undefined, "the metadata stream states its length");
  const stream = text.indexOf("stream\n", metadata) + "stream\n".length;
  // The end is counted, not searched: the subject of a letter may well contain "endobj".
  const schemas = only(text, { from: stream, to: stream + Number(length[1]) }, "</rdf:Bag></pdfaExtension:schemas>");
  const mark = only(text, { from: stream, to: stream + Number(length[1]) }, "<pdfaid:part>");
  const shown = only(text, { from: catalog, to: text.indexOf("endobj", catalog) }, preferences);
  const grown = String(Number(length[1]) + uaSchema.length + uaMark.length);
  const insertions: readonly Insertion[] = [
    { at: metadata + length.index + "/Length ".length, length: length[1].length, text: grown },
    { at: schemas, length: 0, text: uaSchema },
    { at: mark, length: 0, text: uaMark },
    { at: shown + preferences.length, length: 0, text: "\n    /DisplayDocTitle true" },
  ];
  return rewrite(text, table, insertions);
}

type Table = { readonly start: number; readonly first: number; readonly offsets: readonly number[] };

function readTable(text: string): Table {
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-100))?.[1]);
  const head = /^xref\n0 (\d+)\n/.exec(text.slice(start, start + 40));
  assert(head?.[1] !== undefined, "Typst writes one plain cross-reference table");
  const first = start + head[0].length;
  const offsets = Array.from({ length: Number(head[1]) }, (_, index) => Number(text.slice(first + index * 20, first + index * 20 + 10)));
  return { start, first, offsets };
}

function reference(text: string, from: number, key: string): number {
  const found = new RegExp(`/${key} (\\d+) 0 R`).exec(text.slice(from, from + 4000));
  assert(found?.[1] !== undefined, `the file names its ${key}`);
  return Number(found[1]);
}

function objectAt(text: string, table: Table, number: number): number {
  const offset = table.offsets[number];
  assert(offset !== undefined && text.startsWith(`${number} 0 obj`, offset), "the table points at its objects");
  return offset;
}

// What a person wrote is escaped in the metadata, so a tag found here is Typst's own.
function only(text: string, span: { readonly from: number; readonly to: number }, marker: string): number {
  const within = text.slice(span.from, span.to);
  const found = within.indexOf(marker);
  assert(found !== -1 && !within.includes(marker, found + 1), `${marker} stands once`);
  return span.from + found;
}

function rewrite(text: string, table: Table, insertions: readonly Insertion[]): Uint8Array<ArrayBuffer> {
  const ordered = insertions.toSorted((a, b) => a.at - b.at);
  const moved = (offset: number) => ordered.reduce((sum, { at, length, text: put }) => (at < offset ? sum + put.length - length : sum), offset);
  let body = "";
  let from = 0;
  for (const { at, length, text: put } of ordered) {
    body += text.slice(from, at) + put;
    from = at + length;
  }
  body += text.slice(from, table.first);
  const entries = table.offsets.map((offset, index) => {
    const entry = text.slice(table.first + index * 20, table.first + index * 20 + 20);
    return entry[17] === "n" ? `${String(moved(offset)).padStart(10, "0")}${entry.slice(10)}` : entry;
  });
  const tail = text.slice(table.first + table.offsets.length * 20).replace(/startxref\s+\d+/, `startxref\n${moved(table.start)}`);
  return new Uint8Array(Buffer.from(body + entries.join("") + tail, "latin1"));
}
