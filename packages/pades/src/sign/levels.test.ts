import assert from "node:assert/strict";
import { test } from "node:test";
import { append, CannotSign, completeWithTimestamp, documentTimestamp, joined, prepare, signatureTail, signPdf, validate } from "../index.ts";
import { nodePort } from "../node.ts";
import { timestampBytes } from "./timestamp-bytes.ts";
import { NOW, testAuthority, VALID_FROM, type CertifyOptions } from "../../test/authority.ts";
import { samplePdf, textOfPdf, type XrefKind } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const timestamps = await authority.stamping();
const judge = (pdf: Uint8Array, at = NOW) => validate(pdf, { trust: authority.trust, at, port: nodePort });
const ALGORITHMS = [{ algorithm: "P-256" }, { algorithm: "P-384" }, { algorithm: "RSA-2048" }, { algorithm: "RSA-2048", pss: true }, { algorithm: "Ed25519" }] satisfies CertifyOptions[];

for (const kind of ["table", "stream", "objstm", "hybrid"] satisfies XrefKind[]) {
  test(`level B-T on a file with a cross-reference ${kind}: the time-stamp proves when, and the file keeps its bytes and its kind`, async () => {
    const pdf = samplePdf({ kind, fields: [{ name: "Sekda", rect: "[100 100 250 160]" }], form: "indirect" });
    for (const fieldName of ["Sekda", "Lain"]) {
      const signed = await signPdf(pdf, { signer, port: nodePort, signedAt: NOW, timestamps, fieldName });
      assert.deepEqual(signed.subarray(0, pdf.length), pdf);
      const report = await judge(signed);
      assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.signatures[0]?.checks));
      assert.deepEqual(report.signatures[0]?.provenTime, NOW);
      assert.equal(textOfPdf(signed.subarray(pdf.length)).includes("\nxref\n"), kind === "table" || kind === "hybrid");
    }
  });
}

test("every algorithm can be time-stamped by every algorithm's authority", async () => {
  for (const options of ALGORITHMS) {
    const stamped = await signPdf(samplePdf(), { signer: await authority.certify(options), port: nodePort, signedAt: NOW, timestamps: await authority.stamping(NOW, options) });
    const tail = await documentTimestamp(stamped, { authority: await authority.stamping(NOW, options), port: nodePort });
    const report = await judge(append(stamped, tail));
    assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.signatures.map(({ checks }) => checks)));
    assert.deepEqual(report.signatures.map(({ kind, provenTime }) => [kind, provenTime]), [["signature", NOW], ["document_timestamp", NOW]]);
  }
});

test("the room for a time-stamp is what it takes, and a few octets more", async () => {
  const text = textOfPdf(await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW, timestamps }));
  const padding = /\/Contents <[0-9a-f]*?((?:00)*)>/.exec(text)?.[1]?.length ?? 0;
  assert.ok(padding / 2 <= 40, `${padding / 2} bytes of padding`);
});

test("a signature that comes back later as r‖s is stamped as it stands in the file", async () => {
  const pdf = samplePdf();
  const prepared = await prepare(pdf, { signer, signedAt: NOW, port: nodePort, timestampBytes: await timestampBytes(timestamps, nodePort) });
  const stored = structuredClone({ tail: prepared.tail, token: prepared.token });
  const signature = await signer.sign({ message: prepared.signedAttributes, digest: prepared.digest });
  const report = await judge(append(pdf, await completeWithTimestamp(stored, signature, { authority: timestamps, port: nodePort })));
  assert.deepEqual(report.signatures[0]?.provenTime, NOW);
});

test("a time-stamp after the certificate's end proves too little, and one without room is refused", async () => {
  const short = await authority.certify({ notAfter: new Date(NOW.getTime() - 1_000) });
  await assert.rejects(signPdf(samplePdf(), { signer: short, port: nodePort, signedAt: VALID_FROM, timestamps }), (error) => error instanceof CannotSign && error.reason === "certificate_expired");
  const prepared = await prepare(samplePdf(), { signer, signedAt: NOW, port: nodePort });
  const signature = await signer.sign({ message: prepared.signedAttributes, digest: prepared.digest });
  await assert.rejects(completeWithTimestamp(prepared, signature, { authority: timestamps, port: nodePort }), (error) => error instanceof CannotSign && error.reason === "signature_too_long");
});

test("a document time-stamp is invisible, has no appearance, and may follow a certification that allows nothing else", async () => {
  const sealed = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW, certify: 1 });
  const tail = await documentTimestamp(sealed, { authority: timestamps, port: nodePort });
  assert.match(textOfPdf(tail), /\/Type \/DocTimeStamp \/Filter \/Adobe\.PPKLite \/SubFilter \/ETSI\.RFC3161/);
  assert.match(textOfPdf(tail), /\/Rect \[0 0 0 0\] \/F 132/);
  assert.doesNotMatch(textOfPdf(tail), /\/AP /);
  const report = await judge(append(sealed, tail));
  assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
});

test("what was appended is signed and stamped again without joining it to the document", async () => {
  const pdf = samplePdf({ kind: "objstm", pages: 3 });
  const first = await signatureTail(pdf, { signer, port: nodePort, signedAt: NOW });
  const second = await signatureTail(joined(pdf, first), { signer, port: nodePort, signedAt: NOW, timestamps });
  const third = await documentTimestamp(joined(joined(pdf, first), second), { authority: timestamps, port: nodePort });
  const report = await judge(append(append(append(pdf, first), second), third));
  assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.document));
  assert.equal(report.signatures.length, 3);
});
