import { byteAt, nameOfBytes, sameBytes } from "../bytes.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import { bits, children, content, encoded, expect, Malformed, objectIdentifier, octets, parts, readElement, smallInteger, TAG, text, time, type Element } from "../der/read.ts";
import { normalName } from "./name.ts";
import { keyKind, type KeyKind } from "./algorithm.ts";

/** An extension as found: its DER value is read by whoever needs it. */
export type Extension = { readonly oid: string; readonly critical: boolean; readonly value: Uint8Array };

/** A parsed X.509 certificate (RFC 5280 §4.1). All byte fields are views of `der`, which nobody may write to. */
export type Certificate = {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly signatureAlgorithm: Element;
  readonly signature: Uint8Array;
  readonly serialNumber: Uint8Array;
  /** Names as encoded; `normalName` compares them. */
  readonly issuer: Element;
  readonly subject: Element;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly spki: Uint8Array;
  readonly key: KeyKind;
  readonly extensions: readonly Extension[];
  /** The extensions that building a path asks for again and again, read once. */
  readonly known: KnownExtensions;
};

type KnownExtensions = {
  readonly constraints: BasicConstraints;
  readonly usage: ReadonlySet<KeyUsage> | undefined;
  readonly purposes: readonly string[] | undefined;
  readonly subjectKey: Uint8Array | undefined;
  readonly authorityKey: Uint8Array | undefined;
};

/**
 * Reads a certificate; throws `Malformed` for anything else, trailing bytes included. An office's letters come with the same
 * few certificates, so the last ones stay read, by all of their bytes: the same bytes give the same, immutable object.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  if (der.length > LONGEST_KEPT) return readCertificate(der);
  const name = nameOfBytes(der);
  const known = kept.get(name);
  if (known !== undefined) return known;
  // A copy: what is kept must neither change with the caller's buffer nor keep a whole document alive.
  const certificate = readCertificate(Uint8Array.from(der));
  if (kept.size >= MAX_KEPT) kept.clear();
  kept.set(name, certificate);
  return certificate;
}

function readCertificate(der: Uint8Array): Certificate {
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
  if (!sameBytes(encoded(outer), encoded(innerAlgorithm))) throw new Malformed("the certificate names two algorithms");
  const extensions = readExtensions(fields.slice(at).find(({ tag }) => tag === 0xa3));
  // Read now, so that a certificate that is broken inside is refused here and cannot stop a path it is merely offered for.
  for (const name of [issuer, subject]) normalName(name);
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
    extensions,
    known: readKnown({ extensions }),
  };
}

function readKnown(holder: { readonly extensions: readonly Extension[] }): KnownExtensions {
  const [usage, purposes, subjectKey] = [EXTENSION_OID.keyUsage, EXTENSION_OID.extendedKeyUsage, EXTENSION_OID.subjectKeyIdentifier].map((oid) => extensionOf(holder, oid));
  return {
    constraints: readBasicConstraints(extensionOf(holder, EXTENSION_OID.basicConstraints)),
    usage: usage === undefined ? undefined : readKeyUsage(usage),
    purposes: purposes === undefined ? undefined : parts(purposes, "extendedKeyUsage").map((purpose) => objectIdentifier(purpose, "purpose")),
    subjectKey: subjectKey === undefined ? undefined : octets(subjectKey, "subjectKeyIdentifier"),
    authorityKey: authorityKeyIdentifier(holder),
  };
}

function readBasicConstraints(extension: Element | undefined): BasicConstraints {
  if (extension === undefined) return { isCa: false };
  const fields = parts(extension, "basicConstraints");
  const flag = fields.find(({ tag }) => tag === TAG.boolean);
  const length = fields.find(({ tag }) => tag === TAG.integer);
  const isCa = flag !== undefined && byteAt(content(flag), 0) !== 0;
  return length === undefined ? { isCa } : { isCa, pathLength: smallInteger(length, "pathLenConstraint") };
}

function readKeyUsage(extension: Element): ReadonlySet<KeyUsage> {
  const bytes = bits(extension, "keyUsage", true);
  return new Set(KEY_USAGES.filter((_, bit) => (byteAt(bytes, bit >> 3) & (0x80 >> (bit & 7))) !== 0 && bit >> 3 < bytes.length));
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
export type BasicConstraints = { readonly isCa: boolean; readonly pathLength?: number };

/** The basic constraints of a certificate. */
export function basicConstraints({ known }: Certificate): BasicConstraints {
  return known.constraints;
}

/** The key usage bits that are set (RFC 5280 §4.2.1.3), or nothing if the extension is absent and so forbids nothing. */
export function keyUsage({ known }: Certificate): ReadonlySet<KeyUsage> | undefined {
  return known.usage;
}

/** The purposes in extendedKeyUsage, or nothing if it is absent. */
export function extendedKeyUsage({ known }: Certificate): readonly string[] | undefined {
  return known.purposes;
}

/** subjectKeyIdentifier, if present. */
export function subjectKeyIdentifier({ known }: Certificate): Uint8Array | undefined {
  return known.subjectKey;
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

/** The bits of keyUsage, in their order (RFC 5280 §4.2.1.3). */
export const KEY_USAGES = [
  "digitalSignature", "nonRepudiation", "keyEncipherment", "dataEncipherment", "keyAgreement", "keyCertSign", "cRLSign", "encipherOnly", "decipherOnly",
] as const;

const kept = new Map<string, Certificate>();
const MAX_KEPT = 512;
const LONGEST_KEPT = 8192;

/** One bit of keyUsage. */
export type KeyUsage = (typeof KEY_USAGES)[number];
