import { randomBytes } from "node:crypto";

/** An identifier made by whoever creates the thing: UUIDv7 (RFC 9562 §5.7), lower case. */
export type Id = string;

/** UTC instant in ISO 8601 with milliseconds, `2026-11-24T06:05:00.000Z`. */
export type Instant = string;

/** Calendar date in the office's own time zone, `2026-11-24`. */
export type LocalDate = string;

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Is the text a UUIDv7 in the one form we store? */
export const isId = (text: string): boolean => uuidPattern.test(text);

/** A UUIDv7 for the given time from the given ten random bytes; pure, so that tests and seeds can repeat it. */
export const idFrom = (timeMs: number, random: Uint8Array): Id => {
  const bytes = Buffer.allocUnsafe(16); // each of them is written
  bytes.writeUIntBE(timeMs, 0, 6);
  for (let at = 0; at < 10; at += 1) bytes[6 + at] = random[at] ?? 0;
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x70, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** Where time, ids and chance come from; tests put their own in its place. */
export type Source = {
  readonly now: () => Instant;
  readonly id: () => Id;
  readonly bytes: (count: number) => Uint8Array;
};

// Each draw is a journey into OpenSSL, of seven microseconds for ten bytes: what ids and salts take is drawn in advance, as `randomUUID` does.
const most = 64;
const advance = { bytes: Buffer.alloc(0), taken: 0 };

/** So many bytes of chance, given once: what is given is wiped from what was drawn. */
const drawn = (count: number): Buffer => {
  if (count > most) return randomBytes(count);
  if (advance.taken + count > advance.bytes.length) Object.assign(advance, { bytes: randomBytes(most * most), taken: 0 });
  const end = advance.taken + count;
  const given = Buffer.from(advance.bytes.subarray(advance.taken, end));
  advance.bytes.fill(0, advance.taken, end);
  advance.taken = end;
  return given;
};

/** The real clock and the real dice. */
export const realSource: Source = {
  now: () => new Date().toISOString(),
  id: () => idFrom(Date.now(), drawn(10)),
  bytes: drawn,
};

/** Indonesian time zones as offices name them. */
export type Zone = "WIB" | "WITA" | "WIT";

/** How far each zone is ahead of UTC, in hours; Indonesia knows no summer time. */
export const hoursAhead = { WIB: 7, WITA: 8, WIT: 9 } as const satisfies Record<Zone, number>;

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** The first moment of a calendar date in the office's zone. */
export const startOfDay = (date: LocalDate, zone: Zone): Instant => new Date(Date.parse(`${date}T00:00:00.000Z`) - hoursAhead[zone] * hourMs).toISOString();

/** The calendar date that an office in `zone` has at `instant`. */
export const localDate = (instant: Instant, zone: Zone): LocalDate => dateOf(Math.floor((Date.parse(instant) + hoursAhead[zone] * hourMs) / dayMs));

// Whoever asks for a date mostly asks for the one he asked for before: writing it takes ten times as long as remembering it.
let written: { readonly day: number; readonly date: LocalDate } = { day: 0, date: "1970-01-01" };

const dateOf = (day: number): LocalDate => {
  if (written.day !== day) written = { day, date: new Date(day * dayMs).toISOString().slice(0, 10) };
  return written.date;
};
