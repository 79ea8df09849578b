import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { longTerm } from "./long-term.ts";
import { byId, done, file, id, instant, line, localDate, note, page, pageQuery, post, sha256, urgency } from "./terms.ts";

const count = z.number().int();

const dossierRow = z.object({ id, classification: z.string(), classificationName: z.string(), title: z.string(), year: count, unit: z.string(), status: z.enum(["aktif", "ditutup"]), items: count });

/** Dossiers (berkas) and full-text search. */
export const archive = {
  dossiers: endpoint({ method: "GET", path: "/api/dossiers", summary: "Berkas unit saya", query: z.object({ q: z.string().max(100).optional(), ...pageQuery }), result: page(dossierRow) }),
  create: endpoint({ method: "POST", path: "/api/dossiers", summary: "Buka berkas baru", body: z.object({ id, classification: z.string().max(20), title: line(200) }), result: done }),
  show: endpoint({ method: "GET", path: "/api/dossiers/:id", summary: "Isi satu berkas", params: byId, result: dossierRow.extend({ retention: z.string().nullable(), contents: z.array(z.object({ kind: z.enum(["surat", "naskah"]), id, number: z.string(), subject: z.string(), date: localDate, filed: instant })) }) }),
  file: endpoint({ method: "POST", path: "/api/dossiers/:id/items", summary: "Berkaskan surat", params: byId, body: z.object({ kind: z.enum(["surat", "naskah"]), letterId: id }), result: done }),
  search: endpoint({ method: "GET", path: "/api/search", summary: "Cari dalam semua surat yang boleh saya lihat, termasuk isi pindaian", query: z.object({ q: z.string().trim().min(2).max(200), ...pageQuery }), result: page(z.object({ kind: z.enum(["surat", "naskah"]), id, number: z.string(), subject: z.string(), party: z.string(), date: localDate.nullable(), status: z.string(), excerpt: z.string(), foundIn: z.enum(["data", "isi", "pindaian"]) })) }),
};

/** Citizen requests at the village counter. */
export const village = {
  list: endpoint({ method: "GET", path: "/api/requests", summary: "Permohonan warga", query: z.object({ status: z.string().max(20).optional(), q: z.string().trim().max(100).optional(), ...pageQuery }), result: page(z.object({ id, service: z.string(), applicant: z.string(), status: count, statusText: z.string(), at: instant, number: z.string().nullable() })).extend({ counts: z.array(z.object({ status: count, requests: count })) }) }),
  services: endpoint({ method: "GET", path: "/api/services", summary: "Surat yang dapat diminta warga di loket", result: z.array(z.object({ code: z.string(), title: z.string(), purpose: z.string() })) }),
  create: endpoint({ method: "POST", path: "/api/requests", summary: "Catat permohonan di loket; `form` = isian jenis suratnya", body: z.object({ id, service: z.string().max(20), form: z.record(z.string().max(40), z.unknown()) }), result: done.extend({ receiptUrl: z.string() }) }),
  show: endpoint({ method: "GET", path: "/api/requests/:id", summary: "Satu permohonan; NIK dan KK tersamar", params: byId, result: z.object({ id, service: z.string(), serviceTitle: z.string(), status: count, statusText: z.string(), applicant: z.string(), form: z.record(z.string(), z.unknown()), draftId: id.nullable(), number: z.string().nullable(), receiptUrl: z.string(), history: z.array(z.object({ at: instant, text: z.string(), note: z.string().nullable() })), may: z.array(z.string()) }) }),
  complete: endpoint({ method: "POST", path: "/api/requests/:id/verification", summary: "Operator: syarat lengkap, buat surat dan teruskan ke Sekdes", params: byId, body: z.object({ note: note(500).default("") }), result: done }),
  giveBack: endpoint({ method: "POST", path: "/api/requests/:id/return", summary: "Kembalikan: data belum lengkap", params: byId, body: z.object({ note: note(500) }), result: done }),
  cancel: endpoint({ method: "POST", path: "/api/requests/:id/cancellation", summary: "Batalkan permohonan", params: byId, body: z.object({ reason: note(500) }), result: done }),
  erase: endpoint({ method: "POST", path: "/api/requests/:id/erasure", summary: "Hapus data pribadi pemohon dari permohonan yang sudah selesai (UU 27/2022)", params: byId, body: z.object({ reason: line(500) }), result: done }),
  handOver: endpoint({ method: "POST", path: "/api/requests/:id/handover", summary: "Surat diserahkan kepada warga", params: byId, result: done }),
};

/** What a seal in a QR code is worth: genuine and on record, or why it is not believed. */
export const sealWord = z.enum(["recorded", "not_recorded", "differs", "too_large", "not_a_seal", "not_canonical", "other_algorithm", "other_host", "unknown_key", "bad_signature", "wrong_institution", "outside_validity", "key_compromised"]);

/** What the public page says of one letter. */
export const verification = z.object({
  state: z.enum(["sah", "tidak_dikenal", "dicabut", "digantikan", "kedaluwarsa", "konsep", "terbatas", /** The key that signed it may have leaked. */ "diragukan", /** It was asked for by a seal that is forged, or not the letter's own. */ "palsu"]),
  code: z.string(),
  /** What the seal is worth by which it was asked for; null when it was asked for by code or hash. */
  seal: sealWord.nullable(),
  /** The letter in its place, unless that is a secret one. */
  replacedBy: z.object({ number: z.string(), code: z.string() }).nullable(),
  /** Since when whose key may have been in other hands. */
  suspect: z.object({ key: z.enum(["penanda_tangan", "segel"]), since: instant }).nullable(),
  /** `subject` and `to` are told of open letters only. */
  letter: z.object({ number: z.string(), date: localDate, type: z.string(), subject: z.string().nullable(), office: z.string(), government: z.string(), urgency, to: z.array(z.string()) }).nullable(),
  /** `basis` = what an acting official acts on. */
  signer: z.object({ name: z.string(), post: z.string(), holding: z.string(), at: instant, issuer: z.string(), development: z.boolean(), basis: z.string().nullable() }).nullable(),
  answers: z.object({ integrity: z.enum(["ya", "tidak", "belum"]), identity: z.enum(["ya", "tidak", "belum"]), authority: z.enum(["ya", "tidak", "belum"]) }),
  sha256: sha256.nullable(), pages: count.nullable(), reason: z.string().nullable(), checkedAt: instant,
  /** How much of its own proof the file on record carries; null when nothing is known of it. */
  longTerm: longTerm.nullable(),
  /** Where the issuing stands in the log of its government, counted from 0, and how long that log is now; null until the sequencer has placed it. */
  log: z.object({ tenant: id, leaf: count, size: count, sizeAt: instant, /** `open.letterProof` has the proof to keep beside the file. */ proved: z.boolean() }).nullable(),
  /** The first page may be shown: `open.letterPage`. */
  picture: z.boolean(),
});

/** The stations of a request on the resident's page. */
export const requestStep = z.enum(["diterima", "diperiksa", "paraf", "tanda_tangan", "siap", "diambil", "dibatalkan"]);

/** Pages for anyone, without account. */
export const open = {
  verify: endpoint({ method: "GET", path: "/api/public/verification/:code", summary: "Periksa surat menurut kode, atau menurut segel dalam kode QR", access: "public", params: z.object({ code: z.string().max(700) }), result: verification }),
  sealTrust: endpoint({ method: "GET", path: "/api/public/seals", summary: "Kunci segel instalasi ini, ditandatangani otoritasnya: untuk memeriksa tanpa jaringan", access: "public", result: z.object({ anchor: z.base64(), list: z.base64() }) }),
  letterPage: endpoint({ method: "GET", path: "/api/public/verification/:code/page", summary: "Gambar halaman pertama surat biasa yang berlaku, untuk dicocokkan", access: "public", carries: "file", params: z.object({ code: z.string().max(40) }) }),
  letterProof: endpoint({ method: "GET", path: "/api/public/verification/:code/proof", summary: "Bukti log surat ini, untuk disimpan di samping PDF-nya (C2SP tlog-proof)", access: "public", carries: "file", params: z.object({ code: z.string().max(40) }) }),
  revocations: endpoint({ method: "GET", path: "/api/public/crl/:authority", summary: "Daftar sertifikat yang dicabut (CRL, RFC 5280): `segel` atau `penanda-tangan`", access: "public", carries: "file", params: z.object({ authority: z.enum(["segel", "penanda-tangan"]) }) }),
  verifier: endpoint({ method: "GET", path: "/api/public/verifier", summary: "Pemeriksa surat dalam satu berkas HTML, dipakai tanpa jaringan", access: "public", carries: "file" }),
  verifierHash: endpoint({ method: "GET", path: "/api/public/verifier/hash", summary: "Sidik dan ukuran berkas pemeriksa", access: "public", result: z.object({ sha256, size: count }) }),
  trust: endpoint({ method: "GET", path: "/api/public/trust", summary: "Sertifikat akar yang dipercaya instalasi ini", access: "public", result: z.object({ certificates: z.array(z.object({ name: z.string(), pem: z.string(), development: z.boolean() })) }) }),
  byHash: endpoint({ method: "GET", path: "/api/public/hashes/:sha256", summary: "Adakah surat terbit dengan hash ini? (berkas tidak diunggah)", access: "public", params: z.object({ sha256 }), result: verification }),
  parcel: endpoint({ method: "GET", path: "/api/public/parcels/:token", summary: "Surat untuk penerima luar", access: "public", params: z.object({ token: z.string().max(80) }), result: z.object({ letter: z.object({ number: z.string(), date: localDate, subject: z.string(), office: z.string(), signer: z.string(), post: z.string() }), file, verificationUrl: z.string(), to: z.string() }) }),
  parcelFile: endpoint({ method: "GET", path: "/api/public/parcels/:token/file", summary: "Berkas untuk penerima luar", access: "public", carries: "file", params: z.object({ token: z.string().max(80) }) }),
  request: endpoint({ method: "GET", path: "/api/public/requests/:token", summary: "Lacak permohonan warga", access: "public", params: z.object({ token: z.string().max(80) }), result: z.object({ service: z.string(), government: z.string(), /** Kop above the village: its kecamatan and kabupaten. */ above: z.array(z.string()), address: z.array(z.string()), zone: z.enum(["WIB", "WITA", "WIT"]), status: count, since: instant, /** Why it was given back or cancelled. */ reason: z.string().nullable(), steps: z.array(z.object({ kind: requestStep, state: z.enum(["selesai", "sekarang", "nanti"]), post: z.string().nullable(), person: z.string().nullable(), at: instant.nullable() })), letter: z.object({ number: z.string(), code: z.string(), size: count, verificationUrl: z.string() }).nullable() }) }),
  requestFile: endpoint({ method: "GET", path: "/api/public/requests/:token/file", summary: "Unduh surat yang diminta", access: "public", carries: "file", params: z.object({ token: z.string().max(80) }) }),
  checkpoint: endpoint({ method: "GET", path: "/api/public/log/:tenant/checkpoint", summary: "Checkpoint log (C2SP tlog-checkpoint)", access: "public", carries: "file", params: z.object({ tenant: id }) }),
  deliver: endpoint({ method: "POST", path: "/api/exchange/v1/inbox", summary: "Terima amplop dari instansi lain; menjawab resi bertanda tangan", access: "public", body: z.object({ envelope: z.string().max(100_000), signature: z.string().max(200), files: z.array(z.object({ sha256, base64: z.string() })).max(20) }), result: z.object({ receipt: z.string(), signature: z.string() }) }),
  logCheckpoint: endpoint({ method: "GET", path: "/log/:tenant/checkpoint", summary: "Checkpoint log yang terbit, dengan tanda tangan para saksi (C2SP tlog-tiles)", access: "public", carries: "file", params: z.object({ tenant: id }) }),
  logFile: endpoint({ method: "GET", path: "/log/:tenant/tile/*", summary: "Ubin dan daun log (C2SP tlog-tiles): tanpa data pribadi", access: "public", carries: "file", params: z.object({ tenant: id, "*": z.string().max(40) }) }),
  logPolicy: endpoint({ method: "GET", path: "/log/:tenant/policy", summary: "Kunci log, para saksi, dan berapa yang cukup (C2SP tlog-policy)", access: "public", carries: "file", params: z.object({ tenant: id }) }),
  openapi: endpoint({ method: "GET", path: "/api/openapi.json", summary: "Dokumen OpenAPI 3.1 ini", access: "public", result: z.unknown() }),
  health: endpoint({ method: "GET", path: "/healthz", summary: "Proses hidup", access: "public", result: z.object({ status: z.literal("ok") }) }),
  ready: endpoint({ method: "GET", path: "/readyz", summary: "Siap menerima kerja: database, antrean, penyimpanan", access: "public", result: z.object({ status: z.literal("ready"), checks: z.record(z.string(), z.boolean()), logs: z.array(z.object({ tenant: id, size: count, halted: z.boolean(), witnesses: z.array(z.object({ name: z.string(), size: count, at: instant.nullable(), problem: z.string().nullable() })) })) }) }),
};

/** How far the witnesses of a log have come; a `problem` says why one does not cosign. */
const witnessState = z.object({ name: z.string(), size: count, at: instant.nullable(), asked: instant.nullable(), problem: z.enum(["tak_terjangkau", "tak_dikenal", "tak_dipercaya", "menolak", "jawaban_salah"]).nullable(), /** The last 24 hours, the present one last: cosigned, failed, or not asked. */ pulse: z.array(z.enum(["sependapat", "gagal", "diam"])) });

/** Who watches a log: what is published, with whose word, and whether it may be signed any further. */
const watch = z.object({ published: count.nullable(), witnesses: z.array(witnessState), enough: count, halt: z.object({ size: count, seen: count, by: z.string(), since: instant }).nullable() });

const checked = z.object({ at: instant, events: count, rows: count, files: count, numbers: count.nullable(), leaves: count.nullable(), witnesses: count.nullable() });

/** The state of the evidence, for the inspector and the admin. */
export const audit = {
  integrity: endpoint({
    method: "GET", path: "/api/audit/integrity", summary: "Keutuhan catatan: pemeriksaan terakhir, log, dan para saksi (pengawas, admin)",
    result: z.object({
      last: checked.extend({ findings: z.array(z.object({ kind: z.string(), id: z.string(), sentence: z.string() })) }).nullable(), /** A check that somebody asked for, while it runs and after. */
      running: z.object({ step: z.enum(["menunggu", "peristiwa", "baris", "log", "saksi", "nomor", "berkas", "selesai", "gagal"]), count, asked: instant, by: z.string(), at: instant }).nullable(),
      log: z.object({ size: count, checkpoint: z.string() }).nullable(), watch,
    }),
  }),
  check: endpoint({ method: "POST", path: "/api/audit/integrity", summary: "Mulai memeriksa keutuhan sekarang, di latar belakang (pengawas, admin)", result: z.object({ status: z.enum(["dimulai", "berjalan"]) }) }),
  checks: endpoint({ method: "GET", path: "/api/audit/checks", summary: "Riwayat pemeriksaan keutuhan (pengawas, admin)", result: z.array(checked.extend({ findings: count })) }),
  checkFile: endpoint({ method: "GET", path: "/api/audit/checks/:at", summary: "Satu pemeriksaan keutuhan sebagai JSON untuk mesin (pengawas, admin)", carries: "file", params: z.object({ at: instant }) }),
};

/** Re-exported so that views can name them. */
export const shapes = { post };
