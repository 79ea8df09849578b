import assert from "node:assert/strict";
import { test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { answerAt, blankAnswers, blankGroup, boundsOf, faultsOf, inOneMonth, questionsOf, withAnswer } from "./questions.ts";

const service = letterTypes.find((type) => type.level === "desa")?.code ?? assert.fail("no village letter");
const today = "2026-11-24";
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
  const faults = faultsOf(service, { ...blank, nik: "64" }, today);
  assert.deepEqual([faults.get("nama"), faults.get("nik"), faults.get("kk")], ["wajib diisi", "harus 16 angka", "wajib diisi"]);
  assert.deepEqual([...faultsOf(service, complete, today)], []);
});

test("a group that may not apply is answered part by part, and its faults name the part", () => {
  const group = questionsOf(service).find((question) => question.kind === "group") ?? assert.fail("no group");
  const opened = withAnswer(complete, group.path, blankGroup(group));
  assert.deepEqual([...faultsOf(service, opened, today).keys()], ["pengantar.dari", "pengantar.nomor", "pengantar.tanggal"]);
  const answered = [["pengantar.dari", "RT 04"], ["pengantar.nomor", "7/RT04"], ["pengantar.tanggal", "2026-11-20"]].reduce((answers, [path = "", answer]) => withAnswer(answers, path, answer), opened);
  assert.deepEqual([...faultsOf(service, answered, today)], []);
  assert.equal(answerAt(answered, "pengantar.nomor"), "7/RT04");
});

test("one month later is the same day, or the last of a shorter month", () => {
  assert.deepEqual([inOneMonth("2026-11-25"), inOneMonth("2027-01-31")], ["2026-12-25", "2027-02-28"]);
});

test("nobody is born tomorrow, and nothing is good until yesterday", () => {
  const bornOn = (day: string): boolean => faultsOf(service, { ...complete, tanggalLahir: day }, today).has("tanggalLahir");
  assert.deepEqual(["2026-11-24", "2026-11-25", "1899-12-31", "4/2/1988"].map(bornOn), [false, true, true, true]);
  assert.deepEqual([boundsOf("berlakuSampai", today), boundsOf("pengantar.tanggal", today)], [{ min: today }, {}]);
});
