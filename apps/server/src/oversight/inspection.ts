import { whyNot, type Actor, type Scope } from "../kernel/actor.ts";
import { localDate, type Id, type Instant, type LocalDate } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import { isInForce, monthsLater, type Decree } from "../organisation/index.ts";

/** How far a mandate of inspection reaches. Empty lists and open ends set no limit; `types` are those of issued letters, so with them no received letter is reached. */
export type Reach = Scope & { readonly units: readonly { readonly id: Id; readonly name: string }[]; readonly from: LocalDate | null; readonly to: LocalDate | null };

/** A mandate of inspection (domain §8.1 e): a post with the function may read the letters within reach, from a minute to a minute, on a decree. */
export type InspectionState = {
  readonly positionId: Id;
  readonly positionTitle: string;
  readonly purpose: string;
  readonly decree: Decree;
  /** The decree in words, as a Jejak names it. */
  readonly basis: string;
  readonly reach: Reach;
  readonly since: Instant;
  readonly until: Instant;
  readonly given: { readonly by: string; readonly post: string };
  /** Set when it was revoked before its time. */
  readonly ended: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

/** What is said of a mandate of inspection; what stands beside the words is gathered by the caller. */
export type InspectionCommand =
  | { readonly type: "give"; readonly inspection: Omit<InspectionState, "ended" | "given">; readonly isCompetent: boolean; readonly isInspector: boolean }
  | { readonly type: "revoke"; readonly reason: string; readonly isCompetent: boolean }
  | { readonly type: "search"; readonly q: string; readonly found: number }
  /** Acts were listed, a question was answered, something was taken out of the house; `words` say what was asked. */
  | { readonly type: "use"; readonly as: "traced" | "reported" | "exported"; readonly words: string; readonly found: number };

/** What happened to a mandate of inspection. */
export type InspectionEvent =
  | { readonly type: "inspection.given"; readonly at: Instant; readonly state: Omit<InspectionState, "ended"> }
  | { readonly type: "inspection.revoked"; readonly at: Instant; readonly by: string; readonly until: Instant; readonly reason: string }
  | { readonly type: "inspection.searched"; readonly at: Instant; readonly q: string; readonly found: number }
  | { readonly type: "inspection.traced"; readonly at: Instant; readonly words: string; readonly found: number }
  | { readonly type: "inspection.reported"; readonly at: Instant; readonly words: string; readonly found: number }
  | { readonly type: "inspection.exported"; readonly at: Instant; readonly words: string; readonly found: number };

/** No inspection is open-ended; a longer one is given anew. */
export const longestMonths = 12;

/** The rule: only a superior of the inspector gives it, never backwards; only the inspector uses it, and only while it runs. */
export const decideInspection = (state: InspectionState | null, command: InspectionCommand, by: Actor): Decision<InspectionEvent> => {
  switch (command.type) {
    case "give": {
      if (state !== null) return { refused: "already_exists" };
      const { inspection } = command;
      if (!command.isCompetent) return { refused: "not_competent" };
      if (!command.isInspector) return { refused: "inspection_not_inspector" };
      if (inspection.until <= inspection.since || inspection.until <= by.at) return { refused: "end_before_start" };
      if (localDate(inspection.since, by.zone) < by.today) return { refused: "mandate_backdated" };
      if (inspection.until > monthsLater(inspection.since, longestMonths)) return { refused: "inspection_too_long" };
      if (inspection.reach.from !== null && inspection.reach.to !== null && inspection.reach.to < inspection.reach.from) return { refused: "end_before_start" };
      return { events: [{ type: "inspection.given", at: by.at, state: { ...inspection, given: { by: by.personName, post: by.positionTitle } } }] };
    }
    case "revoke":
      if (state === null) return { refused: "not_found" };
      if (state.until <= by.at) return { refused: "wrong_state" };
      if (!command.isCompetent) return { refused: "not_competent" };
      if (command.reason === "") return { refused: "reason_needed" };
      return { events: [{ type: "inspection.revoked", at: by.at, by: by.personName, until: by.at < state.since ? state.since : by.at, reason: command.reason }] };
    case "search": {
      if (state === null) return { refused: "not_found" };
      const refused = mayUse(state, by);
      return refused === undefined ? { events: [{ type: "inspection.searched", at: by.at, q: command.q, found: command.found }] } : { refused };
    }
    case "use": {
      if (state === null) return { refused: "not_found" };
      const refused = mayUse(state, by);
      return refused === undefined ? { events: [{ type: `inspection.${command.as}`, at: by.at, words: command.words, found: command.found }] } : { refused };
    }
    default:
      throw command satisfies never;
  }
};

/** Why this actor may not read under the mandate now: it is not his, or it does not run. */
export const mayUse = (state: InspectionState, by: Actor): "not_yours" | "stands_aside" | "inspection_not_begun" | "inspection_over" | undefined => {
  const notHis = whyNot(by, by.positionId === state.positionId);
  if (notHis !== undefined) return notHis;
  if (by.at < state.since) return "inspection_not_begun";
  return isInForce(state, by.at) ? undefined : "inspection_over";
};

/** The mandate after an event. A look into its letters changes nothing of it. */
export const evolveInspection = (state: InspectionState | null, event: InspectionEvent): InspectionState => {
  if (event.type === "inspection.given") return { ...event.state, ended: null };
  if (state === null) throw new Error(`broken assumption: ${event.type} comes after inspection.given`);
  switch (event.type) {
    case "inspection.revoked":
      return { ...state, until: event.until, ended: { at: event.at, by: event.by, reason: event.reason } };
    case "inspection.searched":
    case "inspection.traced":
    case "inspection.reported":
    case "inspection.exported":
      return state;
    default:
      throw event satisfies never;
  }
};
