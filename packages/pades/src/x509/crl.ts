import { toHex } from "../bytes.ts";
import { EXTENSION_OID } from "../der/oid.ts";
import { bits, content, encoded, expect, Malformed, parts, readElement, TAG, time, type Element } from "../der/read.ts";
import { extensionOf, readExtensions, type Extension } from "./certificate.ts";

/** A parsed CRL (RFC 5280 §5). */
export type Crl = {
  readonly tbs: Uint8Array;
  readonly issuer: Element;
  readonly signatureAlgorithm: Element;
  readonly signature: Uint8Array;
  readonly thisUpdate: Date;
  readonly nextUpdate: Date | undefined;
  /** When each revoked serial number (hexadecimal) was revoked. */
  readonly revoked: ReadonlyMap<string, Date>;
  readonly extensions: readonly Extension[];
};

/** Reads a CRL; throws `Malformed`. */
export function parseCrl(der: Uint8Array): Crl {
  const [tbs, signatureAlgorithm, signature] = parts(readElement(der), "CRL");
  const fields = parts(tbs, "CRL body");
  let at = fields[0]?.tag === TAG.integer ? 1 : 0;
  expect(fields[at++], TAG.sequence, "CRL algorithm");
  const issuer = expect(fields[at++], TAG.sequence, "CRL issuer");
  const thisUpdate = time(fields[at++], "thisUpdate");
  const isTime = fields[at]?.tag === TAG.utcTime || fields[at]?.tag === TAG.generalizedTime;
  const nextUpdate = isTime ? time(fields[at++], "nextUpdate") : undefined;
  const list = fields[at]?.tag === TAG.sequence ? parts(fields[at++], "revoked certificates") : [];
  const revoked = new Map<string, Date>();
  for (const entry of list) {
    const [serial, when] = parts(entry, "revoked certificate");
    revoked.set(toHex(content(expect(serial, TAG.integer, "revoked serial number"))), time(when, "revocation date"));
  }
  return {
    tbs: encoded(expect(tbs, TAG.sequence, "CRL body")),
    issuer,
    signatureAlgorithm: expect(signatureAlgorithm, TAG.sequence, "CRL algorithm"),
    signature: bits(signature, "CRL signature"),
    thisUpdate,
    nextUpdate,
    revoked,
    extensions: readExtensions(fields.slice(at).find(({ tag }) => tag === 0xa0)),
  };
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

/**
 * Whether a CRL speaks of every certificate of its issuer: no delta, no critical extension we do not process, no scope
 * narrower than all (RFC 5280 §5.2.5). A partial CRL that lacks a certificate would prove nothing.
 */
export function isCompleteCrl(crl: Crl, forCa: boolean): boolean {
  if (crl.extensions.some(({ oid, critical }) => critical && oid !== EXTENSION_OID.issuingDistributionPoint)) return false;
  const scope = extensionOf(crl, EXTENSION_OID.issuingDistributionPoint);
  return scope === undefined || parts(scope, "issuingDistributionPoint").every(({ tag }) => tag === 0xa0 || tag === (forCa ? 0x82 : 0x81));
}
