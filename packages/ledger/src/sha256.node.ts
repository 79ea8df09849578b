import { hash } from "node:crypto";

/** SHA-256 from OpenSSL: the same function as `sha256.ts`, four to five times faster, wherever Node runs. */
export function sha256(message: Uint8Array): Uint8Array {
  const digest = Buffer.from(hash("sha256", message, "binary"), "binary"); // by way of a string: asking for bytes costs more than the hash of a node
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength);
}
