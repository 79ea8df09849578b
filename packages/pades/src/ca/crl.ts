import { EXTENSION_OID } from "../der/oid.ts";
import { encoded, TAG } from "../der/read.ts";
import { der, integer, sequence, tagged, timeValue, unsignedInteger } from "../der/write.ts";
import { parseCertificate, subjectKeyIdentifier } from "../x509/certificate.ts";
import { algorithmIdentifier, extension, signedStructure, type CertificateAuthority } from "./certificate.ts";

/** Why a certificate was revoked (RFC 5280 §5.3.1). */
export type RevocationReason = "unspecified" | "keyCompromise" | "affiliationChanged" | "superseded" | "cessationOfOperation";

/** One revoked certificate. */
export type Revocation = { readonly serialNumber: Uint8Array; readonly revokedAt: Date; readonly reason: RevocationReason };

/** The content of a CRL. */
export type CrlRequest = { readonly number: number; readonly thisUpdate: Date; readonly nextUpdate: Date; readonly revoked: readonly Revocation[] };

/** A full CRL (RFC 5280 §5) of everything `issuer` has revoked. */
export async function issueCrl(issuer: CertificateAuthority, request: CrlRequest): Promise<Uint8Array> {
  const parent = parseCertificate(issuer.certificate);
  const identifier = subjectKeyIdentifier(parent);
  const extensions = [
    ...(identifier === undefined ? [] : [extension(EXTENSION_OID.authorityKeyIdentifier, sequence(der(0x80, identifier)))]),
    extension(EXTENSION_OID.crlNumber, integer(request.number)),
  ];
  const tbs = sequence(
    integer(1),
    algorithmIdentifier(issuer.privateKey),
    encoded(parent.subject),
    timeValue(request.thisUpdate),
    timeValue(request.nextUpdate),
    // RFC 5280 §5.1.2.6: an empty list is left out.
    ...(request.revoked.length === 0 ? [] : [sequence(...request.revoked.map(entry))]),
    tagged(0, sequence(...extensions)),
  );
  return signedStructure(tbs, issuer.privateKey);
}

function entry({ serialNumber, revokedAt, reason }: Revocation): Uint8Array {
  // RFC 5280 §5.3.1: "unspecified" is said by saying nothing.
  const reasons = reason === "unspecified" ? [] : [sequence(extension(EXTENSION_OID.crlReason, der(TAG.enumerated, Uint8Array.of(REASONS[reason]))))];
  return sequence(unsignedInteger(serialNumber), timeValue(revokedAt), ...reasons);
}

/** CRLReason numbers (RFC 5280 §5.3.1). */
export const REASONS: Readonly<Record<RevocationReason, number>> = { unspecified: 0, keyCompromise: 1, affiliationChanged: 3, superseded: 4, cessationOfOperation: 5 };
