import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, done, id, instant, line, localDate, note, security, words } from "./terms.ts";

/** The clauses of the visibility rule (domain §8.1): `a` handled it, `b` addressed or on the path, `c` right of the class, `d` keeps the register, `e` open inspection, `f` public; `darurat` stands outside them, and alarms. */
export const clause = z.enum(["a", "b", "c", "d", "e", "f", "darurat"]);

/** By which part of a clause. */
export const readerRule = z.enum(["penyusun", "pemaraf", "penanda_tangan", "pencatat", "dituju", "tembusan", "disposisi", "pelapor", "klasifikasi", "registrasi", "pemeriksaan", "darurat"]);

/** The inside, or what stands on the closed envelope. */
export const sight = z.enum(["isi", "sampul"]);

/** The act that gave a right. */
export const givingAct = z.object({ eventId: id, at: instant, sentence: words, person: z.string(), post: z.string(), holding: z.enum(["definitif", "plt", "plh", "pj"]), system: z.boolean() });

const ground = z.object({
  clause, rule: readerRule, sight, since: instant,
  /** Through what: himself, the post he holds now, or the unit whose register his post keeps. */
  through: z.enum(["orang", "jabatan", "unit"]),
  act: givingAct.nullable(),
  /** The rule of the office that gives a right of class, or the decree of a mandate of inspection. */
  basis: z.string().nullable(),
});

const person = z.object({
  /** Nobody while the post is vacant; not told to who may not know. */
  name: z.string().nullable(),
  post: z.string(), unit: z.string(), holding: z.enum(["definitif", "plt", "plh", "pj"]).nullable(), basis: z.string().nullable(),
  sight, since: instant, through: z.enum(["orang", "jabatan", "unit"]), act: givingAct.nullable(),
});

const onDay = z.object({ on: localDate.optional() });

/** Levels of officials as SKKAAD tables name them. */
export const level = z.enum(["penentu_kebijakan", "pelaksana_kebijakan", "pengawas"]);

const classRight = z.object({
  id, prefix: z.string(), classification: z.string(), securities: z.array(security), level: level.nullable(), position: z.object({ id, title: z.string() }).nullable(), unit: z.object({ id, name: z.string() }).nullable(),
  basis: z.string(), since: instant, until: instant.nullable(), status: z.enum(["akan_berlaku", "berlaku", "berakhir"]), ended: z.object({ at: instant, person: z.string(), reason: z.string() }).nullable(),
});

/** Visibility that explains itself: why may I see this, and who may. */
export const rights = {
  mine: endpoint({ method: "GET", path: "/api/letters/:id/rights/mine", summary: "Mengapa saya bisa melihat ini?", params: byId, result: z.object({ post: z.string(), grounds: z.array(ground), maySeeReaders: z.boolean() }) }),
  readers: endpoint({
    method: "GET", path: "/api/letters/:id/rights", summary: "Siapa saja yang dapat melihat ini, hari ini atau pada suatu tanggal?", params: byId, query: onDay,
    result: z.object({ at: instant, since: instant.nullable(), isNamed: z.boolean(), groups: z.array(z.object({ clause, rule: readerRule, people: z.array(person) })) }),
  }),
  matrix: endpoint({
    method: "GET", path: "/api/rights/matrix", summary: "Matriks tindakan: keadaan, peran, dan yang boleh dilakukan",
    result: z.object({ things: z.array(z.object({ thing: z.string(), roles: z.array(z.string()), acts: z.array(z.string()), states: z.array(z.object({ state: z.string(), /** One row an act, one cell a role. */ outcomes: z.array(z.array(z.string())) })) })), sentences: z.record(z.string(), z.string()) }),
  }),
  classes: endpoint({ method: "GET", path: "/api/rights/classes", summary: "Hak baca menurut klasifikasi (SKKAAD)", result: z.object({ items: z.array(classRight), mayEdit: z.boolean() }) }),
  units: endpoint({ method: "GET", path: "/api/rights/units", summary: "Unit yang dapat dipilih sebagai lingkup hak baca", result: z.array(z.object({ id, name: z.string() })) }),
  grant: endpoint({
    method: "POST", path: "/api/rights/classes", summary: "Beri hak baca menurut klasifikasi",
    body: z.object({ id, prefix: z.string().regex(/^\d{3}(\.\d{1,3}){0,5}$/, "kode klasifikasi, misalnya 900.1"), securities: z.array(security).min(1).max(4), level: level.nullable(), positionId: id.nullable(), unitId: id.nullable(), basis: line(300), since: localDate, until: localDate.nullable() }),
    result: done,
  }),
  end: endpoint({ method: "POST", path: "/api/rights/classes/:id/end", summary: "Akhiri hak baca", params: byId, body: z.object({ reason: note(500) }), result: done }),
  export: endpoint({ method: "GET", path: "/api/letters/:id/rights/csv", summary: "Daftar yang dapat melihat ini, sebagai CSV", carries: "file", params: byId, query: onDay }),
};
