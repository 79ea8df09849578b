import assert from "node:assert/strict";
import { test } from "node:test";
import { isWorkday } from "./hours.ts";

test("the office is open from Monday to Friday, by its own clock, and not on holidays", () => {
  const open = (instant: string): boolean => isWorkday(Date.parse(instant), "WITA");
  assert.deepEqual(["2026-11-27T02:00:00Z", "2026-11-28T02:00:00Z", "2026-11-29T02:00:00Z", "2026-11-30T02:00:00Z"].map(open), [true, false, false, true]);
  assert.deepEqual(["2026-11-27T15:59:59Z", "2026-11-27T16:00:00Z", "2026-11-29T15:59:59Z", "2026-11-29T16:00:00Z"].map(open), [true, false, false, true], "its days begin at midnight of its zone");
  assert.equal(open("2026-08-17T02:00:00Z"), false, "Independence Day was a Monday");
});
