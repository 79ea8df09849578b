import { gunzipSync, gzipSync } from "node:zlib";
import type { RefusalCode } from "@lontar/contract";
import { sql } from "kysely";
import type { Actor } from "../../kernel/actor.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Id, Instant, LocalDate } from "../../kernel/ids.ts";
import type { Seal } from "../../kernel/seal.ts";
import { factsAt, lastPeriod, type Dated, type Decree } from "../dated.ts";
import type { HoldingState } from "../holding.ts";
import { maskedNik, type PersonState } from "../person.ts";
import type { PositionState } from "../position.ts";
import { during } from "../store.ts";
import type { UnitState } from "../unit.ts";
import type { OfficeSnapshot } from "./office.ts";
import type { Table } from "./table.ts";

/** The whole organisation as it stands at a moment. */
export const snapshot = async (tx: Tx, tenantId: Id, at: Instant, seal: Seal): Promise<OfficeSnapshot> => {
  const { rows: units } = await sql<{ id: Id; state: UnitState }>`select id, state from unit where tenant_id = ${tenantId}`.execute(tx);
  const { rows: posts } = await sql<{ id: Id; state: PositionState }>`select id, state from position where tenant_id = ${tenantId}`.execute(tx);
  const { rows: people } = await sql<{ id: Id; state: PersonState; sealed: Buffer | null; keyed: Buffer | null }>`
    select n.id, n.state, k.sealed, k.keyed from person n left join person_nik k on k.tenant_id = n.tenant_id and k.person_id = n.id where n.tenant_id = ${tenantId} order by n.state->>'name', n.id`.execute(tx);
  const { rows: holdings } = await sql<{ id: Id; state: HoldingState }>`select id, state from holding where tenant_id = ${tenantId} order by since, id`.execute(tx);
  return {
    units: standing(units, at).toSorted((a, b) => a.facts.code.localeCompare(b.facts.code)),
    posts: standing(posts, at).toSorted((a, b) => a.facts.order - b.facts.order || a.id.localeCompare(b.id)),
    people: people.map(({ id, state, sealed, keyed }) => ({ id, state, nik: sealed === null || keyed === null ? null : { masked: maskedNik(seal.open(`nik/${id}`, sealed).toString("utf8")), keyed: keyed.toString("hex") } })),
    holdings,
  };
};

const standing = <Facts>(rows: readonly { readonly id: Id; readonly state: Dated<Facts> }[], at: Instant): readonly { readonly id: Id; readonly facts: Facts; readonly lastSince: Instant }[] =>
  rows.flatMap(({ id, state }) => {
    const facts = factsAt(state, at);
    const last = lastPeriod(state);
    return facts === null || last === undefined ? [] : [{ id, facts, lastSince: last.since }];
  });

/** What stands above each unit, or each post, at the instant: the whole tree in one reading, for whoever changes much of it. */
export const treeAt = async (tx: Tx, tenantId: Id, of: "unit" | "position", at: Instant): Promise<Map<Id, Id | null>> => {
  const { rows } = await (of === "unit"
    ? sql<{ id: Id; above: Id | null }>`select u.id, u.parent_id as above from unit_period u where u.tenant_id = ${tenantId} and ${during(sql`u`, at)}`
    : sql<{ id: Id; above: Id | null }>`select p.id, p.superior_id as above from position_period p join unit_period u on u.tenant_id = p.tenant_id and u.id = p.unit_id and ${during(sql`u`, at)} where p.tenant_id = ${tenantId} and ${during(sql`p`, at)}`
  ).execute(tx);
  return new Map(rows.map((row) => [row.id, row.above]));
};

/** The spans in which each of these posts exists, its unit too. */
export const spansOf = async (tx: Tx, tenantId: Id, positionIds: readonly Id[]): Promise<ReadonlyMap<Id, readonly { readonly since: Instant; readonly until: Instant | null }[]>> => {
  const { rows } = await sql<{ id: Id; since: Date; until: Date | null }>`
    select p.id, greatest(p.since, u.since) as since, least(p.until, u.until) as until from position_period p join unit_period u on u.tenant_id = p.tenant_id and u.id = p.unit_id and tstzrange(p.since, p.until) && tstzrange(u.since, u.until)
    where p.tenant_id = ${tenantId} and p.id = any(${sql.val([...new Set(positionIds)])}::uuid[])`.execute(tx);
  return Map.groupBy(rows.map((row) => ({ id: row.id, since: row.since.toISOString(), until: row.until?.toISOString() ?? null })), (row) => row.id);
};

/** The names of those of these people that there are. */
export const namesOf = async (tx: Tx, tenantId: Id, personIds: readonly Id[]): Promise<ReadonlyMap<Id, string>> => {
  const { rows } = await sql<{ id: Id; name: string }>`select id, name from person where tenant_id = ${tenantId} and id = any(${sql.val([...new Set(personIds)])}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.id, row.name]));
};

/** Keeps what people's NIK are, sealed. */
export const keepNiks = async (tx: Tx, tenantId: Id, niks: readonly { readonly id: Id; readonly sealed: Buffer; readonly keyed: Buffer }[]): Promise<void> => {
  if (niks.length === 0) return;
  await sql`
    insert into person_nik (tenant_id, person_id, sealed, keyed)
    select ${tenantId}, k.id, k.sealed, k.keyed from unnest(${sql.val(niks.map((nik) => nik.id))}::uuid[], ${sql.val(niks.map((nik) => nik.sealed))}::bytea[], ${sql.val(niks.map((nik) => nik.keyed))}::bytea[]) as k(id, sealed, keyed)
    on conflict (tenant_id, person_id) do update set sealed = excluded.sealed, keyed = excluded.keyed`.execute(tx);
};

/** What whoever applies a file asked for: in which post, under which request, from which day on, on which decree. */
export type Asked = { readonly positionId: Id; readonly requestId: string; readonly digest: string; readonly since: LocalDate | null; readonly decree: Decree | null };

/** Why an application was refused. */
export type ImportFault = { readonly code: RefusalCode; readonly facts: Readonly<Record<string, unknown>> };

/** A file between its dry run and its application. Its rows hold NIK, so they lie sealed, belong to whoever sent them, and die after a day. */
export type WaitingImport = { readonly id: Id; readonly name: string; readonly tables: readonly Table[]; readonly asked: Asked | null; readonly fault: ImportFault | null };

const keptHours = 24;

/** Keeps the rows of a file; what the same person sent before, and what others forgot, goes. */
export const keepImport = async (tx: Tx, seal: Seal, id: Id, name: string, tables: readonly Table[], by: Actor): Promise<void> => {
  await sql`delete from organisation_import where tenant_id = ${by.tenantId} and (person_id = ${by.personId} or at < ${by.at}::timestamptz - make_interval(hours => ${keptHours}))`.execute(tx);
  const sealed = seal.close(`import/${id}`, gzipSync(JSON.stringify(tables)));
  await tx.insertInto("organisation_import").values({ tenant_id: by.tenantId, id, person_id: by.personId, at: by.at, name, sealed, done: 0, total: 0 }).execute();
};

/** The rows that this person sent, or undefined. */
export const findImport = async (tx: Tx, seal: Seal, id: Id, by: { readonly tenantId: Id; readonly personId: Id }): Promise<WaitingImport | undefined> => {
  const { rows } = await sql<{ name: string; sealed: Buffer; asked: Asked | null; fault: ImportFault | null }>`
    select name, sealed, asked, fault from organisation_import where tenant_id = ${by.tenantId} and id = ${id} and person_id = ${by.personId}`.execute(tx);
  const [row] = rows;
  if (row === undefined) return undefined;
  // What was sealed here is what `keepImport` wrote.
  const tables: readonly Table[] = JSON.parse(gunzipSync(seal.open(`import/${id}`, row.sealed)).toString("utf8"));
  return { id, name: row.name, tables, asked: row.asked, fault: row.fault };
};

/** How an import stands. */
export type ImportStanding = { readonly id: Id; readonly name: string; readonly done: number; readonly total: number; readonly isAsked: boolean; readonly fault: ImportFault | null };

/** The imports that this person has waiting, one at most; `isAsked` while its job has not come to an end. */
export const importsOf = async (tx: Tx, by: Actor): Promise<readonly ImportStanding[]> =>
  (await sql<ImportStanding>`select id, name, done, total, asked is not null and fault is null as "isAsked", fault from organisation_import where tenant_id = ${by.tenantId} and person_id = ${by.personId}`.execute(tx)).rows;

/** Asks for the application; false when it is asked for already. */
export const askForImport = async (tx: Tx, id: Id, asked: Asked, total: number, by: Actor): Promise<boolean> =>
  (await sql`update organisation_import set asked = ${JSON.stringify(asked)}::jsonb, fault = null, done = 0, total = ${total} where tenant_id = ${by.tenantId} and id = ${id} and (asked is null or fault is not null) returning id`.execute(tx)).rows.length > 0;

/** Keeps why the application was refused, for whoever asked for it. */
export const noteFault = async (tx: Tx, tenantId: Id, id: Id, fault: ImportFault): Promise<void> =>
  void (await sql`update organisation_import set fault = ${JSON.stringify(fault)}::jsonb, done = 0 where tenant_id = ${tenantId} and id = ${id}`.execute(tx));

/** Says how far it has come. */
export const noteProgress = async (tx: Tx, tenantId: Id, id: Id, done: number): Promise<void> =>
  void (await tx.updateTable("organisation_import").set({ done }).where("tenant_id", "=", tenantId).where("id", "=", id).execute());

/** Forgets the rows: they are applied. */
export const forgetImport = async (tx: Tx, id: Id, by: Actor): Promise<void> => {
  await tx.deleteFrom("organisation_import").where("tenant_id", "=", by.tenantId).where("id", "=", id).execute();
};
