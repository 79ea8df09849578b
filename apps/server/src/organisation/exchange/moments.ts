import { hoursAhead, localDate, startOfDay, type Instant, type Zone } from "../../kernel/ids.ts";

const hourMs = 3_600_000;

/** A moment as a sheet shows it: the day, and the clock only where it is not midnight. An end at midnight is the day before it, as people say it. */
export const momentText = (instant: Instant | null, zone: Zone, isEnd: boolean): string => {
  if (instant === null) return "";
  const local = new Date(Date.parse(instant) + hoursAhead[zone] * hourMs).toISOString();
  if (!local.endsWith("T00:00:00.000Z")) return `${local.slice(0, 10)} ${local.slice(11, 19)}`;
  return isEnd ? localDate(new Date(Date.parse(instant) - 1).toISOString(), zone) : local.slice(0, 10);
};

/** A moment as people write it: `2026-11-24`, `24-11-2026`, `24/11/2026`, with or without a clock. Undefined when it is none that the calendar has. */
export const readMoment = (text: string, zone: Zone, isEnd: boolean): Instant | undefined => {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?$/.exec(text);
  const indonesian = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T](\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?)?$/.exec(text);
  const [year, month, day, hour, minute, second] = iso === null ? [indonesian?.[3], indonesian?.[2], indonesian?.[1], indonesian?.[4], indonesian?.[5], indonesian?.[6]] : iso.slice(1);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const date = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
  const midnight = Date.parse(`${date}T00:00:00.000Z`);
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date || date < "1900" || date > "2200") return undefined;
  if (hour === undefined) return new Date(Date.parse(startOfDay(date, zone)) + (isEnd ? 24 * hourMs : 0)).toISOString();
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second ?? 0);
  return Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59 ? undefined : new Date(Date.parse(startOfDay(date, zone)) + seconds * 1000).toISOString();
};
