import type { HashName } from "../port.ts";
import type { NameAttributes } from "../x509/name.ts";

/** What one check found. */
export type Outcome = "passed" | "failed" | "indeterminate";

/** The checks, by name. Their sentences for people are the caller's: the names are stable. */
export type CheckName =
  | "dictionary" | "byte_range" | "revision" | "padding" | "single_field" | "later_changes"
  | "cms" | "message_digest" | "signing_certificate" | "signature_value" | "algorithms"
  | "certificate_chain" | "certificate_purpose" | "revocation" | "claimed_time" | "timestamp";

/** The conclusions of EN 319 102-1 §5.1.3. */
export type Indication = "TOTAL-PASSED" | "TOTAL-FAILED" | "INDETERMINATE";

/** The reasons of EN 319 102-1 §5.1.3 that this validator gives. */
export type SubIndication =
  | "FORMAT_FAILURE" | "HASH_FAILURE" | "SIG_CRYPTO_FAILURE" | "REVOKED" | "NOT_YET_VALID" | "REVOKED_NO_POE" | "REVOKED_CA_NO_POE" | "SIG_CONSTRAINTS_FAILURE"
  | "CHAIN_CONSTRAINTS_FAILURE" | "CERTIFICATE_CHAIN_GENERAL_FAILURE" | "CRYPTO_CONSTRAINTS_FAILURE" | "CRYPTO_CONSTRAINTS_FAILURE_NO_POE" | "NO_SIGNING_CERTIFICATE_FOUND"
  | "NO_CERTIFICATE_CHAIN_FOUND" | "OUT_OF_BOUNDS_NO_POE" | "TIMESTAMP_ORDER_FAILURE" | "TRY_LATER" | "NO_POE";

/** One named check. `sub` says which sub-indication a check that did not pass stands for. */
export type Check = { readonly name: CheckName; readonly outcome: Outcome; readonly detail: string; readonly sub?: SubIndication };

/** Something that was appended after a signature. Everything but `form_filled` and `unexplained` leaves the signed content as it was. */
export type Change = {
  /** Counted from 1: the revision that brought it. */
  readonly revision: number;
  readonly kind: "signature" | "document_timestamp" | "signature_field" | "validation_data" | "document_information" | "extension" | "form_filled" | "unexplained";
  readonly detail: string;
};

/** One certificate of the path a judgement rests on, and what was known of its revocation. */
export type PathMember = {
  readonly certificate: Uint8Array;
  readonly name: string;
  readonly revocation?: { readonly source: "crl" | "ocsp"; readonly status: "good" | "revoked"; readonly revokedAt?: Date; readonly thisUpdate: Date; readonly nextUpdate?: Date; readonly data: Uint8Array };
};

/** A time-stamp over a signature's value. */
export type TimestampReport = {
  /** The RFC 3161 token. */
  readonly token?: Uint8Array;
  readonly time?: Date;
  readonly authority?: string;
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  readonly checks: readonly Check[];
  readonly path: readonly PathMember[];
};

/** One signature or document time-stamp. */
export type SignatureReport = {
  readonly field: string;
  readonly kind: "signature" | "document_timestamp";
  readonly subFilter: string | undefined;
  readonly indication: Indication;
  readonly subIndication?: SubIndication;
  readonly checks: readonly Check[];
  readonly signer?: { readonly name: string; readonly organisation?: string; readonly title?: string; readonly serial?: string; readonly certificate: Uint8Array };
  /** What the signature itself claims (`/M`): believed only as far as the signer is. For a time-stamp, the authority's time. */
  readonly claimedTime?: Date;
  /** The earliest trustworthy proof that the signature existed: from a valid time-stamp. */
  readonly provenTime?: Date;
  /** The signer's certificate first, the anchor last; empty when no path was found. */
  readonly path?: readonly PathMember[];
  /** Time-stamps inside the signature (EN 319 122-1 §5.3), those that were not believed included. */
  readonly timestamps?: readonly TimestampReport[];
  readonly reason?: string;
  readonly location?: string;
  /** The digest of the signed bytes, as far as the signature uses one that is computed here. */
  readonly digest?: { readonly hash: HashName; readonly value: Uint8Array };
  /** The signed revision: its number among all revisions, and where it ends. `bytes.subarray(0, end)` is what was signed. */
  readonly covers?: { readonly revision: number; readonly end: number; readonly wholeFile: boolean };
};

/** The judgement on a whole file. */
export type Report = {
  /** The worst of all signatures; `NO_SIGNATURE_FOUND` for a document without any. */
  readonly indication: Indication | "NO_SIGNATURE_FOUND";
  readonly signatures: readonly SignatureReport[];
  readonly document: {
    readonly verdict: Outcome;
    readonly detail: string;
    readonly revisions: number;
    /** What happened after the first signature, oldest first. */
    readonly changesAfter: readonly Change[];
  };
};

/** The conclusion from a list of checks: any failure fails, any doubt leaves it open. */
export function conclude(checks: readonly Check[]): { readonly indication: Indication; readonly subIndication?: SubIndication } {
  const worst = checks.find(({ outcome }) => outcome === "failed") ?? checks.find(({ outcome, sub }) => outcome === "indeterminate" && sub !== undefined);
  if (worst === undefined) return { indication: "TOTAL-PASSED" };
  const indication = worst.outcome === "failed" ? "TOTAL-FAILED" : "INDETERMINATE";
  return worst.sub === undefined ? { indication } : { indication, subIndication: worst.sub };
}

/** A check that passed. */
export function passed(name: CheckName, detail: string): Check {
  return { name, outcome: "passed", detail };
}

/** A check that failed: the signature is wrong. */
export function failed(name: CheckName, sub: SubIndication, detail: string): Check {
  return { name, outcome: "failed", sub, detail };
}

/** A check that could not be decided: the signature may be right, but nobody should rely on it. */
export function undecided(name: CheckName, sub: SubIndication, detail: string): Check {
  return { name, outcome: "indeterminate", sub, detail };
}

/** The exit code of a command that validates: 0 valid, 1 not valid. Unreadable files (an `Unreadable` error) are 2. */
export function exitCode(report: Report): 0 | 1 {
  return report.indication === "TOTAL-PASSED" ? 0 : 1;
}

/** A signer's name as people are shown it. */
export function shownSigner(name: NameAttributes, certificate: Uint8Array): NonNullable<SignatureReport["signer"]> {
  return {
    name: name.commonName ?? name.organisation ?? "",
    ...(name.organisation === undefined ? {} : { organisation: name.organisation }),
    ...(name.title === undefined ? {} : { title: name.title }),
    ...(name.serialNumber === undefined ? {} : { serial: name.serialNumber }),
    certificate: new Uint8Array(certificate), // the reader's own: what is kept between validations is nobody's to change
  };
}
