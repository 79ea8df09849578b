/** Month names and their usual short forms, as clerks type them. */
const months: readonly (readonly string[])[] = [
  ["januari", "jan"], ["februari", "feb", "pebruari"], ["maret", "mar"], ["april", "apr"], ["mei"], ["juni", "jun"], ["juli", "jul"], ["agustus", "agu", "agt", "ags"], ["september", "sep", "sept"], ["oktober", "okt"], ["november", "nov", "nopember", "nop"], ["desember", "des"],
];

const monthOf = (text: string): number | undefined => {
  if (/^\d{1,2}$/.test(text)) return Number(text);
  const index = months.findIndex((names) => names.includes(text));
  return index < 0 ? undefined : index + 1;
};

const written = (year: number, month: number, day: number): string | undefined => {
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text) ? text : undefined;
};

const shift = (today: string, days: number): string => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

const relative: Readonly<Record<string, number>> = { "hari ini": 0, today: 0, kemarin: -1, kemaren: -1, besok: 1, lusa: 2 };

/**
 * Reads a date as a clerk types it: `19 November 2026`, `Kamis, 19 Nov 26`, `19-11-2026`, `19/11`, `2026-11-19`, `kemarin`.
 * A year left out is the present one. Absent when it is no date of the calendar.
 */
export const readDate = (typed: string, today: string): string | undefined => {
  const text = typed.trim().toLowerCase().replace(/^(senin|selasa|rabu|kamis|jum'?at|sabtu|minggu|ahad)[\s,]+/, "");
  const days = relative[text];
  if (days !== undefined) return shift(today, days);
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text);
  if (iso !== null) return written(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const [day, month, year, ...rest] = text.split(/[\s./,-]+/).filter((part) => part !== "");
  const monthNumber = month === undefined ? undefined : monthOf(month);
  if (day === undefined || !/^\d{1,2}$/.test(day) || monthNumber === undefined || rest.length > 0) return undefined;
  if (year !== undefined && !/^(\d{2}|\d{4})$/.test(year)) return undefined;
  const full = year === undefined ? Number(today.slice(0, 4)) : year.length === 2 ? 2000 + Number(year) : Number(year);
  return written(full, monthNumber, Number(day));
};
