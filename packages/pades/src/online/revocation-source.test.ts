import assert from "node:assert/strict";
import { createServer } from "node:http";
import { test } from "node:test";
import { sameBytes } from "../bytes.ts";
import { readElement, smallInteger, TAG, parts } from "../der/read.ts";
import { ocspRequest } from "../dss/ocsp-request.ts";
import { generateKey, httpRevocationSource, issueCertificate, issueCrl, nodePort } from "../node.ts";
import { parseCertificate } from "../x509/certificate.ts";
import { parseOcspResponse } from "../x509/ocsp.ts";
import { NOW, testAuthority, VALID_FROM, VALID_TO } from "../../test/authority.ts";

const authority = await testAuthority();
const { issuing, responder } = authority;
const status = (response: Uint8Array): number => smallInteger(parts(readElement(response), "response")[0], "status", TAG.enumerated);

test("over HTTP: the responder and the list that a certificate names are asked, if they may be, and nobody else", async () => {
  const crl = await issueCrl(issuing, { number: 1, thisUpdate: NOW, nextUpdate: VALID_TO, revoked: [] });
  const server = createServer((incoming, answer) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      if (incoming.url === "/list.crl") return void answer.end(crl);
      assert.equal(incoming.headers["content-type"], "application/ocsp-request");
      void responder.respond(Buffer.concat(chunks), NOW).then((response) => answer.end(response));
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  try {
    const address = server.address();
    assert.ok(address !== null && typeof address === "object");
    const base = `http://127.0.0.1:${address.port}`;
    const issue = (urls: { readonly ocspUrl?: string; readonly crlUrl?: string }) =>
      issueCertificate(issuing, { profile: "person", subject: { commonName: "Siti" }, key: generateKey(), notBefore: VALID_FROM, notAfter: VALID_TO, ...urls });
    const question = { certificate: await issue({ ocspUrl: `${base}/ocsp`, crlUrl: `${base}/list.crl` }), issuer: issuing.certificate };
    const problems: string[] = [];
    const source = httpRevocationSource({ port: nodePort, mayAsk: ({ hostname }) => hostname === "127.0.0.1", onProblem: (_, problem) => problems.push(problem) });
    const response = parseOcspResponse((await source.ocsp(question)) ?? new Uint8Array(0));
    assert.deepEqual(response.answers.map((each) => [each.status.kind, sameBytes(each.serialNumber, parseCertificate(question.certificate).serialNumber)]), [["good", true]]);
    assert.ok(sameBytes((await source.crl(question)) ?? new Uint8Array(0), crl));
    for (const urls of [{}, { ocspUrl: "ldap://127.0.0.1/x", crlUrl: "file:///etc/hostname" }, { ocspUrl: "http://10.0.0.1/", crlUrl: "kosong" }]) {
      const other = { ...question, certificate: await issue(urls) };
      assert.deepEqual([await source.ocsp(other), await source.crl(other)], [undefined, undefined]);
    }
    assert.equal(problems.length, 0);
    const small = httpRevocationSource({ port: nodePort, mayAsk: () => true, maxBytes: 10, onProblem: (_, problem) => problems.push(problem) });
    assert.equal(await small.crl(question), undefined);
    assert.deepEqual(problems, ["more than 10 bytes"]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test("the responder answers about its own CA's certificates, sends the nonce back, and refuses the rest by status", async () => {
  const person = await authority.certify();
  const nonce = new Uint8Array(16).fill(7);
  const request = await ocspRequest({ certificate: person.certificate, issuer: issuing.certificate }, nodePort, nonce);
  const answer = await responder.respond(request, NOW);
  assert.equal(status(answer), 0);
  assert.ok(Buffer.from(answer).includes(Buffer.from(nonce)));
  const { answers } = parseOcspResponse(answer);
  assert.deepEqual(answers.map(({ status: said, thisUpdate }) => [said, thisUpdate]), [[{ kind: "good" }, NOW]]);
  authority.revoked.push({ serialNumber: parseCertificate(person.certificate).serialNumber, revokedAt: NOW, reason: "superseded" });
  assert.deepEqual(parseOcspResponse(await responder.respond(request, NOW)).answers[0]?.status, { kind: "revoked", at: NOW, reason: "superseded" });
  const elsewhere = await ocspRequest({ certificate: issuing.certificate, issuer: authority.root.certificate }, nodePort);
  assert.equal(status(await responder.respond(elsewhere, NOW)), 6);
  for (const broken of [new Uint8Array(0), request.subarray(0, 30), Buffer.concat([request, Buffer.of(0)])]) assert.equal(status(await responder.respond(new Uint8Array(broken), NOW)), 1);
});
