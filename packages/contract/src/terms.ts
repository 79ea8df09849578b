import { z } from "zod";

/** A UUIDv7, made by whoever creates the thing. */
export const id = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/, "pengenal harus UUIDv7").meta({ format: "uuid" });

/** SHA-256 in lower-case hex. */
export const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** UTC instant, ISO 8601. */
export const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, "waktu harus ISO 8601 UTC");

/** Calendar date of the office. */
export const localDate = z.iso.date("tanggal harus tttt-bb-hh dan ada di kalender");

/** A line of text that a person typed: trimmed, without control characters, not empty. */
export const line = (max: number) =>
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
  z.string().trim().min(1, "wajib diisi").max(max, `paling banyak ${max} huruf`).regex(/^[^\u0000-\u0008\u000b-\u001f\u007f]*$/u, "ada huruf yang tidak dapat disimpan");

/** Like `line`, but may be empty. */
export const note = (max: number) =>
  // oxlint-disable-next-line no-control-regex -- as above
  z.string().trim().max(max, `paling banyak ${max} huruf`).regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/u, "ada huruf yang tidak dapat disimpan");

/** Words in both languages of the pages. */
export const words = z.object({ id: z.string(), en: z.string() });

/** As above. */
export type Words = z.output<typeof words>;

/** Security class of a letter: Biasa/Terbuka, Terbatas, Rahasia, Sangat Rahasia. */
export const security = z.enum(["B", "T", "R", "SR"]);

/** Urgency of a letter. */
export const urgency = z.enum(["biasa", "segera", "amat_segera"]);

/** A post with its holder of today, as lists and pickers show it. */
export const post = z.object({
  id,
  title: z.string(),
  unit: z.string(),
  holder: z.string().nullable(),
  holding: z.enum(["definitif", "plt", "plh", "pj"]).nullable(),
  load: z.number().int().optional(),
});

/** A stored file that a letter carries. */
export const file = z.object({ sha256, name: z.string(), mediaType: z.string(), size: z.number().int(), pages: z.number().int() });

/** Keyset page of a list, newest first: send the last `next` back to go on. */
export const page = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item), next: z.string().nullable() });

/** Cursor and size of a page that is asked for. */
export const pageQuery = { cursor: z.string().max(200).optional(), limit: z.coerce.number().int().min(1).max(100).default(30) };

/** Path parameter `:id`. */
export const byId = z.object({ id });

/** What a command answers: the thing it changed, in its new state. */
export const done = z.object({ id, status: z.string() });
