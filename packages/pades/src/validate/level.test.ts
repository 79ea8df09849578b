import assert from "node:assert/strict";
import { test } from "node:test";
import { append, documentTimestamp, examine, levelOf, longTermTail, signPdf, validationData, type LongTermOptions, type Reached } from "../index.ts";
import { nodePort } from "../node.ts";
import { NOW, testAuthority, VALID_TO } from "../../test/authority.ts";
import { samplePdf } from "../../test/sample-pdf.ts";

const authority = await testAuthority();
const signer = await authority.certify();
const timestamps = await authority.stamping();
const options: LongTermOptions = { trust: authority.trust, revocation: authority.revocation(), at: NOW, port: nodePort, timestamps };
const level = async (pdf: Uint8Array, trust = authority.trust, at = NOW): Promise<Reached | undefined> => {
  const facts = await examine(pdf, { port: nodePort });
  return "indication" in facts ? undefined : levelOf(facts, { trust, at, port: nodePort });
};
const signed = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW });
const stamped = await signPdf(samplePdf(), { signer, port: nodePort, signedAt: NOW, timestamps });
const withData = async (pdf: Uint8Array) => append(pdf, (await validationData(pdf, options)) ?? new Uint8Array(0));
const withStamp = async (pdf: Uint8Array, by = timestamps) => append(pdf, await documentTimestamp(pdf, { authority: by, port: nodePort }));

test("each step from B-B to B-LTA is told, whichever time-stamp came first", async () => {
  assert.deepEqual(await level(signed), { level: "B-B" });
  assert.deepEqual(await level(stamped), { level: "B-T" });
  assert.deepEqual(await level(await withStamp(signed)), { level: "B-T" });
  assert.deepEqual(await level(await withData(stamped)), { level: "B-LT" });
  const lta = { level: "B-LTA", until: VALID_TO };
  assert.deepEqual(await level(append(stamped, await longTermTail(stamped, options))), lta);
  assert.deepEqual(await level(await withStamp(await withData(await withStamp(signed)))), lta, "a document time-stamp may be the one that proves the time");
});

test("validation data after the last time-stamp are not under it", async () => {
  const early = await withStamp(stamped);
  assert.deepEqual(await level(early), { level: "B-T" });
  assert.deepEqual(await level(await withData(early)), { level: "B-LT" });
});

test("a time-stamp that nobody trusts lifts nothing, and a document that does not pass has no level", async () => {
  const stranger = { send: (await (await testAuthority()).stamping()).send };
  assert.deepEqual(await level(await withStamp(signed, stranger)), undefined, "an unbelieved document time-stamp is a signature that does not pass");
  assert.equal(await level(samplePdf()), undefined);
  assert.equal(await level(signed, (await testAuthority()).trust), undefined);
  const broken = Uint8Array.from(signed);
  broken[200] = (broken[200] ?? 0) ^ 1;
  assert.equal(await level(broken), undefined);
});

test("the end of level B-LTA is the first end among the time-stamp's certificates and algorithms", async () => {
  const soon = new Date(NOW.getTime() + 40 * 86_400_000);
  const lta = append(stamped, await longTermTail(stamped, { ...options, timestamps: await authority.stamping(NOW, { notAfter: soon }) }));
  assert.deepEqual((await level(lta))?.until, soon);
  const rsa = append(stamped, await longTermTail(stamped, { ...options, timestamps: await authority.stamping(NOW, { algorithm: "RSA-2048", notAfter: VALID_TO }) }));
  assert.deepEqual((await level(rsa))?.until, VALID_TO);
});
