import { sql } from "kysely";
import type { Tx } from "./db.ts";
import type { Id, Instant } from "./ids.ts";
import type { Reader, Traces } from "./state.ts";

/** The act by which a right begins or ends. */
export type GivingAct = { readonly eventId: Id; readonly at: Instant };

/** A right to read with its beginning: by which act, and when. */
export type DatedRight = { readonly holder: Reader["holder"]; readonly rule: Reader["rule"]; readonly sight: "isi" | "sampul"; readonly eventId: Id; readonly since: Instant };

/** A right that was taken back. */
export type PastRight = DatedRight & { readonly untilEvent: Id; readonly until: Instant };

/** The rights that one thing gives, as its events made them: what stands, and what was taken back. */
export type RightsBook = {
  /** Notes what follows from the state after one more event. */
  readonly note: (traces: Traces, act: GivingAct) => void;
  readonly open: () => readonly DatedRight[];
  readonly past: () => readonly PastRight[];
};

const nameOf = (reader: Reader): string => `${reader.holder} ${reader.rule} ${reader.sight ?? "isi"}`;

/** Begins the book of one thing. The stores do the same in SQL, one act at a time; the integrity check and `generate` do it here. */
export const openRights = (): RightsBook => {
  const open = new Map<string, DatedRight>();
  const past: PastRight[] = [];
  return {
    note: (traces, act) => {
      for (const reader of traces.takenBack ?? []) {
        const right = open.get(nameOf(reader));
        if (right === undefined) continue;
        open.delete(nameOf(reader));
        past.push({ ...right, untilEvent: act.eventId, until: act.at });
      }
      for (const reader of traces.readers) {
        const name = nameOf(reader);
        if (!open.has(name)) open.set(name, { holder: reader.holder, rule: reader.rule, sight: reader.sight ?? "isi", eventId: act.eventId, since: act.at });
      }
    },
    open: () => [...open.values()],
    past: () => past,
  };
};

/** What follows from the state after each event of one act, oldest first. */
export type Step = { readonly traces: Traces; readonly act: GivingAct };

/** Where rights are noted. */
export type Place = { readonly tenantId: Id; readonly subjectId: Id; readonly thingId: Id };

/** A right that an act gives. */
export type GivenRight = { readonly reader: Reader; readonly act: GivingAct };

/**
 * What is left to be given at the end of one act's steps; a right that stands already keeps its first act. Nearly every act only gives:
 * of all its steps the first to give a right is the one that counts. One that takes back is noted here step by step but for its last gifts.
 */
export const rightsLeft = async (tx: Tx, place: Place, steps: readonly Step[]): Promise<readonly GivenRight[]> => {
  const last = steps.findLastIndex(({ traces }) => traces.takenBack !== undefined && traces.takenBack.length > 0);
  for (const [index, step] of steps.slice(0, last + 1).entries()) {
    await takeBack(tx, place, step.traces.takenBack ?? [], step.act);
    if (index < last) await give(tx, place, given([step]));
  }
  return given(steps.slice(Math.max(0, last)));
};

const given = (steps: readonly Step[]): readonly GivenRight[] => {
  const rights = new Map<string, GivenRight>();
  for (const { traces, act } of steps) for (const reader of traces.readers) if (!rights.has(nameOf(reader))) rights.set(nameOf(reader), { reader, act });
  return [...rights.values()];
};

const give = async (tx: Tx, { tenantId, subjectId, thingId }: Place, rights: readonly GivenRight[]): Promise<void> => {
  if (rights.length === 0) return;
  await tx
    .insertInto("reader")
    .values(rights.map(({ reader, act }) => ({ tenant_id: tenantId, holder: reader.holder, subject_id: subjectId, rule: reader.rule, sight: reader.sight ?? "isi", thing_id: thingId, event_id: act.eventId, since: act.at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const takeBack = async (tx: Tx, { tenantId, subjectId, thingId }: Place, readers: readonly Reader[], act: GivingAct): Promise<void> => {
  if (readers.length === 0) return;
  const column = (values: readonly string[]) => sql.val([...values]);
  await sql`
    with gone as (
      delete from reader r using unnest(${column(readers.map((reader) => reader.holder))}::text[], ${column(readers.map((reader) => reader.rule))}::text[], ${column(readers.map((reader) => reader.sight ?? "isi"))}::text[]) as g(holder, rule, sight)
      where r.tenant_id = ${tenantId} and r.subject_id = ${subjectId} and r.thing_id = ${thingId} and r.holder = g.holder and r.rule = g.rule and r.sight = g.sight
      returning r.*)
    insert into reader_past (tenant_id, holder, subject_id, rule, sight, thing_id, event_id, since, until_event, until)
    select tenant_id, holder, subject_id, rule, sight, thing_id, event_id, since, ${act.eventId}::uuid, ${act.at}::timestamptz from gone`.execute(tx);
};
