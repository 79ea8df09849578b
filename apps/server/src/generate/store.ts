import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import type { Rows } from "./story.ts";

/** Words for the search. */
export type SearchRow = { readonly subjectId: Id; readonly kind: "surat" | "naskah"; readonly dated: string; readonly facts: string; readonly content: string; readonly scan: string };

/** Numbers taken in a batch: series, number, thing, fate, moment. */
export type NumberRow = { readonly series: string; readonly n: number; readonly thingId: Id; readonly fate: "direservasi" | "disahkan" | "dibatalkan"; readonly at: string };

/** The working text of a generated draft. */
export type TextRow = { readonly draftId: Id; readonly content: string; readonly hash: string; readonly personId: Id; readonly at: string };

/** Items filed. */
export type ItemRow = { readonly subjectId: Id; readonly dossierId: Id; readonly at: string };

/** Everything of one batch. */
export type Batch = { readonly rows: Rows; readonly numbers: NumberRow[]; readonly search: SearchRow[]; readonly texts: TextRow[]; readonly items: ItemRow[] };

const columns = <T>(items: readonly T[], ...picks: readonly ((item: T) => unknown)[]): unknown[][] => picks.map((pick) => items.map(pick));

/** Writes a batch in one transaction: all of it or nothing. Column-wise arrays are the fastest way through this driver. */
export const writeBatch = async (pool: pg.Pool, tenantId: Id, batch: Batch): Promise<void> => {
  const client = await pool.connect();
  const { rows } = batch;
  try {
    await client.query("begin");
    await client.query("set local synchronous_commit = off");
    await client.query(
      `insert into event (tenant_id, event_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment)
       select $1, * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::int[], $7::text[], $8::timestamptz[], $9::uuid[], $10::uuid[], $11::uuid[], $12::text[], $13::jsonb[], $14::jsonb[], $15::bytea[], $16::bytea[])`,
      [tenantId, ...columns(rows.events, (e) => e.event_id, (e) => e.kind, (e) => e.thing_id, (e) => e.subject_id, (e) => e.revision, (e) => e.type, (e) => e.at, (e) => e.person_id, (e) => e.position_id, (e) => e.holding_id, (e) => e.request_id, (e) => e.who, (e) => e.body, (e) => e.salt, (e) => e.commitment)],
    );
    await client.query("insert into event_pending (tenant_id, event_id) select $1, unnest($2::uuid[])", [tenantId, rows.events.map((event) => event.event_id)]);
    for (const [table, states] of Map.groupBy(rows.states, (state) => state.table)) {
      await client.query(`insert into ${table} (tenant_id, id, revision, last_event, state) select $1, * from unnest($2::uuid[], $3::int[], $4::uuid[], $5::jsonb[])`, [tenantId, ...columns(states, (s) => s.id, (s) => s.revision, (s) => s.lastEvent, (s) => s.state)]);
    }
    await client.query("insert into reader (tenant_id, holder, subject_id, rule) select $1, * from unnest($2::text[], $3::uuid[], $4::text[]) on conflict do nothing", [tenantId, ...columns(rows.readers, (r) => r.holder, (r) => r.subject_id, (r) => r.rule)]);
    await client.query(
      `insert into duty (tenant_id, position_id, thing_id, act, kind, target_id, sender, title, detail, urgency, security, since, due, unread)
       select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::uuid[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[], $14::boolean[])`,
      [tenantId, ...columns(rows.duties, (d) => d.position_id, (d) => d.thing_id, (d) => d.act, (d) => d.kind, (d) => d.target_id, (d) => d.sender, (d) => d.title, (d) => d.detail, (d) => d.urgency, (d) => d.security, (d) => d.since, (d) => d.due, (d) => d.unread)],
    );
    const last = new Map<string, number>();
    for (const { series, n } of batch.numbers) last.set(series, Math.max(n, last.get(series) ?? 0));
    await client.query("insert into number_series (tenant_id, series, last) select $1, * from unnest($2::text[], $3::int[]) on conflict (tenant_id, series) do update set last = excluded.last", [tenantId, [...last.keys()], [...last.values()]]);
    await client.query("insert into number_entry (tenant_id, series, n, thing_id, fate, at) select $1, * from unnest($2::text[], $3::int[], $4::uuid[], $5::text[], $6::timestamptz[])", [tenantId, ...columns(batch.numbers, (n) => n.series, (n) => n.n, (n) => n.thingId, (n) => n.fate, (n) => n.at)]);
    await client.query("insert into search_text (tenant_id, subject_id, kind, dated, facts, content, scan) select $1, * from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])", [tenantId, ...columns(batch.search, (s) => s.subjectId, (s) => s.kind, (s) => s.dated, (s) => s.facts, (s) => s.content, (s) => s.scan)]);
    await client.query("insert into draft_text (tenant_id, draft_id, revision, content, hash, person_id, at) select $1, d, 1, c, h, p, a from unnest($2::uuid[], $3::jsonb[], $4::text[], $5::uuid[], $6::timestamptz[]) as t (d, c, h, p, a)", [tenantId, ...columns(batch.texts, (t) => t.draftId, (t) => t.content, (t) => t.hash, (t) => t.personId, (t) => t.at)]);
    await client.query("insert into dossier_item (tenant_id, subject_id, dossier_id, kind, at) select $1, s, d, 'surat', a from unnest($2::uuid[], $3::uuid[], $4::timestamptz[]) as t (s, d, a)", [tenantId, ...columns(batch.items, (i) => i.subjectId, (i) => i.dossierId, (i) => i.at)]);
    await client.query("commit");
  } catch (error) {
    // The first error is the one to report; a connection already lost has rolled back by itself.
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
};

/** Leaf classifications, as many as asked. */
export const someClassifications = async (pool: pg.Pool, limit: number): Promise<readonly string[]> => (await pool.query<{ code: string }>("select code from classification where leaf order by md5(code) limit $1", [limit])).rows.map((row) => row.code);

/** The newest number of each series so far, so that new letters go on from there. */
export const seriesSoFar = async (pool: pg.Pool, tenantId: Id): Promise<Map<string, number>> => new Map((await pool.query<{ series: string; last: number }>("select series, last from number_series where tenant_id = $1", [tenantId])).rows.map((row) => [row.series, row.last]));

/** Notes one file's bytes as the tenant's. */
export const noteBlob = async (pool: pg.Pool, tenantId: Id, file: { readonly sha256: string; readonly size: number }, at: string): Promise<void> => {
  await pool.query("insert into blob (tenant_id, sha256, size, media_type, pages, at) values ($1, $2, $3, 'application/pdf', 1, $4) on conflict do nothing", [tenantId, file.sha256, file.size, at]);
};

/** Fresh statistics, so that the first queries over a million new rows are planned well. */
export const analyse = async (pool: pg.Pool): Promise<void> => {
  await pool.query("analyze");
};
