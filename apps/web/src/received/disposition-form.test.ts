import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { emptyDisposition, isDispositionDraft, makeResponsible, missing, shareWords, toggleInstruction, toggleRecipient, wordsFor, writeWords, type DispositionDraft } from "./disposition-form.ts";

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
  assert.deepEqual(missing(emptyDisposition, now), { fault: "no_recipient" });
  const chosen = toggleRecipient(emptyDisposition, post("a"), () => "1");
  assert.deepEqual(missing(chosen, now), { fault: "no_instruction" });
  assert.deepEqual(missing({ ...chosen, note: "  " }, now), { fault: "no_instruction" });
  assert.equal(missing({ ...chosen, note: "Hadiri." }, now), undefined);
  assert.deepEqual(missing({ ...chosen, ...toggleInstruction(chosen, "Siapkan bahan"), due: "2026-11-24T01:00:00Z" }, now), { fault: "due_in_past" });
});

const two = ["a", "b"].reduce<DispositionDraft>((draft, id) => toggleRecipient(draft, post(id), () => id), { ...emptyDisposition, instructions: ["Siapkan bahan"] });
const own = { instructions: ["Untuk diketahui"], note: "", due: undefined };

test("whoever has words of his own is not bound by the common ones, and may follow them again", () => {
  const written = writeWords(two, "b", own);
  assert.deepEqual([wordsFor(written, "a").instructions, wordsFor(written, "b").instructions, wordsFor(written, undefined).instructions], [["Siapkan bahan"], ["Untuk diketahui"], ["Siapkan bahan"]]);
  assert.deepEqual(wordsFor(writeWords(written, undefined, { ...own, instructions: ["Hadiri"] }), "b").instructions, ["Untuk diketahui"]);
  assert.deepEqual(shareWords(written, "b"), two);
  assert.deepEqual(shareWords(written, "a"), written);
  assert.equal(missing(written, now), undefined);
});

test("words of one's own that say nothing, or come too late, are named with their receiver", () => {
  const named = (words: Parameters<typeof writeWords>[2]) => { const found = missing(writeWords(two, "b", words), now); return [found?.fault, found?.of?.positionId]; };
  assert.deepEqual(named({ ...own, instructions: [] }), ["no_instruction", "b"]);
  assert.deepEqual(named({ ...own, due: "2026-11-24T01:00:00Z" }), ["due_in_past", "b"]);
  // Common words are not asked for when nobody is left who follows them.
  assert.equal(missing(writeWords(writeWords({ ...two, instructions: [] }, "a", own), "b", own), now), undefined);
});

test("who is unchosen takes his own words with him", () => {
  const again = toggleRecipient(toggleRecipient(writeWords(two, "b", own), post("b"), () => "x"), post("b"), () => "c");
  assert.deepEqual(wordsFor(again, "b").instructions, ["Siapkan bahan"]);
});

test("an instruction chosen twice is not chosen", () => {
  assert.deepEqual(toggleInstruction(toggleInstruction(emptyDisposition, "Siapkan bahan"), "Siapkan bahan").instructions, []);
});

test("a kept value of another shape is not restored", () => {
  assert.equal(isDispositionDraft(JSON.parse(JSON.stringify(toggleRecipient(emptyDisposition, post("a"), () => "1")))), true);
  assert.equal(isDispositionDraft(JSON.parse(JSON.stringify(writeWords(two, "b", own)))), true);
  for (const foreign of [null, { ...two, recipients: [{ id: "1", positionId: "a", title: "A", own: 3 }] }, 3, {}, { recipients: [1], instructions: [], note: "" }, { recipients: [], instructions: [2], note: "" }]) assert.equal(isDispositionDraft(foreign), false);
});
