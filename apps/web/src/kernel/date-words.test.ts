import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { timeWords } from "./time.ts";
import { readDate } from "./date-words.ts";

const today = "2026-11-24";

test("a date is read however a clerk types it", () => {
  for (const typed of ["19 November 2026", "Kamis, 19 November 2026", "kamis 19 nov 2026", "19 nop 26", "19-11-2026", "19/11/2026", "19.11.26", "19 11 2026", "19/11", "2026-11-19", " 19  November  2026 "]) assert.equal(readDate(typed, today), "2026-11-19", typed);
  assert.equal(readDate("kemarin", today), "2026-11-23");
  assert.equal(readDate("hari ini", today), today);
  assert.equal(readDate("1 des", today), "2026-12-01");
});

test("what is no date of the calendar is no date", () => {
  for (const typed of ["", "31 Februari 2026", "2026-02-30", "32/1/2026", "1/13/2026", "19 Bulan 2026", "November 2026", "19 November 20266", "19 11 2026 5", "secepatnya"]) assert.equal(readDate(typed, today), undefined, typed);
});

test("whatever the page writes, it can read again", () => {
  for (const words of [timeWords("WITA"), timeWords("WITA", "en")]) fc.assert(fc.property(fc.date({ min: new Date("2000-01-01"), max: new Date("2099-12-31"), noInvalidDate: true }), (date) => {
    const iso = date.toISOString().slice(0, 10);
    for (const written of [words.longDate(iso), words.date(iso), words.mediumDate(iso)]) assert.equal(readDate(written, today), iso);
  }));
});
