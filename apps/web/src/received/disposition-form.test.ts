import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emptyDisposition, isDispositionDraft, makeResponsible, missing, toggleInstruction, toggleRecipient, type DispositionDraft } from "./disposition-form.ts";

const now = new Date("2026-11-24T01:12:00Z");
const post = (id: string) => ({ id, title: `Kepala ${id}`, holder: null });

test("whatever is clicked, exactly one recipient is responsible, or there is none at all", () => {
  const click = fc.record({ kind: fc.constantFrom("toggle", "responsible"), id: fc.constantFrom("a", "b", "c", "d") });
  fc.assert(fc.property(fc.array(click), (clicks) => {
    let counter = 0;
    const draft = clicks.reduce<DispositionDraft>((so, { kind, id }) => (kind === "toggle" ? toggleRecipient(so, post(id), () => String((counter += 1))) : makeResponsible(so, id)), emptyDisposition);
    assert.equal(draft.recipients.filter((each) => each.positionId === draft.responsible).length, draft.recipients.length === 0 ? 0 : 1);
    assert.equal(new Set(draft.recipients.map((each) => each.id)).size, draft.recipients.length);
  }));
});

test("the dialog asks first for a receiver, then for what to do, then for a time to come", () => {
  assert.equal(missing(emptyDisposition, now), "no_recipient");
  const chosen = toggleRecipient(emptyDisposition, post("a"), () => "1");
  assert.equal(missing(chosen, now), "no_instruction");
  assert.equal(missing({ ...chosen, note: "  " }, now), "no_instruction");
  assert.equal(missing({ ...chosen, note: "Hadiri." }, now), undefined);
  assert.equal(missing({ ...toggleInstruction(chosen, "Siapkan bahan"), due: "2026-11-24T01:00:00Z" }, now), "due_in_past");
});

test("an instruction chosen twice is not chosen", () => {
  assert.deepEqual(toggleInstruction(toggleInstruction(emptyDisposition, "Siapkan bahan"), "Siapkan bahan").instructions, []);
});

test("a kept value of another shape is not restored", () => {
  assert.equal(isDispositionDraft(JSON.parse(JSON.stringify(toggleRecipient(emptyDisposition, post("a"), () => "1")))), true);
  for (const foreign of [null, 3, {}, { recipients: [1], instructions: [], note: "" }, { recipients: [], instructions: [2], note: "" }]) assert.equal(isDispositionDraft(foreign), false);
});
