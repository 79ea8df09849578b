import { assert, assertCount } from "./assert.ts";
import { fromBase64, toBase64 } from "./bytes.ts";
import { parseDecimal } from "./decimal.ts";
import { parseNote } from "./note.ts";
import { HASH_BYTES } from "./tree.ts";
import type { Hash } from "./tree.ts";
import type { Verdict } from "./verdict.ts";

/**
 * What a log sends to a witness (c2sp.org/tlog-witness, *add-checkpoint*): its newest signed checkpoint, and the proof that
 * the tree which the witness saw last is a prefix of it.
 */
export type AddCheckpoint = {
  readonly oldSize: number;
  readonly proof: readonly Hash[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
};

/** The most lines of proof that a request may carry. */
export const MAX_TREE_PROOF_HASHES = 63;

/** Writes the body of the request. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  assertCount(oldSize, "oldSize");
  assert(proof.length <= MAX_TREE_PROOF_HASHES, "a proof has at most 63 hashes");
  assert(!("refused" in parseNote(checkpoint)), "what is sent is a signed checkpoint");
  return [`old ${oldSize}`, ...proof.map(toBase64), "", checkpoint].join("\n");
}

/** Reads the body of a request without believing it. The bytes are hostile. */
export function parseAddCheckpoint(body: string): Verdict<AddCheckpoint, "malformed_request"> {
  // The lines before the checkpoint are never empty, so the first empty line is where it begins.
  const border = body.indexOf("\n\n");
  const checkpoint = body.slice(border + 2);
  const [oldLine = "", ...lines] = body.slice(0, Math.max(border, 0)).split("\n", MAX_TREE_PROOF_HASHES + 2);
  const oldSize = oldLine.startsWith("old ") ? parseDecimal(oldLine.slice("old ".length)) : undefined;
  const proof = lines.map(fromBase64).filter((hash) => hash !== undefined).filter((hash) => hash.length === HASH_BYTES);
  if (oldSize === undefined || proof.length !== lines.length || proof.length > MAX_TREE_PROOF_HASHES) return { refused: "malformed_request" };
  return "refused" in parseNote(checkpoint) ? { refused: "malformed_request" } : { value: { oldSize, proof, checkpoint } };
}
