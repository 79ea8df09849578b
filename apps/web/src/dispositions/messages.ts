import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  title: "Disposisi",
  received: "Saya terima",
  given: "Saya beri",
  open: "Yang berjalan",
  all: "Semua",
  which: "Disposisi yang ditampilkan",
  from: (post: string): string => `dari ${post}`,
  to: (post: string): string => `kepada ${post}`,
  responsible: "Penanggung jawab",
  status: { belum_dibaca: "belum dibaca", dibaca: "dibaca", diproses: "dikerjakan", dilaporkan: "melapor", diterima: "selesai", dikembalikan: "dikembalikan", ditarik: "ditarik" },
  emptyReceived: "Belum ada disposisi untuk Anda",
  emptyReceivedNext: "Tugas dari atasan muncul di sini dan di Meja, lengkap dengan batas waktunya.",
  emptyGiven: "Anda belum memberi disposisi",
  emptyGivenNext: "Buka surat yang menunggu Anda, lalu pilih Disposisikan. Sesudah itu Anda dapat melihat di tangan siapa surat itu.",
  lateCount: (count: number): string => `${count} lewat batas`,
  shown: (count: number): string => `${count} ditampilkan`,
  help: "Daftar disposisi",
};

const en: typeof id = {
  title: "Disposisi",
  received: "Received",
  given: "Given",
  open: "Running",
  all: "All",
  which: "Which disposisi are shown",
  from: (post) => `from ${post}`,
  to: (post) => `to ${post}`,
  responsible: "Responsible",
  status: { belum_dibaca: "unread", dibaca: "read", diproses: "in work", dilaporkan: "reported", diterima: "done", dikembalikan: "returned", ditarik: "withdrawn" },
  emptyReceived: "No disposisi for you",
  emptyReceivedNext: "Tasks from above appear here and on the desk, with their deadline.",
  emptyGiven: "You have given no disposisi",
  emptyGivenNext: "Open a letter that waits for you and choose Dispose. Then you can see in whose hands it is.",
  lateCount: (count) => `${count} late`,
  shown: (count) => `${count} shown`,
  help: "List of disposisi",
};

/** The sentences of this module in the present language. */
export const useDispositionMessages = (): typeof id => (useLanguage() === "en" ? en : id);
