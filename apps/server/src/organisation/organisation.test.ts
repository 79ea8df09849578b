import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { systemActor, type Actor } from "../kernel/actor.ts";
import type { Decision } from "../kernel/perform.ts";
import { always, factsAt, type Dated } from "./dated.ts";
import { decideDelegation, delegatedTo, evolveDelegation, type DelegationState } from "./delegation.ts";
import { answering, decideHolding, evolveHolding, type HoldingCommand, type HoldingState, type OtherHolding } from "./holding.ts";
import { covers, isInForce, isUnder, monthsLater, overlap, phaseOf } from "./mandate.ts";
import { decidePosition, type PositionCommand, type PositionFacts } from "./position.ts";
import { decideUnit, evolveUnit, type UnitCommand, type UnitFacts, type UnitState } from "./unit.ts";

const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const at = "2026-08-03T02:00:00.000Z";
const system = systemActor(id(1), at, "2026-08-03", "WITA", "uji");
const admin: Actor = { ...system, personName: "admin", functions: ["admin"] };
const sekda: Actor = { ...system, personName: "sekda", functions: ["leader"] };

const refusal = (decision: Decision<unknown>): string => ("refused" in decision ? decision.refused : "");

const dinas: UnitFacts = { code: "DISKOMINFO", name: "Dinas Komunikasi dan Informatika", shortName: "Diskominfo", parentId: null, kind: "dinas", letterhead: null };
const define = (facts: UnitFacts, since: string, above: readonly string[] | null = []): UnitCommand => ({ type: "define", id: id(50), facts, since, basis: null, above });
const unit = (...commands: readonly UnitCommand[]): UnitState =>
  commands.reduce<UnitState | null>((state, command) => {
    const decision = decideUnit(state, command, admin);
    assert.ok("events" in decision, JSON.stringify(decision));
    return decision.events.reduce<UnitState | null>(evolveUnit, state);
  }, null) ?? assert.fail("no unit");

describe("the organisation through time", () => {
  const renamed = { ...dinas, name: "Dinas Komunikasi, Informatika, dan Statistik" };
  const state = unit(define(dinas, always), define(renamed, "2026-09-01T16:00:00.000Z"), { type: "dissolve", since: "2027-01-01T16:00:00.000Z", basis: null, units: 0, posts: 0 });

  it("shows the name of the day: before, at and after each change", () => {
    for (const [when, name] of [
      ["1999-12-31T23:59:59.999Z", undefined],
      [always, dinas.name],
      ["2026-09-01T15:59:59.999Z", dinas.name],
      ["2026-09-01T16:00:00.000Z", renamed.name],
      ["2027-01-01T15:59:59.999Z", renamed.name],
      ["2027-01-01T16:00:00.000Z", undefined],
      ["2030-01-01T00:00:00.000Z", undefined],
    ] as const) assert.equal(factsAt<UnitFacts>(state, when)?.name, name, when);
  });

  it("does not change what has been in force, corrects what began at the same moment, and takes back only what is still to come", () => {
    const now = unit(define(dinas, "2026-08-01T00:00:00.000Z"));
    assert.equal(refusal(decideUnit(now, define(renamed, "2026-07-31T00:00:00.000Z"), admin)), "history_closed");
    assert.equal(unit(define(dinas, at), define(renamed, at)).periods.length, 1);
    assert.equal(refusal(decideUnit(now, { type: "withdraw", since: "2026-08-01T00:00:00.000Z" }, admin)), "history_closed");
    assert.equal(refusal(decideUnit(now, { type: "withdraw", since: "2026-08-02T00:00:00.000Z" }, admin)), "not_found");
    // From midnight of today in the office's own time (WITA), and not a moment before: neither a change, nor a correction of one, nor an end.
    const [midnight, before] = ["2026-08-02T16:00:00.000Z", "2026-08-02T15:59:59.999Z"];
    const old = unit(define(dinas, always));
    for (const [since, refused] of [[before, "history_closed"], [always, "history_closed"], [midnight, ""], [at, ""]] as const) {
      assert.equal(refusal(decideUnit(old, define(renamed, since), admin)), refused, since);
      if (since !== always) assert.equal(refusal(decideUnit(old, { type: "dissolve", since, basis: null, units: 0, posts: 0 }, admin)), refused, since);
      const facts = { unitId: id(50), title: "Kasi", shortTitle: "Kasi", superiorId: null, role: "kepala_seksi", functions: [], order: 1 };
      const post = { periods: [{ since: always, facts, basis: null }] };
      assert.equal(refusal(decidePosition(post, { type: "define", id: id(60), facts, since, basis: null, above: [], hasUnit: true }, admin)), refused, since);
    }
    assert.equal(refusal(decideUnit(null, define(dinas, "2010-01-01T00:00:00.000Z"), admin)), "", "what is entered for the first time changes nothing that was");
    const planned = unit(define(dinas, always), define(renamed, "2026-09-01T00:00:00.000Z"));
    const withdrawn = decideUnit(planned, { type: "withdraw", since: "2026-09-01T00:00:00.000Z" }, admin);
    assert.ok("events" in withdrawn);
    assert.equal(factsAt<UnitFacts>(withdrawn.events.reduce<UnitState | null>(evolveUnit, planned), "2027-01-01T00:00:00.000Z")?.name, dinas.name);
  });

  it("refuses loops, parents that do not exist, and an end for what still holds something", () => {
    assert.equal(refusal(decideUnit(null, define({ ...dinas, parentId: id(50) }, at, [id(50)]), admin)), "organisation_loop");
    assert.equal(refusal(decideUnit(null, define({ ...dinas, parentId: id(51) }, at, [id(51), id(50)]), admin)), "organisation_loop");
    assert.equal(refusal(decideUnit(null, define({ ...dinas, parentId: id(51) }, at, null), admin)), "parent_missing");
    const dissolve = (units: number, posts: number): UnitCommand => ({ type: "dissolve", since: at, basis: null, units, posts });
    assert.equal(refusal(decideUnit(unit(define(dinas, always)), dissolve(0, 1), admin)), "unit_not_empty");
    assert.equal(refusal(decideUnit(unit(define(dinas, always)), dissolve(1, 0), admin)), "unit_not_empty");
    assert.equal(refusal(decideUnit(unit(define(dinas, at)), dissolve(0, 0), admin)), "history_closed");
    assert.equal(refusal(decideUnit(null, dissolve(0, 0), admin)), "not_found");
    const post: PositionFacts = { unitId: id(50), title: "Kepala", shortTitle: "Kepala", superiorId: null, role: "kepala", functions: [], order: 0 };
    const held: Dated<PositionFacts> = { periods: [{ since: always, facts: post, basis: null }] };
    const close = (waiting: number, holders: number, subordinates: number): PositionCommand => ({ type: "close", since: at, basis: null, waiting, holders, subordinates });
    for (const [command, code] of [[close(3, 1, 1), "post_holds_work"], [close(0, 1, 1), "post_is_held"], [close(0, 0, 1), "post_has_subordinates"], [close(0, 0, 0), ""]] as const) assert.equal(refusal(decidePosition(held, command, admin)), code);
    assert.equal(refusal(decidePosition(null, { type: "define", id: id(60), facts: { ...post, superiorId: id(61) }, since: at, basis: null, above: [id(61), id(60)], hasUnit: true }, admin)), "organisation_loop");
    assert.equal(refusal(decidePosition(null, { type: "define", id: id(60), facts: post, since: at, basis: null, above: [], hasUnit: false }, admin)), "parent_missing");
  });

  it("is the admin's to write, and nobody else's", () => {
    assert.equal(refusal(decideUnit(null, define(dinas, at), sekda)), "not_yours");
  });
});

const decree = { number: "800.1.11.1/7/2026", date: "2026-08-01", letterId: null, file: null };
const holding = (more: Partial<HoldingState> = {}): HoldingState => ({ personId: id(10), positionId: id(20), kind: "plh", basis: "SPT", since: "2026-08-03T03:00:00.000Z", until: "2026-08-07T16:00:00.000Z", decree, scope: null, ended: null, ...more });
const definitive: OtherHolding = { personId: id(11), kind: "definitif", since: always, until: null, name: "Kadis" };
const begin = (more: Partial<HoldingState> = {}, others: readonly OtherHolding[] = [definitive], isCompetent = true, exists = true): HoldingCommand => ({ type: "begin", holding: holding(more), others, exists, isCompetent });

describe("holdings and mandates", () => {
  it("gives a mandate only by the competent superior, on a decree, forward in time, for the right kind of absence", () => {
    const past: OtherHolding = { ...definitive, until: "2026-07-01T00:00:00.000Z" };
    const earlierPlt: OtherHolding = { personId: id(10), kind: "plt", since: "2026-05-01T00:00:00.000Z", until: "2026-08-01T00:00:00.000Z", name: "Sekdis" };
    for (const [command, code] of [
      [begin(), ""],
      [begin({}, [definitive], false), "not_competent"],
      [begin({}, [definitive], true, false), "parent_missing"],
      [begin({ decree: null }), "mandate_needs_decree"],
      [begin({ until: null }), "mandate_needs_end"],
      [begin({ until: "2026-08-03T03:00:00.000Z" }), "end_before_start"],
      [begin({ since: "2026-08-02T15:59:59.999Z" }), "mandate_backdated"],
      [begin({ since: "2026-08-02T16:00:00.000Z" }), ""],
      [begin({ personId: id(11) }), "mandate_to_holder"],
      [begin({}, []), "plh_needs_holder"],
      [begin({}, [past]), "plh_needs_holder"],
      [begin({ kind: "plt" }), "plt_needs_vacancy"],
      [begin({ kind: "plt" }, [past]), ""],
      [begin({ kind: "plt", until: "2026-11-03T03:00:00.001Z" }, [past]), "mandate_too_long"],
      [begin({ kind: "plt", until: "2026-11-03T03:00:00.000Z" }, [past]), ""],
      [begin({ kind: "plt", until: "2026-11-01T00:00:00.000Z" }, [past, earlierPlt]), ""],
      [begin({ kind: "plt", until: "2026-11-02T00:00:00.000Z" }, [past, earlierPlt]), "mandate_too_long"],
      [begin({}, [definitive, { ...earlierPlt, kind: "plh", since: at, until: "2026-08-04T00:00:00.000Z" }]), "holding_overlap"],
      [begin({}, [definitive, { ...earlierPlt, kind: "plh", since: always, until: "2026-08-03T03:00:00.000Z" }]), ""],
    ] as const) assert.equal(refusal(decideHolding(null, command, sekda)), code, JSON.stringify(command));
  });

  it("enters appointments by the admin alone, one holder at a time", () => {
    const appointment = (more: Partial<HoldingState>, others: readonly OtherHolding[] = []): HoldingCommand => begin({ kind: "definitif", until: null, ...more }, others, true);
    assert.equal(refusal(decideHolding(null, appointment({}), admin)), "");
    assert.equal(refusal(decideHolding(null, appointment({}), sekda)), "not_yours");
    assert.equal(refusal(decideHolding(null, appointment({}, [definitive]), admin)), "holding_overlap");
    assert.equal(refusal(decideHolding(null, appointment({}, [{ ...definitive, until: "2026-08-03T03:00:00.000Z" }]), admin)), "");
    assert.equal(refusal(decideHolding(null, appointment({ kind: "pj" }, [definitive]), admin)), "", "a Pj. stands before the holder and is no mandate of a superior");
  });

  it("ends what runs, from now on, with a reason, and never leaves work with nobody", () => {
    const held = holding({ kind: "definitif", since: always, until: null });
    const end = (more: Partial<Extract<HoldingCommand, { type: "end" }>> = {}): HoldingCommand => ({ type: "end", at, reason: "Pensiun", leavesNobody: false, ...more });
    assert.equal(refusal(decideHolding(held, end(), admin)), "");
    assert.equal(refusal(decideHolding(held, end({ at: "2026-08-03T01:59:59.999Z" }), admin)), "in_the_past");
    assert.equal(refusal(decideHolding(held, end({ leavesNobody: true }), admin)), "post_holds_work");
    assert.equal(refusal(decideHolding(held, end({ reason: "" }), admin)), "reason_needed");
    assert.equal(refusal(decideHolding(held, end(), sekda)), "not_yours");
    assert.equal(refusal(decideHolding({ ...held, until: at }, end(), admin)), "wrong_state");
    assert.equal(refusal(decideHolding(holding(), end(), admin)), "wrong_state", "a mandate is revoked, not ended");
  });

  it("revokes a mandate at once, and one that has not begun as if it had never been", () => {
    const revoke: HoldingCommand = { type: "revoke", reason: "Kembali bertugas", isCompetent: true };
    const untilOf = (state: HoldingState): string | null => {
      const decision = decideHolding(state, revoke, sekda);
      assert.ok("events" in decision);
      return decision.events.reduce<HoldingState | null>(evolveHolding, state)?.until ?? null;
    };
    assert.equal(untilOf(holding({ since: "2026-08-01T00:00:00.000Z" })), at);
    const coming = holding();
    assert.equal(untilOf(coming), coming.since);
    assert.equal(isInForce({ since: coming.since, until: coming.since }, coming.since), false);
    assert.equal(refusal(decideHolding(holding(), { ...revoke, isCompetent: false }, sekda)), "not_competent");
    assert.equal(refusal(decideHolding(holding({ kind: "definitif" }), revoke, sekda)), "wrong_state");
    assert.equal(refusal(decideHolding(holding({ until: at }), revoke, sekda)), "wrong_state");
  });

  it("puts the acting official before the holder, at every boundary", () => {
    const kadis = { personId: id(11), kind: "definitif", since: always, until: null } as const;
    const plh = { personId: id(10), kind: "plh", since: "2026-08-02T16:00:00.000Z", until: "2026-08-07T16:00:00.000Z" } as const;
    for (const [when, who] of [
      ["2026-08-02T15:59:59.999Z", kadis],
      ["2026-08-02T16:00:00.000Z", plh],
      ["2026-08-07T15:59:59.999Z", plh],
      ["2026-08-07T16:00:00.000Z", kadis],
    ] as const) {
      assert.equal(answering<typeof kadis | typeof plh>([kadis, plh], when), who, when);
      assert.equal(answering<typeof kadis | typeof plh>([plh, kadis], when), who, when);
    }
    assert.equal(answering([plh], "2026-08-07T16:00:00.000Z"), undefined);
  });

  it("names where a mandate stands", () => {
    const span = { since: "2026-08-03T00:00:00.000Z", until: "2026-08-07T00:00:00.000Z" };
    assert.deepEqual(["2026-08-02T23:59:59.999Z", span.since, span.until].map((when) => phaseOf(span, false, when)), ["terjadwal", "aktif", "berakhir"]);
    assert.equal(phaseOf(span, true, span.since), "dicabut");
  });

  it("counts months as a calendar does", () => {
    assert.equal(monthsLater("2026-11-30T00:00:00.000Z", 3), "2027-02-28T00:00:00.000Z");
    assert.equal(monthsLater("2026-01-31T05:00:00.000Z", 3), "2026-04-30T05:00:00.000Z");
    assert.equal(monthsLater("2026-08-03T03:00:00.000Z", 6), "2027-02-03T03:00:00.000Z");
  });

  it("overlaps exactly when there is a moment in both", () => {
    const day = fc.option(fc.integer({ min: 0, max: 12 }), { nil: null, freq: 4 });
    const instant = (n: number): string => `2026-08-${String(n + 1).padStart(2, "0")}T00:00:00.000Z`;
    const span = fc.tuple(fc.integer({ min: 0, max: 12 }), day).map(([since, until]) => ({ since: instant(since), until: until === null ? null : instant(until) }));
    fc.assert(fc.property(span, span, (a, b) => {
      const shared = Array.from({ length: 14 }, (_, n) => instant(n)).some((when) => isInForce(a, when) && isInForce(b, when));
      assert.equal(overlap(a, b), shared);
    }));
  });
});

describe("scope and delegation", () => {
  it("reaches what is listed, and everything where nothing is", () => {
    assert.equal(isUnder("800.1.3.2", "800.1.3"), true);
    assert.equal(isUnder("800.1.31", "800.1.3"), false);
    const matter = { type: "XX", classification: "800.1.11.1" };
    for (const [scope, reached] of [
      [null, true],
      [{ types: [], classifications: [] }, true],
      [{ types: ["XX"], classifications: [] }, true],
      [{ types: ["YY"], classifications: [] }, false],
      [{ types: [], classifications: ["800.1"] }, true],
      [{ types: [], classifications: ["800.1.1"] }, false],
      [{ types: ["XX"], classifications: ["000"] }, false],
    ] as const) assert.equal(covers(scope, matter), reached, JSON.stringify(scope));
    assert.equal(covers({ types: [], classifications: ["800"] }, { type: "XX", classification: null }), false);
  });

  const an: DelegationState = { kind: "an", fromId: id(1), toId: id(2), basis: "SK", decree, scope: null, since: at, until: null, ended: null };
  const ub: DelegationState = { ...an, kind: "ub", fromId: id(2), toId: id(3), until: "2026-09-01T00:00:00.000Z" };

  it("is given by whoever holds the authority, one step down; u.b. only under an a.n.", () => {
    const give = (delegation: DelegationState, more: Partial<Parameters<typeof decideDelegation>[1] & { type: "give" }> = {}) => decideDelegation(null, { type: "give", delegation, isGiver: true, isBelow: true, received: [], ...more }, sekda);
    assert.equal(refusal(give(an)), "");
    assert.equal(refusal(give(an, { isGiver: false })), "not_competent");
    assert.equal(refusal(give(an, { isBelow: false })), "delegation_not_below");
    assert.equal(refusal(give({ ...an, until: at })), "end_before_start");
    assert.equal(refusal(give({ ...an, since: "2026-08-01T00:00:00.000Z" })), "mandate_backdated");
    assert.equal(refusal(give(ub)), "ub_needs_an");
    assert.equal(refusal(give(ub, { received: [an] })), "");
    assert.equal(refusal(give(ub, { received: [{ ...an, until: at }] })), "ub_needs_an");
    const revoked = decideDelegation(an, { type: "revoke", reason: "Ganti pejabat", isCompetent: true }, { ...sekda, at: "2026-08-05T00:00:00.000Z" });
    assert.ok("events" in revoked);
    assert.equal(revoked.events.reduce<DelegationState | null>(evolveDelegation, an)?.until, "2026-08-05T00:00:00.000Z");
  });

  it("lets a post sign in another's name for as long and as far as both links reach", () => {
    const matter = { type: "XX", classification: "000.1.5" };
    const chain = (all: readonly DelegationState[], signer: string, when = at): readonly string[] | undefined => delegatedTo(all, signer, matter, when)?.chain.map((link) => link.kind);
    assert.deepEqual(chain([an, ub], id(2)), ["an"]);
    assert.deepEqual(chain([an, ub], id(3)), ["an", "ub"]);
    assert.equal(chain([ub], id(3)), undefined, "u.b. needs its a.n.");
    assert.equal(chain([an, ub], id(3), "2026-09-01T00:00:00.000Z"), undefined);
    assert.equal(chain([{ ...an, scope: { types: [], classifications: ["800"] } }, ub], id(3)), undefined);
    assert.equal(chain([an, ub], id(1)), undefined, "nobody delegates upwards");
  });
});
