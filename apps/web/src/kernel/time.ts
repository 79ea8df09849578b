/** The three civil times of Indonesia. */
export type Zone = "WIB" | "WITA" | "WIT";

/** The language of the sentences. */
export type Language = "id" | "en";

/** A moment: ISO 8601 text as the server sends it, or a `Date`. */
export type Moment = string | Date;

/** How far each civil time is ahead of UTC; there is no summer time. */
export const hoursAhead = { WIB: 7, WITA: 8, WIT: 9 } as const satisfies Record<Zone, number>;

const names = {
  id: {
    days: ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"],
    shortDays: ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"],
    months: ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"],
    shortMonths: ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
  },
  en: {
    days: ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"],
    shortDays: ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"],
    months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
    shortMonths: ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
  },
} as const;

type Parts = { readonly year: number; readonly month: number; readonly day: number; readonly weekday: number; readonly hour: number; readonly minute: number; readonly second: number };

// Indonesia has no summer time, so a zone is a fixed shift; a plain date (`2026-11-24`) belongs to no zone.
const partsOf = (moment: Moment, zone: Zone): Parts => {
  const isDate = typeof moment === "string" && /^\d{4}-\d\d-\d\d$/.test(moment);
  const time = (typeof moment === "string" ? Date.parse(moment) : moment.getTime()) + (isDate ? 0 : hoursAhead[zone] * 3_600_000);
  if (Number.isNaN(time)) throw new RangeError(`not a moment: ${String(moment)}`);
  const shifted = new Date(time);
  return { year: shifted.getUTCFullYear(), month: shifted.getUTCMonth(), day: shifted.getUTCDate(), weekday: shifted.getUTCDay(), hour: shifted.getUTCHours(), minute: shifted.getUTCMinutes(), second: shifted.getUTCSeconds() };
};

const pad = (value: number): string => String(value).padStart(2, "0");
const dayNumber = (parts: Parts): number => Math.floor(Date.UTC(parts.year, parts.month, parts.day) / 86_400_000);

/** Sentences about time in one zone and language. */
export type TimeWords = ReturnType<typeof timeWords>;

/** Makes the words for a zone and a language; every function takes the moment, and the present where it matters. */
export const timeWords = (zone: Zone, language: Language = "id") => {
  const name = names[language];
  const say = (indonesian: string, english: string): string => (language === "id" ? indonesian : english);

  /** `14.05` */
  const clock = (moment: Moment): string => {
    const parts = partsOf(moment, zone);
    return `${pad(parts.hour)}.${pad(parts.minute)}`;
  };
  /** `14.05.33`: for evidence, where seconds count. */
  const exactClock = (moment: Moment): string => `${clock(moment)}.${pad(partsOf(moment, zone).second)}`;
  /** `24 November 2026` */
  const date = (moment: Moment): string => {
    const parts = partsOf(moment, zone);
    return `${parts.day} ${name.months[parts.month]} ${parts.year}`;
  };
  /** `Selasa, 24 November 2026` */
  const longDate = (moment: Moment): string => `${name.days[partsOf(moment, zone).weekday]}, ${date(moment)}`;
  /** `24 Nov 2026` */
  const mediumDate = (moment: Moment): string => {
    const parts = partsOf(moment, zone);
    return `${parts.day} ${name.shortMonths[parts.month]} ${parts.year}`;
  };
  /** `Kam 26 Nov`, with the year when it is not the present one. */
  const shortDate = (moment: Moment, now: Moment): string => {
    const parts = partsOf(moment, zone);
    const year = parts.year === partsOf(now, zone).year ? "" : ` ${parts.year}`;
    return `${name.shortDays[parts.weekday]} ${parts.day} ${name.shortMonths[parts.month]}${year}`;
  };
  /** `Selasa, 24 November 2026 14.05 WITA` */
  const full = (moment: Moment): string => `${longDate(moment)} ${clock(moment)} ${zone}`;

  /** `hari ini 08.41`, `kemarin 10.12`, `Sen 23 Nov 15.10`: when something happened, within a sentence. */
  const when = (moment: Moment, now: Moment): string => {
    const days = dayNumber(partsOf(now, zone)) - dayNumber(partsOf(moment, zone));
    const day = days === 0 ? say("hari ini", "today") : days === 1 ? say("kemarin", "yesterday") : days === -1 ? say("besok", "tomorrow") : shortDate(moment, now);
    return `${day} ${clock(moment)}`;
  };
  /** The same where it stands alone: `Hari ini 08.41`. */
  const stamp = (moment: Moment, now: Moment): string => {
    const words = when(moment, now);
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  };

  /** The end of something as people say it: `Jumat` or `5 Des 2026` for whole days, `Jumat 16.00` or `16.00` (today) otherwise. */
  const end = (moment: Moment, now: Moment): string => {
    const isWhole = clock(moment) === "00.00";
    const last = isWhole ? new Date(new Date(moment).getTime() - 1) : moment;
    const days = dayNumber(partsOf(last, zone)) - dayNumber(partsOf(now, zone));
    const day = days === 0 ? (isWhole ? say("hari ini", "today") : "") : days === 1 ? say("besok", "tomorrow") : days > 0 && days < 7 ? (name.days[partsOf(last, zone).weekday] ?? "") : mediumDate(last);
    return isWhole ? day : `${day} ${clock(moment)}`.trim();
  };

  const span = (milliseconds: number): string => {
    const minutes = Math.max(1, Math.floor(milliseconds / 60_000));
    if (minutes < 60) return say(`${minutes} menit`, minutes === 1 ? "1 minute" : `${minutes} minutes`);
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return say(`${hours} jam`, hours === 1 ? "1 hour" : `${hours} hours`);
    const days = Math.floor(hours / 24);
    return say(`${days} hari`, days === 1 ? "1 day" : `${days} days`);
  };

  /** `baru saja`, `12 menit lalu`, `3 jam lalu`, `2 hari lalu`. */
  const ago = (moment: Moment, now: Moment): string => {
    const passed = new Date(now).getTime() - new Date(moment).getTime();
    return passed < 60_000 ? say("baru saja", "just now") : say(`${span(passed)} lalu`, `${span(passed)} ago`);
  };

  /**
   * A deadline in the fewest honest words: `lewat 42 menit` when late, `12.00` when today, `Besok 16.00`, else `Rab 25 Nov`.
   * `soon` = within three hours; `part` = how much of the time since `since` has been used, 0…1, for the ring.
   */
  const deadline = (due: Moment, now: Moment, since?: Moment): Deadline => {
    const left = new Date(due).getTime() - new Date(now).getTime();
    const whole = since === undefined ? Number.NaN : new Date(due).getTime() - new Date(since).getTime();
    const part = Number.isNaN(whole) ? Math.min(1, Math.max(0, 1 - left / (7 * 86_400_000))) : whole <= 0 ? 1 : Math.min(1, Math.max(0, 1 - left / whole));
    if (left < 0) return { tone: "late", part: 1, words: say(`lewat ${span(-left)}`, `${span(-left)} late`) };
    const days = dayNumber(partsOf(due, zone)) - dayNumber(partsOf(now, zone));
    const words = days === 0 ? clock(due) : days === 1 ? say(`Besok ${clock(due)}`, `Tomorrow ${clock(due)}`) : shortDate(due, now);
    return { tone: left <= 3 * 3_600_000 ? "soon" : "ok", part, words };
  };

  return { zone, language, clock, exactClock, date, longDate, mediumDate, shortDate, full, when, stamp, end, span, ago, deadline };
};

/** A deadline to draw: colour, part of the ring, words. */
export type Deadline = { readonly tone: "ok" | "soon" | "late" | "done"; readonly part: number; readonly words: string };

/** A number as Indonesians write it: `1.234,5`; English `1,234.5`. */
export const numberWords = (value: number, language: Language = "id", fractionDigits = 0): string =>
  value.toLocaleString(language === "id" ? "id-ID" : "en-GB", { maximumFractionDigits: fractionDigits });

/** A file's size: `812 B`, `212 KB`, `1,4 MB`. */
export const sizeWords = (bytes: number, language: Language = "id"): string => {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${numberWords(Math.round(bytes / 1000), language)} KB`;
  if (bytes < 999_500_000) return `${numberWords(bytes / 1e6, language, 1)} MB`;
  return `${numberWords(bytes / 1e9, language, 1)} GB`;
};
