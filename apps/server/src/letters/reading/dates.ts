import type { Placed } from "./layout.ts";
import { distance, plain, readDigits } from "./slips.ts";

/** A date found among words: ISO, the words it stands in, and whether anything had to be guessed. */
export type FoundDate = { readonly date: string; readonly from: number; readonly to: number; readonly certainty: number };

const months: readonly (readonly string[])[] = [
  ["januari", "jan"], ["februari", "pebruari", "feb", "peb"], ["maret", "mar"], ["april", "apr"], ["mei"], ["juni", "jun"],
  ["juli", "jul"], ["agustus", "agust", "agst", "agt", "ags", "agu"], ["september", "sept", "sep"], ["oktober", "okt"], ["november", "nopember", "nov", "nop"], ["desember", "des"],
];

/** The month a word names, 1 to 12, and how certain that is; one wrong letter is forgiven in names of five letters or more. */
export const readMonth = (text: string): { readonly month: number; readonly certainty: number } | undefined => {
  const word = plain(text);
  const exact = months.findIndex((names) => names.includes(word));
  if (exact >= 0) return { month: exact + 1, certainty: 1 };
  const near = months.flatMap((names, index) => (names.some((name) => name.length >= 5 && distance(word, name, 1) <= 1) ? [index + 1] : []));
  const [only] = near;
  return only !== undefined && near.length === 1 ? { month: only, certainty: 0.85 } : undefined;
};

/** Every date among `words`, in order. A date without a year is taken only when `year` says what to assume. */
export const findDates = (words: readonly Placed[], assume?: { readonly year: number; readonly after: string }): readonly FoundDate[] => {
  const found: FoundDate[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const date = dateAt(words, at, assume);
    if (date === undefined) continue;
    found.push(date);
    at = date.to - 1;
  }
  return found;
};

const dateAt = (words: readonly Placed[], at: number, assume: { readonly year: number; readonly after: string } | undefined): FoundDate | undefined => {
  const word = words[at]?.word.text ?? "";
  const glued = /^(\d{1,2})([A-Za-z]{3,9})(\d{4})[.,;:)]*$/.exec(word);
  if (glued !== null) return fromNames(glued[1], glued[2], glued[3], at, at + 1);
  const numeric = /^\(?([\dlIoO]{1,2})[-/.]([\dlIoO]{1,2})[-/.]([\dlIoO]{4})[.,;:)]*$/.exec(word);
  if (numeric !== null) {
    const month = Number(readDigits(numeric[2] ?? ""));
    return calendar(numeric[1], { month, certainty: 0.95 }, readDigits(numeric[3] ?? ""), at, at + 1);
  }
  const day = /^[(:]?([\dlIoOSB|]{1,2})[.,]?$/.exec(word)?.[1];
  const month = words[at + 1]?.word.text;
  if (day === undefined || month === undefined) return undefined;
  const year = /^([\dlIoOSB|]{4})\D{0,3}$/.exec(words[at + 2]?.word.text ?? "")?.[1];
  if (year !== undefined) return fromNames(day, month, readDigits(year), at, at + 3);
  if (assume === undefined) return undefined;
  const guess = fromNames(day, month, String(assume.year), at, at + 2);
  if (guess === undefined) return undefined;
  const next = guess.date < assume.after ? fromNames(day, month, String(assume.year + 1), at, at + 2) : guess;
  return next === undefined ? undefined : { ...next, certainty: next.certainty * 0.8 };
};

const fromNames = (day: string | undefined, name: string | undefined, year: string | undefined, from: number, to: number): FoundDate | undefined => {
  const month = readMonth(name ?? "");
  return month === undefined ? undefined : calendar(day, month, year ?? "", from, to);
};

/** Only days that exist, in years in which a letter of an office can be written. */
const calendar = (rawDay: string | undefined, { month, certainty }: { readonly month: number; readonly certainty: number }, year: string, from: number, to: number): FoundDate | undefined => {
  const digits = readDigits(rawDay ?? "");
  const date = `${year}-${String(month).padStart(2, "0")}-${digits.padStart(2, "0")}`;
  const parsed = /^(19|20)\d\d-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(parsed) || new Date(parsed).toISOString().slice(0, 10) !== date) return undefined;
  return { date, from, to, certainty: digits === rawDay ? certainty : certainty * 0.9 };
};
