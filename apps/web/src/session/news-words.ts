import { deviceWords } from "../kernel/device-words.ts";
import type { Language } from "../kernel/time.ts";

type Facts = Readonly<Record<string, string | number>>;

type Teller = (facts: Facts) => string;

const id: Readonly<Record<string, Teller>> = {
  perangkat_baru: (facts) => `Akun Anda dipakai masuk dari perangkat baru: ${facts["device"]}.`,
  sesi_dicuri: (facts) => `Sesi dari ${facts["opened"]} dipakai dari perangkat lain (${facts["used"]}), jadi kami menghentikannya.`,
  sandi_diganti: () => "Kata sandi Anda diganti.",
  faktor_dipasang: () => "Kode autentikator dipasang pada akun Anda.",
  faktor_dilepas: () => "Kode autentikator dilepas dari akun Anda.",
  faktor_disetel_ulang: (facts) => `Admin melepas semua pengaman kedua akun Anda: ${facts["reason"]}.`,
  pemulihan_dipakai: (facts) => `Kode pemulihan dipakai untuk masuk; tersisa ${facts["left"]}.`,
  identitas_diubah: (facts) => `${facts["by"]} mengubah ${facts["what"]} Anda pada data pegawai.`,
  kunci_ditambah: (facts) => `Kunci masuk “${facts["name"]}” ditambahkan.`,
  kunci_dilepas: (facts) => `Kunci masuk “${facts["name"]}” dilepas.`,
  kunci_mencurigakan: (facts) => `Kunci masuk “${facts["name"]}” ditolak karena mungkin ada salinannya. Lepas dan buat yang baru.`,
  tantangan_terpakai: (facts) => `Jawaban kunci masuk yang sudah terpakai dikirim lagi dari ${facts["device"]}, jadi ditolak.`,
  sandi_pendek: () => "Kata sandi Anda terlalu pendek untuk berdiri sendiri. Gantilah dengan satu kalimat, paling sedikit 15 huruf.",
  bukan_saya: (facts) => `${facts["person"]} melaporkan tindakan atas namanya yang tidak ia lakukan.`,
  tanda_tangan_siap: (facts) => `Penyedia tanda tangan sudah kembali: surat nomor ${facts["number"]} menunggu kata sandi Anda sekali lagi.`,
  tanda_tangan_gugur: (facts) => `Niat Anda menandatangani surat nomor ${facts["number"]} gugur. ${facts["reason"]}`,
  tanda_tangan_tak_pasti: (facts) => `Jawaban penyedia atas surat nomor ${facts["number"]} tidak sampai. Periksa suratnya, lalu tanda tangani lagi.`,
  berkas_tertukar: (facts) => `Tanda tangan surat nomor ${facts["number"]} oleh ${facts["person"]} dihentikan: ${facts["found"] === "tersimpan" ? "berkas yang tersimpan bukan lagi berkas yang dibekukan" : "yang diminta bukan berkas yang dibekukan"}. Periksa keutuhan, dan tanyakan kepada yang bersangkutan.`,
  sertifikat_berakhir: (facts) => `Sertifikat elektronik Anda berakhir ${facts["days"]} hari lagi. Perpanjang sekarang, supaya tanda tangan Anda tidak terhenti.`,
  sertifikat_bermasalah: (facts) => `Sertifikat elektronik Anda tidak dapat dipakai: ${facts["why"]}.`,
  surat_diragukan: (facts) => (facts["key"] === "segel" ? `Segel pada kode QR surat ${facts["number"]} dibuat dengan kunci yang diduga bocor sejak ${facts["since"]}. Periksa surat itu di halaman verifikasi.` : `Tanda tangan surat ${facts["number"]} dibuat dengan kunci yang diduga bocor sejak ${facts["since"]}. Jangan jalankan isinya dulu; tanyakan kepada penerbitnya.`),
  ringkasan: (facts) => `Minggu lalu ada ${facts["count"]} tindakan atas nama Anda.`,
};

const device = (name: Facts[string] | undefined): string => deviceWords(String(name), "en");

const en: Readonly<Record<string, Teller>> = {
  perangkat_baru: (facts) => `Your account was entered from a new device: ${device(facts["device"])}.`,
  sesi_dicuri: (facts) => `Your session from ${device(facts["opened"])} was used on another device (${device(facts["used"])}), so we ended it.`,
  sandi_diganti: () => "Your password was changed.",
  faktor_dipasang: () => "An authenticator code was set up for your account.",
  faktor_dilepas: () => "The authenticator code of your account was removed.",
  faktor_disetel_ulang: (facts) => `The admin removed all second factors of your account: ${facts["reason"]}.`,
  pemulihan_dipakai: (facts) => `A recovery code was used to sign in; ${facts["left"]} left.`,
  identitas_diubah: (facts) => `${facts["by"]} changed your ${String(facts["what"]).replace("pos-el", "e-mail address").replace(" dan ", " and ")} in the list of people.`,
  kunci_ditambah: (facts) => `Passkey “${facts["name"]}” was added.`,
  kunci_dilepas: (facts) => `Passkey “${facts["name"]}” was removed.`,
  kunci_mencurigakan: (facts) => `Passkey “${facts["name"]}” was refused because there may be a copy of it. Remove it and make a new one.`,
  tantangan_terpakai: (facts) => `A passkey answer that was used before was sent again from ${device(facts["device"])}, and refused.`,
  sandi_pendek: () => "Your password is too short to stand alone. Change it to a sentence of at least 15 characters.",
  bukan_saya: (facts) => `${facts["person"]} reports acts in their name that they did not do.`,
  tanda_tangan_siap: (facts) => `The certification provider is back: letter number ${facts["number"]} waits for your passphrase once more.`,
  tanda_tangan_gugur: (facts) => `Your intent to sign letter number ${facts["number"]} lapsed.`,
  tanda_tangan_tak_pasti: (facts) => `The provider's answer about letter number ${facts["number"]} did not arrive. Check the letter, then sign again.`,
  berkas_tertukar: (facts) => `The signature of letter number ${facts["number"]} by ${facts["person"]} was stopped: ${facts["found"] === "tersimpan" ? "the stored file is no longer the one that was frozen" : "what was asked to be signed is not the file that was frozen"}. Check the integrity, and ask the person.`,
  sertifikat_berakhir: (facts) => `Your certificate ends in ${facts["days"]} days. Renew it now, so that you can go on signing.`,
  sertifikat_bermasalah: () => "Your certificate cannot be used. See your settings.",
  surat_diragukan: (facts) => (facts["key"] === "segel" ? `The seal in the QR code of letter ${facts["number"]} was made with a key that may have leaked on ${facts["since"]}. Check that letter on the verification page.` : `The signature of letter ${facts["number"]} was made with a key that may have leaked on ${facts["since"]}. Do not act on it yet; ask its issuer.`),
  ringkasan: (facts) => `${facts["count"] === 1 ? "1 act was" : `${facts["count"]} acts were`} done in your name last week.`,
};

const wordsOf = (tellers: Readonly<Record<string, Teller>>, label: string, look: string, mine: string, others: (count: number) => string) => ({ label, look, mine, others, sentence: (kind: string, facts: Facts): string => tellers[kind]?.(facts) ?? label });

/** What the notices about an account say; a kind from a newer server says at least that there is news. */
export const newsWords: Readonly<Record<Language, ReturnType<typeof wordsOf>>> = {
  id: wordsOf(id, "Kabar tentang akun Anda", "Lihat", "Saya tahu", (count) => `dan ${count} kabar lain`),
  en: wordsOf(en, "News about your account", "Look", "I know", (count) => `and ${count} more`),
};
