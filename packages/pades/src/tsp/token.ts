import { sameBytes } from "../bytes.ts";
import { certificateBySid, certificateReference, parseSignedData, singleValue, type SignedData } from "../cms/signed-data.ts";
import { timestampInfo, type TimestampInfo } from "../cms/timestamp.ts";
import { CMS_OID, EXTENSION_OID, TIME_STAMPING } from "../der/oid.ts";
import { bits, encoded, Malformed, objectIdentifier, octets, parts, readElement, smallInteger, TAG, text, type Element } from "../der/read.ts";
import type { Port } from "../port.ts";
import { verifyScheme, weakness } from "../x509/algorithm.ts";
import { extendedKeyUsage, keyUsage, parseCertificate, type Certificate } from "../x509/certificate.ts";
import { buildPath } from "../x509/path.ts";
import { BadTimestamp, type TimestampAuthority } from "./authority.ts";
import { encodeRequest, freshNonce, type TimestampRequest } from "./request.ts";

/** A token that was checked: its bytes, what it says, and the certificates it came with, the authority's own first. */
export type Timestamp = { readonly token: Uint8Array; readonly info: TimestampInfo; readonly certificates: readonly Uint8Array[] };

/**
 * Asks `authority` for a time-stamp over data with the SHA-256 digest `imprint`, and checks all of the answer (RFC 3161 §2.2):
 * status, imprint, nonce, policy, the certificate's one purpose, that the token binds that certificate (RFC 5816), the
 * signature, and the path to the authority's anchors if it has any. Throws `BadTimestamp`.
 */
export async function requestTimestamp(authority: TimestampAuthority, imprint: Uint8Array, port: Port): Promise<Timestamp> {
  const request: TimestampRequest = { hash: "SHA-256", imprint, nonce: freshNonce(), policy: authority.policy, certReq: true };
  return checkResponse(await authority.send(encodeRequest(request)), request, { port, trust: authority.trust });
}

/** With what an answer is judged. */
export type ResponseChecks = { readonly port: Port; readonly trust: readonly Uint8Array[] | undefined };

/** The token in a `TimeStampResp`, if it answers `request` and holds. Throws `BadTimestamp`. */
export async function checkResponse(response: Uint8Array, request: TimestampRequest, checks: ResponseChecks): Promise<Timestamp> {
  try {
    const token = grantedToken(response);
    const cms = parseSignedData(token);
    if (cms.length !== token.length) throw new Malformed("bytes follow the token");
    const info = timestampInfo(cms);
    checkAnswer(info, request);
    const certificate = await checkTokenSignature(cms, checks.port);
    await checkTrust(certificate, cms, info, checks);
    const others = cms.certificates.filter((other) => other !== certificate);
    return { token, info, certificates: [certificate, ...others].map(({ der }) => der) };
  } catch (error) {
    if (error instanceof Malformed) throw new BadTimestamp("malformed", `the time-stamp answer cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

/** The token of a granted answer (RFC 3161 §2.4.2: status 0 or 1). A refusal is told with its reason. */
function grantedToken(response: Uint8Array): Uint8Array {
  const whole = readElement(response);
  if (whole.end !== response.length) throw new Malformed("bytes follow the answer");
  const [status, token] = parts(whole, "time-stamp answer");
  const [code, ...reasons] = parts(status, "status");
  const value = smallInteger(code, "status");
  if (value > 1) throw new BadTimestamp("rejected", `the time-stamping authority refused (status ${value})${reasons.map(reasonText).join("")}`);
  if (token === undefined) throw new Malformed("the answer is granted but has no token");
  return encoded(token);
}

function reasonText(reason: Element): string {
  if (reason.tag === TAG.sequence) return `: ${parts(reason, "status text").map(text).join(" ").slice(0, LONGEST_REASON)}`;
  const flags = bits(reason, "failure", true);
  const named = [...FAILURES].filter(([bit]) => ((flags[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0).map(([, name]) => name);
  return named.length === 0 ? "" : ` [${named.join(", ")}]`;
}

function checkAnswer(info: TimestampInfo, request: TimestampRequest): void {
  if (info.hash !== request.hash || !sameBytes(info.imprint, request.imprint)) throw new BadTimestamp("wrong_imprint", "the time-stamp is over something else than what was sent");
  const isSame = request.nonce === undefined ? info.nonce === undefined : info.nonce !== undefined && sameBytes(info.nonce, request.nonce);
  if (!isSame) throw new BadTimestamp("wrong_nonce", "the time-stamp answers another request");
  if (request.policy !== undefined && info.policy !== request.policy) throw new BadTimestamp("wrong_policy", `the time-stamp was made under policy ${info.policy} instead of ${request.policy}`);
}

/** Checks a token's signature and that its certificate may make it; answers that certificate. Throws `BadTimestamp` or `Malformed`. */
export async function checkTokenSignature(cms: SignedData, port: Port): Promise<Certificate> {
  const { signer, encapsulated = new Uint8Array(0) } = cms;
  const certificate = certificateBySid(signer.sid, cms.certificates);
  if (certificate === undefined) throw new BadTimestamp("wrong_certificate", "the authority's certificate did not come with the time-stamp");
  checkPurpose(certificate);
  if (!(await bindsCertificate(cms, certificate, port))) throw new BadTimestamp("wrong_certificate", "the time-stamp does not bind the authority's certificate");
  const type = singleValue(signer.signedAttributes, CMS_OID.contentType);
  const digest = singleValue(signer.signedAttributes, CMS_OID.messageDigest);
  if (signer.signedBytes === undefined || signer.hash === undefined || objectIdentifier(type, "content-type") !== CMS_OID.tstInfo) throw new Malformed("the token is not signed as a time-stamp");
  const isIntact = sameBytes(octets(digest, "message-digest"), await port.digest(signer.hash, [encapsulated]));
  const scheme = verifyScheme(signer.signatureAlgorithm, certificate.key, signer.hash);
  if (scheme === undefined || weakness(scheme, certificate.key) !== undefined) throw new BadTimestamp("bad_signature", "the time-stamp is signed with an algorithm that is not believed");
  const isGenuine = isIntact && (await port.verify({ scheme, spki: certificate.spki, message: signer.signedBytes, signature: signer.signature }));
  if (!isGenuine) throw new BadTimestamp("bad_signature", "the time-stamp's signature is wrong");
  return certificate;
}

/** RFC 3161 §2.3: time-stamping as the only purpose, and that critical; a key usage that allows signatures. */
function checkPurpose(certificate: Certificate): void {
  const purposes = extendedKeyUsage(certificate);
  const isCritical = certificate.extensions.some(({ oid, critical }) => critical && oid === EXTENSION_OID.extendedKeyUsage);
  const usage = keyUsage(certificate);
  const maySign = usage === undefined || usage.has("digitalSignature") || usage.has("nonRepudiation");
  if (purposes?.length !== 1 || purposes[0] !== TIME_STAMPING || !isCritical || !maySign) {
    throw new BadTimestamp("wrong_certificate", "the certificate that made the time-stamp is not one for time-stamping alone");
  }
}

/** ESSCertID (RFC 3161) or ESSCertIDv2 (RFC 5816): the signature names its certificate by digest. SHA-1 alone is not believed. */
async function bindsCertificate(cms: SignedData, certificate: Certificate, port: Port): Promise<boolean> {
  const second = singleValue(cms.signer.signedAttributes, CMS_OID.signingCertificateV2);
  const value = second ?? singleValue(cms.signer.signedAttributes, CMS_OID.signingCertificate);
  if (value === undefined) return false;
  const { hash, digest } = certificateReference(value, second === undefined ? 1 : 2);
  return hash !== undefined && sameBytes(digest, await port.digest(hash, [certificate.der]));
}

async function checkTrust(certificate: Certificate, cms: SignedData, info: TimestampInfo, { port, trust }: ResponseChecks): Promise<void> {
  if (trust === undefined) return;
  const result = await buildPath(certificate, { anchors: trust.map(parseCertificate), candidates: cms.certificates, port }, { at: info.time });
  if ("problem" in result) throw new BadTimestamp("untrusted", `the time-stamping authority is not trusted: ${result.problem.detail}`);
}

/** PKIFailureInfo bits that an authority may answer (RFC 3161 §2.4.2). */
const FAILURES: ReadonlyMap<number, string> = new Map([
  [0, "badAlg"], [2, "badRequest"], [5, "badDataFormat"], [14, "timeNotAvailable"], [15, "unacceptedPolicy"], [16, "unacceptedExtension"],
  [17, "addInfoNotAvailable"], [25, "systemFailure"],
]);
const LONGEST_REASON = 200;
