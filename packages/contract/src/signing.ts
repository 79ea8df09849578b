import { z } from "zod";
import { endpoint } from "./endpoint.ts";
import { id, instant, line } from "./terms.ts";

/** The certificate with which a person signs. */
const certificate = z.object({ name: z.string(), issuer: z.string(), serial: z.string(), since: instant, until: instant, development: z.boolean() });

/** May the account at the provider sign now? Every word but `ready` says why not. */
export const standing = z.enum(["ready", "unregistered", "pending", "expired", "suspended", "revoked", "unknown"]);

/** A person's own certificate and how he comes to one. */
export const signing = {
  mine: endpoint({
    method: "GET", path: "/api/certificate", summary: "Sertifikat elektronik saya",
    result: z.object({
      current: certificate.nullable(),
      provider: z.string(),
      /** By what the provider knows a person, or `new` where it makes him a key; `null` without a provider. */
      account: z.enum(["nik", "given", "new"]).nullable(),
      /** What is asked for at each signature. */
      secret: z.enum(["passphrase", "pin"]),
      /** Whether the NIK that the provider needs is in the person's record. */
      hasNik: z.boolean(),
    }),
  }),
  check: endpoint({ method: "GET", path: "/api/certificate/standing", summary: "Status akun saya pada penyelenggara sertifikat elektronik", result: z.object({ /** `null` without a certificate. */ standing: standing.nullable() }) }),
  activate: endpoint({ method: "POST", path: "/api/certificate", summary: "Aktifkan tanda tangan elektronik saya dengan satu tanda tangan percobaan", body: z.object({ account: line(200).nullable(), passphrase: z.string().min(1).max(200) }), result: certificate }),
  withdraw: endpoint({ method: "POST", path: "/api/certificate/withdrawal", summary: "Cabut sertifikat saya", body: z.object({ reason: line(200) }), result: z.object({ withdrawn: z.number().int() }) }),
  health: endpoint({
    method: "GET", path: "/api/certificates", summary: "Sertifikat para pejabat: sisa hari, tanda tangan dan kegagalan terakhir, kecocokan nama",
    result: z.object({
      provider: z.string(),
      /** What its people are asked for at each signature. */
      secret: z.enum(["passphrase", "pin"]),
      officials: z.array(z.object({
        id, name: z.string(), /** Posts in which he signs; empty for whoever has a certificate without one. */ post: z.string(),
        certificate: z.object({ issuer: z.string(), until: instant, days: z.number().int(), development: z.boolean(), /** Is the name in it the person's? */ nameAgrees: z.boolean() }).nullable(),
        /** Whether the NIK that the provider needs is there; true where it needs none. */
        hasNik: z.boolean(),
        /** The last dry run: how the account stands, and whether the certificate was revoked. */
        checked: z.object({ at: instant, standing, status: z.enum(["good", "revoked", "unknown"]) }).nullable(),
        lastSigned: instant.nullable(),
        lastFailed: z.object({ at: instant, code: z.string() }).nullable(),
      })),
    }),
  }),
  checkNow: endpoint({ method: "POST", path: "/api/certificates/checks", summary: "Periksa semua sertifikat sekarang, tanpa menandatangani apa pun", result: z.object({ asked: z.literal(true) }) }),
};
