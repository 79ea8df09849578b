import assert from "node:assert/strict";
import { test } from "node:test";
import { base32, totpCode, totpStep } from "./totp.ts";

const secret = Buffer.from("12345678901234567890");

test("the codes are those of RFC 6238 appendix B, last six digits", () => {
  for (const [seconds, code] of [[59, "287082"], [1_111_111_109, "081804"], [1_111_111_111, "050471"], [1_234_567_890, "005924"], [2_000_000_000, "279037"], [20_000_000_000, "353130"]] as const)
    assert.equal(totpCode(secret, Math.floor(seconds / 30)), code);
});

test("a code is taken once, and only in its own thirty seconds", () => {
  const at = 1_111_111_109_000;
  const step = totpStep(secret, "081804", at, null);
  assert.equal(step, Math.floor(1_111_111_109 / 30));
  assert.equal(totpStep(secret, "081804", at, step ?? null), undefined);
  const [first, end] = [1_111_111_080_000, 1_111_111_110_000];
  assert.deepEqual([first - 1, first, end - 1, end].map((when) => totpStep(secret, "081804", when, null)), [undefined, step, step, undefined]);
  assert.equal(totpStep(secret, "081 804", at, null), step);
  for (const code of ["", "08180", "0818041", "081804999999", "éééééé", "０８１８０４"]) assert.equal(totpStep(secret, code, at, null), undefined, code);
});

test("base32 is that of RFC 4648", () => {
  assert.equal(base32(Buffer.from("foobar")), "MZXW6YTBOI");
});
