import {
  append, decodeEntries, decodeFrontier, decodeLeaf, edgeOf, edgeTiles, ed25519Scheme, EMPTY_EDGE, EMPTY_FRONTIER, encodeFrontier, entriesPath, equal, formatNote, frontierRoot, growTiles, openNote, parseCheckpoint, recordHash, TILE_WIDTH,
  type NoteSigner,
} from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import type { ReadPublished } from "../witness/index.ts";
import { blockOf, insertLeaves, lockHead, readTiles, saveHead, saveTiles, takeOffQueue } from "./store.ts";

/** What recovering came to. */
export type Recovered =
  | { readonly state: "nothing_missing"; readonly size: number }
  | { readonly state: "recovered"; readonly from: number; readonly size: number; readonly lost: number }
  /** What is offered is not the continuation of what we have, or not signed by our own key: a person must look at it. */
  | { readonly state: "refused"; readonly why: "no_checkpoint" | "not_ours" | "entries_missing" | "another_history" };

/**
 * Brings back the leaves that a restored backup does not know, from a mirror or from the published folder: leaves, tiles and the head that
 * this log itself signed, in one transaction. Nothing new is signed. Events that were lost with the backup stay lost, and the integrity
 * check names each of them by its leaf; but the log goes on from where the world saw it.
 */
export const recoverLog = async (pool: pg.Pool, tenantId: Id, signer: NoteSigner, read: ReadPublished, at: string): Promise<Recovered> => {
  const note = await read("checkpoint");
  if (note === undefined) return { state: "refused", why: "no_checkpoint" };
  const opened = await openNote(Buffer.from(note).toString("utf8"), { keys: [signer.key], schemes: [ed25519Scheme(nodeEd25519Verify)] });
  const checkpoint = "value" in opened ? parseCheckpoint(opened.value.text) : opened;
  if ("refused" in opened || "refused" in checkpoint || checkpoint.value.origin !== signer.key.name) return { state: "refused", why: "not_ours" };
  const { size, root } = checkpoint.value;
  const client = await pool.connect();
  try {
    await client.query("begin");
    const head = await lockHead(client, tenantId);
    if (head.size >= size) return { state: "nothing_missing", size: head.size };
    const stored = head.size === 0 ? { value: EMPTY_FRONTIER } : decodeFrontier(head.size, head.frontier);
    if ("refused" in stored) throw new Error(`the stored head of log ${tenantId} is damaged; run lontar fsck`);
    const records = await missingRecords(read, head.size, size);
    if (records === undefined) return { state: "refused", why: "entries_missing" };
    const leaves = records.map((record) => ({ text: Buffer.from(record).toString("utf8"), hash: recordHash(record), leaf: decodeLeaf(record) }));
    const frontier = append(stored.value, leaves.map(({ hash }) => hash));
    if (!equal(frontierRoot(frontier), root)) return { state: "refused", why: "another_history" };
    const eventIds = leaves.map(({ leaf }) => ("value" in leaf ? leaf.value.event_id : undefined)).filter((id) => id !== undefined);
    if (eventIds.length !== leaves.length) return { state: "refused", why: "another_history" }; // under our root stand only leaves of ours
    const edge = head.size === 0 ? EMPTY_EDGE : edgeOf(head.size, await readTiles(client, tenantId, edgeTiles(head.size)));
    await insertLeaves(client, head.size, blockOf(leaves.flatMap(({ text, hash, leaf }) => ("value" in leaf ? [{ tenantId, eventId: leaf.value.event_id, text, hash }] : []))));
    await saveTiles(client, tenantId, growTiles(edge, leaves.map(({ hash }) => hash)).tiles);
    const own = opened.value.verified.map(({ signature }) => signature);
    await saveHead(client, tenantId, head.size, { size, root, frontier: encodeFrontier(frontier), checkpoint: formatNote({ text: opened.value.text, signatures: own }), at });
    const lost = await takeOffQueue(client, tenantId, eventIds);
    await client.query("commit");
    return { state: "recovered", from: head.size, size, lost };
  } finally {
    await client.query("rollback").catch(() => undefined); // after a commit there is nothing to roll back; a broken connection rolls back by itself
    client.release();
  }
};

/** The records from `from` up to `to`, out of their bundles; a partial bundle may have been superseded by the full one. */
const missingRecords = async (read: ReadPublished, from: number, to: number): Promise<readonly Uint8Array[] | undefined> => {
  const records: Uint8Array[] = [];
  for (let index = Math.floor(from / TILE_WIDTH); index * TILE_WIDTH < to; index += 1) {
    const width = Math.min(TILE_WIDTH, to - index * TILE_WIDTH);
    const bundle = (await bundleOf(read, index, width)) ?? (width < TILE_WIDTH ? await bundleOf(read, index, TILE_WIDTH) : undefined);
    if (bundle === undefined) return undefined;
    records.push(...bundle.slice(0, width));
  }
  return records.slice(from - Math.floor(from / TILE_WIDTH) * TILE_WIDTH);
};

const bundleOf = async (read: ReadPublished, index: number, width: number): Promise<readonly Uint8Array[] | undefined> => {
  const bytes = await read(entriesPath({ index, width }));
  const decoded = bytes === undefined ? undefined : decodeEntries(bytes, width);
  return decoded !== undefined && "value" in decoded ? decoded.value : undefined;
};
