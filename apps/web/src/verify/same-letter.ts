import { addressParts, looksLikeSeal, type SealFacts } from "@lontar/seal";
import type { FileCheck } from "./check-file.ts";
import { isCode, normalCode } from "./code.ts";
import type { FileVerdict } from "./file-verdict.ts";

/** The letter that somebody scanned or typed: what its genuine seal says, or nothing but its code. */
export type Meant = (Pick<SealFacts, "code" | "content" | "number" | "date" | "subject"> & { /** Was it withdrawn, by the list that is kept? */ readonly withdrawn: boolean | undefined }) | { readonly code: string };

/** The letter that a plain code or a link without a seal names; undefined when the text is neither. */
export const meantByCode = (text: string): Meant | undefined => {
  const last = addressParts(text)?.last ?? text;
  return !looksLikeSeal(last) && isCode(last) ? { code: normalCode(last) } : undefined;
};

/** How a file stands to the letter that is meant. `changed`: whatever it was, it is no letter as it was issued. */
export type Sameness = "same" | "other" | "changed" | "unknown";

/**
 * Is this file the letter that is meant? The register knows every file of a letter. Without it, a seal names what the pages of its letter hold,
 * and that is found again in the file: not by what the file says of itself, which its signer could write.
 */
export const samenessOf = (meant: Meant, { integrity }: FileVerdict, { content, registered }: Pick<FileCheck, "content" | "registered">): Sameness => {
  if (integrity === "no") return "changed";
  const byContent = "content" in meant && meant.content !== undefined && content !== undefined ? meant.content === content : undefined;
  if (registered !== undefined) return registered.code === meant.code && byContent !== false ? "same" : "other";
  return byContent === undefined ? "unknown" : byContent ? "same" : "other";
};

/** The verdict of a file that was held against a scanned letter: a good one of another letter is the answer to another question. */
export const verdictAgainst = (verdict: FileVerdict, sameness: Sameness | undefined): FileVerdict => (sameness === "other" && verdict.kind !== "invalid" && verdict.kind !== "missing" ? { ...verdict, kind: "other" } : verdict);
