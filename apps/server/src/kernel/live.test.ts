import assert from "node:assert/strict";
import { test } from "node:test";
import { createTestDatabase } from "@lontar/testkit";
import type pg from "pg";
import { openPool } from "./db.ts";
import { openLive } from "./live.ts";
import { openLog } from "./log.ts";

test("a listener that was let go, or lost already, may break again and nobody falls", async () => {
  const database = await createTestDatabase("kernel_live");
  const pool = openPool(database.connection, 2);
  const clients: pg.PoolClient[] = [];
  pool.on("acquire", (client) => clients.push(client));
  try {
    const live = await openLive(pool, openLog("silent"));
    const [client] = clients;
    assert.ok(client !== undefined);
    client.emit("error", new Error("terminating connection due to administrator command"));
    assert.doesNotThrow(() => client.emit("error", new Error("Connection terminated unexpectedly")));
    await live.close();
    const again = await openLive(pool, openLog("silent"));
    const last = clients.at(-1);
    await again.close();
    assert.doesNotThrow(() => last?.emit("error", new Error("Connection terminated unexpectedly")));
  } finally {
    await pool.end();
    await database.drop();
  }
});
