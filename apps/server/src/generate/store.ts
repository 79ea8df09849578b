import type pg from "pg";
import { logLeaves, openLeaves, type LeafBlock, type LogWriter } from "../audit/index.ts";
import { copyEncoded, openRows, type CopyColumns, type CopyRows } from "../kernel/copy.ts";
import type { EventRow } from "../kernel/events.ts";
import { copyStates, openStates, type StateRows } from "../kernel/references.ts";
import type { Id } from "../kernel/ids.ts";
import type { DutyRow, PastReaderRow, ReaderRow, Rows } from "./story.ts";

/** Words for the search. */
export type SearchRow = { readonly subjectId: Id; readonly kind: "surat" | "naskah"; readonly dated: string; readonly facts: string; readonly content: string; readonly scan: string };

/** Numbers taken in a batch: series, number, thing, fate, moment. */
export type NumberRow = { readonly series: string; readonly n: number; readonly thingId: Id; readonly fate: "direservasi" | "disahkan" | "dibatalkan"; readonly at: string };

/** The working text of a generated draft. */
export type TextRow = { readonly draftId: Id; readonly content: string; readonly hash: string; readonly personId: Id; readonly at: string };

/** Items filed. */
export type ItemRow = { readonly subjectId: Id; readonly dossierId: Id; readonly at: string };

/** A batch that is written while its stories are told: plain bytes, so that a telling keeps no rows. */
export type Batch = {
  readonly rows: Rows;
  readonly numbers: { readonly push: (row: NumberRow) => void };
  readonly search: { readonly push: (row: SearchRow) => void };
  readonly texts: { readonly push: (row: TextRow) => void };
  readonly items: { readonly push: (row: ItemRow) => void };
  readonly close: () => EncodedBatch;
};

/** A batch as the database takes it, which a thread can hand to another. */
export type EncodedBatch = {
  readonly events: number;
  readonly happened: CopyRows;
  readonly states: readonly StateRows[];
  /** What many batches may write side by side. */
  readonly beside: readonly CopyRows[];
  /** The newest number of each series that the batch goes on with. */
  readonly series: readonly (readonly [string, number])[];
  readonly numbers: CopyRows;
  readonly leaves: LeafBlock;
};

/** Begins a batch of a tenant. */
export const openBatch = (tenantId: Id): Batch => {
  const tenant_id = { uuid: () => tenantId };
  const right = {
    tenant_id, holder: { text: ({ right: r }) => r.holder }, subject_id: { uuid: (r) => r.subjectId }, rule: { text: ({ right: r }) => r.rule }, sight: { text: ({ right: r }) => r.sight }, thing_id: { uuid: (r) => r.thingId }, event_id: { uuid: ({ right: r }) => r.eventId }, since: { instant: ({ right: r }) => r.since },
  } as const satisfies CopyColumns<ReaderRow>;
  const events = openRows<EventRow & { readonly who: string }>("event", {
    tenant_id, event_id: { uuid: (e) => e.event_id }, kind: { text: (e) => e.kind }, thing_id: { uuid: (e) => e.thing_id }, subject_id: { uuid: (e) => e.subject_id }, revision: { integer: (e) => e.revision }, type: { text: (e) => e.type }, at: { instant: (e) => e.at },
    person_id: { uuid: (e) => e.person_id }, position_id: { uuid: (e) => e.position_id }, holding_id: { uuid: (e) => e.holding_id }, request_id: { text: (e) => e.request_id }, who: { json: (e) => e.who }, body: { json: (e) => e.body }, salt: { bytes: (e) => e.salt }, commitment: { bytes: (e) => e.commitment },
  });
  const states = openStates(tenantId);
  const readers = openRows<ReaderRow>("reader", right);
  const pastReaders = openRows<PastReaderRow>("reader_past", { ...right, until_event: { uuid: ({ right: r }) => r.untilEvent }, until: { instant: ({ right: r }) => r.until } });
  const duties = openRows<DutyRow>("duty", {
    tenant_id, position_id: { uuid: (d) => d.position_id }, thing_id: { uuid: (d) => d.thing_id }, act: { text: (d) => d.act }, kind: { text: (d) => d.kind }, target_id: { uuid: (d) => d.target_id }, sender: { text: (d) => d.sender }, title: { text: (d) => d.title },
    detail: { text: (d) => d.detail }, urgency: { text: (d) => d.urgency }, security: { text: (d) => d.security }, since: { instant: (d) => d.since }, due: { instant: (d) => d.due }, unread: { flag: (d) => d.unread },
  });
  const search = openRows<SearchRow>("search_text", { tenant_id, subject_id: { uuid: (s) => s.subjectId }, kind: { text: (s) => s.kind }, dated: { text: (s) => s.dated }, facts: { text: (s) => s.facts }, content: { text: (s) => s.content }, scan: { text: (s) => s.scan } });
  const texts = openRows<TextRow>("draft_text", { tenant_id, draft_id: { uuid: (t) => t.draftId }, revision: { integer: () => 1 }, content: { json: (t) => t.content }, hash: { text: (t) => t.hash }, person_id: { uuid: (t) => t.personId }, at: { instant: (t) => t.at } });
  const items = openRows<ItemRow>("dossier_item", { tenant_id, subject_id: { uuid: (i) => i.subjectId }, dossier_id: { uuid: (i) => i.dossierId }, kind: { text: () => "surat" }, at: { instant: (i) => i.at } });
  const entries = openRows<NumberRow>("number_entry", { tenant_id, series: { text: (n) => n.series }, n: { integer: (n) => n.n }, thing_id: { uuid: (n) => n.thingId }, fate: { text: (n) => n.fate }, at: { instant: (n) => n.at } });
  const last = new Map<string, number>();
  const logged = openLeaves();
  return {
    rows: { events, logged, states, readers, pastReaders, duties },
    numbers: {
      push: (row) => {
        last.set(row.series, Math.max(row.n, last.get(row.series) ?? 0));
        entries.push(row);
      },
    },
    search, texts, items,
    close: () => ({
      events: events.count(), happened: events.rows(), states: states.tables(), beside: [readers, pastReaders, duties, search, texts, items].map((writer) => writer.rows()),
      series: [...last], numbers: entries.rows(), leaves: logged.block(),
    }),
  };
};

/** The memory of a batch, to be handed over instead of copied. */
export const buffersOf = ({ happened, states, beside, numbers, leaves }: EncodedBatch): ArrayBuffer[] =>
  [happened, ...states.map(({ rows }) => rows), ...beside, numbers, leaves.rows].flatMap(({ bytes }) => (bytes.buffer instanceof ArrayBuffer ? [bytes.buffer] : []));

/** Whose office is filled, and who signs its log. */
export type BatchWriter = LogWriter & { readonly pool: pg.Pool };

/**
 * Writes a batch in one transaction: all of it, its places in the log included, or nothing. What many batches may write side by side
 * comes first; then it waits until the batch before is whole, for numbers and the log have one order.
 */
export const writeBatch = async (writer: BatchWriter, batch: EncodedBatch, before: Promise<void>): Promise<void> => {
  const { pool, tenantId } = writer;
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local synchronous_commit = off; set local gin_pending_list_limit = '32MB'");
    await copyEncoded(client, batch.happened);
    await copyStates(client, tenantId, batch.states);
    for (const rows of batch.beside) await copyEncoded(client, rows);
    await before;
    await client.query("insert into number_series (tenant_id, series, last) select $1, * from unnest($2::text[], $3::int[]) on conflict (tenant_id, series) do update set last = excluded.last", [tenantId, batch.series.map(([series]) => series), batch.series.map(([, n]) => n)]);
    await copyEncoded(client, batch.numbers);
    if (batch.events > 0) await logLeaves(client, writer, batch.leaves);
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

/** Who has an account. */
export const peopleWithAccount = async (pool: pg.Pool, tenantId: Id): Promise<ReadonlySet<Id>> => new Set((await pool.query<{ id: Id }>("select id from account where tenant_id = $1", [tenantId])).rows.map(({ id }) => id));

/** How many events there are by now. */
export const eventsSoFar = async (pool: pg.Pool): Promise<number> => Number((await pool.query<{ n: string }>("select coalesce(sum(size), 0) as n from log_head")).rows[0]?.n);

/** The tables that grow with every letter. */
export const growingTables = ["event", "log_leaf", "number_entry", "received", "disposition", "search_text", "reader", "duty", "dossier_item"] as const;

/** Notes one file's bytes as the tenant's. */
export const noteBlob = async (pool: pg.Pool, tenantId: Id, file: { readonly sha256: string; readonly size: number }, at: string): Promise<void> => {
  await pool.query("insert into blob (tenant_id, sha256, size, media_type, pages, at) values ($1, $2, $3, 'application/pdf', 1, $4) on conflict do nothing", [tenantId, file.sha256, file.size, at]);
};

/** Fresh statistics, so that the first queries over a million new rows are planned well. */
export const analyse = async (pool: pg.Pool): Promise<void> => {
  await pool.query("analyze");
};

/** The findings of a government with the things that their evidence names, for the score. */
export const findingsNamed = async (pool: pg.Pool, tenantId: Id): Promise<readonly { readonly id: Id; readonly code: string; readonly things: readonly Id[] }[]> =>
  (await pool.query<{ id: Id; code: string; things: Id[] }>(
    `select f.id, f.code, array(select distinct unnest(array[e.thing_id, e.subject_id]) from jsonb_array_elements_text(f.state->'evidence') x(id) join event e on e.tenant_id = f.tenant_id and e.event_id = x.id::uuid) as things
     from finding f where f.tenant_id = $1 and f.status <> 'gugur' order by f.code, f.id`,
    [tenantId],
  )).rows;
