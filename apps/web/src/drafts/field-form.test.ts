import assert from "node:assert/strict";
import { test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { blankOf, formOf, titleAt, withItem, withPart, type FieldShape } from "./field-form.ts";

const all = (shape: FieldShape): readonly FieldShape[] => [shape, ...(shape.kind === "group" ? shape.parts.flatMap(all) : shape.kind === "list" ? all(shape.item) : [])];

test("every question of every letter type can be drawn and has an Indonesian title", () => {
  for (const type of letterTypes) {
    const shape = formOf(type);
    const asked = typeof type.blank === "object" && type.blank !== null ? Object.keys(type.blank) : [];
    assert.deepEqual(shape?.parts.map((part) => part.name) ?? [], asked, type.title);
    for (const part of shape === undefined ? [] : shape.parts.flatMap(all)) assert.match(part.title, /^\p{Lu}/u, `${type.title}: ${part.name}`);
  }
});

test("dates, hours and numbers of fixed length are asked for as such", () => {
  const asked = letterTypes.flatMap((type) => formOf(type)?.parts ?? []).flatMap(all).filter((part) => part.kind === "text");
  const inputs = new Map(asked.map((part) => [part.title, part.input]));
  assert.equal(inputs.get("Hari, tanggal"), "date");
  assert.equal(inputs.get("Mulai pukul"), "hour");
  assert.equal(inputs.get("NIP"), "digits");
  assert.equal(inputs.get("Nama lengkap"), "line");
});

test("a blank answer of a list's item has every part", () => {
  const person = letterTypes.flatMap((type) => formOf(type)?.parts ?? []).find((part) => part.kind === "list" && part.item.kind === "group");
  assert.ok(person?.kind === "list");
  assert.deepEqual(blankOf(person.item), { nama: "", nip: null, pangkat: null, golongan: null, jabatan: "" });
});

test("answers are changed without touching the others", () => {
  assert.deepEqual(withPart({ a: 1, b: 2 }, "b", 3), { a: 1, b: 3 });
  assert.deepEqual(withPart(null, "b", 3), { b: 3 });
  assert.deepEqual(withItem(["a", "b"], 0, "c"), ["c", "b"]);
  assert.deepEqual(withItem(["a", "b"], 0, undefined), ["b"]);
  assert.deepEqual(withItem(undefined, 0, "a"), ["a"]);
});

test("a finding is told in the words of its question", () => {
  const people = letterTypes.flatMap((type) => formOf(type) ?? []).find((form) => form.parts.some((part) => part.name === "pegawai"));
  assert.ok(people);
  assert.equal(titleAt(people, ["pegawai", "0", "nip"]), "Pegawai yang ditugaskan 1, NIP");
  assert.equal(titleAt(people, ["dasar", "2"]), "Dasar 3");
  assert.equal(titleAt(people, ["untuk"]), "Untuk");
  assert.equal(titleAt(people, ["tidak-ada"]), "");
});
