import { hash, randomBytes, type KeyObject } from "node:crypto";
import { ALGORITHM_OID, EXTENSION_OID, NAME_OID, OCSP_SIGNING, TIME_STAMPING } from "../der/oid.ts";
import { bits, encoded, parts, readElement, TAG } from "../der/read.ts";
import { bitString, der, integer, NULL, octetString, oid, printableString, sequence, setOf, tagged, timeValue, TRUE, unsignedInteger, utf8String } from "../der/write.ts";
import { fromLatin1 } from "../bytes.ts";
import { nodeSigner } from "../node-signer.ts";
import { KEY_USAGES, parseCertificate, subjectKeyIdentifier, type KeyUsage } from "../x509/certificate.ts";
import { publicKeyInfo } from "./keys.ts";

/** Whom a certificate names. `serialNumber` is an opaque number of the office's own: never a NIK or NIP, for the certificate is public. */
export type SubjectName = {
  readonly commonName: string;
  readonly organisation?: string;
  readonly unit?: string;
  readonly title?: string;
  readonly serialNumber?: string;
  readonly country?: string;
};

/** What a certificate is for. */
export type CertificateProfile = "root" | "issuing" | "person" | "seal" | "timestamp" | "ocsp";

/** A certificate and its key, able to issue others. */
export type CertificateAuthority = { readonly certificate: Uint8Array; readonly privateKey: KeyObject };

/** What is asked of a CA. */
export type CertificateRequest = {
  readonly profile: CertificateProfile;
  readonly subject: SubjectName;
  /** The subject's key, private or public; only its public part is used. */
  readonly key: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  /** Where the CRL of the issuer can be fetched. */
  readonly crlUrl?: string;
  /** Where the issuer's certificate can be fetched. */
  readonly issuerUrl?: string;
  /** Where the issuer's OCSP responder answers. */
  readonly ocspUrl?: string;
  /** Certificate policy object identifiers. */
  readonly policies?: readonly string[];
  /** 20 random octets unless given, for reproducible tests. */
  readonly serial?: Uint8Array;
};

/** A self-signed root over `request.key`, which must be private. Its validity, like all times here, is the caller's. */
export async function issueRoot(request: Omit<CertificateRequest, "profile">): Promise<CertificateAuthority> {
  const root = { ...request, profile: "root" as const };
  const identifier = keyIdentifier(publicKeyInfo(request.key));
  const certificate = await signCertificate(root, { name: nameOf(request.subject), identifier, privateKey: request.key });
  return { certificate, privateKey: request.key };
}

/** A certificate (RFC 5280) for `request`, signed by `issuer`. It may not outlive the issuer: a longer validity is refused with a RangeError. */
export async function issueCertificate(issuer: CertificateAuthority, request: CertificateRequest): Promise<Uint8Array> {
  const parent = parseCertificate(issuer.certificate);
  if (request.notAfter > parent.notAfter || request.notBefore < parent.notBefore) throw new RangeError("a certificate may not outlive its issuer");
  const identifier = subjectKeyIdentifier(parent) ?? keyIdentifier(parent.spki);
  return signCertificate(request, { name: encoded(parent.subject), identifier, privateKey: issuer.privateKey });
}

type Issuer = { readonly name: Uint8Array; readonly identifier: Uint8Array; readonly privateKey: KeyObject };

async function signCertificate(request: CertificateRequest, issuer: Issuer): Promise<Uint8Array> {
  const algorithm = algorithmIdentifier(issuer.privateKey);
  const spki = publicKeyInfo(request.key);
  const tbs = sequence(
    tagged(0, integer(2)),
    unsignedInteger(request.serial ?? randomSerial()),
    algorithm,
    issuer.name,
    sequence(timeValue(request.notBefore), timeValue(request.notAfter)),
    nameOf(request.subject),
    spki,
    tagged(3, sequence(...extensionsOf(request, keyIdentifier(spki), issuer.identifier))),
  );
  return signedStructure(tbs, issuer.privateKey);
}

/** `SEQUENCE { body, algorithm, signature }`, the shape of certificates and CRLs alike. */
export async function signedStructure(tbs: Uint8Array, privateKey: KeyObject): Promise<Uint8Array> {
  const { sign } = nodeSigner({ certificate: tbs, privateKey });
  return sequence(tbs, algorithmIdentifier(privateKey), bitString(await sign({ message: tbs, digest: tbs })));
}

function extensionsOf(request: CertificateRequest, ownIdentifier: Uint8Array, issuerIdentifier: Uint8Array): Uint8Array[] {
  const { isCa, usages } = PROFILES[request.profile];
  // pathLenConstraint 0: an issuing CA certifies people, not further CAs.
  const constraints = request.profile === "issuing" ? sequence(TRUE, integer(0)) : isCa ? sequence(TRUE) : sequence();
  const found = [
    extension(EXTENSION_OID.basicConstraints, constraints, true),
    extension(EXTENSION_OID.keyUsage, keyUsageBits(usages), true),
    extension(EXTENSION_OID.subjectKeyIdentifier, octetString(ownIdentifier)),
  ];
  if (request.profile !== "root") found.push(extension(EXTENSION_OID.authorityKeyIdentifier, sequence(der(0x80, issuerIdentifier))));
  if (request.profile === "timestamp") found.push(extension(EXTENSION_OID.extendedKeyUsage, sequence(oid(TIME_STAMPING)), true));
  // RFC 6960 §4.2.2.2.1: nobody need ask whether the responder itself was revoked; it is short-lived instead.
  if (request.profile === "ocsp") found.push(extension(EXTENSION_OID.extendedKeyUsage, sequence(oid(OCSP_SIGNING))), extension(EXTENSION_OID.ocspNoCheck, NULL));
  if (request.policies !== undefined) found.push(extension(EXTENSION_OID.certificatePolicies, sequence(...request.policies.map((policy) => sequence(oid(policy))))));
  if (request.crlUrl !== undefined) {
    found.push(extension(EXTENSION_OID.crlDistributionPoints, sequence(sequence(tagged(0, tagged(0, der(0x86, fromLatin1(request.crlUrl))))))));
  }
  const access = [
    ...(request.ocspUrl === undefined ? [] : [sequence(oid(OCSP_ACCESS), der(0x86, fromLatin1(request.ocspUrl)))]),
    ...(request.issuerUrl === undefined ? [] : [sequence(oid(CA_ISSUERS), der(0x86, fromLatin1(request.issuerUrl)))]),
  ];
  if (access.length > 0) found.push(extension(EXTENSION_OID.authorityInfoAccess, sequence(...access)));
  return found;
}

/** One `Extension` (RFC 5280 §4.1). */
export function extension(type: string, value: Uint8Array, isCritical = false): Uint8Array {
  return isCritical ? sequence(oid(type), TRUE, octetString(value)) : sequence(oid(type), octetString(value));
}

function keyUsageBits(usages: readonly KeyUsage[]): Uint8Array {
  const set = KEY_USAGES.map((usage, bit) => (usages.includes(usage) ? bit : -1)).filter((bit) => bit >= 0 && bit < 8);
  const octet = set.reduce((value, bit) => value | (0x80 >> bit), 0);
  return bitString(Uint8Array.of(octet), 7 - Math.max(...set));
}

function nameOf(subject: SubjectName): Uint8Array {
  const attributes: readonly (readonly [string, Uint8Array | undefined])[] = [
    [NAME_OID.country, subject.country === undefined ? undefined : printableString(subject.country)],
    [NAME_OID.organisation, optionalText(subject.organisation)],
    [NAME_OID.unit, optionalText(subject.unit)],
    [NAME_OID.title, optionalText(subject.title)],
    [NAME_OID.serialNumber, subject.serialNumber === undefined ? undefined : printableString(subject.serialNumber)],
    [NAME_OID.commonName, optionalText(subject.commonName)],
  ];
  return sequence(...attributes.flatMap(([type, value]) => (value === undefined ? [] : [setOf([sequence(oid(type), value)])])));
}

function optionalText(value: string | undefined): Uint8Array | undefined {
  return value === undefined ? undefined : utf8String(value);
}

/** RFC 5280 §4.2.1.2, method 1 with SHA-256 cut to 160 bits (RFC 7093 §2): an identifier, not a security claim. */
function keyIdentifier(spki: Uint8Array): Uint8Array {
  const [, key] = parts(readElement(spki), "public key");
  return new Uint8Array(hash("sha256", bits(key, "public key"), "buffer").subarray(0, 20));
}

/** Positive and without leading zeros in at most 20 octets (RFC 5280 §4.1.2.2). */
function randomSerial(): Uint8Array {
  const serial = new Uint8Array(randomBytes(20));
  serial[0] = ((serial[0] ?? 0) & 0x7f) | 0x40;
  return serial;
}

/** The AlgorithmIdentifier that goes with signatures of `key`. */
export function algorithmIdentifier(key: KeyObject): Uint8Array {
  const { algorithm } = nodeSigner({ certificate: new Uint8Array(0), privateKey: key });
  switch (algorithm) {
    case "ecdsa-p256-sha256":
      return sequence(oid(ALGORITHM_OID.ecdsaSha256));
    case "ecdsa-p384-sha384":
      return sequence(oid(ALGORITHM_OID.ecdsaSha384));
    case "ed25519":
      return sequence(oid(ALGORITHM_OID.ed25519));
    case "rsa-pkcs1-sha256":
      return sequence(oid(ALGORITHM_OID.sha256Rsa), Uint8Array.of(TAG.null, 0));
    case "rsa-pss-sha256":
      throw new TypeError("the embedded CA does not issue with RSA-PSS keys");
    default:
      return algorithm satisfies never;
  }
}

const OCSP_ACCESS = "1.3.6.1.5.5.7.48.1";
const CA_ISSUERS = "1.3.6.1.5.5.7.48.2";
const PROFILES: Readonly<Record<CertificateProfile, { readonly isCa: boolean; readonly usages: readonly KeyUsage[] }>> = {
  root: { isCa: true, usages: ["keyCertSign", "cRLSign"] },
  issuing: { isCa: true, usages: ["keyCertSign", "cRLSign"] },
  person: { isCa: false, usages: ["digitalSignature", "nonRepudiation"] },
  seal: { isCa: false, usages: ["digitalSignature", "nonRepudiation"] },
  timestamp: { isCa: false, usages: ["digitalSignature"] },
  ocsp: { isCa: false, usages: ["digitalSignature"] },
};
