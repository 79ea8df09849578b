import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { nobody, systemActor, type Actor, type PostFunction } from "../kernel/actor.ts";
import { decideFinding, evolveFinding, mayFinding, tracesOfFinding, type FindingCommand, type FindingState, type Found } from "./finding.ts";
import { nextSearch } from "./jobs.ts";
import { decideRule } from "./rule.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const now = "2026-11-24T03:00:00.000Z";
const actor = (n: number, functions: readonly PostFunction[] = [], at = now): Actor => ({
  tenantId: id(9), personId: id(100 + n), personName: `Orang ${n}`, positionId: id(200 + n), positionTitle: `Jabatan ${n}`, unitId: id(1), holding: { id: id(300 + n), kind: "definitif", basis: null, scope: null },
  asideFor: null, functions, at, today: at.slice(0, 10), zone: "WITA", requestId: "-",
});
const system = systemActor(id(9), now, "2026-11-24", "WITA", "-");
const inspector = actor(1, ["inspector"]);
const [watched, asked] = [actor(2, ["inspector"]), actor(3)];
const found: Found = { code: "A-04", at: now, facts: {}, evidence: [id(50)], people: [watched.personId], posts: [asked.positionId], place: { unitId: null, type: null, classification: null, dated: "2026-11-24" }, letter: null, measure: { days: 2 } };
const due = "2026-11-30T15:59:59.999Z";

const ask: FindingCommand = { type: "ask", isReached: true, positionId: asked.positionId, post: "Kepala Dinas", hasHolder: true, text: "Mohon dijelaskan", title: "Tanggal surat", due };
const say = (state: FindingState | null, command: FindingCommand, by: Actor): FindingState => {
  const decision = decideFinding(state, command, by);
  assert.ok("events" in decision, "refused" in decision ? decision.refused : "");
  return decision.events.reduce<FindingState | null>(evolveFinding, state) ?? assert.fail("no finding");
};
const outcome = (state: FindingState | null, command: FindingCommand, by: Actor): string => {
  const decision = decideFinding(state, command, by);
  return "refused" in decision ? decision.refused : decision.events.length === 0 ? "sudah" : "boleh";
};
const raised = say(null, { type: "raise", found }, system);

describe("a finding", () => {
  test("is raised by the system alone, and the same facts again are the same finding", () => {
    assert.equal(outcome(null, { type: "raise", found }, inspector), "not_yours");
    assert.equal(outcome(raised, { type: "raise", found }, system), "sudah");
    assert.equal(raised.status, "perlu_dijelaskan");
  });

  test("lapses when a changed measure no longer meets it, unless somebody was asked; and comes back with its measure", () => {
    const lapsed = say(raised, { type: "lapse" }, system);
    assert.equal(lapsed.status, "gugur");
    assert.equal(say(lapsed, { type: "raise", found }, system).status, "perlu_dijelaskan");
    assert.equal(outcome(say(raised, ask, inspector), { type: "lapse" }, system), "sudah");
    assert.equal(outcome(raised, { type: "lapse" }, inspector), "not_yours");
  });

  test("is dealt with by an inspector whose mandate reaches it and whom it does not concern", () => {
    assert.equal(outcome(raised, ask, inspector), "boleh");
    assert.equal(outcome(raised, { ...ask, isReached: false }, inspector), "not_found");
    assert.equal(outcome(raised, ask, actor(4, ["admin"])), "not_found");
    assert.equal(outcome(raised, ask, watched), "finding_about_you");
    assert.equal(outcome(raised, { type: "close", isReached: true, reason: "Saya sendiri" }, watched), "finding_about_you");
    assert.equal(outcome(raised, ask, { ...inspector, asideFor: "Plh." }), "stands_aside");
    assert.equal(outcome(raised, { ...ask, hasHolder: false }, inspector), "finding_post_vacant");
    assert.equal(outcome(raised, { ...ask, due: now }, inspector), "finding_due_past");
    assert.equal(outcome(raised, { type: "close", isReached: true, reason: "" }, inspector), "reason_needed");
  });

  test("waits on the desk of whoever was asked until that post answers; the question names no letter's words", () => {
    const waiting = say(raised, ask, inspector);
    const [duty, ...others] = tracesOfFinding(id(70), waiting).duties;
    assert.deepEqual([duty?.positionId, duty?.act, duty?.due, others.length], [asked.positionId, "jelaskan", due, 0]);
    assert.deepEqual(tracesOfFinding(id(70), waiting).readers, []);
    assert.equal(outcome(waiting, { type: "answer", text: "Karena banjir" }, actor(5)), "not_yours");
    assert.equal(outcome(waiting, { type: "answer", text: "" }, asked), "finding_answer_needed");
    const answered = say(waiting, { type: "answer", text: "Karena banjir" }, asked);
    assert.deepEqual([answered.status, answered.answer?.text, tracesOfFinding(id(70), answered).duties.length], ["dijawab", "Karena banjir", 0]);
    assert.equal(outcome(answered, { type: "answer", text: "Lagi" }, asked), "wrong_state");
  });

  test("is asked about again when the answer does not do, and closed with a reason, once", () => {
    const answered = say(say(raised, ask, inspector), { type: "answer", text: "Tidak tahu" }, asked);
    assert.equal(say(answered, ask, inspector).status, "menunggu_jawaban");
    const closed = say(answered, { type: "close", isReached: true, reason: "Ada izin tertulis" }, inspector);
    assert.deepEqual([closed.status, closed.closed?.reason], ["sudah_jelas", "Ada izin tertulis"]);
    assert.equal(outcome(closed, { type: "close", isReached: true, reason: "Lagi" }, inspector), "wrong_state");
    assert.equal(outcome(closed, { type: "raise", found }, system), "sudah");
    assert.deepEqual([mayFinding(raised, inspector), mayFinding(say(raised, ask, inspector), inspector), mayFinding(closed, inspector), mayFinding(raised, watched)], [["ask", "close"], ["close"], [], []]);
  });

  test("counts a look once within five minutes", () => {
    const look: FindingCommand = { type: "look", isReached: true, basis: "ST 1" };
    const seen = say(raised, look, inspector);
    assert.equal(outcome(seen, look, actor(1, ["inspector"], "2026-11-24T03:04:59.999Z")), "sudah");
    assert.equal(outcome(seen, look, actor(1, ["inspector"], "2026-11-24T03:05:00.000Z")), "boleh");
    assert.equal(outcome(seen, look, watched), "boleh");
  });
});

test("a measure is changed by an inspector who is not watched himself, within bounds and with a reason", () => {
  const set = { type: "set", code: "A-04", isOn: true, measure: { days: 5 }, isWithinBounds: true, reason: "Terlalu peka" } as const;
  const answer = (by: Actor, over: Partial<{ isWithinBounds: boolean; reason: string }> = {}): string => {
    const decision = decideRule(null, { ...set, ...over }, by);
    return "refused" in decision ? decision.refused : "boleh";
  };
  assert.deepEqual([answer(inspector), answer(actor(4, ["admin"])), answer(actor(4, ["admin", "inspector"])), answer(inspector, { isWithinBounds: false }), answer(inspector, { reason: "" }), answer({ ...inspector, personId: nobody, functions: [] })], ["boleh", "not_yours", "flag_not_by_watched", "flag_measure_wrong", "reason_needed", "not_yours"]);
});

test("the search of the night is at two by the government's clock", () => {
  assert.equal(nextSearch("2026-11-24T17:59:59.999Z", "WITA"), "2026-11-24T18:00:00.000Z");
  assert.equal(nextSearch("2026-11-24T18:00:00.000Z", "WITA"), "2026-11-25T18:00:00.000Z");
  assert.equal(nextSearch("2026-11-24T18:00:00.000Z", "WIB"), "2026-11-24T19:00:00.000Z");
});
