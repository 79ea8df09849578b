import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  readInEmergency: (until: string): string => `Anda membaca surat ini lewat akses darurat sampai ${until}. Setiap pembacaan tercatat.`,
  readUnderMandate: (until: string, basis: string): string => `Anda memeriksa surat ini berdasarkan ${basis}, sampai ${until}. Setiap pembacaan tercatat.`,
  seeRecord: "Lihat catatannya",
};

const en: typeof id = {
  readInEmergency: (until) => `You read this letter in an emergency until ${until}. Each reading is recorded.`,
  readUnderMandate: (until, basis) => `You inspect this letter on the basis of ${basis}, until ${until}. Each reading is recorded.`,
  seeRecord: "See the record",
};

/** What the banner says above a letter that is read by oversight, in the present language. */
export const useOverseenMessages = (): typeof id => (useLanguage() === "en" ? en : id);
