import { byteAt, concat, sameBytes, toHex } from "../bytes.ts";
import { CMS_OID } from "../der/oid.ts";
import { children, content, encoded, expect, Malformed, objectIdentifier, octets, parts, readElement, smallInteger, TAG, type Element } from "../der/read.ts";
import type { HashName } from "../port.ts";
import { hashOf, sameAlgorithm } from "../x509/algorithm.ts";
import { parseCertificate, subjectKeyIdentifier, type Certificate } from "../x509/certificate.ts";

/** A CMS attribute: its type and its values (RFC 5652 §5.3). */
export type Attribute = { readonly oid: string; readonly values: readonly Element[] };

/** A SignedData with its one SignerInfo, read leniently (BER allowed) but completely. */
export type SignedData = {
  /** Bytes the ContentInfo takes; whatever follows it is not part of it. */
  readonly length: number;
  readonly contentType: string;
  readonly encapsulated: Uint8Array | undefined;
  readonly certificates: readonly Certificate[];
  readonly crls: readonly Uint8Array[];
  /** OCSP responses among the revocation information (RFC 5940), and those Adobe's signatures carry as a signed attribute. */
  readonly ocsps: readonly Uint8Array[];
  readonly signer: SignerInfo;
};

/** The one SignerInfo that PAdES allows. */
export type SignerInfo = {
  readonly sid: Element;
  readonly digestAlgorithm: Element;
  readonly hash: HashName | undefined;
  /** The signed attributes as they are signed: with the SET OF tag (RFC 5652 §5.4). */
  readonly signedBytes: Uint8Array | undefined;
  readonly signedAttributes: readonly Attribute[];
  readonly signatureAlgorithm: Element;
  readonly signature: Uint8Array;
  readonly unsignedAttributes: readonly Attribute[];
};

/** Reads a ContentInfo holding a SignedData from the start of `bytes`. Throws `Malformed`. */
export function parseSignedData(bytes: Uint8Array): SignedData {
  const whole = readElement(bytes);
  const [type, wrapped] = parts(whole, "CMS");
  if (objectIdentifier(type, "CMS type") !== CMS_OID.signedData) throw new Malformed("the CMS is not SignedData");
  const fields = parts(children(expect(wrapped, 0xa0, "CMS content"))[0], "SignedData");
  const [version, digests, encapsulation, ...rest] = fields;
  const digestAlgorithms = parts(digests, "digest algorithms", TAG.set);
  const [contentType, contentWrapper] = parts(encapsulation, "encapsulated content");
  const signerInfos = parts(rest.find(({ tag }) => tag === TAG.set), "signer infos", TAG.set);
  const [first] = signerInfos;
  if (first === undefined || signerInfos.length !== 1) throw new Malformed(`the CMS has ${signerInfos.length} signers instead of one`);
  const signer = parseSignerInfo(first);
  // Neither is signed, so neither may be anything but what follows from the rest (RFC 5652 §5.1).
  const isData = objectIdentifier(contentType, "content type") === CMS_OID.data;
  const hasOtherKinds = optionalChildren(rest.find(({ tag }) => tag === 0xa0)).some(({ tag }) => tag !== TAG.sequence);
  const stated = smallInteger(version, "CMS version");
  // Writers that name the signer by key identifier often forget to raise the version; nothing else may disagree.
  const fits = signer.sid.tag === 0x80 ? stated === 3 || (isData && stated === 1) : stated === (isData ? 1 : 3);
  if (!fits && !(hasOtherKinds && stated <= 5)) throw new Malformed(`the CMS has version ${stated}, which does not fit its contents`);
  if (!digestAlgorithms.some((algorithm) => sameAlgorithm(algorithm, signer.digestAlgorithm))) throw new Malformed("the CMS does not list the signer's digest algorithm");
  return {
    length: whole.end,
    contentType: objectIdentifier(contentType, "content type"),
    encapsulated: contentWrapper === undefined ? undefined : octets(children(contentWrapper)[0], "encapsulated content"),
    certificates: certificatesIn(rest.find(({ tag }) => tag === 0xa0)),
    ...revocationIn(optionalChildren(rest.find(({ tag }) => tag === 0xa1)), signer),
    signer,
  };
}

/**
 * The certificates, every one of which must be readable: they are not signed themselves, so one that is broken was broken
 * by somebody. Other kinds (attribute certificates, tags 0xA0 to 0xA3) are passed over.
 */
function certificatesIn(field: Element | undefined): Certificate[] {
  const found: Certificate[] = [];
  for (const element of optionalChildren(field)) {
    if (element.tag >= 0xa0 && element.tag <= 0xa3) continue;
    found.push(parseCertificate(encoded(expect(element, TAG.sequence, "certificate"))));
    if (found.length > MAX_CERTIFICATES) throw new Malformed("too many certificates");
  }
  return found;
}

/** CRLs and OCSP responses wherever CMS, CAdES and Adobe put them. */
function revocationIn(field: readonly Element[], signer: SignerInfo): Pick<SignedData, "crls" | "ocsps"> {
  const crls = field.filter(({ tag }) => tag === TAG.sequence).map(encoded);
  const ocsps = field.filter(({ tag }) => tag === 0xa1).flatMap((other) => {
    const [type, value] = children(other);
    return value !== undefined && type?.tag === TAG.oid && objectIdentifier(type, "revocation format") === CMS_OID.ocspResponse ? [encoded(value)] : [];
  });
  const archives = [singleValue(signer.signedAttributes, CMS_OID.adobeRevocation), singleValue(signer.unsignedAttributes, CMS_OID.revocationValues)];
  for (const list of archives.flatMap((archive) => (archive?.tag === TAG.sequence ? children(archive) : []))) {
    const values = (list.tag & 0x20) === 0 ? [] : children(list).filter(({ tag }) => tag === TAG.sequence).flatMap(children).map(encoded);
    if (list.tag === 0xa0) crls.push(...values);
    else if (list.tag === 0xa1) ocsps.push(...values);
  }
  return { crls: crls.slice(0, MAX_REVOCATIONS), ocsps: ocsps.slice(0, MAX_REVOCATIONS) };
}

/** The certificate in `der`, or nothing if it is not one. */
export function readableCertificate(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function parseSignerInfo(element: Element): SignerInfo {
  const fields = parts(element, "SignerInfo");
  const [version, sid, digestAlgorithm] = fields;
  if (smallInteger(version, "SignerInfo version") !== (sid?.tag === 0x80 ? 3 : 1)) throw new Malformed("the SignerInfo version does not fit its signer identifier");
  let at = 3;
  const signedAttributes = fields[at]?.tag === 0xa0 ? fields[at++] : undefined;
  const signatureAlgorithm = expect(fields[at++], TAG.sequence, "signature algorithm");
  const signature = octets(fields[at++], "signature value");
  const unsigned = fields.slice(at).find(({ tag }) => tag === 0xa1);
  if (sid === undefined) throw new Malformed("the signer identifier is missing");
  return {
    sid,
    digestAlgorithm: expect(digestAlgorithm, TAG.sequence, "digest algorithm"),
    hash: hashOf(digestAlgorithm),
    signedBytes: signedAttributes === undefined ? undefined : retag(encoded(signedAttributes)),
    signedAttributes: readAttributes(signedAttributes),
    signatureAlgorithm,
    signature,
    unsignedAttributes: readAttributes(unsigned),
  };
}

function retag(attributes: Uint8Array): Uint8Array {
  return concat([Uint8Array.of(TAG.set), attributes.subarray(1)]);
}

function readAttributes(field: Element | undefined): Attribute[] {
  return optionalChildren(field).map((attribute) => {
    const [type, values] = parts(attribute, "attribute");
    return { oid: objectIdentifier(type, "attribute type"), values: parts(values, "attribute values", TAG.set) };
  });
}

function optionalChildren(field: Element | undefined): Element[] {
  return field === undefined ? [] : children(field);
}

/** The single value of a signed attribute that must appear exactly once; nothing if it is absent or repeated. */
export function singleValue(attributes: readonly Attribute[], oid: string): Element | undefined {
  const found = attributes.filter((attribute) => attribute.oid === oid);
  return found.length === 1 && found[0]?.values.length === 1 ? found[0].values[0] : undefined;
}

/** The certificate that the SignerInfo's identifier names (RFC 5652 §5.3). */
export function certificateBySid(sid: Element, certificates: readonly Certificate[]): Certificate | undefined {
  if (sid.tag === 0x80) {
    const identifier = content(sid);
    return certificates.find((certificate) => {
      const own = subjectKeyIdentifier(certificate);
      return own !== undefined && sameBytes(own, identifier);
    });
  }
  const [issuer, serial] = parts(sid, "signer identifier");
  const wanted = toHex(content(expect(serial, TAG.integer, "serial number")));
  // Byte for byte: this name is not signed, and a looser match would let it be changed unnoticed.
  const name = encoded(expect(issuer, TAG.sequence, "issuer"));
  return certificates.find((certificate) => toHex(certificate.serialNumber) === wanted && sameBytes(encoded(certificate.issuer), name));
}

/** One ESSCertID or ESSCertIDv2: a digest of the signing certificate (RFC 5035 §3). */
export type CertificateReference = { readonly hash: HashName | undefined; readonly digest: Uint8Array; readonly issuerSerial: Element | undefined };

/** The first reference in signing-certificate (SHA-1) or signing-certificate-v2 (SHA-256 unless it says otherwise). */
export function certificateReference(value: Element, version: 1 | 2): CertificateReference {
  const [list] = parts(value, "signing-certificate");
  const [first] = parts(list, "certificate references");
  const fields = parts(first, "certificate reference");
  const named = version === 2 && fields[0]?.tag === TAG.sequence ? fields[0] : undefined;
  const at = named === undefined ? 0 : 1;
  return {
    hash: version === 1 ? "SHA-1" : named === undefined ? "SHA-256" : hashOf(named),
    digest: octets(fields[at], "certificate digest"),
    issuerSerial: fields[at + 1],
  };
}

/** Whether the bytes from `from` on are all zero: the only padding that may follow a signature. */
export function isZeroFrom(bytes: Uint8Array, from: number): boolean {
  for (let at = from; at < bytes.length; at++) if (byteAt(bytes, at) !== 0) return false;
  return true;
}

const MAX_CERTIFICATES = 100;
const MAX_REVOCATIONS = 100;
