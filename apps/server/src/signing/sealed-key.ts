import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";

// Argon2id, RFC 9106 §4 second choice (64 MiB, 3 passes): about a tenth of a second for the owner, dear for a guesser.
const cost = { memoryCost: 65_536, timeCost: 3, parallelism: 1, outputLen: 32 } as const;

const version = 1;
const saltLength = 16;
const nonceLength = 12;
const tagLength = 16;

/** Seals a private key (PKCS#8) under its owner's passphrase: Argon2id, then AES-256-GCM bound to the certificate. */
export const sealKey = async (pkcs8: Uint8Array, passphrase: string, certificate: Uint8Array): Promise<Uint8Array> => {
  const salt = randomBytes(saltLength);
  const nonce = randomBytes(nonceLength);
  const key = await hashRaw(passphrase.normalize("NFKC"), { ...cost, salt });
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(certificate);
  const box = Buffer.concat([cipher.update(pkcs8), cipher.final()]);
  key.fill(0);
  return Buffer.concat([Buffer.of(version), salt, nonce, box, cipher.getAuthTag()]);
};

/** Opens a sealed key; `undefined` when the passphrase is another one or the bytes were altered: the two cannot be told apart. */
export const openKey = async (sealed: Uint8Array, passphrase: string, certificate: Uint8Array): Promise<Buffer | undefined> => {
  const bytes = Buffer.from(sealed);
  if (bytes.length <= 1 + saltLength + nonceLength + tagLength || bytes[0] !== version) return undefined;
  const salt = bytes.subarray(1, 1 + saltLength);
  const nonce = bytes.subarray(1 + saltLength, 1 + saltLength + nonceLength);
  const box = bytes.subarray(1 + saltLength + nonceLength, bytes.length - tagLength);
  const key = await hashRaw(passphrase.normalize("NFKC"), { ...cost, salt });
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(certificate).setAuthTag(bytes.subarray(bytes.length - tagLength));
    return Buffer.concat([decipher.update(box), decipher.final()]);
  } catch {
    // Node throws for a wrong tag: here that is an answer, not a fault.
    return undefined;
  } finally {
    key.fill(0);
  }
};
