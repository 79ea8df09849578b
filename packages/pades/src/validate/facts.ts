import { CMS_OID } from "../der/oid.ts";
import { encoded, Malformed, time, type Element } from "../der/read.ts";
import { sameBytes } from "../bytes.ts";
import { parseSignedData, singleValue, type SignedData } from "../cms/signed-data.ts";
import { timestampInfo } from "../cms/timestamp.ts";
import { dateOf } from "../pdf/fields.ts";
import type { View } from "../pdf/file.ts";
import { nameOf } from "../pdf/value.ts";
import type { Port } from "../port.ts";
import type { Certificate } from "../x509/certificate.ts";
import type { Crl } from "../x509/crl.ts";
import type { OcspResponse } from "../x509/ocsp.ts";
import type { Candidate, Coverage } from "./byte-range.ts";
import { checkCms, type CmsFacts, type CmsProfile } from "./cms-checks.ts";
import type { Existence } from "./existence.ts";
import type { History } from "./history.ts";
import { failed, passed, type Check } from "./report.ts";

/**
 * All that can be said of a document without trust, time or policy: the diagnostic data that a judgement rests on. Gathered
 * once, they can be judged again at another time or under another policy.
 */
export type Facts = {
  readonly final: View;
  readonly signatures: readonly SignatureFacts[];
  readonly history: History | undefined;
  /** Certificates, lists and responses in the document and its signatures, believed by nobody yet. */
  readonly material: { readonly certificates: readonly Certificate[]; readonly crls: readonly Crl[]; readonly ocsps: readonly OcspResponse[] };
  /** A fresh register of where each of them lies in the file. */
  readonly places: () => Existence;
};

/** One signature field that claims to be signed. */
export type SignatureFacts = {
  readonly candidate: Candidate;
  readonly kind: "signature" | "document_timestamp";
  /** Its place in the file: dictionary, ByteRange, padding, its own revision. */
  readonly checks: readonly Check[];
  readonly coverage?: Coverage;
  readonly signed?: View;
  readonly cms?: SignedData;
  /** The cryptography of a signature over the document. */
  readonly crypto?: CmsFacts;
  /** The token, for a document time-stamp. */
  readonly token?: TokenFacts;
  /** What the signature itself claims: `/M`, or the CMS attribute. */
  readonly claimed?: Date;
  /** Time-stamps over the signature value. */
  readonly stamps: readonly TokenFacts[];
};

/** One RFC 3161 token: whether it is sound, over what it should be, and what it asserts. */
export type TokenFacts = { readonly checks: readonly Check[]; readonly der?: Uint8Array; readonly crypto?: CmsFacts; readonly cms?: SignedData; readonly time?: Date };

/** Whether a signature dictionary is a document time-stamp (EN 319 142-1 §5.4.3). */
export function isTimestamp({ dict }: Candidate): boolean {
  return nameOf(dict.entries.get("SubFilter")) === "ETSI.RFC3161" || nameOf(dict.entries.get("Type")) === "DocTimeStamp";
}

/** Reads the CMS of a signature whose coverage is sound, or says why not. */
export function readCms(coverage: Coverage): SignedData | Check {
  try {
    return parseSignedData(coverage.contents.bytes);
  } catch (error) {
    if (error instanceof Malformed) return failed("cms", "FORMAT_FAILURE", error.message);
    throw error;
  }
}

/** What the cryptography of a readable signature comes to. */
export async function cryptoFacts(candidate: Candidate, coverage: Coverage, cms: SignedData, port: Port): Promise<Pick<SignatureFacts, "crypto" | "token" | "claimed" | "stamps">> {
  if (isTimestamp(candidate)) {
    const token = await tokenFacts(cms, coverage.parts, port);
    return { token, stamps: [], ...(token.time === undefined ? {} : { claimed: token.time }) };
  }
  const subFilter = nameOf(candidate.dict.entries.get("SubFilter"));
  const profile = PROFILES.get(subFilter ?? "");
  if (profile === undefined) return { crypto: { checks: [failed("dictionary", "FORMAT_FAILURE", `signatures of the kind ${subFilter ?? "(none)"} are not validated`)] }, stamps: [] };
  const crypto = await checkCms(cms, coverage.parts, profile, port);
  const claimed = dateOf(candidate.dict.entries.get("M")) ?? cmsTime(cms);
  const values = cms.signer.unsignedAttributes.filter(({ oid }) => oid === CMS_OID.signatureTimestamp).flatMap((attribute) => attribute.values);
  const stamps: TokenFacts[] = [];
  for (const value of values.slice(0, MAX_STAMPS)) stamps.push(await stampFacts(value, cms, port));
  return { crypto, stamps, ...(claimed === undefined ? {} : { claimed }) };
}

async function stampFacts(value: Element, { signer }: SignedData, port: Port): Promise<TokenFacts> {
  try {
    return { ...(await tokenFacts(parseSignedData(encoded(value)), [signer.signature], port)), der: encoded(value) };
  } catch (error) {
    if (error instanceof Malformed) return { checks: [failed("timestamp", "FORMAT_FAILURE", error.message)] };
    throw error;
  }
}

/** An RFC 3161 token over `stamped` (RFC 3161 §2.4.2). */
async function tokenFacts(token: SignedData, stamped: readonly Uint8Array[], port: Port): Promise<TokenFacts> {
  const crypto = await checkCms(token, [token.encapsulated ?? new Uint8Array(0)], "timestamp", port);
  try {
    const info = timestampInfo(token);
    const digest = info.hash === undefined ? undefined : await port.digest(info.hash, stamped);
    const isOver = digest !== undefined && sameBytes(digest, info.imprint);
    const imprint = isOver ? passed("timestamp", `existed at ${info.time.toISOString()}`) : failed("timestamp", "HASH_FAILURE", "the time-stamp is over something else");
    return { checks: [...crypto.checks, imprint], crypto: info.hash === undefined ? crypto : { ...crypto, hash: info.hash }, cms: token, time: info.time };
  } catch (error) {
    if (error instanceof Malformed) return { checks: [...crypto.checks, failed("timestamp", "FORMAT_FAILURE", error.message)], crypto, cms: token };
    throw error;
  }
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

const MAX_STAMPS = 10;
const PROFILES: ReadonlyMap<string, CmsProfile> = new Map([["ETSI.CAdES.detached", "pades"], ["adbe.pkcs7.detached", "pkcs7"]]);
