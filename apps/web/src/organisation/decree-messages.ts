import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  label: "Dasar hukum",
  optional: "bila ada",
  source: "Asal keputusan",
  letter: "Surat di Lontar",
  scan: "Unggah pindaian",
  search: "Cari nomor atau perihal surat",
  searchHint: "Ketik paling sedikit dua huruf. Hanya surat yang sudah ditandatangani dan boleh Anda lihat.",
  none: "Tidak ada surat bertanda tangan yang cocok. Coba nomor lain, atau unggah pindaiannya.",
  change: "Ganti",
  dated: (number: string, date: string): string => `${number}, ${date}`,
  choose: "Pilih berkas keputusan",
  chooseHint: "PDF, JPEG, PNG, atau WebP.",
  uploading: "Mengunggah…",
  uploaded: (name: string): string => `Terunggah: ${name}`,
  number: "Nomor keputusan",
  numberHint: "misalnya 800.1.3.3/12/2026",
  date: "Tanggal keputusan",
  gap: { letter: "Pilih surat keputusannya.", file: "Unggah pindaian keputusannya.", number: "Isi nomor keputusan.", date: "Isi tanggal keputusan." },
};

type Words = { readonly [K in keyof typeof id]: (typeof id)[K] };

const en: Words = {
  label: "Legal basis",
  optional: "if there is one",
  source: "Where the decree is",
  letter: "Letter in Lontar",
  scan: "Upload a scan",
  search: "Search number or subject",
  searchHint: "Type at least two letters. Only signed letters that you may see.",
  none: "No signed letter matches. Try another number, or upload its scan.",
  change: "Change",
  dated: (number, date) => `${number}, ${date}`,
  choose: "Choose the file of the decree",
  chooseHint: "PDF, JPEG, PNG or WebP.",
  uploading: "Uploading…",
  uploaded: (name) => `Uploaded: ${name}`,
  number: "Number of the decree",
  numberHint: "such as 800.1.3.3/12/2026",
  date: "Date of the decree",
  gap: { letter: "Choose the letter of the decree.", file: "Upload the scan of the decree.", number: "Enter the number of the decree.", date: "Enter the date of the decree." },
};

/** The words of `DecreeField` in the present language. */
export const useDecreeMessages = (): Words => (useLanguage() === "en" ? en : id);
