/** Dates and hours in the words of an Indonesian letter. Pure: the calendar is proleptic Gregorian, no clock, no locale data. */
import { z } from "zod";

const months = ["Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"] as const;
const weekdays = ["Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"] as const;

/** Indonesian time zones and their hours ahead of UTC; none of them has daylight saving. */
export const zones = { WIB: 7, WITA: 8, WIT: 9 } as const;
/** WIB, WITA or WIT. */
export type Zone = keyof typeof zones;

/** A calendar date `2026-11-24` that exists. */
export const localDate = z
  .string()
  .regex(/^\d{4}-\d\d-\d\d$/, "tanggal harus tttt-bb-hh")
  .refine((text) => partsOf(text) !== undefined, "tanggal tidak ada di kalender");

/** An hour of the day `09:00`. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "jam harus jj:mm");

/** `2026-11-24` → `24 November 2026`. */
export function tanggalPanjang(date: string): string {
  const { year, month, day } = existing(date);
  return `${day} ${months[month - 1]} ${year}`;
}

/** `2026-11-24` → `Selasa, 24 November 2026`. */
export function hariTanggal(date: string): string {
  const { year, month, day } = existing(date);
  return `${weekdays[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}, ${tanggalPanjang(date)}`;
}

/** `09:00` → `09.00 WITA`. */
export const pukul = (time: string, zone: Zone): string => `${time.replace(":", ".")} ${zone}`;

/** An instant in UTC in the words of the zone: `2026-11-24T01:05:00Z` → `24 November 2026 pukul 09.05 WITA`. */
export function tanggalWaktu(instant: string, zone: Zone): string {
  const moved = new Date(Date.parse(instant) + zones[zone] * 3_600_000).toISOString();
  return `${tanggalPanjang(moved.slice(0, 10))} pukul ${pukul(moved.slice(11, 16), zone)}`;
}

/** Number of the year, month and day, or undefined when the calendar has no such date. */
export function partsOf(date: string): { readonly year: number; readonly month: number; readonly day: number } | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(date);
  if (match === null) return undefined;
  const [year, month, day] = match.slice(1).map(Number);
  if (year === undefined || month === undefined || day === undefined || year < 1) return undefined;
  const back = new Date(0);
  back.setUTCFullYear(year, month - 1, day);
  return back.getUTCFullYear() === year && back.getUTCMonth() === month - 1 && back.getUTCDate() === day ? { year, month, day } : undefined;
}

function existing(date: string): { readonly year: number; readonly month: number; readonly day: number } {
  const parts = partsOf(date);
  if (parts === undefined) throw new RangeError(`not a calendar date: ${date}`);
  return parts;
}

/** Names of the months, January first. */
export const monthNames: readonly string[] = months;
