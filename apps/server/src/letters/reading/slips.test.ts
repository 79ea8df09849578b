import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromCapitals } from "./capitals.ts";
import { findDates, readMonth } from "./dates.ts";
import { distance, isAmbiguous, looksLike, readNumber } from "./slips.ts";

const table = <A, B>(rows: readonly (readonly [A, B])[], judge: (given: A) => B): void => {
  for (const [given, wanted] of rows) assert.deepEqual(judge(given), wanted, String(given));
};

test("letter numbers are set right where only one reading makes sense", () => {
  table(
    [
      ["000.1.5/2214/DISKOMINFO-I/2026", "000.1.5/2214/DISKOMINFO-I/2026"],
      ["000.1.5 / 2214 / DISKOMINFO-I / 2026", "000.1.5/2214/DISKOMINFO-I/2026"],
      [": 8OO.1.11.1/O73/434.lOO/2O26", "800.1.11.1/073/434.100/2026"],
      ["B-015/PL.02/OIKN/Vll/2026", "B-015/PL.02/OIKN/VII/2026"],
      ["045/BJK-DIR/Xl/2026.", "045/BJK-DIR/XI/2026"],
      ["400.7.1/091/DINKES/1V/2026", "400.7.1/091/DINKES/IV/2026"],
      ["400.7.1/11/UM/2026", "400.7.1/11/UM/2026"],
      ["100.3.3.2/215 TAHUN 2026", "100.3.3.2/215 TAHUN 2026"],
      ["B/I/800.1.11.1/UM/2026", "B/I/800.1.11.1/UM/2026"],
      ["400.12.2.2/53/Handil Suruk/2024", "400.12.2.2/53/Handil Suruk/2024"],
      ["300.2.3/1187/BPBD-Il/2026", "300.2.3/1187/BPBD-II/2026"],
      ["400.12.2.2/53/Handil Suruk l/2024", "400.12.2.2/53/Handil Suruk l/2024"],
      ["SOLO/OI/2026", "SOLO/OI/2026"],
      ["045/Al-l/2026", "045/AI-I/2026"],
      ["H 800.1.3.2/417/BKPSDM.II/2026", "800.1.3.2/417/BKPSDM.II/2026"],
      ["B 015/PL.02/2026", "B 015/PL.02/2026"],
    ],
    readNumber,
  );
});

test("a number that two readings fit is known to be doubtful", () => {
  table([["000.1.5/2214/DISKOMINFO-1/2026", true], ["000.1.5/2214/DISKOMINFO-I/2026", false], ["B-015/PL.02/2026", false], ["045/BJK-11", true], ["417/BKPSDM.11/2026", true]] as const, isAmbiguous);
});

test("setting a number right twice changes nothing more", () => {
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."0123456789./-OolIVX AB"), maxLength: 40 }), (text) => assert.equal(readNumber(readNumber(text)), readNumber(text))), { numRuns: 1000 });
});

test("every month is known by its name, its old spelling and its abbreviations, with one slip forgiven", () => {
  table(
    [
      ["Januari", 1], ["Pebruari", 2], ["Maret", 3], ["April", 4], ["Mei", 5], ["Juni", 6], ["Juli", 7], ["Agustus", 8], ["September", 9], ["Oktober", 10], ["Nopember", 11], ["Desember", 12],
      ["NOV", 11], ["Agt", 8], ["0ktober", 10], ["Novembcr", 11], ["Desernber", undefined], ["Rajab", undefined], ["Mui", undefined], ["Jun", 6],
    ],
    (word) => readMonth(word)?.month,
  );
});

const dates = (text: string, assume?: { readonly year: number; readonly after: string }): readonly string[] =>
  findDates(text.split(" ").map((word, index) => ({ word: { text: word, x: 0, y: 0, w: 0, h: 0, confidence: 1, line: 0 }, left: index, right: index, middle: 0, height: 0 })), assume).map((found) => found.date);

test("dates are found as offices write them, and days that do not exist are none", () => {
  table(
    [
      ["Penajam, 19 November 2026", ["2026-11-19"]],
      ["Penajam, l9 Nopember 2O26.", ["2026-11-19"]],
      ["tanggal 7 Mei 2026 sampai dengan 9 Mei 2026", ["2026-05-07", "2026-05-09"]],
      ["07-10-2026 dan 7/10/2026 dan 07.10.2026;", ["2026-10-07", "2026-10-07", "2026-10-07"]],
      ["5Agustus2026", ["2026-08-05"]],
      ["30 Februari 2026", []],
      ["29 Februari 2028", ["2028-02-29"]],
      ["29 Februari 2026", []],
      ["10 Jumadil Awal 1448 H", []],
      ["November 2026", []],
      ["Pasal 12 ayat 3", []],
    ],
    (text) => dates(text),
  );
});

test("a date without a year takes the letter's, or the next when that day has passed", () => {
  assert.deepEqual(dates("tanggal 8 Januari"), []);
  assert.deepEqual(dates("tanggal 8 Januari", { year: 2026, after: "2026-12-14" }), ["2027-01-08"]);
  assert.deepEqual(dates("tanggal 20 Desember", { year: 2026, after: "2026-12-14" }), ["2026-12-20"]);
});

test("distance is that of Levenshtein, up to its limit", () => {
  table([[["nomor", "nomor"], 0], [["n0mor", "nomor"], 1], [["nomr", "nomor"], 1], [["tanggal", "tangga1"], 1], [["hal", "nomor"], 2]] as const, ([a, b]) => distance(a, b, 1));
});

test("labels are known through one slip, short ones only as they are", () => {
  table([["N0mor:", true], ["Nonor", true], ["Namar", false]] as const, (text) => looksLike(text, "nomor"));
  table([["Hal", true], ["HaI", true], ["Hai", false], ["Hak", false]] as const, (text) => looksLike(text, "hal"));
});

test("names in capitals are written as a person writes them", () => {
  table(
    [
      ["DINAS KOMUNIKASI DAN INFORMATIKA", "Dinas Komunikasi dan Informatika"],
      ["KEMENTERIAN DALAM NEGERI", "Kementerian Dalam Negeri"],
      ["UPTD PUSKESMAS WARU", "UPTD Puskesmas Waru"],
      ["PT BORNEO JAYA", "PT Borneo Jaya"],
      ["Handil Suruk", "Handil Suruk"],
    ],
    fromCapitals,
  );
});
