import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  parcelLead: (to: string): string => `Surat resmi untuk ${to}`,
  number: "Nomor", date: "Tanggal", office: "Instansi", signer: "Penanda tangan",
  download: "Unduh surat (PDF)", verify: "Periksa keasliannya",
  requestLead: (applicant: string, office: string): string => `Permohonan ${applicant} di ${office}`,
  states: { selesai: "Selesai", sekarang: "Sedang berjalan", nanti: "Belum" },
  letter: "Surat Anda sudah terbit",
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
};

/** The words of the pages for anyone, in the present language. */
export const useOpenMessages = (): Words => (useLanguage() === "en" ? en : id);

/** Writes a date or an instant out in the reader's own time zone; a plain date stays that date everywhere. */
export const useDateWords = (): ((value: string) => string) => {
  const language = useLanguage();
  return (value) => new Intl.DateTimeFormat(language, value.length === 10 ? { dateStyle: "long", timeZone: "UTC" } : { dateStyle: "long", timeStyle: "short" }).format(new Date(value));
};
