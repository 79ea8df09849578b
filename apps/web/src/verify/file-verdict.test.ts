import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check, Report } from "@lontar/pades/validate";
import type { Registered } from "./check-file.ts";
import { verdictOf } from "./file-verdict.ts";

const check = (name: Check["name"], outcome: Check["outcome"]): Check => ({ name, outcome, detail: "" });
const report = (indication: Report["indication"], checks: readonly Check[], verdict: Report["document"]["verdict"] = "passed"): Report => ({
  indication, signatures: indication === "NO_SIGNATURE_FOUND" ? [] : [{ field: "S", kind: "signature", subFilter: undefined, indication, checks }], document: { verdict, detail: "", revisions: 1, changesAfter: [] },
});
const register = (state: Registered["state"], authority: Registered["answers"]["authority"] = "ya"): Registered => ({ state, code: "", seal: null, replacedBy: null, suspect: null, letter: null, signer: null, answers: { integrity: "ya", identity: "ya", authority }, sha256: null, pages: null, reason: null, checkedAt: "2026-11-24T00:00:00.000Z", longTerm: null, log: null, picture: false });
const good = report("TOTAL-PASSED", [check("message_digest", "passed"), check("certificate_chain", "passed")]);

test("valid needs all three: the bytes, the person and the register", () => {
  const table: readonly (readonly [string, Parameters<typeof verdictOf>[0], string])[] = [
    ["all good", { report: good, registered: register("sah"), hasRoots: true }, "valid yes yes yes"],
    ["unknown to the register", { report: good, registered: register("tidak_dikenal", "belum"), hasRoots: true }, "missing yes yes unknown"],
    ["revoked", { report: good, registered: register("dicabut"), hasRoots: true }, "revoked yes yes yes"],
    ["authority doubted", { report: good, registered: register("sah", "tidak"), hasRoots: true }, "missing yes yes no"],
    ["its signer's key may have leaked", { report: good, registered: register("diragukan"), hasRoots: true }, "doubtful yes yes yes"],
    ["offline, with roots that this browser remembers", { report: good, registered: undefined, hasRoots: true }, "unchecked yes yes unknown"],
    ["offline, and in the list of withdrawn letters that is kept", { report: good, registered: undefined, hasRoots: true, kept: { withdrawn: true, issuedAt: 0 } }, "revoked yes yes no"],
    ["offline, and not in that list", { report: good, registered: undefined, hasRoots: true, kept: { withdrawn: false, issuedAt: 0 } }, "unchecked yes yes unknown"],
    ["offline, withdrawn and changed", { report: report("TOTAL-FAILED", [check("message_digest", "failed")]), registered: undefined, hasRoots: true, kept: { withdrawn: true, issuedAt: 0 } }, "invalid no unknown unknown"],
    ["offline, a changed file", { report: report("TOTAL-FAILED", [check("message_digest", "failed")]), registered: undefined, hasRoots: true }, "invalid no unknown unknown"],
    ["offline, another's certificate", { report: report("INDETERMINATE", [check("message_digest", "passed"), check("certificate_chain", "indeterminate")]), registered: undefined, hasRoots: true }, "missing yes unknown unknown"],
    ["offline", { report: good, registered: undefined, hasRoots: false }, "missing yes unknown unknown"],
    ["a stranger's certificate", { report: report("INDETERMINATE", [check("message_digest", "passed"), check("certificate_chain", "indeterminate")]), registered: register("tidak_dikenal", "belum"), hasRoots: true }, "missing yes unknown unknown"],
    ["changed bytes", { report: report("TOTAL-FAILED", [check("message_digest", "failed"), check("certificate_chain", "passed")]), registered: register("tidak_dikenal"), hasRoots: true }, "invalid no unknown unknown"],
    ["added afterwards", { report: report("TOTAL-FAILED", [check("message_digest", "passed")], "failed"), registered: undefined, hasRoots: true }, "invalid no unknown unknown"],
    ["no signature", { report: report("NO_SIGNATURE_FOUND", []), registered: register("tidak_dikenal", "belum"), hasRoots: true }, "missing unknown unknown unknown"],
    ["signature torn out", { report: report("NO_SIGNATURE_FOUND", [], "failed"), registered: undefined, hasRoots: true }, "invalid no unknown unknown"],
    ["not a PDF", { report: undefined, registered: undefined, hasRoots: true }, "missing unknown unknown unknown"],
  ];
  for (const [what, given, expected] of table) assert.equal(Object.values(verdictOf(given)).join(" "), expected, what);
});
