import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  parcelLead: (to: string): string => `Surat resmi untuk ${to}`,
  number: "Nomor", date: "Tanggal", office: "Instansi", signer: "Penanda tangan",
  download: "Unduh surat (PDF)", verify: "Periksa keasliannya",
  requestLead: (applicant: string, office: string): string => `Permohonan ${applicant} di ${office}`,
  states: { selesai: "Selesai", sekarang: "Sedang berjalan", nanti: "Belum" },
  letter: "Surat Anda sudah terbit",
  check: {
    title: "Periksa surat", choose: "Pilih berkas PDF", lead: "Berkas diperiksa di peramban ini dan tidak dikirim ke mana pun.",
    short: { yes: "Ya.", no: "Tidak.", partly: "Sebagian.", unknown: "Belum dapat diperiksa." },
    sentences: { integrity: "Isi berkas dibandingkan dengan yang ditandatangani.", identity: "Sertifikat penanda tangan diperiksa.", authority: "Wewenang menurut catatan kantor penerbit." },
    lines: { valid: "Surat ini asli dan tercatat.", invalid: "Berkas ini berubah atau tanda tangannya salah. Jangan dipakai.", revoked: "Surat ini sudah dicabut atau digantikan.", expired: "Masa berlaku surat ini sudah lewat.", missing: "Keaslian berkas ini tidak dapat dipastikan. Hubungi kantor penerbit.", limited: "Surat ini tercatat; isinya terbatas." },
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
    title: "Check a letter", choose: "Choose a PDF", lead: "The file is checked in this browser and sent nowhere.",
    short: { yes: "Yes.", no: "No.", partly: "Partly.", unknown: "Cannot be checked yet." },
    sentences: { integrity: "The file is compared with what was signed.", identity: "The signer's certificate is checked.", authority: "The power to sign, as the issuing office records it." },
    lines: { valid: "This letter is genuine and registered.", invalid: "This file was changed or its signature is wrong. Do not use it.", revoked: "This letter was withdrawn or replaced.", expired: "This letter is no longer in force.", missing: "This file cannot be confirmed. Ask the issuing office.", limited: "This letter is registered; its content is restricted." },
  },
};

/** The words of the pages for anyone, in the present language. */
export const useOpenMessages = (): Words => (useLanguage() === "en" ? en : id);

/** Writes a date or an instant out in the reader's own time zone; a plain date stays that date everywhere. */
export const useDateWords = (): ((value: string) => string) => {
  const language = useLanguage();
  return (value) => new Intl.DateTimeFormat(language, value.length === 10 ? { dateStyle: "long", timeZone: "UTC" } : { dateStyle: "long", timeStyle: "short" }).format(new Date(value));
};
