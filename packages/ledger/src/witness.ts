import { parseAddCheckpoint } from "./add-checkpoint.ts";
import { equal } from "./bytes.ts";
import { parseCheckpoint } from "./checkpoint.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { parseNote } from "./note.ts";
import { openNote } from "./opened-note.ts";
import type { Scheme } from "./opened-note.ts";
import { checkTree } from "./proof.ts";
import type { TreeHead } from "./proof.ts";
import { emptyRoot } from "./tree.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** What a witness knows of one log: whose signatures it believes, and the largest tree it has cosigned. */
export type WatchedLog = { readonly keys: readonly VerifierKey[]; readonly last: TreeHead | undefined };

/**
 * Why a witness does not cosign, with the HTTP status of c2sp.org/tlog-witness. `conflict` and `not_an_extension` are what a
 * log that rewrites its history gets to hear; `stale` tells a log that merely forgot how far the witness has come.
 */
export type WitnessRefusal =
  | { readonly status: 400; readonly reason: "malformed_request" | "size_shrinks" }
  | { readonly status: 403; readonly reason: "not_signed" }
  | { readonly status: 404; readonly reason: "unknown_log" }
  | { readonly status: 409; readonly reason: "stale" | "conflict"; readonly size: number }
  | { readonly status: 422; readonly reason: "not_an_extension" };

/** A checkpoint that a witness may cosign. It must be stored, whole, before its cosignature is handed out. */
export type WitnessVerdict = { readonly value: { readonly checkpoint: Checkpoint; readonly text: string; readonly note: string } } | { readonly refused: WitnessRefusal; readonly note: string | undefined };

/**
 * Judges an add-checkpoint request against what is known of its log, in the order of the specification: is the log known, did it
 * sign, is this what we saw last, was history only added to. Storing the answer must be one step with this judgement: of two requests
 * at once the slower would otherwise roll the faster back.
 */
export async function judgeCheckpoint(body: string, watched: (origin: string) => WatchedLog | undefined, schemes: readonly Scheme[]): Promise<WitnessVerdict> {
  const request = parseAddCheckpoint(body);
  if ("refused" in request) return { refused: { status: 400, reason: "malformed_request" }, note: undefined };
  const { oldSize, proof, checkpoint: note } = request.value;
  const parsed = parseNote(note);
  const checkpoint = "value" in parsed ? parseCheckpoint(parsed.value.text) : parsed;
  if ("refused" in parsed || "refused" in checkpoint) return { refused: { status: 400, reason: "malformed_request" }, note: undefined };

  const log = watched(checkpoint.value.origin);
  if (log === undefined) return { refused: { status: 404, reason: "unknown_log" }, note: undefined };
  if ("refused" in (await openNote(note, { keys: log.keys, schemes }))) return { refused: { status: 403, reason: "not_signed" }, note: undefined };

  const { size, root } = checkpoint.value;
  const last = log.last ?? { size: 0, root: emptyRoot() };
  if (oldSize > size) return { refused: { status: 400, reason: "size_shrinks" }, note };
  if (oldSize !== last.size) return { refused: { status: 409, reason: "stale", size: last.size }, note };
  if (oldSize === size && !equal(root, last.root)) return { refused: { status: 409, reason: "conflict", size: last.size }, note };
  if (!checkTree(last, { size, root }, proof)) return { refused: { status: 422, reason: "not_an_extension" }, note };
  return { value: { checkpoint: checkpoint.value, text: parsed.value.text, note } };
}
