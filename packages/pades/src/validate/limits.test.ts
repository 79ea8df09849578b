import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { DEFAULT_LIMITS, inspect, signPdf, Unreadable, validate, type Limits, type Port } from "../index.ts";
import { browserPort } from "../browser.ts";
import { issueCrl, nodePort } from "../node.ts";
import { NOW, testAuthority } from "../../test/authority.ts";
import { samplePdfForYears, withDocumentTimestamp } from "../../test/long-term.ts";
import { forge, pdfOfText, samplePdf, textOfPdf } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const signed = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW });
const judge = (pdf: Uint8Array, limits: Partial<Limits> = {}) => validate(pdf, { trust: authority.trust, at: NOW, port: nodePort, limits: { ...DEFAULT_LIMITS, ...limits } });

test("each limit stops a file that goes beyond it, and is named", async () => {
  const packed = await signPdf(samplePdf({ kind: "objstm" }), { signer, port: nodePort, signedAt: NOW });
  const manyRevisions = Array.from({ length: 8 }).reduce<Uint8Array>((pdf) => forge(pdf, { objects: { 90: "null" } }), signed);
  for (const [pdf, limits] of [
    [signed, { fileBytes: signed.length - 1 }],
    [manyRevisions, { revisions: 5 }],
    [signed, { objects: 5 }],
    [signed, { signatures: 0 }],
    [packed, { inflatedBytes: 64 }],
  ] as const) {
    await assert.rejects(judge(pdf, limits), (error) => error instanceof Unreadable && error.reason === "too_large" && error.limit === Object.keys(limits)[0], JSON.stringify(limits));
  }
  assert.equal((await judge(signed)).indication, "TOTAL-PASSED");
});

test("a document is not walked a thousand times because a thousand updates say so", async () => {
  const heavy = forge(signed, { objects: { 90: `[${"4 0 R ".repeat(500_000)}]` } });
  const chained = Array.from({ length: 700 }).reduce<Uint8Array[]>((pieces, _, k) => {
    const length = heavy.length + k * UPDATE_BYTES;
    const previous = k === 0 ? (/startxref\n(\d+)\n%%EOF\n$/.exec(textOfPdf(heavy))?.[1] ?? "") : String(length - UPDATE_BYTES);
    pieces.push(pdfOfText(`xref\n0 0\ntrailer\n<< /Size 91 /Root 1 0 R /Info 6 0 R /Prev ${previous.padStart(10, "0")} >>\nstartxref\n${String(length).padStart(10, "0")}\n%%EOF\n`));
    return pieces;
  }, [heavy]);
  assert.equal(chained[1]?.length, UPDATE_BYTES);
  await assert.rejects(judge(new Uint8Array(Buffer.concat(chained))), (error) => error instanceof Unreadable && error.limit === "work");
});

const UPDATE_BYTES = 100;

test("a thousandfold nested array ends at the depth limit", async () => {
  const nested = forge(signed, { objects: { 3: `<< /Type /Page /Kids ${"[".repeat(5_000)}${"]".repeat(5_000)} >>` } });
  const report = await judge(nested);
  assert.equal(report.indication, "TOTAL-FAILED");
  assert.match(report.document.changesAfter.map(({ detail }) => detail).join(), /nested too deeply/);
});

test("circles in the cross-reference chain, the page tree and the form end", async () => {
  const text = textOfPdf(signed);
  const start = /startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1] ?? "";
  const circle = pdfOfText(text.replace(/\/Prev \d+/, `/Prev ${start}`));
  assert.equal((await judge(circle)).indication, "TOTAL-FAILED");
  const pages = forge(signed, { objects: { 2: "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 1 /MediaBox [0 0 595 842] >>" } });
  assert.equal((await judge(pages)).indication, "TOTAL-FAILED");
  const form = forge(signed, { objects: { 95: "<< /T (a) /Kids [95 0 R] >>", 1: "<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /AcroForm << /Fields [9 0 R 95 0 R] /SigFlags 3 >> >>" } });
  assert.equal((await judge(form)).indication, "TOTAL-FAILED");
  const length = forge(signed, { objects: { 91: "<< /Length 91 0 R >>\nstream\nabc\nendstream" } });
  assert.equal(typeof (await judge(length)).indication, "string");
});

test("a bomb is not inflated, on either port", async () => {
  const bomb = deflateSync(Buffer.alloc(4 * 1024 * 1024));
  for (const port of [nodePort, browserPort]) {
    assert.equal(await port.inflate(bomb, 1024 * 1024), "too_large");
    assert.equal((await port.inflate(bomb, 8 * 1024 * 1024)).length, 4 * 1024 * 1024);
    assert.equal(await port.inflate(Uint8Array.of(1, 2, 3), 1024), "damaged");
  }
  const packed = samplePdf({ kind: "objstm" });
  assert.equal((await inspect(packed, { port: nodePort, limits: { ...DEFAULT_LIMITS, inflatedBytes: 64 } })).kind, "unreadable");
});

test("the digests of several signatures are one pass over the file, and come out as if each were taken alone", async () => {
  let many = await withDocumentTimestamp(samplePdfForYears(), 11, await authority.stamping(NOW));
  for (const algorithm of ["P-256", "P-384", "Ed25519"] as const) many = await signPdf(many, { signer: await authority.certify({ algorithm }), port: nodePort, signedAt: NOW });
  let passes = 0;
  const counting: Port = { ...nodePort, digestForks: async (...given) => (passes++, nodePort.digestForks?.(...given) ?? []) };
  const { digestForks: _, ...apart } = nodePort;
  const changed = Uint8Array.from(many);
  changed[300] = (changed[300] ?? 0) ^ 1;
  for (const pdf of [many, changed]) {
    const [shared, separate] = await Promise.all([counting, apart].map((port) => validate(pdf, { trust: authority.trust, at: NOW, port })));
    assert.deepEqual(shared, separate);
  }
  assert.equal((await judge(many)).indication, "TOTAL-PASSED");
  assert.equal(passes, 6); // three digests in use, two files
});

test("the validator comes to the same judgement on WebCrypto", async () => {
  for (const options of [{ algorithm: "P-256" }, { algorithm: "P-384" }, { algorithm: "RSA-2048" }, { algorithm: "RSA-2048", pss: true }, { algorithm: "Ed25519" }] as const) {
    const pdf = await signPdf(samplePdf({ kind: "objstm" }), { signer: await authority.certify(options), port: browserPort, signedAt: NOW });
    const [node, browser] = await Promise.all([nodePort, browserPort].map((port) => validate(pdf, { trust: authority.trust, at: NOW, port })));
    assert.equal(browser?.indication, "TOTAL-PASSED", JSON.stringify(options));
    assert.deepEqual(browser, node);
    const broken = Uint8Array.from(pdf);
    broken[200] = (broken[200] ?? 0) ^ 1;
    const said = await validate(broken, { trust: authority.trust, at: NOW, port: browserPort });
    assert.notEqual(said.indication, "TOTAL-PASSED");
  }
});

test("a judgement ends, however many lists a document carries that might be the right one", async () => {
  const stranger = await testAuthority();
  // Each names the issuer of the signer's certificate and is signed by another key of that name: all have to be tried.
  const lists: Uint8Array[] = [];
  for (let number = 0; number < 600; number++) lists.push(await issueCrl(stranger.issuing, { number, thisUpdate: NOW, nextUpdate: new Date(NOW.getTime() + 86_400_000), revoked: [] }));
  let many = signed;
  for (let count = 0; count < 12; count++) many = await signPdf(many, { signer, port: nodePort, signedAt: NOW });
  await assert.rejects(validate(many, { trust: authority.trust, at: NOW, port: nodePort, crls: lists }), (error) => error instanceof Unreadable && error.limit === "work");
  const { indication } = await validate(signed, { trust: authority.trust, at: NOW, port: nodePort, crls: lists });
  assert.equal(indication, "TOTAL-PASSED");
});
