import assert from "node:assert/strict";
import { test } from "node:test";
import { hourWords, readHour } from "./hour-words.ts";

test("a time is read however an office types it", () => {
  for (const typed of ["8.30", "08.30", "08:30", "0830", "8 30", " pukul 8.30 ", "jam 08:30"]) assert.equal(readHour(typed), "08:30", typed);
  assert.deepEqual(["8", "00", "23.59"].map(readHour), ["08:00", "00:00", "23:59"]);
});

test("what is no time of the day is no time", () => {
  for (const typed of ["", "24", "24.00", "8.60", "8.3", "siang", "8.30 pm", "-1"]) assert.equal(readHour(typed), undefined, typed);
});

test("whatever the page writes, it can read again", () => {
  for (let minute = 0; minute < 1440; minute += 1) {
    const hour = `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    assert.equal(readHour(hourWords(hour)), hour);
  }
});
