/** What the visibility filter costs: the inbox and the search of many officials, beside the same queries that look at no right, in one run on one office. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { createTestDatabase } from "@lontar/testkit";
import { CompiledQuery } from "kysely";
import { actorOf } from "../../src/access/index.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { openDatabase, openPool, readTenant, type Database, type Tx } from "../../src/kernel/db.ts";
import { realSource, type Id } from "../../src/kernel/ids.ts";
import { list } from "../../src/letters/queries.ts";
import { postsHeldBy } from "../../src/organisation/index.ts";
import { search } from "../../src/records/queries.ts";
import { seedId } from "../../src/seed/office.ts";

/** One measured thing; `ratio` is above 0.8 where the filter adds at most a quarter. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

// The claim is about a million letters and five thousand people; a run of that size takes the better part of an hour, most of it filling.
const letters = Number(process.env["BENCH_LETTERS"] ?? 20_000);
const people = Number(process.env["BENCH_PEOPLE"] ?? 1000);
const officials = 60;
const rounds = 5;
const page = 30;
const words = ["rapat", "permohonan data", "undangan koordinasi", "jaringan desa"] as const;

/** Fills an office and measures; `BENCH_LETTERS` and `BENCH_PEOPLE` say how large it is. */
export async function run(): Promise<Metric[]> {
  const database = await createTestDatabase("bench_sight");
  const pool = openPool(database.connection, 4, "prepared");
  try {
    await fill(database.url);
    const tenantId = seedId("tenant/ppu");
    await withoutFilter(pool);
    const db = openDatabase(pool);
    const actors = await someActors(db, pool, tenantId);
    const inbox = await compare(actors, (by) => readTenant(db, tenantId, (tx) => list(tx, { limit: page }, by)), (by) => readTenant(db, tenantId, (tx) => newest(tx, by)));
    const asked = actors.flatMap((by) => words.map((q) => ({ by, q })));
    const found = await compare(asked, ({ by, q }) => readTenant(db, tenantId, async (tx) => {
      await tx.executeQuery(CompiledQuery.raw("set local search_path = public"));
      return search(tx, { q, limit: page }, by);
    }), ({ by, q }) => readTenant(db, tenantId, async (tx) => {
      await tx.executeQuery(CompiledQuery.raw("set local search_path = unfiltered, public"));
      return search(tx, { q, limit: page }, by);
    }));
    const size = `${letters} letters, ${people} people, ${officials} officials`;
    return [metric(`sight: inbox, ${size}, p50`, inbox), metric(`sight: search, ${size}, p50`, found)];
  } finally {
    await pool.end();
    await database.drop();
  }
}

type Compared = { readonly filtered: number; readonly plain: number };

const metric = (name: string, { filtered, plain }: Compared): Metric => ({ name, value: rounded(filtered), unit: "ms", peer: `the same query without the filter (${rounded(plain)} ms)`, ratio: rounded(plain / filtered) });

/** Medians of both over the same cases; they take turns, so that a busy machine slows them alike. */
const compare = async <Case>(cases: readonly Case[], filtered: (one: Case) => Promise<unknown>, plain: (one: Case) => Promise<unknown>): Promise<Compared> => {
  const times: { readonly filtered: number[]; readonly plain: number[] } = { filtered: [], plain: [] };
  const timed = async (into: number[], work: () => Promise<unknown>): Promise<void> => {
    const started = performance.now();
    await work();
    into.push(performance.now() - started);
  };
  for (let round = -1; round < rounds; round += 1) {
    if (round === 0) for (const all of Object.values(times)) all.length = 0; // the first round warms the caches
    for (const one of cases) {
      await timed(times.filtered, () => filtered(one));
      await timed(times.plain, () => plain(one));
    }
  }
  return { filtered: median(times.filtered), plain: median(times.plain) };
};

/** The inbox of somebody who may see all: the newest letters of the government, drawn as in `list`. */
const newest = (tx: Tx, by: Actor): Promise<unknown> =>
  tx.executeQuery(CompiledQuery.raw(
    `with seen as (select id from received where tenant_id = $1 order by id desc limit ${page + 1})
     select r.id, r.state, g.status as reading, true as inside from seen join received r on r.tenant_id = $1 and r.id = seen.id
     left join reading g on g.tenant_id = r.tenant_id and g.sha256 = r.scan order by r.id desc`, [by.tenantId]));

/** The same search function with the look at the rights cut out of its text, in a schema that a transaction may put before ours. */
const withoutFilter = async (pool: ReturnType<typeof openPool>): Promise<void> => {
  const { rows } = await pool.query<{ text: string }>("select pg_get_functiondef('find_letters'::regproc) as text");
  const text = (rows[0]?.text ?? "").replace(/FUNCTION public\.find_letters/, "FUNCTION unfiltered.find_letters").replace(/\n\s*and exists \(select from reader .*\n/, "\n");
  if (text.includes("reader")) throw new Error("the filter is still in the text");
  await pool.query(`create schema unfiltered; grant usage on schema unfiltered to lontar_app; ${text}; grant execute on all functions in schema unfiltered to lontar_app`);
};

/** Officials with more letters than a page holds, spread over the government: an empty inbox would flatter the filter. */
const someActors = async (db: Database, pool: ReturnType<typeof openPool>, tenantId: Id): Promise<readonly Actor[]> => {
  const { rows } = await pool.query<{ person_id: Id }>(`with full_inbox as (select holder from reader where tenant_id = $1 and holder like 'position:%' group by holder having count(distinct subject_id) > $3)
     select person_id from (select distinct h.person_id from holding h join full_inbox f on f.holder = 'position:' || h.position_id where h.tenant_id = $1) p order by md5(person_id::text) limit $2`, [tenantId, officials, page]);
  const at = realSource.now();
  const actors: Actor[] = [];
  for (const { person_id } of rows) {
    const [post] = await readTenant(db, tenantId, (tx) => postsHeldBy(tx, tenantId, person_id, at));
    if (post !== undefined) actors.push(actorOf(post, tenantId, { at, zone: "WITA", requestId: "bench", isBlocked: false }));
  }
  return actors;
};

/** Fills the office through the same command that an administrator runs. */
const fill = async (url: string): Promise<void> => {
  const folder = await mkdtemp(join(tmpdir(), "lontar-bench-"));
  const child = spawn(process.execPath, [join(import.meta.dirname, "../../src/cli.ts"), "generate", "--letters", String(letters), "--people", String(people), "--seed", "7"], {
    env: { ...process.env, DATABASE_URL: url, LONTAR_DATA: folder, LONTAR_LOG: "warn", LONTAR_MODE: "demo" }, stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  await rm(folder, { recursive: true, force: true });
  if (code !== 0) throw new Error(`generate ended with ${code}`);
};

const median = (times: readonly number[]): number => times.toSorted((one, other) => one - other)[Math.floor((times.length - 1) / 2)] ?? 0;
const rounded = (value: number): number => Number(value.toFixed(3));

if (import.meta.main) console.table(await run());
