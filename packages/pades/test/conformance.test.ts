import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { examine, inspect, judge as judgeFacts, Unreadable, validate, type Report, type SignatureReport } from "../src/index.ts";
import { browserPort } from "../src/browser.ts";
import { nodePort } from "../src/node.ts";
import { basicConstraints } from "../src/x509/certificate.ts";
import { UNREADABLE, UNSIGNED, VERDICTS } from "./verdicts.ts";

// Files of pyHanko and EU DSS, which a checkout need not have.
const folder = join(import.meta.dirname, "../../../../shared/conformance");
const absent = existsSync(folder) ? false : "the conformance files are not there";
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(folder, path)));
const judge = (path: string): Promise<Report> => validate(read(path), { trust: [], port: nodePort });
/** Judged with its own signers trusted, which takes trust out of the question. */
const judgeTrusting = async (path: string, port = nodePort): Promise<Report> => {
  const trust = (await judge(path)).signatures.flatMap(({ signer }) => signer?.certificate ?? []);
  return validate(read(path), { trust, port });
};
const told = ({ kind, indication, subIndication }: SignatureReport): string =>
  `${kind === "signature" ? "signature" : "time-stamp"} ${indication.replace("TOTAL-", "").toLowerCase()}${subIndication === undefined ? "" : ` ${subIndication}`}`;

for (const [path, { signatures, document, after, because }] of Object.entries(VERDICTS)) {
  test(`verdict: ${path}`, { skip: absent }, async () => {
    const report = await judgeTrusting(path);
    assert.deepEqual({ signatures: report.signatures.map(told), document: report.document.verdict, after: report.document.changesAfter.map(({ kind }) => kind) }, { signatures, document, after });
    const said = [report.document.detail, ...report.document.changesAfter.map(({ detail }) => detail), ...report.signatures.flatMap(({ checks }) => checks.map(({ detail }) => detail))];
    if (because !== undefined) assert.ok(said.includes(because), said.join("; "));
  });
}

test("the table says something of every file, and the verdicts stand with the score", { skip: absent }, (t) => {
  const files = globSync("{dss,pyhanko}-pdf/**/*.pdf", { cwd: folder }).toSorted();
  assert.deepEqual([...Object.keys(VERDICTS), ...UNSIGNED, ...Object.keys(UNREADABLE)].toSorted(), files);
  const differing = Object.values(VERDICTS).filter(({ differs }) => differs !== undefined && !differs.startsWith("None"));
  t.diagnostic(`${files.length} files: ${Object.keys(VERDICTS).length} signed (${differing.length} judged otherwise than EU DSS or pyHanko, each with its reason), ${UNSIGNED.length} unsigned, ${Object.keys(UNREADABLE).length} refused`);
});

test("every file is judged or refused, none passes for want of an anchor, none breaks the validator", { skip: absent }, async () => {
  for (const path of [...Object.keys(VERDICTS), ...UNSIGNED]) {
    const report = await judge(path);
    assert.notEqual(report.indication, "TOTAL-PASSED", path);
    assert.equal(report.signatures.length === 0, report.indication === "NO_SIGNATURE_FOUND" || report.document.detail === "the document's structure is broken", path);
    assert.equal(UNSIGNED.includes(path), report.indication === "NO_SIGNATURE_FOUND", path);
  }
  for (const [path, reason] of Object.entries(UNREADABLE)) {
    await assert.rejects(judge(path), (error) => error instanceof Unreadable && error.reason === reason, path);
    const looked = await inspect(read(path), { port: nodePort });
    assert.equal(looked.kind, reason === "encrypted" ? "encrypted" : "unreadable", path);
  }
});

test("WebCrypto comes to the same verdicts", { skip: absent }, async () => {
  for (const path of ["dss-pdf/pades-ltv.pdf", "dss-pdf/Signature-P-SK-6.pdf", "dss-pdf/dss-2236/hide.pdf", "pyhanko-pdf/pades-lta-dss-indirect-arrs-test-2.pdf", "pyhanko-pdf/ed448-shake256-nolen.pdf"]) {
    assert.deepEqual(await judgeTrusting(path, browserPort), await judgeTrusting(path), path);
  }
});

test("a changed byte under a document time-stamp is a failure of both", { skip: absent }, async () => {
  const path = "dss-pdf/pades-ltv.pdf";
  const trust = (await judge(path)).signatures.flatMap(({ signer }) => signer?.certificate ?? []);
  const changed = read(path);
  changed[5_000] = (changed[5_000] ?? 0) ^ 1;
  const report = await validate(changed, { trust, port: nodePort });
  assert.deepEqual(report.signatures.map(({ indication }) => indication), ["TOTAL-FAILED", "TOTAL-FAILED", "TOTAL-FAILED"]);
});

test("the lists and OCSP responses that real documents carry are believed when the authorities they come from are trusted", { skip: absent }, async (t) => {
  const sources = new Map<string, number>();
  for (const path of Object.keys(VERDICTS)) {
    const facts = await examine(read(path), { port: nodePort });
    if ("indication" in facts) continue;
    const trust = facts.material.certificates.filter((certificate) => basicConstraints(certificate).isCa).map(({ der }) => der);
    const { signatures } = await judgeFacts(facts, { trust, port: nodePort });
    for (const { path: members = [] } of signatures) for (const { revocation } of members) if (revocation !== undefined) sources.set(revocation.source, (sources.get(revocation.source) ?? 0) + 1);
  }
  t.diagnostic(`answers used: ${[...sources].map(([source, count]) => `${count} by ${source}`).join(", ")}`);
  assert.ok((sources.get("ocsp") ?? 0) > 10 && (sources.get("crl") ?? 0) > 5);
});
