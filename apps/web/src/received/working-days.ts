import { hoursAhead, type Zone } from "../kernel/time.ts";

/** Office hours of a weekday in minutes after midnight; absent = closed. Friday ends early. */
const hours: Readonly<Record<number, { readonly from: number; readonly to: number }>> = {
  1: { from: 450, to: 960 },
  2: { from: 450, to: 960 },
  3: { from: 450, to: 960 },
  4: { from: 450, to: 960 },
  5: { from: 450, to: 690 },
};

const minute = 60_000;
const day = 86_400_000;

/** Days since 1970 on the office's calendar. */
export type DayNumber = number;

const shifted = (moment: Date, zone: Zone): number => moment.getTime() + hoursAhead[zone] * 3_600_000;
const dayNumber = (moment: Date, zone: Zone): DayNumber => Math.floor(shifted(moment, zone) / day);
const weekday = (number: DayNumber): number => (((number + 4) % 7) + 7) % 7; // 1 January 1970 was a Thursday
const at = (number: DayNumber, minutes: number, zone: Zone): Date => new Date(number * day + minutes * minute - hoursAhead[zone] * 3_600_000);

/** Closing time of a date (`2026-11-26`), or of the nearest working day before it when the office is closed then. */
export const closingOf = (date: string, zone: Zone): Date => {
  let number = Math.floor(Date.parse(`${date}T00:00:00Z`) / day);
  for (let back = 0; hours[weekday(number)] === undefined && back < 7; back += 1) number -= 1;
  return at(number, hours[weekday(number)]?.to ?? 960, zone);
};

/** Closing time of the n-th working day from now; 0 = today. Absent when today is over or closed. */
export const closingAfter = (workingDays: number, now: Date, zone: Zone): Date | undefined => {
  const today = dayNumber(now, zone);
  if (workingDays === 0) {
    const open = hours[weekday(today)];
    const closing = open === undefined ? undefined : at(today, open.to, zone);
    return closing !== undefined && closing > now ? closing : undefined;
  }
  let number = today;
  for (let left = workingDays; left > 0; ) {
    number += 1;
    if (hours[weekday(number)] !== undefined) left -= 1;
  }
  return at(number, hours[weekday(number)]?.to ?? 960, zone);
};

/** Working minutes between two moments. */
export const workingMinutes = (from: Date, to: Date, zone: Zone): number => {
  let sum = 0;
  const last = dayNumber(to, zone);
  for (let number = dayNumber(from, zone); number <= last; number += 1) {
    const open = hours[weekday(number)];
    if (open === undefined) continue;
    sum += Math.max(0, Math.min(to.getTime(), at(number, open.to, zone).getTime()) - Math.max(from.getTime(), at(number, open.from, zone).getTime()));
  }
  return Math.round(sum / minute);
};

/** One day on the ruler. `width` is its share of a full working day; `used` how much of it the receiver has. */
export type RulerDay = { readonly date: string; readonly isOpen: boolean; readonly width: number; readonly used: number; readonly starts: number; readonly isEnd: boolean; readonly isAsked: boolean };

const longestRulerDays = 9;

/** The days from now on, up to the deadline and the letter's own date, at most nine. */
export const ruler = (now: Date, due: Date | undefined, asked: string | null, zone: Zone): readonly RulerDay[] => {
  const first = dayNumber(now, zone);
  const askedDay = asked === null ? first : Math.floor(Date.parse(`${asked}T00:00:00Z`) / day);
  const dueDay = due === undefined ? first : dayNumber(due, zone);
  const last = Math.min(Math.max(first + 4, dueDay + 1, askedDay), first + longestRulerDays - 1);
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const number = first + index;
    const open = hours[weekday(number)];
    const length = open === undefined ? 1 : open.to - open.from;
    const begin = open === undefined ? 0 : Math.min(length, Math.max(0, (now.getTime() - at(number, open.from, zone).getTime()) / minute));
    const end = open === undefined || due === undefined ? 0 : Math.min(length, Math.max(0, (due.getTime() - at(number, open.from, zone).getTime()) / minute));
    return {
      date: new Date(number * day).toISOString().slice(0, 10),
      isOpen: open !== undefined,
      width: open === undefined ? 1 : length / 510,
      starts: begin / length,
      used: Math.max(0, end - begin) / length,
      isEnd: due !== undefined && number === dueDay,
      isAsked: asked !== null && number === askedDay,
    };
  });
};
