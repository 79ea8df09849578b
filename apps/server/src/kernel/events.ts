import { canonicalJson, hmacSha256, type Json } from "@lontar/ledger";
import { sql, type RawBuilder } from "kysely";
import type { Actor, HoldingKind } from "./actor.ts";
import { instantValue, uuidValue } from "./binary.ts";
import type { Tx } from "./db.ts";
import { realSource, type Id, type Instant, type Source } from "./ids.ts";

/** The events of one act as a saved row needs them. It remembers the newest: the trigger refuses an UPDATE that does not change it. */
export type Stamp = { readonly eventId: Id; readonly eventIds: readonly Id[]; readonly revision: number; readonly at: Instant };

/** The thing that an event is about. */
export type Thing = { readonly kind: string; readonly id: Id; readonly subject: Id; readonly revision: number };

/** One audit record as stored: who, in which post and under which holding, did what, when, to which thing. */
export type EventRow = {
  readonly tenant_id: Id;
  readonly event_id: Id;
  readonly kind: string;
  readonly thing_id: Id;
  readonly subject_id: Id;
  readonly revision: number;
  readonly type: string;
  readonly at: string;
  readonly person_id: Id;
  readonly position_id: Id;
  readonly holding_id: Id;
  readonly request_id: string;
  readonly body: string;
  readonly salt: Buffer;
  readonly commitment: Buffer;
};

/** The names of who acted, as they were. */
export type Who = { readonly person: string; readonly position: string; readonly holding: HoldingKind; readonly basis: string | null };

type Named = Pick<EventRow, "kind" | "thing_id" | "revision" | "person_id" | "holding_id" | "request_id">;

/** What the salted commitment covers: the event, the names that the reader of the trail is shown, and all of the row that its leaf does not say. */
export const committedText = (event: Named, body: Json, who: Who): string => committedTo(event, canonicalJson(body), who);

/** Written member by member in canonical order, since all of them are known: half the time that sorting takes; a test holds it to `canonicalJson`. */
const committedTo = (event: Named, body: string, who: Who): string =>
  `{"basis":${canonicalJson(who.basis)},"body":${body},"holding":${canonicalJson(who.holding)},"holding_id":${canonicalJson(event.holding_id)},"kind":${canonicalJson(event.kind)},"person":${canonicalJson(who.person)},"person_id":${canonicalJson(event.person_id)},"position":${canonicalJson(who.position)},"request":${canonicalJson(event.request_id)},"revision":${event.revision},"thing":${canonicalJson(event.thing_id)}}`;

/** The salted commitment to that text: HMAC-SHA256 made of one-shot hashes, a third of the time that `createHmac` takes to wrap its key. */
export const commitmentTo = (salt: Uint8Array, text: string): Buffer => Buffer.from(hmacSha256(salt, Buffer.from(text)));

/** Is this exactly what JSON would give back of it? */
const isJson = (value: unknown): value is Json => {
  switch (typeof value) {
    case "string":
    case "boolean":
      return true;
    case "number":
      return Number.isFinite(value);
    case "object":
      if (value === null) return true;
      if (Array.isArray(value)) return value.every(isJson);
      return Object.getPrototypeOf(value) === Object.prototype && Object.values(value).every(isJson);
    default:
      return false;
  }
};

/** Builds the rows of some events without storing them; the bulk path of `generate` uses the same function. */
export const eventRows = (
  thing: Thing,
  events: readonly { readonly type: string }[],
  by: Actor,
  source: Source = realSource,
): readonly (EventRow & { readonly who: string })[] => {
  const who: Who = { person: by.personName, position: by.positionTitle, holding: by.holding.kind, basis: by.holding.basis };
  const whoText = JSON.stringify(who);
  return events.map((event, index) => {
    const salt = Buffer.from(source.bytes(32));
    // What is committed to is exactly what the column will give back: what JSON would alter goes through it first.
    const read: Json = isJson(event) ? event : JSON.parse(JSON.stringify(event));
    const body = canonicalJson(read);
    const revision = thing.revision + index + 1;
    const committed = committedTo({ kind: thing.kind, thing_id: thing.id, revision, person_id: by.personId, holding_id: by.holding.id, request_id: by.requestId }, body, who);
    return {
      tenant_id: by.tenantId,
      event_id: source.id(),
      kind: thing.kind,
      thing_id: thing.id,
      subject_id: thing.subject,
      revision,
      type: event.type,
      at: by.at,
      person_id: by.personId,
      position_id: by.positionId,
      holding_id: by.holding.id,
      request_id: by.requestId,
      who: whoText,
      body,
      salt,
      commitment: commitmentTo(salt, committed),
    };
  });
};

/** A stamp, and the words that store its events and queue each for the log. Whoever saves the row says them in the same statement: one trip, and neither is there without the other. */
export type Evidence = Stamp & {
  /** Two clauses of a WITH that store them. */
  readonly clauses: RawBuilder<unknown>;
  /** What the row is made from after them: `newest` is the last event of the act, with its tenant_id, thing_id, revision and event_id. */
  readonly newest: RawBuilder<unknown>;
};

// What the server would have to read from text is sent in its own form.
const values = (row: EventRow & { readonly who: string }): RawBuilder<unknown> =>
  sql`${uuidValue(row.tenant_id)}, ${uuidValue(row.event_id)}, ${row.kind}, ${uuidValue(row.thing_id)}, ${uuidValue(row.subject_id)}, ${row.revision}, ${row.type}, ${instantValue(row.at)}, ${uuidValue(row.person_id)}, ${uuidValue(row.position_id)}, ${uuidValue(row.holding_id)}, ${row.request_id}, ${row.who}, ${row.body}, ${row.salt}, ${row.commitment}`;

/** The evidence of one decision, to be stored in the transaction of its cause. */
export const evidenceOf = (thing: Thing, events: readonly { readonly type: string }[], by: Actor): Evidence => {
  const rows = eventRows(thing, events, by);
  const clauses = sql`
    queued as (insert into event_pending (tenant_id, event_id) values ${sql.join(rows.map((row) => sql`(${uuidValue(row.tenant_id)}, ${uuidValue(row.event_id)})`))}),
    stored as (
      insert into event (tenant_id, event_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment)
      values ${sql.join(rows.map((row) => sql`(${values(row)})`))}
      returning tenant_id, thing_id, revision, event_id)`;
  const stamp = stampOf(thing, rows, by);
  return { ...stamp, clauses, newest: rows.length === 1 ? sql`stored as newest` : sql`(select * from stored where event_id = ${stamp.eventId}) as newest` };
};

/** Stores the events of the decisions about many things, before their rows; the stamps stand in their order. One statement whose text does not grow with them. */
export const recordAll = async (tx: Tx, decisions: readonly { readonly thing: Thing; readonly events: readonly { readonly type: string }[] }[], by: Actor): Promise<readonly Stamp[]> => {
  const groups = decisions.map(({ thing, events }) => ({ thing, rows: eventRows(thing, events, by) }));
  const rows = groups.flatMap((group) => group.rows);
  const who = rows[0]?.who ?? "{}"; // of one actor it is always the same
  const column = <T>(read: (row: EventRow) => T) => sql.val(rows.map(read));
  await sql`
    with stored as (
      insert into event (tenant_id, event_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment)
      select ${by.tenantId}, e.event_id, e.kind, e.thing_id, e.subject_id, e.revision, e.type, ${by.at}::timestamptz, ${by.personId}, ${by.positionId}, ${by.holding.id}, ${by.requestId}, ${who}::jsonb, e.body, e.salt, e.commitment
      from unnest(${column((row) => row.event_id)}::uuid[], ${column((row) => row.kind)}::text[], ${column((row) => row.thing_id)}::uuid[], ${column((row) => row.subject_id)}::uuid[], ${column((row) => row.revision)}::integer[],
        ${column((row) => row.type)}::text[], ${column((row) => row.body)}::jsonb[], ${column((row) => row.salt)}::bytea[], ${column((row) => row.commitment)}::bytea[])
        as e(event_id, kind, thing_id, subject_id, revision, type, body, salt, commitment)
      returning tenant_id, event_id)
    insert into event_pending (tenant_id, event_id) select tenant_id, event_id from stored`.execute(tx);
  return groups.map((group) => stampOf(group.thing, group.rows, by));
};

const stampOf = (thing: Thing, rows: readonly EventRow[], by: Actor): Stamp => ({ eventId: rows.at(-1)?.event_id ?? thing.id, eventIds: rows.map((row) => row.event_id), revision: thing.revision + rows.length, at: by.at });
