import assert from "node:assert/strict";
import { test } from "node:test";
import { needsCare } from "./certificate-care.ts";

const certificate = { issuer: "CA", until: "2028-01-01T00:00:00.000Z", days: 300, development: false, nameAgrees: true };
const checked = { at: "2026-11-24T00:00:00.000Z", standing: "ready", status: "good" } as const;

test("care is asked for what stops a signature or soon will, and not for a provider that is away for a night", () => {
  assert.equal(needsCare({ certificate, checked }), false);
  assert.equal(needsCare({ certificate, checked: null }), false);
  assert.equal(needsCare({ certificate, checked: { ...checked, standing: "unknown", status: "unknown" } }), false);
  for (const wrong of [{ certificate: null, checked: null }, { certificate: { ...certificate, days: 60 }, checked }, { certificate: { ...certificate, nameAgrees: false }, checked }, { certificate, checked: { ...checked, standing: "suspended" as const } }, { certificate, checked: { ...checked, status: "revoked" as const } }]) assert.equal(needsCare(wrong), true);
});
