import { sql, type RawBuilder } from "kysely";
import type { Actor, OversightKey } from "./actor.ts";
import { nobody } from "./actor.ts";
import type { Tx } from "./db.ts";
import type { Evidence, Stamp } from "./events.ts";
import type { Id, Instant } from "./ids.ts";
import type { Locked } from "./perform.ts";
import { assert } from "./refusal.ts";
import { rightsLeft, type GivenRight, type Place } from "./rights.ts";

/** The tables whose rows are made by events. */
export type StateTable = "unit" | "position" | "person" | "holding" | "account" | "delegation" | "policy" | "received" | "disposition" | "draft" | "issued" | "credential" | "parcel" | "dossier" | "service_request" | "handover" | "class_right" | "inspection" | "inspection_look" | "emergency" | "secret_reading" | "export" | "seal_key" | "finding" | "flag_rule" | "saved_query" | "sample";

/** Someone who may read, written as a key: a person, a post, the registrars of a unit, whoever has the right for a classification, a security class and an office, or whoever reads under a mandate of inspection or in an emergency while it runs. */
export type Holder = `person:${Id}` | `position:${Id}` | `registrar:${Id}` | `class:${string}` | OversightKey;

/** One line of "who may see this and why"; `rule` names a clause of the visibility rule (domain §8.1). With `sampul` he sees what stands on the closed envelope, not what is inside. */
export type Reader = { readonly holder: Holder; readonly rule: "penyusun" | "pemaraf" | "penanda_tangan" | "pencatat" | "dituju" | "tembusan" | "disposisi" | "pelapor" | "klasifikasi" | "registrasi" | "pemeriksaan" | "darurat"; readonly sight?: "sampul" };

/** One thing that waits on a desk. */
export type Duty = {
  readonly positionId: Id;
  readonly act: "catat" | "arahkan" | "disposisi" | "tindak_lanjut" | "terima_laporan" | "susun" | "paraf" | "tanda_tangan" | "kirim" | "baca" | "verifikasi" | "selesaikan" | "berkaskan" | "ketahui" | "jelaskan";
  readonly kind: "surat" | "naskah" | "permohonan" | "darurat" | "temuan";
  readonly targetId: Id;
  readonly sender: string;
  readonly title: string;
  readonly detail: string;
  readonly urgency: "biasa" | "segera" | "amat_segera";
  readonly security: "B" | "T" | "R" | "SR";
  readonly since: Instant;
  readonly due: Instant | null;
  readonly unread: boolean;
};

/**
 * What a state means for others: who may read it, and on whose desk it waits. Pure, so that `fsck` can make it again.
 * A right to read stays when the state moves on, unless the state takes it back by name.
 */
export type Traces = { readonly readers: readonly Reader[]; readonly takenBack?: readonly Reader[]; readonly duties: readonly Duty[] };

/** Every key under which this actor acts and finds: what lists, searches and commands ask. The system reads everything. */
export const holderKeys = (by: Actor): readonly Holder[] => [
  `person:${by.personId}`,
  `position:${by.positionId}`,
  ...(by.functions.includes("registrar") || by.functions.includes("archivist") ? [`registrar:${by.unitId}` as const] : []),
  ...(by.classKeys ?? []),
];

/**
 * The readers by right of class (SKKAAD): a key for the code and for each of its headings, so that one equality finds them all. A right
 * for a class never opens what is secret: there it shows the envelope (domain §1.8).
 */
export const classReaders = (of: { readonly classification: string | null; readonly security: Duty["security"]; readonly unitId: Id }): readonly Reader[] => {
  const parts = of.classification?.split(".") ?? [];
  const secret = of.security === "R" || of.security === "SR";
  return parts.map((_, index): Reader => ({ holder: `class:${parts.slice(0, index + 1).join(".")}/${of.security}/${of.unitId}`, rule: "klasifikasi", ...(secret && { sight: "sampul" as const }) }));
};

/** Every key under which this actor may read one letter that he opens: also by oversight, where each reading is an event. Nothing is listed, found or changed by such a key. */
export const readingKeys = (by: Actor): readonly Holder[] => [...holderKeys(by), ...(by.oversight ?? [])];

/** May this actor read the letter? One indexed look-up; lists join the same table. */
export const mayRead = async (tx: Tx, subjectId: Id, by: Actor): Promise<boolean> =>
  by.personId === nobody ||
  (await tx.selectFrom("reader").select("subject_id").where("tenant_id", "=", by.tenantId).where("subject_id", "=", subjectId).where("holder", "in", [...readingKeys(by)]).limit(1).executeTakeFirst()) !== undefined;

/** May this actor read what is inside? Of a secret letter some see the envelope alone (domain §1.8). */
export const mayReadInside = async (tx: Tx, subjectId: Id, by: Actor): Promise<boolean> =>
  by.personId === nobody ||
  (await tx.selectFrom("reader").select("subject_id").where("tenant_id", "=", by.tenantId).where("subject_id", "=", subjectId).where("holder", "in", [...readingKeys(by)]).where("sight", "=", "isi").limit(1).executeTakeFirst()) !== undefined;

/** Is the inside open to this actor by oversight? Then all that was said on the letter is, also between others. */
export const overseesInside = async (tx: Tx, subjectId: Id, by: Actor): Promise<boolean> =>
  (by.oversight ?? []).length > 0 &&
  (await tx.selectFrom("reader").select("subject_id").where("tenant_id", "=", by.tenantId).where("subject_id", "=", subjectId).where("holder", "in", [...(by.oversight ?? [])]).where("sight", "=", "isi").limit(1).executeTakeFirst()) !== undefined;

/** Reads, locks and saves the rows of one kind. */
export type StateStore<State> = {
  readonly table: StateTable;
  readonly find: (tx: Tx, tenantId: Id, id: Id) => Promise<Locked<State> | undefined>;
  readonly lock: (tx: Tx, id: Id, by: Actor) => Promise<Locked<State> | undefined>;
  /** The evidence and the row, in one statement. `path` holds the state after each event of the act; its last is the row. */
  readonly save: (tx: Tx, id: Id, path: readonly State[], evidence: Evidence, by: { readonly tenantId: Id }) => Promise<void>;
  /** `lock` and `save` for many things at once; only for kinds that anyone of the tenant may act on, and that mean nothing for desks and readers. */
  readonly lockAll: (tx: Tx, ids: readonly Id[], by: Actor) => Promise<(id: Id) => Locked<State> | undefined>;
  readonly saveAll: (tx: Tx, saved: readonly { readonly id: Id; readonly state: State; readonly stamp: Stamp }[], by: { readonly tenantId: Id }) => Promise<void>;
  readonly traces: (id: Id, state: State) => Traces;
  readonly subject: (id: Id, state: State) => Id;
};

/** A store for one state table. `none` is where creating commands start; without it an absent row is not found. */
export const stateStore = <State>(given: {
  readonly table: StateTable;
  readonly none?: State;
  readonly subject: (id: Id, state: State) => Id;
  readonly traces?: (id: Id, state: State) => Traces;
  /** Things that anyone of the tenant may act on (the rules decide), such as units. */
  readonly open?: true;
  /** Things that live under the id of another kind's thing: an issued letter is its draft. */
  readonly sharesId?: true;
}): StateStore<State> => {
  const traces = given.traces ?? (() => ({ readers: [], duties: [] }));
  const select = async (tx: Tx, tenantId: Id, id: Id, lock: boolean): Promise<Locked<State> | undefined> => {
    const { rows } = await sql<Locked<State>>`select state, revision from ${sql.table(given.table)} where tenant_id = ${tenantId} and id = ${id} ${lock ? sql`for update` : sql``}`.execute(tx);
    return rows[0];
  };
  const lockOrTaken = async (tx: Tx, tenantId: Id, id: Id): Promise<Locked<State> | "taken" | undefined> => {
    const { rows } = await sql<{ found: boolean; taken: boolean } & Locked<State>>`
      with mine as (select state, revision from ${sql.table(given.table)} where tenant_id = ${tenantId} and id = ${id} for update)
      select mine.revision is not null as found, mine.revision is null and ${isTaken(tenantId, id)} as taken, mine.state, mine.revision from (values (1)) as one left join mine on true`.execute(tx);
    const [row] = rows;
    return row?.found === true ? { state: row.state, revision: row.revision } : row?.taken === true ? "taken" : undefined;
  };
  const isOpenTo = async (tx: Tx, id: Id, row: Locked<State>, by: Actor): Promise<Locked<State> | undefined> =>
    given.open === true || (await mayRead(tx, given.subject(id, row.state), { ...by, oversight: [] })) ? row : undefined;
  return {
    table: given.table,
    traces,
    subject: given.subject,
    find: (tx, tenantId, id) => select(tx, tenantId, id, false),
    lock: async (tx, id, by) => {
      const { none } = given;
      if (none === undefined || given.sharesId === true) {
        const row = await select(tx, by.tenantId, id, true);
        if (row === undefined) return none === undefined ? undefined : { state: none, revision: 0 };
        return isOpenTo(tx, id, row, by);
      }
      const found = await lockOrTaken(tx, by.tenantId, id);
      // Whoever was faster may have begun this very thing: then it is there by now.
      const row = found === "taken" ? await select(tx, by.tenantId, id, true) : found;
      if (found === undefined) return { state: none, revision: 0 };
      return row === undefined ? undefined : isOpenTo(tx, id, row, by);
    },
    save: async (tx, id, path, evidence, by) => {
      const after = path.at(-1);
      assert(after !== undefined, "an act has at least one event");
      // The row is made from what its event answers: it comes after it, and the trigger that asks for the event finds it.
      const row = sql`insert into ${sql.table(given.table)} (tenant_id, id, revision, last_event, state)
        select tenant_id, thing_id, revision, event_id, ${JSON.stringify(after)}::jsonb from ${evidence.newest}
        on conflict (tenant_id, id) do update set revision = excluded.revision, last_event = excluded.last_event, state = excluded.state`;
      if (given.traces === undefined) return void (await sql`with ${evidence.clauses} ${row}`.execute(tx));
      const steps = path.map((state, index) => ({ traces: traces(id, state), act: { eventId: evidence.eventIds[index] ?? evidence.eventId, at: evidence.at } }));
      const place = { tenantId: by.tenantId, subjectId: given.subject(id, after), thingId: id };
      // The evidence, the row, what it gives to read, and what waits on desks: one trip, as nearly every act only gives.
      await saveTraces(tx, place, sql`${evidence.clauses}, saved as (${row})`, await rightsLeft(tx, place, steps), steps.at(-1)?.traces.duties ?? []);
    },
    lockAll: async (tx, ids, by) => {
      assert(given.open === true && given.traces === undefined, "only what is open to all and leaves no traces is taken many at a time");
      const { rows } = await sql<Locked<State> & { id: Id }>`select id, state, revision from ${sql.table(given.table)} where tenant_id = ${by.tenantId} and id = any(${sql.val([...ids])}::uuid[]) order by id for update`.execute(tx);
      const found = new Map<Id, Locked<State>>(rows.map(({ id, state, revision }) => [id, { state, revision }]));
      const { none } = given;
      const absent = ids.filter((id) => !found.has(id));
      if (none === undefined || absent.length === 0) return (id) => found.get(id);
      const { rows: taken } = await sql<{ id: Id }>`select distinct subject_id as id from reader where tenant_id = ${by.tenantId} and subject_id = any(${sql.val(absent)}::uuid[])`.execute(tx);
      const others = new Set(taken.map((row) => row.id));
      return (id) => found.get(id) ?? (others.has(id) ? undefined : { state: none, revision: 0 });
    },
    saveAll: async (tx, saved, by) => {
      const column = <T>(read: (each: (typeof saved)[number]) => T) => sql.val(saved.map(read));
      await sql`
        insert into ${sql.table(given.table)} (tenant_id, id, revision, last_event, state)
        select ${by.tenantId}, s.id, s.revision, s.last_event, s.state
        from unnest(${column(({ id }) => id)}::uuid[], ${column(({ stamp }) => stamp.revision)}::integer[], ${column(({ stamp }) => stamp.eventId)}::uuid[], ${column(({ state }) => JSON.stringify(state))}::jsonb[]) as s(id, revision, last_event, state)
        on conflict (tenant_id, id) do update set revision = excluded.revision, last_event = excluded.last_event, state = excluded.state`.execute(tx);
    },
  };
};

// Ids are made by whoever creates: a thing under the id of another kind's thing would lend it its readers, and clear its desks.
const isTaken = (tenantId: Id, id: Id) => sql<boolean>`exists (select from reader where tenant_id = ${tenantId} and subject_id = ${id})`;

/** Saves a row (`saved` is the clauses that do) with its rights and its duties, and tells the desks concerned. Of the duties those that are no more go, the others are put in their place. */
const saveTraces = async (tx: Tx, { tenantId, subjectId, thingId }: Place, saved: RawBuilder<unknown>, rights: readonly GivenRight[], duties: readonly Duty[]): Promise<void> => {
  const right = <T>(read: (each: GivenRight) => T) => sql.val(rights.map(read));
  await sql`
    with ${saved},
    given as (
      insert into reader (tenant_id, holder, subject_id, rule, sight, thing_id, event_id, since)
      select ${tenantId}, r.holder, ${subjectId}, r.rule, r.sight, ${thingId}, r.event_id, r.since
      from unnest(${right(({ reader }) => reader.holder)}::text[], ${right(({ reader }) => reader.rule)}::text[], ${right(({ reader }) => reader.sight ?? "isi")}::text[], ${right(({ act }) => act.eventId)}::uuid[], ${right(({ act }) => act.at)}::timestamptz[]) as r(holder, rule, sight, event_id, since)
      on conflict do nothing),
    waits as (
      select * from jsonb_to_recordset(${JSON.stringify(duties.map((duty) => dutyRow(tenantId, thingId, duty)))}::jsonb)
        as d(position_id uuid, act text, kind text, target_id uuid, sender text, title text, detail text, urgency text, security text, since timestamptz, due timestamptz, unread boolean)),
    gone as (
      delete from duty d where d.tenant_id = ${tenantId} and d.thing_id = ${thingId} and not exists (select from waits w where w.position_id = d.position_id and w.act = d.act) returning d.position_id),
    put as (
      insert into duty (tenant_id, position_id, thing_id, act, kind, target_id, sender, title, detail, urgency, security, since, due, unread)
      select ${tenantId}, w.position_id, ${thingId}, w.act, w.kind, w.target_id, w.sender, w.title, w.detail, w.urgency, w.security, w.since, w.due, w.unread from waits w
      on conflict (tenant_id, position_id, thing_id, act) do update set kind = excluded.kind, target_id = excluded.target_id, sender = excluded.sender, title = excluded.title, detail = excluded.detail,
        urgency = excluded.urgency, security = excluded.security, since = excluded.since, due = excluded.due, unread = excluded.unread),
    desks as (select position_id from gone union select position_id from waits limit 100)
    select pg_notify('lontar_desk', jsonb_build_object('t', ${tenantId}::uuid, 'p', jsonb_agg(position_id))::text) from desks having count(*) > 0`.execute(tx);
};

/** A duty as its table holds it. */
export const dutyRow = (tenantId: Id, thingId: Id, duty: Duty) => ({
  tenant_id: tenantId,
  position_id: duty.positionId,
  thing_id: thingId,
  act: duty.act,
  kind: duty.kind,
  target_id: duty.targetId,
  sender: duty.sender,
  title: duty.title,
  detail: duty.detail,
  urgency: duty.urgency,
  security: duty.security,
  since: duty.since,
  due: duty.due,
  unread: duty.unread,
});
