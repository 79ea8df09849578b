import type { Id } from "../kernel/ids.ts";

/** What became of a number: a number that was taken is never given to another letter. */
export type NumberFate = "direservasi" | "disahkan" | "dibatalkan";

/** The series in which an office numbers incoming letters of one year. */
export const agendaSeries = (officeId: Id, year: number): string => `agenda/${officeId}/${year}`;

/** The series in which an office numbers its own letters of one year. */
export const letterSeries = (officeId: Id, year: number): string => `naskah/${officeId}/${year}`;

/** A number as it is written in the agenda book: at least four digits. */
export const writtenNumber = (n: number): string => String(n).padStart(4, "0");
