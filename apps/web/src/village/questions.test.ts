import assert from "node:assert/strict";
import { test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { blankAnswers, faultsOf, questionsOf } from "./questions.ts";

const service = letterTypes.find((type) => type.level === "desa")?.code ?? assert.fail("no village letter");

test("every question of a village letter has a title in words and a kind that its answer passes", () => {
  const questions = questionsOf(service);
  assert.ok(questions.length > 8);
  for (const question of questions) assert.notEqual(question.title, question.name);
  const kindOf = new Map(questions.map((question) => [question.name, question.kind]));
  assert.deepEqual(["nama", "nik", "tanggalLahir", "jenisKelamin"].map((name) => kindOf.get(name)), ["text", "digits", "date", "choice"]);
});

test("blank answers are refused question by question, complete ones are not", () => {
  const blank = blankAnswers(service, "2026-12-24");
  assert.equal(blank["berlakuSampai"], "2026-12-24");
  assert.ok(faultsOf(service, blank).has("nama"));
  const complete = { ...blank, nama: "Sri", nik: "6409015405920001", kk: "6409010101100002", tempatLahir: "Penajam", tanggalLahir: "1992-05-14", agama: "Islam", pekerjaan: "Tani", alamat: "RT 04", keperluan: "bank" };
  assert.deepEqual([...faultsOf(service, complete)], []);
});
