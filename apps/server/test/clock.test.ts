import assert from "node:assert/strict";
import { describe, test } from "node:test";
import pg from "pg";
import { clockToleranceMs, isClockBehind, openClockWatch } from "../src/kernel/clock-watch.ts";
import { openPool } from "../src/kernel/db.ts";
import { startServer } from "../src/main.ts";
import { readConfig } from "../src/config.ts";
import { connect, startTestServer } from "./http.ts";

describe("a clock that was set back", () => {
  test("is noticed beyond a small correction, and a new installation has nothing to compare with", () => {
    const newest = "2026-11-27T08:00:00.000Z";
    const at = (ms: number): string => new Date(Date.parse(newest) + ms).toISOString();
    for (const [now, behind] of [[at(1), false], [at(-clockToleranceMs), false], [at(-clockToleranceMs - 1), true], [at(-86_400_000), true]] as const) assert.equal(isClockBehind(now, newest), behind, now);
    assert.equal(isClockBehind(at(-1e12), undefined), false);
  });

  test("stops every act until it is right again; reading goes on, /readyz says why", async () => {
    const server = await startTestServer("clock");
    const owner = new pg.Client(server.databaseUrl);
    await owner.connect();
    // What another machine, or this one before its clock was set back, has already recorded.
    const shift = (by: string) => owner.query(`set session_replication_role = replica; update event set at = at ${by} where event_id = (select event_id from event order by event_id desc limit 1); set session_replication_role = origin`);
    try {
      const sekda = await server.signIn("sekda");
      await shift("+ interval '1 hour'");
      const second = await startServer(readConfig({ PORT: "0", HOST: "127.0.0.1", LONTAR_DATA: server.folder, LONTAR_LOG: "silent", DATABASE_URL: server.databaseUrl }));
      const url = `http://127.0.0.1:${second.port}`;
      try {
        await assert.rejects(connect(url, "sekda"), /503/);
        const refused = await fetch(`${url}/api/session`, { method: "POST", headers: { "content-type": "application/json" }, body: "{}" });
        assert.deepEqual([refused.status, JSON.parse(await refused.text()).code], [503, "clock_behind"]);
        const ready = await fetch(`${url}/readyz`);
        assert.deepEqual([ready.status, JSON.parse(await ready.text()).facts.checks.clock], [503, false]);
        assert.equal((await fetch(`${url}/healthz`)).status, 200);
        assert.equal((await fetch(`${url}/api/demo/accounts`)).status, 200);
      } finally {
        await second.stop();
      }
      const pool = openPool({ url: server.databaseUrl }, 1);
      const changes: boolean[] = [];
      const watch = await openClockWatch(pool, { now: () => new Date().toISOString() }, (isBehind) => changes.push(isBehind));
      assert.equal(watch.isBehind(), true);
      await shift("- interval '1 hour'");
      await watch.look();
      assert.equal(watch.isBehind(), false);
      assert.deepEqual(changes, [true, false]);
      watch.stop();
      await pool.end();
      assert.equal((await sekda.call("session.me", {})).status, 200);
    } finally {
      await owner.end();
      await server.close();
    }
  });
});
