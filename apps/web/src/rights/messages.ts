import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  title: "Siapa saja yang dapat melihat ini?",
  back: "Kembali ke surat",
  on: "Pada tanggal",
  today: "Hari ini",
  now: (people: number): string => `Saat ini ${people} orang dapat melihatnya.`,
  onDay: (date: string, people: number): string => `Pada akhir ${date}, ${people} orang dapat melihatnya.`,
  export: "Unduh CSV",
  print: "Cetak",
  none: "Pada tanggal itu belum ada yang dapat melihatnya",
  noneNext: (date: string): string => `Peristiwa pertamanya tercatat ${date}.`,
  notNamed: "Nama orang hanya diperlihatkan kepada yang boleh membaca isi surat rahasia ini.",
  hidden: "Nama dirahasiakan",
  vacant: "Jabatan kosong",
  himself: "haknya sendiri, tetap ada bila pindah jabatan",
  unit: (unit: string): string => `memegang register ${unit}`,
  envelope: "sampul saja",
  since: (when: string): string => `Sejak ${when}`,
  people: (count: number): string => `${count} orang`,
  system: "Lontar",
};

type Words = { readonly [K in keyof typeof id]: (typeof id)[K] extends string ? string : (typeof id)[K] };

const en: Words = {
  title: "Who can see this?",
  back: "Back to the letter",
  on: "On the day",
  today: "Today",
  now: (people) => `${people} ${people === 1 ? "person" : "people"} can see it now.`,
  onDay: (date, people) => `At the end of ${date}, ${people} ${people === 1 ? "person" : "people"} could see it.`,
  export: "Download CSV",
  print: "Print",
  none: "On that day nobody could see it yet",
  noneNext: (date) => `Its first event was recorded on ${date}.`,
  notNamed: "Names are shown only to those who may read the inside of this secret letter.",
  hidden: "Name withheld",
  vacant: "Vacant post",
  himself: "his own right, stays when he changes post",
  unit: (unit) => `keeps the register of ${unit}`,
  envelope: "envelope only",
  since: (when) => `Since ${when}`,
  people: (count) => `${count} ${count === 1 ? "person" : "people"}`,
  system: "Lontar",
};

/** The words of the pages about rights in the present language. */
export const useRightsMessages = (): Words => (useLanguage() === "en" ? en : id);
