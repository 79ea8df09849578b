import { nationalHolidays } from "../flags/index.ts";
import { hoursAhead, localDate, type Zone } from "../kernel/ids.ts";
import type { Dice } from "./dice.ts";

const minuteMs = 60_000;
const dayMs = 86_400_000;
const opens = 7.5 * 60;
const closes = 16 * 60;
const overtimeShare = 0.03;
const earliest = 6 * 60;
const latest = 21 * 60;
const holidays: ReadonlySet<string> = new Set(nationalHolidays);

/** Is the office open on the day of this moment? */
export const isWorkday = (ms: number, zone: Zone): boolean => {
  const date = localDate(new Date(ms).toISOString(), zone);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6 && !holidays.has(date);
};

/** The moment itself while the office is open, else a moment of the next morning on which it is: some few acts stay where they are, in the evening or on a day off. */
export const atWork = (ms: number, zone: Zone, dice: Dice): number => {
  const midnight = Math.floor((ms + hoursAhead[zone] * 3_600_000) / dayMs) * dayMs - hoursAhead[zone] * 3_600_000;
  const minute = (ms - midnight) / minuteMs;
  if (isWorkday(ms, zone) && minute >= opens && minute < closes) return ms;
  if (minute >= earliest && minute < latest && dice.roll() < overtimeShare) return ms;
  let day = isWorkday(midnight, zone) && minute < opens ? midnight : midnight + dayMs;
  while (!isWorkday(day, zone)) day += dayMs;
  return day + (opens + dice.roll() * 150) * minuteMs;
};
