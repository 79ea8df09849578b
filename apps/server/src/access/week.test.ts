import assert from "node:assert/strict";
import { test } from "node:test";
import { digestTime, weekOf } from "./week.ts";

test("a week begins on Monday at midnight of the office, also around the turn of the year", () => {
  for (const [date, monday, from] of [["2026-11-23", "2026-11-23", "2026-11-22T16:00:00.000Z"], ["2026-11-29", "2026-11-23", "2026-11-22T16:00:00.000Z"], ["2027-01-03", "2026-12-28", "2026-12-27T16:00:00.000Z"]] as const) {
    const week = weekOf(date, "WITA");
    assert.deepEqual([week.monday, week.from, Date.parse(week.to) - Date.parse(week.from)], [monday, from, 7 * 86_400_000]);
  }
  assert.equal(weekOf("2026-11-23", "WIT").from, "2026-11-22T15:00:00.000Z");
});

test("the digest of a week goes out on the Monday after it, at seven in the office's time", () => {
  assert.deepEqual(digestTime("2026-11-27T18:00:00.000Z", "WITA"), { monday: "2026-11-23", runAt: "2026-11-29T23:00:00.000Z" });
  assert.deepEqual(digestTime("2026-11-29T16:00:00.000Z", "WITA"), { monday: "2026-11-30", runAt: "2026-12-06T23:00:00.000Z" });
});
