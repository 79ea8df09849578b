import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Instant } from "../kernel/ids.ts";
import type { Decision } from "../kernel/perform.ts";
import type { Measure } from "./flag.ts";

/** One change of a measure: who, in which post, when and why. */
export type RuleChange = { readonly at: Instant; readonly person: string; readonly post: string; readonly reason: string; readonly isOn: boolean; readonly measure: Measure };

/** How one kind of red flag is measured in this government, with every change there ever was. */
export type RuleState = { readonly code: string; readonly isOn: boolean; readonly measure: Measure; readonly changes: readonly RuleChange[] };

/** A measure is set whole; whether it is within the bounds of its kind was asked before. */
export type RuleCommand = { readonly type: "set"; readonly code: string; readonly isOn: boolean; readonly measure: Measure; readonly isWithinBounds: boolean; readonly reason: string };

/** What happened to a measure. */
export type RuleEvent = { readonly type: "flag_rule.set"; readonly code: string; readonly change: RuleChange };

/** Why this actor may not change a measure: inspectors do, and no post that is watched itself, as the admin's is. */
export const mayNotSet = (by: Actor): "not_yours" | "stands_aside" | "flag_not_by_watched" | undefined => {
  if (!hasFunction(by, "inspector")) return "not_yours";
  if (by.asideFor !== null) return "stands_aside";
  return hasFunction(by, "admin") ? "flag_not_by_watched" : undefined;
};

/** The rule: by the inspectorate, within bounds, with a reason that stays beside the change. */
export const decideRule = (_state: RuleState | null, command: RuleCommand, by: Actor): Decision<RuleEvent> => {
  const refused = mayNotSet(by);
  if (refused !== undefined) return { refused };
  if (!command.isWithinBounds) return { refused: "flag_measure_wrong" };
  if (command.reason === "") return { refused: "reason_needed" };
  return { events: [{ type: "flag_rule.set", code: command.code, change: { at: by.at, person: by.personName, post: by.positionTitle, reason: command.reason, isOn: command.isOn, measure: command.measure } }] };
};

/** The measure after an event. */
export const evolveRule = (state: RuleState | null, { code, change }: RuleEvent): RuleState => ({ code, isOn: change.isOn, measure: change.measure, changes: [...(state?.changes ?? []), change] });
