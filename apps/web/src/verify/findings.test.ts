import assert from "node:assert/strict";
import { test } from "node:test";
import type { Check, Report } from "@lontar/pades/validate";
import { findingsOf } from "./findings.ts";

const check = (name: Check["name"], outcome: Check["outcome"]): Check => ({ name, outcome, detail: "" });
const signature = (...checks: readonly Check[]): Report["signatures"][number] => ({ field: "S", kind: "signature", subFilter: undefined, indication: "TOTAL-FAILED", checks });

test("what is wrong is named once, what was added first; lawful additions and doubts are not findings", () => {
  const report: Report = {
    indication: "TOTAL-FAILED", signatures: [signature(check("message_digest", "failed"), check("certificate_chain", "indeterminate")), signature(check("message_digest", "failed"), check("cms", "passed"))],
    document: { verdict: "failed", detail: "", revisions: 3, changesAfter: [{ revision: 2, kind: "validation_data", detail: "" }, { revision: 3, kind: "unexplained", detail: "a" }, { revision: 3, kind: "unexplained", detail: "b" }] },
  };
  assert.deepEqual(findingsOf(report), [{ kind: "change", name: "unexplained", revision: 3 }, { kind: "check", name: "message_digest", revision: 0 }]);
});
