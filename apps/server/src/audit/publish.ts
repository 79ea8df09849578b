import { encodeEntries, entriesBetween, parseCheckpoint, parseNote, TILE_WIDTH, tilesBetween, utf8, type Checkpoint } from "@lontar/ledger";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import type { LogFile, LogFolder } from "../witness/index.ts";
import { readLeaves, readTiles, signedHead, type SignedHead } from "./store.ts";

// Each holds up to 8 KiB of hashes, or 256 entries: so many are in memory at once while a long log is published for the first time.
const filesAtOnce = 64;

/**
 * Writes the tiles and entries that the folder lacks for the newest signed head, and answers that head. What a crash leaves is written
 * again: the same bytes over the same bytes. The checkpoint is another step, after the witnesses.
 */
export const publishTiles = async (pool: pg.Pool, tenantId: Id, folder: LogFolder): Promise<SignedHead | undefined> => {
  const head = await signedHead(pool, tenantId);
  if (head === undefined) return undefined;
  const published = await folder.size();
  if (published >= head.size) return head;
  const tiles = tilesBetween(published, head.size);
  for (let from = 0; from < tiles.length; from += filesAtOnce) {
    const some = tiles.slice(from, from + filesAtOnce);
    const contents = await readTiles(pool, tenantId, some);
    await folder.add(contents.flatMap((bytes, at): LogFile[] => (some[at] === undefined ? [] : [{ resource: { kind: "tile", tile: some[at] }, bytes }])));
  }
  const bundles = entriesBetween(published, head.size);
  for (let from = 0; from < bundles.length; from += filesAtOnce) {
    const files: LogFile[] = [];
    for (const bundle of bundles.slice(from, from + filesAtOnce)) {
      const leaves = await readLeaves(pool, tenantId, bundle.index * TILE_WIDTH, bundle.width);
      files.push({ resource: { kind: "entries", bundle }, bytes: encodeEntries(leaves.map(utf8)) });
    }
    await folder.add(files);
  }
  await folder.reach(head.size);
  return head;
};

/** The tree that a note states; nothing when it is no checkpoint. Its signatures are somebody else's question. */
export const checkpointIn = (note: string): Checkpoint | undefined => {
  const parsed = parseNote(note);
  const checkpoint = "value" in parsed ? parseCheckpoint(parsed.value.text) : undefined;
  return checkpoint !== undefined && "value" in checkpoint ? checkpoint.value : undefined;
};
