import type { Actor, Scope } from "../kernel/actor.ts";
import { localDate, type Id, type Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Decree } from "./dated.ts";
import { covers, isInForce, type Matter } from "./mandate.ts";

/** A post's leave for the post below it to sign in its name (a.n.), or, under such an a.n., for the post one step further down (u.b.; domain §1.6). */
export type DelegationState = {
  readonly kind: "an" | "ub";
  readonly fromId: Id;
  readonly toId: Id;
  readonly basis: string;
  readonly decree: Decree;
  readonly scope: Scope | null;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly ended: { readonly at: Instant; readonly by: string; readonly reason: string } | null;
};

/** What is said of a delegation. `isBelow`: is the receiver directly below the giver; `reach`: the a.n. delegations that the giver himself has received. */
export type DelegationCommand =
  | { readonly type: "give"; readonly delegation: Omit<DelegationState, "ended">; readonly isGiver: boolean; readonly isBelow: boolean; readonly received: readonly DelegationState[] }
  | { readonly type: "revoke"; readonly reason: string; readonly isCompetent: boolean };

/** What happened to a delegation. */
export type DelegationEvent =
  | { readonly type: "delegation.given"; readonly state: Omit<DelegationState, "ended"> }
  | { readonly type: "delegation.revoked"; readonly at: Instant; readonly by: string; readonly until: Instant; readonly reason: string };

/** Decides what a command makes of a delegation: only who holds the authority gives it, and only one step down. */
export const decideDelegation = (state: DelegationState | null, command: DelegationCommand, by: Actor): Decision<DelegationEvent> => {
  switch (command.type) {
    case "give": {
      if (state !== null) return { refused: "already_exists" };
      const { delegation } = command;
      if (!command.isGiver) return { refused: "not_competent" };
      if (!command.isBelow) return { refused: "delegation_not_below" };
      if (delegation.until !== null && delegation.until <= delegation.since) return { refused: "end_before_start" };
      if (localDate(delegation.since, by.zone) < by.today) return { refused: "mandate_backdated" };
      if (delegation.kind === "ub" && !command.received.some((above) => above.kind === "an" && isInForce(above, delegation.since))) return { refused: "ub_needs_an" };
      return { events: [{ type: "delegation.given", state: delegation }] };
    }
    case "revoke":
      if (state === null) return { refused: "not_found" };
      if (state.until !== null && state.until <= by.at) return { refused: "wrong_state" };
      if (!command.isCompetent) return { refused: "not_competent" };
      if (command.reason === "") return { refused: "reason_needed" };
      return { events: [{ type: "delegation.revoked", at: by.at, by: by.personName, until: by.at < state.since ? state.since : by.at, reason: command.reason }] };
    default:
      throw command satisfies never;
  }
};

/** The delegation after an event. */
export const evolveDelegation = (state: DelegationState | null, event: DelegationEvent): DelegationState => {
  switch (event.type) {
    case "delegation.given":
      return { ...event.state, ended: null };
    case "delegation.revoked":
      if (state === null) throw new Error("broken assumption: delegation.revoked comes after delegation.given");
      return { ...state, until: event.until, ended: { at: event.at, by: event.by, reason: event.reason } };
    default:
      throw event satisfies never;
  }
};

/** By which delegations a post may sign in another's name. */
export type Authority = { readonly chain: readonly DelegationState[] };

/**
 * The delegations under which `signerId` signs the matter in another's name at the instant: one a.n., or an a.n. to the post above him and
 * its u.b. to him; never more than two levels. Undefined when nobody has delegated it.
 */
export const delegatedTo = (delegations: readonly DelegationState[], signerId: Id, matter: Matter, at: Instant): Authority | undefined => {
  const good = delegations.filter((one) => isInForce(one, at) && covers(one.scope, matter));
  const an = (toId: Id): DelegationState | undefined => good.find((one) => one.kind === "an" && one.toId === toId);
  const direct = an(signerId);
  if (direct !== undefined) return { chain: [direct] };
  for (const ub of good.filter((one) => one.kind === "ub" && one.toId === signerId)) {
    const above = an(ub.fromId);
    if (above !== undefined) return { chain: [above, ub] };
  }
  return undefined;
};
