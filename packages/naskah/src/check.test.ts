import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNaskah } from "./check.ts";
import type { Doc } from "./document.ts";
import { blankNaskah, naskahSchema } from "./naskah.ts";
import type { Naskah } from "./naskah.ts";
import { letterTypes } from "./registry.ts";

const typeWith = (part: "hal" | "none") => {
  const found = letterTypes.find((type) => (part === "hal" ? type.family === "surat" : type.level === "desa"));
  assert(found !== undefined);
  return found;
};
const body = (text: string): Doc => ({ type: "doc", content: [{ type: "paragraph", content: [{ type: "text", text }] }] });
const good: Naskah = { hal: "Undangan rapat", sifat: "Biasa", lampiran: "1 (satu) berkas", yth: ["Camat Penajam"], tempat: "Penajam", body: body("Isi."), fields: {}, tembusan: ["Bupati"] };
const found = (content: Partial<Naskah>) => checkNaskah(typeWith("hal"), { ...good, ...content }).map(({ path, severity }) => `${path} ${severity}`);

test("a complete draft has no findings", () => assert.deepEqual(found({}), []));

const cases: readonly (readonly [string, Partial<Naskah>, readonly string[]])[] = [
  ["an empty subject", { hal: "" }, ["hal wajib"]],
  ["a subject with a full stop", { hal: "Undangan rapat." }, ["hal saran"]],
  ["a subject in capitals", { hal: "UNDANGAN RAPAT KERJA" }, ["hal saran"]],
  ["a subject beyond five lines", { hal: "kata ".repeat(40).trim() }, ["hal saran"]],
  ["no addressee", { yth: [] }, ["yth wajib"]],
  ["an empty addressee line", { yth: ["Camat", ""] }, ["yth.1 wajib"]],
  ["an addressee written with Yth.", { yth: ["Yth. Camat Penajam"] }, ["yth.0 saran"]],
  ["an addressee twice", { yth: ["Camat", "Camat"] }, ["yth.1 saran"]],
  ["no place", { tempat: null }, ["tempat wajib"]],
  ["an empty body", { body: { type: "doc", content: [{ type: "paragraph" }] } }, ["body wajib"]],
  ["an attachment without words", { lampiran: "1 berkas" }, ["lampiran saran"]],
  ["a body that ends with a table", { body: { type: "doc", content: [{ type: "table", content: [{ type: "tableRow", content: [{ type: "tableCell", content: [{ type: "paragraph", content: [{ type: "text", text: "x" }] }] }] }] }] } }, ["body saran"]],
  ["a letter no font of ours has, in the body", { body: body("中") }, ["body wajib"]],
  ["a letter no font of ours has, in a copy line", { tembusan: ["Bupati", "漢"] }, ["tembusan.1 wajib"]],
];
for (const [what, content, problems] of cases) test(`${what} is found`, () => assert.deepEqual(found(content), problems));

test("findings on the form are Indonesian and name the field", () => {
  const type = typeWith("none");
  const problems = checkNaskah(type, { ...blankNaskah(type), hal: "tidak dicetak" });
  assert(problems.some(({ path, message }) => path === "fields.nik" && message === "Harus 16 angka."));
  assert(problems.some(({ path, severity }) => path === "hal" && severity === "saran"));
  assert(problems.every(({ message }) => /^[A-Z].*\.$/.test(message) && !/invalid|expected|required/i.test(message)), JSON.stringify(problems));
});

test("every type starts with a draft that can be stored and is not yet complete", () => {
  for (const type of letterTypes) {
    const blank = blankNaskah(type);
    assert.deepEqual(naskahSchema.parse(JSON.parse(JSON.stringify(blank))), blank);
    assert(checkNaskah(type, blank).some(({ severity }) => severity === "wajib"), type.code);
  }
});
