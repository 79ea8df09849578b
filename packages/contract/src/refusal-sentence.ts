import { refusalsInEnglish } from "./refusals-en.ts";
import { refusals, type RefusalCode } from "./refusals.ts";

const unexpected = {
  id: "Ada kesalahan di sisi kami. Yang Anda ketik tidak hilang; coba lagi, dan sebutkan nomor permintaan ini kepada admin bila terulang.",
  en: "Something went wrong on our side. What you typed is not lost; try again, and tell the admin this request number if it happens again.",
};

/** The sentence of a refusal for a reader of this `Accept-Language`: English when that comes first, else Indonesian. Without code: a fault of ours. */
export const refusalSentence = (code: RefusalCode | undefined, acceptLanguage: string | undefined): string => {
  const isEnglish = /^\s*en\b/i.test(acceptLanguage ?? "");
  if (code === undefined) return isEnglish ? unexpected.en : unexpected.id;
  return isEnglish ? refusalsInEnglish[code] : refusals[code].sentence;
};
