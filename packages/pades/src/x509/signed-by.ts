import { latin1 } from "../bytes.ts";
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
 * Whether `issuer`'s key made the signature on `signed`. An office's letters come with the same few issuers, and a P-384
 * root takes longer to verify than all the rest of a letter. Whether a key made a signature never changes, so a pair that
 * verified is remembered by all of its bytes; that it did not is not remembered, and validity, revocation and every other
 * condition are looked at each time.
 */
export async function isSignedBy(signed: Signed, issuer: Certificate, port: Port): Promise<boolean> {
  const scheme = schemeOf(signed, issuer);
  if (scheme === undefined) return false;
  const name = nameOfPair(signed, issuer);
  if (name !== undefined && verifiedPairs.has(name)) return true;
  if (!(await port.verify({ scheme, spki: issuer.spki, message: signed.tbs, signature: signed.signature }))) return false;
  if (name === undefined) return true;
  if (verifiedPairs.size >= MAX_VERIFIED_PAIRS) verifiedPairs.clear();
  verifiedPairs.add(name);
  return true;
}

/** Algorithm, signature and body are named with their lengths, so that no two different pairs have one name. */
function nameOfPair({ tbs, signature, signatureAlgorithm }: Signed, issuer: Certificate): string | undefined {
  if (tbs.length + signature.length + issuer.spki.length > LONGEST_PAIR) return undefined;
  const { source, start, end } = signatureAlgorithm;
  return `${issuer.spki.length} ${signature.length} ${end - start} ${latin1(issuer.spki)}${latin1(signature)}${latin1(source, start, end)}${latin1(tbs)}`;
}

const verifiedPairs = new Set<string>();
const MAX_VERIFIED_PAIRS = 256;
const LONGEST_PAIR = 8192;
