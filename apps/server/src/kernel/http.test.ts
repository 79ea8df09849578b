import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { test } from "node:test";
import { contract, refusalSentence, type EndpointName, type Problem } from "@lontar/contract";
import { systemActor } from "./actor.ts";
import { openDatabase, openPool } from "./db.ts";
import { buildHttp, stream, type Route } from "./http.ts";
import { Refused } from "./refusal.ts";
import { openSeal } from "./seal.ts";
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
    db: openDatabase(pool), keyed: openSeal("uji").keyed, log: quiet, routes: [live, ...others], proxies: "loopback", secureCookie: false, isClockBehind: () => false, uploadBytes: 1, version: "uji",
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

test("every refusal is a line of the log: by its name and its place, with nothing of who asked or what he sent", async () => {
  const lines: (readonly [facts: Readonly<Record<string, unknown>>, message: string])[] = [];
  const endpoints = Object.keys(contract).filter((name): name is EndpointName => name !== "open.openapi" && name in contract);
  const codes = ["holding_overlap", "mandate_needs_decree", "end_before_start", "organisation_loop", "post_holds_work", "nip_taken", "clock_behind", "session_elsewhere", "challenge_used", "sso_nonce_wrong", "sso_issuer_wrong", "not_found"] as const;
  let turn = 0;
  const pool = openPool({ url: "postgresql://nobody@127.0.0.1:1/none" });
  const app = await buildHttp({
    db: openDatabase(pool), keyed: openSeal("uji").keyed, log: { ...quiet, info: (facts, message) => void lines.push([facts, message]) }, proxies: "loopback", secureCookie: false, isClockBehind: () => false, uploadBytes: 1, version: "uji", watch: async () => undefined, authenticate: async () => undefined,
    routes: endpoints.map((name): Route => ({ name, kind: "public", handle: async () => { throw new Refused(codes[turn++] ?? "not_found", { person: "Rahasia, S.H." }); } })),
  });
  for (const code of codes) {
    const answer = await app.inject({ method: "GET", url: "/api/desk?limit=5", headers: { cookie: "lontar_session=rahasia", "accept-language": "en" } });
    const problem: Problem = answer.json();
    assert.deepEqual([problem.code, problem.title], [code, refusalSentence(code, "en")]);
  }
  const refused = lines.filter(([, message]) => message === "refused").map(([facts]) => facts);
  assert.deepEqual(refused.map(({ refusal, route, method }) => [refusal, route, method]), codes.map((code) => [code, "/api/desk", "GET"]));
  assert.doesNotMatch(JSON.stringify(refused), /Rahasia|rahasia|limit/);
  await app.close();
  await pool.end();
});
