import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { accept, doubtful, edit, emptyForm, factFields, factsOf, fillFrom, isFactsForm, proposalsByField, stateOf, type FactsForm, type Proposal } from "./facts-form.ts";

const today = "2026-11-24";
const read = (field: string, value: string, confidence = 0.97): Proposal => ({ field, value, raw: value, page: 1, box: { x: 0, y: 0, w: 1, h: 0.02 }, confidence });
const scan = proposalsByField([read("sender", "Dinas Kominfo Provinsi Kalimantan Timur"), read("number", "000.1.5/2214/DISKOMINFO-I/2026"), read("date", "2026-11-19"), read("subject", "Undangan Rapat"), read("urgency", "Segera", 0.71), read("addressee", "Kepala Dinas")]);

test("what was read fills the form, and says where it stands", () => {
  const form = fillFrom(emptyForm(today), scan);
  assert.equal(form.values.number, "000.1.5/2214/DISKOMINFO-I/2026");
  assert.equal(form.values.urgency, "segera");
  assert.equal(stateOf(form, "number", scan.get("number")), "proposed");
  assert.equal(stateOf(form, "urgency", scan.get("urgency")), "low");
  assert.equal(stateOf(form, "attachment", scan.get("attachment")), "none");
  assert.deepEqual(doubtful(form, scan), ["urgency"]);
  assert.deepEqual(doubtful(accept(form, "urgency"), scan), []);
});

test("a later reading never overwrites what a person typed or accepted", () => {
  fc.assert(fc.property(fc.subarray([...factFields]), fc.string(), (fields, text) => {
    const typed = fields.reduce<FactsForm>((form, field) => edit(form, field, text), emptyForm(today));
    const after = fillFrom(typed, scan);
    for (const field of fields) assert.equal(after.values[field], text);
  }));
  const accepted = accept(fillFrom(emptyForm(today), scan), "number");
  assert.equal(fillFrom(accepted, proposalsByField([read("number", "lain")])).values.number, "000.1.5/2214/DISKOMINFO-I/2026");
});

test("filling again with the same reading changes nothing at all", () => {
  const form = fillFrom(emptyForm(today), scan);
  assert.equal(fillFrom(form, scan), form);
});

test("the best of two proposals wins; a value that the field cannot take is none", () => {
  assert.equal(proposalsByField([read("number", "a", 0.5), read("number", "b", 0.9)]).get("number")?.value, "b");
  assert.equal(proposalsByField([read("date", "19 Nov")]).size, 0);
  assert.equal(proposalsByField([read("date", "2026-02-31")]).size, 0);
  assert.equal(proposalsByField([read("urgency", "Amat Segera")]).get("urgency")?.value, "amat_segera");
  assert.equal(proposalsByField([read("urgency", "Penting sekali")]).size, 0);
});

test("each missing or impossible field is named", () => {
  const faults = (form: FactsForm) => {
    const outcome = factsOf(form, today);
    return "faults" in outcome ? Object.fromEntries(outcome.faults) : {};
  };
  assert.deepEqual(faults(emptyForm(today)), { sender: "missing", number: "missing", date: "missing", subject: "missing" });
  const full = fillFrom(emptyForm(today), scan);
  assert.deepEqual(faults(full), {});
  assert.deepEqual(faults(edit(full, "date", "2026-11-25")), { date: "in_future" });
  assert.deepEqual(faults(edit(full, "due", "besok")), { due: "not_a_date" });
  assert.deepEqual(faults(edit(full, "sender", "   ")), { sender: "missing" });
  assert.deepEqual(faults(edit(full, "sender", "x".repeat(201))), { sender: "too_long" });
});

test("the facts carry empty choices as null and foreign ones as the usual", () => {
  const outcome = factsOf(edit(edit(fillFrom(emptyForm(today), scan), "medium", "merpati"), "due", "2026-12-01"), today);
  assert.ok("facts" in outcome);
  assert.equal(outcome.facts.medium, "kertas");
  assert.equal(outcome.facts.classification, null);
  assert.equal(outcome.facts.due, "2026-12-01");
});

test("only a whole form is restored", () => {
  assert.equal(isFactsForm(JSON.parse(JSON.stringify(emptyForm(today)))), true);
  for (const foreign of [null, {}, { values: {}, handled: {} }, { values: null, handled: {} }]) assert.equal(isFactsForm(foreign), false);
});
