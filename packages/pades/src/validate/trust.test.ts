import assert from "node:assert/strict";
import { test } from "node:test";
import { signPdf, validate, type ValidateOptions } from "../index.ts";
import { generateKey, exportPrivateKey, importPrivateKey, issueCertificate, issueCrl, issueRoot, nodePort, nodeSigner } from "../node.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { NOW, testAuthority, VALID_FROM, VALID_TO } from "../../test/authority.ts";
import { samplePdf } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const signed = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW });
const judge = async (pdf: Uint8Array, options: Partial<ValidateOptions> = {}) => {
  const report = await validate(pdf, { trust: authority.trust, at: NOW, port: nodePort, ...options });
  const [only] = report.signatures;
  return [report.indication, only?.subIndication] as const;
};
const later = (days: number): Date => new Date(NOW.getTime() + days * 86_400_000);

test("an expired certificate leaves the signature undecided, unless it is judged at the time of signing", async () => {
  assert.deepEqual(await judge(signed, { at: new Date("2028-02-01T00:00:00Z") }), ["INDETERMINATE", "OUT_OF_BOUNDS_NO_POE"]);
  assert.deepEqual(await judge(signed, { at: new Date("2025-12-31T00:00:00Z") }), ["INDETERMINATE", "OUT_OF_BOUNDS_NO_POE"]);
  const { trust } = authority;
  assert.equal((await validate(signed, { trust, port: nodePort })).indication, "TOTAL-PASSED");
});

test("a claimed time outside the certificate, or in the future, is not believed", async () => {
  const early = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: new Date("2025-06-01T00:00:00Z") });
  assert.deepEqual(await judge(early), ["INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"]);
  const future = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: later(30) });
  assert.deepEqual(await judge(future), ["INDETERMINATE", "SIG_CONSTRAINTS_FAILURE"]);
});

test("a revocation list decides: good, revoked before signing, revoked later, out of date, forged", async () => {
  const { serialNumber } = parseCertificate(signer.certificate);
  const crl = (revokedAt: Date | undefined, nextUpdate = later(7), issuer = authority.issuing) =>
    issueCrl(issuer, { number: 1, thisUpdate: later(-1), nextUpdate, revoked: revokedAt === undefined ? [] : [{ serialNumber, revokedAt, reason: "keyCompromise" }] });
  const rootCrl = await issueCrl(authority.root, { number: 1, thisUpdate: later(-1), nextUpdate: later(30), revoked: [] });
  const withList = async (list: Uint8Array, options: Partial<ValidateOptions> = {}) => judge(signed, { crls: [list, rootCrl], requireRevocation: true, ...options });
  assert.deepEqual(await withList(await crl(undefined)), ["TOTAL-PASSED", undefined]);
  assert.deepEqual(await withList(await crl(later(-5))), ["TOTAL-FAILED", "REVOKED"]);
  assert.deepEqual(await withList(await crl(later(5)), { at: later(6) }), ["INDETERMINATE", "REVOKED_NO_POE"]);
  assert.deepEqual(await withList(await crl(undefined, later(-0.5))), ["INDETERMINATE", "TRY_LATER"]);
  const impostor = { certificate: authority.issuing.certificate, privateKey: generateKey() };
  assert.deepEqual(await withList(await crl(later(-5), later(7), impostor)), ["INDETERMINATE", "TRY_LATER"]);
  assert.deepEqual(await judge(signed, { requireRevocation: true }), ["INDETERMINATE", "TRY_LATER"]);
  assert.deepEqual(await judge(signed), ["TOTAL-PASSED", undefined]);
});

test("a person's certificate cannot certify others, nor an issuing CA further CAs", async () => {
  const key = generateKey();
  const person = { certificate: signer.certificate, privateKey: generateKey() };
  const request = { subject: { commonName: "Palsu" }, key, notBefore: VALID_FROM, notAfter: VALID_TO };
  // A key of its own is given to the person's certificate, so that only basicConstraints stands in the way.
  const personKey = generateKey();
  const realPerson = { certificate: await issueCertificate(authority.issuing, { ...request, profile: "person", key: personKey, subject: { commonName: "Pejabat" } }), privateKey: personKey };
  const forged = await issueCertificate(realPerson, { ...request, profile: "person" });
  const pdf = await signPdf(samplePdf(), { signer: nodeSigner({ certificate: forged, chain: [realPerson.certificate, authority.issuing.certificate], privateKey: key }), port: nodePort, signedAt: NOW });
  assert.deepEqual(await judge(pdf), ["INDETERMINATE", "CHAIN_CONSTRAINTS_FAILURE"]);

  const subKey = generateKey();
  const sub = { certificate: await issueCertificate(authority.issuing, { ...request, profile: "issuing", key: subKey, subject: { commonName: "Anak" } }), privateKey: subKey };
  const leaf = await issueCertificate(sub, { ...request, profile: "person" });
  const deep = await signPdf(samplePdf(), { signer: nodeSigner({ certificate: leaf, chain: [sub.certificate, authority.issuing.certificate], privateKey: key }), port: nodePort, signedAt: NOW });
  assert.deepEqual(await judge(deep), ["INDETERMINATE", "CHAIN_CONSTRAINTS_FAILURE"]);
  assert.ok(person.privateKey !== personKey);
});

test("that an issuer's signature was verified once does not help a certificate that was changed since, nor the other way round", async () => {
  const forged = signer.certificate.slice();
  forged[forged.length - 1] = (forged.at(-1) ?? 0) ^ 1; // the last byte of the issuer's signature
  const pdf = await signPdf(samplePdf(), { signer: { ...signer, certificate: forged }, port: nodePort, signedAt: NOW });
  for (const [file, answer] of [[signed, ["TOTAL-PASSED", undefined]], [pdf, ["INDETERMINATE", "CHAIN_CONSTRAINTS_FAILURE"]], [signed, ["TOTAL-PASSED", undefined]]] as const) {
    assert.deepEqual(await judge(file), answer);
  }
  // The same pair again, at a time when it is no longer good: what is remembered is the arithmetic, not the verdict.
  assert.deepEqual(await judge(signed, { at: new Date("2035-01-01T00:00:00Z") }), ["INDETERMINATE", "OUT_OF_BOUNDS_NO_POE"]);
});

test("a certificate for time-stamping does not sign letters", async () => {
  const stamper = await authority.certify({ profile: "timestamp" });
  const pdf = await signPdf(samplePdf(), { signer: stamper, port: nodePort, signedAt: NOW });
  assert.deepEqual(await judge(pdf), ["INDETERMINATE", "CHAIN_CONSTRAINTS_FAILURE"]);
});

test("a missing intermediate is found among those the caller knows", async () => {
  const alone = { ...signer, chain: [] };
  const pdf = await signPdf(samplePdf(), { signer: alone, port: nodePort, signedAt: NOW });
  assert.deepEqual(await judge(pdf), ["INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"]);
  assert.deepEqual(await judge(pdf, { intermediates: [authority.issuing.certificate] }), ["TOTAL-PASSED", undefined]);
  assert.deepEqual(await judge(pdf, { trust: [signer.certificate] }), ["TOTAL-PASSED", undefined]);
});

test("keys survive export, and no certificate outlives its issuer", async () => {
  const key = importPrivateKey(exportPrivateKey(generateKey()));
  const root = await issueRoot({ subject: { commonName: "Akar" }, key, notBefore: VALID_FROM, notAfter: VALID_TO });
  const request = { profile: "person", subject: { commonName: "Siti" }, key: generateKey(), notBefore: VALID_FROM } as const;
  await assert.rejects(issueCertificate(root, { ...request, notAfter: new Date("2029-01-01T00:00:00Z") }), RangeError);
  const certificate = parseCertificate(await issueCertificate(root, { ...request, notAfter: VALID_TO, crlUrl: "http://pki.example.go.id/akar.crl", issuerUrl: "http://pki.example.go.id/akar.cer", policies: ["1.3.6.1.4.1.99999.1"] }));
  assert.equal(certificate.extensions.length, 7);
});
