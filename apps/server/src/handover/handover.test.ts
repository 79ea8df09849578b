import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { nobody, type Actor } from "../kernel/actor.ts";
import { decideHandover, evolveHandover, tracesOfHandover, type HandoverCommand, type HandoverState } from "./handover.ts";

const id = (n: number): string => `019c0000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const at = "2026-12-01T01:00:00.000Z";
const actor = (personId: string): Actor => ({ tenantId: id(1), personId, personName: "Galih", positionId: id(20), positionTitle: "Admin", unitId: id(2), holding: { id: id(3), kind: "definitif", basis: null, scope: null }, asideFor: null, functions: ["admin"], at, today: "2026-12-01", zone: "WITA", requestId: "uji" });
const admin = actor(id(9));
const system = actor(nobody);
const facts = { positionId: id(30), title: "Kepala Dinas", holdingId: id(31), from: { personId: id(4), name: "Lama" }, to: { personId: id(5), name: "Baru" }, since: at, decree: { number: "1", date: "2026-11-20", letterId: id(6), file: null }, basis: "1 tanggal 20-11-2026", reason: null, letterId: id(7) };
const prepare = (change: Partial<Extract<HandoverCommand, { type: "prepare" }>> = {}): HandoverCommand => ({ type: "prepare", facts, isCompetent: true, isRunning: false, ...change });
const counts = { desk: 3, unread: 1, drafts: 2, delegations: 1, mandates: 0 };
const carryOut: HandoverCommand = { type: "carryOut", counts, left: [] };
const cancel = (change: Partial<Extract<HandoverCommand, { type: "cancel" }>> = {}): HandoverCommand => ({ type: "cancel", reason: "Batal", isCompetent: true, isSigned: false, ...change });

const outcome = (state: HandoverState | null, command: HandoverCommand, by: Actor): string => {
  const decision = decideHandover(state, command, by);
  return "refused" in decision ? decision.refused : decision.events.map((event) => event.type).join() || "(sudah demikian)";
};
const after = (state: HandoverState | null, command: HandoverCommand, by: Actor): HandoverState => {
  const decision = decideHandover(state, command, by);
  assert.ok("events" in decision, JSON.stringify(decision));
  const next = decision.events.reduce<HandoverState | null>(evolveHandover, state);
  return next ?? assert.fail("nothing happened");
};

describe("a hand-over", () => {
  const waiting = after(null, prepare(), admin);
  const done = after(waiting, carryOut, system);
  const dropped = after(waiting, cancel(), admin);

  it("is prepared once, by whoever is competent, for someone else", () => {
    assert.equal(waiting.status, "menunggu");
    assert.equal(outcome(null, prepare({ isCompetent: false }), admin), "not_competent");
    assert.equal(outcome(null, prepare({ isRunning: true }), admin), "handover_running");
    assert.equal(outcome(null, prepare({ facts: { ...facts, to: facts.from } }), admin), "handover_same_person");
    assert.equal(outcome(waiting, prepare(), admin), "already_exists");
  });
  it("is carried out by the signature's job alone, and only once", () => {
    assert.equal(outcome(waiting, carryOut, admin), "not_yours");
    assert.deepEqual(done.done, { at, counts, left: [] });
    for (const state of [done, dropped]) assert.equal(outcome(state, carryOut, system), "(sudah demikian)");
  });
  it("is cancelled only before it was signed, with a reason", () => {
    assert.equal(dropped.cancelled?.reason, "Batal");
    assert.equal(outcome(waiting, cancel({ isSigned: true }), admin), "wrong_state");
    assert.equal(outcome(waiting, cancel({ isCompetent: false }), admin), "not_competent");
    assert.equal(outcome(waiting, cancel({ reason: "" }), admin), "reason_needed");
    assert.equal(outcome(done, cancel(), admin), "wrong_state");
    assert.equal(outcome(null, cancel(), admin), "not_found");
  });
  it("is read by both people, by the post and by who prepared it, and waits on no desk", () => {
    const traces = tracesOfHandover(id(8), waiting);
    assert.deepEqual(traces.readers.map((reader) => reader.holder), [`person:${id(4)}`, `person:${id(5)}`, `position:${id(30)}`, `position:${id(20)}`]);
    assert.deepEqual(traces.duties, []);
  });
});
