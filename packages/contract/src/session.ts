import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, id, instant, line, localDate, page, pageQuery, post, sha256, words } from "./terms.ts";

/** One post that the person may act in now. */
export const heldPost = z.object({
  positionId: id,
  title: z.string(),
  unit: z.string(),
  unitCode: z.string(),
  holding: z.enum(["definitif", "plt", "plh", "pj"]),
  basis: z.string().nullable(),
  until: instant.nullable(),
  /** What the mandate reaches; null = the whole authority of the post. */
  scope: z.object({ types: z.array(z.string()), classifications: z.array(z.string()) }).nullable(),
  /** Who acts for the post in this holder's stead, while somebody does. */
  acting: z.object({ name: z.string(), kind: z.enum(["definitif", "plt", "plh", "pj"]), until: instant.nullable() }).nullable(),
  functions: z.array(z.string()),
  waiting: z.number().int(),
});

/** The person at the screen, the post held now, and what the shell needs to draw itself. */
export const me = z.object({
  personId: id,
  name: z.string(),
  /** What this person types at the door; empty for someone who never has. */
  username: z.string(),
  tenant: z.object({ id, name: z.string(), shortName: z.string(), kind: z.enum(["kabupaten", "desa"]), zone: z.enum(["WIB", "WITA", "WIT"]) }),
  acting: heldPost,
  posts: z.array(heldPost),
  certificate: z.object({ until: instant, development: z.boolean(), /** What is asked for at each signature. */ secret: z.enum(["passphrase", "pin"]) }).nullable(),
  secondFactor: z.boolean(),
  recoveryCodes: z.number().int(),
  passkeys: z.number().int(),
  /** What is asked once more before a signature: a passkey, a code, or nothing besides the passphrase. */
  stepUp: z.enum(["kunci", "kode"]).nullable(),
  /** What a fresh proof names when it is about this account and no document. */
  ownAccount: z.string(),
  /** What is still to be done for the safety of the account: advised, asked until a day, or all that is open until it is done. */
  securing: z.object({ status: z.enum(["advised", "asked", "held_back"]), until: instant.nullable() }).nullable(),
  /** News about the account, until it is put away; the kind says which sentence, the facts fill it. */
  notices: z.array(z.object({ id, kind: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])), at: instant })),
  demo: z.boolean(),
});

/** The documents that one proof is about, by the hash of their bytes: those of one sitting, read one by one. */
const documents = z.array(sha256).min(1).max(50);

const password = z.string().min(1).max(200);
/** The password, and the code of a second factor where no passkey has just answered for the account. */
const whole = z.object({ password, code: z.string().min(1).max(24).nullable().default(null) });

const codes = z.object({ codes: z.array(z.string()) });

const encoded = z.string().max(8192);

/** What the browser is asked to sign with a passkey (WebAuthn, PublicKeyCredentialRequestOptionsJSON). */
export const passkeyQuestion = z.object({ challenge: z.string(), timeout: z.number(), rpId: z.string(), allowCredentials: z.array(z.object({ id: z.string(), type: z.literal("public-key"), transports: z.array(z.string()) })), userVerification: z.literal("required") });

/** What a passkey answered (WebAuthn, AuthenticationResponseJSON). */
export const passkeyAnswer = z.object({ id: encoded, rawId: encoded, type: z.literal("public-key"), response: z.object({ clientDataJSON: encoded, authenticatorData: encoded, signature: encoded, userHandle: encoded.optional() }) });

const passkeyOffer = z.object({
  rp: z.object({ id: z.string(), name: z.string() }),
  user: z.object({ id: z.string(), name: z.string(), displayName: z.string() }),
  challenge: z.string(), timeout: z.number(),
  pubKeyCredParams: z.array(z.object({ alg: z.number(), type: z.literal("public-key") })),
  excludeCredentials: z.array(z.object({ id: z.string(), type: z.literal("public-key"), transports: z.array(z.string()) })),
  authenticatorSelection: z.object({ residentKey: z.literal("required"), requireResidentKey: z.boolean(), userVerification: z.literal("required") }),
  attestation: z.literal("none"),
});

const newPasskey = z.object({ id: encoded, rawId: encoded, type: z.literal("public-key"), response: z.object({ clientDataJSON: encoded, attestationObject: z.string().max(65_536), transports: z.array(z.string().max(40)).max(10).default([]) }) });

/** One line of somebody's own sign-in history. */
export const entry = z.object({ id, at: instant, type: z.string(), device: z.string().nullable(), method: z.string().nullable(), why: z.string().nullable(), name: z.string().nullable(), isNew: z.boolean() });

/** Sign-in, sessions and second factor. */
export const session = {
  signIn: endpoint({ method: "POST", path: "/api/session", summary: "Masuk dengan kata sandi", access: "public", body: z.object({ username: line(80), password, code: z.string().max(24).optional() }), result: me }),
  me: endpoint({ method: "GET", path: "/api/session", summary: "Siapa saya, sedang memakai jabatan apa", access: "securing", result: me }),
  signOut: endpoint({ method: "DELETE", path: "/api/session", summary: "Keluar", access: "securing" }),
  switchPost: endpoint({ method: "POST", path: "/api/session/post", summary: "Ganti jabatan", body: z.object({ positionId: id }), result: me }),
  sessions: endpoint({ method: "GET", path: "/api/sessions", summary: "Perangkat tempat saya masuk", result: z.array(z.object({ id, device: z.string(), since: instant, lastSeen: instant, current: z.boolean() })) }),
  endSession: endpoint({ method: "DELETE", path: "/api/sessions/:id", summary: "Keluarkan satu perangkat", params: byId, body: z.object({ password: password.nullable().default(null) }) }),
  beginSecondFactor: endpoint({ method: "POST", path: "/api/second-factor", summary: "Mulai memasang kode autentikator (TOTP)", access: "securing", body: whole, result: z.object({ secret: z.string(), uri: z.string(), ticket: z.string() }) }),
  confirmSecondFactor: endpoint({ method: "POST", path: "/api/second-factor/confirmations", summary: "Pasang kode autentikator", access: "securing", body: z.object({ ticket: z.string().max(100), code: z.string().regex(/^\d{6}$/) }), result: codes }),
  removeSecondFactor: endpoint({ method: "DELETE", path: "/api/second-factor", summary: "Lepas kode autentikator", body: whole }),
  renewRecoveryCodes: endpoint({ method: "POST", path: "/api/recovery-codes", summary: "Buat kode pemulihan baru; yang lama tidak berlaku lagi", body: whole, result: codes }),
  changePassword: endpoint({ method: "PUT", path: "/api/password", summary: "Ganti kata sandi dan keluarkan semua perangkat lain", access: "securing", body: whole.extend({ next: password }) }),
  ways: endpoint({ method: "GET", path: "/api/session/ways", summary: "Cara masuk yang ada di instalasi ini", access: "public", result: z.object({ sso: z.object({ label: z.string() }).nullable() }) }),
  beginSso: endpoint({ method: "POST", path: "/api/sso/attempts", summary: "Mulai masuk dengan akun instansi (OpenID Connect)", access: "public", result: z.object({ url: z.string() }) }),
  completeSso: endpoint({ method: "POST", path: "/api/sso/entries", summary: "Selesaikan masuk dengan akun instansi", access: "public", body: z.object({ answer: z.string().max(8192) }), result: me }),
  completeSsoFactor: endpoint({ method: "POST", path: "/api/sso/codes", summary: "Kode autentikator sesudah akun instansi", access: "public", body: z.object({ ticket: z.string().max(2048), code: z.string().min(1).max(24) }), result: me }),
  beginPasskeyEntry: endpoint({ method: "POST", path: "/api/passkeys/questions", summary: "Mulai masuk dengan kunci masuk (passkey), tanpa nama pengguna", access: "public", result: passkeyQuestion }),
  enterByPasskey: endpoint({ method: "POST", path: "/api/passkeys/entries", summary: "Masuk dengan kunci masuk", access: "public", body: z.object({ answer: passkeyAnswer }), result: me }),
  passkeys: endpoint({ method: "GET", path: "/api/passkeys", summary: "Kunci masuk saya", access: "securing", result: z.array(z.object({ id, name: z.string(), since: instant, lastUsed: instant.nullable(), backedUp: z.boolean() })) }),
  beginPasskey: endpoint({ method: "POST", path: "/api/passkeys/offers", summary: "Mulai menambahkan kunci masuk", access: "securing", body: whole, result: passkeyOffer }),
  addPasskey: endpoint({ method: "POST", path: "/api/passkeys", summary: "Tambahkan kunci masuk; yang pertama membawa kode pemulihan", access: "securing", body: z.object({ name: line(60), answer: newPasskey }), result: z.object({ codes: z.array(z.string()).nullable() }) }),
  renamePasskey: endpoint({ method: "PUT", path: "/api/passkeys/:id", summary: "Beri nama kunci masuk", params: byId, body: z.object({ name: line(60) }) }),
  removePasskey: endpoint({ method: "DELETE", path: "/api/passkeys/:id", summary: "Lepas kunci masuk", params: byId, body: whole }),
  beginFreshProof: endpoint({ method: "POST", path: "/api/fresh-proofs/questions", summary: "Mulai membuktikan diri lagi dengan kunci masuk untuk dokumen yang akan ditandatangani", body: z.object({ documents }), result: z.object({ token: z.string(), question: passkeyQuestion }) }),
  proveFreshByPasskey: endpoint({ method: "POST", path: "/api/fresh-proofs", summary: "Buktikan diri dengan kunci masuk untuk dokumen yang akan ditandatangani (berlaku 5 menit)", body: z.object({ documents, token: z.string().max(500), answer: passkeyAnswer }) }),
  proveFreshByCode: endpoint({ method: "POST", path: "/api/fresh-proofs/codes", summary: "Buktikan diri dengan kode autentikator untuk dokumen yang akan ditandatangani (berlaku 5 menit)", body: z.object({ documents, code: z.string().min(1).max(24) }) }),
  endOtherSessions: endpoint({ method: "DELETE", path: "/api/sessions", summary: "Keluarkan semua perangkat lain", body: z.object({ password: password.nullable().default(null) }) }),
  history: endpoint({ method: "GET", path: "/api/sessions/history", summary: "Riwayat masuk akun saya", query: z.object(pageQuery), result: page(entry) }),
  acts: endpoint({ method: "GET", path: "/api/acts", summary: "Tindakan atas nama saya dalam satu minggu", query: z.object({ date: localDate.optional() }), result: z.object({ monday: localDate, from: instant, to: instant, isCut: z.boolean(), groups: z.array(z.object({ post: z.string(), acts: z.array(z.object({ id, at: instant, sentence: words, href: z.string().nullable() })) })) }) }),
  disown: endpoint({ method: "POST", path: "/api/acts/disowned", summary: "Bukan saya: laporkan tindakan atas nama saya, dan keluar di mana-mana", body: z.object({ monday: localDate, note: line(500) }) }),
  putAway: endpoint({ method: "DELETE", path: "/api/notices/:id", summary: "Singkirkan satu pemberitahuan akun", access: "securing", params: byId }),
  invitation: endpoint({ method: "POST", path: "/api/activations/holders", summary: "Milik siapa tautan aktivasi ini", access: "public", body: z.object({ token: z.string().max(100) }), result: z.object({ username: z.string(), name: z.string(), tenant: z.string(), secondFactor: z.boolean(), until: instant }) }),
  activate: endpoint({ method: "POST", path: "/api/activations", summary: "Pilih kata sandi lewat tautan aktivasi", access: "public", body: z.object({ token: z.string().max(100), password }) }),
  demoAccounts: endpoint({ method: "GET", path: "/api/demo/accounts", summary: "Akun contoh (hanya mode demo)", access: "public", result: z.array(z.object({ username: z.string(), password: z.string(), passphrase: z.string().nullable(), name: z.string(), post: z.string(), tenant: z.string() })) }),
};

const reason = z.object({ reason: line(300) });

const link = z.object({ url: z.string(), until: instant });

/** Accounts of a government, kept by its admin, who never learns a password. */
export const accounts = {
  list: endpoint({ method: "GET", path: "/api/accounts", summary: "Akun pegawai (admin)", query: z.object({ q: z.string().max(100).default("") }), result: z.array(z.object({ id, name: z.string(), posts: z.array(z.string()), username: z.string().nullable(), status: z.enum(["tanpa_akun", "menunggu", "aktif", "diblokir"]), secondFactor: z.boolean(), passkeys: z.number().int(), lastSeen: instant.nullable() })) }),
  invite: endpoint({ method: "POST", path: "/api/accounts", summary: "Buat akun seorang pegawai dan tautan aktivasinya", body: z.object({ personId: id, username: z.string().regex(/^[a-z0-9][a-z0-9._-]{2,39}$/, "huruf kecil, angka, titik, garis; 3 sampai 40") }), result: link }),
  renewLink: endpoint({ method: "POST", path: "/api/accounts/:id/links", summary: "Buat tautan baru untuk memilih kata sandi", params: byId, body: reason, result: link }),
  block: endpoint({ method: "POST", path: "/api/accounts/:id/block", summary: "Blokir akun dan keluarkan dari semua perangkat", params: byId, body: reason }),
  unblock: endpoint({ method: "DELETE", path: "/api/accounts/:id/block", summary: "Buka blokir akun", params: byId, body: reason }),
  resetFactors: endpoint({ method: "DELETE", path: "/api/accounts/:id/factors", summary: "Lepas semua pengaman kedua sebuah akun", params: byId, body: reason }),
  endSessions: endpoint({ method: "DELETE", path: "/api/accounts/:id/sessions", summary: "Keluarkan seorang pegawai dari semua perangkat", params: byId, body: reason }),
};

/** Reference lists that forms need. */
export const office = {
  posts: endpoint({ method: "GET", path: "/api/posts", summary: "Cari jabatan dan pemegangnya", query: z.object({ q: z.string().max(100).optional(), scope: z.enum(["all", "below", "unit"]).default("all") }), result: z.array(post) }),
  classifications: endpoint({ method: "GET", path: "/api/classifications", summary: "Cari kode klasifikasi arsip", query: z.object({ q: z.string().max(100).default("") }), result: z.array(z.object({ code: z.string(), name: z.string(), path: z.string(), leaf: z.boolean() })) }),
  instructions: endpoint({ method: "GET", path: "/api/instructions", summary: "Daftar instruksi disposisi", result: z.array(z.object({ order: z.number().int(), text: z.string(), kind: z.string() })) }),
  partners: endpoint({ method: "GET", path: "/api/partners", summary: "Instansi lain yang terhubung melalui pertukaran", query: z.object({ q: z.string().max(100).optional() }), result: z.array(z.object({ tenantId: id, name: z.string(), kind: z.string() })) }),
};
