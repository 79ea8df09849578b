import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { hashPopulation, toHex } from "@lontar/ledger";
import type { Actor } from "../kernel/actor.ts";
import type { InspectionState } from "../oversight/index.ts";
import { decideSample, evolveSample, redraw, statusOf, type SampleCommand, type SampleState } from "./sample.ts";
import { decideSavedQuery, evolveSavedQuery, type SavedQueryState } from "./saved-query.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const at = (time: string): string => `2026-11-24T${time}:00.000Z`;
const inspector = (over: Partial<Actor> = {}): Actor => ({
  tenantId: id(9), personId: id(100), personName: "Dra. Masitah", positionId: id(200), positionTitle: "Auditor Ahli Madya", unitId: id(1), holding: { id: id(300), kind: "definitif", basis: null, scope: null },
  asideFor: null, functions: ["inspector"], at: at("03:00"), today: "2026-11-24", zone: "WITA", requestId: "-", ...over,
});
const inspection: InspectionState = {
  positionId: id(200), positionTitle: "Auditor Ahli Madya", purpose: "Perjalanan dinas", decree: { number: "700/1", date: "2026-11-20", letterId: null, file: null }, basis: "SPT 700/1", reach: { units: [], types: [], classifications: [], from: null, to: null },
  since: at("01:00"), until: at("09:00"), given: { by: "Bupati", post: "Bupati" }, ended: null,
};
const filter = { q: "", kind: null, types: [], unitId: null, from: null, to: null };
const members = Array.from({ length: 40 }, (_, n) => id(1000 + n));
const letters = members.map((letterId, n) => ({ id: letterId, kind: "naskah" as const, number: `094/${n}` }));
const lock = (over: Partial<Extract<SampleCommand, { type: "lock" }>> = {}): SampleCommand => ({ type: "lock", inspection, inspectionId: id(500), title: "Surat tugas", filter, words: "semua", members, count: 5, source: "JISDOR BI 25 Nov 2026", ...over });
const tree = { size: 12, root: "ab".repeat(32) };
const draw = (over: Partial<Extract<SampleCommand, { type: "draw" }>> = {}): SampleCommand => ({ type: "draw", inspection, value: "16.412", members: letters, tree, ...over });

const outcome = (state: SampleState | null, command: SampleCommand, by = inspector()): string => {
  const decision = decideSample(state, command, by);
  return "refused" in decision ? decision.refused : decision.events.length === 0 ? "sudah" : "boleh";
};
const after = (state: SampleState | null, ...commands: readonly SampleCommand[]): SampleState => {
  const end = commands.reduce<SampleState | null>((before, command) => {
    const decision = decideSample(before, command, inspector());
    if ("refused" in decision) return assert.fail(decision.refused);
    return decision.events.reduce<SampleState | null>(evolveSample, before);
  }, state);
  return end ?? assert.fail("no sample");
};

describe("a spot check", () => {
  test("locks a list that is neither empty nor too long, under a mandate of one's own that runs", () => {
    for (const [command, by, expected] of [
      [lock(), inspector(), "boleh"], [lock({ members: [] }), inspector(), "sample_empty"], [lock({ members: members.slice(0, 4) }), inspector(), "sample_larger_than_list"],
      [lock(), inspector({ positionId: id(201) }), "not_yours"], [lock(), inspector({ asideFor: "Plh." }), "stands_aside"], [lock(), inspector({ at: at("00:59") }), "inspection_not_begun"], [lock(), inspector({ at: at("09:00") }), "inspection_over"],
    ] as const) assert.equal(outcome(null, command, by), expected);
    assert.equal(outcome(after(null, lock()), lock()), "already_exists");
    assert.equal(after(null, lock()).population.hash, toHex(hashPopulation(members)));
  });

  test("is drawn once, only when the log holds its lock, and by the announced fact with what it turned out to be", () => {
    const locked = after(null, lock());
    assert.equal(outcome(locked, draw({ tree: null })), "sample_not_in_log");
    const drawn = after(locked, draw());
    assert.equal(drawn.drawn?.fact, "JISDOR BI 25 Nov 2026: 16.412");
    assert.deepEqual(drawn.drawn?.letters.map((letter) => letter.place), redraw(locked, "JISDOR BI 25 Nov 2026: 16.412", tree));
    assert.ok(drawn.drawn?.letters.every((letter) => letters[letter.place]?.id === letter.id));
    assert.equal(outcome(drawn, draw({ value: "16.413" })), "sample_drawn");
    assert.notDeepEqual(redraw(locked, "JISDOR BI 25 Nov 2026: 16.413", tree), drawn.drawn?.letters.map((letter) => letter.place));
  });

  test("takes a verdict for its own letters alone, a note where one does not fit, and is over when each has its own", () => {
    const drawn = after(null, lock(), draw());
    const [first, ...rest] = drawn.drawn?.letters ?? [];
    const judge = (letterId: string, verdict: "cocok" | "catatan", note = ""): SampleCommand => ({ type: "judge", inspection, letterId, verdict, note });
    assert.equal(outcome(drawn, judge(id(1), "cocok")), "not_found");
    assert.equal(outcome(after(null, lock()), judge(members[0] ?? "", "cocok")), "not_found");
    assert.equal(outcome(drawn, judge(first?.id ?? "", "catatan")), "sample_note_needed");
    const once = after(drawn, judge(first?.id ?? "", "catatan", "Tanggal mundur"));
    assert.equal(outcome(once, judge(first?.id ?? "", "catatan", "Tanggal mundur")), "sudah");
    assert.equal(statusOf(once), "diundi");
    const whole = after(once, ...rest.map((letter) => judge(letter.id, "cocok")));
    assert.equal(statusOf(whole), "selesai");
    assert.equal(outcome(whole, judge(first?.id ?? "", "cocok")), "boleh", "an inspector may think again, and both verdicts stay on record");
    assert.equal(outcome(whole, { type: "abandon", inspection, reason: "-" }), "wrong_state");
  });

  test("given up, it stays on record and is neither drawn nor judged any more", () => {
    const given = after(null, lock(), { type: "abandon", inspection, reason: "Rentang tanggal keliru" });
    assert.equal(statusOf(given), "ditinggalkan");
    assert.equal(outcome(given, draw()), "sample_abandoned");
    assert.equal(outcome(given, { type: "abandon", inspection, reason: "lagi" }), "sample_abandoned");
  });
});

test("a saved search is an inspector's; its own post names, shares and removes it, and nobody after that", () => {
  const save = { type: "save", name: "Tanda tangan malam", query: { of: "surat", filter }, shared: false } as const;
  assert.ok("events" in decideSavedQuery(null, save, inspector()));
  assert.deepEqual(decideSavedQuery(null, save, inspector({ functions: ["admin"] })), { refused: "not_yours" });
  const decision = decideSavedQuery(null, save, inspector());
  const saved = "events" in decision ? decision.events.reduce<SavedQueryState | null>(evolveSavedQuery, null) : null;
  assert.deepEqual(decideSavedQuery(saved, { type: "change", name: save.name, shared: false }, inspector()), { events: [] });
  assert.deepEqual(decideSavedQuery(saved, { type: "change", name: "x", shared: true }, inspector({ positionId: id(7) })), { refused: "not_yours" });
  const removal = decideSavedQuery(saved, { type: "remove" }, inspector());
  const removed = "events" in removal ? removal.events.reduce<SavedQueryState | null>(evolveSavedQuery, saved) : null;
  assert.deepEqual(decideSavedQuery(removed, { type: "change", name: "x", shared: true }, inspector()), { refused: "not_found" });
});
