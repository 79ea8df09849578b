import { byteAt, toHex } from "../bytes.ts";
import { EXTENSION_OID, NAME_OID } from "../der/oid.ts";
import { bits, children, content, encoded, expect, Malformed, objectIdentifier, octets, parts, readElement, smallInteger, TAG, text, time, type Element } from "../der/read.ts";
import { keyKind, type KeyKind } from "./algorithm.ts";

/** A name's attributes that this package shows; a name may lack any of them. */
export type NameAttributes = {
  readonly commonName?: string;
  readonly organisation?: string;
  readonly unit?: string;
  readonly title?: string;
  readonly serialNumber?: string;
  readonly country?: string;
};

/** An extension as found: its DER value is read by whoever needs it. */
export type Extension = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

/** A parsed X.509 certificate (RFC 5280 §4.1). All byte fields are views of `der`. */
export type Certificate = {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: Element;
  readonly signature: Uint8Array;
  readonly serialNumber: Uint8Array;
  /** Names as encoded, compared byte by byte after `normalName`. */
  readonly issuer: Element;
  readonly subject: Element;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Uint8Array;
  readonly key: KeyKind;
  readonly extensions: readonly Extension[];
};

/** Reads a certificate; throws `Malformed` for anything else, trailing bytes included. */
export function parseCertificate(der: Uint8Array): Certificate {
  const whole = readElement(der);
  if (whole.end !== der.length) throw new Malformed("bytes follow the certificate");
  const [tbs, signatureAlgorithm, signature] = parts(whole, "certificate");
  const fields = parts(tbs, "certificate body");
  let at = fields[0]?.tag === 0xa0 ? 1 : 0;
  const serial = expect(fields[at++], TAG.integer, "serial number");
  const innerAlgorithm = expect(fields[at++], TAG.sequence, "certificate algorithm");
  const issuer = expect(fields[at++], TAG.sequence, "issuer");
  const [notBefore, notAfter] = parts(fields[at++], "validity");
  const subject = expect(fields[at++], TAG.sequence, "subject");
  const spki = expect(fields[at++], TAG.sequence, "public key");
  const outer = expect(signatureAlgorithm, TAG.sequence, "signature algorithm");
  // RFC 5280 §4.1.1.2: both must be the same, or an algorithm could be swapped after signing.
  if (toHex(encoded(outer)) !== toHex(encoded(innerAlgorithm))) throw new Malformed("the certificate names two algorithms");
  return {
    der,
    tbs: encoded(expect(tbs, TAG.sequence, "certificate body")),
    signatureAlgorithm: outer,
    signature: bits(signature, "certificate signature"),
    serialNumber: content(serial),
    issuer,
    subject,
    notBefore: time(notBefore, "notBefore"),
    notAfter: time(notAfter, "notAfter"),
    spki: encoded(spki),
    key: keyKind(spki),
    extensions: readExtensions(fields.slice(at).find(({ tag }) => tag === 0xa3)),
  };
}

/** Reads `Extensions` out of their explicit tag; two of one kind are refused (RFC 5280 §4.2). */
export function readExtensions(wrapper: Element | undefined): Extension[] {
  if (wrapper === undefined) return [];
  const found = parts(children(wrapper)[0], "extensions").map((extension) => {
    const fields = parts(extension, "extension");
    const flag = fields[1]?.tag === TAG.boolean ? fields[1] : undefined;
    return {
      oid: objectIdentifier(fields[0], "extension"),
      critical: flag !== undefined && byteAt(content(flag), 0) !== 0,
      value: octets(fields[flag === undefined ? 1 : 2], "extension"),
    };
  });
  if (new Set(found.map(({ oid }) => oid)).size !== found.length) throw new Malformed("an extension appears twice");
  return found;
}

/** The value of the extension `oid`, if the certificate has it. */
export function extensionOf(holder: { readonly extensions: readonly Extension[] }, oid: string): Element | undefined {
  const found = holder.extensions.find((extension) => extension.oid === oid);
  return found === undefined ? undefined : readElement(found.value);
}

/** basicConstraints (RFC 5280 §4.2.1.9), absent meaning "not a CA". */
export function basicConstraints(certificate: Certificate): { readonly isCa: boolean; readonly pathLength?: number } {
  const extension = extensionOf(certificate, EXTENSION_OID.basicConstraints);
  if (extension === undefined) return { isCa: false };
  const fields = parts(extension, "basicConstraints");
  const flag = fields.find(({ tag }) => tag === TAG.boolean);
  const length = fields.find(({ tag }) => tag === TAG.integer);
  const isCa = flag !== undefined && byteAt(content(flag), 0) !== 0;
  return length === undefined ? { isCa } : { isCa, pathLength: smallInteger(length, "pathLenConstraint") };
}

/** The key usage bits that are set (RFC 5280 §4.2.1.3), or nothing if the extension is absent and so forbids nothing. */
export function keyUsage(certificate: Certificate): ReadonlySet<KeyUsage> | undefined {
  const extension = extensionOf(certificate, EXTENSION_OID.keyUsage);
  if (extension === undefined) return undefined;
  const bytes = bits(extension, "keyUsage", true);
  return new Set(KEY_USAGES.filter((_, bit) => (byteAt(bytes, bit >> 3) & (0x80 >> (bit & 7))) !== 0 && bit >> 3 < bytes.length));
}

/** The purposes in extendedKeyUsage, or nothing if it is absent. */
export function extendedKeyUsage(certificate: Certificate): readonly string[] | undefined {
  const extension = extensionOf(certificate, EXTENSION_OID.extendedKeyUsage);
  return extension === undefined ? undefined : parts(extension, "extendedKeyUsage").map((purpose) => objectIdentifier(purpose, "purpose"));
}

/** subjectKeyIdentifier, if present. */
export function subjectKeyIdentifier(certificate: Certificate): Uint8Array | undefined {
  const extension = extensionOf(certificate, EXTENSION_OID.subjectKeyIdentifier);
  return extension === undefined ? undefined : octets(extension, "subjectKeyIdentifier");
}

/** The keyIdentifier inside authorityKeyIdentifier, if present. */
export function authorityKeyIdentifier(holder: { readonly extensions: readonly Extension[] }): Uint8Array | undefined {
  const extension = extensionOf(holder, EXTENSION_OID.authorityKeyIdentifier);
  const field = extension === undefined ? undefined : parts(extension, "authorityKeyIdentifier").find(({ tag }) => tag === 0x80);
  return field === undefined ? undefined : content(field);
}

/** Where the issuer publishes its CRL: the first http(s) address in cRLDistributionPoints. */
export function crlAddress(certificate: Certificate): string | undefined {
  const extension = extensionOf(certificate, EXTENSION_OID.crlDistributionPoints);
  return extension === undefined ? undefined : findUri(extension);
}

function findUri(element: Element): string | undefined {
  if (element.tag === 0x86) return text(element);
  if ((element.tag & 0x20) === 0) return undefined;
  for (const child of children(element)) {
    const found = findUri(child);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The attributes of a name that are shown to people; the last of several wins, being the most specific. */
export function nameAttributes(name: Element): NameAttributes {
  const found: { -readonly [K in keyof NameAttributes]: NameAttributes[K] } = {};
  for (const [oid, value] of attributeList(name)) {
    const key = SHOWN_ATTRIBUTES.get(oid);
    if (key !== undefined) found[key] = value;
  }
  return found;
}

/** A name in one canonical text, so that encodings that differ only in string type, case or spaces match (RFC 5280 §7.1). */
export function normalName(name: Element): string {
  return attributeList(name).map(([oid, value]) => `${oid}=${value.trim().replaceAll(/\s+/g, " ").toLowerCase()}`).join("\u0000");
}

function attributeList(name: Element): [oid: string, value: string][] {
  return parts(name, "name").flatMap((rdn) =>
    parts(rdn, "relative name", TAG.set).map((attribute): [string, string] => {
      const [type, value] = parts(attribute, "name attribute");
      if (value === undefined) throw new Malformed("a name attribute has no value");
      return [objectIdentifier(type, "name attribute"), text(value)];
    }),
  );
}

/** The bits of keyUsage, in their order (RFC 5280 §4.2.1.3). */
export const KEY_USAGES = [
  "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
] as const;

/** One bit of keyUsage. */
export type KeyUsage = (typeof KEY_USAGES)[number];

const SHOWN_ATTRIBUTES: ReadonlyMap<string, keyof NameAttributes> = new Map([
  [NAME_OID.commonName, "commonName"], [NAME_OID.organisation, "organisation"], [NAME_OID.unit, "unit"], [NAME_OID.title, "title"],
  [NAME_OID.serialNumber, "serialNumber"], [NAME_OID.country, "country"],
]);
