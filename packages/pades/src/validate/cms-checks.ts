import { concat, sameBytes } from "../bytes.ts";
import { certificateBySid, certificateReference, singleValue, type SignedData } from "../cms/signed-data.ts";
import { CMS_OID } from "../der/oid.ts";
import { children, content, encoded, Malformed, objectIdentifier, octets } from "../der/read.ts";
import type { HashName, Port, VerifyScheme } from "../port.ts";
import { algorithmName, verifyScheme } from "../x509/algorithm.ts";
import type { Certificate } from "../x509/certificate.ts";
import { failed, passed, undecided, type Check } from "./report.ts";

/**
 * What is known after the cryptography of one CMS was checked: facts, without trust, time or policy. `scheme` and `hash` say
 * with what the signature was made; whether that is still believed is a judgement.
 */
export type CmsFacts = { readonly checks: readonly Check[]; readonly certificate?: Certificate; readonly scheme?: VerifyScheme; readonly hash?: HashName; readonly contentDigest?: Uint8Array };

/** How strictly the signed attributes are read: PAdES (EN 319 142-1 §6.3), a plain PDF signature, or an RFC 3161 token. */
export type CmsProfile = "pades" | "pkcs7" | "timestamp";

/**
 * Checks a SignedData over `covered`: content type, digest, signing certificate, algorithms and the signature value
 * (EN 319 102-1 §5.2.3 to §5.2.7, RFC 5652 §5.4 and §5.6).
 */
export async function checkCms(cms: SignedData, covered: readonly Uint8Array[], profile: CmsProfile, port: Port): Promise<CmsFacts> {
  try {
    return await checkReadable(cms, covered, profile, port);
  } catch (error) {
    if (error instanceof Malformed) return { checks: [failed("cms", "FORMAT_FAILURE", error.message)] };
    throw error;
  }
}

async function checkReadable(cms: SignedData, covered: readonly Uint8Array[], profile: CmsProfile, port: Port): Promise<CmsFacts> {
  const { signer } = cms;
  const certificate = certificateBySid(signer.sid, cms.certificates);
  if (certificate === undefined) return { checks: [undecided("signing_certificate", "NO_SIGNING_CERTIFICATE_FOUND", "the signer's certificate is not in the signature")] };
  const checks: Check[] = [checkShape(cms, profile)];
  const scheme = verifyScheme(signer.signatureAlgorithm, certificate.key, signer.hash);
  if (scheme === undefined || signer.hash === undefined) {
    return { checks: [...checks, undecided("algorithms", "CRYPTO_CONSTRAINTS_FAILURE", `the signature uses ${refusedAlgorithm(cms, certificate)}, which is not validated here`)], certificate };
  }
  if (!keepsProtection(cms)) checks.push(failed("algorithms", "FORMAT_FAILURE", "the algorithms are not those the signer used"));
  const contentDigest = signer.signedBytes === undefined ? undefined : await port.digest(signer.hash, covered);
  checks.push(checkDigest(cms, contentDigest), await checkReference(cms, certificate, profile, port));
  const message = signer.signedBytes ?? concat(covered);
  const isGenuine = await port.verify({ scheme, spki: certificate.spki, message, signature: signer.signature });
  checks.push(isGenuine ? passed("signature_value", "the signature was made with the signer's key") : failed("signature_value", "SIG_CRYPTO_FAILURE", "the signature was not made with the signer's key"));
  return { checks, certificate, scheme, hash: signer.hash, ...(contentDigest === undefined ? {} : { contentDigest }) };
}

function refusedAlgorithm({ signer }: SignedData, certificate: Certificate): string {
  return signer.hash === undefined ? algorithmName(signer.digestAlgorithm, certificate.key) : algorithmName(signer.signatureAlgorithm, certificate.key);
}

function checkShape(cms: SignedData, profile: CmsProfile): Check {
  const expected = profile === "timestamp" ? CMS_OID.tstInfo : CMS_OID.data;
  if (cms.contentType !== expected) return failed("cms", "FORMAT_FAILURE", "the CMS is over another type of content");
  if (profile !== "timestamp" && cms.encapsulated !== undefined) return failed("cms", "FORMAT_FAILURE", "the CMS carries its own content instead of signing the file's");
  const { signedBytes, signedAttributes } = cms.signer;
  if (signedBytes === undefined) {
    return profile === "pkcs7" ? passed("cms", "CMS without signed attributes") : failed("cms", "FORMAT_FAILURE", "the CMS has no signed attributes");
  }
  const type = singleValue(signedAttributes, CMS_OID.contentType);
  if (type === undefined || objectIdentifier(type, "content-type") !== expected) return failed("cms", "FORMAT_FAILURE", "the content-type attribute is missing or wrong");
  const hasTime = signedAttributes.some(({ oid }) => oid === CMS_OID.signingTime);
  return passed("cms", profile === "pades" && hasTime ? "CAdES, though with the signing-time that PAdES leaves out" : "well formed");
}

/** RFC 6211: where the attribute is present, both algorithms must be the ones it names. */
function keepsProtection(cms: SignedData): boolean {
  const { signedAttributes, digestAlgorithm, signatureAlgorithm } = cms.signer;
  const value = singleValue(signedAttributes, CMS_OID.algorithmProtection);
  if (value === undefined) return true;
  const [digest, signature] = children(value);
  if (digest === undefined || signature === undefined || signature.tag !== 0xa1) return false;
  return sameBytes(encoded(digest), encoded(digestAlgorithm)) && sameBytes(content(signature), content(signatureAlgorithm));
}

function checkDigest(cms: SignedData, digest: Uint8Array | undefined): Check {
  if (digest === undefined) return passed("message_digest", "the content itself is signed");
  const value = singleValue(cms.signer.signedAttributes, CMS_OID.messageDigest);
  if (value === undefined) return failed("message_digest", "FORMAT_FAILURE", "the message-digest attribute is missing or repeated");
  return sameBytes(octets(value, "message-digest"), digest)
    ? passed("message_digest", "the signed bytes are unchanged")
    : failed("message_digest", "HASH_FAILURE", "the signed bytes were changed after signing");
}

/** signing-certificate-v2 (RFC 5035), without which another certificate with the same key could be put in the signer's place. */
async function checkReference(cms: SignedData, certificate: Certificate, profile: CmsProfile, port: Port): Promise<Check> {
  const attributes = cms.signer.signedAttributes;
  const second = singleValue(attributes, CMS_OID.signingCertificateV2);
  const first = singleValue(attributes, CMS_OID.signingCertificate);
  const value = second ?? first;
  if (value === undefined) {
    if (profile === "pkcs7") return passed("signing_certificate", "named by issuer and serial number");
    return undecided("signing_certificate", "SIG_CONSTRAINTS_FAILURE", "the signature does not bind its certificate");
  }
  const reference = certificateReference(value, second === undefined ? 1 : 2);
  if (reference.hash === undefined) return undecided("signing_certificate", "CRYPTO_CONSTRAINTS_FAILURE", "the certificate is bound with an unknown digest");
  return sameBytes(reference.digest, await port.digest(reference.hash, [certificate.der]))
    ? passed("signing_certificate", "the signature binds this certificate")
    : failed("signing_certificate", "FORMAT_FAILURE", "the certificate is not the one the signer meant");
}
