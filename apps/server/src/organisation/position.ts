import { hasFunction, type Actor, type PostFunction } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { always, earliestChange, lastPeriod, withoutPeriod, withPeriod, type Dated, type Decree } from "./dated.ts";
import { decideWithdrawal } from "./unit.ts";

/** A post: letters are addressed to it, and whoever holds it on that day can act. */
export type PositionFacts = {
  readonly unitId: Id;
  readonly title: string;
  readonly shortTitle: string;
  readonly superiorId: Id | null;
  /** Role in an approval chain: `kepala`, `sekretaris`, `kepala_bidang`, `kepala_seksi`, `ketua_tim`, `staf`, `bupati`, `sekda`, `asisten`, `kades`, `sekdes`, `operator`, `tata_usaha` … */
  readonly role: string;
  readonly functions: readonly PostFunction[];
  readonly order: number;
  /** How import and export name the post; absent in posts of before there were any. */
  readonly code?: string | null | undefined;
};

/** A post with its history. */
export type PositionState = Dated<PositionFacts>;

/** What an admin says of a post. `above`: the superior and everyone over him at that moment, null when there is no such post; `waiting`: things on its desk. */
export type PositionCommand =
  | { readonly type: "define"; readonly id: Id; readonly facts: PositionFacts; readonly since: Instant; readonly basis: Decree | null; readonly above: readonly Id[] | null; readonly hasUnit: boolean }
  | { readonly type: "close"; readonly since: Instant; readonly basis: Decree | null; readonly waiting: number; readonly holders: number; readonly subordinates: number }
  | { readonly type: "withdraw"; readonly since: Instant };

/** What happened to a post. */
export type PositionEvent =
  | { readonly type: "position.defined"; readonly state: PositionFacts; readonly since?: Instant; readonly basis?: Decree | null }
  | { readonly type: "position.closed"; readonly since: Instant; readonly basis: Decree | null }
  | { readonly type: "position.plan_withdrawn"; readonly since: Instant };

/** Decides what a command makes of a post. A post that holds work, people or subordinates is not closed: each would be left without anyone who answers. */
export const decidePosition = (state: PositionState | null, command: PositionCommand, by: Pick<Actor, "functions" | "at" | "today" | "zone">): Decision<PositionEvent> => {
  if (!hasFunction(by, "admin")) return { refused: "not_yours" };
  const last = lastPeriod(state);
  switch (command.type) {
    case "define":
      if (last !== undefined && command.since < earliestChange(last, by)) return { refused: "history_closed", facts: { since: earliestChange(last, by) } };
      if (command.above === null || !command.hasUnit) return { refused: "parent_missing" };
      if (command.facts.superiorId === command.id || command.above.includes(command.id)) return { refused: "organisation_loop" };
      return { events: [{ type: "position.defined", state: command.facts, since: command.since, basis: command.basis }] };
    case "close":
      if (last === undefined) return { refused: "not_found" };
      if (last.facts === null) return { refused: "wrong_state" };
      if (command.since <= last.since || command.since < earliestChange(last, by)) return { refused: "history_closed", facts: { since: earliestChange(last, by) } };
      if (command.waiting > 0) return { refused: "post_holds_work", facts: { waiting: command.waiting } };
      if (command.holders > 0) return { refused: "post_is_held", facts: { holders: command.holders } };
      if (command.subordinates > 0) return { refused: "post_has_subordinates", facts: { subordinates: command.subordinates } };
      return { events: [{ type: "position.closed", since: command.since, basis: command.basis }] };
    case "withdraw":
      return decideWithdrawal(state, command.since, by, "position.plan_withdrawn");
    default:
      throw command satisfies never;
  }
};

/** The post after an event. */
export const evolvePosition = (state: PositionState | null, event: PositionEvent): PositionState => {
  switch (event.type) {
    case "position.defined":
      return withPeriod(state, { since: event.since ?? always, facts: event.state, basis: event.basis ?? null });
    case "position.closed":
      return withPeriod(state, { since: event.since, facts: null, basis: event.basis });
    case "position.plan_withdrawn":
      return withoutPeriod(state ?? { periods: [] }, event.since);
    default:
      throw event satisfies never;
  }
};
