import { isDeepStrictEqual } from "node:util";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Decision } from "../kernel/perform.ts";
import { beyondMandate } from "./mandate.ts";

/** Whose way in must be proved twice, by what their posts do; a secretariat reads everything that its head does. */
export type GuardedGroup = "signer" | "secretary" | "admin" | "inspector" | "everyone";

/** Who enters with a passkey or a second factor: demanded once the days of grace are over, or only advised. */
export type StrongEntry = { readonly groups: readonly GuardedGroup[]; readonly graceDays: number; readonly force: "required" | "advised" };

/** What a government decides for itself about authority; data, so that a new regulation is a change by the admin and not of the program. */
export type PolicyState = {
  /** May the holder of a post act in it while a Plh. stands for him? Blocked, or only warned. */
  readonly holderWhileActing: "blocked" | "warned";
  /** Classifications in which Plt. and Plh. decide nothing (UU 30/2014 Ps. 14(7)). */
  readonly beyondMandate: readonly string[];
  /** These two are absent in what was decided before there were such rules. How long a letter opened in an emergency stays open: */
  readonly emergencyMinutes?: number | undefined;
  /** Whose way in must be proved twice: */
  readonly strongEntry?: StrongEntry | undefined;
};

/** What holds where nobody has decided otherwise. */
export const defaultPolicy = { holderWhileActing: "blocked", beyondMandate, emergencyMinutes: 60, strongEntry: { groups: ["signer", "secretary", "admin", "inspector"], graceDays: 14, force: "required" } } as const satisfies PolicyState;

/** The policy with nothing left open. */
export type Policy = PolicyState & { readonly emergencyMinutes: number; readonly strongEntry: StrongEntry };

const secretaries: ReadonlySet<string> = new Set(["sekda", "sekretaris", "sekdes"]);

/** Does a post belong to a group whose way in must be proved twice? */
export const isGuarded = (groups: readonly GuardedGroup[], post: { readonly role: string; readonly functions: readonly string[] }): boolean =>
  groups.some((group) => group === "everyone" || (group === "secretary" ? secretaries.has(post.role) || post.functions.includes("registrar") : post.functions.includes(group)));

/** A change of the policy: its whole new state is the fact. */
export type PolicyCommand = { readonly type: "set"; readonly state: PolicyState };

/** What happened to the policy. */
export type PolicyEvent = { readonly type: "policy.set"; readonly state: PolicyState };

/** Only the admin sets it; what is so already is no change. */
export const decidePolicy = (state: PolicyState | null, command: PolicyCommand, by: Pick<Actor, "functions">): Decision<PolicyEvent> =>
  !hasFunction(by, "admin") ? { refused: "not_yours" } : { events: isDeepStrictEqual(state, command.state) ? [] : [{ type: "policy.set", state: command.state }] };

/** The policy with what was left open filled in. */
export const wholePolicy = (rules: PolicyState): Policy => ({ ...rules, emergencyMinutes: rules.emergencyMinutes ?? defaultPolicy.emergencyMinutes, strongEntry: rules.strongEntry ?? defaultPolicy.strongEntry });

/** The policy after an event. */
export const evolvePolicy = (_state: PolicyState | null, event: PolicyEvent): PolicyState => event.state;
