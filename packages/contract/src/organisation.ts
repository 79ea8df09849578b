import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, done, id, instant, line, localDate, note, page, pageQuery, sha256 } from "./terms.ts";

const holdingKind = z.enum(["definitif", "plt", "plh", "pj"]);
const postFunction = z.enum(["registrar", "archivist", "leader", "signer", "operator", "inspector", "admin"]);

/** The paper that something of the organisation rests on: a letter signed in Lontar, or a scan uploaded with `organisation.uploadDecree`. */
export const decree = z
  .object({ number: line(80), date: localDate, letterId: id.nullable().default(null), file: z.object({ sha256, name: line(200) }).nullable().default(null) })
  .refine((given) => given.letterId !== null || given.file !== null, "pilih surat yang ditandatangani di Lontar, atau unggah berkas keputusannya");

/** What a mandate reaches; empty lists set no limit. */
export const scope = z.object({ types: z.array(line(20)).max(50), classifications: z.array(z.string().regex(/^\d{3}(\.\d{1,2}){0,3}$/, "kode klasifikasi tidak dikenal")).max(100) });

const letterhead = z.object({ level: z.enum(["opd", "bupati", "desa"]), lines: z.array(line(120)).min(1).max(5), address: z.array(line(160)).max(4), place: line(60) });

/** What a unit is from a day on. */
export const unitFacts = z.object({ code: line(40).regex(/^[\p{L}\p{N} ._-]+$/u, "kode hanya huruf, angka, titik, garis"), name: line(160), shortName: line(60), parentId: id.nullable(), kind: line(40), letterhead: letterhead.nullable() });

/** The name of a post in import and export; the office chooses it, or leaves it out. */
const postCode = line(40).regex(/^[\p{L}\p{N} ._-]+$/u, "kode hanya huruf, angka, titik, garis");

/** What a post is from a day on. */
export const postFacts = z.object({ unitId: id, title: line(160), shortTitle: line(60), superiorId: id.nullable(), role: z.string().regex(/^[a-z][a-z_]{1,39}$/, "peran ditulis dengan huruf kecil dan garis bawah"), functions: z.array(postFunction).max(7), order: z.number().int().min(0).max(1_000_000), code: postCode.nullable().optional() });

const since = { since: instant, decree: decree.nullable().default(null) };

const holder = z.object({ holdingId: id, personId: id, name: z.string(), kind: holdingKind, basis: z.string().nullable(), since: instant, until: instant.nullable() });

const period = <Facts extends z.ZodType>(facts: Facts) => z.object({ since: instant, until: instant.nullable(), facts: facts.nullable(), decree: decree.nullable() });

const chartUnit = z.object({ id, code: z.string(), name: z.string(), shortName: z.string(), parentId: id.nullable(), kind: z.string(), hasLetterhead: z.boolean() });
const chartPost = z.object({ id, unitId: id, title: z.string(), shortTitle: z.string(), superiorId: id.nullable(), role: z.string(), functions: z.array(z.string()), holder: holder.nullable(), aside: holder.nullable(), waiting: z.number().int() });

const person = z.object({ id, name: z.string(), nip: z.string().nullable(), rank: z.string().nullable(), grade: z.string().nullable(), email: z.string().nullable(), nik: z.string().nullable(), username: z.string().nullable(), posts: z.array(z.object({ positionId: id, title: z.string(), kind: holdingKind })) });

/** Whose way in must be proved twice, after how many days of grace, and whether it is demanded or only advised. */
const strongEntry = z.object({ groups: z.array(z.enum(["signer", "secretary", "admin", "inspector", "everyone"])).max(5), graceDays: z.number().int().min(0).max(90), force: z.enum(["required", "advised"]) });
const policyRules = z.object({ holderWhileActing: z.enum(["blocked", "warned"]), beyondMandate: z.array(z.string()), emergencyMinutes: z.number().int(), strongEntry });

const mandateKind = z.enum(["plt", "plh", "an", "ub"]);
const mandateView = z.object({
  id,
  kind: mandateKind,
  status: z.enum(["terjadwal", "aktif", "berakhir", "dicabut"]),
  /** The post whose authority is exercised. */
  from: z.object({ id, title: z.string(), holder: z.string().nullable() }),
  /** Who exercises it: a person (Plt., Plh.), or a post and its holder (a.n., u.b.). */
  to: z.object({ id, title: z.string(), holder: z.string().nullable() }),
  basis: z.string(),
  decree,
  scope: scope.nullable(),
  since: instant,
  until: instant.nullable(),
  ended: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable(),
  may: z.array(z.enum(["revoke"])),
});

/** The sheets of a workbook of the organisation. */
const importSheet = z.enum(["Unit", "Jabatan", "Pegawai", "Pemangku"]);

/** What can be wrong with a row of an import. */
export const importProblem = z.enum([
  "sheet_unknown", "sheet_twice", "column_missing", "column_unknown", "column_twice", "nothing_to_read",
  "formula", "error_cell", "required", "malformed", "digits_lost",
  "nip_length", "nik_length", "nik_masked", "nip_taken", "nik_taken", "duplicate",
  "unit_unknown", "parent_unknown", "superior_unknown", "post_unknown", "person_unknown", "person_ambiguous",
  "loop", "function_unknown", "kind_unknown", "level_unknown", "order_bad", "letterhead_incomplete",
  "date_bad", "end_before_start", "end_in_past", "overlap", "decree_incomplete", "mandate_elsewhere", "holding_fixed", "post_not_yet", "plan_in_the_way",
]);

/** The organisation: its tree at any day, its people, who holds what, and by which mandate. */
export const organisation = {
  chart: endpoint({ method: "GET", path: "/api/organisation", summary: "Bagan organisasi pada suatu saat", query: z.object({ at: instant.optional() }), result: z.object({ at: instant, units: z.array(chartUnit), posts: z.array(chartPost), changes: z.array(z.object({ at: instant, what: z.string() })) }) }),
  unit: endpoint({ method: "GET", path: "/api/organisation/units/:id", summary: "Riwayat satu unit", params: byId, result: z.object({ id, periods: z.array(period(unitFacts)) }) }),
  post: endpoint({ method: "GET", path: "/api/organisation/posts/:id", summary: "Riwayat satu jabatan dan pemangkunya", params: byId, result: z.object({ id, periods: z.array(period(postFacts)), holders: z.array(holder.extend({ decree: decree.nullable(), ended: z.object({ at: instant, by: z.string(), reason: z.string() }).nullable() })), waiting: z.number().int() }) }),
  defineUnit: endpoint({ method: "PUT", path: "/api/organisation/units/:id", summary: "Tetapkan unit mulai suatu saat", params: byId, body: z.object({ facts: unitFacts, ...since }), result: done }),
  dissolveUnit: endpoint({ method: "POST", path: "/api/organisation/units/:id/dissolution", summary: "Hapus unit mulai suatu saat", params: byId, body: z.object(since), result: done }),
  withdrawUnit: endpoint({ method: "POST", path: "/api/organisation/units/:id/withdrawal", summary: "Batalkan rencana perubahan unit", params: byId, body: z.object({ since: instant }), result: done }),
  definePost: endpoint({ method: "PUT", path: "/api/organisation/posts/:id", summary: "Tetapkan jabatan mulai suatu saat", params: byId, body: z.object({ facts: postFacts, ...since }), result: done }),
  closePost: endpoint({ method: "POST", path: "/api/organisation/posts/:id/closure", summary: "Hapus jabatan mulai suatu saat", params: byId, body: z.object(since), result: done }),
  withdrawPost: endpoint({ method: "POST", path: "/api/organisation/posts/:id/withdrawal", summary: "Batalkan rencana perubahan jabatan", params: byId, body: z.object({ since: instant }), result: done }),
  preview: endpoint({
    method: "POST", path: "/api/organisation/preview", summary: "Apa yang berpindah bila unit atau jabatan diubah",
    body: z.object({ kind: z.enum(["unit", "post"]), id, parentId: id.nullable(), at: instant }),
    result: z.object({ posts: z.array(z.object({ id, title: z.string(), holder: z.string().nullable(), waiting: z.number().int() })), units: z.array(z.object({ id, name: z.string() })), officeBefore: z.string().nullable(), officeAfter: z.string().nullable() }),
  }),
  /** What is looked for may be a NIK, and addresses stand in the logs of proxies: so it is sent in the body. */
  people: endpoint({ method: "POST", path: "/api/people/searches", summary: "Daftar pegawai", body: z.object({ q: z.string().max(100).default(""), ...pageQuery }), result: page(person) }),
  definePerson: endpoint({ method: "PUT", path: "/api/people/:id", summary: "Catat atau ubah data pegawai", params: byId, body: z.object({ name: line(120), nip: z.string().regex(/^\d{18}$/, "NIP harus 18 angka").nullable(), rank: line(60).nullable(), grade: line(10).nullable(), email: z.email("pos-el tidak sah").nullable(), nik: z.string().regex(/^\d{16}$/, "NIK harus 16 angka").nullable().optional() }), result: done }),
  appoint: endpoint({ method: "POST", path: "/api/holdings", summary: "Catat pengangkatan dalam jabatan", body: z.object({ id, personId: id, positionId: id, kind: z.enum(["definitif", "pj"]), since: instant, until: instant.nullable().default(null), decree }), result: done }),
  endHolding: endpoint({ method: "POST", path: "/api/holdings/:id/end", summary: "Akhiri pemangkuan jabatan", params: byId, body: z.object({ at: instant, reason: line(300) }), result: done }),
  uploadDecree: endpoint({ method: "POST", path: "/api/decrees", summary: "Unggah pindaian keputusan", carries: "upload", result: z.object({ sha256, name: z.string() }) }),
  decreeFile: endpoint({ method: "GET", path: "/api/decrees/:sha256", summary: "Buka pindaian keputusan", params: z.object({ sha256 }), carries: "file" }),
  export: endpoint({ method: "GET", path: "/api/organisation/export", summary: "Ekspor organisasi: buku kerja empat lembar, atau satu lembar sebagai CSV", carries: "file", query: z.object({ sheet: importSheet.optional() }) }),
  template: endpoint({ method: "GET", path: "/api/organisation/template", summary: "Templat impor dengan petunjuk", carries: "file" }),
  uploadImport: endpoint({ method: "POST", path: "/api/organisation/imports", summary: "Unggah lembar kerja untuk diperiksa", carries: "upload", result: z.object({ id, name: z.string() }) }),
  dryRun: endpoint({
    method: "GET", path: "/api/organisation/imports/:id", summary: "Apa yang akan berubah bila lembar kerja diterapkan, dan semua kesalahannya menurut baris", params: byId, query: z.object({ since: localDate.optional() }),
    result: z.object({
      id, name: z.string(), digest: sha256,
      sheets: z.array(z.object({ sheet: importSheet, rows: z.number().int(), fresh: z.number().int(), changed: z.number().int(), unchanged: z.number().int(), absent: z.number().int() })),
      problems: z.array(z.object({ sheet: z.string(), row: z.number().int(), column: z.string().nullable(), code: importProblem, value: z.string(), other: z.string().nullable() })),
      problemCount: z.number().int(),
      changes: z.array(z.object({ sheet: importSheet, row: z.number().int(), what: z.enum(["new", "changed", "ended"]), title: z.string(), fields: z.array(z.string()) })),
      changeCount: z.number().int(),
    }),
  }),
  importProgress: endpoint({ method: "GET", path: "/api/organisation/imports/:id/progress", summary: "Sampai mana penerapan lembar kerja; yang ditolak menjawab alasannya", params: byId, result: z.object({ done: z.number().int(), total: z.number().int(), isWaiting: z.boolean(), isRunning: z.boolean() }) }),
  waitingImport: endpoint({ method: "GET", path: "/api/organisation/imports", summary: "Lembar kerja Anda yang sudah diperiksa atau sedang diterapkan", result: z.object({ file: z.object({ id, name: z.string() }).nullable() }) }),
  applyImport: endpoint({ method: "POST", path: "/api/organisation/imports/:id/application", summary: "Terapkan lembar kerja seluruhnya dalam satu transaksi, di latar belakang", params: byId, body: z.object({ digest: sha256, since: localDate.nullable().default(null), decree: decree.nullable().default(null) }), result: done }),
  policy: endpoint({ method: "GET", path: "/api/policy", summary: "Aturan kewenangan instansi", result: policyRules }),
  policyHistory: endpoint({ method: "GET", path: "/api/policy/history", summary: "Riwayat aturan kewenangan instansi, yang terbaru lebih dulu (admin)", result: z.array(z.object({ eventId: id, at: instant, person: z.string(), post: z.string(), rules: policyRules })) }),
  setPolicy: endpoint({ method: "PUT", path: "/api/policy", summary: "Ubah aturan kewenangan instansi", body: z.object({ holderWhileActing: z.enum(["blocked", "warned"]), beyondMandate: scope.shape.classifications, emergencyMinutes: z.number().int().min(10, "paling singkat 10 menit").max(240, "paling lama 240 menit").optional(), strongEntry: strongEntry.optional() }), result: done }),
};

const mandatePost = z.object({ id, title: z.string(), unit: z.string(), holder: z.string().nullable(), holding: holdingKind.nullable(), until: instant.nullable(), waiting: z.number().int() });

/** Mandates: Plt. and Plh. of a person, a.n. and u.b. of a post. */
export const mandates = {
  posts: endpoint({
    method: "GET", path: "/api/mandates/posts", summary: "Jabatan yang dapat Anda beri mandat",
    query: z.object({ q: z.string().max(100).default("") }),
    /** `own` may be delegated by the post itself (a.n., u.b.); over `below` a Plh. or Plt. may be named. */
    result: z.object({ own: mandatePost.nullable(), below: z.array(mandatePost) }),
  }),
  proposal: endpoint({
    method: "GET", path: "/api/mandates/posts/:id", summary: "Usulan mandat untuk satu jabatan", params: byId,
    query: z.object({ q: z.string().max(100).default("") }),
    result: z.object({
      post: mandatePost,
      /** Plh. while the holder is away, Plt. when there is none. */
      kind: z.enum(["plh", "plt"]),
      people: z.array(z.object({ personId: id, name: z.string(), post: z.string(), relation: z.enum(["bawahan", "setingkat", "atasan", "lain"]) })),
      receivers: z.array(z.object({ id, title: z.string(), holder: z.string().nullable() })),
      /** Mandates of this post that run or come: a new one may not overlap them. */
      standing: z.array(z.object({ kind: holdingKind, name: z.string(), since: instant, until: instant.nullable() })),
      delegations: z.array(z.enum(["an", "ub"])),
      blocksHolder: z.boolean(),
      beyond: z.array(z.object({ code: z.string(), name: z.string() })),
      may: z.array(z.enum(["give", "delegate"])),
    }),
  }),
  vacant: endpoint({ method: "GET", path: "/api/mandates/vacant", summary: "Jabatan kosong yang pekerjaannya menjadi tanggung jawab Anda", result: z.array(z.object({ id, title: z.string(), unit: z.string(), waiting: z.number().int() })) }),
  list: endpoint({ method: "GET", path: "/api/mandates", summary: "Daftar mandat", query: z.object({ status: z.enum(["berjalan", "semua"]).default("berjalan") }), result: z.array(mandateView) }),
  give: endpoint({
    method: "POST", path: "/api/mandates", summary: "Beri mandat Plt. atau Plh., atau delegasi a.n. atau u.b.",
    body: z.discriminatedUnion("kind", [
      z.object({ kind: z.enum(["plt", "plh"]), id, positionId: id, personId: id, since: instant, until: instant, decree, scope: scope.nullable().default(null) }),
      z.object({ kind: z.enum(["an", "ub"]), id, positionId: id, toId: id, since: instant, until: instant.nullable(), decree, scope: scope.nullable().default(null) }),
    ]),
    result: done,
  }),
  revoke: endpoint({ method: "POST", path: "/api/mandates/:id/revocation", summary: "Cabut mandat", params: byId, body: z.object({ reason: note(300) }), result: done }),
};
