import assert from "node:assert/strict";
import { describe, test } from "node:test";
import type { Actor, PostFunction } from "../kernel/actor.ts";
import { decideEmergency, evolveEmergency, tracesOfEmergency, type EmergencyCommand, type EmergencyState } from "./emergency.ts";
import { decideInspection, evolveInspection, type InspectionCommand, type InspectionState } from "./inspection.ts";
import { decideLook, evolveLook, tracesOfLook, type LookCommand, type LookState } from "./look.ts";
import { decideSecretReading, evolveSecretReading, type SecretReadingState } from "./secret-reading.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const actor = (n: number, at: string, functions: readonly PostFunction[] = []): Actor => ({
  tenantId: id(9), personId: id(100 + n), personName: `Orang ${n}`, positionId: id(200 + n), positionTitle: `Jabatan ${n}`, unitId: id(1), holding: { id: id(300 + n), kind: "definitif", basis: null, scope: null },
  asideFor: null, functions, at, today: at.slice(0, 10), zone: "WITA", requestId: "-",
});
const clock = (time: string): string => `2026-11-24T${time}Z`;
const letter = { id: id(60), kind: "surat", number: "R-1/2026", security: "R" } as const;
const open = (over: Partial<Extract<EmergencyCommand, { type: "open" }>> = {}): EmergencyCommand => ({
  type: "open", letter, reason: "Banjir di Sepaku, pemegang surat tidak dapat dihubungi", standing: "admin", minutes: 60, alarmed: [{ positionId: id(202), title: "Kepala" }, { positionId: id(203), title: "Inspektur" }], isHeard: true, mayReadAnyway: false, isRunning: false, ...over,
});
const opened = (): EmergencyState => {
  const decision = decideEmergency(null, open(), actor(1, clock("03:00:00.000")));
  assert.ok("events" in decision);
  return decision.events.reduce<EmergencyState | null>(evolveEmergency, null) ?? assert.fail("nothing opened");
};
const outcome = (decision: { readonly events: readonly unknown[] } | { readonly refused: string }): string => ("refused" in decision ? decision.refused : decision.events.length === 0 ? "sudah" : "boleh");

describe("a letter opened in an emergency", () => {
  test("is refused by name: to whom it may not be, for what is SR, without need, twice, without a reason, and when nobody would hear", () => {
    const by = actor(1, clock("03:00:00.000"));
    for (const [over, expected] of [
      [{}, "boleh"], [{ standing: null }, "emergency_not_yours"], [{ letter: { ...letter, security: "SR" } }, "emergency_not_for_sr"], [{ mayReadAnyway: true }, "emergency_not_needed"], [{ isRunning: true }, "emergency_running"],
      [{ reason: "  perlu segera       x" }, "emergency_reason_short"], [{ isHeard: false }, "emergency_unheard"],
    ] as const) assert.equal(outcome(decideEmergency(null, open(over), by)), expected);
    assert.equal(outcome(decideEmergency(null, open(), { ...by, asideFor: "Plh." })), "stands_aside");
    assert.equal(outcome(decideEmergency(opened(), open(), by)), "already_exists");
  });

  test("begins at its minute, ends by itself at its minute, and nothing of it can be lengthened", () => {
    const state = opened();
    assert.equal(state.until, clock("04:00:00.000"));
    for (const [time, expected] of [["03:00:00.000", "boleh"], ["03:59:59.999", "boleh"], ["04:00:00.000", "emergency_over"], ["09:00:00.000", "emergency_over"]] as const) {
      assert.equal(outcome(decideEmergency(state, { type: "read", part: { what: "surat", sha256: null } }, actor(1, clock(time)))), expected, time);
      assert.equal(outcome(decideEmergency(state, { type: "close" }, actor(1, clock(time)))), expected, time);
    }
    const closed = evolveEmergency(state, { type: "emergency.closed", at: clock("03:10:00.000") });
    assert.equal(outcome(decideEmergency(closed, { type: "read", part: { what: "surat", sha256: null } }, actor(1, clock("03:10:00.000")))), "emergency_over");
  });

  test("each reading is an event; the same part within five minutes is the same reading, another file is another", () => {
    let state = opened();
    const read = (time: string, part: Extract<EmergencyCommand, { type: "read" }>["part"]): string => {
      const decision = decideEmergency(state, { type: "read", part }, actor(1, clock(time)));
      if ("events" in decision) state = decision.events.reduce(evolveEmergency, state);
      return outcome(decision);
    };
    const file = (name: string) => ({ what: "berkas", sha256: name.repeat(64) }) as const;
    assert.deepEqual([read("03:00:10.000", { what: "surat", sha256: null }), read("03:00:20.000", file("a")), read("03:01:00.000", file("a")), read("03:01:00.000", file("b")), read("03:05:19.999", file("a")), read("03:05:20.000", file("a"))], ["boleh", "boleh", "sudah", "boleh", "sudah", "boleh"]);
    assert.equal(state.readings, 4);
    assert.equal(outcome(decideEmergency(state, { type: "read", part: file("a") }, actor(2, clock("03:30:00.000")))), "not_yours");
  });

  test("stands on every alarmed desk until that post says it knows; the opener cannot quieten it", () => {
    let state = opened();
    const desks = (): readonly string[] => tracesOfEmergency(id(70), state).duties.map((duty) => duty.positionId);
    assert.deepEqual(desks(), [id(202), id(203)]);
    assert.equal(outcome(decideEmergency(state, { type: "acknowledge", note: "" }, actor(1, clock("03:02:00.000")))), "not_yours");
    assert.equal(outcome(decideEmergency(state, { type: "acknowledge", note: "" }, { ...actor(1, clock("03:02:00.000")), positionId: id(202) })), "not_yours");
    const known = decideEmergency(state, { type: "acknowledge", note: "Sudah dicek" }, actor(2, "2026-11-26T03:00:00.000Z"));
    assert.ok("events" in known);
    state = known.events.reduce(evolveEmergency, state);
    assert.deepEqual(desks(), [id(203)]);
    assert.equal(outcome(decideEmergency(state, { type: "acknowledge", note: "" }, actor(2, "2026-11-26T04:00:00.000Z"))), "sudah");
    // The duty names the number, never the subject: it stands on desks that may not read inside.
    assert.match(tracesOfEmergency(id(70), state).duties[0]?.title ?? "", /nomor R-1\/2026/);
  });
});

describe("a mandate of inspection", () => {
  const decree = { number: "700/1/2026", date: "2026-11-20", letterId: id(61), file: null };
  const reach = { units: [], types: [], classifications: ["900.1"], from: null, to: null };
  const inspection = { positionId: id(203), positionTitle: "Inspektur", purpose: "Pemeriksaan belanja", decree, basis: "700/1/2026", reach, since: clock("03:00:00.000"), until: "2026-12-24T16:00:00.000Z" };
  const give = (over: Partial<typeof inspection> = {}, facts: { readonly isCompetent?: boolean; readonly isInspector?: boolean } = {}): InspectionCommand => ({ type: "give", inspection: { ...inspection, ...over }, isCompetent: facts.isCompetent ?? true, isInspector: facts.isInspector ?? true });
  const given: InspectionState = evolveInspection(null, { type: "inspection.given", at: clock("01:00:00.000"), state: { ...inspection, given: { by: "Bupati", post: "Bupati" } } });
  const superior = actor(1, clock("01:00:00.000"), ["leader"]);

  test("is given by a superior to an inspector's post, forward in time, for a year at most", () => {
    for (const [command, expected] of [
      [give(), "boleh"], [give({}, { isCompetent: false }), "not_competent"], [give({}, { isInspector: false }), "inspection_not_inspector"], [give({ until: inspection.since }), "end_before_start"],
      [give({ since: "2026-11-22T15:59:59.999Z" }), "mandate_backdated"], [give({ until: "2027-11-24T03:00:00.001Z" }), "inspection_too_long"], [give({ until: "2027-11-24T03:00:00.000Z" }), "boleh"],
    ] as const) assert.equal(outcome(decideInspection(null, command, superior)), expected);
    assert.equal(outcome(decideInspection(given, give(), superior)), "already_exists");
  });

  const look = (over: Partial<LookCommand> = {}): LookCommand => ({ type: "read", part: { what: "surat", sha256: null }, letter: { ...letter, security: "B" }, inspectionId: id(80), inspection: given, isReached: true, ...over });

  test("reads from its first moment to the one before its last, in the inspector's own post alone, and only what it reaches", () => {
    for (const [at, expected] of [[clock("02:59:59.999"), "inspection_not_begun"], [clock("03:00:00.000"), "boleh"], ["2026-12-24T15:59:59.999Z", "boleh"], ["2026-12-24T16:00:00.000Z", "inspection_over"]] as const) {
      assert.equal(outcome(decideLook(null, look(), actor(3, at, ["inspector"]))), expected, at);
      assert.equal(outcome(decideInspection(given, { type: "search", q: "", found: 0 }, actor(3, at, ["inspector"]))), expected, at);
    }
    assert.equal(outcome(decideLook(null, look(), actor(4, clock("04:00:00.000"), ["inspector"]))), "not_yours");
    assert.equal(outcome(decideLook(null, look(), { ...actor(3, clock("04:00:00.000")), asideFor: "Plh." })), "stands_aside");
    assert.equal(outcome(decideLook(null, look({ isReached: false }), actor(3, clock("04:00:00.000")))), "outside_inspection");
  });

  test("revoked, it ends at that moment; what was read under it stays recorded", () => {
    const revoked = decideInspection(given, { type: "revoke", reason: "Selesai lebih cepat", isCompetent: true }, actor(1, clock("05:00:00.000")));
    assert.ok("events" in revoked);
    const ended = revoked.events.reduce<InspectionState | null>(evolveInspection, given) ?? assert.fail("nothing left");
    for (const [time, expected] of [["04:59:59.999", "boleh"], ["05:00:00.000", "inspection_over"]] as const) assert.equal(outcome(decideLook(null, look({ inspection: ended }), actor(3, clock(time)))), expected, time);
    assert.equal(outcome(decideInspection(given, { type: "revoke", reason: "", isCompetent: true }, superior)), "reason_needed");
    assert.equal(outcome(decideInspection(given, { type: "revoke", reason: "x", isCompetent: false }, superior)), "not_competent");
    assert.equal(outcome(decideInspection(ended, { type: "revoke", reason: "x", isCompetent: true }, actor(1, clock("06:00:00.000")))), "wrong_state");
  });

  test("of what is secret it shows the envelope", () => {
    const sights = (["B", "T", "R", "SR"] as const).map((security) => {
      const decision = decideLook(null, look({ letter: { ...letter, security } }), actor(3, clock("04:00:00.000")));
      const state = "events" in decision ? decision.events.reduce<LookState | null>(evolveLook, null) : null;
      return tracesOfLook(id(81), state).readers[0]?.sight ?? "isi";
    });
    assert.deepEqual(sights, ["isi", "isi", "sampul", "sampul"]);
  });
});

test("a secret letter read by one's own right is an event once a day, an open one never", () => {
  const by = actor(1, clock("03:00:00.000"));
  const first = decideSecretReading(null, { type: "read", letter }, by);
  assert.ok("events" in first);
  const state = first.events.reduce<SecretReadingState | null>(evolveSecretReading, null);
  assert.deepEqual(state, { letterId: letter.id, personId: by.personId, kind: "surat", lastDay: "2026-11-24", days: 1 });
  assert.equal(outcome(decideSecretReading(state, { type: "read", letter }, actor(1, clock("09:00:00.000")))), "sudah");
  assert.equal(outcome(decideSecretReading(state, { type: "read", letter }, actor(1, "2026-11-25T03:00:00.000Z"))), "boleh");
  assert.equal(outcome(decideSecretReading(null, { type: "read", letter: { ...letter, security: "SR" } }, by)), "boleh");
  for (const security of ["B", "T"] as const) assert.equal(outcome(decideSecretReading(null, { type: "read", letter: { ...letter, security } }, by)), "sudah");
});
