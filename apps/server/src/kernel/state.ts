import { sql } from "kysely";
import type { Actor, OversightKey } from "./actor.ts";
import { nobody } from "./actor.ts";
import type { Tx } from "./db.ts";
import type { Stamp } from "./events.ts";
import type { Id, Instant } from "./ids.ts";
import type { Locked } from "./perform.ts";
import { assert } from "./refusal.ts";
import { saveRights } from "./rights.ts";

/** The tables whose rows are made by events. */
export type StateTable = "unit" | "position" | "person" | "holding" | "account" | "delegation" | "policy" | "received" | "disposition" | "draft" | "issued" | "credential" | "parcel" | "dossier" | "service_request" | "handover" | "class_right" | "inspection" | "inspection_look" | "emergency" | "finding" | "flag_rule" | "saved_query" | "sample";

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
  /** `path` holds the state after each event of the act; its last is the row. */
  readonly save: (tx: Tx, id: Id, path: readonly State[], stamp: Stamp, by: { readonly tenantId: Id }) => Promise<void>;
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
  return {
    table: given.table,
    traces,
    subject: given.subject,
    find: (tx, tenantId, id) => select(tx, tenantId, id, false),
    lock: async (tx, id, by) => {
      let row = await select(tx, by.tenantId, id, true);
      if (row === undefined) {
        if (given.none === undefined) return undefined;
        if (given.sharesId === true || !(await isTaken(tx, by.tenantId, id))) return { state: given.none, revision: 0 };
        row = await select(tx, by.tenantId, id, true); // whoever was faster may have begun this very thing
        if (row === undefined) return undefined;
      }
      return given.open === true || (await mayRead(tx, given.subject(id, row.state), { ...by, oversight: [] })) ? row : undefined;
    },
    save: async (tx, id, path, stamp, by) => {
      const after = path.at(-1);
      assert(after !== undefined, "an act has at least one event");
      const text = JSON.stringify(after);
      await sql`insert into ${sql.table(given.table)} (tenant_id, id, revision, last_event, state) values (${by.tenantId}, ${id}, ${stamp.revision}, ${stamp.eventId}, ${text}::jsonb)
        on conflict (tenant_id, id) do update set revision = excluded.revision, last_event = excluded.last_event, state = excluded.state`.execute(tx);
      const steps = path.map((state, index) => ({ traces: traces(id, state), act: { eventId: stamp.eventIds[index] ?? stamp.eventId, at: stamp.at } }));
      await saveRights(tx, { tenantId: by.tenantId, subjectId: given.subject(id, after), thingId: id }, steps);
      await saveDuties(tx, by.tenantId, id, steps.at(-1)?.traces.duties ?? []);
    },
  };
};

// Ids are made by whoever creates: a thing under the id of another kind's thing would lend it its readers, and clear its desks.
const isTaken = async (tx: Tx, tenantId: Id, id: Id): Promise<boolean> => (await tx.selectFrom("reader").select("subject_id").where("tenant_id", "=", tenantId).where("subject_id", "=", id).limit(1).executeTakeFirst()) !== undefined;

const saveDuties = async (tx: Tx, tenantId: Id, id: Id, duties: readonly Duty[]): Promise<void> => {
  const before = await tx.deleteFrom("duty").where("tenant_id", "=", tenantId).where("thing_id", "=", id).returning("position_id").execute();
  if (duties.length > 0) await tx.insertInto("duty").values(duties.map((duty) => dutyRow(tenantId, id, duty))).execute();
  const desks = new Set([...before.map((row) => row.position_id), ...duties.map((duty) => duty.positionId)]);
  if (desks.size > 0) await sql`select pg_notify('lontar_desk', ${JSON.stringify({ t: tenantId, p: [...desks].slice(0, 100) })})`.execute(tx);
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
