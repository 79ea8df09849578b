import assert from "node:assert/strict";
import { test } from "node:test";
import { append, CannotSign, complete, inspect, prepare, signPdf, Unreadable, validate } from "../index.ts";
import { ecdsaToRaw } from "../der/ecdsa.ts";
import { parseSignedData } from "../cms/signed-data.ts";
import { CMS_OID } from "../der/oid.ts";
import { readElement } from "../der/read.ts";
import { nodePort } from "../node.ts";
import { NOW, OFFICIAL, testAuthority } from "../../test/authority.ts";
import { pdfOfText, samplePdf, textOfPdf, type XrefKind } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const judge = (pdf: Uint8Array) => validate(pdf, { trust: authority.trust, at: NOW, port: nodePort });
const sign = (pdf: Uint8Array, options: Partial<Parameters<typeof signPdf>[1]> = {}) => signPdf(pdf, { signer, port: nodePort, signedAt: NOW, ...options });

for (const kind of ["table", "stream", "objstm", "hybrid"] satisfies XrefKind[]) {
  test(`a signed file with a cross-reference ${kind} passes, keeps its bytes and its kind`, async () => {
    for (const bareEnd of [false, true]) {
      const pdf = samplePdf({ kind, pages: 2, bareEnd });
      const signed = await sign(pdf, { reason: "Persetujuan (final) – é", location: "Kota Uji", name: "Siti" });
      assert.deepEqual(signed.subarray(0, pdf.length), pdf);
      const report = await judge(signed);
      assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.signatures[0]?.checks));
      assert.equal(report.document.verdict, "passed");
      const [only] = report.signatures;
      assert.equal(only?.signer?.name, OFFICIAL.commonName);
      assert.equal(only.signer.organisation, OFFICIAL.organisation);
      assert.equal(only.signer.title, OFFICIAL.title);
      assert.equal(only.signer.serial, OFFICIAL.serialNumber);
      assert.equal(only.reason, "Persetujuan (final) – é");
      assert.deepEqual(only.claimedTime, NOW);
      assert.deepEqual(only.covers, { revision: 2, end: signed.length, wholeFile: true });
      assert.equal(textOfPdf(signed.subarray(pdf.length)).includes("\nxref\n"), kind === "table" || kind === "hybrid");
    }
  });
}

test("every algorithm signs and passes", async () => {
  for (const options of [{ algorithm: "P-256" }, { algorithm: "P-384" }, { algorithm: "RSA-2048" }, { algorithm: "RSA-2048", pss: true }, { algorithm: "Ed25519" }] as const) {
    const signed = await sign(samplePdf(), { signer: await authority.certify(options) });
    assert.equal((await judge(signed)).indication, "TOTAL-PASSED", JSON.stringify(options));
  }
});

test("a second and a third signature leave the earlier ones valid", async () => {
  for (const kind of ["table", "stream", "objstm"] satisfies XrefKind[]) {
    let pdf = await sign(samplePdf({ kind }));
    pdf = await sign(pdf, { signer: await authority.certify({ subject: { commonName: "Budi" } }) });
    pdf = await sign(pdf, { fieldName: "Bupati" });
    const report = await judge(pdf);
    assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.document));
    assert.deepEqual(report.signatures.map(({ field }) => field), ["Signature1", "Signature2", "Bupati"]);
    assert.deepEqual(report.document.changesAfter.map(({ revision, kind: change }) => [revision, change]), [[3, "signature"], [4, "signature"]]);
    assert.deepEqual(report.signatures.map(({ covers }) => covers?.wholeFile), [false, false, true]);
  }
});

test("an empty field of the given name is filled, wherever the form is written", async () => {
  for (const kind of ["table", "objstm"] satisfies XrefKind[]) {
    for (const form of ["direct", "indirect"] as const) {
      const fields = [{ name: "Sekda", rect: "[100 100 250 160]" }, { name: "Bupati", rect: "[300 100 450 160]" }];
      const first = await sign(samplePdf({ kind, form, fields }), { fieldName: "Sekda" });
      const both = await sign(first, { fieldName: "Bupati" });
      const report = await judge(both);
      assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.document));
      assert.deepEqual(report.signatures.map(({ field }) => field), ["Sekda", "Bupati"]);
      assert.equal(report.document.changesAfter[0]?.detail, "the field Bupati was signed");
    }
  }
});

test("a field that is signed already, or is none for signatures, is refused", async () => {
  const fields = [{ name: "Sekda", rect: "[0 0 0 0]" }];
  const signed = await sign(samplePdf({ fields }), { fieldName: "Sekda" });
  await assert.rejects(sign(signed, { fieldName: "Sekda" }), (error) => error instanceof CannotSign && error.reason === "field_already_signed");
  const text = pdfOfText(textOfPdf(samplePdf({ fields })).replace("/FT /Sig", "/FT /Btn"));
  await assert.rejects(sign(text, { fieldName: "Sekda" }), (error) => error instanceof CannotSign && error.reason === "field_is_not_a_signature");
});

test("a certification comes first, and level 1 forbids any further signature", async () => {
  const sealed = await sign(samplePdf(), { certify: 2 });
  const twice = await sign(sealed);
  assert.equal((await judge(twice)).indication, "TOTAL-PASSED");
  await assert.rejects(sign(twice, { certify: 2 }), (error) => error instanceof CannotSign && error.reason === "already_signed");
  const closed = await sign(samplePdf(), { certify: 1 });
  assert.equal((await judge(closed)).indication, "TOTAL-PASSED");
  await assert.rejects(sign(closed), (error) => error instanceof CannotSign && error.reason === "certified_against_changes");
});

test("a field's lock becomes the signature's FieldMDP", async () => {
  const fields = [{ name: "Sekda", rect: "[0 0 0 0]", lock: "<< /Type /SigFieldLock /Action /Include /Fields [(Bupati)] >>" }, { name: "Bupati", rect: "[0 0 0 0]" }];
  const signed = await sign(samplePdf({ fields }), { fieldName: "Sekda" });
  assert.match(textOfPdf(signed), /\/TransformMethod \/FieldMDP .*\/Action \/Include \/Fields \[\(Bupati\)\]/);
  const report = await judge(await sign(signed, { fieldName: "Bupati" }));
  assert.equal(report.indication, "TOTAL-FAILED");
  assert.match(report.document.detail, /had been locked/);
});

test("a lock of all fields, of all but some, or of some, holds against whoever signs next; what it leaves free stays free", async () => {
  const rect = "[0 0 0 0]";
  for (const [lock, next, holds] of [
    ["/Action /All", "Bupati", true], ["/Action /Exclude /Fields [(Camat)]", "Bupati", true], ["/Action /Exclude /Fields [(Bupati)]", "Bupati", false],
    ["/Action /Include /Fields [(Camat)]", "Bupati", false], ["/Action /Include /Fields [(Bupati)]", "Bupati", true],
  ] as const) {
    const fields = [{ name: "Sekda", rect, lock: `<< /Type /SigFieldLock ${lock} >>` }, { name: "Bupati", rect }, { name: "Camat", rect }];
    const report = await judge(await sign(await sign(samplePdf({ fields }), { fieldName: "Sekda" }), { fieldName: next }));
    assert.equal(report.indication, holds ? "TOTAL-FAILED" : "TOTAL-PASSED", lock);
  }
});

test("a lock that forbids every change (PDF 2.0) is kept by our signer and held against one that does not, and so is a lock that its signature does not repeat", async () => {
  const fields = (lock: string) => [{ name: "Sekda", rect: "[0 0 0 0]", lock: `<< /Type /SigFieldLock ${lock} >>` }, { name: "Bupati", rect: "[0 0 0 0]" }];
  const free = "/Action /Include /Fields [(Lain)]";
  const signed = await sign(samplePdf({ fields: fields(`${free} /P 1`) }), { fieldName: "Sekda" });
  assert.equal((await judge(signed)).indication, "TOTAL-PASSED");
  await assert.rejects(sign(signed, { fieldName: "Bupati" }), (error) => error instanceof CannotSign && error.reason === "certified_against_changes");
  // An attacker's signer does not ask: the lock is hidden from ours and put back.
  const swap = (pdf: Uint8Array, from: string, to: string): Uint8Array => (assert.ok(textOfPdf(pdf).includes(from)), pdfOfText(textOfPdf(pdf).replaceAll(from, to)));
  const forged = swap(await sign(swap(signed, "/P 1 >>", "/Q 1 >>"), { fieldName: "Bupati" }), "/Q 1 >>", "/P 1 >>");
  assert.match((await judge(forged)).document.detail, /certified against changes/);
  const silent = await sign(swap(samplePdf({ fields: fields("/Action /Include /Fields [(Bupati)]") }), "/Lock", "/Lokk"), { fieldName: "Sekda" });
  assert.match((await judge(await sign(swap(silent, "/Lokk", "/Lock"), { fieldName: "Bupati" }))).document.detail, /had been locked/);
});

test("the CMS is what the PAdES baseline asks for", async () => {
  const text = textOfPdf(await sign(samplePdf()));
  const hex = /\/Contents <([0-9a-f]+)>/.exec(text)?.[1] ?? "";
  const bytes = new Uint8Array(Buffer.from(hex, "hex"));
  const cms = parseSignedData(bytes);
  const oids = cms.signer.signedAttributes.map(({ oid }) => oid);
  assert.deepEqual([...oids].sort(), [CMS_OID.contentType, CMS_OID.messageDigest, CMS_OID.algorithmProtection, CMS_OID.signingCertificateV2].sort());
  assert.equal(cms.encapsulated, undefined);
  assert.equal(cms.certificates.length, 2);
  assert.match(text, /\/SubFilter \/ETSI\.CAdES\.detached/);
  assert.match(text, /\/M \(D:20261124030000Z\)/);
  // The reserve is exact: at most the three bytes by which a P-256 signature may be shorter than the longest.
  assert.ok(bytes.length - readElement(bytes).end <= 3, `${bytes.length - readElement(bytes).end} bytes of padding`);
});

test("preparing and completing may be far apart, and the signature may come as r‖s", async () => {
  const pdf = samplePdf();
  const { sign: signNow, ...identity } = signer;
  const prepared = await prepare(pdf, { signer: identity, signedAt: NOW, port: nodePort });
  assert.deepEqual(prepared.digest, await nodePort.digest("SHA-256", [prepared.signedAttributes]));
  const stored = structuredClone({ tail: prepared.tail, token: prepared.token });
  const der = await signNow({ message: prepared.signedAttributes, digest: prepared.digest });
  const raw = ecdsaToRaw(der, 32);
  assert.ok(raw !== undefined);
  for (const signature of [der, raw]) assert.equal((await judge(append(pdf, complete(stored, signature)))).indication, "TOTAL-PASSED");
  assert.throws(() => complete(stored, new Uint8Array(5000)), (error) => error instanceof CannotSign && error.reason === "signature_too_long");
});

test("what is no PDF, or is encrypted or broken, cannot be signed, and inspection says so", async () => {
  const encrypted = pdfOfText(textOfPdf(samplePdf()).replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 5 0 R"));
  for (const [pdf, reason, kind] of [
    [pdfOfText("Surat ini bukan PDF"), "not_a_pdf", "unreadable"],
    [encrypted, "encrypted", "encrypted"],
    [samplePdf().subarray(0, 400), "damaged", "unreadable"],
  ] as const) {
    await assert.rejects(sign(pdf), (error) => error instanceof Unreadable && error.reason === reason);
    assert.equal((await inspect(pdf, { port: nodePort })).kind, kind);
  }
});

test("inspection counts pages and signatures", async () => {
  const pdf = samplePdf({ kind: "objstm", pages: 7 });
  assert.deepEqual(await inspect(pdf, { port: nodePort }), { kind: "pdf", pages: 7, signatures: 0, isEncrypted: false });
  assert.deepEqual(await inspect(await sign(await sign(pdf)), { port: nodePort }), { kind: "pdf", pages: 7, signatures: 2, isEncrypted: false });
});
