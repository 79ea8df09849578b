import { daysLater, isDay } from "./days.ts";

/** Month names and their usual short forms, as clerks type them, and as the page writes them in English. */
const months: readonly (readonly string[])[] = [
  ["januari", "jan", "january"], ["februari", "feb", "pebruari", "february"], ["maret", "mar", "march"], ["april", "apr"], ["mei", "may"], ["juni", "jun", "june"], ["juli", "jul", "july"], ["agustus", "agu", "agt", "ags", "august", "aug"], ["september", "sep", "sept"], ["oktober", "okt", "october", "oct"], ["november", "nov", "nopember", "nop"], ["desember", "des", "december", "dec"],
];

const monthOf = (text: string): number | undefined => {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const index = months.findIndex((names) => names.includes(text));
  return index < 0 ? undefined : index + 1;
};

const written = (year: number, month: number, day: number): string | undefined => {
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  return isDay(text) ? text : undefined;
};

const relative: Readonly<Record<string, number>> = { "hari ini": 0, today: 0, kemarin: -1, kemaren: -1, yesterday: -1, besok: 1, tomorrow: 1, lusa: 2 };

/**
 * Reads a date as a clerk types it: `19 November 2026`, `Kamis, 19 Nov 26`, `19-11-2026`, `19/11`, `2026-11-19`, `kemarin`.
 * A year left out is the present one. Absent when it is no date of the calendar.
 */
export const readDate = (typed: string, today: string): string | undefined => {
  const text = typed.trim().toLowerCase().replace(/^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad|monday|tuesday|wednesday|thursday|friday|saturday|sunday)[\s,]+/, "");
  const days = relative[text];
  if (days !== undefined) return daysLater(today, days);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return written(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const [day, month, year, ...rest] = text.split(/[\s./,-]+/).filter((part) => part !== "");
  const monthNumber = month === undefined ? undefined : monthOf(month);
  if (day === undefined || !/^\d{1,2}$/.test(day) || monthNumber === undefined || rest.length > 0) return undefined;
  if (year !== undefined && !/^(\d{2}|\d{4})$/.test(year)) return undefined;
  const full = year === undefined ? Number(today.slice(0, 4)) : year.length === 2 ? 2000 + Number(year) : Number(year);
  return written(full, monthNumber, Number(day));
};
