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

/** The statement of `takePending`: tenant, limit. */
export const takeText = `with taken as (
     delete from event_pending where ctid = any(array(
       select ctid from event_pending where tenant_id = $1 limit $2 for update skip locked)) returning tenant_id, event_id)
   select e.tenant_id, e.event_id, e.type, e.at, e.position_id, e.subject_id, e.commitment, e.body->>'sha256' as document, p.commitment as prior
   from (select distinct tenant_id, event_id from taken) t join event e on e.tenant_id = t.tenant_id and e.event_id = t.event_id
   left join lateral (select commitment from event where e.revision > 1 and tenant_id = e.tenant_id and thing_id = e.thing_id and kind = e.kind and revision = e.revision - 1 order by event_id::text limit 1) p on true
   order by e.at, e.thing_id, e.revision`;

/**
 * Takes up to `limit` events off the queue. The ctid array keeps the limit even when statistics say the queue is empty. The queue has no
 * key: one would cost every act more than all looks together, and the next look finds no less by reading what there is.
 * An event has one leaf, also where a hand has put two events at one revision: the log goes on, and fsck names them. They are ordered by
 * the text of their ids: by the key itself PostgreSQL, on a table it has no statistics of, walks all events of the tenant to find the one.
 */
export const takePending = async (client: pg.PoolClient, tenantId: Id, limit: number): Promise<readonly LoggedEvent[]> => {
  const { rows } = await client.query<LoggedEvent>(takeText, [tenantId, limit]);
  return rows;
};

/** Leaves without their places yet: rows for the log, and their hashes in the tree, 32 bytes each. Plain bytes, so that another thread may make them. */
export type LeafBlock = { readonly rows: CopyRows; readonly hashes: Uint8Array };

/** A leaf and the event it stands for. */
export type EventLeaf = { readonly tenantId: Id; readonly eventId: Id; readonly text: string; readonly hash: Uint8Array };

/** Leaves that are written while they come. */
export type LeafWriter<T> = { readonly push: (leaf: T) => void; readonly block: () => LeafBlock };

const openBlock = (): LeafWriter<EventLeaf> => {
  const rows = openRows<EventLeaf>("log_leaf", {
    leaf_index: { bigint: () => 0 }, tenant_id: { uuid: (leaf) => leaf.tenantId }, event_id: { uuid: (leaf) => leaf.eventId }, leaf: { text: (leaf) => leaf.text }, leaf_hash: { bytes: (leaf) => leaf.hash },
  });
  const hashes: Uint8Array[] = [];
  return {
    push: (leaf) => {
      rows.push(leaf);
      hashes.push(leaf.hash);
    },
    block: () => ({ rows: rows.rows(), hashes: new Uint8Array(Buffer.concat(hashes)) }),
  };
};

/** Makes a block of leaves. */
export const blockOf = (leaves: readonly EventLeaf[]): LeafBlock => {
  const writer = openBlock();
  for (const leaf of leaves) writer.push(leaf);
  return writer.block();
};

/** Begins the leaves of some events. */
export const openLeaves = (): LeafWriter<LoggedEvent> => {
  const writer = openBlock();
  return { push: (event) => writer.push({ tenantId: event.tenant_id, eventId: event.event_id, ...loggedLeaf(event) }), block: writer.block };
};

/** The leaves of some events. */
export const leafBlock = (events: readonly LoggedEvent[]): LeafBlock => blockOf(events.map((event) => ({ tenantId: event.tenant_id, eventId: event.event_id, ...loggedLeaf(event) })));

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

/** The newest head of a log, signed by its key. */
export type SignedHead = { readonly size: number; readonly root: Uint8Array; readonly checkpoint: string };

/** The head of a tenant's log; nothing before its first leaf. */
export const signedHead = async (pool: pg.Pool, tenantId: Id): Promise<SignedHead | undefined> => {
  const { rows } = await pool.query<{ size: string; root: Buffer; checkpoint: string }>("select size, root, checkpoint from log_head where tenant_id = $1", [tenantId]);
  const row = rows[0];
  return row === undefined ? undefined : { size: Number(row.size), root: new Uint8Array(row.root), checkpoint: row.checkpoint };
};

/** The leaves from `first` on, in order, exactly `count` of them. */
export const readLeaves = async (pool: pg.Pool, tenantId: Id, first: number, count: number): Promise<readonly string[]> => {
  const { rows } = await pool.query<{ leaf: string }>("select leaf from log_leaf where tenant_id = $1 and leaf_index >= $2 and leaf_index < $3 order by leaf_index", [tenantId, first, first + count]);
  if (rows.length !== count) throw new Error(`leaves ${first} to ${first + count - 1} of log ${tenantId} are not all there; run lontar fsck`);
  return rows.map((row) => row.leaf);
};

/** The leaves of these events, as far as they have one. */
export const leavesOf = async (pool: pg.Pool, tenantId: Id, events: readonly Id[]): Promise<readonly { readonly eventId: Id; readonly index: number; readonly leaf: string }[]> =>
  (await pool.query<{ event_id: Id; leaf_index: string; leaf: string }>("select event_id, leaf_index, leaf from log_leaf where tenant_id = $1 and event_id = any($2::uuid[])", [tenantId, events])).rows.map((row) => ({ eventId: row.event_id, index: Number(row.leaf_index), leaf: row.leaf }));

/** Everyone who has a log, or events that wait for one. */
export const tenantsWithLog = async (pool: pg.Pool): Promise<readonly Id[]> =>
  (await pool.query<{ tenant_id: Id }>("select tenant_id from log_head union select distinct tenant_id from event_pending")).rows.map((row) => row.tenant_id);

/** Why a witness has not cosigned, as it stands in `log_witness`. */
export type WitnessProblem = "tak_terjangkau" | "tak_dikenal" | "tak_dipercaya" | "menolak" | "jawaban_salah";

/** What is remembered of a witness of one log. A restored backup remembers less than the witness does. */
export type WitnessRow = {
  readonly name: string;
  /** The largest tree it is known to have cosigned, and its signature line over that. */
  readonly size: number;
  readonly cosignature: string | null;
  readonly at: string | null;
  readonly asked: string;
  readonly failures: number;
  readonly problem: WitnessProblem | null;
};

/** The witnesses of a log, by the names of the policy. */
export const witnessRows = async (pool: pg.Pool, tenantId: Id): Promise<readonly WitnessRow[]> => {
  const { rows } = await pool.query<{ name: string; size: string; cosignature: string | null; at: Date | null; asked: Date; failures: number; problem: WitnessProblem | null }>(
    "select name, size, cosignature, at, asked, failures, problem from log_witness where tenant_id = $1 order by name",
    [tenantId],
  );
  return rows.map((row) => ({ ...row, size: Number(row.size), at: row.at?.toISOString() ?? null, asked: row.asked.toISOString() }));
};

/** Remembers what a witness answered. */
export const saveWitness = async (pool: pg.Pool, tenantId: Id, row: WitnessRow): Promise<void> => {
  await pool.query(
    `insert into log_witness (tenant_id, name, size, cosignature, at, asked, failures, problem) values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (tenant_id, name) do update set size = excluded.size, cosignature = excluded.cosignature, at = excluded.at, asked = excluded.asked, failures = excluded.failures, problem = excluded.problem`,
    [tenantId, row.name, row.size, row.cosignature, row.at, row.asked, row.failures, row.problem],
  );
  await pool.query(
    `insert into log_witness_hour (tenant_id, name, hour, cosigned, failed) values ($1, $2, date_trunc('hour', $3::timestamptz, 'UTC'), $4, 1 - $4::integer)
     on conflict (tenant_id, name, hour) do update set cosigned = log_witness_hour.cosigned + excluded.cosigned, failed = log_witness_hour.failed + excluded.failed`,
    [tenantId, row.name, row.asked, row.problem === null ? 1 : 0],
  );
  await pool.query("delete from log_witness_hour where tenant_id = $1 and name = $2 and hour < $3::timestamptz - interval '8 days'", [tenantId, row.name, row.asked]);
};

/** A log that is not signed any further: what it has, what somebody has seen of it, and who. */
export type Halt = { readonly size: number; readonly seen: number; readonly by: string };

/** Says that a log is halted, or with nothing that it goes on. The first moment of a halt is kept. */
export const saveHalt = async (pool: pg.Pool, tenantId: Id, halt: Halt | undefined, at: string): Promise<void> => {
  if (halt === undefined) await pool.query("delete from log_halt where tenant_id = $1", [tenantId]);
  else await pool.query("insert into log_halt (tenant_id, size, seen, by, since) values ($1, $2, $3, $4, $5) on conflict (tenant_id) do update set size = excluded.size, seen = excluded.seen, by = excluded.by", [tenantId, halt.size, halt.seen, halt.by, at]);
};

/** Takes the lease on keeping the logs of this installation, if nobody has it. It ends with its connection: a process that dies, or is cut off, gives it up. */
export const lease = async (pool: pg.Pool, onLost: () => void): Promise<{ readonly release: () => Promise<void> } | undefined> => {
  const client = await pool.connect();
  let isOver = false;
  const end = (): void => {
    if (isOver) return;
    isOver = true;
    onLost();
    client.release(true);
  };
  client.on("error", end);
  client.on("end", end);
  try {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock(hashtextextended('lontar-keeper', 0)) as taken");
    if (rows[0]?.taken !== true) {
      isOver = true;
      client.off("error", end).off("end", end);
      client.release();
      return undefined;
    }
  } catch (error) {
    end();
    throw error;
  }
  return {
    release: async () => {
      if (isOver) return;
      isOver = true;
      await client.query("select pg_advisory_unlock_all()").catch(() => undefined); // the connection ends either way, and the lease with it
      client.release(true);
    },
  };
};

/** Takes events off the queue whose leaves came from elsewhere. Answers how many of the leaves have no event any more: they were lost with the backup. */
export const takeOffQueue = async (client: pg.PoolClient, tenantId: Id, eventIds: readonly Id[]): Promise<number> => {
  await client.query("delete from event_pending where tenant_id = $1 and event_id = any($2)", [tenantId, eventIds]);
  const { rows } = await client.query<{ n: string }>("select count(*) as n from unnest($2::uuid[]) wanted (id) where not exists (select from event e where e.tenant_id = $1 and e.event_id = wanted.id)", [tenantId, eventIds]);
  return Number(rows[0]?.n ?? 0);
};

/** A leaf that froze a letter. */
export type DocumentLeaf = { readonly id: Id; readonly index: number; readonly text: string };

/** The leaves between two numbers whose events are of these types and froze a document. */
export const documentLeaves = async (pool: pg.Pool, tenantId: Id, { from, to, types }: { readonly from: number; readonly to: number; readonly types: readonly string[] }): Promise<readonly DocumentLeaf[]> => {
  const { rows } = await pool.query<{ id: Id; index: string; text: string }>(
    `select e.thing_id as id, l.leaf_index as index, l.leaf as text from log_leaf l join event e on e.tenant_id = l.tenant_id and e.event_id = l.event_id
     where l.tenant_id = $1 and l.leaf_index >= $2 and l.leaf_index < $3 and e.type = any($4) and l.leaf like '%"obj_sha256":"%' order by l.leaf_index`,
    [tenantId, from, to, types],
  );
  return rows.map((row) => ({ ...row, index: Number(row.index) }));
};

/** How far proofs have been made under this policy; under any other, not at all. */
export const provedSize = async (pool: pg.Pool, tenantId: Id, policy: Buffer): Promise<number> => {
  const { rows } = await pool.query<{ size: string }>("select size from log_proved where tenant_id = $1 and policy = $2", [tenantId, policy]);
  return Number(rows[0]?.size ?? 0);
};

/** The proof of one letter. */
export type LetterProof = { readonly id: Id; readonly index: number; readonly proof: string };

/** Stores proofs, and up to where the log has been looked at, together. */
export const saveProofs = async (pool: pg.Pool, tenantId: Id, { proofs, size, policy, at }: { readonly proofs: readonly LetterProof[]; readonly size: number; readonly policy: Buffer; readonly at: string }): Promise<void> => {
  await pool.query(
    `with made as (
       insert into letter_proof (tenant_id, id, leaf_index, proof, at) select $1, p.id, p.leaf_index, p.proof, $5 from unnest($2::uuid[], $3::bigint[], $4::text[]) p (id, leaf_index, proof)
       on conflict (tenant_id, id) do update set leaf_index = excluded.leaf_index, proof = excluded.proof, at = excluded.at)
     insert into log_proved (tenant_id, size, policy) values ($1, $6, $7) on conflict (tenant_id) do update set size = excluded.size, policy = excluded.policy`,
    [tenantId, proofs.map((one) => one.id), proofs.map((one) => one.index), proofs.map((one) => one.proof), at, size, policy],
  );
};
