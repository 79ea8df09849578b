import { sha256 } from "#sha256";
import { assert } from "./assert.ts";
import { concat, fromBase64, toBase64, utf8 } from "./bytes.ts";
import { isKeyName } from "./note.ts";
import type { Verdict } from "./verdict.ts";

/**
 * The signature type bytes this package can make and check. The byte is open: keys of other types (ML-DSA-44 is 0x06)
 * are read and named, and need only a `Scheme` to be believed.
 */
export const SIGNATURE_TYPE = { ed25519: 0x01, cosignatureV1: 0x04 } as const;

/** Whom to believe: a name, a public key, and how it signs. Name and id together are how signature lines refer to it. */
export type VerifierKey = {
  readonly name: string;
  readonly keyId: number;
  readonly type: number;
  readonly publicKey: Uint8Array;
};

/** Makes a verifier key, with the key id that the signed-note specification recommends. */
export function verifierKey(name: string, type: number, publicKey: Uint8Array): VerifierKey {
  assert(isKeyName(name), "a key name has no spaces and no plus sign");
  assert(type >= 0 && type <= 0xff, "a signature type is one byte");
  return { name, keyId: keyIdOf(name, type, publicKey), type, publicKey };
}

/** Writes a key in its `vkey` form: `name+id+base64(type || public key)`. */
export function formatVerifierKey(key: VerifierKey): string {
  const id = key.keyId.toString(16).padStart(8, "0");
  return `${key.name}+${id}+${toBase64(concat([Uint8Array.of(key.type), key.publicKey]))}`;
}

/** Reads a `vkey`. A key id that does not follow from the rest is refused: it would be a typing error, or a trap. */
export function parseVerifierKey(text: string): Verdict<VerifierKey, "malformed_key"> {
  const [name, id, ...rest] = text.split("+");
  // The base64 part may itself contain plus signs; the name may not.
  const blob = fromBase64(rest.join("+"));
  const type = blob?.[0];
  if (name === undefined || id === undefined || blob === undefined || type === undefined) return { refused: "malformed_key" };
  if (!isKeyName(name) || !/^[0-9a-f]{8}$/.test(id) || blob.length < 2) return { refused: "malformed_key" };

  const key = verifierKey(name, type, blob.slice(1));
  const isEd25519 = type === SIGNATURE_TYPE.ed25519 || type === SIGNATURE_TYPE.cosignatureV1;
  if (isEd25519 && key.publicKey.length !== 32) return { refused: "malformed_key" };
  return key.keyId === Number.parseInt(id, 16) ? { value: key } : { refused: "malformed_key" };
}

/** SHA-256(name || 0x0A || type || public key), its first four bytes, as a number. */
function keyIdOf(name: string, type: number, publicKey: Uint8Array): number {
  const digest = sha256(concat([utf8(`${name}\n`), Uint8Array.of(type), publicKey]));
  return new DataView(digest.buffer, digest.byteOffset).getUint32(0);
}
