import type { Language } from "../kernel/time.ts";

/**
 * The office writes a line of the desk once, in Indonesian, beside the event that causes it. Its fixed phrases are told here in English;
 * what people wrote (a note, a reason, an instruction) stays as they wrote it.
 */
const phrases: readonly (readonly [RegExp, string])[] = [
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
  [/^Nomor (.+): sedang ditandatangani$/, "Number $1: being signed"],
  [/^Nomor (.+): menunggu penyedia tanda tangan; kata sandi akan diminta lagi$/, "Number $1: waits for the provider; the passphrase will be asked again"],
  [/^Nomor (.+): menunggu penyedia tanda tangan; lalu ditandatangani sendiri$/, "Number $1: waits for the provider; then signed by itself"],
  [/^Nomor (.+): penyedia tanda tangan sudah kembali; masukkan kata sandi sekali lagi$/, "Number $1: the provider is back; type the passphrase once more"],
  [/^Nomor (.+): jawaban penyedia tidak sampai; periksa, lalu tanda tangani lagi$/, "Number $1: the provider's answer did not arrive; check, then sign again"],
  [/^Nomor (.+): niat (.+) gugur; kembalikan, lalu bekukan lagi$/, "Number $1: the intent of $2 lapsed; return it, then freeze it anew"],
  [/^Pengiriman gagal: (.*)$/s, "Delivery failed: $1"],
  [/^Belum lengkap$/, "Incomplete"],
  [/^Sedang diperiksa$/, "Being checked"],
  [/^Menunggu tanda tangan$/, "Waits for the signature"],
  [/^Nomor (.+)$/, "Number $1"],
  [/^Siap diambil$/, "Ready to be fetched"],
];

/** The detail of a line in the person's language. */
export const detailWords = (detail: string, language: Language): string => {
  if (language === "id") return detail;
  const found = phrases.find(([pattern]) => pattern.test(detail));
  return found === undefined ? detail : detail.replace(found[0], found[1]);
};
