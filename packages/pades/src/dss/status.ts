import { parseCertificate } from "../x509/certificate.ts";
import { Collector, type CollectOptions } from "./collect.ts";
import { NoValidationData, type NoValidationDataReason } from "./revocation-source.ts";

/**
 * Whether a certificate stands now: its path leads to an anchor, and every issuer on it has answered that what it issued was not revoked.
 * "good", or why that cannot be said. Nothing is signed and nobody's secret is needed.
 */
export async function certificateStatus(certificate: Uint8Array, options: CollectOptions): Promise<"good" | NoValidationDataReason> {
  try {
    await new Collector({ dict: undefined, references: new Map(), values: { Certs: [], OCSPs: [], CRLs: [] } }, options).evidenceAbout(parseCertificate(certificate));
    return "good";
  } catch (error) {
    if (error instanceof NoValidationData) return error.reason;
    throw error;
  }
}
