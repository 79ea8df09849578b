import { nodePort } from "@lontar/pades/node";
import { validate } from "@lontar/pades/validate";
import type { Validate } from "./ports.ts";

/** Our own PAdES validator in this process. A file it cannot even read has not passed. */
export const openValidator = (): Validate => async (pdf, { trust, at }) => {
  try {
    const report = await validate(pdf, { trust, at: new Date(at), port: nodePort });
    return { passed: report.indication === "TOTAL-PASSED", word: report.indication, signers: report.signatures.map((signature) => ({ name: signature.signer?.name ?? "", serial: signature.signer?.serial ?? "" })) };
  } catch (error) {
    return { passed: false, word: error instanceof Error ? error.message : "unreadable", signers: [] };
  }
};
