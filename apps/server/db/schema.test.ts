import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { createTestDatabase, expectGolden, type TestDatabase } from "@lontar/testkit";
import { openPool } from "../src/kernel/db.ts";
import { migrate } from "../src/kernel/migrate.ts";
import { describeSchema } from "./describe.ts";

const stateColumns = ["tenant_id", "id", "revision", "last_event", "state"];

/** Table → columns, as `tables.ts` says them. */
const typedTables = async (): Promise<ReadonlyMap<string, readonly string[]>> => {
  const source = await readFile(new URL("tables.ts", import.meta.url), "utf8");
  const lines = source.slice(source.indexOf("export type Tables")).split("\n").slice(1);
  return new Map(
    lines.flatMap((line) => {
      const [, name, type] = /^ {2}(\w+): (.*);$/.exec(line) ?? [];
      if (name === undefined || type === undefined) return [];
      const own = [...withoutInner(type).matchAll(/(\w+): /g)].flatMap(([, column]) => column ?? []);
      return [[name, type.startsWith("State<") ? [...stateColumns, ...own] : own] as const];
    }),
  );
};

// Columns stand one bracket deep; what is inside a column's own type is no column.
const withoutInner = (type: string): string => {
  let depth = 0;
  let outer = "";
  for (const sign of type.replace(/^State<(.*)>$/, "$1")) {
    if (sign === "}" || sign === ">") depth -= 1;
    if (depth <= 1) outer += sign;
    if (sign === "{" || sign === "<") depth += 1;
  }
  return outer;
};

describe("the schema", () => {
  let database: TestDatabase;
  let pool: ReturnType<typeof openPool>;
  before(async () => {
    database = await createTestDatabase("schema");
    pool = openPool(database.connection, 2);
    await migrate(pool);
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });

  test("is what schema.sql shows", async () => {
    expectGolden(fileURLToPath(new URL("schema.sql", import.meta.url)), await describeSchema(pool));
  });

  test("has the tables and columns that TypeScript believes in", async () => {
    const { rows } = await pool.query<{ name: string; columns: string[] }>(
      `select c.relname as name, array_agg(a.attname::text order by a.attname) as columns from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
       where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition group by c.relname`,
    );
    const found = Object.fromEntries(rows.map((row) => [row.name, row.columns.toSorted()]).toSorted());
    const typed = Object.fromEntries([...(await typedTables())].map(([name, columns]) => [name, columns.toSorted()]).toSorted());
    assert.deepEqual(typed, found);
  });

  // Names that must be found before the tenant is known, and what belongs to the whole installation.
  const beforeTheTenant = /^(account_username_key|session_token_hash_key|activation_token_hash_key|service_request_token|issued_code|issued_sha256|issued_proved_hash|credential_serial|parcel_token|draft_code|passkey_credential_id_key)$/;
  const wordIndexes = /using gin/i;

  test("begins every key with the tenant, so that the tables can be spread over many servers unchanged", async () => {
    const { rows } = await pool.query<{ table: string; name: string; definition: string; first: string }>(
      `select c.relname as table, x.relname as name, pg_get_indexdef(i.indexrelid) as definition, coalesce(a.attname, '(expression)') as first
       from pg_index i join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace join pg_class x on x.oid = i.indexrelid
       left join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
       where n.nspname = 'public' and not c.relispartition and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id')`,
    );
    assert.ok(rows.length > 40, "the search finds indexes");
    assert.deepEqual(rows.filter((row) => row.first !== "tenant_id" && !wordIndexes.test(row.definition) && !beforeTheTenant.test(row.name)).map((row) => `${row.table}: ${row.definition}`), []);
  });

  test("keeps every table with a tenant behind row-level security, and evidence out of reach of UPDATE and DELETE", async () => {
    const { rows } = await pool.query<{ name: string }>(
      `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition
       and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id') and not c.relrowsecurity`,
    );
    assert.deepEqual(rows, []);
    const { rows: loose } = await pool.query<{ name: string }>(
      `select table_name || ' ' || privilege_type as name from information_schema.role_table_grants where grantee = 'lontar_app' and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE')
       and table_name in ('event', 'log_leaf', 'log_head', 'number_entry', 'number_series', 'blob', 'inbox_envelope', 'unit_period', 'position_period')
       union select table_name || ' ' || privilege_type from information_schema.role_table_grants where grantee = 'lontar_app' and privilege_type in ('DELETE', 'TRUNCATE') and table_name in ('received', 'draft', 'issued', 'disposition', 'holding', 'account')`,
    );
    assert.deepEqual(loose, []);
  });
});
