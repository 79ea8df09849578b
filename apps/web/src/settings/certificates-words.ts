import { useLanguage } from "../kernel/catalog/index.ts";

const id = {
  title: "Sertifikat para pejabat",
  lead: (provider: string): string => `Setiap malam Lontar menanyakan keadaan akun kepada ${provider} dan status sertifikat (OCSP/CRL), tanpa menandatangani dan tanpa kata sandi siapa pun. Pemilik sertifikat diingatkan 60, 30, dan 7 hari sebelum berakhir.`,
  leadTokens: "Setiap malam Lontar melihat apakah token terpasang dan tidak terkunci, dan menanyakan status sertifikat (OCSP/CRL), tanpa menandatangani dan tanpa PIN siapa pun. Pemilik sertifikat diingatkan 60, 30, dan 7 hari sebelum berakhir.",
  check: "Periksa sekarang",
  asked: "Pemeriksaan dimulai. Hasilnya muncul di sini sebentar lagi.",
  care: (count: number): string => (count === 0 ? "Tidak ada yang perlu perhatian" : `Perlu perhatian: ${count}`),
  good: (count: number): string => `Siap menandatangani: ${count}`,
  none: "Belum ada pejabat penanda tangan.",
  noPost: "tanpa jabatan penanda tangan",
  noCertificate: "belum punya sertifikat",
  days: (days: number): string => (days === 0 ? "berakhir hari ini" : `${days} hari lagi`),
  otherName: "nama berbeda",
  noNik: "NIK belum diisi",
  development: "contoh",
  standing: { ready: "siap", unregistered: "tidak terdaftar", pending: "menunggu pendaftaran", expired: "berakhir", suspended: "ditangguhkan", revoked: "dicabut", unknown: "penyedia tidak menjawab" },
  tokenStanding: { ready: "siap", unregistered: "kunci tidak ditemukan", pending: "token belum disiapkan", expired: "berakhir", suspended: "PIN terkunci", revoked: "dicabut", unknown: "token tidak terpasang" },
  status: { good: "tidak dicabut", revoked: "dicabut", unknown: "status belum terjawab" },
  until: (issuer: string, until: string): string => `${issuer}, sampai ${until}`,
  checked: (when: string, what: string): string => `diperiksa ${when}: ${what}`,
  unchecked: "belum pernah diperiksa",
  signed: (when: string): string => `terakhir menandatangani ${when}`,
  neverSigned: "belum pernah menandatangani",
  failed: (when: string, why: string): string => `gagal terakhir ${when}: ${why}`,
  faults: { WRONG_SECRET: "kata sandi salah", NOT_REGISTERED: "tidak terdaftar", CERT_EXPIRED: "sertifikat berakhir", LOCKED: "akun terkunci", RATE: "penyedia sibuk", TEMPORARY: "penyedia tidak terjangkau", OUTCOME_UNKNOWN: "jawaban tidak sampai", PROTOCOL: "jawaban tidak dikenal", INVALID: "berkas tidak lolos pemeriksaan" },
  fault: "sebab lain",
};

type Words = { readonly [K in keyof typeof id]: (typeof id)[K] extends string ? string : (typeof id)[K] extends Record<string, string> ? { readonly [N in keyof (typeof id)[K]]: string } : (typeof id)[K] };

const en: Words = {
  title: "Certificates of the officials",
  lead: (provider) => `Every night Lontar asks ${provider} how each account stands, and OCSP/CRL about each certificate, without signing and without anybody's passphrase. Owners are reminded 60, 30 and 7 days before the end.`,
  leadTokens: "Every night Lontar looks whether each token is connected and not locked, and asks OCSP/CRL about each certificate, without signing and without anybody's PIN. Owners are reminded 60, 30 and 7 days before the end.",
  check: "Check now",
  asked: "The check has begun. What it finds appears here in a moment.",
  care: (count) => (count === 0 ? "Nothing needs care" : `Needs care: ${count}`),
  good: (count) => `Ready to sign: ${count}`,
  none: "There are no signing officials yet.",
  noPost: "no signing post",
  noCertificate: "no certificate yet",
  days: (days) => (days === 0 ? "ends today" : days === 1 ? "1 day left" : `${days} days left`),
  otherName: "another name",
  noNik: "NIK missing",
  development: "sample",
  standing: { ready: "ready", unregistered: "not registered", pending: "registration pending", expired: "ended", suspended: "suspended", revoked: "revoked", unknown: "provider does not answer" },
  tokenStanding: { ready: "ready", unregistered: "key not found", pending: "token not set up", expired: "ended", suspended: "PIN locked", revoked: "revoked", unknown: "token not connected" },
  status: { good: "not revoked", revoked: "revoked", unknown: "status not answered" },
  until: (issuer, until) => `${issuer}, until ${until}`,
  checked: (when, what) => `checked ${when}: ${what}`,
  unchecked: "never checked",
  signed: (when) => `last signed ${when}`,
  neverSigned: "never signed",
  failed: (when, why) => `last failure ${when}: ${why}`,
  faults: { WRONG_SECRET: "wrong passphrase", NOT_REGISTERED: "not registered", CERT_EXPIRED: "certificate ended", LOCKED: "account locked", RATE: "provider busy", TEMPORARY: "provider out of reach", OUTCOME_UNKNOWN: "answer lost", PROTOCOL: "answer not known", INVALID: "file did not pass the check" },
  fault: "another reason",
};

/** The words of the page of certificates. */
export const useCertificatesWords = (): Words => (useLanguage() === "en" ? en : id);
