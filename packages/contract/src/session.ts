import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, id, instant, line, page, pageQuery, post } from "./terms.ts";

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
  tenant: z.object({ id, name: z.string(), shortName: z.string(), kind: z.enum(["kabupaten", "desa"]), zone: z.enum(["WIB", "WITA", "WIT"]) }),
  acting: heldPost,
  posts: z.array(heldPost),
  certificate: z.object({ until: instant, development: z.boolean() }).nullable(),
  secondFactor: z.boolean(),
  recoveryCodes: z.number().int(),
  passkeys: z.number().int(),
  /** News about the account, until it is put away; the kind says which sentence, the facts fill it. */
  notices: z.array(z.object({ id, kind: z.string(), facts: z.record(z.string(), z.union([z.string(), z.number()])), at: instant })),
  demo: z.boolean(),
});

const password = z.string().min(1).max(200);

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
  me: endpoint({ method: "GET", path: "/api/session", summary: "Siapa saya, sedang memakai jabatan apa", result: me }),
  signOut: endpoint({ method: "DELETE", path: "/api/session", summary: "Keluar" }),
  switchPost: endpoint({ method: "POST", path: "/api/session/post", summary: "Ganti jabatan", body: z.object({ positionId: id }), result: me }),
  sessions: endpoint({ method: "GET", path: "/api/sessions", summary: "Perangkat tempat saya masuk", result: z.array(z.object({ id, device: z.string(), since: instant, lastSeen: instant, current: z.boolean() })) }),
  endSession: endpoint({ method: "DELETE", path: "/api/sessions/:id", summary: "Keluarkan satu perangkat", params: byId }),
  beginSecondFactor: endpoint({ method: "POST", path: "/api/second-factor", summary: "Mulai memasang kode autentikator (TOTP)", body: z.object({ password }), result: z.object({ secret: z.string(), uri: z.string(), ticket: z.string() }) }),
  confirmSecondFactor: endpoint({ method: "POST", path: "/api/second-factor/confirmations", summary: "Pasang kode autentikator", body: z.object({ ticket: z.string().max(100), code: z.string().regex(/^\d{6}$/) }), result: codes }),
  removeSecondFactor: endpoint({ method: "DELETE", path: "/api/second-factor", summary: "Lepas kode autentikator", body: z.object({ password }) }),
  renewRecoveryCodes: endpoint({ method: "POST", path: "/api/recovery-codes", summary: "Buat kode pemulihan baru; yang lama tidak berlaku lagi", body: z.object({ password }), result: codes }),
  changePassword: endpoint({ method: "PUT", path: "/api/password", summary: "Ganti kata sandi dan keluarkan semua perangkat lain", body: z.object({ password, next: password }) }),
  beginPasskeyEntry: endpoint({ method: "POST", path: "/api/passkeys/questions", summary: "Mulai masuk dengan kunci masuk (passkey), tanpa nama pengguna", access: "public", result: passkeyQuestion }),
  enterByPasskey: endpoint({ method: "POST", path: "/api/passkeys/entries", summary: "Masuk dengan kunci masuk", access: "public", body: z.object({ answer: passkeyAnswer }), result: me }),
  passkeys: endpoint({ method: "GET", path: "/api/passkeys", summary: "Kunci masuk saya", result: z.array(z.object({ id, name: z.string(), since: instant, lastUsed: instant.nullable(), backedUp: z.boolean() })) }),
  beginPasskey: endpoint({ method: "POST", path: "/api/passkeys/offers", summary: "Mulai menambahkan kunci masuk", body: z.object({ password }), result: passkeyOffer }),
  addPasskey: endpoint({ method: "POST", path: "/api/passkeys", summary: "Tambahkan kunci masuk", body: z.object({ name: line(60), answer: newPasskey }) }),
  renamePasskey: endpoint({ method: "PUT", path: "/api/passkeys/:id", summary: "Beri nama kunci masuk", params: byId, body: z.object({ name: line(60) }) }),
  removePasskey: endpoint({ method: "DELETE", path: "/api/passkeys/:id", summary: "Lepas kunci masuk", params: byId, body: z.object({ password }) }),
  endOtherSessions: endpoint({ method: "DELETE", path: "/api/sessions", summary: "Keluarkan semua perangkat lain" }),
  history: endpoint({ method: "GET", path: "/api/sessions/history", summary: "Riwayat masuk akun saya", query: z.object(pageQuery), result: page(entry) }),
  putAway: endpoint({ method: "DELETE", path: "/api/notices/:id", summary: "Singkirkan satu pemberitahuan akun", params: byId }),
  demoAccounts: endpoint({ method: "GET", path: "/api/demo/accounts", summary: "Akun contoh (hanya mode demo)", access: "public", result: z.array(z.object({ username: z.string(), password: z.string(), passphrase: z.string().nullable(), name: z.string(), post: z.string(), tenant: z.string() })) }),
};

/** Reference lists that forms need. */
export const office = {
  posts: endpoint({ method: "GET", path: "/api/posts", summary: "Cari jabatan dan pemegangnya", query: z.object({ q: z.string().max(100).optional(), scope: z.enum(["all", "below", "unit"]).default("all") }), result: z.array(post) }),
  classifications: endpoint({ method: "GET", path: "/api/classifications", summary: "Cari kode klasifikasi arsip", query: z.object({ q: z.string().max(100).default("") }), result: z.array(z.object({ code: z.string(), name: z.string(), path: z.string(), leaf: z.boolean() })) }),
  instructions: endpoint({ method: "GET", path: "/api/instructions", summary: "Daftar instruksi disposisi", result: z.array(z.object({ order: z.number().int(), text: z.string(), kind: z.string() })) }),
  partners: endpoint({ method: "GET", path: "/api/partners", summary: "Instansi lain yang terhubung melalui pertukaran", query: z.object({ q: z.string().max(100).optional() }), result: z.array(z.object({ tenantId: id, name: z.string(), kind: z.string() })) }),
};
