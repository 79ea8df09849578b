/**
 * What the visibility filter costs: the inbox and the search of officials of every kind, beside the same queries that look at no right, in
 * one run on one office. `BENCH_DATA` names the data folder of an office that is filled already; it is measured and left as it was.
 */
import { CompiledQuery, sql } from "kysely";
import { actorOf, standingOf } from "../../src/access/index.ts";
import type { Actor } from "../../src/kernel/actor.ts";
import { openDatabase, readTenant, type Database, type Tx } from "../../src/kernel/db.ts";
import { realSource, type Id } from "../../src/kernel/ids.ts";
import { list, pageOfLetters } from "../../src/letters/queries.ts";
import { postsHeldBy } from "../../src/organisation/index.ts";
import { search } from "../../src/records/queries.ts";
import { openFilled, type Filled } from "../../test/filled.ts";

/** One measured thing; `ratio` is above 0.8 where the filter adds at most a quarter. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

const officials = 12; // of a kind
const rounds = 5;
const page = 30;
const words = ["rapat", "permohonan data", "undangan koordinasi", "jaringan desa"] as const;

/** Fills an office, or opens the one that is named, and measures. */
export async function run(): Promise<Metric[]> {
  const office = await openFilled("bench_sight");
  const { pool, tenantId, size } = office;
  try {
    await withoutFilter(pool);
    const db = openDatabase(pool);
    const kinds = await someActors(db, pool, tenantId);
    const inbox = (by: Actor) => readTenant(db, tenantId, (tx) => list(tx, { limit: page }, by));
    const plainInbox = (by: Actor) => readTenant(db, tenantId, (tx) => newest(tx, by));
    const find = (path: string) => ({ by, q }: Asked) => readTenant(db, tenantId, async (tx) => {
      await tx.executeQuery(CompiledQuery.raw(`set local search_path = ${path}`));
      return search(tx, { q, limit: page }, by);
    });
    const metrics: Metric[] = [];
    for (const [kind, actors] of kinds) {
      if (actors.length === 0) continue; // this office has none of that kind
      const asked = actors.flatMap((by) => words.map((q) => ({ by, q })));
      const seen = { inbox: await compare(actors, inbox, plainInbox), search: await compare(asked, find("public"), find("unfiltered, public")) };
      for (const what of ["inbox", "search"] as const) metrics.push(...metricsOf(`sight: ${what}, ${kind}, ${size}`, seen[what]));
    }
    return metrics;
  } finally {
    await pool.query("drop schema if exists unfiltered cascade");
    await office.close();
  }
}

type Asked = { readonly by: Actor; readonly q: string };
type Times = { readonly filtered: number[]; readonly plain: number[] };

const noTimes = (): Times => ({ filtered: [], plain: [] });

const metricsOf = (name: string, { filtered, plain }: Times): Metric[] =>
  ([["p50", 0.5], ["p95", 0.95]] as const).map(([label, share]) => {
    const [with_, without] = [quantile(filtered, share), quantile(plain, share)];
    return { name: `${name}, ${label}`, value: rounded(with_), unit: "ms", peer: `the same query without the filter (${rounded(without)} ms)`, ratio: rounded(without / with_) };
  });

/** All times of both over the same cases; they take turns, so that a busy machine slows them alike. */
const compare = async <Case>(cases: readonly Case[], filtered: (one: Case) => Promise<unknown>, plain: (one: Case) => Promise<unknown>): Promise<Times> => {
  const times = noTimes();
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
  return times;
};

/** The inbox of somebody who may see all: the newest letters of the government, made into the same page. */
const newest = (tx: Tx, by: Actor): Promise<unknown> =>
  pageOfLetters(tx, { seen: sql`select id as subject_id, true as inside from received where tenant_id = ${by.tenantId} order by id desc limit ${page + 1}`, hasStatus: sql`true`, limit: page }, by.tenantId);

/** The same search for somebody who may read all: no look at the rights, the plan is the planner's own; in a schema that a transaction may put before ours. */
const withoutFilter = async (pool: Filled["pool"]): Promise<void> => {
  await pool.query(`drop schema if exists unfiltered cascade; create schema unfiltered; grant usage on schema unfiltered to lontar_app;
    create function unfiltered.find_letters(asked text, part text, holders text[], before_id uuid, at_most integer)
    returns table (subject_id uuid, kind text, dated text, facts text, content text, scan text) language plpgsql stable security definer set search_path = public, pg_temp rows 40 as $$
    begin
      return query execute $q$
        select s.subject_id, s.kind, s.dated, s.facts, s.content, s.scan from search_text s
        where s.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and (s.words @@ websearch_to_tsquery('indonesian', $1) or s.folded like lower($2)) and ($3 is null or s.subject_id < $3)
        order by s.subject_id desc limit $4 $q$ using asked, part, before_id, at_most;
    end $$; grant execute on all functions in schema unfiltered to lontar_app`);
};

/**
 * Officials by what their inbox is like, each kind with SQL that names posts by preference: first anybody who reads something, as the
 * claim about an office's users means it, then those whom the filter costs most, and those it costs least.
 */
const kindsOfPosts: Readonly<Record<string, { readonly where: string; readonly order: string; readonly many?: number }>> = {
  anybody: { where: "n.letters > 0", order: "md5(p.id::text)", many: 60 },
  "registrars with most": { where: "p.facts->'functions' ? 'registrar'", order: "n.letters desc nulls last" },
  "secretaries and heads with most": { where: "p.facts->>'role' in ('sekretaris', 'sekda', 'kepala', 'asisten', 'bupati')", order: "n.letters desc nulls last" },
  "officials with a full page": { where: `n.letters > ${page}`, order: "md5(p.id::text)" },
  "staff with little": { where: `n.letters between 1 and ${page}`, order: "n.letters, md5(p.id::text)" },
  inspectors: { where: "p.facts->'functions' ? 'inspector'", order: "p.id" },
};

const someActors = async (db: Database, pool: Filled["pool"], tenantId: Id): Promise<ReadonlyMap<string, readonly Actor[]>> => {
  const at = realSource.now();
  const kinds = new Map<string, readonly Actor[]>();
  const counted = await pool.query<{ id: Id; letters: string }>("select substr(holder, 10)::uuid as id, count(distinct subject_id) as letters from reader where tenant_id = $1 and holder like 'position:%' group by holder", [tenantId]);
  for (const [kind, { where, order, many = officials }] of Object.entries(kindsOfPosts)) {
    const { rows } = await pool.query<{ person_id: Id; position_id: Id }>(
      `select distinct on (picked.rank) h.person_id, h.position_id from (
         select p.id, row_number() over (order by ${order}) as rank from position_period p
         left join unnest($2::uuid[], $3::bigint[]) as n(id, letters) on n.id = p.id where p.tenant_id = $1 and p.until is null and ${where}) picked
       join holding h on h.tenant_id = $1 and h.position_id = picked.id and (h.until is null or h.until > $4) order by picked.rank limit $5`,
      [tenantId, counted.rows.map((row) => row.id), counted.rows.map((row) => row.letters), at, many]);
    const actors: Actor[] = [];
    for (const { person_id, position_id } of rows) {
      const post = (await readTenant(db, tenantId, (tx) => postsHeldBy(tx, tenantId, person_id, at))).find((held) => held.id === position_id);
      if (post === undefined) continue;
      const { zone, ...keys } = await readTenant(db, tenantId, (tx) => standingOf(tx, tenantId, post, at));
      actors.push({ ...actorOf(post, tenantId, { at, zone, requestId: "bench", isBlocked: false }), ...keys });
    }
    kinds.set(kind, actors);
  }
  return kinds;
};

const quantile = (times: readonly number[], share: number): number => times.toSorted((one, other) => one - other)[Math.floor((times.length - 1) * share)] ?? 0;
const rounded = (value: number): number => Number(value.toFixed(3));

if (import.meta.main) console.table(await run());
