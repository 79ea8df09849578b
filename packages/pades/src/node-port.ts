import { constants, createHash, createPublicKey, hash as digestOnce, verify, type KeyObject } from "node:crypto";
import { inflateSync } from "node:zlib";
import type { Fork, HashName, InflateProblem, Port, VerifyRequest } from "./port.ts";

/** The port over Node's OpenSSL and zlib. Everything answers at once: a thread-pool hop costs more than the work. */
export const nodePort: Port = {
  digest: (hash, parts) => Promise.resolve(digest(hash, parts)),
  digestPieces: async (hash, pieces) => {
    const state = createHash(NODE_HASHES[hash]);
    for await (const piece of pieces) state.update(piece);
    return state.digest();
  },
  digestForks: (hash, bytes, forks) => Promise.resolve(digestForks(hash, bytes, forks)),
  verify: (request) => Promise.resolve(verifyNow(request)),
  inflate: (data, limit) => Promise.resolve(inflate(data, limit)),
};

function digest(hash: HashName, parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return digestOnce(NODE_HASHES[hash], only, "buffer");
  const state = createHash(NODE_HASHES[hash]);
  for (const part of parts) state.update(part);
  return state.digest();
}

function digestForks(hash: HashName, bytes: Uint8Array, forks: readonly Fork[]): Uint8Array[] {
  const shared = createHash(NODE_HASHES[hash]);
  const digests = new Map<Fork, Uint8Array>();
  let at = 0;
  for (const fork of forks.toSorted((one, other) => one.before - other.before)) {
    shared.update(bytes.subarray(at, fork.before));
    at = Math.max(at, fork.before);
    digests.set(fork, shared.copy().update(bytes.subarray(fork.after, fork.end)).digest());
  }
  return forks.flatMap((fork) => digests.get(fork) ?? []);
}

function verifyNow({ scheme, spki, message, signature }: VerifyRequest): boolean {
  const key = publicKey(spki);
  if (key === undefined || signature.length > MAX_SIGNATURE_BYTES) return false;
  switch (scheme.kind) {
    case "ecdsa":
    case "rsa-pkcs1":
      return verify(NODE_HASHES[scheme.hash], message, key, signature); // DER and PKCS#1 v1.5 are what Node takes unless told otherwise
    case "rsa-pss":
      return verify(NODE_HASHES[scheme.hash], message, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: scheme.saltLength }, signature);
    case "ed25519":
      return verify(null, message, key, signature);
    default:
      return scheme satisfies never;
  }
}

/** Parsing a key costs as much as a verification: the last few stay parsed. */
function publicKey(spki: Uint8Array): KeyObject | undefined {
  const parsed = parsedKeys.get(spki);
  if (parsed !== undefined) return parsed;
  const key = keyOf(spki);
  if (key !== undefined) parsedKeys.set(spki, key);
  return key;
}

function keyOf(spki: Uint8Array): KeyObject | undefined {
  const name = Buffer.from(spki.buffer, spki.byteOffset, spki.byteLength).toString("latin1");
  const known = keys.get(name);
  if (known !== undefined) return known;
  try {
    const key = createPublicKey({ key: Buffer.from(spki), format: "der", type: "spki" });
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(name, key);
    return key;
  } catch {
    return undefined; // A key OpenSSL cannot read verifies nothing: the port's contract says so.
  }
}

function inflate(data: Uint8Array, limit: number): Uint8Array | InflateProblem {
  if (limit <= 0) return "too_large";
  try {
    return inflateSync(data, { maxOutputLength: limit });
  } catch (error) {
    return error instanceof RangeError ? "too_large" : "damaged";
  }
}

/** By the object that holds the bytes: certificates that stay read (`parseCertificate`) bring the same one each time, and nobody writes to it. */
const parsedKeys = new WeakMap<Uint8Array, KeyObject>();
const keys = new Map<string, KeyObject>();
const MAX_KEYS = 256;
const MAX_SIGNATURE_BYTES = 4096;
const NODE_HASHES: Readonly<Record<HashName, string>> = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" };
