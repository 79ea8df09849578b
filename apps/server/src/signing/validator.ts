import { X509Certificate } from "node:crypto";
import { nodePort } from "@lontar/pades/node";
import { validate } from "@lontar/pades/validate";
import type { Validate } from "./ports.ts";

/** Our own PAdES validator in this process. A file it cannot even read has not passed. */
export const openValidator = (): Validate => async (pdf, { trust, at }) => {
  try {
    const report = await validate(pdf, { trust, at: new Date(at), port: nodePort });
    return { passed: report.indication === "TOTAL-PASSED", word: report.indication, signers: report.signatures.filter((signature) => signature.kind === "signature").map(({ signer }) => ({ name: signer?.name ?? "", serial: serialOf(signer?.certificate), certificate: signer?.certificate ?? new Uint8Array(0) })) };
  } catch (error) {
    return { passed: false, word: error instanceof Error ? error.message : "unreadable", signers: [] };
  }
};

// The certificate's own serial number; the report's `serial` is the subject's attribute of that name.
const serialOf = (certificate: Uint8Array | undefined): string => (certificate === undefined ? "" : new X509Certificate(certificate).serialNumber);
