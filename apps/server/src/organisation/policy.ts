import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Decision } from "../kernel/perform.ts";
import { beyondMandate } from "./mandate.ts";

/** What a government decides for itself about authority; data, so that a new regulation is a change by the admin and not of the program. */
export type PolicyState = {
  /** May the holder of a post act in it while a Plh. stands for him? Blocked, or only warned. */
  readonly holderWhileActing: "blocked" | "warned";
  /** Classifications in which Plt. and Plh. decide nothing (UU 30/2014 Ps. 14(7)). */
  readonly beyondMandate: readonly string[];
  /** How long a letter that was opened in an emergency stays open; policies of before today do not say. */
  readonly emergencyMinutes?: number;
};

/** How long an emergency lasts where nobody has decided otherwise. */
export const usualEmergencyMinutes = 60;

/** What holds where nobody has decided otherwise. */
export const defaultPolicy: PolicyState = { holderWhileActing: "blocked", beyondMandate };

/** A change of the policy: its whole new state is the fact. */
export type PolicyCommand = { readonly type: "set"; readonly state: PolicyState };

/** What happened to the policy. */
export type PolicyEvent = { readonly type: "policy.set"; readonly state: PolicyState };

/** Only the admin sets it. */
export const decidePolicy = (_state: PolicyState | null, command: PolicyCommand, by: Pick<Actor, "functions">): Decision<PolicyEvent> =>
  hasFunction(by, "admin") ? { events: [{ type: "policy.set", state: command.state }] } : { refused: "not_yours" };

/** The policy after an event. */
export const evolvePolicy = (_state: PolicyState | null, event: PolicyEvent): PolicyState => event.state;
