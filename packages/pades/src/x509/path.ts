import { latin1, sameBytes } from "../bytes.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import { Malformed, parts } from "../der/read.ts";
import type { Port } from "../port.ts";
import { verifyScheme, weakness } from "./algorithm.ts";
import { authorityKeyIdentifier, basicConstraints, extensionOf, keyUsage, normalName, subjectKeyIdentifier, type Certificate } from "./certificate.ts";

/** Where a path may start and what it may be built from. */
export type PathMaterial = {
  readonly anchors: readonly Certificate[];
  /** Certificates that came with the signature, the document or the caller: candidates, never trusted by themselves. */
  readonly candidates: readonly Certificate[];
  readonly port: Port;
};

/** Why no path was found: the sub-indications of EN 319 102-1 §5.2.6 (X.509 certificate validation). */
export type PathProblem = {
  readonly sub: "NO_CERTIFICATE_CHAIN_FOUND" | "CHAIN_CONSTRAINTS_FAILURE" | "OUT_OF_BOUNDS_NO_POE" | "CRYPTO_CONSTRAINTS_FAILURE";
  readonly detail: string;
};

/** A path, leaf first, anchor last; or why there is none. */
export type PathResult = { readonly path: readonly Certificate[] } | { readonly problem: PathProblem };

/**
 * Builds and validates a certification path (RFC 5280 §6) from `leaf` to an anchor, every certificate below the anchor valid
 * `at` that time. The search is depth first and bounded: hostile certificates that all name each other cost little.
 */
export async function buildPath(leaf: Certificate, material: PathMaterial, at: Date): Promise<PathResult> {
  const search: Search = { ...material, at, signaturesLeft: MAX_SIGNATURES, problem: { sub: "NO_CERTIFICATE_CHAIN_FOUND", detail: "no path leads to a trusted certificate" } };
  try {
    const path = await extend([leaf], search);
    return path === undefined ? { problem: search.problem } : { path };
  } catch (error) {
    if (error instanceof Malformed) return { problem: { sub: "CHAIN_CONSTRAINTS_FAILURE", detail: error.message } };
    throw error;
  }
}

type Search = PathMaterial & { readonly at: Date; signaturesLeft: number; problem: PathProblem };

async function extend(path: readonly Certificate[], search: Search): Promise<readonly Certificate[] | undefined> {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  if (search.anchors.some((anchor) => sameBytes(anchor.der, last.der))) return path;
  if (!isAcceptable(last, path.length - 1, search)) return undefined;
  if (path.length > MAX_PATH) return undefined;
  for (const anchor of search.anchors) {
    if (issues(anchor, last) && isAuthority(anchor, path, search) && (await isSignedBy(last, anchor, search))) return [...path, anchor];
  }
  for (const issuer of search.candidates) {
    if (!issues(issuer, last) || path.some((member) => sameBytes(member.der, issuer.der))) continue;
    if (!isAuthority(issuer, path, search) || !(await isSignedBy(last, issuer, search))) continue;
    const found = await extend([...path, issuer], search);
    if (found !== undefined) return found;
  }
  return undefined;
}

function issues(issuer: Certificate, subject: Certificate): boolean {
  if (normalName(issuer.subject) !== normalName(subject.issuer)) return false;
  const wanted = authorityKeyIdentifier(subject);
  const own = subjectKeyIdentifier(issuer);
  return wanted === undefined || own === undefined || sameBytes(wanted, own);
}

function isAcceptable(certificate: Certificate, depth: number, search: Search): boolean {
  const label = depth === 0 ? "the certificate" : `issuer ${depth}`;
  if (certificate.notBefore > search.at) return refuse(search, "OUT_OF_BOUNDS_NO_POE", `${label} is not valid before ${certificate.notBefore.toISOString()}`);
  if (certificate.notAfter < search.at) return refuse(search, "OUT_OF_BOUNDS_NO_POE", `${label} expired on ${certificate.notAfter.toISOString()}`);
  const unknown = certificate.extensions.find(({ oid, critical }) => critical && !UNDERSTOOD.has(oid));
  if (unknown !== undefined) return refuse(search, "CHAIN_CONSTRAINTS_FAILURE", `${label} has the critical extension ${unknown.oid}, which is not understood`);
  const policies = extensionOf(certificate, EXTENSION_OID.policyConstraints);
  // requireExplicitPolicy [0]: without a policy engine the honest answer is no. Otherwise policies never fail a path (RFC 5280 §6.1.5).
  if (policies !== undefined && parts(policies, "policyConstraints").some(({ tag }) => tag === 0x80)) {
    return refuse(search, "CHAIN_CONSTRAINTS_FAILURE", `${label} requires an explicit certificate policy`);
  }
  return true;
}

function isAuthority(issuer: Certificate, path: readonly Certificate[], search: Search): boolean {
  const { isCa, pathLength } = basicConstraints(issuer);
  if (!isCa) return refuse(search, "CHAIN_CONSTRAINTS_FAILURE", "an issuer is not a certificate authority");
  const intermediates = path.slice(1).filter((member) => normalName(member.subject) !== normalName(member.issuer)).length;
  if (pathLength !== undefined && intermediates > pathLength) return refuse(search, "CHAIN_CONSTRAINTS_FAILURE", "the path is longer than an issuer allows");
  if (keyUsage(issuer)?.has("keyCertSign") === false) return refuse(search, "CHAIN_CONSTRAINTS_FAILURE", "an issuer's key may not sign certificates");
  return true;
}

async function isSignedBy(certificate: Certificate, issuer: Certificate, search: Search): Promise<boolean> {
  if (search.signaturesLeft-- <= 0) return refuse(search, "CHAIN_CONSTRAINTS_FAILURE", "too many certificates to try");
  const scheme = verifyScheme(certificate.signatureAlgorithm, issuer.key);
  if (scheme === undefined) return refuse(search, "CRYPTO_CONSTRAINTS_FAILURE", "a certificate is signed with an unknown algorithm");
  const weak = weakness(scheme, issuer.key);
  if (weak !== undefined) return refuse(search, "CRYPTO_CONSTRAINTS_FAILURE", `a certificate is signed with ${weak}`);
  const name = nameOfPair(certificate, issuer);
  if (name !== undefined && verifiedPairs.has(name)) return true;
  if (!(await search.port.verify({ scheme, spki: issuer.spki, message: certificate.tbs, signature: certificate.signature }))) {
    return refuse(search, "CHAIN_CONSTRAINTS_FAILURE", "a certificate's signature is wrong");
  }
  if (name !== undefined) {
    if (verifiedPairs.size >= MAX_VERIFIED_PAIRS) verifiedPairs.clear();
    verifiedPairs.add(name);
  }
  return true;
}

/**
 * An office's letters come with the same few issuers, and a P-384 root takes longer to verify than all the rest of a letter.
 * Whether a key made a signature never changes, so a pair that verified is remembered by all of its bytes; that it did not is
 * not remembered, and validity, revocation and every other condition are looked at each time.
 */
function nameOfPair(certificate: Certificate, issuer: Certificate): string | undefined {
  if (certificate.der.length + issuer.spki.length > LONGEST_PAIR) return undefined;
  return `${issuer.spki.length} ${latin1(issuer.spki)}${latin1(certificate.der)}`;
}

const verifiedPairs = new Set<string>();
const MAX_VERIFIED_PAIRS = 256;
const LONGEST_PAIR = 8192;

function refuse(search: Search, sub: PathProblem["sub"], detail: string): false {
  search.problem = { sub, detail };
  return false;
}

const MAX_PATH = 10;
const MAX_SIGNATURES = 64;
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION_OID.basicConstraints, EXTENSION_OID.keyUsage, EXTENSION_OID.extendedKeyUsage, EXTENSION_OID.subjectKeyIdentifier,
  EXTENSION_OID.authorityKeyIdentifier, EXTENSION_OID.certificatePolicies, EXTENSION_OID.policyMappings, EXTENSION_OID.policyConstraints,
  EXTENSION_OID.inhibitAnyPolicy, EXTENSION_OID.subjectAltName, EXTENSION_OID.issuerAltName, EXTENSION_OID.crlDistributionPoints, EXTENSION_OID.qcStatements,
]);
