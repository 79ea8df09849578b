import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  title: "Amankan akun Anda",
  why: "Jabatan Anda menandatangani atau menjaga surat pemerintah. Kata sandi yang bocor tidak boleh cukup untuk memakainya.",
  advised: "Jabatan Anda menandatangani atau menjaga surat pemerintah, jadi kata sandi saja kurang aman. Pasang kunci masuk atau kode autentikator di bawah ini.",
  asked: (date: string): string => `Lakukan sebelum ${date}. Sesudah itu halaman lain baru terbuka bila akun sudah aman.`,
  heldBack: "Waktunya sudah habis. Sesudah salah satu terpasang, semuanya langsung terbuka; pekerjaan Anda tetap di tempatnya.",
  passkey: "Pasang kunci masuk",
  passkeyLead: "Paling mudah dan paling aman: sidik jari, wajah, atau PIN perangkat ini.",
  or: "atau",
  done: "Akun Anda sudah aman",
  doneLead: "Mulai sekarang kata sandi saja tidak cukup untuk masuk. Simpan kode pemulihan di tempat yang terpisah dari perangkat ini.",
  go: "Buka Meja",
  later: "Nanti saja",
  leave: "Keluar",
  rule: "Pengaman kedua",
  ruleLead: "Pegawai dengan tugas ini harus masuk dengan kunci masuk atau kode kedua. Siapa yang belum memasangnya diberi tahu, lalu setelah tenggang waktu hanya dapat mengamankan akunnya.",
  groups: { signer: "Penanda tangan surat", secretary: "Sekretaris dan tata usaha", admin: "Admin sistem", inspector: "Pengawas (Inspektorat)", everyone: "Semua pegawai" },
  groupsLabel: "Berlaku untuk",
  force: "Cara berlaku",
  forces: { required: "Wajib", advised: "Hanya dianjurkan" },
  grace: "Tenggang waktu (hari)",
  days: (count: number): string => `${count} hari`,
  nobody: "tidak untuk siapa pun",
  save: "Simpan aturan",
  saved: "Aturan pengaman kedua disimpan.",
};

type Words = { readonly [K in keyof typeof id]: (typeof id)[K] extends string ? string : (typeof id)[K] extends Record<string, string> ? { readonly [N in keyof (typeof id)[K]]: string } : (typeof id)[K] };

const en: Words = {
  title: "Secure your account",
  why: "Your post signs or keeps the letters of the government. A leaked password must not be enough to use it.",
  advised: "Your post signs or keeps the letters of the government, so a password alone is not safe enough. Set up a passkey or an authenticator code below.",
  asked: (date) => `Do it before ${date}. After that other pages open only once the account is secured.`,
  heldBack: "The time is over. Once one of these is set up, everything opens at once; your work is where you left it.",
  passkey: "Set up a passkey",
  passkeyLead: "Easiest and safest: the fingerprint, face or PIN of this device.",
  or: "or",
  done: "Your account is secured",
  doneLead: "From now on the password alone does not open it. Keep the recovery codes apart from this device.",
  go: "Open the desk",
  later: "Later",
  leave: "Sign out",
  rule: "Second factor",
  ruleLead: "People with these tasks must sign in with a passkey or a second code. Whoever has none is told, and after the days of grace can only secure the account.",
  groups: { signer: "Who signs letters", secretary: "Secretaries and registrars", admin: "System admins", inspector: "Inspectors", everyone: "Everyone" },
  groupsLabel: "Applies to",
  force: "How it applies",
  forces: { required: "Required", advised: "Only advised" },
  grace: "Days of grace",
  days: (count) => `${count} days`,
  nobody: "for nobody",
  save: "Save the rule",
  saved: "The rule on second factors is saved.",
};

/** The words about securing an account, in the present language. */
export const useSecuringWords = (): Words => (useLanguage() === "en" ? en : id);
