import type { Instant } from "../kernel/ids.ts";

/** What of a letter is read: its page with facts and words, one of its files, or its Jejak. */
export type Part = { readonly what: "surat" | "jejak"; readonly sha256: null } | { readonly what: "berkas"; readonly sha256: string };

/** When each part was read last, by its name. */
export type Readings = Readonly<Record<string, Instant>>;

/** The name of a part among the readings. */
export const partName = (part: Part): string => part.sha256 ?? part.what;

// A page is drawn picture by picture: the same part again within these minutes is the same reading, and after them a new one.
const sameReadingMs = 5 * 60_000;

/** Is it a reading of its own, to be recorded? */
export const isNewReading = (recent: Readings, part: Part, at: Instant): boolean => {
  const before = recent[partName(part)];
  return before === undefined || Date.parse(at) - Date.parse(before) >= sameReadingMs;
};
