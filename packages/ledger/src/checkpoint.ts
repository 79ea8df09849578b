import { assert, assertCount } from "./assert.ts";
import { fromBase64, toBase64 } from "./bytes.ts";
import { parseDecimal } from "./decimal.ts";
import { isNoteText } from "./note.ts";
import type { TreeHead } from "./proof.ts";
import { HASH_BYTES } from "./tree.ts";
import type { Verdict } from "./verdict.ts";

/**
 * A tree head as its log states it (c2sp.org/tlog-checkpoint): the text that is signed.
 * Extension lines are kept because a signature covers them; nobody audits them, so write none.
 */
export type Checkpoint = TreeHead & { readonly origin: string; readonly extensions: readonly string[] };

/** Writes the text of a checkpoint, ready to be signed as a note. */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root, extensions } = checkpoint;
  assertCount(size, "size");
  assert(root.length === HASH_BYTES, "a root is 32 bytes");
  const lines = [origin, String(size), toBase64(root), ...extensions];
  const text = lines.map((line) => `${line}\n`).join("");
  assert(lines.every((line) => line !== "" && !line.includes("\n")) && isNoteText(text), "a checkpoint's lines are text, none empty");
  return text;
}

/** Reads the text of a checkpoint, as a note holds it. Believe it only after opening the note. */
export function parseCheckpoint(text: string): Verdict<Checkpoint, "malformed_checkpoint"> {
  if (!isNoteText(text)) return { refused: "malformed_checkpoint" };
  const lines = text.slice(0, -1).split("\n");
  const [origin, count, hash, ...extensions] = lines;
  if (origin === undefined || count === undefined || hash === undefined) return { refused: "malformed_checkpoint" };
  const size = parseDecimal(count);
  const root = fromBase64(hash);
  if (size === undefined || root?.length !== HASH_BYTES || lines.includes("")) return { refused: "malformed_checkpoint" };
  return { value: { origin, size, root, extensions } };
}
