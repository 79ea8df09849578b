/** What the audit costs a transaction, what the keeper manages, and how far both are from the limit that hashing sets. */
import { randomBytes } from "node:crypto";
import { checkRecord, proveRecord, recordHash, tileHashReader, treeRoot } from "@lontar/ledger";
import type pg from "pg";
import { startKeeper } from "../../src/audit/index.ts";
import { loggedLeaf } from "../../src/audit/leaf.ts";
import { readTiles } from "../../src/audit/store.ts";
import { commitmentTo, committedText } from "../../src/kernel/events.ts";
import { openPool } from "../../src/kernel/db.ts";
import { realSource } from "../../src/kernel/ids.ts";
import { openLogWorld, type LogWorld } from "../../test/log-world.ts";

/** One measured thing; `ratio` is above 1 where it does better than `peer`. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

const rounds = 3;
const roundMs = Number(process.env["BENCH_AUDIT_MS"] ?? 2000);
const backlog = 40_000;
const proofs = 2000;
const hashes = 200_000;

/** Measures on a database of its own. The ways take turns in each round, so that a busy machine slows them alike. */
export async function run(): Promise<Metric[]> {
  const world = await openLogWorld("bench_audit");
  try {
    await world.office.pool.query("create table bench_letter (tenant_id uuid, id uuid, subject text, primary key (tenant_id, id)); create table bench_inbox (tenant_id uuid, position_id uuid, id uuid, primary key (tenant_id, position_id, id))");
    const metrics: Metric[] = [];
    for (const connections of [1, 8, 32]) metrics.push(...(await transactionRates(world, connections)));
    return [...metrics, ...(await logRates(world))];
  } finally {
    await world.close();
  }
}

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Number(value.toPrecision(3));

const transactionRates = async (world: LogWorld, connections: number): Promise<readonly Metric[]> => {
  const pool = openPool(world.office.connection, connections, "prepared");
  const [plain, audited, kept]: readonly number[][] = [[], [], []];
  try {
    await rate(world, pool, connections, true); // plans and caches
    for (let round = 0; round < rounds; round += 1) {
      plain?.push(await rate(world, pool, connections, false));
      audited?.push(await rate(world, pool, connections, true));
      const keeper = startKeeper(world.keeping(undefined));
      await keeper.drain();
      kept?.push(await rate(world, pool, connections, true));
      await keeper.drain();
      await keeper.stop();
    }
  } finally {
    await pool.end();
  }
  const without = median(plain ?? []);
  return [
    { name: `audit: transactions with an event, ${connections} connections`, value: rounded(median(audited ?? [])), unit: "/s", peer: `without: ${rounded(without)}/s`, ratio: rounded(median(audited ?? []) / without) },
    { name: `audit: the same with the keeper running, ${connections} connections`, value: rounded(median(kept ?? [])), unit: "/s", peer: `without: ${rounded(without)}/s`, ratio: rounded(median(kept ?? []) / without) },
  ];
};

/** Transactions a second: a letter and three lines in inboxes, each statement its own trip; with its event, or without. */
const rate = async ({ tenantId }: LogWorld, pool: pg.Pool, connections: number, isAudited: boolean): Promise<number> => {
  const until = performance.now() + roundMs;
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const client = await pool.connect();
      try {
        while (performance.now() < until) {
          const id = realSource.id();
          await client.query("begin");
          await client.query("insert into bench_letter values ($1, $2, $3)", [tenantId, id, "Undangan rapat koordinasi"]);
          for (let n = 0; n < 3; n += 1) await client.query("insert into bench_inbox values ($1, $2, $3)", [tenantId, realSource.id(), id]);
          if (isAudited) await audit(client, tenantId, id);
          await client.query("commit");
          done += 1;
        }
      } finally {
        client.release();
      }
    }),
  );
  return done / ((performance.now() - began) / 1000);
};

const who = { person: "Hj. Nurlaila Hasan", position: "Kepala Dinas", holding: "definitif", basis: null } as const;

/** The statement that the kernel makes of an act, with its commitment. */
const audit = async (client: pg.PoolClient, tenantId: string, id: string): Promise<void> => {
  const salt = randomBytes(32);
  const body = { type: "bench.done", subject: "Undangan rapat koordinasi", at: realSource.now() };
  const row = { kind: "bench", thing_id: id, revision: 1, person_id: id, holding_id: id, request_id: "bench" };
  await client.query(
    `with stored as (insert into event (tenant_id, event_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment)
       values ($1, $2, 'bench', $3, $3, 1, 'bench.done', $4, $3, $3, $3, 'bench', $5, $6, $7, $8) returning tenant_id, event_id) insert into event_pending (tenant_id, event_id) select tenant_id, event_id from stored`,
    [tenantId, realSource.id(), id, realSource.now(), JSON.stringify(who), JSON.stringify(body), salt, commitmentTo(salt, committedText(row, body, who))],
  );
};

/** What the keeper, proofs and checks manage, beside hashing alone. */
const logRates = async (world: LogWorld): Promise<readonly Metric[]> => {
  const { office, tenantId } = world;
  const [sample] = (await office.pool.query<{ tenant_id: string; event_id: string; type: string; at: Date; position_id: string; subject_id: string; commitment: Buffer }>("select tenant_id, event_id, type, at, position_id, subject_id, commitment from event where tenant_id = $1 limit 1", [tenantId])).rows;
  if (sample === undefined) throw new Error("the office has events");
  const record = Buffer.from(loggedLeaf({ ...sample, document: null, prior: null }).text);
  const limit = perSecond(hashes, () => recordHash(record));
  for (let done = 0; done < backlog; done += 2000) await world.act(2000);
  const before = await world.size();
  const began = performance.now();
  await world.keep(undefined);
  const size = await world.size();
  const leaves = (size - before) / ((performance.now() - began) / 1000);
  const read = tileHashReader(size, (tiles) => readTiles(office.pool, tenantId, tiles));
  const root = await treeRoot(size, read);
  const made: (readonly Uint8Array[])[] = [];
  const proving = performance.now();
  for (let n = 0; n < proofs; n += 1) made.push(await proveRecord((n * 7919) % size, size, read));
  const proofRate = proofs / ((performance.now() - proving) / 1000);
  let next = 0;
  const checkRate = perSecond(proofs, () => {
    const index = (next * 7919) % size;
    if (checkRecord({ index, hash: new Uint8Array(32) }, { size, root }, made[next] ?? [])) throw new Error("a false record was believed");
    next += 1;
  });
  return [
    { name: "log: leaves placed and published", value: rounded(leaves), unit: "/s", peer: `SHA-256 of such a leaf: ${rounded(limit)}/s`, ratio: rounded(leaves / limit) },
    { name: `log: inclusion proofs from the database, ${size} leaves`, value: rounded(proofRate), unit: "/s", peer: "813/s from tiles without cache (prototype, 10⁶ leaves)", ratio: rounded(proofRate / 813) },
    { name: `log: inclusion proofs checked, ${size} leaves`, value: rounded(checkRate), unit: "/s", peer: `SHA-256 alone: ${rounded(limit / Math.ceil(Math.log2(size)))}/s`, ratio: rounded(checkRate / (limit / Math.ceil(Math.log2(size)))) },
  ];
};

const perSecond = (count: number, work: () => unknown): number => {
  const began = performance.now();
  for (let n = 0; n < count; n += 1) work();
  return count / ((performance.now() - began) / 1000);
};
