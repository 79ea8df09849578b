/** How fast an office is filled and looked through, beside the bare copying and reading of its events. */
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { check, logSigner } from "../../src/audit/index.ts";
import { generate } from "../../src/generate/index.ts";
import { copyEncoded, openRows } from "../../src/kernel/copy.ts";
import { realSource } from "../../src/kernel/ids.ts";
import { machines } from "../../src/main.ts";
import { createOffice } from "../../test/office.ts";

/** One measured thing; `ratio` is above 1 where it does better than `peer`. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

const letters = Number(process.env["BENCH_LETTERS"] ?? 4000);
const copied = 20_000;

/** Fills an office of its own; `BENCH_LETTERS` says how large. Starting the threads and reading their code is part of it. */
export async function run(): Promise<Metric[]> {
  const office = await createOffice("bench_generate");
  const keys = await mkdtemp(join(tmpdir(), "lontar-bench-"));
  try {
    const { pool } = office;
    const { tenantId } = await office.actor("kadis");
    const signer = await logSigner(keys, tenantId);
    const filling = performance.now();
    const { events } = await generate({
      db: office.db, pool, tenantId, now: realSource.now(), signer, threads: Math.min(availableParallelism(), 4),
      putFile: async (bytes) => ({ sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length }), report: () => undefined,
    }, { letters, people: 300, seed: 7 });
    const rate = letters / secondsSince(filling);
    const copying = await copiesPerSecond(pool);

    const reading = performance.now();
    const read = await readAll(pool);
    const reads = read / secondsSince(reading);
    const checking = performance.now();
    const result = await check({ pool, tenantId, files: { verify: async () => ({ state: "intact" as const }), beginsWith: async () => true }, machines, signer });
    if (result.findings.length > 0) throw new Error(`the generated office is not whole: ${result.findings[0]?.sentence}`);
    const checks = result.events / secondsSince(checking);
    return [
      { name: `generate: ${letters} letters, ${(events / letters).toFixed(1)} events each`, value: rounded(rate), unit: "letters per second", peer: `COPY of as many events into a table without keys, ${Math.round(copying)} a second`, ratio: rounded((rate * events) / letters / copying) },
      { name: "fsck: events replayed, compared and logged again", value: rounded(checks), unit: "events per second", peer: `reading the same events, ${Math.round(reads)} a second`, ratio: rounded(checks / reads) },
    ];
  } finally {
    await office.close();
    await rm(keys, { recursive: true });
  }
}

type Stored = { readonly tenant_id: string; readonly event_id: string; readonly kind: string; readonly type: string; readonly at: Date; readonly who: string; readonly body: string; readonly salt: Buffer; readonly commitment: Buffer };

/** The peer of filling: the same events as rows that need nothing but to be copied. */
const copiesPerSecond = async (pool: pg.Pool): Promise<number> => {
  const { rows } = await pool.query<Stored>("select tenant_id, event_id, kind, type, at, who::text, body::text, salt, commitment from event where request_id = 'generate' limit $1", [copied]);
  const writer = openRows<Stored>("bench_event", {
    tenant_id: { uuid: (e) => e.tenant_id }, event_id: { uuid: (e) => e.event_id }, kind: { text: (e) => e.kind }, type: { text: (e) => e.type }, at: { instant: (e) => e.at.toISOString() }, who: { json: (e) => e.who }, body: { json: (e) => e.body }, salt: { bytes: (e) => e.salt }, commitment: { bytes: (e) => e.commitment },
  });
  for (const row of rows) writer.push(row);
  await pool.query("create table bench_event as select tenant_id, event_id, kind, type, at, who, body, salt, commitment from event limit 0");
  const client = await pool.connect();
  try {
    const started = performance.now();
    await copyEncoded(client, writer.rows());
    return rows.length / secondsSince(started);
  } finally {
    client.release();
    await pool.query("drop table bench_event");
  }
};

/** The peer of checking: all events through the same driver, a page at a time. */
const readAll = async (pool: pg.Pool): Promise<number> => {
  let count = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await pool.query<{ event_id: string }>("select * from event where event_id > $1 order by event_id limit 5000", [after]);
    const last = rows.at(-1);
    if (last === undefined) return count;
    count += rows.length;
    after = last.event_id;
  }
};

const secondsSince = (started: number): number => (performance.now() - started) / 1000;
const rounded = (value: number): number => Number(value.toFixed(3));

if (import.meta.main) console.table(await run());
