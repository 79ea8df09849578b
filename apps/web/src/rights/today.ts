import type { Moment, Zone } from "../kernel/time.ts";

const hoursAhead = { WIB: 7, WITA: 8, WIT: 9 } as const satisfies Record<Zone, number>;

/** Today's date in the office's zone, as a calendar field wants it. */
export const todayIn = (zone: Zone, now: Moment): string => new Date(new Date(now).getTime() + hoursAhead[zone] * 3_600_000).toISOString().slice(0, 10);
