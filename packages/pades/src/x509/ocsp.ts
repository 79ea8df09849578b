import { sameBytes } from "../bytes.ts";
import { EXTENSION_OID, OCSP_OID, OCSP_SIGNING } from "../der/oid.ts";
import { bits, children, content, encoded, expect, Malformed, objectIdentifier, octets, parts, readElement, smallInteger, TAG, time, type Element } from "../der/read.ts";
import type { HashName, Port } from "../port.ts";
import { hashOf } from "./algorithm.ts";
import { extendedKeyUsage, extensionOf, keyUsage, parseCertificate, readExtensions, type Certificate } from "./certificate.ts";
import { CRL_REASONS, type CrlReason } from "./crl.ts";
import { normalName } from "./name.ts";
import type { RevocationAnswer } from "./revocation.ts";
import { isSignedBy, schemeOf } from "./signed-by.ts";

/** A parsed basic OCSP response (RFC 6960 §4.2.1). */
export type OcspResponse = {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: Element;
  readonly signature: Uint8Array;
  /** Who answers: by name, or by the SHA-1 of the key. */
  readonly responder: { readonly name: Element } | { readonly keyHash: Uint8Array };
  readonly producedAt: Date;
  readonly answers: readonly OcspAnswer[];
  readonly certificates: readonly Certificate[];
};

/** What a response says about one certificate. */
export type OcspAnswer = {
  readonly hash: HashName | undefined;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serialNumber: Uint8Array;
  readonly status: { readonly kind: "good" } | { readonly kind: "unknown" } | { readonly kind: "revoked"; readonly at: Date; readonly reason: CrlReason | undefined };
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** How far back the responder remembers expired certificates (RFC 6960 §4.4.4). */
  readonly archiveCutoff: Date | undefined;
  readonly hasUnknownCritical: boolean;
};

/** Reads an OCSPResponse, or the BasicOCSPResponse alone that some documents keep. Throws `Malformed`. */
export function parseOcspResponse(der: Uint8Array): OcspResponse {
  const whole = readElement(der);
  const [first, wrapper] = parts(whole, "OCSP response");
  if (first?.tag !== TAG.enumerated) return parseBasic(whole, encoded(whole));
  if (smallInteger(first, "OCSP status", TAG.enumerated) !== 0) throw new Malformed("the OCSP response is an error");
  const [type, response] = parts(children(expect(wrapper, 0xa0, "OCSP response bytes"))[0], "OCSP response bytes");
  if (objectIdentifier(type, "OCSP response type") !== OCSP_OID.basic) throw new Malformed("the OCSP response is not a basic one");
  return parseBasic(readElement(octets(response, "OCSP response")), encoded(whole));
}

function parseBasic(basic: Element, der: Uint8Array): OcspResponse {
  const [tbs, signatureAlgorithm, signature, certificates] = parts(basic, "basic OCSP response");
  const fields = parts(tbs, "OCSP response data");
  let at = fields[0]?.tag === 0xa0 ? 1 : 0;
  const responder = fields[at++];
  const producedAt = time(fields[at++], "producedAt");
  const answers = parts(fields[at++], "OCSP answers");
  const extensions = readExtensions(fields.slice(at).find(({ tag }) => tag === 0xa1));
  if (answers.length > MAX_ANSWERS) throw new Malformed("too many OCSP answers");
  if (extensions.some(({ critical }) => critical)) throw new Malformed("the OCSP response has a critical extension that is not understood");
  const list = certificates === undefined ? [] : parts(children(expect(certificates, 0xa0, "OCSP certificates"))[0], "OCSP certificates");
  return {
    der,
    tbs: encoded(expect(tbs, TAG.sequence, "OCSP response data")),
    signatureAlgorithm: expect(signatureAlgorithm, TAG.sequence, "OCSP algorithm"),
    signature: bits(signature, "OCSP signature"),
    responder: responderOf(responder),
    producedAt,
    answers: answers.map(answerOf),
    certificates: list.slice(0, MAX_CERTIFICATES).map((each) => parseCertificate(encoded(each))),
  };
}

function responderOf(element: Element | undefined): OcspResponse["responder"] {
  const [inner] = element === undefined ? [] : children(element);
  if (element?.tag === 0xa1 && inner !== undefined) return { name: inner };
  if (element?.tag === 0xa2) return { keyHash: octets(inner, "responder key") };
  throw new Malformed("the OCSP responder is not named");
}

function answerOf(element: Element): OcspAnswer {
  const [id, status, thisUpdate, ...rest] = parts(element, "OCSP answer");
  const [algorithm, nameHash, keyHash, serial] = parts(id, "certificate identifier");
  const next = rest.find(({ tag }) => tag === 0xa0);
  const extensions = readExtensions(rest.find(({ tag }) => tag === 0xa1));
  const cutoff = extensionOf({ extensions }, OCSP_OID.archiveCutoff);
  return {
    hash: hashOf(algorithm),
    issuerNameHash: octets(nameHash, "issuer name hash"),
    issuerKeyHash: octets(keyHash, "issuer key hash"),
    serialNumber: content(expect(serial, TAG.integer, "serial number")),
    status: statusOf(status),
    thisUpdate: time(thisUpdate, "thisUpdate"),
    nextUpdate: next === undefined ? undefined : time(children(next)[0], "nextUpdate"),
    archiveCutoff: cutoff === undefined ? undefined : time(cutoff, "archive cutoff"),
    hasUnknownCritical: extensions.some(({ critical, oid }) => critical && oid !== OCSP_OID.archiveCutoff),
  };
}

function statusOf(element: Element | undefined): OcspAnswer["status"] {
  switch (element?.tag) {
    case 0x80: return { kind: "good" };
    case 0xa1: {
      const [when, reason] = children(element);
      return { kind: "revoked", at: time(when, "revocation time"), reason: reason === undefined ? undefined : CRL_REASONS[smallInteger(children(reason)[0], "reason", TAG.enumerated)] };
    }
    default: return { kind: "unknown" };
  }
}

/** The response in `der`, or nothing if it is not one. */
export function readableOcspResponse(der: Uint8Array): OcspResponse | undefined {
  try {
    return parseOcspResponse(der);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** What OCSP processing needs besides the certificate. */
export type OcspMaterial = {
  readonly responses: readonly OcspResponse[];
  readonly candidates: readonly Certificate[];
  readonly port: Port;
  readonly accepts: (answer: RevocationAnswer) => boolean;
  /** Whether a delegated responder without `id-pkix-ocsp-nocheck` was itself revoked. */
  readonly isResponderRevoked: (responder: Certificate, issuer: Certificate) => Promise<boolean>;
};

/**
 * What the OCSP responses say about `certificate` (RFC 6960 §3.2): the answer must be for it and its issuer, and signed by
 * the issuer's key or by a responder to which the issuer itself gave the purpose OCSPSigning. "unknown" is no answer. The
 * newest answer counts; the caller asks whether it is fresh.
 */
export async function ocspStatus(certificate: Certificate, issuer: Certificate, material: OcspMaterial): Promise<RevocationAnswer | undefined> {
  let newest: RevocationAnswer | undefined;
  for (const response of material.responses) {
    const answer = await answerFor(certificate, issuer, response, material.port);
    if (answer === undefined || answer.status.kind === "unknown") continue;
    if (newest !== undefined && newest.thisUpdate >= answer.thisUpdate) continue;
    const signer = await authorisedSigner(response, issuer, material);
    const scheme = signer === undefined ? undefined : schemeOf(response, signer);
    if (signer === undefined || scheme === undefined) continue;
    const source = {
      source: "ocsp" as const, madeAt: response.producedAt, thisUpdate: answer.thisUpdate, nextUpdate: answer.nextUpdate, der: response.der, signer, scheme,
      speaksOfIt: speaksOf(answer, certificate),
    };
    const found: RevocationAnswer = answer.status.kind === "good" ? { kind: "good", ...source } : { kind: "revoked", revokedAt: answer.status.at, reason: answer.status.reason, invalidSince: undefined, ...source };
    if (material.accepts(found)) newest = found;
  }
  return newest;
}

async function answerFor(certificate: Certificate, issuer: Certificate, { answers }: OcspResponse, port: Port): Promise<OcspAnswer | undefined> {
  for (const answer of answers) {
    if (answer.hash === undefined || !sameBytes(answer.serialNumber, certificate.serialNumber)) continue;
    if (answer.hasUnknownCritical) continue;
    const [name, key] = await Promise.all([port.digest(answer.hash, [encoded(certificate.issuer)]), port.digest(answer.hash, [publicKeyBits(issuer)])]);
    if (sameBytes(name, answer.issuerNameHash) && sameBytes(key, answer.issuerKeyHash)) return answer;
  }
  return undefined;
}

/** A responder may forget certificates that expired, unless it says how far back it answers (RFC 6960 §4.4.4). */
function speaksOf(answer: OcspAnswer, certificate: Certificate): boolean {
  if (answer.thisUpdate <= certificate.notAfter) return true;
  return answer.archiveCutoff !== undefined && answer.archiveCutoff <= certificate.notAfter;
}

/** RFC 6960 §4.2.2.2: the issuer itself, or one it authorised directly. */
async function authorisedSigner(response: OcspResponse, issuer: Certificate, material: OcspMaterial): Promise<Certificate | undefined> {
  if ((await isResponder(issuer, response, material.port)) && (await isSignedBy(response, issuer, material.port))) return issuer;
  for (const delegate of [...response.certificates, ...material.candidates]) {
    if (extendedKeyUsage(delegate)?.includes(OCSP_SIGNING) !== true || keyUsage(delegate)?.has("digitalSignature") === false) continue;
    if (normalName(delegate.issuer) !== normalName(issuer.subject) || !(await isResponder(delegate, response, material.port))) continue;
    if (response.producedAt < delegate.notBefore || response.producedAt > delegate.notAfter) continue;
    if (!(await isSignedBy(delegate, issuer, material.port)) || !(await isSignedBy(response, delegate, material.port))) continue;
    if (extensionOf(delegate, EXTENSION_OID.ocspNoCheck) === undefined && (await material.isResponderRevoked(delegate, issuer))) continue;
    return delegate;
  }
  return undefined;
}

async function isResponder(certificate: Certificate, { responder }: OcspResponse, port: Port): Promise<boolean> {
  if ("name" in responder) return normalName(certificate.subject) === normalName(responder.name);
  return sameBytes(await port.digest("SHA-1", [publicKeyBits(certificate)]), responder.keyHash);
}

function publicKeyBits(certificate: Certificate): Uint8Array {
  return bits(parts(readElement(certificate.spki), "public key")[1], "public key");
}

const MAX_ANSWERS = 1_000;
const MAX_CERTIFICATES = 20;
