import { createHash } from "node:crypto";
import type { Tx } from "../kernel/db.ts";
import { idFrom, type Id, type Instant, type Source, type Zone } from "../kernel/ids.ts";
import { enqueue, type Jobs } from "../kernel/jobs.ts";
import { inTenant, readTenant, type Database } from "../kernel/db.ts";
import { accountOf, addressOf, insertNotice, tenantOf } from "./store.ts";

/** News about somebody's own account, and the warning that a letter he has may be a thief's. */
export type NoticeKind = "perangkat_baru" | "sesi_dicuri" | "sandi_diganti" | "faktor_dipasang" | "faktor_dilepas" | "faktor_disetel_ulang" | "pemulihan_dipakai" | "kunci_ditambah" | "kunci_dilepas" | "kunci_mencurigakan" | "tantangan_terpakai" | "sandi_pendek" | "identitas_diubah" | "bukan_saya" | "ringkasan" | "tanda_tangan_siap" | "tanda_tangan_gugur" | "tanda_tangan_tak_pasti" | "berkas_tertukar" | "sertifikat_berakhir" | "sertifikat_bermasalah" | "surat_diragukan";

/** What a notice says besides its kind: a device, a count, a name. */
export type Facts = Readonly<Record<string, string | number>>;

/** Tells a person: on his next screens, and by e-mail when he has an address. The mail is a job: nothing is sent inside a transaction. */
export const tell = async (tx: Tx, source: Source, to: { readonly tenantId: Id; readonly personId: Id }, kind: NoticeKind, facts: Facts, at: Instant): Promise<void> => {
  await insertNotice(tx, to.tenantId, to.personId, { id: source.id(), kind, facts }, at);
  await mailNotice(tx, to, kind, facts, at);
};

/** The e-mail alone, for whom has an address. */
export const mailNotice = async (tx: Tx, to: { readonly tenantId: Id; readonly personId: Id }, kind: NoticeKind, facts: Facts, at: Instant): Promise<void> => {
  if ((await addressOf(tx, to.tenantId, to.personId)) !== null) await enqueue(tx, to.tenantId, [{ task: "access.mail", payload: { personId: to.personId, kind, facts, at } }]);
};

/** One e-mail about an account. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

const zones: Readonly<Record<Zone, string>> = { WIB: "Asia/Jakarta", WITA: "Asia/Makassar", WIT: "Asia/Jayapura" };

const whenWords = (at: Instant, zone: Zone): string => `${new Intl.DateTimeFormat("id-ID", { dateStyle: "full", timeStyle: "short", timeZone: zones[zone] }).format(new Date(at))} ${zone}`;

const sentences: Readonly<Record<NoticeKind, (facts: Facts) => readonly [subject: string, sentence: string]>> = {
  perangkat_baru: (facts) => ["Masuk dari perangkat baru", `Akun Anda baru saja dipakai masuk dari ${facts["device"]}, perangkat yang belum pernah Anda pakai.`],
  sesi_dicuri: (facts) => ["Sesi Anda dihentikan", `Sesi yang dibuka dari ${facts["opened"]} dipakai dari perangkat lain (${facts["used"]}), jadi kami menghentikannya.`],
  sandi_diganti: () => ["Kata sandi diganti", "Kata sandi akun Anda diganti, dan semua perangkat lain dikeluarkan."],
  faktor_dipasang: () => ["Kode autentikator dipasang", "Kode autentikator dipasang pada akun Anda."],
  faktor_dilepas: () => ["Kode autentikator dilepas", "Kode autentikator dilepas dari akun Anda. Kata sandi saja kini cukup untuk masuk."],
  faktor_disetel_ulang: (facts) => ["Pengaman akun disetel ulang", `Admin melepas kode autentikator, kode pemulihan, dan kunci masuk akun Anda. Alasan: ${facts["reason"]}.`],
  pemulihan_dipakai: (facts) => ["Kode pemulihan dipakai", `Satu kode pemulihan dipakai untuk masuk. Tersisa ${facts["left"]}.`],
  kunci_ditambah: (facts) => ["Kunci masuk ditambahkan", `Kunci masuk “${facts["name"]}” ditambahkan pada akun Anda.`],
  kunci_dilepas: (facts) => ["Kunci masuk dilepas", `Kunci masuk “${facts["name"]}” dilepas dari akun Anda.`],
  kunci_mencurigakan: (facts) => ["Kunci masuk mencurigakan", `Kunci masuk “${facts["name"]}” menjawab seolah-olah ada salinannya, jadi ditolak.`],
  tantangan_terpakai: (facts) => ["Jawaban kunci masuk diulang", `Jawaban kunci masuk yang sudah terpakai dikirim lagi dari ${facts["device"]}, jadi ditolak.`],
  sandi_pendek: () => ["Kata sandi terlalu pendek", "Kata sandi Anda kini menjadi satu-satunya pengaman, padahal kurang dari 15 huruf. Gantilah dengan kalimat yang panjang."],
  identitas_diubah: (facts) => ["Data pegawai Anda diubah", `${facts["by"]} mengubah ${facts["what"]} Anda. Dengan data itu sistem masuk bersama dan kabar tentang akun mengenali Anda.`],
  bukan_saya: (facts) => ["Laporan “Bukan saya”", `${facts["person"]} melaporkan tindakan atas namanya yang tidak ia lakukan. Periksa Pengawasan dan hubungi yang bersangkutan.`],
  tanda_tangan_siap: (facts) => ["Penyedia tanda tangan sudah kembali", `Surat nomor ${facts["number"]} menunggu kata sandi Anda sekali lagi; niat Anda menandatanganinya tetap tercatat.`],
  tanda_tangan_gugur: (facts) => ["Tanda tangan tidak jadi", `Niat Anda menandatangani surat nomor ${facts["number"]} gugur: ${facts["reason"]}`],
  tanda_tangan_tak_pasti: (facts) => ["Periksa satu tanda tangan", `Jawaban penyedia atas surat nomor ${facts["number"]} tidak sampai. Belum ada yang dinyatakan ditandatangani; periksa suratnya, lalu tanda tangani lagi.`],
  berkas_tertukar: (facts) => ["Berkas surat tertukar", `Tanda tangan surat nomor ${facts["number"]} oleh ${facts["person"]} dihentikan: ${facts["found"] === "tersimpan" ? "berkas yang tersimpan bukan lagi berkas yang dibekukan" : "yang diminta ditandatangani bukan berkas yang dibekukan"}. Tidak ada yang ditandatangani. Jalankan pemeriksaan keutuhan, dan tanyakan kepada yang bersangkutan.`],
  sertifikat_berakhir: (facts) => ["Sertifikat Anda segera berakhir", `Sertifikat elektronik Anda berakhir ${facts["days"]} hari lagi. Perpanjang sekarang, supaya tanda tangan Anda tidak terhenti.`],
  sertifikat_bermasalah: (facts) => ["Sertifikat Anda tidak dapat dipakai", `Pemeriksaan malam menemukan bahwa sertifikat elektronik Anda tidak dapat dipakai: ${facts["why"]}.`],
  surat_diragukan: (facts) => ["Peringatan tentang sebuah surat", facts["key"] === "segel" ? `Segel pada kode QR surat ${facts["number"]} dibuat dengan kunci yang diduga bocor sejak ${facts["since"]}. Periksa surat itu di halaman verifikasi, jangan dari segelnya saja.` : `Tanda tangan surat ${facts["number"]} dibuat dengan kunci yang diduga bocor sejak ${facts["since"]}. Jangan jalankan isinya sebelum kantor penerbit memastikannya.`],
  ringkasan: (facts) => ["Tindakan atas nama Anda minggu lalu", `Ada ${facts["count"]} tindakan atas nama Anda minggu lalu. ${facts["posts"]}.`],
};

const advice = "Bila bukan Anda, buka Pengaturan, keluarkan semua perangkat, dan ganti kata sandi; lalu beri tahu admin kantor.";

const signingAdvice = "Buka Lontar untuk melanjutkan. Kata sandi tanda tangan hanya dimasukkan di sana, tidak pernah lewat surel.";

/** Where a notice leads, and what to do; news about an account is a warning first. */
const leads = (kind: NoticeKind, facts: Facts): readonly [page: string, advice: string] => {
  switch (kind) {
    case "tanda_tangan_siap":
    case "tanda_tangan_gugur":
    case "tanda_tangan_tak_pasti":
      return ["/meja", signingAdvice];
    case "berkas_tertukar":
      return ["/pengawasan/keutuhan", "Riwayat suratnya menyebut kapan dan oleh siapa. Keutuhan catatan dan berkas:"];
    case "sertifikat_berakhir":
    case "sertifikat_bermasalah":
      return ["/pengaturan", signingAdvice];
    case "surat_diragukan":
      return [`/v/${facts["code"]}`, "Keadaan terakhirnya:"];
    case "ringkasan":
      return ["/pengaturan/tindakan", advice];
    default:
      return ["/pengaturan/riwayat", advice];
  }
};

/** The e-mail of a notice. */
export const mailOf = (kind: NoticeKind, facts: Facts, given: { readonly to: string; readonly at: Instant; readonly zone: Zone; readonly publicUrl: string }): Mail => {
  const [subject, sentence] = sentences[kind](facts);
  const [page, what] = leads(kind, facts);
  return { to: given.to, subject: `Lontar: ${subject}`, text: `${sentence}\n\n${whenWords(given.at, given.zone)}\n\n${what}\n${given.publicUrl}${page}\n` };
};

const isKind = (kind: unknown): kind is NoticeKind => typeof kind === "string" && kind in sentences;

const factsOf = (value: unknown): Facts =>
  typeof value !== "object" || value === null ? {} : Object.fromEntries(Object.entries(value).flatMap(([name, fact]) => (typeof fact === "string" || typeof fact === "number" ? [[name, fact]] : [])));

/** The jobs that send the e-mail of one notice, and tell a person that what he is known by was changed: on his screens, and at both addresses. */
export const noticeJobs = (deps: { readonly db: Database; readonly sendMail: (mail: Mail) => Promise<void>; readonly publicUrl: string }): Jobs => ({
  "access.mail": async ({ tenantId, personId, kind, facts, at }) => {
    if (typeof personId !== "string" || typeof at !== "string" || !isKind(kind)) throw new Error("access.mail without its person, kind or time");
    const found = await readTenant(deps.db, tenantId, async (tx) => ({ to: await addressOf(tx, tenantId, personId), zone: (await tenantOf(tx, tenantId)).zone }));
    if (found.to !== null) await deps.sendMail(mailOf(kind, factsOf(facts), { to: found.to, at, zone: found.zone, publicUrl: deps.publicUrl }));
  },
  "access.identity": async ({ tenantId, personId, at, was, what, by }) => {
    if (typeof personId !== "string" || typeof at !== "string") throw new Error("access.identity without its person or time");
    const facts = factsOf({ what, by });
    const zone = await inTenant(deps.db, tenantId, async (tx) => {
      if ((await accountOf(tx, tenantId, personId)) === null) return undefined; // who has no account is known by nothing yet
      const id = idFrom(Date.parse(at), createHash("sha256").update(`identity/${personId}/${at}`).digest().subarray(0, 10));
      const told = await tx.selectFrom("notice").select("notice_id").where("tenant_id", "=", tenantId).where("notice_id", "=", id).executeTakeFirst();
      if (told === undefined) {
        await insertNotice(tx, tenantId, personId, { id, kind: "identitas_diubah", facts }, at);
        await mailNotice(tx, { tenantId, personId }, "identitas_diubah", facts, at);
      }
      return (await tenantOf(tx, tenantId)).zone;
    });
    if (zone !== undefined && typeof was === "string") await deps.sendMail(mailOf("identitas_diubah", facts, { to: was, at, zone, publicUrl: deps.publicUrl }));
  },
});
