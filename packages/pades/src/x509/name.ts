import { NAME_OID } from "../der/oid.ts";
import { children, content, encoded, Malformed, objectIdentifier, parts, TAG, text, type Element } from "../der/read.ts";
import { latin1 } from "../bytes.ts";

/** A name's attributes that this package shows; a name may lack any of them. */
export type NameAttributes = {
  readonly commonName?: string;
  readonly organisation?: string;
  readonly unit?: string;
  readonly title?: string;
  readonly serialNumber?: string;
  readonly country?: string;
};

/** The attributes of a name that are shown to people; the last of several wins, being the most specific. */
export function nameAttributes(name: Element): NameAttributes {
  const found: { -readonly [K in keyof NameAttributes]: NameAttributes[K] } = {};
  for (const [oid, value] of relativeNames(name).flat()) {
    const key = SHOWN_ATTRIBUTES.get(oid);
    if (key !== undefined) found[key] = value;
  }
  return found;
}

/**
 * The relative names of a Name, each in one canonical text, so that encodings that differ only in string type, case, spaces
 * or the order within a multi-valued name match (RFC 5280 §7.1).
 */
export function normalParts(name: Element): readonly string[] {
  return relativeNames(name).map((attributes) => attributes.map(([oid, value]) => `${oid}=${normalText(value)}`).toSorted().join(WITHIN));
}

/** The whole name in one canonical text; empty for the empty name. Remembered: an issuer's name is compared many times. */
export function normalName(name: Element): string {
  const known = normalNames.get(name);
  if (known !== undefined) return known;
  const normal = normalParts(name).join(BETWEEN);
  normalNames.set(name, normal);
  return normal;
}

/** The values of a name, for a sentence that people read. */
export function describeName(name: Element): string {
  const known = descriptions.get(name);
  if (known !== undefined) return known;
  const description = relativeNames(name).flat().map(([, value]) => value).join(", ");
  descriptions.set(name, description);
  return description;
}

/** The e-mail addresses that old certificates carry in the subject instead of subjectAltName (RFC 5280 §4.1.2.6). */
export function mailAddresses(name: Element): readonly string[] {
  return relativeNames(name).flat().flatMap(([oid, value]) => (oid === NAME_OID.emailAddress ? [value] : []));
}

/** A GeneralName (RFC 5280 §4.2.1.6). Kinds whose form nobody compares keep only their name. */
export type GeneralName =
  | { readonly kind: "rfc822Name" | "dNSName" | "uniformResourceIdentifier"; readonly text: string }
  | { readonly kind: "directoryName"; readonly name: Element }
  | { readonly kind: "iPAddress"; readonly octets: Uint8Array }
  | { readonly kind: "otherName" | "x400Address" | "ediPartyName" | "registeredID" };

/** Reads one GeneralName. */
export function generalName(element: Element): GeneralName {
  switch (element.tag) {
    case 0x81: return { kind: "rfc822Name", text: latin1(content(element)) };
    case 0x82: return { kind: "dNSName", text: latin1(content(element)) };
    case 0x86: return { kind: "uniformResourceIdentifier", text: latin1(content(element)) };
    case 0x87: return { kind: "iPAddress", octets: content(element) };
    case 0xa4: {
      const [name] = children(element);
      if (name?.tag !== TAG.sequence) throw new Malformed("a directory name is not a name");
      return { kind: "directoryName", name };
    }
    case 0xa0: return { kind: "otherName" };
    case 0xa3: return { kind: "x400Address" };
    case 0xa5: return { kind: "ediPartyName" };
    case 0x88: return { kind: "registeredID" };
    default: throw new Malformed("a general name is of an unknown kind");
  }
}

/** Whether two general names are the same one. Kinds that are not compared differ from everything. */
export function sameGeneralName(one: GeneralName, other: GeneralName): boolean {
  if (one.kind === "directoryName") return other.kind === "directoryName" && normalName(one.name) === normalName(other.name);
  if ("text" in one) return other.kind === one.kind && "text" in other && one.text === other.text;
  return false;
}

/** A RelativeDistinguishedName's canonical text (see `normalParts`), for the distribution points that name only one. */
export function normalRelativeName(attributes: readonly Element[]): string {
  return attributes.map(attributeOf).map(([oid, value]) => `${oid}=${normalText(value)}`).toSorted().join(WITHIN);
}

/** The canonical text of `issuer` with one relative name after it (RFC 5280 §4.2.1.13, nameRelativeToCRLIssuer). */
export function normalNameBelow(issuer: Element, relative: string): string {
  return [...normalParts(issuer), relative].join(BETWEEN);
}

/** Whether the name's encoding is an empty sequence: such a subject is named in subjectAltName alone. */
export function isEmptyName(name: Element): boolean {
  return encoded(name).length === 2;
}

function relativeNames(name: Element): (readonly (readonly [oid: string, value: string])[])[] {
  return parts(name, "name").map((rdn) => parts(rdn, "relative name", TAG.set).map(attributeOf));
}

function attributeOf(attribute: Element): readonly [oid: string, value: string] {
  const [type, value] = parts(attribute, "name attribute");
  if (value === undefined) throw new Malformed("a name attribute has no value");
  return [objectIdentifier(type, "name attribute"), text(value)];
}

function normalText(value: string): string {
  return value.trim().replaceAll(/\s+/g, " ").toLowerCase();
}

const normalNames = new WeakMap<Element, string>();
const descriptions = new WeakMap<Element, string>();
const BETWEEN = "\u0000";
const WITHIN = "\u0001";
const SHOWN_ATTRIBUTES: ReadonlyMap<string, keyof NameAttributes> = new Map([
  [NAME_OID.commonName, "commonName"], [NAME_OID.organisation, "organisation"], [NAME_OID.unit, "unit"], [NAME_OID.title, "title"],
  [NAME_OID.serialNumber, "serialNumber"], [NAME_OID.country, "country"],
]);
