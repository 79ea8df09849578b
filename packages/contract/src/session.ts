import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { byId, id, instant, line, post } from "./terms.ts";

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
  demo: z.boolean(),
});

/** Sign-in, sessions and second factor. */
export const session = {
  signIn: endpoint({ method: "POST", path: "/api/session", summary: "Masuk dengan kata sandi", access: "public", body: z.object({ username: line(80), password: z.string().min(1).max(200), code: z.string().max(12).optional() }), result: me }),
  me: endpoint({ method: "GET", path: "/api/session", summary: "Siapa saya, sedang memakai jabatan apa", result: me }),
  signOut: endpoint({ method: "DELETE", path: "/api/session", summary: "Keluar" }),
  switchPost: endpoint({ method: "POST", path: "/api/session/post", summary: "Ganti jabatan", body: z.object({ positionId: id }), result: me }),
  sessions: endpoint({ method: "GET", path: "/api/sessions", summary: "Perangkat tempat saya masuk", result: z.array(z.object({ id, device: z.string(), since: instant, lastSeen: instant, current: z.boolean() })) }),
  endSession: endpoint({ method: "DELETE", path: "/api/sessions/:id", summary: "Keluarkan satu perangkat", params: byId }),
  beginSecondFactor: endpoint({ method: "POST", path: "/api/second-factor", summary: "Mulai memasang kode autentikator (TOTP)", body: z.object({ password: z.string().min(1).max(200) }), result: z.object({ secret: z.string(), uri: z.string() }) }),
  confirmSecondFactor: endpoint({ method: "POST", path: "/api/second-factor/confirmations", summary: "Pasang kode autentikator", body: z.object({ code: z.string().regex(/^\d{6}$/) }) }),
  removeSecondFactor: endpoint({ method: "DELETE", path: "/api/second-factor", summary: "Lepas kode autentikator", body: z.object({ password: z.string().min(1).max(200) }) }),
  demoAccounts: endpoint({ method: "GET", path: "/api/demo/accounts", summary: "Akun contoh (hanya mode demo)", access: "public", result: z.array(z.object({ username: z.string(), password: z.string(), passphrase: z.string().nullable(), name: z.string(), post: z.string(), tenant: z.string() })) }),
};

/** Reference lists that forms need. */
export const office = {
  posts: endpoint({ method: "GET", path: "/api/posts", summary: "Cari jabatan dan pemegangnya", query: z.object({ q: z.string().max(100).optional(), scope: z.enum(["all", "below", "unit"]).default("all") }), result: z.array(post) }),
  classifications: endpoint({ method: "GET", path: "/api/classifications", summary: "Cari kode klasifikasi arsip", query: z.object({ q: z.string().max(100).default("") }), result: z.array(z.object({ code: z.string(), name: z.string(), path: z.string(), leaf: z.boolean() })) }),
  instructions: endpoint({ method: "GET", path: "/api/instructions", summary: "Daftar instruksi disposisi", result: z.array(z.object({ order: z.number().int(), text: z.string(), kind: z.string() })) }),
  partners: endpoint({ method: "GET", path: "/api/partners", summary: "Instansi lain yang terhubung melalui pertukaran", query: z.object({ q: z.string().max(100).optional() }), result: z.array(z.object({ tenantId: id, name: z.string(), kind: z.string() })) }),
};
