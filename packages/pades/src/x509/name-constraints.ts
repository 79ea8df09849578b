import { byteAt } from "../bytes.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import { children, Malformed, parts, type Element } from "../der/read.ts";
import { extensionOf, type Certificate } from "./certificate.ts";
import { generalName, isEmptyName, mailAddresses, normalParts, type GeneralName } from "./name.ts";

/** The name spaces that one CA's certificate leaves open to those below it (RFC 5280 §4.2.1.10). */
export type NameConstraints = { readonly permitted: readonly GeneralName[]; readonly excluded: readonly GeneralName[] };

/** The constraints in a certificate, if it has any. Throws `Malformed` for such as RFC 5280 forbids (minimum, maximum). */
export function nameConstraints(certificate: Certificate): NameConstraints | undefined {
  const extension = extensionOf(certificate, EXTENSION_OID.nameConstraints);
  if (extension === undefined) return undefined;
  const fields = parts(extension, "nameConstraints");
  return { permitted: subtrees(fields.find(({ tag }) => tag === 0xa0)), excluded: subtrees(fields.find(({ tag }) => tag === 0xa1)) };
}

function subtrees(field: Element | undefined): GeneralName[] {
  const found = field === undefined ? [] : children(field);
  if (found.length > MAX_NAMES) throw new Malformed("too many name constraints");
  return found.map((subtree) => {
    const [base, ...bounds] = parts(subtree, "name constraint");
    if (base === undefined || bounds.length > 0) throw new Malformed("a name constraint has bounds, which RFC 5280 does not allow");
    return generalName(base);
  });
}

/** All names a certificate claims: its subject, its alternative names, and the addresses old certificates put in the subject. */
export function claimedNames(certificate: Certificate): GeneralName[] {
  const alternative = extensionOf(certificate, EXTENSION_OID.subjectAltName);
  const names: GeneralName[] = isEmptyName(certificate.subject) ? [] : [{ kind: "directoryName", name: certificate.subject }];
  if (alternative === undefined) return [...names, ...mailAddresses(certificate.subject).map((text) => ({ kind: "rfc822Name" as const, text }))];
  const others = parts(alternative, "subjectAltName");
  if (others.length > MAX_NAMES) throw new Malformed("too many alternative names");
  return [...names, ...others.map(generalName)];
}

/**
 * Why `names` break `constraints` (RFC 5280 §6.1.3 (b) and (c)), or nothing. A name of a kind that is constrained but cannot
 * be compared here breaks them: that is what the standard asks of whoever cannot process a constraint.
 */
export function constraintProblem(names: readonly GeneralName[], { permitted, excluded }: NameConstraints): string | undefined {
  for (const name of names) {
    const allowed = permitted.filter(({ kind }) => kind === name.kind);
    if (allowed.length > 0 && !allowed.some((base) => isWithin(name, base))) return `a name of the kind ${name.kind} lies outside what an issuer permits`;
    const barred = excluded.filter(({ kind }) => kind === name.kind);
    if (barred.some((base) => !isComparable(name) || isWithin(name, base))) return `a name of the kind ${name.kind} lies within what an issuer excludes`;
  }
  return undefined;
}

function isComparable({ kind }: GeneralName): boolean {
  return kind === "directoryName" || kind === "rfc822Name" || kind === "dNSName" || kind === "uniformResourceIdentifier" || kind === "iPAddress";
}

function isWithin(name: GeneralName, base: GeneralName): boolean {
  if (name.kind === "directoryName" && base.kind === "directoryName") {
    const [inner, outer] = [normalParts(name.name), normalParts(base.name)];
    return outer.length <= inner.length && outer.every((part, at) => part === inner[at]);
  }
  if (name.kind === "iPAddress" && base.kind === "iPAddress") return isAddressWithin(name.octets, base.octets);
  if (!("text" in name) || !("text" in base)) return false;
  switch (name.kind) {
    case "rfc822Name": return isMailWithin(name.text, base.text);
    case "dNSName": return isHostBelow(name.text, base.text);
    case "uniformResourceIdentifier": return isUriWithin(name.text, base.text);
    default: return name satisfies never;
  }
}

/** "a@b" is one mailbox, "b" all of one host, ".b" all hosts below it. The part before the at sign keeps its case. */
function isMailWithin(address: string, base: string): boolean {
  const at = address.lastIndexOf("@");
  if (at < 0) return false;
  const baseAt = base.lastIndexOf("@");
  const host = address.slice(at + 1).toLowerCase();
  if (baseAt >= 0) return address.slice(0, at) === base.slice(0, baseAt) && host === base.slice(baseAt + 1).toLowerCase();
  return base.startsWith(".") ? host.endsWith(base.toLowerCase()) : host === base.toLowerCase();
}

/** Adding labels to the left keeps a host within; a letter added to a label does not. */
function isHostBelow(host: string, base: string): boolean {
  const [inner, outer] = [host.toLowerCase(), base.toLowerCase().replace(/^\./, "")];
  return outer === "" || inner === outer || inner.endsWith(`.${outer}`);
}

/** Only the host of a URI is constrained; one without a host (an address, a URN) is never within (RFC 5280 §4.2.1.10). */
function isUriWithin(uri: string, base: string): boolean {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([a-z0-9.-]+)(?::\d*)?(?:[/?#]|$)/i.exec(uri)?.[1]?.toLowerCase();
  if (host === undefined || /^[\d.]+$/.test(host)) return false;
  return base.startsWith(".") ? host.endsWith(base.toLowerCase()) : host === base.toLowerCase();
}

/** A constraint is an address and a mask of the same length. */
function isAddressWithin(address: Uint8Array, base: Uint8Array): boolean {
  if (base.length !== address.length * 2) return false;
  return address.every((octet, at) => ((octet ^ byteAt(base, at)) & byteAt(base, at + address.length)) === 0);
}

const MAX_NAMES = 1_000;
