import { canonicalJson, hmacSha256, type Json } from "@lontar/ledger";
import type { Actor, HoldingKind } from "./actor.ts";
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

/** Stores the events of one decision and queues each for the log, in the transaction of their cause. */
export const record = async (tx: Tx, thing: Thing, events: readonly { readonly type: string }[], by: Actor): Promise<Stamp> => {
  const rows = eventRows(thing, events, by);
  await tx
    .with("stored", (db) => db.insertInto("event").values(rows).returning(["tenant_id", "event_id"]))
    .insertInto("event_pending")
    .columns(["tenant_id", "event_id"])
    .expression((db) => db.selectFrom("stored").select(["tenant_id", "event_id"]))
    .execute();
  const last = rows.at(-1);
  return { eventId: last?.event_id ?? thing.id, eventIds: rows.map((row) => row.event_id), revision: thing.revision + rows.length, at: by.at };
};
