import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { clusterDatabase } from "../src/kernel/embedded/cluster.ts";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { realSource } from "../src/kernel/ids.ts";
import { startTestServer, type Client, type TestServer } from "./http.ts";
import { until } from "./until.ts";

describe("the database goes away and comes back", () => {
  let server: TestServer;
  let clerk: Client;
  before(async () => {
    server = await startTestServer("outage");
    clerk = await server.signIn("tusetda");
  });
  after(() => server.close());

  /** Says something to the cluster from beside the office's own database. */
  const toCluster = async (statement: (name: string) => string): Promise<void> => {
    const url = new URL(server.databaseUrl);
    const name = url.pathname.slice(1);
    url.pathname = `/${clusterDatabase}`;
    const client = new pg.Client(url.href);
    await client.connect();
    try {
      await client.query(statement(name));
    } finally {
      await client.end();
    }
  };
  const stop = async (): Promise<void> => {
    await toCluster((name) => `alter database "${name}" with allow_connections false`);
    await toCluster((name) => `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  };
  const pending = async (): Promise<number> => {
    const client = new pg.Client(server.databaseUrl);
    await client.connect();
    try {
      return (await client.query("select from event_pending")).rowCount ?? 0;
    } finally {
      await client.end();
    }
  };
  const start = (): Promise<void> => toCluster((name) => `alter database "${name}" with allow_connections true`);

  test("meanwhile every act is refused with a sentence; afterwards the same server goes on, and nothing is there twice", async () => {
    const id = realSource.id();
    const key = realSource.id();
    const scan = plainPdf(["DINAS PROVINSI", "Hal: Sebelum basis data berhenti"]);
    assert.equal((await clerk.upload(id, "surat.pdf", scan)).status, 200);
    const register = () => clerk.call("received.register", { id, facts: { sender: "Dinas Kominfo Provinsi", number: "005/1/KOMINFO/2026", date: "2026-11-20", subject: "Sebelum berhenti", receivedOn: "2026-11-24", classification: "000.1.5" } }, { key });
    await stop();
    const refused = [await register(), await clerk.call("desk.list", {}), await clerk.upload(realSource.id(), "lain.pdf", plainPdf(["Lain"]))];
    for (const { status, problem } of refused) assert.deepEqual([status, problem?.code], [503, "unavailable"], JSON.stringify(problem));
    assert.equal((await fetch(`${server.url}/healthz`)).status, 200, "the process itself is well");
    assert.equal((await fetch(`${server.url}/readyz`)).status, 503, "and says that it cannot serve");
    await start();
    assert.equal((await fetch(`${server.url}/readyz`)).status, 200);
    const registered = await register();
    assert.equal(registered.status, 200, JSON.stringify(registered.problem));
    assert.deepEqual((await register()).body, registered.body, "sent again it answers the same");
    const listed = await clerk.call("received.list", {});
    assert.deepEqual(listed.body.items.map((item) => item.subject), ["Sebelum berhenti"]);
    await until(async () => ((await clerk.call("received.show", { id })).body.reading?.status === "selesai" ? true : undefined), "the scan is read: jobs run again");
    await until(async () => ((await pending()) === 0 ? true : undefined), "every event has its place in the log");
  });
});
