import type { Actor } from "../kernel/actor.ts";
import { startOfDay, type Id, type Instant } from "../kernel/ids.ts";

/** The paper that something of the organisation rests on: a decree signed in Lontar (`letterId`), or its scan (`file`). */
export type Decree = { readonly number: string; readonly date: string; readonly letterId: Id | null; readonly file: { readonly sha256: string; readonly name: string } | null };

/** What a thing was from a moment on; `facts` null = from then on it exists no more. */
export type Period<Facts> = { readonly since: Instant; readonly facts: Facts | null; readonly basis: Decree | null };

/** A thing of the organisation with its whole history, and with what is already decided for later; periods stand in order of time. */
export type Dated<Facts> = { readonly periods: readonly Period<Facts>[] };

/** Since when things exist whose first event says no date: before any act of any office. */
export const always: Instant = "2000-01-01T00:00:00.000Z";

/** The facts in force at the instant; null before the beginning and after the end. The first moment counts. */
export const factsAt = <Facts>(state: Dated<Facts> | null, at: Instant): Facts | null => state?.periods.findLast((period) => period.since <= at)?.facts ?? null;

/** The last thing that is decided, whether in force or not yet. */
export const lastPeriod = <Facts>(state: Dated<Facts> | null): Period<Facts> | undefined => state?.periods.at(-1);

/**
 * The earliest start of a change to something that exists: after the last that was decided, and not before today. Of today itself the
 * morning may still be told, because decrees speak of days; what was in force on a day before stays as it was (decision 0006).
 */
export const earliestChange = (last: Period<unknown>, by: Pick<Actor, "today" | "zone">): Instant => {
  const today = startOfDay(by.today, by.zone);
  return last.since > today ? last.since : today;
};

/** Puts a period at the end; one that begins at the same moment is corrected by it. */
export const withPeriod = <Facts>(state: Dated<Facts> | null, period: Period<Facts>): Dated<Facts> => ({ periods: [...(state?.periods.filter((before) => before.since < period.since) ?? []), period] });

/** Takes back what was decided for `since`. */
export const withoutPeriod = <Facts>(state: Dated<Facts>, since: Instant): Dated<Facts> => ({ periods: state.periods.filter((period) => period.since !== since) });
