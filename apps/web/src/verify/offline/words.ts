import type { Language } from "../../kernel/time.ts";

/** The sentences that only the downloaded verifier says; the others are those of `/periksa`. */
export type OfflineWords = {
  readonly title: string; readonly lead: string; readonly of: (host: string, day: string) => string; readonly host: (host: string) => string; readonly language: string;
  readonly drop: string; readonly dropLead: string; readonly choose: string; readonly release: string; readonly working: string;
  readonly scan: string; readonly scanLead: string; readonly scanGo: string; readonly intro: string; readonly steps: readonly string[];
  readonly onlyOne: string; readonly noAnchors: string; readonly noAnchorsNext: string; readonly insecure: string; readonly old: (day: string) => string; readonly details: string; readonly leaked: (since: string) => string; readonly never: string;
};

/** Both languages. */
export const offlineWords: Readonly<Record<Language, OfflineWords>> = {
  id: {
    title: "Pemeriksa surat tanpa jaringan", lead: "Berkas ini memeriksa sendiri. Tidak ada yang dikirim ke mana pun.", of: (host, day) => `Untuk surat dari ${host}, menurut kunci per ${day}`, host: (host) => `Dibuat untuk surat dari ${host}`, language: "Bahasa",
    drop: "Periksa berkas PDF", dropLead: "Seret ke sini atau pilih, boleh bersama foto kode QR-nya dan berkas .tlog-proof di sampingnya.", choose: "Pilih berkas", release: "Lepaskan untuk memeriksa.", working: "Memeriksa…",
    scan: "Isi kode QR", scanLead: "Tempel yang dibaca pemindai, atau pilih foto kode QR di atas.", scanGo: "Periksa segel", intro: "Asli atau palsu? Periksa di sini, juga tanpa internet.",
    steps: ["Pilih PDF suratnya, foto kode QR-nya, atau tempel isi kode QR.", "Tanda tangan dan segel diperiksa dengan kunci yang tersimpan dalam berkas ini.", "Apakah surat masih berlaku hanya dapat diketahui dengan jaringan, di alamat resmi."],
    onlyOne: "Pilih satu PDF, satu foto kode QR, atau keduanya. Berkas .tlog-proof boleh ikut.", noAnchors: "Berkas ini tidak lengkap", noAnchorsNext: "Kunci yang dipercaya tidak ada di dalamnya. Unduh lagi dari situs resmi kantor penerbit.", insecure: "Peramban ini tidak dapat memeriksa tanda tangan. Buka berkas ini di peramban lain yang lebih baru.",
    old: (day) => `Berkas ini dari ${day}, lebih dari 60 hari yang lalu: kunci yang lebih baru tidak dikenalnya. Unduh yang baru di situs resmi.`, details: "Rincian untuk pemeriksa", leaked: (since) => `Kuncinya diduga bocor sejak ${since}. Bukti log (.tlog-proof) dari sebelum itu dapat menjaminnya.`, never: "Tidak memakai jaringan. Tidak menyimpan apa pun.",
  },
  en: {
    title: "Letter verifier without a network", lead: "This file checks by itself. Nothing is sent anywhere.", of: (host, day) => `For letters of ${host}, by the keys of ${day}`, host: (host) => `Made for letters of ${host}`, language: "Language",
    drop: "Check a PDF file", dropLead: "Drop it here or choose it, with a photo of its QR code and the .tlog-proof beside it if you have them.", choose: "Choose a file", release: "Release to check.", working: "Checking…",
    scan: "What the QR code says", scanLead: "Paste what a scanner read, or choose a photo of the QR code above.", scanGo: "Check the seal", intro: "Genuine or forged? Check here, also without the internet.",
    steps: ["Choose the letter's PDF, a photo of its QR code, or paste what the code says.", "Signature and seal are checked with the keys kept in this file.", "Whether the letter is still in force can only be known with a network, at the official address."],
    onlyOne: "Choose one PDF, one photo of a QR code, or both. A .tlog-proof may come with them.", noAnchors: "This file is incomplete", noAnchorsNext: "The keys to trust are missing. Download it again from the issuing office's official site.", insecure: "This browser cannot check signatures. Open this file in another, newer browser.",
    old: (day) => `This file is of ${day}, more than 60 days old: it does not know newer keys. Download a new one from the official site.`, details: "Details for experts", leaked: (since) => `Its key may have leaked on ${since}. A log proof (.tlog-proof) from before that can vouch for it.`, never: "Uses no network. Keeps nothing.",
  },
};
