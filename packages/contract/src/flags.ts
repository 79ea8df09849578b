import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, done, id, instant, line, localDate, note, page, pageQuery } from "./terms.ts";

const count = z.number().int();

/** Words in the two languages of the screens. */
const words = z.object({ id: z.string(), en: z.string() });

/** Where a finding stands: it needs an explanation, waits for an answer, was answered, is clear, or no longer meets a measure that was changed. */
export const findingStatus = z.enum(["perlu_dijelaskan", "menunggu_jawaban", "dijawab", "sudah_jelas", "gugur"]);

/** The code of a kind of red flag, such as `A-04`. */
export const flagCode = z.string().regex(/^[A-Z]-\d\d$/);

const finding = z.object({
  id, code: flagCode, status: findingStatus,
  /** What does not fit, in one line; and about what, in a few words. */
  title: words, about: words,
  /** When the newest of its facts happened, and when it was found. */
  at: instant, found: instant,
  unit: z.object({ id, name: z.string() }).nullable(),
  letter: z.object({ id, kind: z.enum(["surat", "naskah"]), number: z.string() }).nullable(),
  asked: z.object({ post: z.string(), due: instant, late: z.boolean() }).nullable(),
});

const act = z.object({ eventId: id, at: instant, person: z.string(), post: z.string(), type: z.string(), sentence: z.string(), subjectId: id, leafIndex: count.nullable() });

/** A point (`to` null) or a span of the picture. */
const mark = z.object({ label: words, from: instant, to: instant.nullable() });

/** A number or a list of days that says when a kind of red flag is raised. */
const parameter = z.object({
  name: z.string(), label: words,
  value: z.union([z.number(), z.array(localDate)]), standard: z.union([z.number(), z.array(localDate)]),
  /** Only a number has a unit and bounds; a list of days says how many it may hold. */
  unit: words, least: z.number(), most: z.number(),
});

const kind = z.object({
  code: flagCode, name: z.string(),
  /** What is looked at; the harmless reading; what would settle it. */
  rule: words, innocent: words, missing: words,
  isOn: z.boolean(), parameters: z.array(parameter),
  counts: z.object({ perlu_dijelaskan: count, menunggu_jawaban: count, dijawab: count, sudah_jelas: count, gugur: count }),
  /** The newest look: when, how far into the log, and how many more there were than one look keeps. */
  last: z.object({ at: instant, seen: count, left: count }).nullable(),
  /** Every change of its measure, newest first. */
  changes: z.array(z.object({ at: instant, person: z.string(), post: z.string(), reason: z.string(), isOn: z.boolean(), values: z.record(z.string(), z.union([z.number(), z.array(localDate)])) })),
});

/** Red flags: what does not fit, found in the events, explained with its evidence and its harmless reading. For inspectors, within a mandate that runs. */
export const flags = {
  list: endpoint({
    method: "GET", path: "/api/flags", summary: "Hal yang tidak cocok dalam cakupan mandat pemeriksaan Anda",
    query: z.object({ status: findingStatus.optional(), code: flagCode.optional(), unitId: id.optional(), from: localDate.optional(), to: localDate.optional(), ...pageQuery }),
    result: page(finding).extend({
      counts: z.object({ perlu_dijelaskan: count, menunggu_jawaban: count, dijawab: count, sudah_jelas: count, gugur: count }),
      /** The mandates by which the list is shown; without one that runs there is nothing to see. */
      mandates: z.array(z.object({ id, basis: z.string(), since: instant, until: instant })),
      last: z.object({ at: instant, seen: count }).nullable(),
      /** The search that somebody asked for last: kinds done of all kinds, and what it found until now. */
      running: z.object({ step: z.enum(["menunggu", "mencari", "selesai", "gagal"]), done: count, of: count, raised: count, lapsed: count, asked: instant, by: z.string() }).nullable(),
      may: z.array(z.enum(["run", "set"])),
    }),
  }),
  look: endpoint({
    method: "POST", path: "/api/flags/:id/looks", summary: "Buka satu hal yang tidak cocok; pembacaannya dicatat", params: byId,
    result: finding.extend({
      sentence: words, rule: words, innocent: words, missing: words,
      measure: z.array(z.object({ label: words, value: z.string(), unit: words })),
      /** The picture: what the letter says beside what the log says, and what lies between. */
      timeline: z.object({ letter: z.array(mark), log: z.array(z.object({ label: z.string(), at: instant, eventId: id, leafIndex: count.nullable() })), gap: mark.nullable() }),
      acts: z.array(act), isCut: z.boolean(),
      /** Whom to ask: the posts that stand in the evidence, with their holders of today. */
      posts: z.array(z.object({ id, title: z.string(), holder: z.string().nullable() })),
      question: z.object({ post: z.string(), text: z.string(), due: instant, by: z.string(), at: instant }).nullable(),
      answer: z.object({ person: z.string(), post: z.string(), text: z.string(), at: instant }).nullable(),
      closed: z.object({ person: z.string(), post: z.string(), reason: z.string(), at: instant }).nullable(),
      history: z.array(z.object({ at: instant, person: z.string(), post: z.string(), sentence: z.string(), reason: z.string().nullable() })),
      may: z.array(z.enum(["ask", "close"])),
    }),
  }),
  ask: endpoint({ method: "POST", path: "/api/flags/:id/questions", summary: "Minta penjelasan pejabat yang bersangkutan", params: byId, body: z.object({ positionId: id, text: line(1000), due: localDate }), result: done }),
  question: endpoint({
    method: "GET", path: "/api/flags/:id/question", summary: "Permintaan penjelasan kepada jabatan saya", params: byId,
    result: z.object({ id, title: words, sentence: words, at: instant, text: z.string(), askedBy: z.string(), due: instant, late: z.boolean(), answer: z.object({ person: z.string(), text: z.string(), at: instant }).nullable(), may: z.array(z.enum(["answer"])) }),
  }),
  answer: endpoint({ method: "POST", path: "/api/flags/:id/answers", summary: "Jawab permintaan penjelasan", params: byId, body: z.object({ text: note(4000) }), result: done }),
  close: endpoint({ method: "POST", path: "/api/flags/:id/closing", summary: "Nyatakan sudah jelas, dengan alasan", params: byId, body: z.object({ reason: note(1000) }), result: done }),
  kinds: endpoint({ method: "GET", path: "/api/flag-kinds", summary: "Jenis hal yang tidak cocok, ukurannya, dan siapa yang mengubahnya", result: z.object({ items: z.array(kind), mayNot: z.string().nullable() }) }),
  set: endpoint({ method: "PUT", path: "/api/flag-kinds/:code", summary: "Ubah ukuran satu jenis hal yang tidak cocok", params: z.object({ code: flagCode }), body: z.object({ isOn: z.boolean(), values: z.record(z.string(), z.union([z.number(), z.array(localDate).max(400)])), reason: note(300) }), result: z.object({ code: flagCode }) }),
  run: endpoint({ method: "POST", path: "/api/flags/runs", summary: "Mulai mencari hal yang tidak cocok sekarang, di latar belakang", result: z.object({ status: z.enum(["dimulai", "berjalan"]) }) }),
};
