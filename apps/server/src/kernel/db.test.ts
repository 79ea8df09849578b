import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { inInstallation, openDatabase, openPool, preparedName, readTenant } from "./db.ts";

describe("a transaction", () => {
  let office: TestOffice;
  let pool: ReturnType<typeof openPool>;
  let tenantId: string;
  before(async () => {
    office = await createOffice("kernel_db");
    pool = openPool(office.connection, 1, "prepared");
    tenantId = (await office.actor("kadis")).tenantId;
  });
  after(async () => {
    await pool.end();
    await office.close();
  });

  test("begins in the name of a tenant or of the installation, or not at all", async () => {
    const db = openDatabase(pool);
    await assert.rejects(db.transaction().execute((tx) => sql`select 1`.execute(tx)), /in the name of a tenant/);
    const seen = (tx: Parameters<Parameters<typeof readTenant>[2]>[0]) => sql<{ role: string; tenant: string; reading: string }>`select current_user as role, current_setting('app.tenant') as tenant, current_setting('transaction_read_only') as reading`.execute(tx).then(({ rows }) => rows[0]);
    assert.deepEqual(await readTenant(db, tenantId, seen), { role: "lontar_app", tenant: tenantId, reading: "on" });
    assert.deepEqual(await inInstallation(db, seen), { role: "lontar_app", tenant: "", reading: "off" });
  });

  test("prepares what it says again and again, up to a limit", async () => {
    const db = openDatabase(pool);
    for (let turn = 0; turn < 3; turn += 1) await readTenant(db, tenantId, (tx) => tx.selectFrom("tenant").select("name").where("tenant_id", "=", tenantId).executeTakeFirstOrThrow());
    const { rows } = await pool.query("select count(*)::int as n from pg_prepared_statements where statement like '%from \"tenant\"%'");
    assert.equal(rows[0]?.n, 1);
    const names = Array.from({ length: 1000 }, (_, n) => preparedName(`select ${n}`)).filter((name) => name !== undefined);
    assert.ok(names.length < 400 && new Set(names).size === names.length);
    assert.equal(preparedName("select 0"), names[0]);
  });
});
