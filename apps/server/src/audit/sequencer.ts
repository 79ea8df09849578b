import { append, decodeFrontier, edgeOf, edgeTiles, EMPTY_EDGE, EMPTY_FRONTIER, encodeFrontier, formatCheckpoint, frontierRoot, growTiles, hashesIn, signNote, type NoteSigner } from "@lontar/ledger";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import { describeError, type Log } from "../kernel/log.ts";
import { logOrigin } from "./keys.ts";
import { insertLeaves, leafBlock, lockHead, readTiles, saveHead, saveTiles, takePending, tenantsWithPending, type Head, type LeafBlock } from "./store.ts";

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

/** A running sequencer; `drain` waits until nothing is pending. */
export type Sequencer = { readonly drain: () => Promise<void>; readonly stop: () => Promise<void> };

const idleMs = 1000;
const gatherMs = 50;

/**
 * Runs until stopped: woken by the commit of an event, and once a second in case a notice was lost. A round costs eleven statements
 * however many events it places, so it waits a moment for the events that come right after the first.
 */
export const startSequencer = (pool: pg.Pool, signerOf: (tenantId: Id) => Promise<NoteSigner>, now: () => string, log: Log): Sequencer => {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let listener: pg.PoolClient | undefined;

  const round = async (): Promise<void> => {
    if (stopped) return;
    for (const tenantId of await tenantsWithPending(pool)) {
      const signer = await signerOf(tenantId);
      while (!stopped && (await sequenceTenant(pool, tenantId, signer, now)) === batchLimit);
    }
  };
  const wake = (): Promise<void> => {
    clearTimeout(timer);
    if (stopped) return running;
    running = running.then(round).catch((error: unknown) => log.error({ error: describeError(error) }, "sequencer round failed, trying again")).then(() => {
      if (!stopped) timer = setTimeout(() => void listen().then(wake), idleMs);
    });
    return running;
  };
  const listen = async (): Promise<void> => {
    if (listener !== undefined || stopped) return;
    try {
      const client = await pool.connect();
      listener = client;
      client.on("notification", () => {
        gathering ??= setTimeout(() => {
          gathering = undefined;
          void wake();
        }, gatherMs);
      });
      client.on("error", () => {
        listener = undefined;
        client.release(true);
      });
      await client.query("listen lontar_event");
    } catch (error) {
      log.warn({ error: describeError(error) }, "sequencer cannot listen, it will look once a second");
    }
  };
  void listen().then(wake);
  return {
    drain: wake,
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      clearTimeout(gathering);
      await running;
      listener?.release(true);
    },
  };
};
