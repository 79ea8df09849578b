import { sha256 } from "#sha256";
import { assert } from "./assert.ts";
import { toHex, utf8 } from "./bytes.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./canonical-json.ts";
import { hmacSha256 } from "./hmac.ts";

/** Bytes of salt behind a commitment: as many as the hash, so that guessing the salt is as hard as breaking it. */
export const SALT_BYTES = 32;

/**
 * A salted commitment to a payload, in hexadecimal: HMAC-SHA256(salt, canonical JSON). It stands in the log for personal
 * data that may have to be erased (UU 27/2022). A plain hash would not do: a NIK has so few plausible values that all can
 * be tried in minutes. Once the salt is destroyed the commitment says nothing about the payload, and the log stays whole.
 */
export function commit(salt: Uint8Array, payload: Json): string {
  assert(salt.length === SALT_BYTES, "a salt is 32 bytes");
  return toHex(hmacSha256(salt, utf8(canonicalJson(payload))));
}

/** Says whether a payload with its salt is the one committed to. */
export function checkCommitment(commitment: string, salt: Uint8Array, payload: Json): boolean {
  return salt.length === SALT_BYTES && commit(salt, payload) === commitment;
}

/**
 * One commitment over several, each with its own salt: of the name, the NIK, the address. Any one part can then be
 * erased, or shown, while the others stay hidden or stay provable; the parts' own commitments remain with the event.
 */
export function commitParts(parts: { readonly [part: string]: string }): string {
  return toHex(sha256(utf8(canonicalJson(parts))));
}
