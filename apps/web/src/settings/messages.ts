import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  title: "Pengaturan",
  devices: "Perangkat tempat Anda masuk",
  devicesLead: "Keluarkan perangkat yang tidak Anda kenal, lalu ganti kata sandi.",
  thisDevice: "perangkat ini",
  lastSeen: (when: string): string => `terakhir dipakai ${when}`,
  end: "Keluarkan",
  ended: "Perangkat dikeluarkan.",
  factor: "Kode autentikator",
  factorLead: "Kode enam angka dari ponsel Anda, diminta setiap kali masuk. Kata sandi yang bocor saja tidak cukup.",
  isOn: "Terpasang",
  isOff: "Belum terpasang",
  password: "Kata sandi Anda",
  begin: "Pasang",
  secret: "Masukkan rahasia ini ke aplikasi autentikator, lalu ketik kode pertamanya.",
  open: "Buka di aplikasi autentikator",
  code: "Kode enam angka",
  confirm: "Pastikan",
  remove: "Lepas",
  set: "Kode autentikator terpasang.",
  removed: "Kode autentikator dilepas.",
  certificate: "Sertifikat tanda tangan elektronik",
  certificateUntil: (when: string): string => `Berlaku sampai ${when}`,
  development: "sertifikat contoh, tanpa kekuatan hukum",
  none: "Anda belum memiliki sertifikat. Hubungi admin sertifikat di Diskominfo.",
};

type Words = { readonly [K in keyof typeof id]: (typeof id)[K] extends string ? string : (typeof id)[K] };

const en: Words = {
  title: "Settings",
  devices: "Devices where you are signed in",
  devicesLead: "Sign out what you do not recognise, then change your password.",
  thisDevice: "this device",
  lastSeen: (when) => `last used ${when}`,
  end: "Sign out",
  ended: "Device signed out.",
  factor: "Authenticator code",
  factorLead: "Six digits from your phone at every sign-in. A leaked password alone is not enough.",
  isOn: "On",
  isOff: "Off",
  password: "Your password",
  begin: "Set up",
  secret: "Enter this secret in your authenticator app, then type its first code.",
  open: "Open in the authenticator app",
  code: "Six-digit code",
  confirm: "Confirm",
  remove: "Remove",
  set: "Authenticator code is on.",
  removed: "Authenticator code is off.",
  certificate: "Signing certificate",
  certificateUntil: (when) => `Valid until ${when}`,
  development: "sample certificate, without legal effect",
  none: "You have no certificate yet. Ask the certificate admin at Diskominfo.",
};

/** The words of the settings page in the present language. */
export const useSettingsMessages = (): Words => (useLanguage() === "en" ? en : id);
