import type { Language } from "../kernel/time.ts";

/**
 * The office writes a line of the desk once, in Indonesian, beside the event that causes it. Its fixed phrases are told here in English;
 * what people wrote (a note, a reason, an instruction) stays as they wrote it.
 */
const phrases: readonly (readonly [RegExp, string])[] = [
  [/^Nomor (.+)$/, "Number $1"],
  [/^1 halaman, belum dicatat$/, "1 page, not registered"],
  [/^(\d+) halaman, belum dicatat$/, "$1 pages, not registered"],
  [/^Menunggu laporan penerima disposisi Anda$/, "Waiting for the report of your receiver"],
  [/^Laporan tindak lanjut$/, "Report of the follow-up"],
  [/^Dikembalikan: (.*)$/s, "Returned: $1"],
  [/^Dikembalikan ([^:]+): (.*)$/s, "Returned by $1: $2"],
  [/^(.+) · konsep$/, "$1 · draft"],
  [/^(.+) · ditarik untuk diubah$/, "$1 · taken back to be changed"],
  [/^(.+) · paraf (\d+) dari (\d+) · versi (\d+)$/, "$1 · initial $2 of $3 · version $4"],
  [/^(.+) · nomor (.+) menunggu tanda tangan$/, "$1 · number $2 waits for the signature"],
  [/^(.+) · lengkap diparaf, menunggu tanda tangan$/, "$1 · all initialled, waits for the signature"],
  [/^Pengiriman gagal: (.*)$/s, "Delivery failed: $1"],
  [/^Belum lengkap$/, "Incomplete"],
  [/^Sedang diperiksa$/, "Being checked"],
  [/^Menunggu tanda tangan$/, "Waits for the signature"],
  [/^Siap diambil$/, "Ready to be fetched"],
];

/** The detail of a line in the person's language. */
export const detailWords = (detail: string, language: Language): string => {
  if (language === "id") return detail;
  const found = phrases.find(([pattern]) => pattern.test(detail));
  return found === undefined ? detail : detail.replace(found[0], found[1]);
};
