/**
 * The one thing this package needs from the platform's cryptography: is this an Ed25519 signature (RFC 8032) of that
 * key over that message? A key or signature of the wrong length is `false`, never an exception.
 */
export type Ed25519Verify = (signed: {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}) => Promise<boolean>;

/** Makes the 64 bytes of an Ed25519 signature. It may be a key in memory, a token or another machine. */
export type Ed25519Sign = (message: Uint8Array) => Promise<Uint8Array>;

/** Verifies with WebCrypto, which current browsers and Node both have. */
export const webEd25519Verify: Ed25519Verify = async ({ publicKey, message, signature }) => {
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  const key = await crypto.subtle.importKey("raw", new Uint8Array(publicKey), "Ed25519", false, ["verify"]);
  return crypto.subtle.verify("Ed25519", key, new Uint8Array(signature), new Uint8Array(message));
};
