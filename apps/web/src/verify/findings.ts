import type { Change, CheckName, Report } from "@lontar/pades/validate";

/** Something that makes a file not valid: a check that failed, or something added that changes what was signed. */
export type Finding = { readonly kind: "check"; readonly name: CheckName; readonly revision: 0 } | { readonly kind: "change"; readonly name: Change["kind"]; readonly revision: number };

/** What is wrong with a file, each thing once: what was added first, because that is what a reader can go and look at. */
export const findingsOf = (report: Report): readonly Finding[] => {
  const changes = report.document.changesAfter.filter((change) => change.kind === "unexplained" || change.kind === "form_filled").map((change): Finding => ({ kind: "change", name: change.kind, revision: change.revision }));
  const failed = report.signatures.flatMap((signature) => signature.checks.filter((check) => check.outcome === "failed").map((check): Finding => ({ kind: "check", name: check.name, revision: 0 })));
  const all = [...changes, ...failed];
  return all.filter((finding, index) => all.findIndex((other) => other.name === finding.name && other.revision === finding.revision) === index);
};
