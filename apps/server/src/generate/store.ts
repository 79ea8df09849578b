import type pg from "pg";
import { logEvents, type LogWriter } from "../audit/index.ts";
import { copyRows } from "../kernel/copy.ts";
import { copyStates } from "../kernel/references.ts";
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

/** Whose office is filled, and who signs its log. */
export type BatchWriter = LogWriter & { readonly pool: pg.Pool };

/**
 * Writes a batch in one transaction: all of it, its places in the log included, or nothing. What many batches may write side by side
 * comes first; then it waits until the batch before is whole, for numbers and the log have one order.
 */
export const writeBatch = async (writer: BatchWriter, batch: Batch, before: Promise<void>): Promise<void> => {
  const { pool, tenantId } = writer;
  const client = await pool.connect();
  const { rows } = batch;
  const tenant_id = (): Id => tenantId;
  try {
    await client.query("begin");
    await client.query("set local synchronous_commit = off; set local gin_pending_list_limit = '32MB'");
    await copyRows(client, "event", {
      tenant_id, event_id: (e) => e.event_id, kind: (e) => e.kind, thing_id: (e) => e.thing_id, subject_id: (e) => e.subject_id, revision: (e) => e.revision, type: (e) => e.type, at: (e) => e.at,
      person_id: (e) => e.person_id, position_id: (e) => e.position_id, holding_id: (e) => e.holding_id, request_id: (e) => e.request_id, who: (e) => e.who, body: (e) => e.body, salt: (e) => e.salt, commitment: (e) => e.commitment,
    }, rows.events);
    await copyStates(client, tenantId, rows.states);
    await copyRows(client, "reader", {
      tenant_id, holder: (r) => r.holder, subject_id: (r) => r.subjectId, rule: (r) => r.rule, sight: (r) => r.sight, thing_id: (r) => r.thingId, event_id: (r) => r.eventId, since: (r) => r.since,
    }, rows.readers);
    await copyRows(client, "reader_past", {
      tenant_id, holder: (r) => r.holder, subject_id: (r) => r.subjectId, rule: (r) => r.rule, sight: (r) => r.sight, thing_id: (r) => r.thingId, event_id: (r) => r.eventId, since: (r) => r.since,
      until_event: (r) => r.untilEvent, until: (r) => r.until,
    }, rows.pastReaders);
    await copyRows(client, "duty", {
      tenant_id, position_id: (d) => d.position_id, thing_id: (d) => d.thing_id, act: (d) => d.act, kind: (d) => d.kind, target_id: (d) => d.target_id, sender: (d) => d.sender, title: (d) => d.title,
      detail: (d) => d.detail, urgency: (d) => d.urgency, security: (d) => d.security, since: (d) => d.since, due: (d) => d.due, unread: (d) => d.unread,
    }, rows.duties);
    await copyRows(client, "search_text", { tenant_id, subject_id: (s) => s.subjectId, kind: (s) => s.kind, dated: (s) => s.dated, facts: (s) => s.facts, content: (s) => s.content, scan: (s) => s.scan }, batch.search);
    await copyRows(client, "draft_text", { tenant_id, draft_id: (t) => t.draftId, revision: () => 1, content: (t) => t.content, hash: (t) => t.hash, person_id: (t) => t.personId, at: (t) => t.at }, batch.texts);
    await copyRows(client, "dossier_item", { tenant_id, subject_id: (i) => i.subjectId, dossier_id: (i) => i.dossierId, kind: () => "surat", at: (i) => i.at }, batch.items);
    await before;
    const last = new Map<string, number>();
    for (const { series, n } of batch.numbers) last.set(series, Math.max(n, last.get(series) ?? 0));
    await client.query("insert into number_series (tenant_id, series, last) select $1, * from unnest($2::text[], $3::int[]) on conflict (tenant_id, series) do update set last = excluded.last", [tenantId, [...last.keys()], [...last.values()]]);
    await copyRows(client, "number_entry", { tenant_id, series: (n) => n.series, n: (n) => n.n, thing_id: (n) => n.thingId, fate: (n) => n.fate, at: (n) => n.at }, batch.numbers);
    if (rows.logged.length > 0) await logEvents(client, writer, rows.logged);
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
