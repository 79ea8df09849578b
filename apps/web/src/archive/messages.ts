import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  title: "Arsip",
  lead: "Berkas unit Anda menurut kode klasifikasi. Masa simpan dihitung sejak berkas ditutup.",
  search: "Cari berkas: judul atau kode",
  empty: "Belum ada berkas",
  emptyNext: "Buka berkas baru, lalu berkaskan surat yang sudah selesai dari halaman suratnya.",
  create: "Buka berkas baru",
  classification: "Kode klasifikasi",
  classificationNone: "Tidak ada kode yang cocok.",
  name: "Judul berkas",
  save: "Buka berkas",
  created: "Berkas dibuka.",
  items: (count: number): string => `${count} surat`,
  status: { aktif: "aktif", ditutup: "ditutup" },
  retention: "Masa simpan",
  back: "Arsip",
  nothing: "Berkas ini masih kosong.",
  filed: (when: string): string => `diberkaskan ${when}`,
  find: "Cari surat",
  findLead: "Nomor, hal, pengirim, atau kata di dalam pindaian. Hanya surat yang boleh Anda lihat.",
  findLabel: "Kata yang dicari",
  findNone: "Tidak ditemukan",
  findNoneNext: "Coba kata lain, atau sebagian dari nomornya.",
  foundIn: { data: "ditemukan pada data surat", isi: "ditemukan dalam isi", pindaian: "ditemukan dalam pindaian" },
  more: "Tampilkan berikutnya",
};

type Widened<T> = T extends string ? string : T extends (...given: infer G) => string ? (...given: G) => string : { readonly [K in keyof T]: Widened<T[K]> };
type Words = Widened<typeof id>;

const en: Words = {
  title: "Archive",
  lead: "Dossiers of your unit by classification. Retention counts from the day a dossier is closed.",
  search: "Search dossiers: title or code",
  empty: "No dossier yet",
  emptyNext: "Open a dossier, then file finished letters from their page.",
  create: "Open a dossier",
  classification: "Classification code",
  classificationNone: "No code matches.",
  name: "Title of the dossier",
  save: "Open dossier",
  created: "Dossier opened.",
  items: (count) => (count === 1 ? "1 letter" : `${count} letters`),
  status: { aktif: "active", ditutup: "closed" },
  retention: "Retention",
  back: "Archive",
  nothing: "This dossier is still empty.",
  filed: (when) => `filed ${when}`,
  find: "Search letters",
  findLead: "Number, subject, sender, or words inside a scan. Only letters that you may see.",
  findLabel: "Words to search",
  findNone: "Nothing found",
  findNoneNext: "Try another word, or part of the number.",
  foundIn: { data: "found in the facts", isi: "found in the text", pindaian: "found in the scan" },
  more: "Show more",
};

/** The words of archive and search in the present language. */
export const useArchiveMessages = (): Words => (useLanguage() === "en" ? en : id);
