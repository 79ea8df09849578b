import { bytesIn, concat, indexOf } from "../bytes.ts";
import { ALGORITHM_OID, CMS_OID } from "../der/oid.ts";
import { der, head, headLength, integer, NULL, octetString, oid, sequence, setOf, tagged } from "../der/write.ts";
import { encoded, TAG } from "../der/read.ts";
import type { HashName } from "../port.ts";
import { parseCertificate, type Certificate } from "../x509/certificate.ts";

/** The signature algorithms this package writes. RSA-PSS and Ed25519 are opt-in: not every reader knows them. */
export type SignatureAlgorithm = "ecdsa-p256-sha256" | "ecdsa-p384-sha384" | "rsa-pkcs1-sha256" | "rsa-pss-sha256" | "ed25519";

/** What of the CMS depends only on the signer: made once, used for every signature. */
export type CmsIdentity = {
  readonly algorithm: SignatureAlgorithm;
  readonly hash: HashName;
  readonly certificate: Certificate;
  /** The signed attributes with a digest of zeros, and where the digest goes: its attribute sorts among the others by what stands before it. */
  readonly attributes: Uint8Array;
  readonly digestAt: number;
  /** SignedData up to the SignerInfo: version, digest algorithms, content type, certificates. */
  readonly opening: Uint8Array;
  /** SignedData's digest algorithms and certificates, for content that is carried along. */
  readonly digestAlgorithms: Uint8Array;
  readonly certificates: Uint8Array;
  /** SignerInfo up to its signed attributes: version, sid, digest algorithm. */
  readonly signerOpening: Uint8Array;
  readonly signatureAlgorithm: Uint8Array;
  /** The longest signature value the key can produce. */
  readonly signatureBytes: number;
};

/** Who signs a CMS, and what kind of content. */
export type CmsSigner = {
  readonly algorithm: SignatureAlgorithm;
  readonly certificate: Uint8Array;
  readonly chain: readonly Uint8Array[];
  /** SHA-256 of the certificate, for signing-certificate-v2. */
  readonly certificateDigest: Uint8Array;
  /** The type of what is signed: id-data unless said otherwise. */
  readonly contentType?: string;
};

/**
 * Prepares the constant parts of a CAdES-BES SignedData (EN 319 122-1, RFC 5652). The digest of Ed25519 is SHA-512, as
 * RFC 8419 demands.
 */
export function cmsIdentity({ algorithm, certificate: certificateDer, chain, certificateDigest, contentType = CMS_OID.data }: CmsSigner): CmsIdentity {
  const certificate = parseCertificate(certificateDer);
  const { hash, digestOid, signature } = ALGORITHMS[algorithm];
  const digestAlgorithm = sequence(oid(digestOid));
  const sid = sequence(encoded(certificate.issuer), der(TAG.integer, certificate.serialNumber));
  const constantAttributes = [
    attribute(CMS_OID.contentType, oid(contentType)),
    // ESSCertIDv2 without hashAlgorithm: SHA-256 is its DER default (RFC 5035 §4).
    attribute(CMS_OID.signingCertificateV2, sequence(sequence(sequence(octetString(certificateDigest))))),
    // RFC 6211: binds both algorithms to the signature.
    attribute(CMS_OID.algorithmProtection, sequence(digestAlgorithm, Uint8Array.of(0xa1, ...signature.subarray(1)))),
  ];
  const digestAlgorithms = setOf([digestAlgorithm]);
  const certificates = setOf([certificateDer, ...chain], 0xa0);
  return {
    algorithm,
    hash,
    certificate,
    ...attributesTemplate(constantAttributes, DIGEST_BYTES[hash]),
    opening: concat([integer(1), digestAlgorithms, sequence(oid(contentType)), certificates]),
    digestAlgorithms,
    certificates,
    signerOpening: concat([integer(1), sid, digestAlgorithm]),
    signatureAlgorithm: signature,
    signatureBytes: signatureBytes(algorithm, certificate),
  };
}

/** The signed attributes over a content digest, as the SET OF that is hashed and signed (RFC 5652 §5.4). No signing-time: PAdES forbids it. */
export function signedAttributes(identity: CmsIdentity, messageDigest: Uint8Array): Uint8Array {
  const attributes = identity.attributes.slice();
  attributes.set(messageDigest, identity.digestAt);
  return attributes;
}

function attributesTemplate(constant: readonly Uint8Array[], digestBytes: number): Pick<CmsIdentity, "attributes" | "digestAt"> {
  const own = sequence(MESSAGE_DIGEST, der(TAG.set, octetString(new Uint8Array(digestBytes))));
  const attributes = setOf([...constant, own]);
  return { attributes, digestAt: indexOf(attributes, own, 0) + own.length - digestBytes };
}

/** The whole ContentInfo around a signature value, in pieces; `timestamp` being a token over that value (signature-time-stamp, EN 319 122-1 §5.3). */
export function contentInfo(identity: CmsIdentity, attributes: Uint8Array, signature: Uint8Array, timestamp?: Uint8Array): readonly Uint8Array[] {
  const unsigned = timestamp === undefined ? [] : [der(0xa1, attribute(CMS_OID.signatureTimestamp, timestamp))];
  return wrapSigner(identity, identity.opening, { attributes, signature, unsigned });
}

/** A ContentInfo that carries the content it signs, as a time-stamp token does (RFC 3161 §2.4.2, RFC 5652 §5.1: version 3). */
export function encapsulatingInfo(identity: CmsIdentity, content: Encapsulated, signed: Signed): Uint8Array {
  const encapsulation = sequence(oid(content.type), tagged(0, octetString(content.bytes)));
  const certificates = content.withCertificates ? identity.certificates : NOTHING;
  const opening = concat([integer(3), identity.digestAlgorithms, encapsulation, certificates]);
  return concat(wrapSigner(identity, opening, { ...signed, unsigned: [] }));
}

/** Content that a CMS carries, and whether the signer's certificates come with it. */
export type Encapsulated = { readonly type: string; readonly bytes: Uint8Array; readonly withCertificates: boolean };

/** Signed attributes and the signature over them. */
export type Signed = { readonly attributes: Uint8Array; readonly signature: Uint8Array };

function wrapSigner(identity: CmsIdentity, opening: Uint8Array, { attributes, signature, unsigned }: Signed & { readonly unsigned: readonly Uint8Array[] }): readonly Uint8Array[] {
  // From the inside out, heads only. Every level as an array of its own would copy the certificates five times.
  const parts = [identity.signerOpening, IMPLICIT_ATTRIBUTES, attributes.subarray(1), identity.signatureAlgorithm, head(TAG.octetString, signature.length), signature, ...unsigned];
  let length = bytesIn(parts);
  const putBefore = (part: Uint8Array): void => {
    parts.unshift(part);
    length += part.length;
  };
  putBefore(head(TAG.sequence, length)); // SignerInfo
  putBefore(head(TAG.set, length)); // signerInfos
  putBefore(opening);
  putBefore(head(TAG.sequence, length)); // SignedData
  putBefore(head(0xa0, length));
  putBefore(SIGNED_DATA);
  putBefore(head(TAG.sequence, length)); // ContentInfo
  return parts;
}

/** The most bytes `contentInfo` can take for this signer and a token of `timestampBytes`: what must be reserved, and not a byte more. */
export function contentInfoBytes(identity: CmsIdentity, timestampBytes = 0): number {
  const signature = headLength(identity.signatureBytes) + identity.signatureBytes;
  const unsigned = timestampBytes === 0 ? 0 : timestampAttributeBytes(timestampBytes);
  const info = identity.signerOpening.length + identity.attributes.length + identity.signatureAlgorithm.length + signature + unsigned;
  const infos = headLength(info) + info;
  const data = identity.opening.length + headLength(infos) + infos;
  const wrapped = headLength(data) + data;
  const whole = SIGNED_DATA.length + headLength(wrapped) + wrapped;
  return headLength(whole) + whole;
}

function timestampAttributeBytes(token: number): number {
  const values = headLength(token) + token;
  const whole = TIMESTAMP_TYPE.length + values;
  const attributeBytes = headLength(whole) + whole;
  return headLength(attributeBytes) + attributeBytes;
}

function attribute(type: string, value: Uint8Array): Uint8Array {
  return sequence(oid(type), setOf([value]));
}

function signatureBytes(algorithm: SignatureAlgorithm, certificate: Certificate): number {
  switch (algorithm) {
    case "ecdsa-p256-sha256":
      return 72;
    case "ecdsa-p384-sha384":
      return 104;
    case "ed25519":
      return 64;
    case "rsa-pkcs1-sha256":
    case "rsa-pss-sha256":
      return certificate.key.kind === "rsa" || certificate.key.kind === "rsa-pss" ? Math.ceil(certificate.key.bits / 8) : 512;
    default:
      return algorithm satisfies never;
  }
}

const IMPLICIT_ATTRIBUTES = Uint8Array.of(0xa0);
const SIGNED_DATA = oid(CMS_OID.signedData);
const NOTHING = new Uint8Array(0);
const TIMESTAMP_TYPE = oid(CMS_OID.signatureTimestamp);
const MESSAGE_DIGEST = oid(CMS_OID.messageDigest);
const DIGEST_BYTES = { "SHA-1": 20, "SHA-256": 32, "SHA-384": 48, "SHA-512": 64 } as const;
const SHA256 = sequence(oid(ALGORITHM_OID.sha256));
const PSS_SHA256 = sequence(
  oid(ALGORITHM_OID.rsaPss),
  sequence(tagged(0, SHA256), tagged(1, sequence(oid(ALGORITHM_OID.mgf1), SHA256)), tagged(2, integer(32))),
);
const ALGORITHMS: Readonly<Record<SignatureAlgorithm, { readonly hash: HashName; readonly digestOid: string; readonly signature: Uint8Array }>> = {
  "ecdsa-p256-sha256": { hash: "SHA-256", digestOid: ALGORITHM_OID.sha256, signature: sequence(oid(ALGORITHM_OID.ecdsaSha256)) },
  "ecdsa-p384-sha384": { hash: "SHA-384", digestOid: ALGORITHM_OID.sha384, signature: sequence(oid(ALGORITHM_OID.ecdsaSha384)) },
  "rsa-pkcs1-sha256": { hash: "SHA-256", digestOid: ALGORITHM_OID.sha256, signature: sequence(oid(ALGORITHM_OID.sha256Rsa), NULL) },
  "rsa-pss-sha256": { hash: "SHA-256", digestOid: ALGORITHM_OID.sha256, signature: PSS_SHA256 },
  ed25519: { hash: "SHA-512", digestOid: ALGORITHM_OID.sha512, signature: sequence(oid(ALGORITHM_OID.ed25519)) },
};
