import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { daysOf, instantAt, isTooLong, presetsOn, readStretch, standingIn, type Stretch } from "./mandate-form.ts";

const stretch = (change: Partial<Stretch>): Stretch => ({ from: "2026-11-28", last: "2026-12-01", hasClock: false, fromClock: "08:00", lastClock: "16:00", isOpenEnded: false, ...change });
const now = new Date("2026-11-27T02:30:00.000Z"); // 10.30 WITA

describe("when a mandate begins and ends", () => {
  test("whole days: from the first midnight of the office to the midnight after the last day", () => {
    assert.deepEqual(readStretch(stretch({}), "WITA", now), { since: "2026-11-27T16:00:00.000Z", until: "2026-12-01T16:00:00.000Z" });
  });
  test("clock times count to the minute", () => {
    assert.deepEqual(readStretch(stretch({ hasClock: true }), "WITA", now), { since: "2026-11-28T00:00:00.000Z", until: "2026-12-01T08:00:00.000Z" });
  });
  test("what begins today begins now, not at the midnight that has passed", () => {
    assert.deepEqual(readStretch(stretch({ from: "2026-11-27" }), "WITA", now), { since: now.toISOString(), until: "2026-12-01T16:00:00.000Z" });
  });
  test("names what is wrong: the past, an end before its start, a day that no calendar has", () => {
    assert.deepEqual(readStretch(stretch({ from: "2026-11-26" }), "WITA", now), { wrong: "past" });
    assert.deepEqual(readStretch(stretch({ last: "2026-11-27" }), "WITA", now), { wrong: "order" });
    assert.deepEqual(readStretch(stretch({ last: "" }), "WITA", now), { wrong: "unread" });
    assert.deepEqual(readStretch(stretch({ from: "2026-02-30" }), "WITA", now), { wrong: "unread" });
    assert.equal(instantAt("2026-11-28", "24:00", "WITA"), undefined);
  });
  test("a delegation may stay open-ended", () => {
    assert.deepEqual(readStretch(stretch({ isOpenEnded: true }), "WITA", now), { since: "2026-11-27T16:00:00.000Z", until: null });
  });
  test("the presets of every weekday begin no later than they end, and next week is Monday to Friday", () => {
    for (let day = 22; day < 29; day += 1) {
      const today = `2026-11-${day}`;
      for (const preset of presetsOn(today)) {
        assert.ok(preset.from <= preset.last && preset.from >= today, `${today} ${preset.name}`);
        if (preset.name === "nextWeek") assert.deepEqual([preset.from, preset.last].map((one) => new Date(one).getUTCDay()), [1, 5]);
      }
    }
    assert.deepEqual(presetsOn("2026-11-27").map((preset) => preset.name), ["today", "nextWeek", "month"], "on a Friday there is no tomorrow-till-Friday");
  });
});

describe("what stands in the way", () => {
  test("a mandate that ends when the new one begins does not", () => {
    const standing = [{ name: "A", since: "2026-11-01T00:00:00.000Z", until: "2026-11-28T00:00:00.000Z" }];
    assert.equal(standingIn(standing, "2026-11-28T00:00:00.000Z", null), undefined);
    assert.equal(standingIn(standing, "2026-11-27T23:59:00.000Z", null)?.name, "A");
    assert.equal(standingIn(standing, "2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"), undefined);
  });
  test("a Plt. of three months passes, a minute more does not; the last day of a shorter month counts as the same day", () => {
    assert.equal(isTooLong("2026-11-30T00:00:00.000Z", "2027-02-28T00:00:00.000Z"), false);
    assert.equal(isTooLong("2026-11-30T00:00:00.000Z", "2027-02-28T00:01:00.000Z"), true);
  });
  test("a running mandate counts its days in the office's own calendar", () => {
    assert.deepEqual(daysOf("2026-11-22T16:00:00.000Z", "2026-11-27T16:00:00.000Z", "WITA", new Date("2026-11-24T02:00:00.000Z")), { day: 2, of: 5 });
    assert.deepEqual(daysOf("2026-11-22T16:00:00.000Z", "2026-11-27T16:00:00.000Z", "WITA", new Date("2026-11-30T02:00:00.000Z")), { day: 5, of: 5 });
  });
});
