import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  inspections: "Mandat pemeriksaan",
  emergencies: "Akses darurat",
  title: "Pengawasan",
  lead: "Setiap tindakan tercatat sebagai peristiwa, dan setiap peristiwa punya tempat di log.",
  integrity: "Keutuhan catatan",
  integrityLead: "Semua peristiwa diputar ulang terhadap semua baris, semua berkas di-hash ulang, log dihitung ulang.",
  check: "Periksa sekarang",
  never: "Belum pernah diperiksa.",
  whole: (when: string, events: string, rows: string, files: string): string => `Utuh pada ${when}: ${events} peristiwa, ${rows} baris, ${files} berkas.`,
  broken: (count: number, when: string): string => `${count} temuan pada ${when}. Hubungi Diskominfo dan simpan salinan checkpoint di bawah.`,
  log: "Kepala log",
  logLead: "Simpan salinannya di luar sistem: log yang diubah tidak akan cocok lagi dengannya.",
  size: (count: string): string => `${count} peristiwa dalam log`,
  acts: "Tindakan",
  person: "Nama orang",
  from: "Dari tanggal",
  to: "Sampai tanggal",
  search: "Cari",
  none: "Tidak ada tindakan yang cocok",
  noneNext: "Longgarkan nama atau rentang tanggalnya.",
  leaf: (index: string): string => `#${index}`,
  pending: "menunggu tempat di log",
  more: "Tampilkan berikutnya",
};

type Words = { readonly [K in keyof typeof id]: (typeof id)[K] extends string ? string : (typeof id)[K] };

const en: Words = {
  inspections: "Mandates of inspection",
  emergencies: "Emergency access",
  title: "Inspection",
  lead: "Every act is an event, and every event has its place in the log.",
  integrity: "Integrity of the record",
  integrityLead: "All events are replayed against all rows, all files hashed again, the log derived again.",
  check: "Check now",
  never: "Never checked yet.",
  whole: (when, events, rows, files) => `Whole at ${when}: ${events} events, ${rows} rows, ${files} files.`,
  broken: (count, when) => `${count} findings at ${when}. Call Diskominfo and keep a copy of the checkpoint below.`,
  log: "Head of the log",
  logLead: "Keep a copy outside the system: a log that was changed no longer agrees with it.",
  size: (count) => `${count} events in the log`,
  acts: "Acts",
  person: "Name",
  from: "From",
  to: "Until",
  search: "Search",
  none: "No act matches",
  noneNext: "Widen the name or the dates.",
  leaf: (index) => `#${index}`,
  pending: "waiting for its place in the log",
  more: "Show more",
};

/** The words of the inspector's page in the present language. */
export const useAuditMessages = (): Words => (useLanguage() === "en" ? en : id);
