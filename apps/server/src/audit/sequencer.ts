import { append, decodeFrontier, edgeOf, edgeTiles, EMPTY_EDGE, EMPTY_FRONTIER, encodeFrontier, formatCheckpoint, frontierRoot, growTiles, hashesIn, signNote, type NoteSigner } from "@lontar/ledger";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import { reached } from "../kernel/milestone.ts";
import { logOrigin } from "./keys.ts";
import { insertLeaves, leafBlock, lockHead, readTiles, saveHead, saveTiles, takePending, type Head, type LeafBlock } from "./store.ts";

/** At most so many events get their place in one transaction. */
export const batchLimit = 4096;

/** Whose log is written, who signs its head, and when. */
export type LogWriter = { readonly tenantId: Id; readonly signer: NoteSigner; readonly now: () => string };

/**
 * Gives pending events of one tenant their place in the log. One transaction: take from the queue, number, grow the tiles, sign the
 * head, store. A crash anywhere leaves the queue as it was. Answers how many events were placed.
 */
export const sequenceTenant = async (pool: pg.Pool, tenantId: Id, signer: NoteSigner, now: () => string): Promise<number> => {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const head = await lockHead(client, tenantId); //                              1 one writer a tenant
    const events = await takePending(client, tenantId, batchLimit); //              2 a queue, not a cursor: late commits are not lost
    if (events.length === 0) {
      await client.query("rollback");
      return 0;
    }
    await place(client, { tenantId, signer, now }, head, leafBlock(events)); //     3 leaves, tiles, head
    reached("log.1");
    await client.query("commit");
    return events.length;
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // the first error is the one to tell; a broken connection rolls back by itself
    throw error;
  } finally {
    client.release();
  }
};

/** Places the leaves of events that the caller's transaction has just stored, without the queue: the bulk path of `generate`. Nobody else writes this log until it ends. */
export const logLeaves = async (client: pg.PoolClient, writer: LogWriter, leaves: LeafBlock): Promise<void> => {
  await place(client, writer, await lockHead(client, writer.tenantId), leaves);
};

/** Leaves, tiles and head in the caller's transaction: together or not at all. */
const place = async (client: pg.PoolClient, { tenantId, signer, now }: LogWriter, head: Head, leaves: LeafBlock): Promise<void> => {
  const frontier = decodeFrontier(head.size, head.frontier);
  if ("refused" in frontier) throw new Error(`the stored head of log ${tenantId} is damaged; run lontar fsck`);
  const hashes = hashesIn(leaves.hashes);
  const grown = append(head.size === 0 ? EMPTY_FRONTIER : frontier.value, hashes);
  const root = frontierRoot(grown);
  const edge = head.size === 0 ? EMPTY_EDGE : edgeOf(head.size, await readTiles(client, tenantId, edgeTiles(head.size)));
  const checkpoint = await signNote(formatCheckpoint({ origin: logOrigin(tenantId), size: grown.size, root, extensions: [] }), [signer]);
  await insertLeaves(client, head.size, leaves);
  await saveTiles(client, tenantId, growTiles(edge, hashes).tiles);
  await saveHead(client, tenantId, head.size, { size: grown.size, root, frontier: encodeFrontier(grown), checkpoint, at: now() });
};
