import type { Actor } from "../kernel/actor.ts";
import { hasFunction } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { always, earliestChange, factsAt, lastPeriod, withoutPeriod, withPeriod, type Dated, type Decree } from "./dated.ts";

/** What a unit prints above its letters; a unit without one uses its parent's. */
export type Letterhead = { readonly level: "opd" | "bupati" | "desa"; readonly lines: readonly string[]; readonly address: readonly string[]; readonly place: string };

/** A unit of the organisation: the regency, a dinas, a bidang, a desa. */
export type UnitFacts = { readonly code: string; readonly name: string; readonly shortName: string; readonly parentId: Id | null; readonly kind: string; readonly letterhead: Letterhead | null };

/** A unit with its history: a SOTK decree changes its name from a day on, and no letter of before. */
export type UnitState = Dated<UnitFacts>;

/** What an admin says of a unit; the facts beside it are gathered in the same transaction. */
export type UnitCommand =
  | { readonly type: "define"; readonly id: Id; readonly facts: UnitFacts; readonly since: Instant; readonly basis: Decree | null; readonly above: readonly Id[] | null }
  | { readonly type: "dissolve"; readonly since: Instant; readonly basis: Decree | null; readonly units: number; readonly posts: number }
  | { readonly type: "withdraw"; readonly since: Instant };

/** What happened to a unit. `unit.defined` of before dates has neither moment nor basis. */
export type UnitEvent =
  | { readonly type: "unit.defined"; readonly state: UnitFacts; readonly since?: Instant; readonly basis?: Decree | null }
  | { readonly type: "unit.dissolved"; readonly since: Instant; readonly basis: Decree | null }
  | { readonly type: "unit.plan_withdrawn"; readonly since: Instant };

/** Decides what a command makes of a unit. `above` of a definition: the parent and everything over it at that moment, null when there is no such parent. */
export const decideUnit = (state: UnitState | null, command: UnitCommand, by: Pick<Actor, "functions" | "at" | "today" | "zone">): Decision<UnitEvent> => {
  if (!hasFunction(by, "admin")) return { refused: "not_yours" };
  const last = lastPeriod(state);
  switch (command.type) {
    case "define":
      if (last !== undefined && command.since < earliestChange(last, by)) return { refused: "history_closed", facts: { since: earliestChange(last, by) } };
      if (command.above === null) return { refused: "parent_missing" };
      if (command.facts.parentId === command.id || command.above.includes(command.id)) return { refused: "organisation_loop" };
      return { events: [{ type: "unit.defined", state: command.facts, since: command.since, basis: command.basis }] };
    case "dissolve":
      if (last === undefined) return { refused: "not_found" };
      if (last.facts === null) return { refused: "wrong_state" };
      if (command.since <= last.since || command.since < earliestChange(last, by)) return { refused: "history_closed", facts: { since: earliestChange(last, by) } };
      if (command.units > 0 || command.posts > 0) return { refused: "unit_not_empty", facts: { units: command.units, posts: command.posts } };
      return { events: [{ type: "unit.dissolved", since: command.since, basis: command.basis }] };
    case "withdraw":
      return decideWithdrawal(state, command.since, by, "unit.plan_withdrawn");
    default:
      throw command satisfies never;
  }
};

/** Only what is not in force yet, and is the last thing decided, can be taken back. */
export const decideWithdrawal = <Type extends string>(state: Dated<unknown> | null, since: Instant, by: Pick<Actor, "at">, type: Type): Decision<{ readonly type: Type; readonly since: Instant }> => {
  if (lastPeriod(state)?.since !== since) return { refused: "not_found" };
  return since > by.at ? { events: [{ type, since }] } : { refused: "history_closed", facts: { since } };
};

/** The unit after an event. */
export const evolveUnit = (state: UnitState | null, event: UnitEvent): UnitState => {
  switch (event.type) {
    case "unit.defined":
      return withPeriod(state, { since: event.since ?? always, facts: event.state, basis: event.basis ?? null });
    case "unit.dissolved":
      return withPeriod(state, { since: event.since, facts: null, basis: event.basis });
    case "unit.plan_withdrawn":
      return withoutPeriod(state ?? { periods: [] }, event.since);
    default:
      throw event satisfies never;
  }
};

/** The facts of a unit at an instant. */
export const unitAt = (state: UnitState | null, at: Instant): UnitFacts | null => factsAt(state, at);
