import { sha256 } from "#sha256";
import { SHA256_BLOCK_BYTES } from "./sha256.ts";

/** HMAC-SHA256 (RFC 2104): a hash of the message that nobody can compute, or guess at, without the key. */
export function hmacSha256(key: Uint8Array, message: Uint8Array): Uint8Array {
  const short = key.length > SHA256_BLOCK_BYTES ? sha256(key) : key;
  const inner = padded(short, 0x36, message.length);
  inner.set(message, SHA256_BLOCK_BYTES);
  const digest = sha256(inner);
  const outer = padded(short, 0x5c, digest.length);
  outer.set(digest, SHA256_BLOCK_BYTES);
  return sha256(outer);
}

/** The key as a block with every byte turned by `pad`, and room for what follows it. */
function padded(key: Uint8Array, pad: number, room: number): Uint8Array {
  const block = new Uint8Array(SHA256_BLOCK_BYTES + room);
  // Loops: an iterator over the key, or `fill`, would take as long as the hash.
  for (let at = 0; at < key.length; at++) block[at] = (key[at] ?? 0) ^ pad;
  for (let at = key.length; at < SHA256_BLOCK_BYTES; at++) block[at] = pad;
  return block;
}
