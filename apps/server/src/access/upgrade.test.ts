import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createTestDatabase, type TestDatabase } from "@lontar/testkit";
import { openPool } from "../kernel/db.ts";
import { migrations } from "../kernel/migrate.ts";
import { evolve, type AccountEvent, type AccountState } from "./account.ts";

const [tenant, person, other] = ["01999999-0000-7999-8999-000000000001", "01999999-0000-7999-8999-000000000002", "01999999-0000-7999-8999-000000000003"];

let database: TestDatabase;
let pool: ReturnType<typeof openPool>;
before(async () => {
  database = await createTestDatabase("upgrade");
  pool = openPool(database.connection, 2);
});
after(async () => {
  await pool.end();
  await database.drop();
});

test("accounts from before they were a machine are, after the upgrade, what their events make of them", async () => {
  const all = await migrations();
  for (const { name, text } of all) if (name < "0030") await pool.query(text);
  const story: Readonly<Record<string, readonly AccountEvent[]>> = {
    [person]: [{ type: "account.created", username: "lama" }, { type: "account.second_factor_set" }],
    [other]: [{ type: "account.created", username: "lain" }, { type: "account.second_factor_set" }, { type: "account.second_factor_removed" }],
  };
  for (const [id, events] of Object.entries(story)) {
    await pool.query("insert into account (tenant_id, person_id, username, password_hash, totp_secret) values ($1, $2, $3, 'hash', $4)", [tenant, id, id === person ? "lama" : "lain", id === person ? Buffer.from("rahasia") : null]);
    for (const [index, event] of events.entries()) {
      await pool.query("insert into event select $1, $2, 'account', $3, $3, $4, $5, now(), $3, $3, $3, 'uji', '{}', $6, $7, sha256('x')", [tenant, `${id.slice(0, -4)}9${id.slice(-1)}0${index}`, id, index + 1, event.type, JSON.stringify(event), Buffer.alloc(32)]);
    }
  }
  for (const { name, text } of all) if (name >= "0030") await pool.query(text);
  const { rows } = await pool.query<{ id: string; revision: number; state: AccountState }>("select id, revision, state from account order by id");
  const made = Object.entries(story).map(([id, events]) => ({ id, revision: events.length, state: events.reduce<AccountState | null>(evolve, null) }));
  assert.deepEqual(rows, made);
  assert.equal((await pool.query("select from account_secret where password_hash = 'hash'")).rowCount, 2);
});
