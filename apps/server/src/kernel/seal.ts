import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";

/** Seals small secrets for the database with the installation's own key (AES-256-GCM); `label` binds a seal to its place. */
export type Seal = {
  readonly close: (label: string, plain: Uint8Array) => Buffer;
  /** Throws when the key is another one or the bytes were altered. */
  readonly open: (label: string, sealed: Uint8Array) => Buffer;
  /** A hash that only this installation can make (HMAC-SHA-256): equal texts are found, a stolen database answers no guesses. */
  readonly keyed: (label: string, text: string) => Buffer;
};

/** Derives the sealing key from the installation secret (HKDF-SHA-256, RFC 5869). */
export const openSeal = (secret: string): Seal => {
  const key = Buffer.from(hkdfSync("sha256", secret, "lontar", "seal/v1", 32));
  const hashKey = Buffer.from(hkdfSync("sha256", secret, "lontar", "keyed/v1", 32));
  return {
    keyed: (label, text) => createHmac("sha256", hashKey).update(`${label}\0${text}`).digest(),
    close: (label, plain) => {
      const nonce = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(label));
      return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
    },
    open: (label, sealed) => {
      const bytes = Buffer.from(sealed);
      const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12)).setAAD(Buffer.from(label)).setAuthTag(bytes.subarray(bytes.length - 16));
      return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()]);
    },
  };
};
