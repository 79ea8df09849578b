import { gunzipSync, gzipSync } from "node:zlib";
import { sql } from "kysely";
import type { Actor } from "../../kernel/actor.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Id, Instant } from "../../kernel/ids.ts";
import type { Seal } from "../../kernel/seal.ts";
import { factsAt, lastPeriod, type Dated } from "../dated.ts";
import type { HoldingState } from "../holding.ts";
import { maskedNik, type PersonState } from "../person.ts";
import type { PositionState } from "../position.ts";
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

/** A file between its dry run and its application. Its rows hold NIK, so they lie sealed, belong to whoever sent them, and die after a day. */
export type WaitingImport = { readonly id: Id; readonly name: string; readonly tables: readonly Table[]; readonly done: number; readonly total: number };

const keptHours = 24;

/** Keeps the rows of a file; what the same person sent before, and what others forgot, goes. */
export const keepImport = async (tx: Tx, seal: Seal, id: Id, name: string, tables: readonly Table[], by: Actor): Promise<void> => {
  await sql`delete from organisation_import where tenant_id = ${by.tenantId} and (person_id = ${by.personId} or at < ${by.at}::timestamptz - make_interval(hours => ${keptHours}))`.execute(tx);
  const sealed = seal.close(`import/${id}`, gzipSync(JSON.stringify(tables)));
  await tx.insertInto("organisation_import").values({ tenant_id: by.tenantId, id, person_id: by.personId, at: by.at, name, sealed, done: 0, total: 0 }).execute();
};

/** The rows that this person sent, or undefined. */
export const findImport = async (tx: Tx, seal: Seal, id: Id, by: Actor): Promise<WaitingImport | undefined> => {
  const row = await tx.selectFrom("organisation_import").select(["name", "sealed", "done", "total"]).where("tenant_id", "=", by.tenantId).where("id", "=", id).where("person_id", "=", by.personId).executeTakeFirst();
  if (row === undefined) return undefined;
  // What was sealed here is what `keepImport` wrote.
  const tables: readonly Table[] = JSON.parse(gunzipSync(seal.open(`import/${id}`, row.sealed)).toString("utf8"));
  return { id, name: row.name, tables, done: row.done, total: row.total };
};

/** How far an import has come, or undefined when there is none (any more). */
export const progressOf = (tx: Tx, id: Id, by: Actor): Promise<{ readonly done: number; readonly total: number } | undefined> =>
  tx.selectFrom("organisation_import").select(["done", "total"]).where("tenant_id", "=", by.tenantId).where("id", "=", id).where("person_id", "=", by.personId).executeTakeFirst();

/** Says how far it has come. */
export const noteProgress = async (tx: Tx, id: Id, done: number, total: number, by: Actor): Promise<void> => {
  await tx.updateTable("organisation_import").set({ done, total }).where("tenant_id", "=", by.tenantId).where("id", "=", id).execute();
};

/** Forgets the rows: they are applied. */
export const forgetImport = async (tx: Tx, id: Id, by: Actor): Promise<void> => {
  await tx.deleteFrom("organisation_import").where("tenant_id", "=", by.tenantId).where("id", "=", id).execute();
};
