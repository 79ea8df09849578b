import { byteAt, toHex } from "../bytes.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import { bits, children, content, encoded, expect, Malformed, parts, readElement, smallInteger, TAG, time, type Element } from "../der/read.ts";
import { authorityKeyIdentifier, extensionOf, readExtensions, type Certificate, type Extension } from "./certificate.ts";
import { generalName, normalNameBelow, normalRelativeName, type GeneralName } from "./name.ts";

/** A parsed CRL (RFC 5280 §5). */
export type Crl = {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  readonly issuer: Element;
  readonly signatureAlgorithm: Element;
  readonly signature: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** The entries of each revoked serial number (hexadecimal); an indirect CRL may list several issuers' equal numbers. */
  readonly revoked: ReadonlyMap<string, readonly CrlEntry[]>;
  readonly extensions: readonly Extension[];
  /** cRLNumber, and the number of the base if this is a delta CRL. */
  readonly number: bigint | undefined;
  readonly base: bigint | undefined;
  readonly scope: CrlScope;
  /** Since when expired certificates are kept on the list (X.509 §9.5.2.8), where the issuer says so. */
  readonly keepsExpiredSince: Date | undefined;
  readonly authorityKey: Uint8Array | undefined;
  /** Set when an entry has a critical extension that is not understood: then the whole list may not be used (§5.3). */
  readonly hasUnknownEntries: boolean;
};

/** One revoked certificate. */
export type CrlEntry = {
  readonly revokedAt: Date;
  readonly reason: CrlReason | undefined;
  /** Since when the key must be thought stolen, where the issuer says so (RFC 5280 §5.3.2). */
  readonly invalidSince: Date | undefined;
  /** Whose certificate it is, in an indirect CRL; nothing for the CRL issuer's own. */
  readonly certificateIssuer: readonly GeneralName[] | undefined;
};

/** The reasons of RFC 5280 §5.3.1, by their numbers. Number 7 is not used. */
export const CRL_REASONS = [
  "unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", undefined,
  "removeFromCRL", "privilegeWithdrawn", "aACompromise",
] as const;

/** Why a certificate was revoked. */
export type CrlReason = Exclude<(typeof CRL_REASONS)[number], undefined>;

/** Reads a CRL; throws `Malformed`. */
export function parseCrl(der: Uint8Array): Crl {
  const whole = readElement(der);
  const [tbs, signatureAlgorithm, signature] = parts(whole, "CRL");
  const fields = parts(tbs, "CRL body");
  let at = fields[0]?.tag === TAG.integer ? 1 : 0;
  const inner = expect(fields[at++], TAG.sequence, "CRL algorithm");
  const outer = expect(signatureAlgorithm, TAG.sequence, "CRL algorithm");
  if (toHex(encoded(inner)) !== toHex(encoded(outer))) throw new Malformed("the CRL names two algorithms"); // RFC 5280 §5.1.1.2
  const issuer = expect(fields[at++], TAG.sequence, "CRL issuer");
  const thisUpdate = time(fields[at++], "thisUpdate");
  const isTime = fields[at]?.tag === TAG.utcTime || fields[at]?.tag === TAG.generalizedTime;
  const nextUpdate = isTime ? time(fields[at++], "nextUpdate") : undefined;
  const list = fields[at]?.tag === TAG.sequence ? parts(fields[at++], "revoked certificates") : [];
  const { revoked, hasUnknownEntries } = readEntries(list);
  const extensions = readExtensions(fields.slice(at).find(({ tag }) => tag === 0xa0));
  const kept = extensionOf({ extensions }, EXTENSION_OID.expiredCertsOnCrl);
  return {
    der: encoded(whole),
    tbs: encoded(expect(tbs, TAG.sequence, "CRL body")),
    issuer,
    signatureAlgorithm: outer,
    signature: bits(signature, "CRL signature"),
    thisUpdate,
    nextUpdate,
    revoked,
    extensions,
    number: numberIn(extensions, EXTENSION_OID.crlNumber),
    base: numberIn(extensions, EXTENSION_OID.deltaCrl),
    scope: scopeOf(extensions, issuer),
    keepsExpiredSince: kept === undefined ? undefined : time(kept, "expiredCertsOnCRL"),
    authorityKey: authorityKeyIdentifier({ extensions }),
    hasUnknownEntries,
  };
}

function readEntries(list: readonly Element[]): { readonly revoked: ReadonlyMap<string, readonly CrlEntry[]>; readonly hasUnknownEntries: boolean } {
  const revoked = new Map<string, CrlEntry[]>();
  let certificateIssuer: readonly GeneralName[] | undefined;
  let hasUnknownEntries = false;
  for (const element of list) {
    const [serial, when, extensionList] = parts(element, "revoked certificate");
    const extensions = extensionList === undefined ? [] : readExtensionList(extensionList);
    // RFC 5280 §5.3.3: an entry without the extension belongs to the issuer of the entry before it.
    const named = extensionOf({ extensions }, EXTENSION_OID.certificateIssuer);
    if (named !== undefined) certificateIssuer = parts(named, "certificate issuer").map(generalName);
    hasUnknownEntries ||= extensions.some(({ oid, critical }) => critical && !UNDERSTOOD_IN_ENTRIES.has(oid));
    const reason = extensionOf({ extensions }, EXTENSION_OID.crlReason);
    const invalid = extensionOf({ extensions }, EXTENSION_OID.invalidityDate);
    const key = toHex(content(expect(serial, TAG.integer, "revoked serial number")));
    const entry: CrlEntry = {
      revokedAt: time(when, "revocation date"),
      reason: reason === undefined ? undefined : CRL_REASONS[smallInteger(reason, "reason", TAG.enumerated)],
      invalidSince: invalid === undefined ? undefined : time(invalid, "invalidity date"),
      certificateIssuer,
    };
    const others = revoked.get(key);
    if (others === undefined) revoked.set(key, [entry]);
    else others.push(entry);
  }
  return { revoked, hasUnknownEntries };
}

function readExtensionList(list: Element): Extension[] {
  return readExtensions({ ...list, tag: 0xa0, contentStart: list.start, contentEnd: list.end });
}

/** The CRL in `der`, or nothing if it is not one. */
export function readableCrl(der: Uint8Array): Crl | undefined {
  try {
    return parseCrl(der);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

function numberIn(extensions: readonly Extension[], oid: string): bigint | undefined {
  const extension = extensionOf({ extensions }, oid);
  const digits = extension === undefined ? undefined : toHex(content(expect(extension, TAG.integer, "CRL number")));
  return digits === undefined || digits.length > MAX_NUMBER_DIGITS ? undefined : BigInt(`0x0${digits}`);
}

/** All reasons that a CRL may cover, as bits: ReasonFlags without its unused bit (RFC 5280 §4.2.1.13). */
export const ALL_REASONS = 0b1_1111_1110;

/** The scope of a CRL (RFC 5280 §5.2.5). An absent extension is the widest scope. */
export type CrlScope = {
  /** Canonical names of the distribution point; nothing if the CRL names none. */
  readonly point: readonly PointName[] | undefined;
  readonly onlyUsers: boolean;
  readonly onlyAuthorities: boolean;
  readonly onlyAttributes: boolean;
  readonly reasons: number;
  readonly isIndirect: boolean;
};

/** One name of a distribution point: a general name, or the canonical text of a directory name put together from two parts. */
export type PointName = GeneralName | { readonly kind: "assembled"; readonly normal: string };

/** Reads issuingDistributionPoint. */
function scopeOf(extensions: readonly Extension[], issuer: Element): CrlScope {
  const extension = extensionOf({ extensions }, EXTENSION_OID.issuingDistributionPoint);
  const fields = extension === undefined ? [] : parts(extension, "issuingDistributionPoint");
  const field = (tag: number): Element | undefined => fields.find((each) => each.tag === tag);
  const flag = (tag: number): boolean => byteAt(content(field(tag) ?? NOTHING), 0) > 0;
  const point = field(0xa0);
  const reasons = field(0x83);
  return {
    point: point === undefined ? undefined : pointNames(point, issuer),
    onlyUsers: flag(0x81),
    onlyAuthorities: flag(0x82),
    onlyAttributes: flag(0x85),
    reasons: reasons === undefined ? ALL_REASONS : reasonBits(reasons),
    isIndirect: flag(0x84),
  };
}

/** Where a certificate's revocation is published (RFC 5280 §4.2.1.13). */
export type DistributionPoint = {
  readonly point: readonly PointName[] | undefined;
  readonly reasons: number;
  readonly crlIssuer: readonly GeneralName[] | undefined;
};

/** A certificate's distribution points; for one that names none, its issuer's complete CRL (§6.3.3, last step). */
export function distributionPoints(certificate: Certificate): readonly DistributionPoint[] {
  const extension = extensionOf(certificate, EXTENSION_OID.crlDistributionPoints);
  if (extension === undefined) return [];
  return parts(extension, "cRLDistributionPoints").slice(0, MAX_POINTS).map((each) => {
    const fields = parts(each, "distribution point");
    const [point, reasons, issuer] = [0xa0, 0x81, 0xa2].map((tag) => fields.find((field) => field.tag === tag));
    const crlIssuer = issuer === undefined ? undefined : children(issuer).map(generalName);
    const directory = crlIssuer?.find((name) => name.kind === "directoryName");
    const base = directory?.kind === "directoryName" ? directory.name : certificate.issuer;
    return { point: point === undefined ? undefined : pointNames(point, base), reasons: reasons === undefined ? ALL_REASONS : reasonBits(reasons), crlIssuer };
  });
}

function pointNames(wrapper: Element, issuer: Element): readonly PointName[] {
  const [choice] = children(wrapper);
  if (choice?.tag === 0xa0) return children(choice).map(generalName);
  if (choice?.tag === 0xa1) return [{ kind: "assembled", normal: normalNameBelow(issuer, normalRelativeName(children(choice))) }];
  throw new Malformed("a distribution point has no name");
}

/** Bit n of ReasonFlags as the n-th bit of a number; bit 0 is unused. */
function reasonBits(element: Element): number {
  const bytes = bits({ ...element, tag: TAG.bitString }, "reasons", true);
  let found = 0;
  for (let bit = 1; bit <= 8; bit++) if (((bytes[bit >> 3] ?? 0) & (0x80 >> (bit & 7))) !== 0) found |= 1 << bit;
  return found;
}

const MAX_POINTS = 50;
/** RFC 5280 §5.2.3: up to 20 octets. */
const MAX_NUMBER_DIGITS = 40;
const NOTHING: Element = { tag: 0, source: new Uint8Array(0), start: 0, contentStart: 0, contentEnd: 0, end: 0 };
const UNDERSTOOD_IN_ENTRIES: ReadonlySet<string> = new Set([EXTENSION_OID.crlReason, EXTENSION_OID.certificateIssuer, EXTENSION_OID.invalidityDate]);
