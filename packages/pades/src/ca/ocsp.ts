import { hash, type KeyObject } from "node:crypto";
import { sameBytes, toHex } from "../bytes.ts";
import { OCSP_OID } from "../der/oid.ts";
import { bits, children, content, encoded, expect, Malformed, octets, parts, readElement, TAG, type Element } from "../der/read.ts";
import { der, octetString, oid, sequence, tagged, wholeTime } from "../der/write.ts";
import type { HashName } from "../port.ts";
import { hashOf } from "../x509/algorithm.ts";
import { parseCertificate, readExtensions, type Certificate } from "../x509/certificate.ts";
import { extension, signedStructure } from "./certificate.ts";
import { REASONS, type Revocation } from "./crl.ts";

/** What a responder is made of. */
export type OcspResponderOptions = {
  /** The CA whose certificates are asked about. */
  readonly issuer: Uint8Array;
  /** A certificate of the profile "ocsp" from that CA (RFC 6960 §4.2.2.2), so that the issuing key itself can stay in its safe. */
  readonly certificate: Uint8Array;
  readonly privateKey: KeyObject;
  /** What the CA knows of a serial number: that it was issued and stands, that it was revoked, or nothing at all. */
  readonly statusOf: (serialNumber: Uint8Array) => Promise<CertificateStatus>;
  /** How long an answer may be relied on. */
  readonly validForMs: number;
};

/** What a CA knows of one of its certificates. */
export type CertificateStatus = "good" | "unknown" | Omit<Revocation, "serialNumber">;

/** An OCSP responder: answers a DER `OCSPRequest` with a DER `OCSPResponse`, at the time that the caller's clock shows. */
export type OcspResponder = { readonly respond: (request: Uint8Array, at: Date) => Promise<Uint8Array> };

/** The embedded CA's OCSP responder (RFC 6960), with a delegated certificate. */
export function createOcspResponder(options: OcspResponderOptions): OcspResponder {
  const issuer = parseCertificate(options.issuer);
  const responder = parseCertificate(options.certificate);
  return {
    respond: async (bytes, at) => {
      const request = readRequest(bytes);
      if (request === undefined) return failure(MALFORMED_REQUEST);
      // RFC 6960 §4.2.1: an answer about another issuer's certificates would be nobody's word.
      if (!request.ids.every((id) => isAbout(id, issuer))) return failure(UNAUTHORIZED);
      return answer(request, at, { ...options, responder });
    },
  };
}

/** What a request asks (RFC 6960 §4.1.1). */
export type OcspRequest = { readonly ids: readonly CertificateId[]; readonly nonce: Uint8Array | undefined };

/** One CertID: the issuer by the digests of its name and key, and the serial number. `der` is sent back as it came. */
export type CertificateId = {
  readonly der: Uint8Array;
  readonly hash: HashName;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: Uint8Array;
};

/** Reads an `OCSPRequest`; a signature on it is not looked at. Throws `Malformed`. */
export function parseOcspRequest(bytes: Uint8Array): OcspRequest {
  const whole = readElement(bytes);
  if (whole.end !== bytes.length) throw new Malformed("bytes follow the request");
  const fields = parts(parts(whole, "OCSP request")[0], "OCSP request body");
  const list = parts(fields.find(({ tag }) => tag === TAG.sequence), "OCSP request list");
  if (list.length === 0 || list.length > MOST_QUESTIONS) throw new Malformed(`${list.length} questions in one request`);
  const extensions = readExtensions(fields.find(({ tag }) => tag === 0xa2));
  if (extensions.some(({ critical, oid: type }) => critical && type !== OCSP_OID.nonce)) throw new Malformed("the request has a critical extension");
  const nonce = extensions.find(({ oid: type }) => type === OCSP_OID.nonce)?.value;
  if (nonce !== undefined && nonce.length > LONGEST_NONCE) throw new Malformed("the nonce is too long"); // RFC 8954 §2.1: 32 octets
  return { ids: list.map((each) => certificateId(parts(each, "OCSP question")[0])), nonce };
}

function certificateId(element: Element | undefined): CertificateId {
  const [algorithm, name, key, serial] = parts(element, "certificate identifier");
  const digest = hashOf(algorithm);
  if (element === undefined || digest === undefined) throw new Malformed("the digest of the request is not known");
  return {
    der: encoded(element),
    hash: digest,
    issuerNameHash: octets(name, "issuer name hash"),
    issuerKeyHash: octets(key, "issuer key hash"),
    serialNumber: content(expect(serial, TAG.integer, "serial number")),
  };
}

function readRequest(bytes: Uint8Array): OcspRequest | undefined {
  try {
    return parseOcspRequest(bytes);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function isAbout(id: CertificateId, issuer: Certificate): boolean {
  const digest = (bytes: Uint8Array): Uint8Array => new Uint8Array(hash(NODE_HASHES[id.hash], bytes, "buffer"));
  return sameBytes(id.issuerNameHash, digest(encoded(issuer.subject))) && sameBytes(id.issuerKeyHash, digest(keyBits(issuer)));
}

type Answering = Omit<OcspResponderOptions, "issuer"> & { readonly responder: Certificate };

async function answer(request: OcspRequest, at: Date, { responder, certificate, privateKey, statusOf, validForMs }: Answering): Promise<Uint8Array> {
  const next = tagged(0, wholeTime(new Date(at.getTime() + validForMs)));
  const answers: Uint8Array[] = [];
  for (const id of request.ids) answers.push(sequence(id.der, statusBytes(await statusOf(id.serialNumber)), wholeTime(at), next));
  const data = sequence(
    // By name (RFC 6960 §4.2.1): some readers look a key hash up among subject key identifiers, which need not be SHA-1.
    tagged(1, encoded(responder.subject)),
    wholeTime(at),
    sequence(...answers),
    ...(request.nonce === undefined ? [] : [tagged(1, sequence(extension(OCSP_OID.nonce, request.nonce)))]),
  );
  const signed = readElement(await signedStructure(data, privateKey));
  const basic = sequence(...children(signed).map(encoded), tagged(0, sequence(certificate)));
  return sequence(der(TAG.enumerated, Uint8Array.of(0)), tagged(0, sequence(oid(OCSP_OID.basic), octetString(basic))));
}

/** `CertStatus`: good [0], revoked [1] with time and reason, unknown [2]. */
function statusBytes(status: CertificateStatus): Uint8Array {
  if (status === "good") return der(0x80);
  if (status === "unknown") return der(0x82);
  const reason = status.reason === "unspecified" ? [] : [tagged(0, der(TAG.enumerated, Uint8Array.of(REASONS[status.reason])))];
  return tagged(1, wholeTime(status.revokedAt), ...reason);
}

/** An `OCSPResponse` without an answer (RFC 6960 §4.2.1). */
function failure(status: number): Uint8Array {
  return sequence(der(TAG.enumerated, Uint8Array.of(status)));
}

/** What a CA that keeps its revocations in a list answers: revoked for those in it, good for every other serial number it issued. */
export function statusFrom(revoked: readonly Revocation[], wasIssued: (serialNumber: Uint8Array) => Promise<boolean>): OcspResponderOptions["statusOf"] {
  const known = new Map(revoked.map((each) => [toHex(each.serialNumber), each]));
  return async (serialNumber) => known.get(toHex(serialNumber)) ?? ((await wasIssued(serialNumber)) ? "good" : "unknown");
}

function keyBits(certificate: Certificate): Uint8Array {
  return bits(parts(readElement(certificate.spki), "public key")[1], "public key");
}

const MALFORMED_REQUEST = 1;
const UNAUTHORIZED = 6;
const MOST_QUESTIONS = 20;
const LONGEST_NONCE = 34; // 32 octets and the head of the octet string around them
const NODE_HASHES: Readonly<Record<HashName, string>> = { "SHA-1": "sha1", "SHA-256": "sha256", "SHA-384": "sha384", "SHA-512": "sha512" };
