import { sameBytes, toHex } from "../bytes.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import { Malformed } from "../der/read.ts";
import { basicConstraints, keyUsage, type Certificate } from "./certificate.ts";
import { ALL_REASONS, distributionPoints, type Crl, type CrlEntry, type CrlScope, type DistributionPoint, type PointName } from "./crl.ts";
import { normalName, sameGeneralName } from "./name.ts";
import { buildPath, type PathMaterial } from "./path.ts";
import type { RevocationAnswer } from "./revocation.ts";
import { isSignedBy, schemeOf } from "./signed-by.ts";

/** What CRL processing needs besides the certificate. */
export type CrlMaterial = PathMaterial & {
  readonly crls: readonly Crl[];
  readonly accepts: (answer: RevocationAnswer) => boolean;
  /** Whether a CRL signer that is not the certificate's own issuer may be believed: its path was built, its revocation is asked here. */
  readonly isSignerRevoked: (signer: Certificate, issuer: Certificate) => Promise<boolean>;
};

/**
 * What the CRLs say about `certificate` (RFC 5280 §6.3.3): for each distribution point the CRLs in its scope, complete ones
 * with the deltas that fit them, direct and indirect, until all reasons are covered. A revocation in any usable list decides.
 * Whether an answer is fresh enough is for the caller: the answer names the oldest list it rests on.
 */
export async function crlStatus(certificate: Certificate, issuer: Certificate, anchor: Certificate, material: CrlMaterial): Promise<RevocationAnswer | undefined> {
  const points = readablePoints(certificate);
  let covered = 0;
  let oldest: { readonly crl: Crl; readonly signer: Certificate } | undefined;
  const newestFirst = material.crls.toSorted((one, other) => other.thisUpdate.getTime() - one.thisUpdate.getTime());
  for (const crl of newestFirst) {
    if (!isUsable(crl) || crl.base !== undefined) continue;
    const { scope } = crl;
    const reasons = [...points, defaultPoint(certificate)].reduce((bits, point) => bits | (isInScope(crl, scope, point, certificate) ? scope.reasons & point.reasons : 0), 0);
    if ((reasons & ~covered) === 0) continue;
    const signer = await signerOf(crl, issuer, anchor, material);
    if (signer === undefined) continue;
    const delta = await deltaOf(crl, signer, material);
    const entry = entryIn(delta, certificate) ?? entryIn(crl, certificate);
    const newest = delta ?? crl;
    const source = sourceOf(newest, signer, certificate);
    const isRevoked = entry !== undefined && entry.reason !== "removeFromCRL";
    const answer: RevocationAnswer = isRevoked ? { kind: "revoked", revokedAt: entry.revokedAt, reason: entry.reason, invalidSince: entry.invalidSince, ...source } : { kind: "good", ...source };
    if (!material.accepts(answer)) continue;
    if (isRevoked) return answer;
    covered |= reasons;
    if (oldest === undefined || endOf(newest) < endOf(oldest.crl)) oldest = { crl: newest, signer };
  }
  return oldest !== undefined && covered === ALL_REASONS ? { kind: "good", ...sourceOf(oldest.crl, oldest.signer, certificate) } : undefined;
}

function endOf(crl: Crl): Date {
  return crl.nextUpdate ?? crl.thisUpdate;
}

/**
 * When a CRL was made, until when it speaks, and whether it can speak of this certificate at all: an issuer may drop expired
 * certificates from its list (RFC 5280 §3.3), unless it says since when it keeps them (X.509 §9.5.2.8).
 */
function sourceOf(crl: Crl, signer: Certificate, certificate: Certificate): Omit<RevocationAnswer, "kind"> {
  const keepsExpired = crl.keepsExpiredSince !== undefined && crl.keepsExpiredSince <= certificate.notAfter;
  const scheme = schemeOf(crl, signer);
  if (scheme === undefined) throw new Malformed("the CRL's algorithm does not fit its signer's key");
  return {
    source: "crl", madeAt: crl.thisUpdate, thisUpdate: crl.thisUpdate, nextUpdate: crl.nextUpdate, der: crl.der, signer, scheme,
    speaksOfIt: crl.thisUpdate <= certificate.notAfter || keepsExpired,
  };
}

/** No critical extension that is not understood, neither in the list nor in an entry (RFC 5280 §5.2, §5.3). */
function isUsable(crl: Crl): boolean {
  return !crl.hasUnknownEntries && crl.extensions.every(({ oid, critical }) => !critical || UNDERSTOOD.has(oid));
}

function defaultPoint(certificate: Certificate): DistributionPoint {
  return { point: [{ kind: "directoryName", name: certificate.issuer }], reasons: ALL_REASONS, crlIssuer: undefined };
}

/** §6.3.3 (b): the CRL's issuer and scope fit the distribution point and the certificate. */
function isInScope(crl: Crl, scope: CrlScope, { point, crlIssuer }: DistributionPoint, certificate: Certificate): boolean {
  const issuerName = normalName(crl.issuer);
  if (crlIssuer === undefined) {
    if (issuerName !== normalName(certificate.issuer)) return false;
  } else {
    const isNamed = crlIssuer.some((name) => name.kind === "directoryName" && normalName(name.name) === issuerName);
    if (!isNamed || (!scope.isIndirect && issuerName !== normalName(certificate.issuer))) return false;
  }
  const names: readonly PointName[] | undefined = point ?? crlIssuer;
  if (scope.point !== undefined && names !== undefined && !scope.point.some((one) => names.some((other) => samePoint(one, other)))) return false;
  const isAuthority = basicConstraints(certificate).isCa;
  return !scope.onlyAttributes && !(scope.onlyUsers && isAuthority) && !(scope.onlyAuthorities && !isAuthority);
}

function samePoint(one: PointName, other: PointName): boolean {
  const normal = (name: PointName): string | undefined => (name.kind === "assembled" ? name.normal : name.kind === "directoryName" ? normalName(name.name) : undefined);
  const [left, right] = [normal(one), normal(other)];
  if (left !== undefined || right !== undefined) return left === right;
  return one.kind !== "assembled" && other.kind !== "assembled" && sameGeneralName(one, other);
}

/** §6.3.3 (f), (g): whoever signed the CRL has its issuer's name, may sign CRLs, and leads to the anchor of the certificate. */
async function signerOf(crl: Crl, issuer: Certificate, anchor: Certificate, material: CrlMaterial): Promise<Certificate | undefined> {
  const name = normalName(crl.issuer);
  const signers = [issuer, ...material.anchors, ...material.candidates].filter((each, at, all) => normalName(each.subject) === name && all.findIndex((other) => sameBytes(other.der, each.der)) === at);
  for (const signer of signers.slice(0, MAX_SIGNERS)) {
    if (keyUsage(signer)?.has("cRLSign") === false || !(await isSignedBy(crl, signer, material.port))) continue;
    if (sameBytes(signer.der, issuer.der)) return signer;
    const result = await buildPath(signer, { ...material, anchors: [anchor] }, {});
    if ("problem" in result) continue;
    const above = result.path[1];
    if (above !== undefined && (await material.isSignerRevoked(signer, above))) continue;
    return signer;
  }
  return undefined;
}

/** §6.3.3 (c), (h): the newest delta that builds on this complete CRL and has its scope and signer. */
async function deltaOf(crl: Crl, signer: Certificate, { crls, port }: CrlMaterial): Promise<Crl | undefined> {
  const { number } = crl;
  if (number === undefined) return undefined;
  const found: Crl[] = [];
  for (const delta of crls) {
    if (delta.base === undefined || delta.base > number || (delta.number ?? 0n) < number || !isUsable(delta)) continue;
    if (normalName(delta.issuer) !== normalName(crl.issuer) || !sameScope(delta.scope, crl.scope) || !sameKey(delta, crl)) continue;
    if (await isSignedBy(delta, signer, port)) found.push(delta);
  }
  return found.toSorted((one, other) => other.thisUpdate.getTime() - one.thisUpdate.getTime())[0];
}

function sameScope(one: CrlScope, other: CrlScope): boolean {
  const flags = one.onlyUsers === other.onlyUsers && one.onlyAuthorities === other.onlyAuthorities && one.onlyAttributes === other.onlyAttributes && one.isIndirect === other.isIndirect;
  const [left, right] = [one.point ?? [], other.point ?? []];
  return flags && one.reasons === other.reasons && left.length === right.length && left.every((name, at) => right[at] !== undefined && samePoint(name, right[at]));
}

function sameKey(one: Crl, other: Crl): boolean {
  const [left, right] = [one.authorityKey, other.authorityKey];
  return left === undefined || right === undefined ? left === right : sameBytes(left, right);
}

/** The entry for this certificate and not for another issuer's of the same number. */
function entryIn(crl: Crl | undefined, certificate: Certificate): CrlEntry | undefined {
  if (crl === undefined) return undefined;
  const issuer = normalName(certificate.issuer);
  return crl.revoked.get(toHex(certificate.serialNumber))?.find(({ certificateIssuer }) => {
    if (certificateIssuer === undefined) return normalName(crl.issuer) === issuer;
    return certificateIssuer.some((name) => name.kind === "directoryName" && normalName(name.name) === issuer);
  });
}

/** Distribution points that cannot be read narrow nothing: the issuer's complete list still counts. */
function readablePoints(certificate: Certificate): readonly DistributionPoint[] {
  try {
    return distributionPoints(certificate);
  } catch (error) {
    if (error instanceof Malformed) return [];
    throw error;
  }
}

const MAX_SIGNERS = 10;
const UNDERSTOOD: ReadonlySet<string> = new Set([
  EXTENSION_OID.issuingDistributionPoint, EXTENSION_OID.crlNumber, EXTENSION_OID.deltaCrl, EXTENSION_OID.authorityKeyIdentifier, EXTENSION_OID.issuerAltName, EXTENSION_OID.expiredCertsOnCrl,
]);
