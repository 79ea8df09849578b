import { nationalHolidays } from "../flags/index.ts";
import { hoursAhead, type Zone } from "../kernel/ids.ts";
import type { Dice } from "./dice.ts";

const minuteMs = 60_000;
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const opens = 7.5 * 60;
const closes = 16 * 60;
const overtimeShare = 0.03;
const earliest = 6 * 60;
const latest = 21 * 60;
// Days are counted from the first of January 1970, which was a Thursday.
const thursday = 4;
const holidays: ReadonlySet<number> = new Set(nationalHolidays.map((date) => Date.parse(`${date}T00:00:00Z`) / dayMs));

/** Is the office open on the day of this moment? */
export const isWorkday = (ms: number, zone: Zone): boolean => {
  const day = Math.floor((ms + hoursAhead[zone] * hourMs) / dayMs);
  const weekday = (((day + thursday) % 7) + 7) % 7;
  return weekday !== 0 && weekday !== 6 && !holidays.has(day);
};

/** The moment itself while the office is open, else a moment of the next morning on which it is: some few acts stay where they are, in the evening or on a day off. */
export const atWork = (ms: number, zone: Zone, dice: Dice): number => {
  const midnight = Math.floor((ms + hoursAhead[zone] * hourMs) / dayMs) * dayMs - hoursAhead[zone] * hourMs;
  const minute = (ms - midnight) / minuteMs;
  if (isWorkday(ms, zone) && minute >= opens && minute < closes) return ms;
  if (minute >= earliest && minute < latest && dice.roll() < overtimeShare) return ms;
  let day = isWorkday(midnight, zone) && minute < opens ? midnight : midnight + dayMs;
  while (!isWorkday(day, zone)) day += dayMs;
  return day + (opens + dice.roll() * 150) * minuteMs;
};
