import { hoursAhead, localDate, type Instant, type LocalDate, type Zone } from "../kernel/ids.ts";

const dayMs = 86_400_000;

/** A week of an office: from Monday 00.00 to the next, in its own time. */
export type Week = { readonly monday: LocalDate; readonly from: Instant; readonly to: Instant };

/** The week that a calendar date lies in. */
export const weekOf = (date: LocalDate, zone: Zone): Week => {
  const day = Date.parse(`${date}T00:00:00Z`);
  const monday = day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs;
  const from = monday - hoursAhead[zone] * 3_600_000;
  return { monday: new Date(monday).toISOString().slice(0, 10), from: new Date(from).toISOString(), to: new Date(from + 7 * dayMs).toISOString() };
};

const atHour = 7;

/** When the digest of the week around this moment goes out: the Monday after it, at seven. */
export const digestTime = (at: Instant, zone: Zone): { readonly monday: LocalDate; readonly runAt: Instant } => {
  const week = weekOf(localDate(at, zone), zone);
  return { monday: week.monday, runAt: new Date(Date.parse(week.to) + atHour * 3_600_000).toISOString() };
};
