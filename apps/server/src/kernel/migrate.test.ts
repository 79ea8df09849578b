import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "@lontar/testkit";
import type pg from "pg";
import { openPool } from "./db.ts";
import { realSource } from "./ids.ts";
import { migrate, migrations } from "./migrate.ts";

// The schema of the first release: what came after must run over an office that is already at work.
const firstRelease = "0012_app_role.sql";

/** A government with a unit, a post, its holder with an account and a session, and a letter that he may read, as the first release stored them. */
const anOffice = async (pool: pg.Pool): Promise<string> => {
  const [tenantId, unit, position, person, holding, letter] = Array.from({ length: 6 }, () => realSource.id());
  assert.ok(tenantId !== undefined);
  const at = realSource.now();
  await pool.query("begin");
  await pool.query("insert into tenant values ($1, 'Kabupaten Contoh', 'Contoh', 'kabupaten', '64.09', 'WITA', '{}')", [tenantId]);
  const rows: readonly (readonly [string, string | undefined, Readonly<Record<string, unknown>>])[] = [
    ["unit", unit, { code: "SETDA", name: "Sekretariat Daerah", shortName: "Setda", parentId: null, kind: "setda", letterhead: null }],
    ["position", position, { unitId: unit, title: "Sekretaris Daerah", shortTitle: "Sekda", superiorId: null, role: "sekda", functions: ["leader"], order: 1 }],
    ["person", person, { name: "Sari", nip: "197501012000012001", rank: null, email: null }],
    ["holding", holding, { personId: person, positionId: position, kind: "definitif", basis: null, since: at, until: null }],
    ["received", letter, { status: "dicatat", unitId: unit, agenda: 1, year: 2026, facts: { sender: "Dinas", number: "1", date: "2026-11-20", security: "B" }, files: [] }],
  ];
  for (const [table, id, state] of rows) {
    const eventId = realSource.id();
    await pool.query("insert into event values ($1, $2, $3, $4, $4, 1, $3 || '.defined', $5, $4, $4, $4, 'uji', '{}', $6, '\\x00', sha256('x'))", [tenantId, eventId, table, id, at, { type: `${table}.defined`, state }]);
    await pool.query(`insert into ${table} (tenant_id, id, revision, last_event, state) values ($1, $2, 1, $3, $4)`, [tenantId, id, eventId, state]);
  }
  await pool.query("insert into account values ($1, $2, 'sari', 'hash', null, null, null)", [tenantId, person]);
  await pool.query("insert into session values ($1, $2, '\\x01', $3, $4, 'Chrome', $5, $5, null)", [tenantId, realSource.id(), person, position, at]);
  await pool.query("insert into reader (tenant_id, holder, subject_id, rule) values ($1, $2, $3, 'dituju')", [tenantId, `position:${position}`, letter]);
  await pool.query("commit");
  return tenantId;
};

test("every later migration runs over an office that is at work, and keeps what it holds", async () => {
  const database = await createTestDatabase("kernel_migrate");
  const pool = openPool(database.connection, 3);
  try {
    await pool.query("create table schema_migration (name text primary key, at timestamptz not null default now())");
    for (const { name, text } of await migrations()) {
      if (name > firstRelease) continue;
      await pool.query(text);
      await pool.query("insert into schema_migration (name) values ($1)", [name]);
    }
    const tenantId = await anOffice(pool);
    const old = "0176f2a6-8000-7000-8000-000000000001"; // of January 2021
    await pool.query("insert into event select tenant_id, $2, kind, thing_id, subject_id, 2, type, at, person_id, position_id, holding_id, request_id, who, body, salt, commitment from event where tenant_id = $1 and kind = 'received'", [tenantId, old]);
    const { rows: before } = await pool.query("select event_id, revision, commitment, body, salt from event order by event_id");
    const applied = await migrate(pool);
    assert.deepEqual(applied, (await migrations()).map(({ name }) => name).filter((name) => name > firstRelease));
    for (const table of ["unit", "position", "person", "holding", "received", "reader", "session", "event"]) {
      assert.notEqual((await pool.query(`select from ${table} where tenant_id = $1`, [tenantId])).rowCount, 0, table);
    }
    assert.deepEqual((await pool.query("select event_id, revision, commitment, body, salt from event where event_id = any($1) order by event_id", [before.map((event) => event.event_id)])).rows, before, "events of every year are all there");
    await assert.rejects(pool.query("insert into person (tenant_id, id, revision, last_event, state) select tenant_id, $2, 1, $2, state || '{\"nip\": \"197501012000012002\"}' from person where tenant_id = $1", [tenantId, realSource.id()]), { constraint: "person_tenant_id_last_event_fkey" }, "a row still points to its event");
    assert.deepEqual(await migrate(pool), []);
  } finally {
    await pool.end();
    await database.drop();
  }
});
