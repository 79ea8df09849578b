import type { SealRefusal } from "./judge.ts";

/** The languages of the public pages. */
export type SealLanguage = "id" | "en";

/** What a citizen is told of a seal. Short, and each says what to do. */
export type SealWords = {
  readonly refused: Readonly<Record<SealRefusal, string>>;
  readonly good: (institution: string) => string;
  readonly unchecked: string;
  /** Of a genuine letter that is in the list of withdrawn ones, and of one that is not. */
  readonly withdrawn: (listed: string) => string;
  readonly notWithdrawn: (listed: string) => string;
  readonly compare: string;
  /** A genuine seal that the register does not know: its key is in wrong hands. */
  readonly notRecorded: string;
  /** A genuine seal, yet not the one that is on record for this letter. */
  readonly differs: string;
  /** A letter that was sealed without its facts: a secret one. */
  readonly withheld: string;
};

/** Whether a genuine letter is still in force, as far as a list tells that was signed at `listed`. */
export const inForceSentence = (words: SealWords, withdrawn: boolean | undefined, listed: string): string => (withdrawn === undefined ? words.unchecked : withdrawn ? words.withdrawn(listed) : words.notWithdrawn(listed));

/** The sentences of both languages. */
export const sealWords: Readonly<Record<SealLanguage, SealWords>> = {
  id: {
    refused: {
      too_large: "Kode QR ini lebih besar daripada segel surat mana pun. Jangan dipakai; hubungi kantor yang disebut dalam surat.",
      not_a_seal: "Kode QR ini bukan segel surat, atau terpotong. Pindai lagi; bila tetap begini, ketik kode yang tercetak di sampingnya.",
      not_canonical: "Segel pada kode QR ini rusak atau dibuat tiruannya. Jangan dipakai; ketik kode yang tercetak di sampingnya untuk memeriksa.",
      other_algorithm: "Segel pada kode QR ini tidak memakai cara tanda tangan yang sah. Ini tiruan; jangan dipakai.",
      other_host: "Alamat pada kode QR ini bukan alamat resmi. Jangan buka alamat itu; ketik kode surat di alamat resmi.",
      unknown_key: "Segel ini tidak dibuat dengan kunci yang dikenal di sini. Periksa di alamat resmi yang tercetak; bila di sana pun tidak dikenal, jangan dipakai.",
      bad_signature: "Isi segel ini diubah, atau segelnya palsu. Jangan dipakai; hubungi kantor yang disebut dalam surat.",
      wrong_institution: "Segel ini dibuat oleh instansi lain, bukan oleh instansi yang disebutnya. Jangan dipakai.",
      outside_validity: "Tanggal surat ini di luar masa pakai kunci segelnya. Jangan dipakai; hubungi kantor yang disebut dalam surat.",
      key_compromised: "Segel ini dibuat dengan kunci yang diduga bocor. Jangan dipakai sebelum kantor penerbit memastikannya.",
    },
    good: (institution) => `Segel ini dibuat oleh ${institution}.`,
    unchecked: "Apakah surat ini masih berlaku belum diperiksa: surat bisa saja sudah dicabut atau diganti. Sambungkan ke jaringan, lalu periksa lagi.",
    withdrawn: (listed) => `Surat ini sudah dicabut atau digantikan menurut daftar tertanggal ${listed}. Jangan dipakai; tanyakan penggantinya kepada kantor penerbit.`,
    notWithdrawn: (listed) => `Sampai ${listed} surat ini tidak ada dalam daftar surat yang dicabut. Apa yang terjadi sesudahnya belum diperiksa: sambungkan ke jaringan, lalu periksa lagi.`,
    compare: "Semuanya harus sama persis. Segel asli dapat ditempel orang pada surat palsu: bila ada yang berbeda, surat Anda bukan surat ini.",
    notRecorded: "Segel ini memakai kunci kantor, tetapi suratnya tidak pernah tercatat terbit. Jangan dipakai; laporkan kepada kantor penerbit.",
    differs: "Segel ini bukan segel yang tercatat untuk surat itu. Jangan dipakai; laporkan kepada kantor penerbit.",
    withheld: "Surat ini rahasia: segelnya hanya menyatakan bahwa surat itu ada.",
  },
  en: {
    refused: {
      too_large: "This QR code is larger than the seal of any letter. Do not use it; ask the office named in the letter.",
      not_a_seal: "This QR code is not the seal of a letter, or it is cut short. Scan it again; if that does not help, type the code printed beside it.",
      not_canonical: "The seal in this QR code is damaged or an imitation. Do not use it; type the code printed beside it to check.",
      other_algorithm: "The seal in this QR code does not use the right kind of signature. It is an imitation; do not use it.",
      other_host: "The address in this QR code is not the official one. Do not open it; type the letter's code at the official address.",
      unknown_key: "This seal was not made with a key that is known here. Check it at the official address in print; if it is unknown there too, do not use it.",
      bad_signature: "What this seal says was changed, or the seal is forged. Do not use it; ask the office named in the letter.",
      wrong_institution: "This seal was made by another institution than the one it names. Do not use it.",
      outside_validity: "The date of this letter lies outside the time in which its seal key was used. Do not use it; ask the office named in the letter.",
      key_compromised: "This seal was made with a key that may have leaked. Do not use it before the issuing office has confirmed it.",
    },
    good: (institution) => `This seal was made by ${institution}.`,
    unchecked: "Whether this letter is still in force was not checked: it may have been revoked or replaced. Connect to a network and check again.",
    withdrawn: (listed) => `This letter was revoked or replaced, by the list of ${listed}. Do not use it; ask the issuing office for the one in its place.`,
    notWithdrawn: (listed) => `Until ${listed} this letter was not in the list of revoked letters. What happened after that was not checked: connect to a network and check again.`,
    compare: "All of it must be exactly the same. A genuine seal can be pasted on a forged letter: if anything differs, yours is not this letter.",
    notRecorded: "This seal uses the office's key, but its letter was never recorded as issued. Do not use it; report it to the issuing office.",
    differs: "This is not the seal on record for that letter. Do not use it; report it to the issuing office.",
    withheld: "This letter is secret: its seal says only that the letter exists.",
  },
};
