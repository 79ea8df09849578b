import { sha256 } from "#sha256";
import { concat } from "./bytes.ts";
import { SHA256_BLOCK_BYTES } from "./sha256.ts";

/** HMAC-SHA256 (RFC 2104): a hash of the message that nobody can compute, or guess at, without the key. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const block = new Uint8Array(SHA256_BLOCK_BYTES);
  block.set(key.length > SHA256_BLOCK_BYTES ? sha256(key) : key);
  const inner = block.map((byte) => byte ^ 0x36);
  const outer = block.map((byte) => byte ^ 0x5c);
  return sha256(concat([outer, sha256(concat([inner, message]))]));
}
