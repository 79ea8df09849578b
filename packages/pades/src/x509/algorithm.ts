import { byteAt, sameBytes } from "../bytes.ts";
import { ALGORITHM_OID, REFUSED_ALGORITHMS } from "../der/oid.ts";
import { bits, children, content, encoded, Malformed, objectIdentifier, parts, readElement, smallInteger, TAG, type Element } from "../der/read.ts";
import type { CurveName, HashName, VerifyScheme } from "../port.ts";

/** What a public key is, as far as judging it goes. */
export type KeyKind =
  | { readonly kind: "ec"; readonly curve: CurveName }
  | { readonly kind: "rsa"; readonly bits: number }
  | { readonly kind: "rsa-pss"; readonly bits: number }
  | { readonly kind: "ed25519" }
  | { readonly kind: "unknown"; readonly oid: string };

/** What to call an algorithm that is not validated here: its name if it has one, its identifier otherwise. */
export function algorithmName(algorithm: Element | undefined, key: KeyKind): string {
  const signature = objectIdentifier(parts(algorithm, "algorithm")[0], "algorithm");
  const unknown = key.kind === "unknown" ? key.oid : signature;
  return REFUSED_ALGORITHMS.get(unknown) ?? REFUSED_ALGORITHMS.get(signature) ?? unknown;
}

/** Reads a SubjectPublicKeyInfo (RFC 5280 §4.1.2.7). */
export function keyKind(spki: Element): KeyKind {
  const [algorithm, key] = parts(spki, "public key");
  const [oidElement, parameters] = parts(algorithm, "public key algorithm");
  const oid = objectIdentifier(oidElement, "public key algorithm");
  switch (oid) {
    case ALGORITHM_OID.ecKey: {
      const name = objectIdentifier(parameters, "curve");
      const curve = CURVES.get(name);
      return curve === undefined ? { kind: "unknown", oid: name } : { kind: "ec", curve };
    }
    case ALGORITHM_OID.rsa:
      return { kind: "rsa", bits: modulusBits(bits(key, "RSA key")) };
    case ALGORITHM_OID.rsaPss:
      return { kind: "rsa-pss", bits: modulusBits(bits(key, "RSA key")) };
    case ALGORITHM_OID.ed25519:
      return { kind: "ed25519" };
    default:
      return { kind: "unknown", oid };
  }
}

function modulusBits(key: Uint8Array): number {
  const [modulus] = parts(readElement(key), "RSA key");
  if (modulus?.tag !== TAG.integer) throw new Malformed("RSA modulus is missing");
  const bytes = content(modulus);
  const start = bytes.findIndex((byte) => byte !== 0);
  return start < 0 ? 0 : (bytes.length - start) * 8 - Math.clz32(byteAt(bytes, start)) + 24;
}

/** The digest an AlgorithmIdentifier names, or nothing for one we do not compute. */
export function hashOf(algorithm: Element | undefined): HashName | undefined {
  return HASHES.get(objectIdentifier(parts(algorithm, "digest algorithm")[0], "digest algorithm"));
}

/**
 * How to verify a signature made with `algorithm` by a key of `key`'s kind; in CMS the digest may be named apart
 * (RFC 5652 §5.3: `rsaEncryption` with the digest in `digestAlgorithm`). Nothing when the two do not fit or are unknown.
 */
export function verifyScheme(algorithm: Element | undefined, key: KeyKind, cmsHash?: HashName): VerifyScheme | undefined {
  const [oidElement, parameters] = parts(algorithm, "signature algorithm");
  const oid = objectIdentifier(oidElement, "signature algorithm");
  switch (key.kind) {
    case "ec": {
      const hash = ECDSA_HASHES.get(oid) ?? (oid === ALGORITHM_OID.ecKey ? cmsHash : undefined);
      return hash === undefined ? undefined : { kind: "ecdsa", hash, curve: key.curve };
    }
    case "ed25519":
      return oid === ALGORITHM_OID.ed25519 ? { kind: "ed25519" } : undefined;
    case "rsa":
    case "rsa-pss": {
      if (oid === ALGORITHM_OID.rsaPss) return pssScheme(parameters);
      if (key.kind === "rsa-pss") return undefined;
      const hash = RSA_HASHES.get(oid) ?? (oid === ALGORITHM_OID.rsa ? cmsHash : undefined);
      return hash === undefined ? undefined : { kind: "rsa-pkcs1", hash };
    }
    case "unknown":
      return undefined;
    default:
      return key satisfies never;
  }
}

/** RSASSA-PSS-params (RFC 8017 §A.2.3): the mask must use the same digest, and the trailer must be the usual one. */
function pssScheme(parameters: Element | undefined): VerifyScheme | undefined {
  let hash: HashName | undefined = "SHA-1";
  let maskHash: HashName | undefined = "SHA-1";
  let saltLength = 20;
  for (const field of parts(parameters, "PSS parameters")) {
    const [value] = children(field);
    if (field.tag === 0xa0) hash = hashOf(value);
    else if (field.tag === 0xa1) {
      const [mask, maskParameters] = parts(value, "PSS mask");
      maskHash = objectIdentifier(mask, "PSS mask") === ALGORITHM_OID.mgf1 ? hashOf(maskParameters) : undefined;
    } else if (field.tag === 0xa2) saltLength = smallInteger(value, "PSS salt length");
    else if (field.tag !== 0xa3 || smallInteger(value, "PSS trailer") !== 1) return undefined;
  }
  return hash === undefined || hash !== maskHash || saltLength > 512 ? undefined : { kind: "rsa-pss", hash, saltLength };
}

/** Why an algorithm or key is too weak to be accepted as new today (SOG-IS and NIST SP 800-131A agree), or nothing. Old signatures are judged by dates. */
export function weakness(scheme: VerifyScheme, key: KeyKind): string | undefined {
  if (scheme.kind !== "ed25519" && scheme.hash === "SHA-1") return "SHA-1";
  if ((key.kind === "rsa" || key.kind === "rsa-pss") && key.bits < 2048) return `RSA with ${key.bits} bits`;
  return undefined;
}

/** Whether two AlgorithmIdentifiers say the same; absent parameters and NULL are equal (RFC 5754 §2). */
export function sameAlgorithm(one: Element, other: Element): boolean {
  const [oneOid, oneParameters] = parts(one, "algorithm");
  const [otherOid, otherParameters] = parts(other, "algorithm");
  if (oneOid === undefined || otherOid === undefined || !sameBytes(encoded(oneOid), encoded(otherOid))) return false;
  const [left, right] = [oneParameters, otherParameters].map((each) => (each === undefined || each.tag === TAG.null ? EMPTY : encoded(each)));
  return sameBytes(left ?? EMPTY, right ?? EMPTY);
}

const EMPTY = new Uint8Array(0);
const HASHES: ReadonlyMap<string, HashName> = new Map([
  [ALGORITHM_OID.sha1, "SHA-1"], [ALGORITHM_OID.sha256, "SHA-256"], [ALGORITHM_OID.sha384, "SHA-384"], [ALGORITHM_OID.sha512, "SHA-512"],
]);
const CURVES: ReadonlyMap<string, CurveName> = new Map([
  [ALGORITHM_OID.p256, "P-256"], [ALGORITHM_OID.p384, "P-384"], [ALGORITHM_OID.p521, "P-521"],
]);
const ECDSA_HASHES: ReadonlyMap<string, HashName> = new Map([
  [ALGORITHM_OID.ecdsaSha256, "SHA-256"], [ALGORITHM_OID.ecdsaSha384, "SHA-384"], [ALGORITHM_OID.ecdsaSha512, "SHA-512"],
]);
const RSA_HASHES: ReadonlyMap<string, HashName> = new Map([
  [ALGORITHM_OID.sha1Rsa, "SHA-1"], [ALGORITHM_OID.sha256Rsa, "SHA-256"], [ALGORITHM_OID.sha384Rsa, "SHA-384"], [ALGORITHM_OID.sha512Rsa, "SHA-512"],
]);
