import { proveRecord, proveTree, tileHashReader, toHex, treeRoot, type Tile } from "@lontar/ledger";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import { remembering } from "./proofs.ts";
import { leavesOf, readTiles, signedHead } from "./store.ts";

/** Where one event stands in the log: its leaf, its place, and the hashes that lead from there to the root of the head. */
export type Place = { readonly leaf: string; readonly leafIndex: number; readonly proof: readonly string[] };

/** The places of some events under the newest head; an event without a place yet is absent. */
export type Evidence = { readonly checkpoint: string; readonly size: number; readonly root: string; readonly places: ReadonlyMap<Id, Place> };

const tilesOf = (pool: pg.Pool, tenantId: Id) => remembering((tiles: readonly Tile[]) => readTiles(pool, tenantId, tiles));

/** Proves where these events stand; nothing while the log is empty. */
export const evidenceOf = async (pool: pg.Pool, tenantId: Id, events: readonly Id[]): Promise<Evidence | undefined> => {
  const head = await signedHead(pool, tenantId);
  if (head === undefined) return undefined;
  const read = tileHashReader(head.size, tilesOf(pool, tenantId));
  const places = new Map<Id, Place>();
  for (const { eventId, index, leaf } of await leavesOf(pool, tenantId, events)) {
    if (index < head.size) places.set(eventId, { leaf, leafIndex: index, proof: (await proveRecord(index, head.size, read)).map(toHex) });
  }
  return { checkpoint: head.checkpoint, size: head.size, root: toHex(head.root), places };
};

/** The log as it stood right after one event: the event is the last record of that tree. Nothing before the event has its place. */
export type LogAfter = { readonly size: number; readonly root: string; readonly leaf: string; readonly proof: readonly string[] };

/** The tree that ends with this event. */
export const logAfter = async (pool: pg.Pool, tenantId: Id, eventId: Id): Promise<LogAfter | undefined> => {
  const place = (await leavesOf(pool, tenantId, [eventId]))[0];
  if (place === undefined) return undefined;
  const size = place.index + 1;
  const read = tileHashReader(size, tilesOf(pool, tenantId));
  return { size, root: toHex(await treeRoot(size, read)), leaf: place.leaf, proof: (await proveRecord(place.index, size, read)).map(toHex) };
};

/** That the log only grew from a tree of this size to its newest head. */
export const growthSince = async (pool: pg.Pool, tenantId: Id, size: number): Promise<{ readonly checkpoint: string; readonly growth: readonly string[] } | undefined> => {
  const head = await signedHead(pool, tenantId);
  if (head === undefined || head.size < size) return undefined;
  return { checkpoint: head.checkpoint, growth: (await proveTree(size, head.size, tileHashReader(head.size, tilesOf(pool, tenantId)))).map(toHex) };
};
