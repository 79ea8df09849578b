import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { NotFound } from "../kernel/refusal.ts";
import { mayRead, stateStore } from "../kernel/state.ts";
import type { ReadingResult, ReadingRow } from "./reading-row.ts";
import { decideReceived, evolveReceived, noLetter, tracesOfReceived, type ReceivedCommand, type ReceivedEvent, type ReceivedLetter, type ReceivedState } from "./received.ts";

/** Where received letters live. */
export const receivedStore = stateStore<ReceivedState>({ table: "received", none: noLetter, subject: (id) => id, traces: tracesOfReceived });

/** Begins letters: an id that nobody used yet starts from nothing. */
export const arrivingMachine: Machine<ReceivedState, ReceivedCommand, ReceivedEvent> = {
  kind: "received",
  subject: (id) => id,
  lock: receivedStore.lock,
  decide: decideReceived,
  evolve: evolveReceived,
  save: receivedStore.save,
  later: (id, event) => {
    switch (event.type) {
      case "received.uploaded":
      case "received.arrived":
        return [{ task: "letters.read", payload: { letterId: id }, key: `read:${id}` }];
      case "received.registered":
        return [{ task: "letters.index", payload: { letterId: id }, key: `index:${id}` }];
      default:
        return [];
    }
  },
};

/** Changes letters that are there; any other id is not found. */
export const receivedMachine: Machine<ReceivedState, ReceivedCommand, ReceivedEvent> = {
  ...arrivingMachine,
  lock: async (tx, id, by) => {
    const row = await receivedStore.lock(tx, id, by);
    return row === undefined || row.state.status === "belum_ada" ? undefined : row;
  },
};

/** The letter as stored, with its revision, when this person may see it. */
export const visibleLetter = async (tx: Tx, id: Id, by: Actor): Promise<{ readonly letter: ReceivedLetter; readonly revision: number }> => {
  const row = await receivedStore.find(tx, by.tenantId, id);
  if (row === undefined || row.state.status === "belum_ada" || !(await mayRead(tx, id, by))) throw new NotFound("received");
  return { letter: row.state, revision: row.revision };
};

/** The letter as stored, which nobody changes until this transaction ends: what is derived from it cannot be older than it. */
export const heldLetter = async (tx: Tx, tenantId: Id, id: Id): Promise<ReceivedLetter | undefined> =>
  (await sql<{ state: ReceivedLetter }>`select state from received where tenant_id = ${tenantId} and id = ${id} for share`.execute(tx)).rows[0]?.state;

/** Notes that a scan waits to be read; one that was read before stays read. */
export const awaitReading = async (tx: Tx, tenantId: Id, sha256: string, pages: number, at: Instant): Promise<void> => {
  await tx
    .insertInto("reading")
    .values({ tenant_id: tenantId, sha256, status: "menunggu", pages, pages_read: 0, result: null, at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

/** The reading of one scan. */
export const findReading = (tx: Tx, tenantId: Id, sha256: string): Promise<ReadingRow | undefined> =>
  tx.selectFrom("reading").select(["status", "pages", "pages_read", "result"]).where("tenant_id", "=", tenantId).where("sha256", "=", sha256).executeTakeFirst();

/** Notes how far the reading is. */
export const noteReading = async (tx: Tx, tenantId: Id, sha256: string, now: { readonly status: ReadingRow["status"]; readonly pagesRead: number; readonly result: ReadingResult | null; readonly at: Instant }): Promise<void> => {
  await tx
    .updateTable("reading")
    .set({ status: now.status, pages_read: now.pagesRead, result: now.result === null ? null : JSON.stringify(now.result), at: now.at })
    .where("tenant_id", "=", tenantId)
    .where("sha256", "=", sha256)
    .execute();
};

/** Tells the desks of a letter that something of it changed which is no act of anyone, such as a finished reading. */
export const tellDesks = async (tx: Tx, tenantId: Id, positions: readonly Id[]): Promise<void> => {
  if (positions.length > 0) await sql`select pg_notify('lontar_desk', ${JSON.stringify({ t: tenantId, p: positions.slice(0, 100) })})`.execute(tx);
};

/** Of these posts the ones that exactly one person holds at the instant: a secret letter goes to a person, not to a post (domain §1.8). */
export const soleHeld = async (tx: Tx, tenantId: Id, positions: readonly Id[], at: Instant): Promise<ReadonlySet<Id>> => {
  if (positions.length === 0) return new Set();
  const { rows } = await sql<{ position_id: Id }>`select position_id from holding where tenant_id = ${tenantId} and position_id in (${sql.join([...positions])}) and instant_of(since) <= ${at}::timestamptz and (until is null or ${at}::timestamptz < instant_of(until))
    group by position_id having count(distinct person_id) = 1`.execute(tx);
  return new Set(rows.map((row) => row.position_id));
};
