import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { inspect, Unreadable, validate, type Report } from "../src/index.ts";
import { nodePort } from "../src/node.ts";

// Files of pyHanko and EU DSS, which a checkout need not have. Nobody here trusts their authorities, so a sound file is one
// that is INDETERMINATE for want of trust and nothing else: its bytes, its digest and its history are judged all the same.
const folder = join(import.meta.dirname, "../../../../shared/conformance");
const absent = existsSync(folder) ? false : "the conformance files are not there";
const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(folder, path)));
const judge = (path: string): Promise<Report> => validate(read(path), { trust: [], port: nodePort });

/** Files whose every signature is intact, with how many changes came after the first. */
const sound: Readonly<Record<string, number>> = {
  "dss-pdf/DSS-1983.pdf": 2, "dss-pdf/DSS-3298.pdf": 2, "dss-pdf/DSS-3567.pdf": 0, "dss-pdf/Signature-P-PK7-2.pdf": 0, "dss-pdf/Signature-P-HU_NET-2.pdf": 0,
  "dss-pdf/belgian_pki_multiple_ocsps.pdf": 2, "dss-pdf/belgian_pki_multiple_ocsps_lt.pdf": 1, "dss-pdf/doc-firmado-LT.pdf": 1, "dss-pdf/pades-enveloping-other-pdf.pdf": 2,
  "dss-pdf/pades-ltv.pdf": 3, "dss-pdf/pades-tst-with-sig-type.pdf": 2, "dss-pdf/pades_with_orphan_ocsp_cert_refs.pdf": 2, "dss-pdf/pdf-signed-original.pdf": 0,
  "dss-pdf/pdf-with-vri-timestamp.pdf": 5, "dss-pdf/timestamped_and_signed.pdf": 1, "dss-pdf/evidence-record/PAdES_with_er.pdf": 0,
  "dss-pdf/dss-1959/pades-revoc-removed-from-dss-dict.pdf": 6, "dss-pdf/dss-2554/fieldmdp-exclude-signed.pdf": 5,
  "pyhanko-pdf/certified-with-indirect-refs-in-dir.pdf": 0, "pyhanko-pdf/pades-lta-dss-indirect-arrs-test.pdf": 3, "pyhanko-pdf/pades-lta-dss-indirect-arrs-test-2.pdf": 5,
  "pyhanko-pdf/pades-with-old-style-signing-cert-attr.pdf": 0, "pyhanko-pdf/sig-with-ski-sid.pdf": 0, "pyhanko-pdf/minimal-two-fields-signed-twice.pdf": 3,
  "pyhanko-pdf/form-update-no-override-appearance-stream-ap-indirect.pdf": 1,
};

for (const [path, changes] of Object.entries(sound)) {
  test(`intact: ${path}`, { skip: absent }, async () => {
    const report = await judge(path);
    assert.equal(report.indication, "INDETERMINATE", report.document.detail);
    assert.equal(report.document.verdict, "passed", report.document.detail);
    assert.equal(report.document.changesAfter.length, changes, JSON.stringify(report.document.changesAfter));
    for (const { checks } of report.signatures) assert.deepEqual(checks.filter(({ outcome }) => outcome === "failed"), []);
  });
}

/** Of the files above, those whose algorithm is not known here or whose certificate was not valid at the claimed time. */
const neverTrusted = new Set(["dss-pdf/Signature-P-HU_NET-2.pdf", "pyhanko-pdf/form-update-no-override-appearance-stream-ap-indirect.pdf"]);

test("the intact files pass as soon as their signers are trusted, time-stamps and all", { skip: absent }, async () => {
  const proven: string[] = [];
  for (const path of Object.keys(sound)) {
    const trust = (await judge(path)).signatures.flatMap(({ signer }) => signer?.certificate ?? []);
    const report = await validate(read(path), { trust, port: nodePort });
    assert.equal(report.indication, neverTrusted.has(path) ? "INDETERMINATE" : "TOTAL-PASSED", path);
    if (report.signatures.some(({ kind, provenTime }) => kind === "signature" && provenTime !== undefined)) proven.push(path);
  }
  // Every file with a document time-stamp after its signature proves when the signature existed.
  assert.deepEqual(proven, [
    "dss-pdf/DSS-1983.pdf", "dss-pdf/DSS-3298.pdf", "dss-pdf/belgian_pki_multiple_ocsps.pdf", "dss-pdf/pades-enveloping-other-pdf.pdf", "dss-pdf/pades-ltv.pdf",
    "dss-pdf/pades-tst-with-sig-type.pdf", "dss-pdf/pades_with_orphan_ocsp_cert_refs.pdf", "dss-pdf/dss-1959/pades-revoc-removed-from-dss-dict.pdf",
    "pyhanko-pdf/pades-lta-dss-indirect-arrs-test.pdf", "pyhanko-pdf/pades-lta-dss-indirect-arrs-test-2.pdf",
  ]);
});

test("a changed byte under a document time-stamp is a failure of both", { skip: absent }, async () => {
  const path = "dss-pdf/pades-ltv.pdf";
  const trust = (await judge(path)).signatures.flatMap(({ signer }) => signer?.certificate ?? []);
  const changed = read(path);
  changed[5_000] = (changed[5_000] ?? 0) ^ 1;
  const report = await validate(changed, { trust, port: nodePort });
  assert.deepEqual(report.signatures.map(({ indication }) => indication), ["TOTAL-FAILED", "TOTAL-FAILED", "TOTAL-FAILED"]);
});

/** Files that were tampered with or are malformed, with a word of the reason. */
const broken: Readonly<Record<string, RegExp>> = {
  "dss-pdf/dss-2236/hide.pdf": /points elsewhere/, "dss-pdf/dss-2236/annotation-and-visible-change.pdf": /PieceInfo/, "dss-pdf/pdf-signed-added-page.pdf": /does not need/,
  "dss-pdf/signature-referenced-from-multiple-fields.pdf": /several fields/, "dss-pdf/pdf-structtreeroot-changes.pdf": /visible signature box|StructTreeRoot/,
  "dss-pdf/pades-lta-copied-doctst.pdf": /time-stamp is over something else/, "dss-pdf/pdf-with-empty-sig.pdf": /CMS is missing/, "dss-pdf/pades_infinite_loop.pdf": /structure is broken/,
  "dss-pdf/dss-1376/DSS1376-rev_n-2.pdf": /does not need/, "pyhanko-pdf/pdf-sig-with-econtent.pdf": /carries its own content/,
  "pyhanko-pdf/coverage-anomalies/one-byterange.pdf": /not four whole numbers/, "pyhanko-pdf/coverage-anomalies/signature-gap-too-big.pdf": /leaves out more/,
  "pyhanko-pdf/coverage-anomalies/tail-uncovered.pdf": /do not end where a revision ends/, "pyhanko-pdf/coverage-anomalies/weird-byterange.pdf": /leaves out more/,
  "pyhanko-pdf/extensions-indirect-not-all-paths.pdf": /./, "pyhanko-pdf/form-update-override-appearance-stream-sneaky.pdf": /does not need/,
  "pyhanko-pdf/form-update-override-appearance-stream-ap-indirect-sneaky.pdf": /does not need/,
  // Stricter than pyHanko on purpose: a visible box that was not there when the document was first signed is a new mark on it.
  "pyhanko-pdf/minimal-signed-twice-both-created.pdf": /visible signature box/, "pyhanko-pdf/separate-annots-kids-indir.pdf": /visible signature box/,
};

for (const [path, reason] of Object.entries(broken)) {
  test(`broken: ${path}`, { skip: absent }, async () => {
    const report = await judge(path);
    assert.equal(report.indication, "TOTAL-FAILED", report.document.detail);
    const said = [report.document.detail, ...report.signatures.flatMap(({ checks }) => checks.filter(({ outcome }) => outcome === "failed").map(({ detail }) => detail))].join("; ");
    assert.match(said, reason);
  });
}

test("every file is judged or refused, none passes for want of an anchor, none breaks the validator", { skip: absent }, async () => {
  const files = globSync("{dss,pyhanko}-pdf/**/*.pdf", { cwd: folder });
  assert.ok(files.length > 150);
  for (const path of files) {
    const looked = await inspect(read(path), { port: nodePort });
    try {
      const report = await judge(path);
      assert.notEqual(report.indication, "TOTAL-PASSED", path);
      assert.equal(report.signatures.length === 0, report.indication === "NO_SIGNATURE_FOUND" || report.document.detail === "the document's structure is broken", path);
    } catch (error) {
      assert.ok(error instanceof Unreadable, `${path}: ${String(error)}`);
      assert.equal(looked.kind, error.reason === "encrypted" ? "encrypted" : "unreadable", path);
    }
    if (/aes256|rc4|pubkey|encrypt/.test(basename(path))) assert.equal(looked.kind, "encrypted", path);
  }
});
