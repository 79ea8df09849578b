import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { numberWords, sizeWords, timeWords } from "./time.ts";

const wita = timeWords("WITA");
const now = "2026-11-24T01:12:00Z"; // 09.12 WITA

test("a full date reads as an official writes it", () => {
  assert.equal(wita.full("2026-11-24T06:05:00Z"), "Selasa, 24 November 2026 14.05 WITA");
  assert.equal(timeWords("WIB").full("2026-11-24T06:05:00Z"), "Selasa, 24 November 2026 13.05 WIB");
  assert.equal(timeWords("WIT").full("2026-12-31T15:30:00Z"), "Jumat, 1 Januari 2027 00.30 WIT");
  assert.equal(timeWords("WITA", "en").full("2026-11-24T06:05:00Z"), "Tuesday, 24 November 2026 14.05 WITA");
});

test("a plain date is not shifted by the zone", () => {
  for (const zone of ["WIB", "WITA", "WIT"] as const) assert.equal(timeWords(zone).longDate("2026-11-20"), "Jumat, 20 November 2026");
});

test("the trail says today, yesterday, then the day", () => {
  assert.deepEqual([wita.when("2026-11-24T00:41:00Z", now), wita.stamp("2026-11-24T00:41:00Z", now)], ["hari ini 08.41", "Hari ini 08.41"]);
  assert.equal(wita.when("2026-11-23T02:12:00Z", now), "kemarin 10.12");
  assert.equal(wita.when("2026-11-19T02:02:00Z", now), "Kam 19 Nov 10.02");
  assert.equal(wita.when("2025-11-19T02:02:00Z", now), "Rab 19 Nov 2025 10.02");
  // 23.59 yesterday is yesterday although it is only minutes ago by the clock of Greenwich
  assert.equal(wita.when("2026-11-23T15:59:00Z", "2026-11-23T16:01:00Z"), "kemarin 23.59");
});

test("a deadline says how late, or the hour, or the day", () => {
  const cases = [
    ["2026-11-24T00:30:00Z", "late", "lewat 42 menit"],
    ["2026-11-24T00:00:00Z", "late", "lewat 1 jam"],
    ["2026-11-21T00:00:00Z", "late", "lewat 3 hari"],
    ["2026-11-24T01:11:30Z", "late", "lewat 1 menit"],
    ["2026-11-24T04:00:00Z", "soon", "12.00"],
    ["2026-11-24T08:00:00Z", "ok", "16.00"],
    ["2026-11-25T08:00:00Z", "ok", "Besok 16.00"],
    ["2026-11-26T08:00:00Z", "ok", "Kam 26 Nov"],
    ["2027-01-04T08:00:00Z", "ok", "Sen 4 Jan 2027"],
  ] as const;
  for (const [due, tone, words] of cases) {
    const deadline = wita.deadline(due, now);
    assert.deepEqual([deadline.tone, deadline.words], [tone, words], due);
  }
});

test("the ring fills from the beginning to the deadline and never leaves 0…1", () => {
  assert.equal(wita.deadline("2026-11-24T03:00:00Z", "2026-11-24T01:00:00Z", "2026-11-23T23:00:00Z").part, 0.5);
  const moment = fc.date({ min: new Date("2000-01-01"), max: new Date("2100-01-01"), noInvalidDate: true });
  fc.assert(fc.property(moment, moment, fc.option(moment, { nil: undefined }), (due, at, since) => {
    const { part } = wita.deadline(due, at, since);
    assert.ok(part >= 0 && part <= 1);
  }));
});

test("nonsense is refused, not formatted", () => {
  assert.throws(() => wita.full("kemarin"), RangeError);
});

test("numbers and sizes use the comma and the point of the language", () => {
  assert.equal(numberWords(1234.5, "id", 1), "1.234,5");
  assert.equal(numberWords(1234.5, "en", 1), "1,234.5");
  assert.equal(sizeWords(812), "812 B");
  assert.equal(sizeWords(212_400), "212 KB");
  assert.equal(sizeWords(1_420_000), "1,4 MB");
  assert.equal(sizeWords(1_420_000, "en"), "1.4 MB");
});
