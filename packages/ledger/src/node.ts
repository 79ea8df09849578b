import { createPrivateKey, createPublicKey, sign, verify } from "node:crypto";
import { assert } from "./assert.ts";
import { concat, fromBase64, toBase64 } from "./bytes.ts";
import type { Ed25519Verify } from "./ed25519.ts";
import { isKeyName } from "./note.ts";
import type { NoteSigner } from "./opened-note.ts";
import { formatVerifierKey, verifierKey } from "./verifier-key.ts";
import type { Verdict } from "./verdict.ts";

/** Bytes in the secret from which an Ed25519 key pair follows (RFC 8032). */
export const SEED_BYTES = 32;

/** Verifies with OpenSSL. */
export const nodeEd25519Verify: Ed25519Verify = ({ publicKey, message, signature }) => {
  if (publicKey.length !== 32 || signature.length !== 64) return Promise.resolve(false);
  const key = createPublicKey({ key: Buffer.from(concat([SPKI_PREFIX, publicKey])), format: "der", type: "spki" });
  return Promise.resolve(verify(null, message, key, signature));
};

/** A signer whose key lives in this process. `type` is one of `SIGNATURE_TYPE`: a log's own key, or a witness's. */
export function signerFromSeed(name: string, type: number, seed: Uint8Array): NoteSigner {
  assert(seed.length === SEED_BYTES, "an Ed25519 seed is 32 bytes");
  const privateKey = createPrivateKey({ key: Buffer.from(concat([PKCS8_PREFIX, seed])), format: "der", type: "pkcs8" });
  const spki = createPublicKey(privateKey).export({ format: "der", type: "spki" });
  const publicKey = new Uint8Array(spki.subarray(SPKI_PREFIX.length));
  return {
    key: verifierKey(name, type, publicKey),
    sign: (message) => Promise.resolve(new Uint8Array(sign(null, message, privateKey))),
  };
}

/**
 * Writes a secret key as Go's `note` package and the C2SP tools read it: `PRIVATE+KEY+name+id+base64(type || seed)`.
 * Whoever holds this text signs as the log.
 */
export function formatSignerKey(signer: NoteSigner, seed: Uint8Array): string {
  const [name, id] = formatVerifierKey(signer.key).split("+");
  return `${SECRET_PREFIX}${name}+${id}+${toBase64(concat([Uint8Array.of(signer.key.type), seed]))}`;
}

/** Reads what `formatSignerKey`, or Go's `note.GenerateKey`, wrote. The refusal never repeats the text: it is a secret. */
export function parseSignerKey(text: string): Verdict<NoteSigner, "malformed_key"> {
  if (!text.startsWith(SECRET_PREFIX)) return { refused: "malformed_key" };
  const [name = "", id = "", ...rest] = text.slice(SECRET_PREFIX.length).split("+");
  const blob = fromBase64(rest.join("+"));
  const type = blob?.[0];
  if (blob === undefined || type === undefined || blob.length !== 1 + SEED_BYTES || !isKeyName(name)) return { refused: "malformed_key" };
  const signer = signerFromSeed(name, type, blob.slice(1));
  return formatVerifierKey(signer.key).startsWith(`${name}+${id}+`) ? { value: signer } : { refused: "malformed_key" };
}

const SECRET_PREFIX = "PRIVATE+KEY+";

/** RFC 8410: the fixed DER that precedes the 32 bytes of an Ed25519 key, public and private. */
const SPKI_PREFIX = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);
const PKCS8_PREFIX = Uint8Array.of(0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20);
