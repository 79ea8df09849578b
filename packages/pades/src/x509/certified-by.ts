import { Malformed } from "../der/read.ts";
import type { Port } from "../port.ts";
import { keyUsage, parseCertificate, type Certificate } from "./certificate.ts";
import { nameAttributes, type NameAttributes } from "./name.ts";
import { buildPath } from "./path.ts";

/** What a certificate says that is not a signature's: whose key, which key, when. */
export type CertifiedKey = { readonly subject: NameAttributes; readonly spki: Uint8Array; readonly serial: string; readonly notBefore: Date; readonly notAfter: Date };

/**
 * The key in `certificate` if `anchor` certified it for signing (RFC 5280 §6, one path, within its validity at some time), or nothing.
 * For signatures that carry no certificates, such as the seal in a QR code. Bytes from outside never throw.
 */
export async function certifiedBy(certificate: Uint8Array, anchor: Uint8Array, port: Port): Promise<CertifiedKey | undefined> {
  try {
    const leaf = parseCertificate(certificate);
    const result = await buildPath(leaf, { anchors: [parseCertificate(anchor)], candidates: [], port }, {});
    return "problem" in result || result.path.length !== 2 || keyUsage(leaf)?.has("digitalSignature") !== true ? undefined : factsOf(leaf);
  } catch (error) {
    if (error instanceof Malformed) return undefined;
    throw error;
  }
}

/** The key of a certificate that is trusted as it is, an anchor; throws for what is no certificate. */
export function certifiedKey(anchor: Uint8Array): CertifiedKey {
  return factsOf(parseCertificate(anchor));
}

function factsOf(certificate: Certificate): CertifiedKey {
  const serial = Array.from(certificate.serialNumber, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { subject: nameAttributes(certificate.subject), spki: certificate.spki, serial, notBefore: certificate.notBefore, notAfter: certificate.notAfter };
}
