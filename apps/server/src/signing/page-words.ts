import type { Verification } from "./verify.ts";

/** The languages of the public page. */
export type Language = "id" | "en";

type State = Verification["state"];
type Aspect = keyof Verification["answers"];

/** The sentences of the public page in one language. */
export type PageWords = {
  readonly title: string; readonly official: string; readonly languages: string;
  readonly big: Readonly<Record<State, string>>; readonly line: Readonly<Record<State, string>>;
  readonly reason: string; readonly instead: string; readonly suspect: Readonly<Record<"penanda_tangan" | "segel", (since: string) => string>>; readonly sealed: string; readonly government: (name: string) => string; readonly register: (host: string) => string;
  readonly ask: Readonly<Record<Aspect, string>>; readonly yes: Readonly<Record<Aspect, (facts: { readonly name: string; readonly post: string; readonly issuer: string; readonly at: string; readonly duty: string | undefined }) => string>>; readonly duty: Readonly<Record<"plt" | "plh" | "pj", string>>; readonly byDuty: (duty: string, basis: string | undefined) => string; readonly no: string; readonly open: string;
  readonly compare: string; readonly compareAll: string; readonly compareFew: string; readonly picture: string; readonly enlarge: string;
  readonly facts: string; readonly number: string; readonly date: string; readonly kind: string; readonly subject: string; readonly hidden: string; readonly to: string; readonly office: string; readonly pages: string; readonly signer: string; readonly basis: string;
  readonly urgency: Readonly<Record<"biasa" | "segera" | "amat_segera", string>>;
  readonly log: string; readonly logLead: string; readonly logThis: (leaf: string) => string; readonly logLast: (leaf: string) => string; readonly logWaits: string;
  readonly details: string; readonly hash: string; readonly certificate: string; readonly signedAt: string; readonly longTerm: string; readonly checkpoint: string; readonly checkpointGet: string; readonly proof: string; readonly proofGet: string; readonly proofNote: string;
  readonly development: string;
  readonly file: string; readonly filePrivate: string; readonly fileGo: string;
  readonly next: string; readonly steps: Readonly<Partial<Record<State, readonly string[]>>>; readonly code: string; readonly codeGo: string;
  readonly checked: (code: string, at: string) => string; readonly never: string; readonly busyBig: string; readonly busyLine: string;
};

const id: PageWords = {
  title: "Pemeriksaan Keaslian Surat", official: "Situs resmi. Alamat yang benar:", languages: "Bahasa",
  big: { sah: "SAH", tidak_dikenal: "TIDAK DIKENAL", dicabut: "DICABUT", digantikan: "DIGANTIKAN", kedaluwarsa: "KEDALUWARSA", konsep: "BELUM SAH", terbatas: "TERCATAT", diragukan: "DIRAGUKAN", palsu: "TIDAK SAH" },
  line: {
    sah: "Surat yang tercatat dengan kode ini asli, utuh, dan masih berlaku. Cocokkan dengan surat di tangan Anda.",
    tidak_dikenal: "Kami tidak dapat menyatakan surat ini sah.",
    dicabut: "Surat ini pernah terbit, tetapi sudah dicabut. Jangan dipakai lagi.",
    digantikan: "Surat ini sudah digantikan surat lain.",
    kedaluwarsa: "Surat ini asli, tetapi masa berlakunya sudah lewat.",
    konsep: "Naskah dengan kode ini tidak ditandatangani. Cetakannya bukan surat.",
    terbatas: "Surat ini terbit, tetapi isinya terbatas. Cocokkan nomor dan tanggalnya saja.",
    diragukan: "Surat ini tercatat, tetapi tanda tangannya tidak lagi dapat dijamin.",
    palsu: "Kode QR ini tidak menunjuk surat yang sah.",
  },
  reason: "Alasan", instead: "Surat penggantinya", sealed: "Segel pada kode QR ini asli dan sama dengan yang tercatat.",
  suspect: { penanda_tangan: (since) => `Tanda tangan surat ini dibuat dengan kunci yang diduga bocor sejak ${since}.`, segel: (since) => `Segel pada kode QR surat ini dibuat dengan kunci yang diduga bocor sejak ${since}. Periksalah selalu di alamat ini, jangan dari segelnya saja.` }, government: (name) => `Pemerintah ${name}`, register: (host) => `Daftar surat terbit di ${host}`,
  ask: { integrity: "Apakah isinya masih utuh?", identity: "Benarkah orang itu yang menandatangani?", authority: "Apakah ia berwenang pada tanggal itu?" },
  yes: { integrity: ({ at }) => `<b>Ya, utuh.</b> Tidak ada yang berubah sejak ditandatangani, ${at}.`, identity: ({ name, issuer }) => `<b>Ya, ${name}.</b> Dengan sertifikat elektronik dari ${issuer}.`, authority: ({ post, duty }) => `<b>Ya, selaku ${post}.</b> ${duty === undefined ? "Menurut catatan jabatan pada hari itu." : `${duty}, menurut catatan jabatan pada hari itu.`}` },
  duty: { plt: "pelaksana tugas", plh: "pelaksana harian", pj: "penjabat" }, byDuty: (duty, basis) => `Berwenang sebagai ${duty}${basis === undefined ? "" : ` berdasarkan ${basis}`}`,
  no: "<b>Tidak.</b> Jangan dipakai; hubungi kantor penerbit.", open: "<b>Belum dapat diperiksa.</b> Hubungi kantor penerbit.",
  compare: "Cocokkan dengan surat di tangan Anda", compareAll: "Nomor, tanggal, hal, dan isinya harus sama persis. QR asli dapat ditempel orang pada surat palsu: bila ada yang berbeda, surat Anda bukan surat ini.", compareFew: "Isi surat ini tidak ditampilkan. Nomor, tanggal, dan penanda tangannya harus sama persis. QR asli dapat ditempel orang pada surat palsu.", picture: "Halaman pertama surat yang tercatat", enlarge: "Lihat besar",
  facts: "Surat yang tercatat", number: "Nomor", date: "Tanggal", kind: "Jenis", subject: "Hal", hidden: "(tidak ditampilkan)", to: "Ditujukan kepada", office: "Penerbit", pages: "Halaman", signer: "Penanda tangan", basis: "Dasar kewenangan",
  urgency: { biasa: "", segera: ", Segera", amat_segera: ", Amat Segera" },
  log: "Bukti di buku log", logLead: "Setiap catatan terikat pada catatan sebelumnya, seperti lembar lontar pada satu tali. Mengubah atau menyisipkan surat memutus tali itu.", logThis: (leaf) => `Surat ini: catatan ${leaf}`, logLast: (leaf) => `Catatan terbaru: ${leaf}`, logWaits: "Penerbitan surat ini sedang dicatat. Muat ulang halaman ini sebentar lagi.",
  details: "Rincian untuk pemeriksa", hash: "Sidik berkas (SHA-256)", certificate: "Sertifikat", signedAt: "Ditandatangani", longTerm: "Bukti jangka panjang", checkpoint: "Checkpoint buku log", checkpointGet: "Unduh (C2SP tlog-checkpoint)", proof: "Bukti log surat ini", proofGet: "Unduh (C2SP tlog-proof)", proofNote: "Simpan di samping PDF: dapat diperiksa tanpa jaringan, juga bila kantor ini sudah tidak ada",
  development: "Contoh: sertifikat penanda tangan berasal dari CA pengembangan, bukan sertifikat elektronik tersertifikasi. Surat ini tanpa kekuatan hukum.",
  file: "Periksa berkas PDF Anda", filePrivate: "Diperiksa di peramban Anda, tidak diunggah.", fileGo: "Pilih berkas PDF",
  next: "Yang perlu Anda lakukan",
  steps: {
    tidak_dikenal: ["Cocokkan lagi ejaan kode dengan yang tercetak di samping QR.", "Punya berkas PDF-nya? Periksa berkas itu sendiri.", "Tanyakan kepada kantor yang disebut dalam surat. Pakai nomor telepon yang Anda kenal, bukan yang tertulis di surat itu."],
    konsep: ["Jangan pakai cetakan ini sebagai surat.", "Minta surat yang sudah ditandatangani kepada kantor yang menyusunnya."],
    dicabut: ["Jangan pakai dan jangan teruskan surat ini.", "Tanyakan kepada penerbitnya surat mana yang berlaku."],
    digantikan: ["Minta surat penggantinya kepada penerbit."],
    kedaluwarsa: ["Minta surat baru kepada penerbit."],
    diragukan: ["Jangan jalankan isi surat ini dulu.", "Tanyakan kepada penerbitnya apakah surat ini benar dari mereka. Pakai nomor telepon yang Anda kenal."],
    palsu: ["Jangan pakai surat ini, dan jangan bayar apa pun karenanya.", "Ketik kode yang tercetak di samping QR pada kotak di bawah.", "Laporkan kepada kantor yang disebut dalam surat. Pakai nomor telepon yang Anda kenal."],
  },
  code: "Kode pada surat", codeGo: "Periksa kode", checked: (code, at) => `Diperiksa ${at}. Kode ${code}.`, never: "NIK dan isi surat terbatas tidak pernah ditampilkan.",
  busyBig: "TUNGGU SEBENTAR", busyLine: "Terlalu banyak pemeriksaan dari jaringan ini. Coba lagi satu menit lagi.",
};

const en: PageWords = {
  title: "Letter verification", official: "Official site. Its right address:", languages: "Language",
  big: { sah: "VALID", tidak_dikenal: "UNKNOWN", dicabut: "REVOKED", digantikan: "REPLACED", kedaluwarsa: "EXPIRED", konsep: "NOT VALID", terbatas: "ON RECORD", diragukan: "IN DOUBT", palsu: "NOT VALID" },
  line: {
    sah: "The letter on record under this code is genuine, whole and in force. Compare it with the letter in your hand.",
    tidak_dikenal: "We cannot say that this letter is valid.",
    dicabut: "This letter was issued but has been revoked. Do not use it.",
    digantikan: "This letter has been replaced by another.",
    kedaluwarsa: "This letter is genuine, but no longer in force.",
    konsep: "The text under this code is not signed. Its print is not a letter.",
    terbatas: "This letter was issued, but its content is restricted. Compare number and date only.",
    diragukan: "This letter is on record, but its signature can no longer be vouched for.",
    palsu: "This QR code does not stand for a valid letter.",
  },
  reason: "Reason", instead: "The letter in its place", sealed: "The seal in this QR code is genuine and the one on record.",
  suspect: { penanda_tangan: (since) => `The signature of this letter was made with a key that may have leaked on ${since}.`, segel: (since) => `The seal in this letter's QR code was made with a key that may have leaked on ${since}. Always check at this address, never by the seal alone.` }, government: (name) => `Government of ${name}`, register: (host) => `Register of issued letters at ${host}`,
  ask: { integrity: "Is its content whole?", identity: "Did that person really sign?", authority: "Was he or she in office that day?" },
  yes: { integrity: ({ at }) => `<b>Yes, whole.</b> Nothing has changed since it was signed, ${at}.`, identity: ({ name, issuer }) => `<b>Yes, ${name}.</b> With an electronic certificate of ${issuer}.`, authority: ({ post, duty }) => `<b>Yes, as ${post}.</b> ${duty === undefined ? "By the record of posts of that day." : `${duty}, by the record of posts of that day.`}` },
  duty: { plt: "acting official for a vacant post", plh: "acting official for the day", pj: "acting head" }, byDuty: (duty, basis) => `Authorised as ${duty}${basis === undefined ? "" : ` by decree ${basis}`}`,
  no: "<b>No.</b> Do not use it; ask the issuing office.", open: "<b>Cannot be told yet.</b> Ask the issuing office.",
  compare: "Compare with the letter in your hand", compareAll: "Number, date, subject and content must be exactly the same. A genuine QR can be pasted on a forged letter: if anything differs, yours is not this letter.", compareFew: "The content of this letter is not shown. Number, date and signer must be exactly the same. A genuine QR can be pasted on a forged letter.", picture: "First page of the letter on record", enlarge: "Enlarge",
  facts: "The letter on record", number: "Number", date: "Date", kind: "Kind", subject: "Subject", hidden: "(not shown)", to: "Addressed to", office: "Issued by", pages: "Pages", signer: "Signed by", basis: "Basis of authority",
  urgency: { biasa: "", segera: ", urgent", amat_segera: ", very urgent" },
  log: "Evidence in the log", logLead: "Each record is tied to those before it, like palm leaves on one cord. Changing or inserting a letter breaks the cord.", logThis: (leaf) => `This letter: record ${leaf}`, logLast: (leaf) => `Newest record: ${leaf}`, logWaits: "The issuing of this letter is being recorded. Load this page again in a moment.",
  details: "Details for experts", hash: "File hash (SHA-256)", certificate: "Certificate", signedAt: "Signed", longTerm: "Long-term proof", checkpoint: "Checkpoint of the log", checkpointGet: "Download (C2SP tlog-checkpoint)", proof: "Log proof of this letter", proofGet: "Download (C2SP tlog-proof)", proofNote: "Keep it beside the PDF: it is checked without a network, also when this office is no more",
  development: "Sample: the signer's certificate comes from a development CA, not from a certified issuer. This letter has no legal effect.",
  file: "Check your PDF file", filePrivate: "Checked in your browser, not uploaded.", fileGo: "Choose a PDF file",
  next: "What to do",
  steps: {
    tidak_dikenal: ["Compare the code again with the one printed beside the QR.", "Do you have the PDF? Check the file itself.", "Ask the office named in the letter. Use a telephone number you know, not the one in the letter."],
    konsep: ["Do not use this print as a letter.", "Ask the office that wrote it for the signed letter."],
    dicabut: ["Do not use or pass on this letter.", "Ask its issuer which letter is in force."],
    digantikan: ["Ask the issuer for the letter that replaces it."],
    kedaluwarsa: ["Ask the issuer for a new letter."],
    diragukan: ["Do not act on this letter yet.", "Ask its issuer whether the letter is really theirs. Use a telephone number you know."],
    palsu: ["Do not use this letter, and pay nothing because of it.", "Type the code printed beside the QR in the box below.", "Report it to the office named in the letter. Use a telephone number you know."],
  },
  code: "Code on the letter", codeGo: "Check the code", checked: (code, at) => `Checked ${at}. Code ${code}.`, never: "NIK and the content of restricted letters are never shown.",
  busyBig: "PLEASE WAIT", busyLine: "Too many checks from this network. Try again in a minute.",
};

/** The words of a language. */
export const pageWords: Readonly<Record<Language, PageWords>> = { id, en };

/** The language a browser asks for: `?lang=` first, then the first of ours that it prefers. */
export const languageOf = (asked: string | undefined, accepted: string | undefined): Language => {
  if (asked === "id" || asked === "en") return asked;
  const first = (accepted ?? "").split(",").map((part) => part.trim().slice(0, 2).toLowerCase()).find((code) => code === "id" || code === "ms" || code === "en");
  return first === "en" ? "en" : "id";
};
