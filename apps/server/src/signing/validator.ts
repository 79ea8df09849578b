import { X509Certificate } from "node:crypto";
import { nodePort } from "@lontar/pades/node";
import { examine, judge, levelOf } from "@lontar/pades/validate";
import type { Validate } from "./ports.ts";

/** Our own PAdES validator in this process. A file it cannot even read has not passed. */
export const openValidator = (): Validate => async (pdf, { trust, at }) => {
  try {
    const options = { trust, at: new Date(at), port: nodePort };
    const facts = await examine(pdf, options);
    const report = "indication" in facts ? facts : await judge(facts, options);
    const passed = report.indication === "TOTAL-PASSED";
    const reached = passed && !("indication" in facts) ? await levelOf(facts, options) : undefined;
    return {
      passed,
      word: report.indication,
      signers: report.signatures.filter((signature) => signature.kind === "signature").map(({ signer, path = [] }) => ({ name: signer?.name ?? "", serial: serialOf(signer?.certificate), certificate: signer?.certificate ?? new Uint8Array(0), chain: path.slice(1).map((member) => member.certificate) })),
      reached: reached === undefined ? null : { level: reached.level, until: reached.until?.toISOString() ?? null },
    };
  } catch (error) {
    return { passed: false, word: error instanceof Error ? error.message : "unreadable", signers: [], reached: null };
  }
};

// The certificate's own serial number; the report's `serial` is the subject's attribute of that name.
const serialOf = (certificate: Uint8Array | undefined): string => (certificate === undefined ? "" : new X509Certificate(certificate).serialNumber);
