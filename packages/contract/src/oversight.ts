import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { decree, scope } from "./organisation.ts";
import { byId, done, id, instant, line, localDate, note, page, pageQuery, security, sha256 } from "./terms.ts";

const letterKind = z.enum(["surat", "naskah"]);
const part = z.enum(["surat", "berkas", "jejak"]);
const units = z.array(z.object({ id, name: z.string() }));

const inspection = z.object({
  id,
  status: z.enum(["terjadwal", "aktif", "berakhir", "dicabut"]),
  position: z.object({ id, title: z.string(), holder: z.string().nullable() }),
  purpose: z.string(), basis: z.string(), decree,
  reach: z.object({ units, types: z.array(z.string()), classifications: z.array(z.string()), from: localDate.nullable(), to: localDate.nullable() }),
  since: instant, until: instant,
  given: z.object({ by: z.string(), post: z.string() }),
  ended: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  /** How many letters were opened under it, and how many readings are recorded. */
  letters: z.number().int(), looks: z.number().int(),
  may: z.array(z.enum(["read", "revoke"])),
});

/** Mandates of inspection: an inspector reads letters within reach, for a time, with every look recorded (domain §8.1 e). */
export const inspections = {
  list: endpoint({ method: "GET", path: "/api/inspections", summary: "Mandat pemeriksaan", result: z.object({ items: z.array(inspection), mayGive: z.boolean() }) }),
  choices: endpoint({ method: "GET", path: "/api/inspections/choices", summary: "Pemeriksa yang dapat Anda tugasi, dan unit yang dapat diperiksa", result: z.object({ posts: z.array(z.object({ id, title: z.string(), holder: z.string().nullable() })), units }) }),
  show: endpoint({
    method: "GET", path: "/api/inspections/:id", summary: "Satu mandat pemeriksaan dan semua yang dibaca di bawahnya", params: byId,
    result: inspection.extend({ acts: z.array(z.object({ eventId: id, at: instant, person: z.string(), what: z.enum(["cari", "telusur", "laporan", "unduh", "surat", "berkas", "jejak"]), number: z.string().nullable(), q: z.string().nullable(), found: z.number().int().nullable() })) }),
  }),
  give: endpoint({
    method: "POST", path: "/api/inspections", summary: "Beri mandat pemeriksaan",
    body: z.object({ id, positionId: id, purpose: line(300), decree, units: z.array(id).max(100), types: scope.shape.types, classifications: scope.shape.classifications, from: localDate.nullable(), to: localDate.nullable(), since: instant, until: instant }),
    result: done,
  }),
  revoke: endpoint({ method: "POST", path: "/api/inspections/:id/revocation", summary: "Cabut mandat pemeriksaan", params: byId, body: z.object({ reason: note(300) }), result: done }),
  search: endpoint({
    method: "POST", path: "/api/inspections/:id/searches", summary: "Cari surat dalam cakupan mandat; pencariannya dicatat", params: byId,
    body: z.object({ q: note(100).default(""), cursor: z.string().max(200).nullable().default(null), limit: z.number().int().min(1).max(100).default(30) }),
    result: page(z.object({ id, kind: letterKind, number: z.string(), date: z.string(), party: z.string(), subject: z.string(), security, unit: z.string() })),
  }),
  look: endpoint({ method: "POST", path: "/api/inspections/:id/looks", summary: "Buka satu surat dalam cakupan mandat; pembacaannya dicatat", params: byId, body: z.object({ letterId: id }), result: z.object({ id, kind: letterKind }) }),
};

const standing = z.enum(["atasan", "pengawas", "admin"]);

const emergency = z.object({
  id,
  status: z.enum(["terbuka", "ditutup", "berakhir"]),
  letter: z.object({ id, kind: letterKind, number: z.string(), security }),
  opener: z.object({ person: z.string(), post: z.string() }), isMine: z.boolean(), standing, reason: z.string(), since: instant, until: instant,
  alarmed: z.array(z.object({ title: z.string(), holder: z.string().nullable(), acknowledged: z.object({ person: z.string(), at: instant, note: z.string() }).nullable() })),
  readings: z.array(z.object({ at: instant, what: part })),
  mayReadLetter: z.boolean(),
  may: z.array(z.enum(["acknowledge", "close"])),
});

/** Emergencies (break-glass): one letter opened for a short time, with everyone concerned alarmed. */
export const emergencies = {
  find: endpoint({
    method: "GET", path: "/api/emergencies/letters", summary: "Surat yang dimaksud, menurut nomor atau tautannya, dan apa yang akan terjadi", query: z.object({ q: line(300) }),
    result: z.array(z.object({ id, kind: letterKind, number: z.string(), date: z.string(), unit: z.string(), security, standing, minutes: z.number().int(), alarmed: z.array(z.string()), /** What a fresh proof commits to. */ proof: sha256, /** The refusal that opening it would meet. */ refused: z.string().nullable() })),
  }),
  open: endpoint({
    method: "POST", path: "/api/emergencies", summary: "Buka satu surat lewat akses darurat",
    body: z.object({ id, letterId: id, reason: note(1000), /** Asked again where the account has neither passkey nor authenticator. */ password: z.string().max(400).nullable().default(null) }),
    result: z.object({ id, letterId: id, kind: letterKind, until: instant }),
  }),
  list: endpoint({ method: "GET", path: "/api/emergencies", summary: "Akses darurat yang boleh Anda ketahui", query: z.object({ ...pageQuery, cursor: id.optional() }), result: page(emergency) }),
  show: endpoint({ method: "GET", path: "/api/emergencies/:id", summary: "Satu akses darurat: siapa, mengapa, apa yang dibaca, siapa yang sudah tahu", params: byId, result: emergency }),
  overseen: endpoint({
    method: "GET", path: "/api/letters/:id/oversight", summary: "Apakah surat ini saya baca lewat mandat pemeriksaan atau akses darurat?", params: byId,
    result: z.object({ through: z.object({ kind: z.enum(["pemeriksaan", "darurat"]), id, until: instant, words: z.string() }).nullable() }),
  }),
  acknowledge: endpoint({ method: "POST", path: "/api/emergencies/:id/acknowledgement", summary: "Nyatakan mengetahui akses darurat ini", params: byId, body: z.object({ note: note(500).default("") }), result: done }),
  close: endpoint({ method: "POST", path: "/api/emergencies/:id/closing", summary: "Tutup akses darurat sebelum waktunya", params: byId, result: done }),
};
