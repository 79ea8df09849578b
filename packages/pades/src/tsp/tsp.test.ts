import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { NOW, testAuthority, TSA_POLICY, type CertifyOptions } from "../../test/authority.ts";
import { parseSignedData } from "../cms/signed-data.ts";
import { encoded, parts, readElement } from "../der/read.ts";
import { der, integer, sequence } from "../der/write.ts";
import { BadTimestamp, requestTimestamp, type BadTimestampReason } from "../index.ts";
import { httpTimestampAuthority, nodePort } from "../node.ts";
import { encodeRequest, freshNonce, parseRequest, type TimestampRequest } from "./request.ts";
import { checkResponse } from "./token.ts";

const authority = await testAuthority();
const { tsa } = await authority.stampWith();
const imprint = new Uint8Array(await nodePort.digest("SHA-256", [new Uint8Array([1, 2, 3])]));
const request: TimestampRequest = { hash: "SHA-256", imprint, nonce: freshNonce(), policy: undefined, certReq: true };
const answerTo = (asked: TimestampRequest, by = tsa) => by.respond(encodeRequest(asked), NOW);
const check = (response: Uint8Array, asked: TimestampRequest = request, trust = authority.trust) => checkResponse(response, asked, { port: nodePort, trust });
const refusedAs = (reason: BadTimestampReason, word = /./) => (error: unknown) => error instanceof BadTimestamp && error.reason === reason && word.test(error.message);

test("a time-stamp says what was stamped, when, under which policy and how exactly", async () => {
  for (const options of [{}, { algorithm: "P-384" }, { algorithm: "RSA-2048" }, { algorithm: "RSA-2048", pss: true }, { algorithm: "Ed25519" }] satisfies CertifyOptions[]) {
    const stamp = await requestTimestamp(await authority.stamping(NOW, options), imprint, nodePort);
    assert.deepEqual(stamp.info.time, NOW);
    assert.deepEqual(stamp.info.imprint, imprint);
    assert.equal(stamp.info.policy, TSA_POLICY);
    assert.equal(stamp.info.accuracyMs, 1_500);
    assert.equal(stamp.info.isOrdered, false);
    assert.equal(stamp.certificates.length, 2);
    assert.deepEqual(parseSignedData(stamp.token).contentType, "1.2.840.113549.1.9.16.1.4");
  }
});

test("times keep their milliseconds and lose trailing zeros", async () => {
  for (const text of ["2026-11-24T03:00:00.000Z", "2026-11-24T03:00:00.120Z", "2026-11-24T03:00:10.007Z"]) {
    const stamp = await requestTimestamp({ send: (bytes) => tsa.respond(bytes, new Date(text)) }, imprint, nodePort);
    assert.equal(stamp.info.time.toISOString(), text);
  }
});

test("a request survives writing and reading, with and without its optional parts", () => {
  for (const asked of [request, { ...request, nonce: undefined, certReq: false }, { ...request, policy: TSA_POLICY, hash: "SHA-512" as const, imprint: new Uint8Array(64) }]) {
    assert.deepEqual(parseRequest(encodeRequest(asked)), asked);
  }
});

test("an answer to another request, over other data or under another policy is refused", async () => {
  const response = await answerTo(request);
  await check(response);
  await assert.rejects(check(response, { ...request, nonce: freshNonce() }), refusedAs("wrong_nonce"));
  await assert.rejects(check(response, { ...request, nonce: undefined }), refusedAs("wrong_nonce"));
  await assert.rejects(check(response, { ...request, imprint: new Uint8Array(32) }), refusedAs("wrong_imprint"));
  await assert.rejects(check(response, { ...request, policy: "1.2.3" }), refusedAs("wrong_policy"));
});

test("the authority refuses what it does not do, and its reason is told", async () => {
  await assert.rejects(check(await answerTo({ ...request, policy: "1.2.3.4" })), refusedAs("rejected", /unacceptedPolicy/));
  await assert.rejects(check(await answerTo({ ...request, hash: "SHA-1", imprint: new Uint8Array(20) })), refusedAs("rejected", /badAlg/));
  await assert.rejects(check(await answerTo({ ...request, imprint: new Uint8Array(31) })), refusedAs("rejected", /badAlg/));
  for (const bytes of [new Uint8Array(0), new Uint8Array([0x30, 0x80]), encodeRequest(request).subarray(1), sequence(integer(1), ...parts(readElement(encodeRequest(request)), "").slice(1).map(encoded), der(0xa0))]) {
    await assert.rejects(check(await tsa.respond(bytes, NOW)), refusedAs("rejected", /badDataFormat/));
  }
});

test("a time-stamp of a certificate that is not for time-stamping alone is refused", async () => {
  const person = await authority.stampWith({ profile: "person" });
  await assert.rejects(check(await answerTo(request, person.tsa)), refusedAs("wrong_certificate"));
  await assert.rejects(check(await answerTo({ ...request, certReq: false }), { ...request, certReq: false }), refusedAs("wrong_certificate", /did not come/));
});

test("a time-stamp of an authority that leads to no anchor is refused where there are anchors", async () => {
  const stranger = await (await testAuthority()).stampWith();
  await assert.rejects(check(await answerTo(request, stranger.tsa)), refusedAs("untrusted"));
  await checkResponse(await answerTo(request, stranger.tsa), request, { port: nodePort, trust: undefined });
});

test("no changed byte of an answer passes", async () => {
  const response = await answerTo(request);
  const before = JSON.stringify((await check(response)).info);
  for (let at = 0; at < response.length; at++) {
    const changed = Uint8Array.from(response);
    changed[at] = (changed[at] ?? 0) ^ (1 << at % 8);
    try {
      const { info } = await check(changed);
      assert.equal(JSON.stringify(info), before, `the change of byte ${at} was believed`);
    } catch (error) {
      assert.ok(error instanceof BadTimestamp, `byte ${at}: ${String(error)}`);
    }
  }
  for (const broken of [new Uint8Array(0), response.subarray(0, 40), Buffer.concat([response, Buffer.of(0)])]) await assert.rejects(check(new Uint8Array(broken)), refusedAs("malformed"));
});

test("over HTTP: the types are those of RFC 3161, silence and floods have an end, redirects none", async () => {
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      if (incoming.url === "/silent") return;
      if (incoming.url === "/elsewhere") return void answer.writeHead(302, { location: "/tsa" }).end();
      if (incoming.url === "/broken") return void answer.writeHead(500).end("no");
      if (incoming.url === "/flood") return void answer.end(Buffer.alloc(100_000));
      assert.equal(incoming.headers["content-type"], "application/timestamp-query");
      assert.equal(incoming.headers.authorization, "Bearer x");
      void tsa.respond(Buffer.concat(chunks), NOW).then((response) => answer.setHeader("content-type", "application/timestamp-reply").end(response));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  try {
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const at = (path: string, timeoutMs = 5_000) => httpTimestampAuthority({ url: `http://127.0.0.1:${address.port}${path}`, authorization: "Bearer x", trust: authority.trust, timeoutMs });
    assert.deepEqual((await requestTimestamp(at("/tsa"), imprint, nodePort)).info.time, NOW);
    await assert.rejects(requestTimestamp(at("/silent", 50), imprint, nodePort), refusedAs("unreachable"));
    await assert.rejects(requestTimestamp(at("/elsewhere"), imprint, nodePort), refusedAs("unreachable"));
    await assert.rejects(requestTimestamp(at("/broken"), imprint, nodePort), refusedAs("unreachable", /500/));
    await assert.rejects(requestTimestamp(at("/flood"), imprint, nodePort), refusedAs("unreachable", /65536 bytes/));
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
