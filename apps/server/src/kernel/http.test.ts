import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { contract, type EndpointName } from "@lontar/contract";
import { systemActor } from "./actor.ts";
import { openDatabase, openPool } from "./db.ts";
import { buildHttp, stream, type Route } from "./http.ts";
import { nobody } from "./actor.ts";

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

test("a browser that leaves while it is still being asked who it is keeps no stream open", { timeout: 20_000 }, async () => {
  const gone = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<void>();
  const live = stream("desk.live", async (_by, _send, closed) => {
    await closed;
    ended.resolve();
  });
  const others = Object.keys(contract).filter((name): name is EndpointName => name !== "open.openapi" && name !== "desk.live").map((name): Route => ({ name, kind: "public", handle: async () => ({}) }));
  const pool = openPool({ url: "postgresql://nobody@127.0.0.1:1/none" });
  const app = await buildHttp({
    db: openDatabase(pool), log: quiet, routes: [live, ...others], proxies: "loopback", secureCookie: false, isClockBehind: () => false, uploadBytes: 1, version: "uji",
    watch: async () => undefined, authenticate: async () => {
      asked.resolve();
      await gone.promise;
      return systemActor(nobody, "2026-11-27T00:00:00.000Z", "2026-11-27", "WITA", "uji");
    },
  });
  await app.listen({ port: 0, host: "127.0.0.1" });
  app.server.on("connection", (socket) => socket.once("close", () => gone.resolve()));
  const address = app.server.address();
  assert.ok(typeof address === "object" && address !== null);
  const browser = connect(address.port, "127.0.0.1");
  await once(browser, "connect");
  browser.write(`GET ${contract["desk.live"].path} HTTP/1.1\r\nHost: localhost\r\n\r\n`);
  await asked.promise;
  browser.destroy();
  await ended.promise;
  await app.close();
  await pool.end();
});
