/** What the audit costs a transaction, what the keeper manages, and how far both are from the limit that hashing sets. */
import { readFileSync } from "node:fs";
import { checkRecord, proveRecord, recordHash, tileHashReader, treeRoot } from "@lontar/ledger";
import { sql } from "kysely";
import type pg from "pg";
import { startKeeper } from "../../src/audit/index.ts";
import { loggedLeaf } from "../../src/audit/leaf.ts";
import { readTiles } from "../../src/audit/store.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { openPool, type Database } from "../../src/kernel/db.ts";
import { evidenceOf } from "../../src/kernel/events.ts";
import { realSource, type Id } from "../../src/kernel/ids.ts";
import { openLogWorld, type LogWorld } from "../../test/log-world.ts";

/** One measured thing; `ratio` is above 1 where it does better than `peer`. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

const rounds = 9;
const roundMs = Number(process.env["BENCH_AUDIT_MS"] ?? 400);
// The keeper looks four times a second. It is given time to fall into step, and measured over some of its looks.
const stepMs = 300;
const keptMs = 2.5 * roundMs;
const backlog = 40_000;
const proofs = 2000;
const hashes = 200_000;

/** Measures on a database of its own. The ways take turns in each round, so that a busy machine slows them alike. */
export async function run(): Promise<Metric[]> {
  const world = await openLogWorld("bench_audit");
  try {
    await world.office.pool.query(`select create_state_table('bench_letter', $$ subject text generated always as (state->>'subject') stored $$);
      create table bench_inbox (tenant_id uuid, position_id uuid, id uuid, primary key (tenant_id, position_id, id))`);
    const metrics: Metric[] = [];
    for (const connections of [1, 8, 32]) metrics.push(...(await transactionRates(world, connections)));
    return [...metrics, ...(await logRates(world))];
  } finally {
    await world.close();
  }
}

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
const rounded = (value: number): number => Number(value.toPrecision(3));

/** Transactions a second, and the processor time that the database spent on one, in microseconds (nothing where the system does not tell). */
type Rate = { readonly perSecond: number; readonly cost: number | undefined };

const transactionRates = async (world: LogWorld, connections: number): Promise<readonly Metric[]> => {
  const { office, tenantId } = world;
  const by = await office.actor("kadis");
  const pool = openPool(office.connection, connections, "prepared");
  // The same transaction on the same tables, but neither event nor trigger nor foreign key: what the office would cost without evidence.
  const plainLoad: Load = { tenantId, pool, connections, role: "replica", rowOf: (id, state) => rowAlone(tenantId, id, state) };
  const auditedLoad: Load = { tenantId, pool, connections, role: "origin", rowOf: (id, state) => rowWithEvidence(office.db, by, id, state) };
  const [plain, audited, kept, placed]: [Rate[], Rate[], Rate[], number[]] = [[], [], [], []];
  try {
    for (let round = -1; round < rounds; round += 1) {
      const turns = [async () => plain.push(await rate(plainLoad, roundMs)), async () => audited.push(await rate(auditedLoad, roundMs))];
      for (const turn of round % 2 === 0 ? turns : turns.toReversed()) await turn();
      const keeper = startKeeper(world.keeping(undefined));
      await keeper.drain(); // what the turns before have left
      await rate(auditedLoad, stepMs);
      const before = await world.size();
      kept.push(await rate(auditedLoad, keptMs));
      placed.push((await world.size() - before) / (keptMs / 1000));
      await keeper.drain();
      await keeper.stop();
      if (round >= 0) continue;
      for (const list of [plain, audited, kept, placed]) list.length = 0; // plans and caches
      await office.pool.query("analyze"); // an office's database does so by itself; the one that tests share does not
    }
  } finally {
    await pool.end();
  }
  const without = rounded(median(plain.map((one) => one.perSecond)));
  // Each round is its own comparison: what else the machine does comes and goes between rounds.
  const ratio = (rates: readonly Rate[], read: (rate: Rate) => number): number => rounded(median(rates.map((one, at) => read(one) / read(plain[at] ?? one))));
  const metric = (name: string, rates: readonly Rate[], peer: string): Metric => ({ name: `audit: ${name}, ${connections} connections`, value: rounded(median(rates.map((one) => one.perSecond))), unit: "/s", peer, ratio: ratio(rates, (one) => one.perSecond) });
  const metrics = [metric("transactions with an event", audited, `without: ${without}/s`), metric("the same with the keeper running", kept, `without: ${without}/s; it placed ${rounded(median(placed))} events/s meanwhile`)];
  const costs = (rates: readonly Rate[]): readonly number[] => rates.flatMap(({ cost }) => cost ?? []);
  if (costs(plain).length === plain.length) {
    metrics.push({ name: `audit: processor time of the database for one, ${connections} connections`, value: rounded(median(costs(audited))), unit: "µs", peer: `without: ${rounded(median(costs(plain)))} µs`, ratio: rounded(1 / ratio(audited, (one) => one.cost ?? 1)) });
  }
  return metrics;
};

/** Who makes transactions, over how many connections, with or without triggers, and the statement that saves the letter. */
type Load = { readonly tenantId: Id; readonly pool: pg.Pool; readonly connections: number; readonly role: "origin" | "replica"; readonly rowOf: (id: Id, state: string) => Statement };

/** A statement with its values. */
type Statement = { readonly text: string; readonly values: readonly unknown[] };

/** Transactions a second: a letter and three lines in inboxes, each statement its own trip. */
const rate = async ({ tenantId, pool, connections, role, rowOf }: Load, forMs: number): Promise<Rate> => {
  const clients = await Promise.all(Array.from({ length: connections }, () => pool.connect()));
  try {
    for (const client of clients) await client.query(`set session_replication_role = ${role}`);
    const backends = await Promise.all(clients.map(async (client) => (await client.query<{ pid: number }>("select pg_backend_pid() as pid")).rows[0]?.pid ?? 0));
    const spent = processorTime(backends);
    const began = performance.now();
    const until = began + forMs;
    let done = 0;
    await Promise.all(
      clients.map(async (client) => {
        while (performance.now() < until) {
          const id = realSource.id();
          const row = rowOf(id, JSON.stringify({ subject: "Undangan rapat koordinasi", status: "dicatat" }));
          await client.query("begin");
          await client.query(row.text, [...row.values]);
          for (let n = 0; n < 3; n += 1) await client.query("insert into bench_inbox values ($1, $2, $3)", [tenantId, realSource.id(), id]);
          await client.query("commit");
          done += 1;
        }
      }),
    );
    const perSecond = done / ((performance.now() - began) / 1000);
    const after = processorTime(backends);
    return { perSecond, cost: spent === undefined || after === undefined ? undefined : (after - spent) / done };
  } finally {
    for (const client of clients) client.release();
  }
};

/** Microseconds that these processes have been on a processor, where Linux tells. */
const processorTime = (pids: readonly number[]): number | undefined => {
  try {
    return pids.reduce((sum, pid) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1000, 0);
  } catch {
    return undefined; // another system, or a database elsewhere
  }
};

const rowAlone = (tenantId: Id, id: Id, state: string): Statement => ({
  text: "insert into bench_letter (tenant_id, id, revision, last_event, state) values ($1, $2, 1, $2, $3) on conflict (tenant_id, id) do update set revision = excluded.revision, last_event = excluded.last_event, state = excluded.state",
  values: [tenantId, id, state],
});

/** The row with the evidence of its act, in one statement, as the kernel stores both. */
const rowWithEvidence = (db: Database, by: Actor, id: Id, state: string): Statement => {
  const done = { type: "bench.done", subject: "Undangan rapat koordinasi", at: by.at };
  const evidence = evidenceOf({ kind: "bench_letter", id, subject: id, revision: 0 }, [done], by);
  const { sql: text, parameters } = sql`with ${evidence.clauses} insert into bench_letter (tenant_id, id, revision, last_event, state)
    select tenant_id, thing_id, revision, event_id, ${state}::jsonb from ${evidence.newest}
    on conflict (tenant_id, id) do update set revision = excluded.revision, last_event = excluded.last_event, state = excluded.state`.compile(db);
  return { text, values: parameters };
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
