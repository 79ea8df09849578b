import { dayOf, daysLater, isDay, startOfDay } from "../kernel/days.ts";
import type { Zone } from "../kernel/time.ts";

const dayMs = 86_400_000;

/** The instant of a clock time of the office on a day; undefined when either cannot be read. */
export const instantAt = (day: string, clock: string, zone: Zone): string | undefined => {
  const [hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(clock)?.slice(1) ?? [];
  if (!isDay(day) || hours === undefined || minutes === undefined) return undefined;
  return new Date(Date.parse(startOfDay(day, zone)) + (Number(hours) * 60 + Number(minutes)) * 60_000).toISOString();
};

/** A usual stretch of days; `last` is its last whole day. */
export type Preset = { readonly name: "today" | "tomorrow" | "nextWeek" | "month"; readonly from: string; readonly last: string };

/** Stretches that offices ask for most: the rest of this week from today or tomorrow on, the next working week, a month. None ends before it begins. */
export const presetsOn = (today: string): readonly Preset[] => {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay();
  const friday = daysLater(today, (5 - weekday + 7) % 7);
  const monday = daysLater(today, ((8 - weekday) % 7) || 7);
  const tomorrow = daysLater(today, 1);
  const all: readonly Preset[] = [
    { name: "today", from: today, last: friday },
    { name: "tomorrow", from: tomorrow, last: friday },
    { name: "nextWeek", from: monday, last: daysLater(monday, 4) },
    { name: "month", from: tomorrow, last: daysLater(today, 30) },
  ];
  return all.filter((preset) => preset.from <= preset.last);
};

/** When a mandate begins and ends, as typed. Without clock times it begins with its first day and ends with its last. */
export type Stretch = { readonly from: string; readonly last: string; readonly hasClock: boolean; readonly fromClock: string; readonly lastClock: string; readonly isOpenEnded: boolean };

/** What a stretch means: instants, or what is wrong with it. A beginning that has passed today counts from now on. */
export type Reading = { readonly since: string; readonly until: string | null } | { readonly wrong: "unread" | "past" | "order" };

/** Reads a stretch. */
export const readStretch = (stretch: Stretch, zone: Zone, now: Date): Reading => {
  const since = instantAt(stretch.from, stretch.hasClock ? stretch.fromClock : "00:00", zone);
  const until = stretch.isOpenEnded ? null : stretch.hasClock ? instantAt(stretch.last, stretch.lastClock, zone) : instantAt(isDay(stretch.last) ? daysLater(stretch.last, 1) : "", "00:00", zone);
  if (since === undefined || until === undefined) return { wrong: "unread" };
  if (stretch.from < dayOf(now, zone)) return { wrong: "past" };
  const begins = since < now.toISOString() ? now.toISOString() : since;
  if (until !== null && until <= begins) return { wrong: "order" };
  return { since: begins, until };
};

/** A mandate of the same post that runs or comes. */
export type Standing = { readonly name: string; readonly since: string; readonly until: string | null };

/** The first standing mandate that shares a moment with the new one. */
export const standingIn = <S extends Standing>(standing: readonly S[], since: string, until: string | null): S | undefined =>
  standing.find((other) => (other.until === null || since < other.until) && (until === null || other.since < until));

/** Is a Plt. longer than the three months that the rule allows at a time (SE BKN 1/SE/I/2021)? */
export const isTooLong = (since: string, until: string): boolean => {
  const limit = new Date(since);
  const month = limit.getUTCMonth() + 3;
  limit.setUTCMonth(month);
  if (limit.getUTCMonth() !== month % 12) limit.setUTCDate(0);
  return until > limit.toISOString();
};

/** How far a running mandate is, in whole days: the day it is today, and how many there are. */
export const daysOf = (since: string, until: string, zone: Zone, now: Date): { readonly day: number; readonly of: number } => {
  const at = (moment: Date): number => Date.parse(`${dayOf(moment, zone)}T00:00:00Z`) / dayMs;
  const first = at(new Date(since));
  const of = Math.max(1, at(new Date(Date.parse(until) - 1)) - first + 1);
  return { day: Math.min(of, Math.max(1, at(now) - first + 1)), of };
};
