import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from "node:crypto";
import { canonicalJson, type Json } from "@lontar/ledger";
import { z } from "zod";

const text = z.string().max(2000);
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A letter as one government hands it to another; canonical JSON, signed by the sender's exchange key. */
export const envelopeShape = z.object({
  v: z.literal(1),
  from: z.string(),
  to: z.string(),
  id: z.string(),
  sent_at: z.string(),
  copy: z.boolean(),
  letter: z.object({
    number: text, date: z.string().regex(/^\d{4}-\d\d-\d\d$/), subject: text, office: text, signer: text, post: text,
    urgency: z.enum(["biasa", "segera", "amat_segera"]), security: z.enum(["B", "T", "R", "SR"]), attachment: text, code: text,
    file: z.object({ sha256: hash, name: text, size: z.number().int().positive(), pages: z.number().int().nonnegative(), mediaType: text }),
  }),
});

/** The parsed envelope. */
export type Envelope = z.output<typeof envelopeShape>;

/** What the receiver answers: he has the letter, under this hash, at this time. */
export const receiptShape = z.object({ v: z.literal(1), kind: z.literal("lontar-receipt"), from: z.string(), to: z.string(), id: z.string(), sha256: hash, status: z.literal("diterima"), at: z.string() });

/** The parsed receipt. */
export type Receipt = z.output<typeof receiptShape>;

/** The one spelling of an envelope or receipt: what is signed and what is hashed. */
export const spell = (value: Envelope | Receipt): string => {
  const json: Json = JSON.parse(JSON.stringify(value));
  return canonicalJson(json);
};

/** SHA-256 of an envelope's text: the same envelope sent twice has the same digest. */
export const digestOf = (envelopeText: string): Buffer => createHash("sha256").update(envelopeText).digest();

/** Ed25519 over the text, base64. */
export const signText = (key: KeyObject, message: string): string => sign(null, Buffer.from(message), key).toString("base64");

const spkiPrefix = Buffer.from("302a300506032b6570032100", "hex"); // RFC 8410: the DER before a raw Ed25519 key

/** Does this raw public key stand behind the text? Hostile input answers false. */
export const isSignedBy = (publicKey: Uint8Array, message: string, signature: string): boolean => {
  const bytes = Buffer.from(signature, "base64");
  if (publicKey.length !== 32 || bytes.length !== 64) return false;
  return verify(null, Buffer.from(message), createPublicKey({ key: Buffer.concat([spkiPrefix, publicKey]), format: "der", type: "spki" }), bytes);
};

/** A new exchange key as PEM. */
export const newKey = (): string => generateKeyPairSync("ed25519").privateKey.export({ format: "pem", type: "pkcs8" }).toString();

/** The raw 32-byte public key of a private key in PEM. */
export const publicKeyOf = (pem: string): { readonly key: KeyObject; readonly publicKey: Buffer } => {
  const key = createPrivateKey(pem);
  return { key, publicKey: createPublicKey(key).export({ format: "der", type: "spki" }).subarray(spkiPrefix.length) };
};
