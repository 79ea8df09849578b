import type { ResultOf } from "../kernel/api.ts";
import type { usePolicyMessages } from "./policy-messages.ts";

/** The rules of authority of a government. */
export type Rules = ResultOf<"organisation.policy">;

type Words = ReturnType<typeof usePolicyMessages>;

/** Do two sets of rules say the same? */
export const isSame = (one: Rules, other: Rules): boolean => JSON.stringify(canonical(one)) === JSON.stringify(canonical(other));

const canonical = ({ holderWhileActing, beyondMandate, emergencyMinutes, strongEntry: { groups, graceDays, force } }: Rules) => [holderWhileActing, beyondMandate.toSorted(), emergencyMinutes, groups.toSorted(), graceDays, force];

/** What changed from one set of rules to the next, a phrase a rule. */
export const changesOf = (before: Rules, after: Rules, words: Words): readonly string[] => {
  const told: readonly (readonly [string, string, string])[] = [
    [words.acting, words.holder[before.holderWhileActing], words.holder[after.holderWhileActing]],
    [words.beyond, before.beyondMandate.toSorted().join(", ") || words.none, after.beyondMandate.toSorted().join(", ") || words.none],
    [words.emergency, words.minutesOf(before.emergencyMinutes), words.minutesOf(after.emergencyMinutes)],
    [words.entry, entryOf(before, words), entryOf(after, words)],
  ];
  return told.flatMap(([what, one, other]) => (one === other ? [] : [words.changed(what, one, other)]));
};

const entryOf = ({ strongEntry: { groups, graceDays, force } }: Rules, words: Words): string => words.entryOf(groups.length, graceDays, force === "required");
