import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, id, instant, localDate } from "./terms.ts";

/** The clauses of the visibility rule (domain §8.1): `a` handled it, `b` addressed or on the path, `c` right of the class, `d` keeps the register, `e` open inspection, `f` public. */
export const clause = z.enum(["a", "b", "c", "d", "e", "f"]);

/** By which part of a clause. */
export const readerRule = z.enum(["penyusun", "pemaraf", "penanda_tangan", "pencatat", "dituju", "tembusan", "disposisi", "pelapor", "registrasi"]);

/** The inside, or what stands on the closed envelope. */
export const sight = z.enum(["isi", "sampul"]);

/** The act that gave a right. */
export const givingAct = z.object({ eventId: id, at: instant, sentence: z.string(), person: z.string(), post: z.string(), holding: z.enum(["definitif", "plt", "plh", "pj"]), system: z.boolean() });

const ground = z.object({
  clause, rule: readerRule, sight, since: instant,
  /** Through what: himself, the post he holds now, or the unit whose register his post keeps. */
  through: z.enum(["orang", "jabatan", "unit"]),
  act: givingAct.nullable(),
});

const person = z.object({
  /** Nobody while the post is vacant; not told to who may not know. */
  name: z.string().nullable(),
  post: z.string(), unit: z.string(), holding: z.enum(["definitif", "plt", "plh", "pj"]).nullable(), basis: z.string().nullable(),
  sight, since: instant, through: z.enum(["orang", "jabatan", "unit"]), act: givingAct.nullable(),
});

const onDay = z.object({ on: localDate.optional() });

/** Visibility that explains itself: why may I see this, and who may. */
export const rights = {
  mine: endpoint({ method: "GET", path: "/api/letters/:id/rights/mine", summary: "Mengapa saya bisa melihat ini?", params: byId, result: z.object({ post: z.string(), grounds: z.array(ground), maySeeReaders: z.boolean() }) }),
  readers: endpoint({
    method: "GET", path: "/api/letters/:id/rights", summary: "Siapa saja yang dapat melihat ini, hari ini atau pada suatu tanggal?", params: byId, query: onDay,
    result: z.object({ at: instant, since: instant.nullable(), isNamed: z.boolean(), groups: z.array(z.object({ clause, rule: readerRule, people: z.array(person) })) }),
  }),
  export: endpoint({ method: "GET", path: "/api/letters/:id/rights/csv", summary: "Daftar yang dapat melihat ini, sebagai CSV", carries: "file", params: byId, query: onDay }),
};
