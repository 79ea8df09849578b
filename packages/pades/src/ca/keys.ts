import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";

/** The keys the embedded CA makes. P-256 by default; P-384 for roots that should outlive it. */
export type KeyAlgorithm = "P-256" | "P-384" | "RSA-2048" | "RSA-3072" | "Ed25519";

/** A fresh private key. It exists only in this process until `exportPrivateKey` is called. */
export function generateKey(algorithm: KeyAlgorithm = "P-256"): KeyObject {
  switch (algorithm) {
    case "P-256":
    case "P-384":
      return generateKeyPairSync("ec", { namedCurve: algorithm }).privateKey;
    case "RSA-2048":
      return generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    case "RSA-3072":
      return generateKeyPairSync("rsa", { modulusLength: 3072 }).privateKey;
    case "Ed25519":
      return generateKeyPairSync("ed25519").privateKey;
    default:
      return algorithm satisfies never;
  }
}

/** The key as PKCS#8 DER, in the clear: encrypting it is the caller's duty. */
export function exportPrivateKey(key: KeyObject): Uint8Array {
  return new Uint8Array(key.export({ format: "der", type: "pkcs8" }));
}

/** A key from PKCS#8 DER. */
export function importPrivateKey(pkcs8: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(pkcs8), format: "der", type: "pkcs8" });
}

/** The SubjectPublicKeyInfo DER of a key, private or public. */
export function publicKeyInfo(key: KeyObject): Uint8Array {
  const publicKey = key.type === "private" ? createPublicKey(key) : key;
  return new Uint8Array(publicKey.export({ format: "der", type: "spki" }));
}
