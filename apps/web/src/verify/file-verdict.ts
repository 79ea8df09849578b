import type { Report } from "@lontar/pades/validate";
import type { FileCheck } from "./check-file.ts";

/** One of the three answers. */
export type Mark = "yes" | "no" | "unknown";

/** The word for the whole file. `other`: whole and signed, and not the letter that was scanned. */
export type Kind = "valid" | "invalid" | "revoked" | "expired" | "missing" | "limited" | "doubtful" | "unchecked" | "other";

/** What a citizen is told. */
export type FileVerdict = { readonly kind: Kind; readonly integrity: Mark; readonly identity: Mark; readonly authority: Mark };

// Checks that speak of the bytes; the others speak of the person and his certificate.
const aboutBytes: ReadonlySet<string> = new Set(["dictionary", "byte_range", "revision", "padding", "single_field", "later_changes", "cms", "message_digest", "signature_value"]);

const worst = (report: Report, isMine: (name: string) => boolean): Mark => {
  const outcomes = report.signatures.flatMap((signature) => signature.checks.filter((check) => isMine(check.name)).map((check) => check.outcome));
  return outcomes.includes("failed") ? "no" : outcomes.length === 0 || outcomes.includes("indeterminate") ? "unknown" : "yes";
};

const marks = { ya: "yes", tidak: "no", belum: "unknown" } as const;
const kinds = { sah: "valid", tidak_dikenal: "missing", dicabut: "revoked", digantikan: "revoked", kedaluwarsa: "expired", konsep: "missing", terbatas: "limited", diragukan: "doubtful", palsu: "missing" } as const;

/** The worst finding wins: broken bytes before everything, and no doubt is shown as valid. */
export const verdictOf = ({ report, registered, hasRoots, kept }: Pick<FileCheck, "report" | "registered" | "hasRoots"> & Partial<Pick<FileCheck, "kept">>): FileVerdict => {
  if (report === undefined || report.indication === "NO_SIGNATURE_FOUND") return { kind: report?.document.verdict === "failed" ? "invalid" : "missing", integrity: report?.document.verdict === "failed" ? "no" : "unknown", identity: "unknown", authority: "unknown" };
  const bytes = worst(report, (name) => aboutBytes.has(name));
  const integrity = report.document.verdict === "failed" ? "no" : bytes;
  // Of a file that was changed nobody can say whose it is.
  const identity = integrity === "no" || !hasRoots ? "unknown" : worst(report, (name) => !aboutBytes.has(name) && name !== "revocation" && name !== "timestamp");
  const authority = registered === undefined ? "unknown" : marks[registered.answers.authority];
  if (integrity === "no" || report.indication === "TOTAL-FAILED") return { kind: "invalid", integrity, identity, authority: "unknown" };
  // Without the register a whole, known signature is all that can be said, and that the letter was withdrawn before the list that is kept; whether it is in force now is not.
  if (registered === undefined && report.indication === "TOTAL-PASSED" && integrity === "yes" && identity === "yes") return kept?.withdrawn === true ? { kind: "revoked", integrity, identity, authority: "no" } : { kind: "unchecked", integrity, identity, authority };
  if (registered === undefined || report.indication !== "TOTAL-PASSED") return { kind: "missing", integrity, identity, authority };
  const kind = kinds[registered.state];
  const isWhole = integrity === "yes" && identity === "yes" && authority === "yes";
  return { kind: kind === "valid" && !isWhole ? "missing" : kind, integrity, identity, authority };
};
