import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { closingAfter, closingOf, ruler, workingMinutes } from "./working-days.ts";

const tuesday = new Date("2026-11-24T01:12:00Z"); // Selasa 09.12 WITA

test("today ends at four, the next days by working days, Friday early, the weekend not at all", () => {
  assert.equal(closingAfter(0, tuesday, "WITA")?.toISOString(), "2026-11-24T08:00:00.000Z");
  assert.equal(closingAfter(1, tuesday, "WITA")?.toISOString(), "2026-11-25T08:00:00.000Z");
  assert.equal(closingAfter(2, tuesday, "WITA")?.toISOString(), "2026-11-26T08:00:00.000Z");
  assert.equal(closingAfter(3, tuesday, "WITA")?.toISOString(), "2026-11-27T03:30:00.000Z");
  assert.equal(closingAfter(4, tuesday, "WITA")?.toISOString(), "2026-11-30T08:00:00.000Z");
});

test("today is no choice once the office has closed, nor on a Sunday", () => {
  assert.equal(closingAfter(0, new Date("2026-11-24T08:00:00Z"), "WITA"), undefined);
  assert.equal(closingAfter(0, new Date("2026-11-22T02:00:00Z"), "WITA"), undefined);
});

test("a date that the letter asks for on a weekend means the Friday before", () => {
  assert.equal(closingOf("2026-12-01", "WITA").toISOString(), "2026-12-01T08:00:00.000Z");
  assert.equal(closingOf("2026-11-29", "WITA").toISOString(), "2026-11-27T03:30:00.000Z");
});

test("working time counts office hours only", () => {
  assert.equal(workingMinutes(tuesday, new Date("2026-11-26T08:00:00Z"), "WITA"), 408 + 510 + 510);
  assert.equal(workingMinutes(new Date("2026-11-27T10:00:00Z"), new Date("2026-11-29T20:00:00Z"), "WITA"), 0);
});

test("working time is additive and never negative", () => {
  const moment = fc.integer({ min: 0, max: 60 * 24 * 40 }).map((minutes) => new Date(tuesday.getTime() + minutes * 60_000));
  fc.assert(fc.property(moment, moment, moment, (...three) => {
    const [a, b, c] = three.sort((x, y) => x.getTime() - y.getTime());
    if (a === undefined || b === undefined || c === undefined) return;
    assert.equal(workingMinutes(a, b, "WITA") + workingMinutes(b, c, "WITA"), workingMinutes(a, c, "WITA"));
    assert.ok(workingMinutes(a, b, "WITA") >= 0);
  }));
});

test("the ruler starts now, fills up to the deadline, and marks the letter's own date", () => {
  const days = ruler(tuesday, new Date("2026-11-26T08:00:00Z"), "2026-12-01", "WITA");
  assert.deepEqual(days.map((each) => each.date), ["2026-11-24", "2026-11-25", "2026-11-26", "2026-11-27", "2026-11-28", "2026-11-29", "2026-11-30", "2026-12-01"]);
  assert.deepEqual(days.map((each) => Math.round(each.used * 100)), [80, 100, 100, 0, 0, 0, 0, 0]);
  assert.deepEqual(days.map((each) => each.isOpen), [true, true, true, true, false, false, true, true]);
  assert.equal(days.findIndex((each) => each.isEnd), 2);
  assert.equal(days.findIndex((each) => each.isAsked), 7);
});
