import assert from "node:assert/strict";
import { hash } from "node:crypto";
import { test } from "node:test";
import { signPdf, validate, type ValidateOptions } from "../index.ts";
import { extension, signedStructure, type CertificateAuthority } from "../ca/certificate.ts";
import { ALGORITHM_OID, OCSP_OID } from "../der/oid.ts";
import { bits, children, encoded, parts, readElement, TAG } from "../der/read.ts";
import { der, NULL, octetString, oid, sequence, tagged, unsignedInteger, wholeTime } from "../der/write.ts";
import { createOcspResponder } from "../ca/ocsp.ts";
import { generateKey, issueCertificate, issueCrl, nodePort, type CertificateProfile } from "../node.ts";
import { ocspRequest } from "../dss/ocsp-request.ts";
import { NOW, OFFICIAL, testAuthority, VALID_FROM, VALID_TO } from "../../test/authority.ts";
import { samplePdf } from "../../test/sample-pdf.ts";
import { parseCertificate, type Certificate } from "./certificate.ts";
import { parseOcspResponse } from "./ocsp.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const signed = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW });
const later = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const rootList = await issueCrl(authority.root, { number: 1, thisUpdate: later(-1), nextUpdate: later(240), revoked: [] });
const judge = async (ocsps: readonly Uint8Array[], options: Partial<ValidateOptions> = {}) => {
  const { signatures } = await validate(signed, { trust: authority.trust, at: later(1), port: nodePort, ocsps, crls: [rootList], requireRevocation: true, ...options });
  return [signatures[0]?.indication, signatures[0]?.subIndication] as const;
};
const GOOD = ["TOTAL-PASSED", undefined] as const;
const NOT_KNOWN = ["INDETERMINATE", "TRY_LATER"] as const;

const delegate = async (profile: CertificateProfile, issuer: CertificateAuthority = authority.issuing, notAfter = VALID_TO): Promise<CertificateAuthority> => {
  const privateKey = generateKey();
  return { certificate: await issueCertificate(issuer, { profile, subject: { ...OFFICIAL, commonName: "Penjawab" }, key: privateKey, notBefore: VALID_FROM, notAfter }), privateKey };
};
const keyBits = (certificate: Certificate): Uint8Array => bits(parts(readElement(certificate.spki), "public key")[1], "public key");
const digest = (name: "sha1" | "sha256", bytes: Uint8Array): Uint8Array => new Uint8Array(hash(name, bytes, "buffer"));

/** An answer put together by hand, so that every part of it can be wrong. */
const answer = async (by: CertificateAuthority, { about = signer.certificate, issuer = authority.issuing.certificate, status = der(0x80), made = NOW, next = later(24), byName = false, digestName = "sha1", critical = false }: {
  about?: Uint8Array; issuer?: Uint8Array; status?: Uint8Array; made?: Date; next?: Date; byName?: boolean; digestName?: "sha1" | "sha256"; critical?: boolean;
} = {}): Promise<Uint8Array> => {
  const [subject, above, responder] = [about, issuer, by.certificate].map(parseCertificate);
  assert.ok(subject !== undefined && above !== undefined && responder !== undefined);
  const id = sequence(sequence(oid(digestName === "sha1" ? ALGORITHM_OID.sha1 : ALGORITHM_OID.sha256), NULL), octetString(digest(digestName, encoded(above.subject))), octetString(digest(digestName, keyBits(above))), unsignedInteger(subject.serialNumber));
  const single = sequence(id, status, wholeTime(made), tagged(0, wholeTime(next)), ...(critical ? [tagged(1, sequence(extension("1.3.6.1.4.1.99999.9", NULL, true)))] : []));
  const name = byName ? tagged(1, encoded(responder.subject)) : tagged(2, octetString(digest("sha1", keyBits(responder))));
  const basic = readElement(await signedStructure(sequence(name, wholeTime(made), sequence(single)), by.privateKey));
  return sequence(der(TAG.enumerated, Uint8Array.of(0)), tagged(0, sequence(oid(OCSP_OID.basic), octetString(sequence(...children(basic).map(encoded), tagged(0, sequence(by.certificate)))))));
};

test("a responder to whom the issuer gave the purpose answers for it, named by key or by name, over SHA-1 or SHA-256 names", async () => {
  const responder = await delegate("ocsp");
  for (const options of [{}, { byName: true }, { digestName: "sha256" as const }]) assert.deepEqual(await judge([await answer(responder, options)]), GOOD, JSON.stringify(options));
  assert.deepEqual(await judge([await answer(authority.issuing)]), GOOD);
  assert.deepEqual(await judge([]), NOT_KNOWN);
});

test("our own responder's answers are understood", async () => {
  const { certificate, privateKey } = await delegate("ocsp");
  const responder = createOcspResponder({ issuer: authority.issuing.certificate, certificate, privateKey, statusOf: async () => "good", validForMs: 86_400_000 });
  const request = await ocspRequest({ certificate: signer.certificate, issuer: authority.issuing.certificate }, nodePort);
  assert.deepEqual(await judge([await responder.respond(request, NOW)]), GOOD);
});

test("whoever was not given the purpose by this issuer does not answer for it", async () => {
  for (const by of [await delegate("person"), await delegate("timestamp"), await delegate("ocsp", authority.root), await delegate("ocsp", (await testAuthority()).issuing), { ...(await delegate("ocsp")), privateKey: generateKey() }, { ...authority.issuing, privateKey: generateKey() }]) {
    assert.deepEqual(await judge([await answer(by)]), NOT_KNOWN);
  }
  // Its certificate had run out when it answered.
  assert.deepEqual(await judge([await answer(await delegate("ocsp", authority.issuing, later(-1)))]), NOT_KNOWN);
});

test("an answer about another certificate, another issuer, an unknown one, or with a critical extension, says nothing", async () => {
  const responder = await delegate("ocsp");
  const other = await authority.certify();
  assert.deepEqual(await judge([await answer(responder, { about: other.certificate })]), NOT_KNOWN);
  assert.deepEqual(await judge([await answer(responder, { issuer: authority.root.certificate })]), NOT_KNOWN);
  assert.deepEqual(await judge([await answer(responder, { status: der(0x82) })]), NOT_KNOWN);
  assert.deepEqual(await judge([await answer(responder, { critical: true })]), NOT_KNOWN);
});

test("a revocation decides, whoever else says good; an answer that is out of date or from the future of its certificate does not", async () => {
  const responder = await delegate("ocsp");
  const revoked = await answer(responder, { status: tagged(1, wholeTime(later(-5)), tagged(0, der(TAG.enumerated, Uint8Array.of(1)))) });
  assert.deepEqual(await judge([revoked]), ["TOTAL-FAILED", "REVOKED"]);
  const list = await issueCrl(authority.issuing, { number: 2, thisUpdate: later(-1), nextUpdate: later(24), revoked: [] });
  assert.deepEqual(await judge([revoked], { crls: [rootList, list] }), ["TOTAL-FAILED", "REVOKED"]);
  const { serialNumber } = parseCertificate(signer.certificate);
  const revokingList = await issueCrl(authority.issuing, { number: 2, thisUpdate: later(-1), nextUpdate: later(24), revoked: [{ serialNumber, revokedAt: later(-5), reason: "keyCompromise" }] });
  assert.deepEqual(await judge([await answer(responder)], { crls: [rootList, revokingList] }), ["TOTAL-FAILED", "REVOKED"]);
  assert.deepEqual(await judge([await answer(responder, { next: later(0.5) })]), NOT_KNOWN);
  assert.deepEqual(await judge([await answer(responder)], { policy: { revocationAgeMs: 60_000 } }), NOT_KNOWN);
});

test("an error, and bytes that are no answer, are refused when read", () => {
  for (const bytes of [sequence(der(TAG.enumerated, Uint8Array.of(6))), sequence(), octetString(Uint8Array.of(1))]) assert.throws(() => parseOcspResponse(bytes), /Malformed|missing|error|OCSP|answers/);
});
