import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";

/** The levels of officials that SKKAAD tables speak of: who decides policy (eselon II), carries it out (III), supervises (IV). */
export type Level = "penentu_kebijakan" | "pelaksana_kebijakan" | "pengawas";

/** One row of the SKKAAD table (Perka ANRI 17/2011): who may read the letters of a class by the post he holds. */
export type ClassRight = {
  /** A classification code; the right covers all below it. */
  readonly prefix: string;
  readonly securities: readonly ("B" | "T" | "R" | "SR")[];
  /** Either every post of a level, or one post. */
  readonly level: Level | null;
  readonly positionId: Id | null;
  readonly positionTitle: string | null;
  /** Whose letters: of this unit and all below it; without, of the whole government. A level counts within the same unit. */
  readonly unitId: Id | null;
  readonly unitName: string | null;
  readonly basis: string;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly ended: { readonly at: Instant; readonly person: string; readonly reason: string } | null;
};

/** Before it is granted there is nothing. */
export type ClassRightState = { readonly status: "belum_ada" } | ({ readonly status: "berlaku" } & ClassRight);

/** Where granting starts. */
export const noClassRight: ClassRightState = { status: "belum_ada" };

type Granted = Omit<ClassRight, "ended">;

/** What the admin says. */
export type ClassRightCommand =
  | ({ readonly type: "grant"; readonly isKnown: boolean } & Granted)
  | { readonly type: "end"; readonly reason: string };

/** What happened to a row. */
export type ClassRightEvent =
  | ({ readonly type: "class_right.granted"; readonly at: Instant; readonly person: string } & Granted)
  | { readonly type: "class_right.ended"; readonly at: Instant; readonly person: string; readonly reason: string };

/** The rule: only the admin; nothing begins in the past, so that whose right it was on any day stays what it was. */
export const decideClassRight = (state: ClassRightState, command: ClassRightCommand, by: Actor): Decision<ClassRightEvent> => {
  switch (command.type) {
    case "grant": {
      if (state.status !== "belum_ada") return { refused: "already_exists" };
      if (!hasFunction(by, "admin")) return { refused: "not_yours" };
      const { type: _type, isKnown, ...granted } = command;
      if (!isKnown) return { refused: "classification_unknown" };
      if ((granted.level === null) === (granted.positionId === null)) return { refused: "right_for_whom" };
      if (granted.since < by.at) return { refused: "right_in_past" };
      if (granted.until !== null && granted.until <= granted.since) return { refused: "right_ends_first" };
      return { events: [{ type: "class_right.granted", at: by.at, person: by.personName, ...granted }] };
    }
    case "end":
      if (state.status === "belum_ada") return { refused: "not_found" };
      if (state.ended !== null || (state.until !== null && state.until <= by.at)) return { refused: "wrong_state" };
      if (!hasFunction(by, "admin")) return { refused: "not_yours" };
      if (command.reason === "") return { refused: "reason_needed" };
      return { events: [{ type: "class_right.ended", at: by.at, person: by.personName, reason: command.reason }] };
    default:
      return command satisfies never;
  }
};

/** The next state, from the event alone. A right that is ended before it began was never one. */
export const evolveClassRight = (state: ClassRightState, event: ClassRightEvent): ClassRightState => {
  if (event.type === "class_right.granted") {
    const { type: _type, at: _at, person: _person, ...granted } = event;
    return { status: "berlaku", ...granted, ended: null };
  }
  if (state.status === "belum_ada") throw new Error(`broken assumption: ${event.type} comes after class_right.granted`);
  return { ...state, until: event.at < state.since ? state.since : event.at, ended: { at: event.at, person: event.person, reason: event.reason } };
};
