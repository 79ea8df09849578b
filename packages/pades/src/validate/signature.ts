import { Malformed } from "../der/read.ts";
import type { SignedData } from "../cms/signed-data.ts";
import { textOf } from "../pdf/fields.ts";
import { nameOf, stringOf } from "../pdf/value.ts";
import type { Certificate } from "../x509/certificate.ts";
import { nameAttributes } from "../x509/name.ts";
import type { CmsFacts } from "./cms-checks.ts";
import type { SignatureFacts, TokenFacts } from "./facts.ts";
import { digestReliableUntil, reliableUntil, type ValidationPolicy } from "./policy.ts";
import { conclude, failed, passed, shownSigner, undecided, type Check, type PathMember, type SignatureReport, type TimestampReport } from "./report.ts";
import { checkCertificate, type ControlTimes, type Purpose, type TrustMaterial } from "./trust.ts";

/** What trust, time and policy make of one signature's facts. */
export type Judgement = {
  readonly checks: readonly Check[];
  readonly certificate?: Certificate;
  readonly claimed?: Date;
  readonly proven?: Date;
  readonly path: readonly PathMember[];
  readonly stamps: readonly TimestampReport[];
};

/**
 * Judges a signature (EN 319 102-1 §5.3 to §5.6). `covering` is the time of a valid document time-stamp over it, if any; the
 * earliest of that and its own time-stamps is the best signature time. Without `at` it is judged as of the time it proves, or
 * else claims.
 */
export async function judgeSignature(facts: SignatureFacts, trust: TrustMaterial, at: Date | undefined, covering: Date | undefined): Promise<Judgement> {
  const { crypto, claimed, cms } = facts;
  if (crypto === undefined) return { checks: [], path: [], stamps: [] };
  const claim = claimed === undefined ? {} : { claimed };
  if (crypto.certificate === undefined || cms === undefined) return { checks: crypto.checks, path: [], stamps: [], ...claim };
  const stamps: TimestampReport[] = [];
  for (const stamp of facts.stamps) stamps.push(await judgeStamp(stamp, trust, at, covering));
  const stamped = stamps.flatMap(({ indication, time }) => (indication === "TOTAL-PASSED" && time !== undefined ? [time] : []));
  const proven = [...stamped, ...(covering === undefined ? [] : [covering])].reduce<Date | undefined>((first, time) => (first === undefined || time < first ? time : first), undefined);
  const times = { at: at ?? proven ?? claimed ?? crypto.certificate.notBefore, proven, claimed };
  const { checks, path } = await certificateChecks(crypto.certificate, withOwnCertificates(trust, cms), times, "signing");
  return {
    checks: [...crypto.checks, ...algorithmChecks(crypto, trust.policy, times), ...checks, checkClaim(crypto.certificate, times, at), ...stamps.map(stampCheck), ...orderChecks(stamped, covering)],
    certificate: crypto.certificate,
    ...claim,
    ...(proven === undefined ? {} : { proven }),
    path,
    stamps,
  };
}

/** Judges a document time-stamp: an RFC 3161 token over the bytes that its ByteRange covers (EN 319 102-1 §5.4). */
export async function judgeDocumentTimestamp({ token }: SignatureFacts, trust: TrustMaterial, at: Date | undefined, covering: Date | undefined): Promise<Judgement> {
  if (token === undefined) return { checks: [], path: [], stamps: [] };
  const { checks, path } = await tokenChecks(token, trust, at, covering);
  const order = token.time === undefined ? [] : orderChecks([token.time], covering);
  return {
    checks: [...token.checks, ...checks, ...order],
    ...(token.crypto?.certificate === undefined ? {} : { certificate: token.crypto.certificate }),
    ...(token.time === undefined ? {} : { claimed: token.time, proven: token.time }),
    path,
    stamps: [],
  };
}

async function tokenChecks({ cms, crypto, time }: TokenFacts, trust: TrustMaterial, at: Date | undefined, covering: Date | undefined): Promise<{ readonly checks: readonly Check[]; readonly path: readonly PathMember[] }> {
  if (time === undefined || cms === undefined || crypto?.certificate === undefined) return { checks: [], path: [] };
  const times = { at: at ?? covering ?? time, proven: covering, claimed: time };
  const { checks, path } = await certificateChecks(crypto.certificate, withOwnCertificates(trust, cms), times, "timestamping");
  return { checks: [...algorithmChecks(crypto, trust.policy, times), ...checks], path };
}

/** A time-stamp over the signature value (EN 319 122-1 §5.3). */
async function judgeStamp(stamp: TokenFacts, trust: TrustMaterial, at: Date | undefined, covering: Date | undefined): Promise<TimestampReport> {
  const { checks, path } = await tokenChecks(stamp, trust, at, covering);
  const all = [...stamp.checks, ...checks];
  const authority = stamp.crypto?.certificate === undefined ? undefined : signerOf(stamp.crypto.certificate).name;
  return { ...conclude(all), checks: all, path, ...(stamp.der === undefined ? {} : { token: stamp.der }), ...(stamp.time === undefined ? {} : { time: stamp.time }), ...(authority === undefined ? {} : { authority }) };
}

/** A time-stamp that does not hold proves nothing, but harms nothing either; one that is broken was broken by somebody, for the signer does not sign it. */
function stampCheck({ indication, checks, time }: TimestampReport): Check {
  if (indication === "TOTAL-PASSED" && time !== undefined) return passed("timestamp", `the signature existed at ${time.toISOString()}`);
  const reason = checks.find(({ outcome, sub }) => outcome !== "passed" && sub !== undefined)?.detail ?? "";
  if (indication === "TOTAL-FAILED") return failed("timestamp", "FORMAT_FAILURE", reason);
  return { name: "timestamp", outcome: "indeterminate", detail: `a time-stamp is present but not trusted: ${reason}` };
}

/** EN 319 102-1 §5.5.4 (5): what is covered cannot be younger than what covers it. */
function orderChecks(inner: readonly Date[], covering: Date | undefined): Check[] {
  const isWrong = covering !== undefined && inner.some((time) => time.getTime() > covering.getTime() + CLOCKS_DIFFER_MS);
  return isWrong ? [undecided("timestamp", "TIMESTAMP_ORDER_FAILURE", "a time-stamp claims to be younger than the document time-stamp over it")] : [];
}

/** Cryptographic constraints (EN 319 102-1 §5.2.8): believed now, or when the signature is proven to have existed. */
function algorithmChecks({ scheme, hash, certificate }: CmsFacts, policy: ValidationPolicy, { at, proven }: ControlTimes): Check[] {
  if (scheme === undefined || hash === undefined || certificate === undefined) return [];
  const byKey = reliableUntil(scheme, certificate.key, policy.algorithms);
  const byDigest = digestReliableUntil(hash, policy.algorithms);
  const until = byKey.until < byDigest ? byKey.until : byDigest;
  const existed = proven !== undefined && proven < at ? proven : at;
  if (until > existed) return [passed("algorithms", `${scheme.kind}, ${hash}`)];
  return [undecided("algorithms", "CRYPTO_CONSTRAINTS_FAILURE_NO_POE", `${byKey.until < byDigest ? byKey.weakest : hash} is no longer believed`)];
}

async function certificateChecks(certificate: Certificate, trust: TrustMaterial, times: ControlTimes, purpose: Purpose): Promise<{ readonly checks: readonly Check[]; readonly path: readonly PathMember[] }> {
  try {
    return await checkCertificate(certificate, trust, times, purpose);
  } catch (error) {
    if (error instanceof Malformed) return { checks: [undecided("certificate_chain", "CHAIN_CONSTRAINTS_FAILURE", error.message)], path: [] };
    throw error;
  }
}

/** A signature is judged with what it brought itself, the document's store and the caller's certificates. */
function withOwnCertificates(trust: TrustMaterial, cms: SignedData): TrustMaterial {
  return { ...trust, candidates: [...cms.certificates, ...trust.candidates] };
}

/** A signer who claims a time at which the certificate was not valid contradicts the certificate. */
function checkClaim(certificate: Certificate, { claimed }: ControlTimes, at: Date | undefined): Check {
  if (claimed === undefined) {
    if (at === undefined) return undecided("claimed_time", "NO_POE", "the signature states no time, and none was given to judge it at");
    return { name: "claimed_time", outcome: "indeterminate", detail: "the signature states no time" };
  }
  if (claimed < certificate.notBefore || claimed > certificate.notAfter) return undecided("claimed_time", "SIG_CONSTRAINTS_FAILURE", "the claimed time lies outside the certificate's validity");
  if (at !== undefined && claimed.getTime() > at.getTime() + CLOCK_SKEW_MS) return undecided("claimed_time", "SIG_CONSTRAINTS_FAILURE", "the claimed time lies in the future");
  return passed("claimed_time", `${claimed.toISOString()}, as the signer states`);
}

/** Puts one signature's findings together. */
export function signatureReport({ candidate, kind, crypto }: SignatureFacts, checks: readonly Check[], judgement: Judgement, covers: SignatureReport["covers"]): SignatureReport {
  const { dict, field } = candidate;
  const reason = stringOf(dict.entries.get("Reason"));
  const location = stringOf(dict.entries.get("Location"));
  const { certificate, claimed, proven, path, stamps } = judgement;
  return {
    field: field.name,
    kind,
    subFilter: nameOf(dict.entries.get("SubFilter")),
    ...conclude(checks),
    checks,
    ...(certificate === undefined ? {} : { signer: signerOf(certificate) }),
    ...(claimed === undefined ? {} : { claimedTime: claimed }),
    ...(proven === undefined ? {} : { provenTime: proven }),
    ...(path.length === 0 ? {} : { path }),
    ...(stamps.length === 0 ? {} : { timestamps: stamps }),
    ...(reason === undefined ? {} : { reason: textOf(reason) }),
    ...(location === undefined ? {} : { location: textOf(location) }),
    ...(crypto?.hash === undefined || crypto.contentDigest === undefined ? {} : { digest: { hash: crypto.hash, value: new Uint8Array(crypto.contentDigest) } }),
    ...(covers === undefined ? {} : { covers }),
  };
}

function signerOf(certificate: Certificate): NonNullable<SignatureReport["signer"]> {
  return shownSigner(nameAttributes(certificate.subject), certificate.der);
}

const CLOCK_SKEW_MS = 24 * 60 * 60 * 1000;
/** Two authorities' clocks, and the second in which a token is made. */
const CLOCKS_DIFFER_MS = 60_000;
