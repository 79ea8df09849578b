import { daysLater } from "../kernel/days.ts";

/** The six weeks that show a month, Monday first: `days[0]` is the Monday on or before its first day. `day` is any day of the month. */
export const weeksOf = (day: string): readonly (readonly string[])[] => {
  const first = `${day.slice(0, 7)}-01`;
  const weekday = (new Date(`${first}T00:00:00Z`).getUTCDay() + 6) % 7;
  return Array.from({ length: 6 }, (_, week) => Array.from({ length: 7 }, (__, index) => daysLater(first, week * 7 + index - weekday)));
};

/** The same day so many months later, or the last day of that month when it is shorter. */
export const monthsLater = (day: string, months: number): string => {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const last = new Date(Date.UTC(year, month + months, 0));
  return `${last.toISOString().slice(0, 8)}${String(Math.min(date, last.getUTCDate())).padStart(2, "0")}`;
};

/** The day to which a key of the keyboard leads (WAI-ARIA date grid): by days, weeks, ends of the week, months and, with shift, years. */
export const dayAfterKey = (day: string, key: string, isShift: boolean): string | undefined => {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
  switch (key) {
    case "ArrowLeft":
      return daysLater(day, -1);
    case "ArrowRight":
      return daysLater(day, 1);
    case "ArrowUp":
      return daysLater(day, -7);
    case "ArrowDown":
      return daysLater(day, 7);
    case "Home":
      return daysLater(day, -weekday);
    case "End":
      return daysLater(day, 6 - weekday);
    case "PageUp":
      return monthsLater(day, isShift ? -12 : -1);
    case "PageDown":
      return monthsLater(day, isShift ? 12 : 1);
    default:
      return undefined;
  }
};

/** What is wrong with a day between two bounds, if anything. */
export const outOfBounds = (day: string, min: string | undefined, max: string | undefined): "early" | "late" | undefined => (min !== undefined && day < min ? "early" : max !== undefined && day > max ? "late" : undefined);
