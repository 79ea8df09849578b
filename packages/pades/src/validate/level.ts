import { parseCertificate } from "../x509/certificate.ts";
import type { Facts, SignatureFacts } from "./facts.ts";
import { DEFAULT_POLICY, digestReliableUntil, END_OF_TIME, reliableUntil, type ValidationPolicy } from "./policy.ts";
import type { SignatureReport } from "./report.ts";
import { judge, type JudgeOptions } from "./validate.ts";

/** How much of its own proof a signed document carries (EN 319 142-1 §6). */
export type Level = "B-B" | "B-T" | "B-LT" | "B-LTA";

/** The levels, each of which includes those before it. */
export const LEVELS = ["B-B", "B-T", "B-LT", "B-LTA"] as const satisfies readonly Level[];

/** The level that a document has reached, and until when its newest document time-stamp can be judged without another (level B-LTA alone). */
export type Reached = { readonly level: Level; readonly until?: Date };

/**
 * The level that every signature of a document has reached, by what is believed and not by what is there: a time-stamp that does not
 * hold makes no B-T, validation data that leave a certificate unanswered no B-LT, and a document time-stamp with anything after it
 * no B-LTA. Only what the document itself brings counts. Nothing for a document whose signatures do not pass.
 */
export async function levelOf(facts: Facts, options: JudgeOptions): Promise<Reached | undefined> {
  const { crls: _crls, ocsps: _ocsps, ...alone } = options;
  const usual = await judge(facts, { ...alone, requireRevocation: false });
  const signatures = usual.signatures.filter(({ kind }) => kind === "signature");
  if (usual.indication !== "TOTAL-PASSED" || signatures.length === 0) return undefined;
  if (!signatures.every(({ provenTime }) => provenTime !== undefined)) return { level: "B-B" };
  const strict = await judge(facts, { ...alone, requireRevocation: true });
  if (!strict.signatures.filter(({ kind }) => kind === "signature").every(isAnswered)) return { level: "B-T" };
  const last = usual.signatures.findIndex(({ kind, covers }) => kind === "document_timestamp" && covers?.wholeFile === true);
  const [report, stamp] = [usual.signatures[last], facts.signatures[last]];
  if (report === undefined || stamp === undefined) return { level: "B-LT" };
  return { level: "B-LTA", until: endOf(report, stamp, { ...DEFAULT_POLICY, ...options.policy }) };
}

/** The signature and whatever proves its age passed, with every certificate answered for. */
function isAnswered({ indication, provenTime, timestamps = [] }: SignatureReport): boolean {
  return indication === "TOTAL-PASSED" && provenTime !== undefined && timestamps.every((stamp) => stamp.indication === "TOTAL-PASSED");
}

/** The first end among the certificates of a time-stamp's path and the algorithms that it rests on. */
function endOf({ path = [] }: SignatureReport, { token }: SignatureFacts, { algorithms }: ValidationPolicy): Date {
  const { scheme, hash, certificate } = token?.crypto ?? {};
  const ends = [
    ...path.map((member) => parseCertificate(member.certificate).notAfter),
    scheme === undefined || certificate === undefined ? END_OF_TIME : reliableUntil(scheme, certificate.key, algorithms).until,
    hash === undefined ? END_OF_TIME : digestReliableUntil(hash, algorithms),
  ];
  return ends.reduce((first, end) => (end < first ? end : first));
}
