import assert from "node:assert/strict";
import { test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { answerAt, blankAnswers, blankGroup, faultsOf, inOneMonth, questionsOf, readDate, withAnswer } from "./questions.ts";

const service = letterTypes.find((type) => type.level === "desa")?.code ?? assert.fail("no village letter");
const complete = { ...blankAnswers(service, "2026-12-24"), nama: "Sri", nik: "6409015405920001", kk: "6409010101100002", tempatLahir: "Penajam", tanggalLahir: "1992-05-14", agama: "Islam", pekerjaan: "Tani", alamat: "RT 04", keperluan: "bank" };

test("every question of a village letter has a title in words and a kind that its answer passes", () => {
  const questions = questionsOf(service);
  assert.ok(questions.length > 8);
  for (const question of questions) assert.notEqual(question.title, question.path);
  const kindOf = new Map(questions.map((question) => [question.path, question.kind]));
  assert.deepEqual(["nama", "nik", "tanggalLahir", "jenisKelamin", "pengantar"].map((path) => kindOf.get(path)), ["text", "digits", "date", "choice", "group"]);
});

test("blank answers are refused question by question, with what to do; complete ones are not", () => {
  const blank = blankAnswers(service, "2026-12-24");
  assert.equal(blank["berlakuSampai"], "2026-12-24");
  const faults = faultsOf(service, { ...blank, nik: "64" });
  assert.deepEqual([faults.get("nama"), faults.get("nik"), faults.get("kk")], ["wajib diisi", "harus 16 angka", "wajib diisi"]);
  assert.deepEqual([...faultsOf(service, complete)], []);
});

test("a group that may not apply is answered part by part, and its faults name the part", () => {
  const group = questionsOf(service).find((question) => question.kind === "group") ?? assert.fail("no group");
  const opened = withAnswer(complete, group.path, blankGroup(group));
  assert.deepEqual([...faultsOf(service, opened).keys()], ["pengantar.dari", "pengantar.nomor", "pengantar.tanggal"]);
  const answered = [["pengantar.dari", "RT 04"], ["pengantar.nomor", "7/RT04"], ["pengantar.tanggal", "2026-11-20"]].reduce((answers, [path = "", answer]) => withAnswer(answers, path, answer), opened);
  assert.deepEqual([...faultsOf(service, answered)], []);
  assert.equal(answerAt(answered, "pengantar.nomor"), "7/RT04");
});

test("dates are read as people write them, and what is no date is not guessed", () => {
  for (const [typed, date] of [["4/2/1988", "1988-02-04"], ["04-02-1988", "1988-02-04"], ["4 februari 1988", "1988-02-04"], ["24  November 2026", "2026-11-24"], ["1988-02-04", "1988-02-04"], ["31/2/1988", undefined], ["1988", undefined], ["4/2/88", undefined], ["kemarin", undefined]] as const) assert.equal(readDate(typed), date, typed);
});

test("one month is counted in the office's own calendar, where it may be tomorrow already", () => {
  const late = new Date("2026-11-24T17:30:00Z");
  assert.deepEqual([inOneMonth(late, "WIB"), inOneMonth(late, "WIT")], ["2026-12-25", "2026-12-25"]);
  assert.deepEqual([inOneMonth(new Date("2026-11-24T16:30:00Z"), "WIB"), inOneMonth(new Date("2026-11-24T16:30:00Z"), "WITA")], ["2026-12-24", "2026-12-25"]);
  assert.equal(inOneMonth(new Date("2027-01-31T01:00:00Z"), "WITA"), "2027-02-28");
});
