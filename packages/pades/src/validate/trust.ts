import { TIME_STAMPING } from "../der/oid.ts";
import { crlAddress, extendedKeyUsage, keyUsage, type Certificate } from "../x509/certificate.ts";
import { describeName } from "../x509/name.ts";
import { buildPath, type Path, type PathProblem } from "../x509/path.ts";
import { revocationOf, type RevocationAnswer, type RevocationMaterial } from "../x509/revocation.ts";
import { schemeOf } from "../x509/signed-by.ts";
import type { Existence } from "./existence.ts";
import { END_OF_TIME, reliableUntil, type ValidationPolicy } from "./policy.ts";
import { failed, passed, undecided, type Check, type PathMember } from "./report.ts";

/** What certificates are judged with. */
export type TrustMaterial = RevocationMaterial & { readonly policy: ValidationPolicy; readonly existence: Existence };

/** When a certificate must have been good: the time of judgement, and what proves that the signature is older. */
export type ControlTimes = { readonly at: Date; readonly proven: Date | undefined; readonly claimed: Date | undefined };

/** What a certificate is to be used for. */
export type Purpose = "signing" | "timestamping";

/** What came of a certificate: the checks, and the path they rest on. */
export type CertificateVerdict = { readonly checks: readonly Check[]; readonly path: readonly PathMember[] };

/**
 * Judges the signer's certificate. First as of the time of judgement (X.509 certificate validation, EN 319 102-1 §5.2.6); if
 * that fails and a time-stamp proves the signature older, by past signature validation (§5.6.2.4): along each possible path
 * the control time slides back to when every certificate and revocation answer was still good, and the signature must have
 * existed by then.
 */
export async function checkCertificate(certificate: Certificate, trust: TrustMaterial, times: ControlTimes, purpose: Purpose): Promise<CertificateVerdict> {
  const present = await judgePaths(certificate, trust, { at: times.at }, (path) => presentVerdict(path, trust, times));
  const past = present.isGood || times.proven === undefined ? undefined : await judgePaths(certificate, trust, {}, (path) => pastVerdict(path, trust, times));
  // Of two that are not good, the one that says more: a failure before a doubt, a path before none.
  const saysMore = past !== undefined && (past.isGood || (past.isDecided && !present.isDecided) || (present.path.length === 0 && past.path.length > 0));
  const { checks, path } = saysMore ? past : present;
  return { checks: [...checks.slice(0, 1), checkPurpose(certificate, purpose), ...checks.slice(1)], path };
}

/** How one path does: its checks, and what stands in its way. */
type PathVerdict = { readonly checks: readonly Check[]; readonly path: readonly PathMember[]; readonly problem: PathProblem | undefined };

type Judged = { readonly checks: readonly Check[]; readonly path: readonly PathMember[]; readonly isGood: boolean; readonly isDecided: boolean };

/** Tries the paths until one is good; the checks are those of the last that satisfied RFC 5280, or say why none did. */
async function judgePaths(certificate: Certificate, trust: TrustMaterial, demands: { readonly at?: Date }, judge: (path: Path) => Promise<PathVerdict>): Promise<Judged> {
  let verdict: PathVerdict | undefined;
  const result = await buildPath(certificate, trust, { ...demands, policies: trust.policy.certificatePolicies }, async (path) => {
    verdict = await judge(path);
    return verdict.problem;
  });
  if (verdict === undefined && "path" in result) verdict = await judge(result.path);
  if (verdict === undefined) {
    const problem: PathProblem = "problem" in result ? result.problem : { sub: "NO_CERTIFICATE_CHAIN_FOUND", detail: "no path" };
    return { checks: [undecided("certificate_chain", problem.sub, problem.detail)], path: [], isGood: false, isDecided: false };
  }
  const anchor = verdict.path.at(-1);
  const chain = passed("certificate_chain", `${verdict.path.length} certificates lead to ${anchor?.name ?? ""}`);
  return { checks: [chain, ...verdict.checks], path: verdict.path, isGood: "path" in result, isDecided: verdict.checks.some(({ outcome }) => outcome === "failed") };
}

function checkPurpose(certificate: Certificate, purpose: Purpose): Check {
  const usage = keyUsage(certificate);
  if (usage !== undefined && !usage.has("digitalSignature") && !usage.has("nonRepudiation")) {
    return undecided("certificate_purpose", "CHAIN_CONSTRAINTS_FAILURE", "the certificate is not for signing");
  }
  const purposes = extendedKeyUsage(certificate);
  if (purpose === "timestamping") {
    // RFC 3161 §2.3: exactly this one purpose.
    const fits = purposes?.length === 1 && purposes[0] === TIME_STAMPING;
    return fits ? passed("certificate_purpose", "time-stamping") : undecided("certificate_purpose", "CHAIN_CONSTRAINTS_FAILURE", "the certificate is not for time-stamping");
  }
  if (purposes?.length === 1 && purposes[0] === TIME_STAMPING) return undecided("certificate_purpose", "CHAIN_CONSTRAINTS_FAILURE", "the certificate is for time-stamping only");
  return passed("certificate_purpose", "signing");
}

// ── Now ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

async function presentVerdict(path: Path, trust: TrustMaterial, times: ControlTimes): Promise<PathVerdict> {
  const members: PathMember[] = [];
  let check: Check | undefined;
  let isComplete = true;
  for (let depth = 0; depth < path.length; depth++) {
    const certificate = path[depth];
    if (certificate === undefined) continue;
    const weak = weakness(path, depth, trust.policy, times.at);
    const answer = await revocationOf(path, depth, { ...trust, accepts: (each) => isBelievable(each, trust, times.at) });
    members.push(memberOf(certificate, answer));
    if (weak !== undefined) check ??= undecided("algorithms", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", weak);
    if (answer?.kind === "revoked") check ??= revokedCheck(answer, depth > 0, times);
    if (depth + 1 < path.length && !(answer?.kind === "good" && freshUntil(answer, trust.policy) >= times.at)) isComplete = false;
  }
  if (check === undefined && !isComplete && trust.policy.requireRevocation) check = undecided("revocation", "TRY_LATER", "whether a certificate was revoked could not be found out");
  const final = check ?? (isComplete ? passed("revocation", "no certificate was revoked") : unknownRevocation(path));
  return { checks: [final], path: members, problem: problemOf(check) };
}

/** A check that did not pass, as a reason to try another path. */
function problemOf(check: Check | undefined): PathProblem | undefined {
  return check === undefined || check.outcome === "passed" ? undefined : { sub: "CHAIN_CONSTRAINTS_FAILURE", detail: check.detail };
}

function unknownRevocation([certificate]: Path): Check {
  const address = certificate === undefined ? undefined : crlAddress(certificate);
  return { name: "revocation", outcome: "indeterminate", detail: `not checked: no usable revocation list was given${address === undefined ? "" : ` (published at ${address})`}` };
}

function memberOf(certificate: Certificate, answer: RevocationAnswer | undefined): PathMember {
  const known = { certificate: new Uint8Array(certificate.der), name: describeName(certificate.subject) };
  if (answer === undefined) return known;
  return { ...known, revocation: { source: answer.source, status: answer.kind, ...(answer.kind === "revoked" ? { revokedAt: answer.revokedAt } : {}), thisUpdate: answer.thisUpdate, ...(answer.nextUpdate === undefined ? {} : { nextUpdate: answer.nextUpdate }), data: answer.der } };
}

/** Why the signature on a certificate of the path is no longer believed at `at`, or nothing. */
function weakness(path: Path, depth: number, policy: ValidationPolicy, at: Date): string | undefined {
  const { until, weakest } = certificateReliableUntil(path, depth, policy);
  return until <= at ? `a certificate is signed with ${weakest}, which is no longer believed` : undefined;
}

function certificateReliableUntil(path: Path, depth: number, policy: ValidationPolicy): { readonly until: Date; readonly weakest: string } {
  const [certificate, issuer] = [path[depth], path[depth + 1]];
  const scheme = certificate === undefined || issuer === undefined ? undefined : schemeOf(certificate, issuer);
  // The anchor is trusted as it is, whatever it signed itself with.
  return scheme === undefined || issuer === undefined ? { until: END_OF_TIME, weakest: "" } : reliableUntil(scheme, issuer.key, policy.algorithms);
}

/**
 * Whether an answer can be relied on at `at`: it existed before its signer's certificate and algorithm ran out (else whoever
 * got hold of an old responder's key could write the past anew; REVOCATION_OUT_OF_BOUNDS_NO_POE in EN 319 102-1).
 */
function isBelievable(answer: RevocationAnswer, trust: TrustMaterial, at: Date): boolean {
  const existed = earlier(trust.existence.of(answer.der), at);
  const isAnchor = trust.anchors.some((anchor) => anchor === answer.signer);
  const { until } = reliableUntil(answer.scheme, answer.signer.key, trust.policy.algorithms);
  return until > existed && (isAnchor || answer.signer.notAfter >= existed);
}

/** RFC 6960 §4.2.2.1, RFC 5280 §5.1.2.5, EN 319 102-1 §5.2.5: an answer is good until its successor was due, or as long as the policy says. */
function freshUntil({ thisUpdate, nextUpdate }: RevocationAnswer, { revocationAgeMs }: ValidationPolicy): Date {
  return revocationAgeMs === undefined ? (nextUpdate ?? thisUpdate) : new Date(thisUpdate.getTime() + revocationAgeMs);
}

/** Revoked before a proven or even a claimed signing time, the signature is wrong; otherwise nobody knows which came first. */
function revokedCheck(answer: RevocationAnswer & { readonly kind: "revoked" }, isIssuer: boolean, { proven, claimed }: ControlTimes): Check {
  const since = revokedSince(answer);
  const detail = `${isIssuer ? "an issuer's certificate" : "the certificate"} was revoked on ${since.toISOString()}${answer.reason === undefined ? "" : ` (${answer.reason})`}`;
  if (!isIssuer && claimed !== undefined && claimed >= since && !(proven !== undefined && proven < since)) return failed("revocation", "REVOKED", detail);
  return undecided("revocation", isIssuer ? "REVOKED_CA_NO_POE" : "REVOKED_NO_POE", detail);
}

/** A stolen key counts from when it may have been stolen, not from when that was noticed (RFC 5280 §5.3.2). */
function revokedSince({ revokedAt, invalidSince }: RevocationAnswer & { readonly kind: "revoked" }): Date {
  return earlier(invalidSince, revokedAt);
}

// ── Past ──────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/**
 * Validation time sliding (EN 319 102-1 §5.6.2.2): from the anchor's side down, the control time goes back to when each
 * certificate was last known to be good, by answers that existed then. An answer holds until its successor was due, which is
 * what the freshness rule of §5.2.5 says for the present, too. Sliding to the moment it was made instead would leave no archive
 * valid: a time-stamp must cover the answers about its predecessor, and so is always younger than they are. A revocation that
 * became known later still counts, for the newest answer is asked first.
 */
async function pastVerdict(path: Path, trust: TrustMaterial, times: ControlTimes): Promise<PathVerdict> {
  const { policy, existence } = trust;
  const [leaf] = path;
  const proven = times.proven ?? times.at;
  const members: PathMember[] = [];
  let control = times.at;
  let revoked: Check | undefined;
  let isComplete = true;
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const certificate = path[depth];
    if (certificate === undefined) continue;
    if (depth === path.length - 1) {
      members.unshift(memberOf(certificate, undefined));
      continue;
    }
    const isLeaf = depth === 0;
    control = earlier(certificateReliableUntil(path, depth, policy).until, control);
    // The signed attributes name the signer's certificate, so it is as old as the signature.
    const existed = isLeaf ? earlier(existence.of(certificate.der), proven) : earlier(existence.of(certificate.der), times.at);
    if (existed > control) return refuse(members, undecided("revocation", "NO_POE", "nothing proves that an issuer's certificate is as old as it would have to be"));
    const answer = await answerBy(path, depth, trust, control, times.at);
    members.unshift(memberOf(certificate, answer));
    if (answer === undefined) {
      if (policy.requireRevocation) return refuse(members, undecided("revocation", "NO_POE", "no answer about revocation is proven to be as old as the signature"));
      isComplete = false;
    } else if (answer.kind === "revoked") {
      control = earlier(revokedSince(answer), control);
      revoked ??= revokedCheck(answer, !isLeaf, times);
    } else control = earlier(freshUntil(answer, policy), control);
    control = earlier(certificate.notAfter, control);
  }
  if (leaf !== undefined && proven < leaf.notBefore) return refuse(members, failed("claimed_time", "NOT_YET_VALID", `the signature is proven older than its certificate, which is valid from ${leaf.notBefore.toISOString()}`));
  if (proven > control) return refuse(members, revoked ?? undecided("revocation", "OUT_OF_BOUNDS_NO_POE", `the certificates can be followed back to ${control.toISOString()} only, and the signature is proven for ${proven.toISOString()}`));
  const check = revoked !== undefined ? passed("revocation", `${revoked.detail}, after the signature was made`) : isComplete ? passed("revocation", `no certificate was revoked by ${proven.toISOString()}`) : unknownRevocation(path);
  return { checks: [check], path: members, problem: undefined };
}

function refuse(path: readonly PathMember[], check: Check): PathVerdict {
  return { checks: [check], path, problem: problemOf(check) };
}

/**
 * The newest answer that was made, and is proven to have existed, by the control time; but a revocation that became known later
 * is not forgotten, although the control time has slid past whoever told of it.
 */
async function answerBy(path: Path, depth: number, trust: TrustMaterial, control: Date, at: Date): Promise<RevocationAnswer | undefined> {
  const accepts = (answer: RevocationAnswer): boolean => isBelievable(answer, trust, at);
  const latest = await revocationOf(path, depth, { ...trust, accepts });
  if (latest === undefined || latest.kind === "revoked") return latest;
  const isInTime = (der: Uint8Array, made: Date): boolean => made <= control && earlier(trust.existence.of(der), at) <= control;
  return revocationOf(path, depth, {
    ...trust,
    crls: trust.crls.filter((crl) => isInTime(crl.der, crl.thisUpdate)),
    ocsps: trust.ocsps.filter((response) => isInTime(response.der, response.producedAt)),
    accepts,
  });
}

function earlier(one: Date | undefined, other: Date): Date {
  return one !== undefined && one < other ? one : other;
}
