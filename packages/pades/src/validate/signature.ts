import { sameBytes } from "../bytes.ts";
import { parseSignedData, singleValue, type SignedData } from "../cms/signed-data.ts";
import { timestampInfo } from "../cms/timestamp.ts";
import { CMS_OID } from "../der/oid.ts";
import { encoded, Malformed, time } from "../der/read.ts";
import { dateOf, textOf } from "../pdf/fields.ts";
import { nameOf, stringOf } from "../pdf/value.ts";
import { nameAttributes, type Certificate } from "../x509/certificate.ts";
import type { Candidate, Coverage } from "./byte-range.ts";
import { checkCms, type CmsProfile } from "./cms-checks.ts";
import { conclude, failed, passed, shownSigner, undecided, type Check, type SignatureReport } from "./report.ts";
import { checkCertificate, type ControlTimes, type Purpose, type TrustMaterial } from "./trust.ts";

/** A signature whose place in the file is sound, with its CMS read. */
export type ReadSignature = { readonly candidate: Candidate; readonly coverage: Coverage; readonly cms: SignedData };

/** Whether a signature dictionary is a document time-stamp (EN 319 142-1 §5.4.3). */
export function isTimestamp({ dict }: Candidate): boolean {
  return nameOf(dict.entries.get("SubFilter")) === "ETSI.RFC3161" || nameOf(dict.entries.get("Type")) === "DocTimeStamp";
}

/** Reads the CMS of a signature whose coverage is sound, or says why not. */
export function readCms(candidate: Candidate, coverage: Coverage): ReadSignature | Check {
  try {
    return { candidate, coverage, cms: parseSignedData(coverage.contents.bytes) };
  } catch (error) {
    if (error instanceof Malformed) return failed("cms", "FORMAT_FAILURE", error.message);
    throw error;
  }
}

/** What the cryptography and the certificates of one signature come to. */
export type Judgement = { readonly checks: readonly Check[]; readonly certificate?: Certificate; readonly claimed?: Date; readonly proven?: Date };

/** Judges a signature's cryptography and certificate; `covering` is the time of a valid document time-stamp over it, if any. */
export async function judgeSignature(signature: ReadSignature, trust: TrustMaterial, at: Date | undefined, covering: Date | undefined): Promise<Judgement> {
  const { candidate, coverage, cms } = signature;
  const subFilter = nameOf(candidate.dict.entries.get("SubFilter"));
  const profile = PROFILES.get(subFilter ?? "");
  if (profile === undefined) return { checks: [failed("dictionary", "FORMAT_FAILURE", `signatures of the kind ${subFilter ?? "(none)"} are not validated`)] };
  const { checks, certificate } = await checkCms(cms, coverage.parts, profile, trust.port);
  const claimed = dateOf(candidate.dict.entries.get("M")) ?? cmsTime(cms);
  if (certificate === undefined) return { checks, ...(claimed === undefined ? {} : { claimed }) };
  const own = withOwnCertificates(trust, cms);
  const stamp = await judgeSignatureTimestamp(cms, trust, at);
  const proven = earliest(stamp.time, covering);
  const control = at ?? proven ?? claimed ?? certificate.notBefore;
  const times = { at: control, proven, claimed };
  const trusted = await certificateChecks(certificate, own, times, "signing");
  return {
    checks: [...checks, ...trusted, checkClaim(certificate, times, at), ...stamp.checks],
    certificate,
    ...(claimed === undefined ? {} : { claimed }),
    ...(proven === undefined ? {} : { proven }),
  };
}

/** Judges a document time-stamp: an RFC 3161 token over the bytes that its ByteRange covers. */
export async function judgeDocumentTimestamp(signature: ReadSignature, trust: TrustMaterial, at: Date | undefined, covering: Date | undefined): Promise<Judgement> {
  return judgeToken(signature.cms, signature.coverage.parts, trust, at, covering);
}

async function judgeToken(token: SignedData, stamped: readonly Uint8Array[], trust: TrustMaterial, at: Date | undefined, covering: Date | undefined): Promise<Judgement> {
  const { checks, certificate } = await checkCms(token, [token.encapsulated ?? new Uint8Array(0)], "timestamp", trust.port);
  try {
    const info = timestampInfo(token);
    const digest = info.hash === undefined ? undefined : await trust.port.digest(info.hash, stamped);
    const isOver = digest !== undefined && sameBytes(digest, info.imprint);
    const imprint = isOver ? passed("timestamp", `existed at ${info.time.toISOString()}`) : failed("timestamp", "HASH_FAILURE", "the time-stamp is over something else");
    const times = { at: at ?? covering ?? info.time, proven: covering, claimed: info.time };
    const trusted = certificate === undefined ? [] : await certificateChecks(certificate, withOwnCertificates(trust, token), times, "timestamping");
    return { checks: [...checks, imprint, ...trusted], claimed: info.time, proven: info.time, ...(certificate === undefined ? {} : { certificate }) };
  } catch (error) {
    if (error instanceof Malformed) return { checks: [...checks, failed("timestamp", "FORMAT_FAILURE", error.message)] };
    throw error;
  }
}

/** A time-stamp over the signature value (EN 319 122-1 §5.3). One that does not hold proves nothing, but harms nothing either. */
async function judgeSignatureTimestamp(cms: SignedData, trust: TrustMaterial, at: Date | undefined): Promise<{ readonly time?: Date; readonly checks: readonly Check[] }> {
  const value = singleValue(cms.signer.unsignedAttributes, CMS_OID.signatureTimestamp);
  if (value === undefined) return { checks: [] };
  try {
    const token = parseSignedData(encoded(value));
    const judged = await judgeToken(token, [cms.signer.signature], trust, at, undefined);
    const { indication } = conclude(judged.checks);
    if (indication === "TOTAL-PASSED" && judged.proven !== undefined) return { time: judged.proven, checks: [passed("timestamp", `the signature existed at ${judged.proven.toISOString()}`)] };
    const reason = judged.checks.find(({ outcome, sub }) => outcome !== "passed" && sub !== undefined)?.detail ?? "";
    // A time-stamp is not signed by the signer: a broken one means someone touched the signature's unsigned part.
    if (indication === "TOTAL-FAILED") return { checks: [failed("timestamp", "FORMAT_FAILURE", reason)] };
    return { checks: [{ name: "timestamp", outcome: "indeterminate", detail: `a time-stamp is present but not trusted: ${reason}` }] };
  } catch (error) {
    if (error instanceof Malformed) return { checks: [failed("timestamp", "FORMAT_FAILURE", error.message)] };
    throw error;
  }
}

async function certificateChecks(certificate: Certificate, trust: TrustMaterial, times: ControlTimes, purpose: Purpose): Promise<Check[]> {
  try {
    return await checkCertificate(certificate, trust, times, purpose);
  } catch (error) {
    if (error instanceof Malformed) return [undecided("certificate_chain", "CHAIN_CONSTRAINTS_FAILURE", error.message)];
    throw error;
  }
}

/** A signature is judged with what it brought itself; another signature's certificates do not mend it. */
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

function cmsTime(cms: SignedData): Date | undefined {
  const value = singleValue(cms.signer.signedAttributes, CMS_OID.signingTime);
  try {
    return value === undefined ? undefined : time(value, "signing-time");
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function earliest(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one < other ? one : other;
}

/** Puts one signature's findings together. */
export function signatureReport(candidate: Candidate, checks: readonly Check[], judgement: Judgement, covers: SignatureReport["covers"]): SignatureReport {
  const { dict, field } = candidate;
  const subFilter = nameOf(dict.entries.get("SubFilter"));
  const reason = stringOf(dict.entries.get("Reason"));
  const location = stringOf(dict.entries.get("Location"));
  const { certificate, claimed, proven } = judgement;
  return {
    field: field.name,
    kind: isTimestamp(candidate) ? "document_timestamp" : "signature",
    subFilter,
    ...conclude(checks),
    checks,
    ...(certificate === undefined ? {} : { signer: signerOf(certificate) }),
    ...(claimed === undefined ? {} : { claimedTime: claimed }),
    ...(proven === undefined ? {} : { provenTime: proven }),
    ...(reason === undefined ? {} : { reason: textOf(reason) }),
    ...(location === undefined ? {} : { location: textOf(location) }),
    ...(covers === undefined ? {} : { covers }),
  };
}

function signerOf(certificate: Certificate): NonNullable<SignatureReport["signer"]> {
  try {
    return shownSigner(nameAttributes(certificate.subject), certificate.der);
  } catch (error) {
    if (error instanceof Malformed) return shownSigner({}, certificate.der);
    throw error;
  }
}

const CLOCK_SKEW_MS = 24 * 60 * 60 * 1000;
const PROFILES: ReadonlyMap<string, CmsProfile> = new Map([["ETSI.CAdES.detached", "pades"], ["adbe.pkcs7.detached", "pkcs7"]]);
