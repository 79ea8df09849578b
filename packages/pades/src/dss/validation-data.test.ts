import assert from "node:assert/strict";
import { test } from "node:test";
import { append, certificateStatus, longTermTail, NoValidationData, signPdf, validate, validationData, type LongTermOptions, type RevocationSource } from "../index.ts";
import { localTimestampAuthority, nodePort } from "../node.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { NOW, testAuthority, type CertifyOptions } from "../../test/authority.ts";
import { forge, pdfOfText, samplePdf, streamBody, textOfPdf, type XrefKind } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const timestamps = await authority.stamping();
const judge = (pdf: Uint8Array, at = NOW) => validate(pdf, { trust: authority.trust, at, port: nodePort, requireRevocation: true });
const options: LongTermOptions = { trust: authority.trust, revocation: authority.revocation(), at: NOW, port: nodePort, timestamps };
const stamped = (pdf: Uint8Array) => signPdf(pdf, { signer, port: nodePort, signedAt: NOW, timestamps });
const withData = async (pdf: Uint8Array, more: Partial<LongTermOptions> = {}) => append(pdf, (await validationData(pdf, { ...options, ...more })) ?? new Uint8Array(0));
const streams = (pdf: Uint8Array, key: string): number => (new RegExp(`/${key} \\[([^\\]]*)\\]`, "g").exec(textOfPdf(pdf).slice(textOfPdf(pdf).lastIndexOf("/Type /DSS")))?.[1]?.match(/ R/g) ?? []).length;

for (const kind of ["table", "stream", "objstm", "hybrid"] satisfies XrefKind[]) {
  test(`levels B-LT and B-LTA on a file with a cross-reference ${kind} pass without anybody being asked`, async () => {
    const pdf = samplePdf({ kind, pages: 2 });
    const signed = await stamped(pdf);
    const lt = await withData(signed);
    assert.equal((await judge(lt)).indication, "TOTAL-PASSED", JSON.stringify((await judge(lt)).signatures));
    const lta = append(signed, await longTermTail(signed, options));
    assert.deepEqual(lta.subarray(0, signed.length), signed);
    const report = await judge(lta);
    assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.signatures));
    assert.deepEqual(report.document.changesAfter.map(({ kind: change }) => change).sort(), ["document_timestamp", "extension", "validation_data"]);
    assert.equal(textOfPdf(lta.subarray(pdf.length)).includes("\nxref\n"), kind === "table" || kind === "hybrid");
    assert.ok(lta.length - pdf.length <= 25_000, `${lta.length - pdf.length} bytes were added`);
  });
}

test("every algorithm reaches level B-LTA", async () => {
  for (const algorithm of [{ algorithm: "P-384" }, { algorithm: "RSA-3072" }, { algorithm: "RSA-2048", pss: true }, { algorithm: "Ed25519" }] satisfies CertifyOptions[]) {
    const signed = await signPdf(samplePdf(), { signer: await authority.certify(algorithm), port: nodePort, signedAt: NOW, timestamps });
    const report = await judge(append(signed, await longTermTail(signed, options)));
    assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.signatures.map(({ checks }) => checks)));
  }
});

test("the store holds each thing once: what the signatures bring themselves is left out, and a second round adds nothing", async () => {
  const lt = await withData(await stamped(samplePdf()));
  // The issuing certificate is in the signature, so only the root is stored; OCSP for the signer and for the time-stamp; the root's CRL.
  assert.deepEqual([streams(lt, "Certs"), streams(lt, "OCSPs"), streams(lt, "CRLs")], [1, 2, 1]);
  assert.equal(await validationData(lt, options), undefined);
  assert.doesNotMatch(textOfPdf(lt), /\/VRI/);
});

test("an extension is noted in a file older than PDF 2.0, once, beside those it had", async () => {
  const note = /\/Extensions << {1,2}\/ESIC << \/BaseVersion \/1\.7 \/ExtensionLevel 2 >> ?>>/g;
  assert.equal(textOfPdf(await withData(await stamped(samplePdf()))).match(note)?.length, 1);
  const two = pdfOfText(textOfPdf(samplePdf()).replace("%PDF-1.7", "%PDF-2.0"));
  assert.doesNotMatch(textOfPdf(await withData(await stamped(two))), /ESIC/);
  const noted = pdfOfText(textOfPdf(forge(samplePdf(), { objects: { 1: "<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /Extensions << /ADBE << /BaseVersion /1.7 /ExtensionLevel 8 >> >> >>" } })));
  const report = await judge(await withData(await stamped(noted)));
  assert.equal(report.indication, "TOTAL-PASSED", report.document.detail);
});

test("a store that is there already keeps what it has, wherever its parts are written", async () => {
  const other = (await testAuthority()).root.certificate;
  const stream = streamBody("", Buffer.from(other).toString("latin1"));
  const catalog = (store: string): string => `<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R /Lang (id) /DSS ${store} >>`;
  for (const objects of [
    { 1: catalog("<< /Certs [20 0 R] >>"), 20: stream },
    { 1: catalog("21 0 R"), 20: stream, 21: "<< /Certs [20 0 R] >>" },
    { 1: catalog("21 0 R"), 20: stream, 21: "<< /Certs 22 0 R /OCSPs 23 0 R >>", 22: "[20 0 R]", 23: "[]" },
  ]) {
    const signed = await stamped(forge(samplePdf(), { objects }));
    for (const vri of [false, true]) {
      const lt = await withData(signed, { vri });
      const report = await judge(lt);
      assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.document));
      assert.equal(await validationData(lt, options), undefined);
      assert.match(textOfPdf(lt.subarray(signed.length)), /\[ ?20 0 R \d+ 0 R\]/);
    }
  }
});

test("on request it says which data belong to which signature", async () => {
  const lt = await withData(await stamped(samplePdf()), { vri: true });
  assert.match(textOfPdf(lt), /\/VRI << {1,2}\/[0-9A-F]{40} << \/Cert \[\d+ 0 R\] \/OCSP \[\d+ 0 R \d+ 0 R\] \/CRL \[\d+ 0 R\] >>/);
  assert.equal((await judge(lt)).indication, "TOTAL-PASSED");
});

test("a renewal brings the previous time-stamp's own validation data under a new time-stamp", async () => {
  const { tsa } = await authority.stampWith();
  const stampingAt = (at: Date) => localTimestampAuthority(tsa, () => at, authority.trust);
  const signed = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW, timestamps: stampingAt(NOW) });
  const first = append(signed, await longTermTail(signed, { ...options, timestamps: stampingAt(NOW) }));
  const later = new Date(NOW.getTime() + 300 * 86_400_000);
  assert.equal((await judge(first, later)).indication, "INDETERMINATE");
  const renewal = { ...options, at: later, revocation: authority.revocation(later), timestamps: stampingAt(later) };
  const renewed = append(first, await longTermTail(first, renewal));
  const report = await judge(renewed, later);
  assert.equal(report.indication, "TOTAL-PASSED", JSON.stringify(report.signatures));
  assert.equal(report.signatures.length, 3);
  // One more OCSP answer, made after the first document time-stamp; the answer about the signer is old enough to stay.
  assert.equal(streams(renewed, "OCSPs"), 3);
});

test("what is revoked, stale, forged, unanswered or without a path makes no validation data", async () => {
  const signed = await stamped(samplePdf());
  const refused = (reason: string) => (error: unknown) => error instanceof NoValidationData && error.reason === reason;
  const revocation = authority.revocation();
  const without = (more: Partial<RevocationSource>): Partial<LongTermOptions> => ({ revocation: { ...revocation, ...more } });
  await assert.rejects(withData(signed, without({ ocsp: async () => undefined })), refused("no_revocation_data"));
  await assert.rejects(withData(signed, without({ crl: async () => undefined })), refused("no_revocation_data"));
  await assert.rejects(withData(signed, without({ ocsp: async () => new Uint8Array([1, 2, 3]) })), refused("no_revocation_data"));
  await assert.rejects(withData(signed, { at: new Date(NOW.getTime() + 8 * 86_400_000) }), refused("stale"));
  await assert.rejects(withData(signed, { trust: (await testAuthority()).trust }), refused("no_path"));
  await assert.rejects(withData(samplePdf()), refused("no_signature"));
  const forged = await (await testAuthority()).revocation().ocsp({ certificate: signer.certificate, issuer: authority.issuing.certificate });
  assert.equal(forged, undefined);
  // Every byte of a genuine answer counts.
  const genuine = (await revocation.ocsp({ certificate: signer.certificate, issuer: authority.issuing.certificate })) ?? new Uint8Array(0);
  for (let at = 40; at < genuine.length; at += 37) {
    const changed = Uint8Array.from(genuine);
    changed[at] = (changed[at] ?? 0) ^ 1;
    await assert.rejects(withData(signed, without({ ocsp: async () => changed })), (error) => error instanceof NoValidationData, `byte ${at}`);
  }
  authority.revoked.push({ serialNumber: parseCertificate(signer.certificate).serialNumber, revokedAt: new Date(NOW.getTime() - 1), reason: "keyCompromise" });
  await assert.rejects(withData(signed), refused("revoked"));
  authority.revoked.pop();
});

test("one certificate's status is told without a document: good, revoked, unanswered, without a path", async () => {
  const options = { trust: authority.trust, revocation: authority.revocation(), at: NOW, port: nodePort, intermediates: [authority.issuing.certificate] };
  assert.equal(await certificateStatus(signer.certificate, options), "good");
  assert.equal(await certificateStatus(signer.certificate, { ...options, revocation: { ocsp: async () => undefined, crl: async () => undefined } }), "no_revocation_data");
  assert.equal(await certificateStatus(signer.certificate, { ...options, intermediates: [] }), "no_path");
  authority.revoked.push({ serialNumber: parseCertificate(signer.certificate).serialNumber, revokedAt: new Date(NOW.getTime() - 1), reason: "keyCompromise" });
  assert.equal(await certificateStatus(signer.certificate, options), "revoked");
  authority.revoked.pop();
});
