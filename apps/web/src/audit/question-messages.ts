import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  title: "Permintaan penjelasan",
  from: (by: string, when: string): string => `Dari ${by}, ${when}`,
  question: "Yang ditanyakan",
  answered: (by: string, when: string): string => `Jawaban ${by}, ${when}`,
  due: (day: string): string => `Jawab paling lambat ${day}`,
  answer: "Penjelasan Anda",
  note: "Sebutkan apa yang terjadi dan surat atau izin yang mendasarinya. Jawaban dicatat atas nama Anda dan tidak dapat diubah.",
  send: "Kirim penjelasan",
  sent: "Penjelasan terkirim kepada Inspektorat.",
};

type Words = { readonly [K in keyof typeof id]: (typeof id)[K] extends string ? string : (typeof id)[K] };

const en: Words = {
  title: "Request for an explanation",
  from: (by, when) => `From ${by}, ${when}`,
  question: "What is asked",
  answered: (by, when) => `Answer of ${by}, ${when}`,
  due: (day) => `Answer by ${day}`,
  answer: "Your explanation",
  note: "Say what happened, and name the letter or the leave that it rests on. The answer is recorded in your name and cannot be changed.",
  send: "Send the explanation",
  sent: "The explanation is sent to the inspectorate.",
};

/** The words of a request for an explanation, in the present language. */
export const useQuestionMessages = (): Words => (useLanguage() === "en" ? en : id);
