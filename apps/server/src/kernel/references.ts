import pg from "pg";
import { copyEncoded, openRows, type CopyRows, type RowWriter } from "./copy.ts";
import type { Id } from "./ids.ts";
import type { StateTable } from "./state.ts";

/** A foreign key of a table as its catalogue says it. */
type Reference = { readonly name: string; readonly target: string; readonly columns: readonly string[]; readonly keys: readonly string[] };

/** The foreign keys of a table. (A key to a partitioned table has a row for each partition besides its own; those have a parent.) */
const referencesOf = async (client: pg.PoolClient, table: string): Promise<readonly Reference[]> => {
  const names = (relation: string, numbers: string): string =>
    `(select array_agg(a.attname::text order by k.place) from unnest(${numbers}) with ordinality as k (number, place) join pg_attribute a on a.attrelid = ${relation} and a.attnum = k.number)`;
  const { rows } = await client.query<Reference>(
    `select c.conname as name, c.confrelid::regclass::text as target, ${names("c.conrelid", "c.conkey")} as columns, ${names("c.confrelid", "c.confkey")} as keys
     from pg_constraint c where c.contype = 'f' and c.conparentid = 0 and c.conrelid = $1::regclass`,
    [table],
  );
  return rows;
};

/** The row of one thing in its state table. */
export type StateRow = { readonly table: StateTable; readonly id: Id; readonly revision: number; readonly lastEvent: Id; readonly state: string };

/** Rows of one state table as COPY takes them, and whose they are. */
export type StateRows = { readonly table: StateTable; readonly ids: readonly Id[]; readonly rows: CopyRows };

/** State rows that are written while they come, each to its own table. */
export type StateWriter = { readonly push: (row: StateRow) => void; readonly tables: () => readonly StateRows[] };

/** Begins state rows of a tenant in COPY's form. */
export const openStates = (tenantId: Id): StateWriter => {
  const tables = new Map<StateTable, { readonly ids: Id[]; readonly rows: RowWriter<StateRow> }>();
  const begin = (table: StateTable): { readonly ids: Id[]; readonly rows: RowWriter<StateRow> } => {
    const rows = openRows<StateRow>(table, { tenant_id: { uuid: () => tenantId }, id: { uuid: (s) => s.id }, revision: { integer: (s) => s.revision }, last_event: { uuid: (s) => s.lastEvent }, state: { json: (s) => s.state } });
    const begun: { readonly ids: Id[]; readonly rows: RowWriter<StateRow> } = { ids: [], rows };
    tables.set(table, begun);
    return begun;
  };
  return {
    push: (row) => {
      const { ids, rows } = tables.get(row.table) ?? begin(row.table);
      ids.push(row.id);
      rows.push(row);
    },
    tables: () => [...tables].map(([table, { ids, rows }]) => ({ table, ids, rows: rows.rows() })),
  };
};

/**
 * Copies state rows whose foreign keys are asked in one query a key, not once a row: look-ups by the
 * trigger are the dearest part of a load of many rows. Triggers are off for these statements alone, if this role may do so and the table has none
 * of its own on INSERT; every key is asked before the transaction goes on, and a row that points nowhere ends it.
 */
export const copyStates = async (client: pg.PoolClient, tenantId: Id, states: readonly StateRows[]): Promise<void> => {
  const unasked: StateRows[] = [];
  for (const of of states) {
    const { rowCount: isOff } = await client.query(
      `select set_config('session_replication_role', 'replica', true)
       where has_parameter_privilege(current_user, 'session_replication_role', 'SET')
         and not exists (select from pg_trigger where tgrelid = $1::regclass and not tgisinternal and tgtype::integer & 4 <> 0)`,
      [of.table],
    );
    await copyEncoded(client, of.rows);
    if (isOff !== 0) unasked.push(of);
    if (isOff !== 0) await client.query("set local session_replication_role = 'origin'");
  }
  for (const { table, ids } of unasked) await askReferences(client, tenantId, table, ids);
};

const askReferences = async (client: pg.PoolClient, tenantId: Id, table: StateTable, ids: readonly Id[]): Promise<void> => {
  const quoted = pg.escapeIdentifier;
  for (const { name, target, columns, keys } of await referencesOf(client, table)) {
    // Row by row, each through the primary key and then the key's own index: a table that only grew since it was made has no statistics, and
    // as one join, or with `id = any(…)`, a guess reads every row there is, at every batch.
    const { rows: lost } = await client.query<{ id: Id }>(
      `select k.id from unnest($2::uuid[]) as k(id) cross join lateral (select * from ${quoted(table)} x where x.tenant_id = $1 and x.id = k.id limit 1) x
       where ${columns.map((column) => `x.${quoted(column)} is not null`).join(" and ")}
         and (select true from ${target} r where ${columns.map((column, at) => `r.${quoted(keys[at] ?? "")} = x.${quoted(column)}`).join(" and ")} limit 1) is null limit 1`,
      [tenantId, ids],
    );
    if (lost[0] !== undefined) throw new Error(`${table} ${lost[0].id} points to nothing (${name})`);
  }
};
