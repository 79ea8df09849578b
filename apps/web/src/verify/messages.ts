import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  parcelLead: (to: string): string => `Surat resmi untuk ${to}`,
  number: "Nomor", date: "Tanggal", office: "Instansi", signer: "Penanda tangan",
  download: "Unduh surat (PDF)", verify: "Periksa keasliannya",
  requestLead: (applicant: string, office: string): string => `Permohonan ${applicant} di ${office}`,
  states: { selesai: "Selesai", sekarang: "Sedang berjalan", nanti: "Belum" },
  letter: "Surat Anda sudah terbit",
  check: {
    title: "Periksa surat", choose: "Berkas PDF", file: "Pilih berkas PDF", lead: "Pilih atau letakkan berkas di halaman ini. Berkas diperiksa di peramban Anda dan tidak dikirim ke mana pun.", release: "Lepaskan untuk memeriksa.",
    byCode: "Kode pada surat", byCodeLead: "Sepuluh huruf dan angka di kotak tanda tangan, di samping kode QR.", code: "Kode verifikasi", go: "Periksa kode",
    development: "Sertifikat contoh: tanpa kekuatan hukum", signedBy: (who: string): string => `Tanda tangan oleh ${who}.`, unreadable: "Berkas ini bukan PDF yang dapat dibaca, atau terkunci kata sandi.",
    short: { yes: "Ya.", no: "Tidak.", unknown: "Belum dapat dipastikan." },
    sentences: {
      integrity: { yes: "Isi berkas sama persis dengan yang ditandatangani.", no: "Berkas ini diubah sesudah ditandatangani, atau tanda tangannya rusak.", unknown: "Tidak ada tanda tangan yang dapat diperiksa." },
      identity: { yes: "Sertifikat penanda tangan dikenal dan berlaku saat menandatangani.", no: "Sertifikat penanda tangan tidak sah.", unknown: "Sertifikat penanda tangan tidak dapat diperiksa terhadap penerbit yang dipercaya." },
      authority: { yes: "Menurut catatan kantor, penanda tangan memegang jabatannya pada hari itu.", no: "Menurut catatan kantor, penanda tangan tidak memegang jabatan itu.", unknown: "Berkas ini tidak ada dalam daftar surat terbit, atau daftarnya tidak terjangkau." },
    },
    lines: { valid: "Berkas ini asli, utuh, dan tercatat.", invalid: "Tidak sah: berkas ini berubah atau tanda tangannya salah. Jangan dipakai.", revoked: "Surat ini sudah dicabut atau digantikan.", expired: "Masa berlaku surat ini sudah lewat.", missing: "Keaslian berkas ini tidak dapat dipastikan. Hubungi kantor penerbit.", limited: "Surat ini tercatat dan sah; isinya terbatas." },
  },
};

type Widened<T> = T extends string ? string : T extends (...given: infer G) => string ? (...given: G) => string : { readonly [K in keyof T]: Widened<T[K]> };
type Words = Widened<typeof id>;

const en: Words = {
  parcelLead: (to) => `Official letter for ${to}`,
  number: "Number", date: "Date", office: "Office", signer: "Signed by",
  download: "Download the letter (PDF)", verify: "Check that it is genuine",
  requestLead: (applicant, office) => `Request of ${applicant} at ${office}`,
  states: { selesai: "Done", sekarang: "In progress", nanti: "Not yet" },
  letter: "Your letter has been issued",
  check: {
    title: "Check a letter", choose: "PDF file", file: "Choose a PDF", lead: "Choose or drop a file on this page. It is checked in your browser and sent nowhere.", release: "Let go to check.",
    byCode: "Code on the letter", byCodeLead: "Ten letters and digits in the signature box, beside the QR code.", code: "Verification code", go: "Check the code",
    development: "Sample certificate: without legal effect", signedBy: (who) => `Signed by ${who}.`, unreadable: "This is not a readable PDF, or it is locked with a password.",
    short: { yes: "Yes.", no: "No.", unknown: "Cannot be told yet." },
    sentences: {
      integrity: { yes: "The file is exactly what was signed.", no: "The file was changed after signing, or its signature is broken.", unknown: "There is no signature to check." },
      identity: { yes: "The signer's certificate is known and was valid at signing.", no: "The signer's certificate is not valid.", unknown: "The signer's certificate cannot be checked against a trusted issuer." },
      authority: { yes: "By the office's record the signer held the post on that day.", no: "By the office's record the signer did not hold that post.", unknown: "The file is not in the register of issued letters, or the register cannot be reached." },
    },
    lines: { valid: "This file is genuine, whole and registered.", invalid: "Not valid: the file was changed or its signature is wrong. Do not use it.", revoked: "This letter was withdrawn or replaced.", expired: "This letter is no longer in force.", missing: "This file cannot be confirmed. Ask the issuing office.", limited: "This letter is registered and valid; its content is restricted." },
  },
};

/** The words of the pages for anyone, in the present language. */
export const useOpenMessages = (): Words => (useLanguage() === "en" ? en : id);

/** Writes a date or an instant out in the reader's own time zone; a plain date stays that date everywhere. */
export const useDateWords = (): ((value: string) => string) => {
  const language = useLanguage();
  return (value) => new Intl.DateTimeFormat(language, value.length === 10 ? { dateStyle: "long", timeZone: "UTC" } : { dateStyle: "long", timeStyle: "short" }).format(new Date(value));
};
