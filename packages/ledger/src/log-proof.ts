import { assertCount, assert } from "./assert.ts";
import { fromBase64, toBase64 } from "./bytes.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { parseDecimal } from "./decimal.ts";
import { parseNote } from "./note.ts";
import { openNote } from "./opened-note.ts";
import type { NoteRefusal, Scheme } from "./opened-note.ts";
import { checkPolicy, policyKeys } from "./policy.ts";
import type { Endorsement, Policy } from "./policy.ts";
import { checkRecord } from "./proof.ts";
import { HASH_BYTES, recordHash } from "./tree.ts";
import type { Hash } from "./tree.ts";
import type { Verdict } from "./verdict.ts";

/**
 * An offline proof that a record is in a log (c2sp.org/tlog-proof), kept beside the document as `.tlog-proof`.
 * With the policy file it is checked for ever, without asking anybody.
 */
export type LogProof = {
  readonly index: number;
  readonly proof: readonly Hash[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Anything the application wants to travel along. Nothing authenticates it: never believe it. */
  readonly extra: Uint8Array | undefined;
};

/** What a checked proof establishes. */
export type LogEvidence = Endorsement & { readonly index: number; readonly checkpoint: Checkpoint };

/** Why a proof proves nothing. */
export type LogProofRefusal =
  | "malformed_proof"
  | "malformed_checkpoint"
  | NoteRefusal
  | "unknown_log"
  | "no_quorum"
  | "not_in_log";

/** The longest inclusion proof there is: one hash for each level of the largest tree that JavaScript can count. */
export const MAX_PROOF_HASHES = 53;

const HEADER = "c2sp.org/tlog-proof@v1";

/** Writes a proof file. */
export function formatLogProof({ index, proof, checkpoint, extra }: LogProof): string {
  assertCount(index, "index");
  assert(!("refused" in parseNote(checkpoint)), "a proof carries a signed checkpoint");
  const extraLines = extra === undefined ? [] : [`extra ${toBase64(extra)}`];
  return [HEADER, ...extraLines, `index ${index}`, ...proof.map(toBase64), "", checkpoint].join("\n");
}

/** Reads a proof file without believing it. */
export function parseLogProof(file: string): Verdict<LogProof, "malformed_proof"> {
  // The proof's own lines are never empty, so the first empty line is where the checkpoint begins.
  const border = file.indexOf("\n\n");
  const checkpoint = file.slice(border + 2);
  const lines = file.slice(0, Math.max(border, 0)).split("\n", MAX_PROOF_HASHES + 4);
  if (lines.shift() !== HEADER || "refused" in parseNote(checkpoint)) return { refused: "malformed_proof" };

  const extra = lines[0]?.startsWith("extra ") === true ? fromBase64(lines.shift()?.slice("extra ".length) ?? "") : null;
  const indexLine = lines.shift() ?? "";
  const index = indexLine.startsWith("index ") ? parseDecimal(indexLine.slice("index ".length)) : undefined;
  const proof = lines.map(fromBase64).filter((hash) => hash?.length === HASH_BYTES).filter((hash) => hash !== undefined);
  if (extra === undefined || index === undefined) return { refused: "malformed_proof" };
  if (proof.length !== lines.length || proof.length > MAX_PROOF_HASHES) return { refused: "malformed_proof" };
  return { value: { index, proof, checkpoint, extra: extra ?? undefined } };
}

/** Whom to believe, and how signatures are checked. */
export type LogTrust = { readonly policy: Policy; readonly schemes: readonly Scheme[] };

/**
 * Checks a proof file for a record: that a log of the policy signed the checkpoint, that enough witnesses saw it, and
 * that the record is in it. The three are asked in that order, since a tree nobody vouches for proves nothing.
 */
export async function checkLogProof(file: string, record: Uint8Array, trust: LogTrust): Promise<Verdict<LogEvidence, LogProofRefusal>> {
  const parsed = parseLogProof(file);
  if ("refused" in parsed) return parsed;
  const { index, proof } = parsed.value;

  const note = await openNote(parsed.value.checkpoint, { keys: policyKeys(trust.policy), schemes: trust.schemes });
  if ("refused" in note) return note;
  const checkpoint = parseCheckpoint(note.value.text);
  if ("refused" in checkpoint) return checkpoint;
  const endorsement = checkPolicy(trust.policy, note.value, checkpoint.value);
  if ("refused" in endorsement) return endorsement;

  if (!checkRecord({ index, hash: recordHash(record) }, checkpoint.value, proof)) return { refused: "not_in_log" };
  return { value: { ...endorsement.value, index, checkpoint: checkpoint.value } };
}
