import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { daysLater, isDay } from "../kernel/days.ts";
import { dayAfterKey, monthsLater, outOfBounds, weeksOf } from "./month.ts";

const someDay = fc.date({ min: new Date("1930-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));

test("a month is shown in six weeks that begin on Monday and leave out no day of it", () => {
  fc.assert(fc.property(someDay, (day) => {
    const days = weeksOf(day).flat();
    assert.equal(days.length, 42);
    assert.equal(new Date(`${days[0]}T00:00:00Z`).getUTCDay(), 1);
    for (let date = `${day.slice(0, 7)}-01`; date.startsWith(day.slice(0, 7)); date = daysLater(date, 1)) assert.ok(days.includes(date));
  }));
});

test("a month later is the same day, or the last one of a shorter month", () => {
  assert.deepEqual([monthsLater("2026-01-31", 1), monthsLater("2028-02-29", 12), monthsLater("2026-03-31", -1), monthsLater("2026-11-27", 2)], ["2026-02-28", "2029-02-28", "2026-02-28", "2027-01-27"]);
});

test("whatever key is pressed leads to a day of the calendar, and back by its opposite within weeks", () => {
  const keys = fc.constantFrom("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "PageUp", "PageDown");
  fc.assert(fc.property(someDay, keys, fc.boolean(), (day, key, isShift) => assert.ok(isDay(dayAfterKey(day, key, isShift) ?? ""))));
  assert.deepEqual(["Home", "End", "ArrowDown", "PageDown"].map((key) => dayAfterKey("2026-11-27", key, false)), ["2026-11-23", "2026-11-29", "2026-12-04", "2026-12-27"]);
  assert.equal(dayAfterKey("2026-11-27", "PageUp", true), "2025-11-27");
  assert.equal(dayAfterKey("2026-11-27", "a", false), undefined);
});

test("a day on a bound is within it", () => {
  assert.deepEqual([outOfBounds("2026-11-26", "2026-11-27", undefined), outOfBounds("2026-11-27", "2026-11-27", "2026-11-27"), outOfBounds("2026-11-28", undefined, "2026-11-27")], ["early", undefined, "late"]);
});
