import type { CurveName, HashName, VerifyScheme } from "../port.ts";
import type { KeyKind } from "../x509/algorithm.ts";
import type { PolicyDemands } from "../x509/policies.ts";

/**
 * Until when algorithms are believed (the cryptographic constraints of EN 319 102-1 §5.1.4.4): data, so that a policy can
 * follow the advice of its own country. A signature proven older than the date stays good.
 */
export type CryptoConstraints = {
  readonly digests: Readonly<Record<HashName, SunsetDate>>;
  /** Ascending: an RSA key has the date of the last entry that is not longer than it. */
  readonly rsa: readonly { readonly bits: number; readonly until: SunsetDate }[];
  readonly curves: Readonly<Record<CurveName, SunsetDate>>;
  readonly ed25519: SunsetDate;
};

/** The first day an algorithm is no longer believed (ISO 8601); "never" ends or "always" was too weak. */
export type SunsetDate = string | "never" | "always";

/** What the relying party demands of a signature (EN 319 102-1 §5.1.4). Everything has a default; nothing here is trust. */
export type ValidationPolicy = {
  readonly algorithms: CryptoConstraints;
  /** Whether a certificate whose revocation status is unknown leaves the judgement open. */
  readonly requireRevocation: boolean;
  /** How old a revocation answer may be, in milliseconds; absent, as old as its own nextUpdate allows. */
  readonly revocationAgeMs?: number;
  /** What is asked of certificate policies (RFC 5280 §6.1.1). */
  readonly certificatePolicies: PolicyDemands;
  /** Whether form fields filled in after a signature that allows it leave the signature valid. */
  readonly allowFormFilling: boolean;
};

/**
 * NIST SP 800-131A r2: SHA-1 and keys of 80 bits of strength are disallowed after 2013, keys of 112 bits (RSA-2048) after
 * 2030. ETSI TS 119 312 and SOG-IS agree on the order, with other dates for RSA-2048.
 */
export const DEFAULT_CONSTRAINTS: CryptoConstraints = {
  digests: { "SHA-1": "2014-01-01", "SHA-256": "never", "SHA-384": "never", "SHA-512": "never" },
  rsa: [{ bits: 0, until: "always" }, { bits: 1024, until: "2014-01-01" }, { bits: 2048, until: "2031-01-01" }, { bits: 3072, until: "never" }],
  curves: { "P-256": "never", "P-384": "never", "P-521": "never" },
  ed25519: "never",
};

/** Believes what is believed today, reports unknown revocation without insisting, and takes no filled form for unchanged. */
export const DEFAULT_POLICY: ValidationPolicy = { algorithms: DEFAULT_CONSTRAINTS, requireRevocation: false, certificatePolicies: {}, allowFormFilling: false };

/** Until when a signature made with `scheme` by a key of `key`'s kind is believed, and what it is that ends then. */
export function reliableUntil(scheme: VerifyScheme, key: KeyKind, constraints: CryptoConstraints): { readonly until: Date; readonly weakest: string } {
  const limits: (readonly [what: string, until: SunsetDate])[] = [];
  if (scheme.kind === "ed25519") limits.push(["Ed25519", constraints.ed25519]);
  else limits.push([scheme.hash, constraints.digests[scheme.hash]]);
  if (key.kind === "rsa" || key.kind === "rsa-pss") {
    limits.push([`RSA with ${key.bits} bits`, constraints.rsa.findLast(({ bits }) => bits <= key.bits)?.until ?? "always"]);
  }
  if (key.kind === "ec") limits.push([key.curve, constraints.curves[key.curve]]);
  const dated = limits.map(([weakest, until]) => ({ weakest, until: dateOf(until) }));
  return dated.reduce((first, each) => (each.until < first.until ? each : first));
}

/** Until when a digest alone is believed. */
export function digestReliableUntil(hash: HashName, constraints: CryptoConstraints): Date {
  return dateOf(constraints.digests[hash]);
}

function dateOf(sunset: SunsetDate): Date {
  return sunset === "never" ? END_OF_TIME : sunset === "always" ? START_OF_TIME : new Date(sunset);
}

/** Later than every date in a file. */
export const END_OF_TIME: Date = new Date(8_640_000_000_000_000);
const START_OF_TIME = new Date(-8_640_000_000_000_000);
