import assert from "node:assert/strict";
import { test } from "node:test";
import { signPdf, validate } from "../index.ts";
import { browserPort } from "../browser.ts";
import { nodePort } from "../node.ts";
import { originalContent, type Mask } from "./index.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { samplePdfForYears, withDocumentTimestamp } from "../../test/long-term.ts";
import { forge, samplePdf, streamBody } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const digest = async (pdf: Uint8Array, mask?: Mask): Promise<string | undefined> => {
  const found = await originalContent(pdf, { port: nodePort, ...(mask !== undefined && { mask }) });
  return found && Buffer.from(found).toString("hex");
};
const other = streamBody("", "BT /F1 24 Tf 72 700 Td (Surat palsu) Tj ET");
const plain = samplePdf();

test("what a document held stays the same under signatures and time-stamps, however its objects are kept, and in a browser", async () => {
  const held = await digest(plain);
  assert.match(held ?? "", /^[0-9a-f]{64}$/);
  for (const kind of ["table", "stream", "objstm", "hybrid"] as const) {
    const once = await signPdf(samplePdf({ kind }), { signer, port: nodePort, signedAt: NOW });
    const twice = await signPdf(once, { signer: await authority.certify({ algorithm: "P-384" }), port: nodePort, signedAt: NOW });
    for (const pdf of [samplePdf({ kind }), once, twice]) assert.equal(await digest(pdf), held, kind);
  }
  const lasting = samplePdfForYears();
  assert.equal(await digest(await withDocumentTimestamp(lasting, 11, await authority.stamping(NOW))), await digest(lasting));
  assert.equal(Buffer.from((await originalContent(plain, { port: browserPort })) ?? []).toString("hex"), held);
});

test("another text, page, font or name of a language is another content; another title in the metadata is not", async () => {
  const held = await digest(plain);
  for (const changed of [samplePdf({ text: "Surat palsu" }), samplePdf({ pages: 2 })]) assert.notEqual(await digest(changed), held);
  const text = Buffer.from(plain).toString("latin1");
  const swapped = (from: string, to: string): Uint8Array => (assert.ok(text.includes(from) && from.length === to.length), new Uint8Array(Buffer.from(text.replace(from, to), "latin1")));
  assert.notEqual(await digest(swapped("/Helvetica", "/CourierXX")), held);
  assert.notEqual(await digest(swapped("/Lang (id)", "/Lang (en)")), held);
  assert.equal(await digest(swapped("<dc:title>Surat Tugas", "<dc:title>Surat Cepat")), held);
});

test("who puts a page over a genuine one and signs it himself has no content to compare, though his signature is whole", async () => {
  const forged = await signPdf(forge(plain, { objects: { 4: other } }), { signer, port: nodePort, signedAt: NOW });
  assert.equal((await validate(forged, { trust: authority.trust, at: NOW, port: nodePort })).indication, "TOTAL-PASSED");
  assert.equal(await digest(forged), undefined);
  const signed = await signPdf(plain, { signer, port: nodePort, signedAt: NOW });
  for (const pdf of [forge(signed, { objects: { 4: other } }), Buffer.concat([signed, Buffer.from("% lagi\n")])]) assert.equal(await digest(new Uint8Array(pdf)), undefined);
});

test("a file that cannot be read has no content to compare, wherever its end is damaged", async () => {
  const signed = await signPdf(plain, { signer, port: nodePort, signedAt: NOW });
  for (let back = 1; back <= 60; back += 1) {
    const damaged = Uint8Array.from(signed);
    damaged[signed.length - back] = (signed[signed.length - back] ?? 0) ^ 1;
    await assert.doesNotReject(digest(damaged), `${back} bytes before the end`);
  }
  for (const none of ["bukan PDF", "%PDF-1.7\nstartxref\n9\n%%EOF\n"]) assert.equal(await digest(new TextEncoder().encode(none)), undefined);
});

test("a key that stands twice leaves nothing to compare: readers choose differently", async () => {
  const twice = new Uint8Array(Buffer.from(Buffer.from(plain).toString("latin1").replace("/Lang (id)", "/A 1 /A 2 "), "latin1"));
  assert.equal(await digest(twice), undefined);
});

test("what is left out of a page's content does not count, and only that", async () => {
  const mask: Mask = (content) => Buffer.from(Buffer.from(content).toString("latin1").replace(/\(Surat \w+\)/, "()"), "latin1");
  const held = await digest(plain, mask);
  assert.equal(await digest(samplePdf({ text: "Surat palsu" }), mask), held);
  assert.notEqual(await digest(samplePdf({ text: "Nota palsu" }), mask), held);
});
