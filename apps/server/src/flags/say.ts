import { hoursAhead, startOfDay, type Instant, type LocalDate, type Zone } from "../kernel/ids.ts";

/** Words in both languages of the screens. */
export type Both = { readonly id: string; readonly en: string };

/** How one language says days, times and lists. */
export type Say = {
  readonly day: (date: LocalDate) => string;
  readonly time: (instant: Instant) => string;
  readonly list: (parts: readonly string[]) => string;
  readonly count: (n: number) => string;
  /** So many minutes, in the unit that one would say. */
  readonly span: (minutes: number) => string;
};

const locales = { id: "id-ID", en: "en-GB" } as const;

/** The speaker of a language, in the office's own time. */
export const speakerOf = (language: "id" | "en", zone: Zone): Say => {
  const locale = locales[language];
  const shifted = (instant: Instant): Date => new Date(Date.parse(instant) + hoursAhead[zone] * 3_600_000);
  const day = (date: Date): string => new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" }).format(date);
  return {
    day: (date) => day(new Date(`${date}T00:00:00Z`)),
    time: (instant) => `${day(shifted(instant))} ${language === "id" ? "pukul " : ""}${shifted(instant).toISOString().slice(11, 16).replace(":", language === "id" ? "." : ":")}`,
    list: (parts) => new Intl.ListFormat(locale, { type: "conjunction" }).format(parts),
    count: (n) => new Intl.NumberFormat(locale).format(n),
    span: (minutes) => {
      const [n, unit] = minutes < 120 ? [minutes, "minute"] : minutes < 2880 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
      return new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long" }).format(n);
    },
  };
};

/** The middle of a day, where a point of the picture stands that has no hour. */
export const noonOf = (date: LocalDate, zone: Zone): Instant => new Date(Date.parse(startOfDay(date, zone)) + 12 * 3_600_000).toISOString();
