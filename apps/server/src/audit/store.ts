import type { Tile, TileData } from "@lontar/ledger";
import type pg from "pg";
import { copyEncoded, numberRows, openRows, type CopyRows } from "../kernel/copy.ts";
import type { Id } from "../kernel/ids.ts";
import { loggedLeaf, type LoggedEvent } from "./leaf.ts";

/** The head of a log as the sequencer holds it. */
export type Head = { readonly size: number; readonly frontier: Uint8Array };

/** The log's newest state, to be stored. */
export type NewHead = { readonly size: number; readonly root: Uint8Array; readonly frontier: Uint8Array; readonly checkpoint: string; readonly at: string };

/** Tenants that have events without a place. */
export const tenantsWithPending = async (pool: pg.Pool): Promise<readonly Id[]> =>
  (await pool.query<{ tenant_id: Id }>("select distinct tenant_id from event_pending")).rows.map((row) => row.tenant_id);

/** Locks the log of a tenant for this transaction and reads its head; an empty log has size 0. */
export const lockHead = async (client: pg.PoolClient, tenantId: Id): Promise<Head> => {
  await client.query("select pg_advisory_xact_lock(hashtextextended('lontar-log-' || $1::text, 0))", [tenantId]);
  const { rows } = await client.query<{ size: string; frontier: string[] }>("select size, frontier from log_head where tenant_id = $1", [tenantId]);
  const row = rows[0];
  return row === undefined ? { size: 0, frontier: new Uint8Array() } : { size: Number(row.size), frontier: Buffer.concat(row.frontier.map((peak) => Buffer.from(peak, "hex"))) };
};

/**
 * Takes up to `limit` events off the queue. The ctid array keeps the limit even when statistics say the queue is empty.
 * An event has one leaf, also where a hand has put two events at one revision: the log goes on, and fsck names them.
 */
export const takePending = async (client: pg.PoolClient, tenantId: Id, limit: number): Promise<readonly LoggedEvent[]> => {
  const { rows } = await client.query<LoggedEvent>(
    `with taken as (
       delete from event_pending where ctid = any(array(
         select ctid from event_pending where tenant_id = $1 order by event_id limit $2 for update skip locked)) returning tenant_id, event_id)
     select e.tenant_id, e.event_id, e.type, e.at, e.position_id, e.subject_id, e.commitment, e.body->>'sha256' as document, p.commitment as prior
     from taken t join event e on e.tenant_id = t.tenant_id and e.event_id = t.event_id
     left join lateral (select commitment from event where tenant_id = e.tenant_id and thing_id = e.thing_id and kind = e.kind and revision = e.revision - 1 order by event_id limit 1) p on true
     order by e.at, e.thing_id, e.revision`,
    [tenantId, limit],
  );
  return rows;
};

/** Leaves without their places yet: rows for the log, and their hashes in the tree, 32 bytes each. Plain bytes, so that another thread may make them. */
export type LeafBlock = { readonly rows: CopyRows; readonly hashes: Uint8Array };

/** Leaves that are written while their events come. */
export type LeafWriter = { readonly push: (event: LoggedEvent) => void; readonly block: () => LeafBlock };

/** Begins the leaves of some events. */
export const openLeaves = (): LeafWriter => {
  const rows = openRows<{ readonly event: LoggedEvent; readonly leaf: ReturnType<typeof loggedLeaf> }>("log_leaf", {
    leaf_index: { bigint: () => 0 }, tenant_id: { uuid: ({ event }) => event.tenant_id }, event_id: { uuid: ({ event }) => event.event_id }, leaf: { text: ({ leaf }) => leaf.text }, leaf_hash: { bytes: ({ leaf }) => leaf.hash },
  });
  const hashes: Uint8Array[] = [];
  return {
    push: (event) => {
      const leaf = loggedLeaf(event);
      rows.push({ event, leaf });
      hashes.push(leaf.hash);
    },
    block: () => ({ rows: rows.rows(), hashes: new Uint8Array(Buffer.concat(hashes)) }),
  };
};

/** The leaves of some events. */
export const leafBlock = (events: readonly LoggedEvent[]): LeafBlock => {
  const leaves = openLeaves();
  for (const event of events) leaves.push(event);
  return leaves.block();
};

/** Stores leaves at `first` and after, in order. */
export const insertLeaves = async (client: pg.PoolClient, first: number, { rows }: LeafBlock): Promise<void> => {
  await copyEncoded(client, numberRows(rows, first));
};

/** The contents of these tiles, in the order asked. A tile that has grown since answers its first `width` hashes. */
export const readTiles = async (client: pg.Pool | pg.PoolClient, tenantId: Id, tiles: readonly Tile[]): Promise<readonly Uint8Array[]> => {
  if (tiles.length === 0) return [];
  const { rows } = await client.query<{ level: number; tile_index: string; bytes: Buffer }>(
    "select level, tile_index, bytes from log_tile where tenant_id = $1 and (level, tile_index) in (select * from unnest($2::int[], $3::bigint[]))",
    [tenantId, tiles.map((tile) => tile.level), tiles.map((tile) => tile.index)],
  );
  return tiles.map((tile) => {
    const row = rows.find((candidate) => candidate.level === tile.level && Number(candidate.tile_index) === tile.index);
    if (row === undefined || row.bytes.length < tile.width * 32) throw new Error(`tile ${tile.level}/${tile.index} of log ${tenantId} is missing; run lontar fsck`);
    return new Uint8Array(row.bytes.subarray(0, tile.width * 32));
  });
};

/** Stores grown tiles; a partial tile is replaced by its longer self. */
export const saveTiles = async (client: pg.PoolClient, tenantId: Id, tiles: readonly TileData[]): Promise<void> => {
  await client.query(
    `insert into log_tile (tenant_id, level, tile_index, bytes) select $1, * from unnest($2::int[], $3::bigint[], $4::bytea[])
     on conflict (tenant_id, level, tile_index) do update set bytes = excluded.bytes`,
    [tenantId, tiles.map(({ tile }) => tile.level), tiles.map(({ tile }) => tile.index), tiles.map(({ bytes }) => Buffer.from(bytes))],
  );
};

/** Replaces the head if it is still the one that was read (compare-and-swap on size). */
export const saveHead = async (client: pg.PoolClient, tenantId: Id, before: number, head: NewHead): Promise<void> => {
  const peaks = Array.from({ length: head.frontier.length / 32 }, (_, at) => Buffer.from(head.frontier.subarray(at * 32, at * 32 + 32)).toString("hex"));
  const { rowCount } = await client.query(
    `insert into log_head (tenant_id, size, root, frontier, checkpoint, at) values ($1, $2, $3, $4, $5, $6)
     on conflict (tenant_id) do update set size = excluded.size, root = excluded.root, frontier = excluded.frontier, checkpoint = excluded.checkpoint, at = excluded.at where log_head.size = $7`,
    [tenantId, head.size, Buffer.from(head.root), JSON.stringify(peaks), head.checkpoint, head.at, before],
  );
  if (rowCount !== 1) throw new Error(`another sequencer moved log ${tenantId}`);
};
