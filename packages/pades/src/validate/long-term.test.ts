import assert from "node:assert/strict";
import { test } from "node:test";
import { append, examine, judge, longTermTail, signPdf, validate, DEFAULT_CONSTRAINTS, type Report, type ValidateOptions } from "../index.ts";
import { createOcspResponder } from "../ca/ocsp.ts";
import { ocspRequest } from "../dss/ocsp-request.ts";
import { generateKey, issueCertificate, issueCrl, localTimestampAuthority, nodePort, type CertificateAuthority } from "../node.ts";
import { browserPort } from "../browser.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { NOW, testAuthority, VALID_TO } from "../../test/authority.ts";
import { samplePdfForYears, withDocumentTimestamp, withStore } from "../../test/long-term.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const later = (at: Date, hours: number): Date => new Date(at.getTime() + hours * 3_600_000);
const day = (text: string): Date => new Date(`${text}T00:00:00Z`);
const RENEWED = day("2027-12-01");
const SECOND_TSA = { notBefore: day("2027-11-01"), notAfter: day("2031-01-01") };

/** Everything either CA has revoked as of `thisUpdate`. */
const list = (issuer: CertificateAuthority, thisUpdate: Date, revoked: { certificate: Uint8Array; at: Date } | undefined = undefined) =>
  issueCrl(issuer, {
    number: Math.floor(thisUpdate.getTime() / 1000), thisUpdate, nextUpdate: new Date(thisUpdate.getTime() + 30 * 86_400_000),
    revoked: revoked === undefined ? [] : [{ serialNumber: parseCertificate(revoked.certificate).serialNumber, revokedAt: revoked.at, reason: "keyCompromise" }],
  });
const lists = async (at: Date, revoked?: { certificate: Uint8Array; at: Date }) => [await list(authority.issuing, at, revoked), await list(authority.root, at)];

const signed = await signPdf(samplePdfForYears(), { signer, port: nodePort, signedAt: NOW, fieldName: "Bupati" });
const tsa = await authority.stampWith();
const clocked = async (at: Date, options = {}) => authority.stamping(at, options);
const firstStamp = localTimestampAuthority(tsa.tsa, () => later(NOW, 2));

/** Signed, revocation lists of one hour later stored, time-stamped one hour after that: B-LTA. */
const archived = await withDocumentTimestamp(withStore(signed, { crls: await lists(later(NOW, 1)) }), 11, firstStamp);
/** The same a year later, before the first authority's certificate runs out: its lists stored, a second time-stamp over all. */
const renew = async (crls: readonly Uint8Array[], options = {}) => withDocumentTimestamp(withStore(archived, { crls: [...(await lists(later(NOW, 1))), ...crls] }, 200), 12, await clocked(RENEWED, { ...SECOND_TSA, ...options }));
const renewed = await renew(await lists(later(RENEWED, -1)));

const say = async (pdf: Uint8Array, options: Partial<ValidateOptions>) => {
  const report = await validate(pdf, { trust: authority.trust, port: nodePort, ...options });
  const first = report.signatures.find(({ kind }) => kind === "signature");
  return [first?.indication, first?.subIndication] as const;
};
const explain = (report: Report) => JSON.stringify(report.signatures.map(({ field, checks }) => [field, checks.filter(({ outcome }) => outcome !== "passed")]));

test("an archived letter is good while its time-stamp is, and open afterwards", async () => {
  const at = day("2027-06-01");
  assert.deepEqual(await say(archived, { at, crls: await lists(at), requireRevocation: true }), ["TOTAL-PASSED", undefined]);
  const [verdict, reason] = await say(archived, { at: day("2029-01-01") });
  assert.deepEqual([verdict, reason], ["INDETERMINATE", "OUT_OF_BOUNDS_NO_POE"]);
});

test("a renewed letter is good after the signer's and the first authority's certificates expired, offline", async () => {
  const at = day("2029-01-01");
  assert.ok(at > VALID_TO);
  const report = await validate(renewed, { trust: authority.trust, at, port: nodePort });
  assert.equal(report.indication, "TOTAL-PASSED", explain(report));
  assert.deepEqual(report.signatures.map(({ provenTime }) => provenTime?.toISOString()), ["2026-11-24T05:00:00.000Z", "2026-11-24T05:00:00.000Z", RENEWED.toISOString()]);
  // Demanding revocation information, only the newest authority's must come from outside.
  assert.deepEqual(await say(renewed, { at, crls: await lists(at), requireRevocation: true }), ["TOTAL-PASSED", undefined]);
  const open = await say(renewed, { at, requireRevocation: true });
  assert.equal(open[0], "INDETERMINATE");
});

test("each certificate of the path is reported with the answer it rests on", async () => {
  const at = day("2029-01-01");
  const report = await validate(renewed, { trust: authority.trust, at, port: nodePort });
  const path = report.signatures[0]?.path ?? [];
  assert.deepEqual(path.map(({ name, revocation }) => [name.split(", ").at(-1), revocation?.source, revocation?.status]), [["Siti Aminah", "crl", "good"], ["Penerbit Uji", "crl", "good"], ["Akar Uji", undefined, undefined]]);
});

test("the signer's certificate, revoked after the time-stamp, was still good; before it, it was not", async () => {
  const at = day("2027-06-01");
  assert.deepEqual(await say(archived, { at, crls: await lists(at, { certificate: signer.certificate, at: day("2027-03-01") }) }), ["TOTAL-PASSED", undefined]);
  assert.deepEqual(await say(archived, { at, crls: await lists(at, { certificate: signer.certificate, at: day("2026-11-01") }) }), ["TOTAL-FAILED", "REVOKED"]);
});

test("the authority's certificate, revoked after the renewal, still proves; before it, it proves nothing", async () => {
  const at = day("2029-01-01");
  const after = await lists(day("2027-12-20"), { certificate: tsa.certificate, at: day("2027-12-15") });
  assert.deepEqual(await say(renewed, { at, crls: after }), ["TOTAL-PASSED", undefined]);
  const before = await renew(await lists(later(RENEWED, -1), { certificate: tsa.certificate, at: day("2026-11-20") }));
  const report = await validate(before, { trust: authority.trust, at, port: nodePort });
  const verdicts = report.signatures.map(({ field, indication, subIndication }) => [field, indication, subIndication]);
  // What is left is the second time-stamp, made while the signer's certificate was still good.
  assert.deepEqual(verdicts, [["Bupati", "TOTAL-PASSED", undefined], ["Cap 1", "TOTAL-FAILED", "REVOKED"], ["Cap 2", "TOTAL-PASSED", undefined]]);
  assert.equal(report.signatures[0]?.provenTime?.getTime(), RENEWED.getTime());
});

test("an algorithm may end: what a stronger time-stamp covered in time stays good, what it did not is open", async () => {
  const at = day("2029-01-01");
  const algorithms = { ...DEFAULT_CONSTRAINTS, curves: { ...DEFAULT_CONSTRAINTS.curves, "P-256": "2028-06-01" } } as const;
  // The issuing CA of the tests has a P-256 key too, so the second authority's own certificate is signed with it.
  const weakRenewal = await say(renewed, { at, policy: { algorithms } });
  assert.deepEqual(weakRenewal[0], "INDETERMINATE");
  assert.deepEqual(await say(archived, { at: day("2027-06-01"), policy: { algorithms } }), ["TOTAL-PASSED", undefined]);
  const [verdict, reason] = await say(signed, { at: day("2027-06-01"), policy: { algorithms: { ...algorithms, curves: { ...algorithms.curves, "P-256": "2026-12-01" } } } });
  assert.deepEqual([verdict, reason], ["INDETERMINATE", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE"]);
});

test("a time-stamp that claims to be older than what it covers is not believed to be", async () => {
  const backdated = await withDocumentTimestamp(archived, 12, await clocked(later(NOW, -48)));
  const report = await validate(backdated, { trust: authority.trust, at: day("2027-06-01"), port: nodePort });
  assert.equal(report.signatures.find(({ field }) => field === "Cap 1")?.subIndication, "TIMESTAMP_ORDER_FAILURE", explain(report));
});

test("a time-stamp by a stranger proves nothing and breaks nothing that is good without it", async () => {
  const stranger = await testAuthority();
  const strange = await withDocumentTimestamp(signed, 11, await stranger.stamping(NOW));
  assert.deepEqual(await say(strange, { at: NOW }), ["TOTAL-PASSED", undefined]);
  assert.equal((await say(strange, { at: day("2029-01-01") }))[0], "INDETERMINATE");
});

test("facts are gathered once and judged at any time; both ports agree", async () => {
  const facts = await examine(renewed, { port: nodePort });
  assert.ok("signatures" in facts && !("indication" in facts));
  for (const [at, expected] of [["2026-11-24T06:00:00Z", "INDETERMINATE"], ["2028-02-01T00:00:00Z", "TOTAL-PASSED"], ["2030-12-01T00:00:00Z", "TOTAL-PASSED"], ["2031-06-01T00:00:00Z", "INDETERMINATE"]] as const) {
    const report = await judge(facts, { trust: authority.trust, at: new Date(at), port: nodePort });
    assert.equal(report.indication, expected, `${at} ${explain(report)}`);
    assert.deepEqual(await validate(renewed, { trust: authority.trust, at: new Date(at), port: browserPort }), report);
  }
});

test("what the product itself archives and renews, with time-stamps inside and OCSP answers, outlives signer and first authority", async () => {
  const first = later(NOW, 1);
  const { tsa: early } = await authority.stampWith();
  const stampedAt = (at: Date) => localTimestampAuthority(early, () => at, authority.trust);
  const letter = await signPdf(samplePdfForYears(), { signer, port: nodePort, signedAt: NOW, fieldName: "Bupati", timestamps: stampedAt(NOW) });
  const making = (at: Date) => ({ trust: authority.trust, revocation: authority.revocation(at), at, port: nodePort });
  const archive = append(letter, await longTermTail(letter, { ...making(first), timestamps: stampedAt(first) }));
  const renewal = append(archive, await longTermTail(archive, { ...making(RENEWED), timestamps: await authority.stamping(RENEWED, SECOND_TSA) }));
  const at = day("2029-01-01");
  const report = await validate(renewal, { trust: authority.trust, at, port: nodePort });
  assert.equal(report.indication, "TOTAL-PASSED", explain(report));
  const [letterReport] = report.signatures;
  assert.equal(letterReport?.provenTime?.getTime(), NOW.getTime());
  assert.deepEqual(letterReport?.path?.map(({ revocation }) => revocation?.source), ["ocsp", "crl", undefined]);
  assert.deepEqual(await say(renewal, { at, crls: await lists(at), requireRevocation: true }), ["TOTAL-PASSED", undefined]);
  assert.equal((await say(archive, { at }))[0], "INDETERMINATE");
});

test("an answer is believed only if it existed before whoever gave it ran out", async () => {
  const responder = { privateKey: generateKey(), notAfter: day("2027-01-01") };
  const certificate = await issueCertificate(authority.issuing, { profile: "ocsp", subject: { commonName: "Penjawab" }, key: responder.privateKey, notBefore: later(NOW, -24), notAfter: responder.notAfter });
  const answers = createOcspResponder({ issuer: authority.issuing.certificate, certificate, privateKey: responder.privateKey, statusOf: async () => "good", validForMs: 600 * 86_400_000 });
  const answer = await answers.respond(await ocspRequest({ certificate: signer.certificate, issuer: authority.issuing.certificate }, nodePort), NOW);
  const [, rootList] = await lists(day("2027-06-01"));
  const options = { at: day("2027-06-02"), requireRevocation: true, crls: [rootList ?? new Uint8Array(0)] };
  // Fresh by its own words, but nothing shows that it was there before its responder's certificate ended.
  assert.deepEqual(await say(signed, { ...options, ocsps: [answer] }), ["INDETERMINATE", "TRY_LATER"]);
  assert.deepEqual(await say(signed, { ...options, at: day("2026-12-15"), crls: await lists(day("2026-12-14")), ocsps: [answer] }), ["TOTAL-PASSED", undefined]);
  // Under a time-stamp it is, and then it is the one that speaks longest.
  const sealed = await withDocumentTimestamp(withStore(signed, { ocsps: [answer] }), 11, await authority.stamping(later(NOW, 2)));
  const crls = await lists(day("2027-06-01"));
  for (const [pdf, source] of [[sealed, "ocsp"], [withStore(signed, { ocsps: [answer] }), "crl"]] as const) {
    const report = await validate(pdf, { trust: authority.trust, at: options.at, port: nodePort, requireRevocation: true, crls });
    assert.deepEqual([report.indication, report.signatures[0]?.path?.[0]?.revocation?.source], ["TOTAL-PASSED", source], explain(report));
  }
});

test("a revocation that became known after everything the archive holds still counts", async () => {
  const days = (count: number): Date => later(NOW, count * 24);
  const lasting = { notAfter: day("2031-01-01") };
  const sealed = await withDocumentTimestamp(withStore(signed, { crls: await lists(later(NOW, 1)) }), 11, await authority.stamping(days(10), lasting));
  const at = day("2028-06-01");
  assert.deepEqual(await say(sealed, { at }), ["TOTAL-PASSED", undefined]);
  // Made when the root's last list was out of date, and so later than the time to which its path can be followed.
  const revoking = await list(authority.issuing, days(40), { certificate: signer.certificate, at: days(5) });
  assert.deepEqual(await say(sealed, { at, crls: [revoking] }), ["INDETERMINATE", "REVOKED_NO_POE"]);
  const harmless = await list(authority.issuing, days(40), { certificate: signer.certificate, at: days(20) });
  assert.deepEqual(await say(sealed, { at, crls: [harmless] }), ["TOTAL-PASSED", undefined]);
});
