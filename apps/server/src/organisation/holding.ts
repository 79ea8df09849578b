import { hasFunction, type Actor, type HoldingKind, type Scope } from "../kernel/actor.ts";
import { localDate, type Id, type Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Decree } from "./dated.ts";
import { isInForce, isMandate, monthsLater, overlap, type Span } from "./mandate.ts";

/** A dated holding of a post by a person (domain §1.6); by mandate it is that of a Plt. or Plh., with a decree and perhaps a scope. */
export type HoldingState = {
  readonly personId: Id;
  readonly positionId: Id;
  readonly kind: HoldingKind;
  /** The decree in words, as signature blocks and the public page name it. */
  readonly basis: string | null;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly decree?: Decree | null;
  readonly scope?: Scope | null;
  /** Set when someone ended it before its time, or a mandate was revoked. */
  readonly ended?: { readonly at: Instant; readonly by: string; readonly reason: string; readonly revoked: boolean } | null;
};

/** A holding of the same post, as far as the rules ask. */
export type OtherHolding = Pick<HoldingState, "personId" | "kind" | "since" | "until"> & { readonly name: string };

/** What is said of a holding; what stands beside the words is gathered after the lock on its post. */
export type HoldingCommand =
  | { readonly type: "begin"; readonly holding: HoldingState; readonly others: readonly OtherHolding[]; readonly exists: boolean; readonly isCompetent: boolean }
  | { readonly type: "end"; readonly at: Instant; readonly reason: string; readonly leavesNobody: boolean }
  | { readonly type: "revoke"; readonly reason: string; readonly isCompetent: boolean };

/** What happened to a holding. */
export type HoldingEvent =
  | { readonly type: "holding.defined"; readonly state: HoldingState }
  | { readonly type: "holding.begun"; readonly state: HoldingState }
  | { readonly type: "holding.ended"; readonly at: Instant; readonly by: string; readonly until: Instant; readonly reason: string }
  | { readonly type: "holding.revoked"; readonly at: Instant; readonly by: string; readonly until: Instant; readonly reason: string };

/** A Plt. serves three months, once extended by three (SE BKN 1/SE/I/2021). */
export const pltMonths = { once: 3, together: 6 } as const;

/** Decides what a command makes of a holding. A mandate is given by the competent superior, an appointment is entered by the admin from its decree. */
export const decideHolding = (state: HoldingState | null, command: HoldingCommand, by: Actor): Decision<HoldingEvent> => {
  switch (command.type) {
    case "begin":
      return state === null ? begin(command, by) : { refused: "already_exists" };
    case "end": {
      if (state === null) return { refused: "not_found" };
      if (state.until !== null && state.until <= by.at) return { refused: "wrong_state" };
      if (!hasFunction(by, "admin")) return { refused: "not_yours" };
      if (isMandate(state.kind)) return { refused: "wrong_state" };
      if (command.reason === "") return { refused: "reason_needed" };
      if (command.at < by.at || command.at < state.since) return { refused: "in_the_past" };
      if (command.leavesNobody) return { refused: "post_holds_work" };
      return { events: [{ type: "holding.ended", at: by.at, by: by.personName, until: command.at, reason: command.reason }] };
    }
    case "revoke": {
      if (state === null) return { refused: "not_found" };
      if (!isMandate(state.kind) || (state.until !== null && state.until <= by.at)) return { refused: "wrong_state" };
      if (!command.isCompetent) return { refused: "not_competent" };
      if (command.reason === "") return { refused: "reason_needed" };
      return { events: [{ type: "holding.revoked", at: by.at, by: by.personName, until: by.at < state.since ? state.since : by.at, reason: command.reason }] };
    }
    default:
      throw command satisfies never;
  }
};

const begin = ({ holding, others, exists, isCompetent }: Extract<HoldingCommand, { type: "begin" }>, by: Actor): Decision<HoldingEvent> => {
  const byMandate = isMandate(holding.kind);
  if (byMandate ? !isCompetent : !hasFunction(by, "admin")) return { refused: byMandate ? "not_competent" : "not_yours" };
  if (!exists) return { refused: "parent_missing" };
  if (holding.until !== null && holding.until <= holding.since) return { refused: "end_before_start" };
  const standing = others.find((other) => (other.kind === "definitif") === (holding.kind === "definitif") && overlap(other, holding));
  if (standing !== undefined) return { refused: "holding_overlap", facts: { person: standing.name, since: standing.since, until: standing.until } };
  if (byMandate) {
    const refusal = mandateRefusal(holding, others, by);
    if (refusal !== undefined) return { refused: refusal };
  }
  return { events: [{ type: "holding.begun", state: holding }] };
};

const mandateRefusal = (holding: HoldingState, others: readonly OtherHolding[], by: Actor): "mandate_needs_decree" | "mandate_needs_end" | "mandate_backdated" | "mandate_to_holder" | "plh_needs_holder" | "plt_needs_vacancy" | "mandate_too_long" | undefined => {
  if (holding.decree == null) return "mandate_needs_decree";
  if (holding.until === null) return "mandate_needs_end";
  // Earlier today is today's mandate, in force from its registration on; yesterday's acts cannot be given a right they had not.
  if (localDate(holding.since, by.zone) < by.today) return "mandate_backdated";
  const definitive = others.filter((other) => other.kind === "definitif" && isInForce(other, holding.since));
  if (definitive.some((other) => other.personId === holding.personId)) return "mandate_to_holder";
  if (holding.kind === "plh" && definitive.length === 0) return "plh_needs_holder";
  if (holding.kind === "plt") {
    if (definitive.length > 0) return "plt_needs_vacancy";
    const before = others.filter((other) => other.kind === "plt" && other.personId === holding.personId);
    const first = before.reduce((earliest, other) => (other.since < earliest ? other.since : earliest), holding.since);
    if (holding.until > monthsLater(holding.since, pltMonths.once) || holding.until > monthsLater(first, pltMonths.together)) return "mandate_too_long";
  }
  return undefined;
};

/** The holding after an event. */
export const evolveHolding = (state: HoldingState | null, event: HoldingEvent): HoldingState => {
  switch (event.type) {
    case "holding.defined":
    case "holding.begun":
      return event.state;
    case "holding.ended":
    case "holding.revoked":
      if (state === null) throw new Error(`broken assumption: ${event.type} comes after holding.begun`);
      return { ...state, until: event.until, ended: { at: event.at, by: event.by, reason: event.reason, revoked: event.type === "holding.revoked" } };
    default:
      throw event satisfies never;
  }
};

/** Of all holders of a post in force, the one who answers for it: an acting official stands before the definitive one (F7). */
export const answering = <H extends Span & Pick<HoldingState, "kind">>(holdings: readonly H[], at: Instant): H | undefined => {
  const inForce = holdings.filter((holding) => isInForce(holding, at));
  return inForce.find((holding) => holding.kind !== "definitif") ?? inForce[0];
};
