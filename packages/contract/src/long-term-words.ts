import type { LongTerm, Shortfall } from "./long-term.ts";

const reasons: Readonly<Record<"id" | "en", Readonly<Record<Shortfall, string>>>> = {
  id: {
    no_tsa: "stempel waktu belum dipasang di instalasi ini",
    tsa_unreachable: "layanan stempel waktu belum dapat dihubungi; dilengkapi sendiri begitu ia kembali",
    tsa_refused: "jawaban layanan stempel waktu ditolak karena tidak cocok; dicoba lagi",
    status_unreachable: "status sertifikat (OCSP/CRL) belum dapat ditanyakan; dilengkapi sendiri begitu terjawab",
    revoked: "sertifikat dicabut sebelum waktunya terbukti",
    no_path: "rantai sertifikat belum lengkap di instalasi ini",
    slow: "layanan stempel waktu atau status sertifikat terlalu lambat; dilengkapi sendiri sebentar lagi",
    not_believed: "tambahan bukti belum lolos pemeriksaan kami sendiri; dicoba lagi",
  },
  en: {
    no_tsa: "this installation has no time-stamping authority yet",
    tsa_unreachable: "the time-stamping authority cannot be reached yet; it is completed by itself when it is back",
    tsa_refused: "the answer of the time-stamping authority did not fit and was refused; it is tried again",
    status_unreachable: "the status of the certificates (OCSP/CRL) cannot be asked yet; it is completed by itself when it is answered",
    revoked: "the certificate was revoked before its time was proved",
    no_path: "the chain of certificates is not complete at this installation",
    slow: "the time-stamping authority or the certificate status is too slow; it is completed by itself in a moment",
    not_believed: "the added proof did not pass our own check; it is tried again",
  },
};

/** What is missing, as half a sentence. */
export const shortfallWords = (language: "id" | "en", lacks: Shortfall): string => reasons[language][lacks];

/** One sentence on the long-term proof of a letter; `day` writes a date in the reader's words. */
export const longTermSentence = (language: "id" | "en", { level, until, lacks }: LongTerm, day: (instant: string) => string): string => {
  const why = lacks === null ? "" : `: ${shortfallWords(language, lacks)}`;
  if (level === "B-LTA" && until !== null) return language === "id" ? `Lengkap sampai ${day(until)}, lalu diperbarui (${level}).` : `Complete until ${day(until)}, then renewed (${level}).`;
  return language === "id" ? `Belum lengkap, baru tingkat ${level}${why}.` : `Not complete yet, level ${level} so far${why}.`;
};
