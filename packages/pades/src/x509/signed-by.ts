import type { Element } from "../der/read.ts";
import type { Port, VerifyScheme } from "../port.ts";
import { verifyScheme } from "./algorithm.ts";
import type { Certificate } from "./certificate.ts";

/** The signed shape that certificates, CRLs and OCSP responses share. */
export type Signed = { readonly tbs: Uint8Array; readonly signatureAlgorithm: Element; readonly signature: Uint8Array };

/** How `signed` would have been signed by `issuer`'s key; nothing if that key cannot make such a signature, or not one we know. */
export function schemeOf(signed: Signed, issuer: Certificate): VerifyScheme | undefined {
  return verifyScheme(signed.signatureAlgorithm, issuer.key);
}

/**
 * Whether `issuer`'s key made the signature on `signed`. A P-384 root takes longer to verify than all the rest of a letter, and
 * whether a key made a signature never changes: a pair of objects that verified is remembered as long as both live (the same
 * certificate is the same object, see `parseCertificate`). That one did not verify is not remembered, and validity, revocation
 * and every other condition are looked at each time.
 */
export async function isSignedBy(signed: Signed, issuer: Certificate, port: Port): Promise<boolean> {
  if (verified.get(signed)?.has(issuer) === true) return true;
  const scheme = schemeOf(signed, issuer);
  if (scheme === undefined || !(await port.verify({ scheme, spki: issuer.spki, message: signed.tbs, signature: signed.signature }))) return false;
  const issuers = verified.get(signed) ?? new WeakSet<Certificate>();
  verified.set(signed, issuers.add(issuer));
  return true;
}

const verified = new WeakMap<Signed, WeakSet<Certificate>>();
