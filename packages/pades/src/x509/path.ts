import { sameBytes } from "../bytes.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import { Malformed } from "../der/read.ts";
import type { Port } from "../port.ts";
import { algorithmName } from "./algorithm.ts";
import { basicConstraints, keyUsage, subjectKeyIdentifier, type Certificate } from "./certificate.ts";
import { normalName } from "./name.ts";
import { claimedNames, constraintProblem, nameConstraints, type NameConstraints } from "./name-constraints.ts";
import { PolicyState, type PolicyDemands } from "./policies.ts";
import { isSignedBy, schemeOf } from "./signed-by.ts";

/** Where a path may start and what it may be built from. */
export type PathMaterial = {
  readonly anchors: readonly Certificate[];
  /** Certificates that came with the signature, the document or the caller: candidates, never trusted by themselves. */
  readonly candidates: readonly Certificate[];
  readonly port: Port;
};

/** What a path must satisfy. */
export type PathDemands = {
  /**
   * When every certificate below the anchor must be valid. Absent: at some time that they share, as the past certificate
   * validation of EN 319 102-1 §5.6.2.1 asks.
   */
  readonly at?: Date;
  readonly policies?: PolicyDemands;
};

/** Why no path was found: the sub-indications of EN 319 102-1 §5.2.6 (X.509 certificate validation). */
export type PathProblem = {
  readonly sub: "NO_CERTIFICATE_CHAIN_FOUND" | "CHAIN_CONSTRAINTS_FAILURE" | "OUT_OF_BOUNDS_NO_POE" | "CRYPTO_CONSTRAINTS_FAILURE" | "CERTIFICATE_CHAIN_GENERAL_FAILURE";
  readonly detail: string;
};

/** A certification path, leaf first, anchor last. */
export type Path = readonly Certificate[];

/** A path, or why there is none. */
export type PathResult = { readonly path: Path } | { readonly problem: PathProblem };

/** Says why a path that satisfies RFC 5280 is still not to be used, or nothing; then the next candidate is tried. */
export type PathJudge = (path: Path) => Promise<PathProblem | undefined>;

/**
 * Builds certification paths from `leaf` to an anchor and validates them (RFC 5280 §6), until one satisfies the demands and
 * `judge`. The search is depth first and bounded: hostile certificates that all name each other cost little. Cross
 * certificates and issuers with one name and several keys are tried in turn, those whose key identifier fits first. The
 * problem reported is that of the candidate that came furthest.
 */
export async function buildPath(leaf: Certificate, material: PathMaterial, demands: PathDemands, judge?: PathJudge): Promise<PathResult> {
  const search: Search = { material, demands, judge, signaturesLeft: MAX_SIGNATURES, problem: undefined };
  const path = await extend([leaf], search);
  return path === undefined ? { problem: search.problem ?? { sub: "NO_CERTIFICATE_CHAIN_FOUND", detail: "no path leads to a trusted certificate" } } : { path };
}

type Search = {
  readonly material: PathMaterial;
  readonly demands: PathDemands;
  readonly judge: PathJudge | undefined;
  signaturesLeft: number;
  problem: PathProblem | undefined;
};

async function extend(path: Path, search: Search): Promise<Path | undefined> {
  const last = path.at(-1);
  if (last === undefined) return undefined;
  if (search.material.anchors.some((anchor) => sameBytes(anchor.der, last.der))) return conclude(path, search);
  if (path.length > MAX_PATH) return undefined;
  for (const issuer of issuersOf(last, search.material)) {
    if (path.some((member) => sameBytes(member.der, issuer.der))) continue;
    if (!(await isTrulySigned(last, issuer, search))) continue;
    const found = await extend([...path, issuer], search);
    if (found !== undefined) return found;
  }
  return undefined;
}

async function conclude(path: Path, search: Search): Promise<Path | undefined> {
  const problem = readableProblem(path, search.demands) ?? (await search.judge?.(path));
  if (problem === undefined) return path;
  search.problem = problem;
  return undefined;
}

function readableProblem(path: Path, demands: PathDemands): PathProblem | undefined {
  try {
    return pathProblem(path, demands);
  } catch (error) {
    if (error instanceof Malformed) return broken(error.message);
    throw error;
  }
}

/** Certificates that may have issued `subject`: by name, anchors first, then by how well the key identifiers fit. */
function issuersOf(subject: Certificate, { anchors, candidates }: PathMaterial): readonly Certificate[] {
  const name = normalName(subject.issuer);
  const misfit = (issuer: Certificate): number => (fitsKey(subject, issuer) ? 0 : 1);
  const named = [...anchors, ...candidates].filter((issuer) => normalName(issuer.subject) === name);
  return named.length < 2 ? named : named.toSorted((one, other) => misfit(one) - misfit(other));
}

/** The key identifiers are hints (RFC 5280 §4.2.1.1): they order the search and exclude nobody. */
function fitsKey({ known }: Certificate, issuer: Certificate): boolean {
  const own = subjectKeyIdentifier(issuer);
  return known.authorityKey === undefined || own === undefined || sameBytes(known.authorityKey, own);
}

async function isTrulySigned(certificate: Certificate, issuer: Certificate, search: Search): Promise<boolean> {
  if (search.signaturesLeft-- <= 0) return note(search, "CERTIFICATE_CHAIN_GENERAL_FAILURE", "too many certificates to try");
  if (schemeOf(certificate, issuer) === undefined) {
    return note(search, "CRYPTO_CONSTRAINTS_FAILURE", `a certificate is signed with ${algorithmName(certificate.signatureAlgorithm, issuer.key)}, which is not validated here`);
  }
  if (await isSignedBy(certificate, issuer, search.material.port)) return true;
  // A namesake with another key is not the issuer; one with the right key whose signature fails is a forgery's mark.
  return fitsKey(certificate, issuer) ? note(search, "CHAIN_CONSTRAINTS_FAILURE", "a certificate's signature is wrong") : false;
}

function note(search: Search, sub: PathProblem["sub"], detail: string): false {
  search.problem ??= { sub, detail };
  return false;
}

/**
 * Why a path whose signatures are good is not valid (RFC 5280 §6.1.3 to §6.1.5), or nothing. The constraints in the anchor's
 * own certificate count too (RFC 5937 §3): whoever made it meant them. Its validity does not: it is trusted as it is.
 */
export function pathProblem(path: Path, demands: PathDemands): PathProblem | undefined {
  const [leaf] = path;
  if (leaf === undefined || path.length === 1) return undefined;
  const times = validityProblem(path, demands.at);
  if (times !== undefined) return times;
  const policies = new PolicyState(path.length - 1, demands.policies ?? {});
  const constraints: NameConstraints[] = [];
  let depthLeft = path.length;
  for (let at = path.length - 1; at >= 0; at--) {
    const certificate = path[at];
    if (certificate === undefined) continue;
    const [isAnchor, isLast] = [at === path.length - 1, at === 0];
    const isSelfIssued = normalName(certificate.subject) === normalName(certificate.issuer);
    const label = isLast ? "the certificate" : isAnchor ? "the trusted certificate" : `issuer ${at}`;
    const names = constraints.length === 0 || isAnchor || (isSelfIssued && !isLast) ? [] : claimedNames(certificate);
    if (names.length * constraints.reduce((sum, { permitted, excluded }) => sum + permitted.length + excluded.length, 0) > MAX_COMPARISONS) return broken("too many names and name constraints");
    const misnamed = constraints.map((each) => constraintProblem(names, each)).find((problem) => problem !== undefined);
    if (misnamed !== undefined) return broken(`${label}: ${misnamed}`);
    const policy = isAnchor ? undefined : policies.enter(certificate, isSelfIssued, isLast);
    if (policy !== undefined) return broken(`${label}: ${policy}`);
    const unknown = certificate.extensions.find(({ oid, critical }) => critical && !UNDERSTOOD.has(oid));
    if (unknown !== undefined) return broken(`${label} has the critical extension ${unknown.oid}, which is not understood`);
    if (isLast) {
      const refused = policies.finish(certificate);
      return refused === undefined ? undefined : broken(refused);
    }
    const { isCa, pathLength } = basicConstraints(certificate);
    if (!isCa) return broken(`${label} is not a certificate authority`);
    if (keyUsage(certificate)?.has("keyCertSign") === false) return broken(`the key of ${label} may not sign certificates`);
    if (!isAnchor && !isSelfIssued && depthLeft-- <= 0) return broken("the path is longer than an issuer allows");
    depthLeft = Math.min(depthLeft, pathLength ?? depthLeft);
    const mapping = isAnchor ? undefined : policies.prepare(certificate, isSelfIssued);
    if (mapping !== undefined) return broken(`${label}: ${mapping}`);
    const own = nameConstraints(certificate);
    if (own !== undefined) constraints.push(own);
  }
  return undefined;
}

function broken(detail: string): PathProblem {
  return { sub: "CHAIN_CONSTRAINTS_FAILURE", detail };
}

function validityProblem(path: Path, at: Date | undefined): PathProblem | undefined {
  const below = path.slice(0, -1);
  const from = below.reduce((latest, { notBefore }) => (notBefore > latest ? notBefore : latest), EARLIEST);
  if (at === undefined) {
    const isShared = below.every(({ notAfter }) => notAfter >= from);
    return isShared ? undefined : { sub: "CERTIFICATE_CHAIN_GENERAL_FAILURE", detail: "the certificates of the path were never valid at the same time" };
  }
  for (const [depth, certificate] of below.entries()) {
    const label = depth === 0 ? "the certificate" : `issuer ${depth}`;
    if (certificate.notBefore > at) return { sub: "OUT_OF_BOUNDS_NO_POE", detail: `${label} is not valid before ${certificate.notBefore.toISOString()}` };
    if (certificate.notAfter < at) return { sub: "OUT_OF_BOUNDS_NO_POE", detail: `${label} expired on ${certificate.notAfter.toISOString()}` };
  }
  return undefined;
}

const EARLIEST = new Date(-8_640_000_000_000_000);
const MAX_PATH = 10;
const MAX_SIGNATURES = 64;
const MAX_COMPARISONS = 100_000;
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION_OID.basicConstraints, EXTENSION_OID.keyUsage, EXTENSION_OID.extendedKeyUsage, EXTENSION_OID.subjectKeyIdentifier,
  EXTENSION_OID.authorityKeyIdentifier, EXTENSION_OID.certificatePolicies, EXTENSION_OID.policyMappings, EXTENSION_OID.policyConstraints,
  EXTENSION_OID.inhibitAnyPolicy, EXTENSION_OID.nameConstraints, EXTENSION_OID.subjectAltName, EXTENSION_OID.issuerAltName,
  EXTENSION_OID.crlDistributionPoints, EXTENSION_OID.freshestCrl, EXTENSION_OID.authorityInfoAccess, EXTENSION_OID.qcStatements,
]);
