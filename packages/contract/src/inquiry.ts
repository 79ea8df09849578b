import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, done, id, instant, line, localDate, note, page, security, sha256, words } from "./terms.ts";

const count = z.number().int();
const letterKind = z.enum(["surat", "naskah"]);
const letterLabel = z.object({ id, kind: letterKind, number: z.string(), subject: z.string(), security });

/** Kinds of act by which a trail is searched, in the office's own words. */
export const actGroup = z.enum(["membaca", "mencatat", "mendisposisi", "menyusun", "memaraf", "menandatangani", "mengirim", "mencabut", "memberkaskan", "melayani", "kewenangan", "organisasi", "akun", "pengawasan"]);

/** What acts are looked for; what is empty sets no limit. `letter` is part of a number or of a subject. */
const actFilter = z.object({
  person: note(100).default(""), post: note(100).default(""), unitId: id.nullable().default(null), from: localDate.nullable().default(null), to: localDate.nullable().default(null),
  acts: z.array(actGroup).max(14).default([]), letter: note(100).default(""),
});

/** Which letters make up a population; what is empty sets no limit. The dates are those on the letters. */
const letterFilter = z.object({
  q: note(100).default(""), kind: letterKind.nullable().default(null), types: z.array(z.string().max(20)).max(40).default([]), unitId: id.nullable().default(null), from: localDate.nullable().default(null), to: localDate.nullable().default(null),
});

const act = z.object({
  eventId: id, at: instant, person: z.string(), post: z.string(), holding: z.enum(["definitif", "plt", "plh", "pj"]), type: z.string(), group: actGroup.nullable(), sentence: words,
  subjectId: id, letter: letterLabel.nullable(), /** Its place in the log, from 0; null until the sequencer has placed it. */ leafIndex: count.nullable(),
});

const savedQuery = z.object({
  id, name: z.string(), query: z.discriminatedUnion("of", [z.object({ of: z.literal("tindakan"), filter: actFilter }), z.object({ of: z.literal("surat"), filter: letterFilter })]),
  shared: z.boolean(), post: z.string(), by: z.string(), at: instant, may: z.array(z.enum(["change", "remove"])),
});

const verdict = z.enum(["cocok", "catatan"]);

const sample = z.object({
  id, inspectionId: id, title: z.string(), status: z.enum(["terkunci", "diundi", "selesai", "ditinggalkan"]), basis: z.string(), words: z.string(), filter: letterFilter,
  population: z.object({ members: count, hash: sha256 }), count, /** The public fact that will decide, as it was named before anybody knew it. */ source: z.string(),
  locked: z.object({ at: instant, by: z.string(), leafIndex: count.nullable() }),
  drawn: z.object({ at: instant, by: z.string(), fact: z.string(), tree: z.object({ size: count, root: sha256 }) }).nullable(),
  tally: z.object({ cocok: count, catatan: count, belum: count }), abandoned: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  may: z.array(z.enum(["draw", "judge", "abandon"])),
});

const sampled = z.object({
  id, kind: letterKind, number: z.string(), place: count, /** What lists may tell of it; null when the mandate no longer runs. */ subject: z.string().nullable(), unit: z.string().nullable(), date: z.string().nullable(), security: security.nullable(),
  verdict: verdict.nullable(), note: z.string(), at: instant.nullable(), by: z.string().nullable(),
});

/** The questions that a log must let an auditor answer (domain §8.3). */
export const question = z.enum(["pembaca", "pelaksana", "nomor", "tenggat", "versi", "admin", "rantai"]);

const reportInput = { letterId: id.nullable().default(null), from: localDate.nullable().default(null), to: localDate.nullable().default(null), unitId: id.nullable().default(null) };

const report = z.object({
  question, at: instant, words: z.string(), basis: z.string(), columns: z.array(z.string()), isCut: z.boolean(), /** The head of the log against which every row can be proved. */ head: z.object({ size: count, root: z.string() }).nullable(),
  rows: z.array(z.object({ cells: z.record(z.string(), z.string().nullable()), tone: z.enum(["baik", "perhatian", "salah"]), letter: letterLabel.omit({ subject: true, security: true }).nullable(), event: z.object({ id, subjectId: id, at: instant, type: z.string(), leafIndex: count.nullable() }).nullable() })),
});


const asList = z.string().max(400).default("").transform((text) => text.split(",").filter((part) => part !== ""));

/** The inspector's room: what he searches, draws and reports under a mandate. Every use is an event of the mandate. */
export const inquiry = {
  choices: endpoint({ method: "GET", path: "/api/inquiry/choices", summary: "Unit yang dapat dipilih saat menelusuri (pengawas)", result: z.object({ units: z.array(z.object({ id, name: z.string() })) }) }),
  acts: endpoint({
    method: "POST", path: "/api/inspections/:id/traces", summary: "Telusuri tindakan dalam cakupan mandat; penelusurannya dicatat", params: byId,
    body: z.object({ filter: actFilter.prefault({}), cursor: id.nullable().default(null), limit: count.min(1).max(100).default(40) }),
    result: page(act).extend({ /** Everything newer has been looked at; with `next` there is older to look at, also when nothing was found yet. */ searchedTo: instant.nullable(), /** How many letters the words met; more than these are not followed. */ letters: z.object({ count, isCut: z.boolean() }).nullable() }),
  }),
  actsFile: endpoint({
    method: "GET", path: "/api/inspections/:id/traces.csv", summary: "Unduh hasil telusur sebagai CSV; pengunduhannya dicatat", carries: "file", params: byId,
    query: z.object({ person: note(100).default(""), post: note(100).default(""), unitId: id.optional(), from: localDate.optional(), to: localDate.optional(), acts: asList, letter: note(100).default("") }),
  }),
  queries: endpoint({ method: "GET", path: "/api/inquiry/queries", summary: "Pencarian tersimpan milik jabatan ini dan yang dibagikan di inspektorat", result: z.array(savedQuery) }),
  saveQuery: endpoint({ method: "POST", path: "/api/inquiry/queries", summary: "Simpan pencarian", body: z.object({ id, name: line(100), query: savedQuery.shape.query, shared: z.boolean() }), result: done }),
  changeQuery: endpoint({ method: "POST", path: "/api/inquiry/queries/:id/changes", summary: "Ganti nama pencarian, bagikan, atau berhenti membagikannya", params: byId, body: z.object({ name: line(100), shared: z.boolean() }), result: done }),
  removeQuery: endpoint({ method: "POST", path: "/api/inquiry/queries/:id/removal", summary: "Hapus pencarian tersimpan", params: byId, result: done }),

  population: endpoint({ method: "POST", path: "/api/inspections/:id/populations", summary: "Hitung surat yang akan menjadi populasi uji petik; penghitungannya dicatat", params: byId, body: z.object({ filter: letterFilter.prefault({}) }), result: z.object({ members: count, isTooMany: z.boolean(), first: z.array(letterLabel) }) }),
  samples: endpoint({ method: "GET", path: "/api/inquiry/samples", summary: "Uji petik jabatan ini", result: z.array(sample) }),
  sample: endpoint({ method: "GET", path: "/api/inquiry/samples/:id", summary: "Satu uji petik: populasi, undian, dan putusan tiap surat", params: byId, result: sample.extend({ letters: z.array(sampled) }) }),
  lockSample: endpoint({
    method: "POST", path: "/api/inspections/:id/samples", summary: "Kunci populasi uji petik, sebelum benihnya diketahui siapa pun", params: byId,
    body: z.object({ sampleId: id, title: line(200), filter: letterFilter.prefault({}), count: count.min(1).max(500), source: line(200) }), result: done,
  }),
  drawSample: endpoint({ method: "POST", path: "/api/inquiry/samples/:id/draw", summary: "Undi sampel dengan fakta umum yang kini diketahui", params: byId, body: z.object({ value: line(200) }), result: done }),
  judge: endpoint({ method: "POST", path: "/api/inquiry/samples/:id/verdicts", summary: "Putuskan satu surat sampel: cocok, atau dengan catatan", params: byId, body: z.object({ letterId: id, verdict, note: note(2000).default("") }), result: done }),
  abandonSample: endpoint({ method: "POST", path: "/api/inquiry/samples/:id/abandonment", summary: "Tinggalkan uji petik ini, dengan alasan", params: byId, body: z.object({ reason: line(500) }), result: done }),
  evidence: endpoint({
    method: "GET", path: "/api/inquiry/samples/:id/evidence", summary: "Semua yang diperlukan untuk mengulang undian: daftar, bukti log, benih, dan hasilnya", params: byId,
    result: z.object({
      format: z.literal("lontar/draw/v1"), sample: id, title: z.string(), population: z.object({ hash: sha256, members: z.array(id) }), count, source: z.string(), fact: z.string(),
      tree: z.object({ size: count, root: sha256 }), /** The record that froze the list: the last of that tree. */ lock: z.object({ eventId: id, at: instant, leaf: z.string(), committed: z.string(), salt: z.string(), proof: z.array(sha256) }),
      /** The log only grew since: from that tree to the signed head. */ growth: z.array(sha256), checkpoint: z.string(), verifierKey: z.string(), drawn: z.array(id),
    }),
  }),

  report: endpoint({ method: "POST", path: "/api/inspections/:id/reports", summary: "Jawab satu dari tujuh pertanyaan pemeriksa; laporannya dicatat", params: byId, body: z.object({ question, ...reportInput }), result: report }),
  reportFile: endpoint({
    method: "GET", path: "/api/inspections/:id/reports/:question/:form", summary: "Unduh laporan sebagai CSV, atau JSON dengan bukti log tiap baris; pengunduhannya dicatat", carries: "file",
    params: z.object({ id, question, form: z.enum(["csv", "json"]) }), query: z.object({ letterId: id.optional(), from: localDate.optional(), to: localDate.optional(), unitId: id.optional() }),
  }),
};
