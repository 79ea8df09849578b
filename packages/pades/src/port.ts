/** The digests this package computes. SHA-1 names certificates in old signatures and is never trusted. */
export type HashName = "SHA-1" | "SHA-256" | "SHA-384" | "SHA-512";

/** The curves of ECDSA keys. */
export type CurveName = "P-256" | "P-384" | "P-521";

/** How a signature is checked: the key type, and what goes with it. */
export type VerifyScheme =
  | { readonly kind: "ecdsa"; readonly hash: HashName; readonly curve: CurveName }
  | { readonly kind: "rsa-pkcs1"; readonly hash: HashName }
  | { readonly kind: "rsa-pss"; readonly hash: HashName; readonly saltLength: number }
  | { readonly kind: "ed25519" };

/**
 * All that this package asks of its surroundings: four functions, so that the same validator runs in Node (`node.ts`)
 * and in a browser (`browser.ts`). An implementation never throws for bad input.
 */
export type Port = {
  /** The digest of the parts, one after the other. */
  readonly digest: (hash: HashName, parts: readonly Uint8Array[]) => Promise<Uint8Array>;
  /** The digest of data that is never in memory all at once, if the surroundings can (WebCrypto cannot, and gathers it first). */
  readonly digestPieces: (hash: HashName, pieces: AsyncIterable<Uint8Array>) => Promise<Uint8Array>;
  /**
   * The digest of each prefix of `bytes` with its own end: everything before `before`, then `after` to `end`. One pass over
   * what they share, where the surroundings can fork a digest (WebCrypto cannot, and has no such function).
   */
  readonly digestForks?: (hash: HashName, bytes: Uint8Array, forks: readonly Fork[]) => Promise<readonly Uint8Array[]>;
  /** Whether `signature` (ECDSA as DER, X9.62) over `message` was made by the key in `spki`. An unusable key answers false. */
  readonly verify: (request: VerifyRequest) => Promise<boolean>;
  /** Inflates zlib data, stopping at `limit` bytes. */
  readonly inflate: (data: Uint8Array, limit: number) => Promise<Uint8Array | InflateProblem>;
};

/** Where a digest leaves the shared prefix, where it goes on, and where it ends. */
export type Fork = { readonly before: number; readonly after: number; readonly end: number };

/** Why there is no inflated data: it is broken, or a bomb. */
export type InflateProblem = "damaged" | "too_large";

/** One question to `Port.verify`. */
export type VerifyRequest = {
  readonly scheme: VerifyScheme;
  readonly spki: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
};
