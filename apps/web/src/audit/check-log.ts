import { checkPolicy, checkTree, cosignatureScheme, ed25519Scheme, equal, fewestWitnesses, formatVerifierKey, fromHex, openNote, parseCheckpoint, parsePolicy, policyKeys, proveTree, TILE_WIDTH, tileHashReader, tilePath, toHex, treeRoot, verifiedTiles, webEd25519Verify, type TileReader, type TreeHead } from "@lontar/ledger";
import type { LogFiles } from "../kernel/log-files.ts";
import type { Memory } from "../kernel/memory.ts";
import { isKnownKey } from "../kernel/trail-proof.ts";

/** What failed, in the order of checking. */
export type LogMismatch =
  | "unpublished" // nothing is published yet
  | "policy" // the list of keys cannot be read
  | "key" // the log's key is not the one this browser has known
  | "checkpoint" // the published head is not signed by the log, or a witness's signature is false
  | "quorum" // too few witnesses have cosigned it
  | "tiles" // the published tiles do not make the signed root
  | "history"; // what this browser saw before is not the beginning of what stands there now

/** The browser's own finding about a published log. */
export type LogFinding =
  | { readonly state: "whole"; readonly size: number; readonly witnesses: readonly { readonly name: string; readonly at: string }[]; readonly enough: number; /** How much of it this browser had seen before, and found again. */ readonly before: number | null }
  | { readonly state: "mismatch"; readonly why: LogMismatch };

const headKey = (origin: string): string => `lontar.log-head.${origin}`;
const schemes = [ed25519Scheme(webEd25519Verify), cosignatureScheme(webEd25519Verify)];
const mismatch = (why: LogMismatch): LogFinding => ({ state: "mismatch", why });

/**
 * Checks the published log in this browser: the head is signed by the key that this browser has always known, enough witnesses have cosigned it, the tiles that everybody
 * is given make its root, and the head that this browser saw last is where they began. What it finds whole it remembers for the next time.
 */
export const checkLog = async (files: LogFiles, memory: Memory): Promise<LogFinding> => {
  const [policyText, checkpointText] = [await files.text("policy"), await files.text("checkpoint")];
  if (policyText === undefined || checkpointText === undefined) return mismatch("unpublished");
  const policy = parsePolicy(policyText);
  if ("refused" in policy) return mismatch("policy");
  for (const { key } of policy.value.logs) if (!isKnownKey(key.name, formatVerifierKey(key), memory)) return mismatch("key");
  const note = await openNote(checkpointText, { keys: policyKeys(policy.value), schemes });
  const head = "value" in note ? parseCheckpoint(note.value.text) : undefined;
  if (!("value" in note) || head === undefined || !("value" in head)) return mismatch("checkpoint");
  const endorsed = checkPolicy(policy.value, note.value, head.value);
  if ("refused" in endorsed) return mismatch(endorsed.refused === "no_quorum" ? "quorum" : "checkpoint");

  const tree = { size: head.value.size, root: head.value.root };
  const read = tileHashReader(tree.size, verifiedTiles(tree, tilesOf(files)));
  try {
    if (!equal(await treeRoot(tree.size, read), tree.root)) return mismatch("tiles");
  } catch {
    return mismatch("tiles"); // a tile is missing, or is not what its parent says
  }
  const before = rememberedHead(memory.read(headKey(head.value.origin)));
  if (before !== undefined) {
    if (before.size > tree.size) return mismatch("history");
    try {
      if (!checkTree(before, tree, await proveTree(before.size, tree.size, read))) return mismatch("history");
    } catch {
      return mismatch("tiles"); // as above
    }
  }
  memory.write(headKey(head.value.origin), `${tree.size} ${toHex(tree.root)}`); // refused memory: this visit alone
  return { state: "whole", size: tree.size, witnesses: endorsed.value.witnesses.map(({ witness, time }) => ({ name: witness, at: new Date(time * 1000).toISOString() })), enough: fewestWitnesses(policy.value.quorum), before: before?.size ?? null };
};

/** A tile that has grown since is published under its longer name; its first hashes are the ones asked for. */
const tilesOf = (files: LogFiles): TileReader => async (tiles) =>
  Promise.all(
    tiles.map(async (tile) => {
      const bytes = (await files.tile(tilePath(tile))) ?? (await files.tile(tilePath({ ...tile, width: TILE_WIDTH })));
      if (bytes === undefined) throw new Error(`${tilePath(tile)} is not published`);
      return bytes.slice(0, tile.width * 32);
    }),
  );

const rememberedHead = (text: string | null): TreeHead | undefined => {
  const [size = "", root = ""] = text?.split(" ") ?? [];
  const bytes = fromHex(root);
  return /^\d{1,15}$/.test(size) && bytes?.length === 32 ? { size: Number(size), root: bytes } : undefined;
};
