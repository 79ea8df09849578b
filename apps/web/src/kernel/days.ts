import { hoursAhead, type Moment, type Zone } from "./time.ts";

const hour = 3_600_000;

/** The calendar day of a moment in the office's zone, `2026-11-24`. */
export const dayOf = (moment: Moment, zone: Zone): string => new Date(new Date(moment).getTime() + hoursAhead[zone] * hour).toISOString().slice(0, 10);

/** The first moment of a day in the office's zone. */
export const startOfDay = (day: string, zone: Zone): string => new Date(Date.parse(`${day}T00:00:00.000Z`) - hoursAhead[zone] * hour).toISOString();

/** The last moment of a day: whatever began on it is in force then. */
export const endOfDay = (day: string, zone: Zone): string => new Date(Date.parse(startOfDay(day, zone)) + 24 * hour - 1).toISOString();

/** The day so many days later. */
export const daysLater = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00.000Z`) + days * 24 * hour).toISOString().slice(0, 10);

/** Is this a day of the calendar? */
export const isDay = (text: string): boolean => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00.000Z`)) && daysLater(text, 0) === text;
