import type pg from "pg";
import type { Instant, Source } from "./ids.ts";

/** Tells whether the clock of this machine stands before what has already been recorded. */
export type ClockWatch = {
  /** By the newest look: is the clock behind? */
  readonly isBehind: () => boolean;
  /** Looks now. */
  readonly look: () => Promise<void>;
  readonly stop: () => void;
};

/** So far a clock may be corrected backwards without anyone noticing, in ms; machines that keep time together differ by less. */
export const clockToleranceMs = 2 * 60_000;

const lookEveryMs = 30_000;

/** Does the clock stand before the newest act? Then mandates that are over would be in force again, and numbers would be dated before their predecessors. */
export const isClockBehind = (now: Instant, newest: Instant | undefined): boolean => newest !== undefined && Date.parse(now) < Date.parse(newest) - clockToleranceMs;

/**
 * Looks at the newest event of each government at the start and every half minute. While the clock is behind the HTTP edge refuses every
 * act (`clock_behind`) and /readyz fails; reading goes on. A database that cannot be asked leaves the last answer.
 */
export const openClockWatch = async (pool: pg.Pool, source: Pick<Source, "now">, onChange: (isBehind: boolean, newest: Instant | undefined) => void): Promise<ClockWatch> => {
  let behind = false;
  const look = async (): Promise<void> => {
    const { rows } = await pool.query<{ at: Date | null }>(
      "select max(newest.at) as at from tenant t, lateral (select e.at from event e where e.tenant_id = t.tenant_id order by e.event_id desc limit 1) newest",
    );
    const newest = rows[0]?.at?.toISOString();
    const next = isClockBehind(source.now(), newest);
    if (next !== behind) onChange(next, newest);
    behind = next;
  };
  await look();
  const timer = setInterval(() => void look().catch(() => undefined /* asked again in half a minute; /readyz names the database itself */), lookEveryMs);
  timer.unref();
  return { isBehind: () => behind, look, stop: () => clearInterval(timer) };
};
