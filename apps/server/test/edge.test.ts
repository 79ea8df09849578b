import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { requestTimestamp } from "@lontar/pades";
import { httpTimestampAuthority, nodePort } from "@lontar/pades/node";
import { createTestDatabase } from "@lontar/testkit";
import { readConfig } from "../src/config.ts";
import { openPool } from "../src/kernel/db.ts";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { realSource } from "../src/kernel/ids.ts";
import { startServer } from "../src/main.ts";
import { demoPassword } from "../src/seed/seed.ts";
import { startTestServer, type TestServer } from "./http.ts";

describe("the edge", () => {
  let server: TestServer;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> => fetch(`${server.url}${path}`, { headers, redirect: "manual" });
  const enter = (username: string, password: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
    fetch(`${server.url}/api/session`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ username, password }) });
  const cookieOf = async (username: string): Promise<string> => (await enter(username, demoPassword(username))).headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");

  before(async () => {
    server = await startTestServer("edge", { LONTAR_URL: "https://surat.contoh.go.id", LONTAR_PROXY: "192.0.2.9" });
  });
  after(() => server.close());

  test("production begins without accounts, and not over those of the demo", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lontar-production-"));
    const start = (databaseUrl: string) => startServer(readConfig({ PORT: "0", HOST: "127.0.0.1", LONTAR_MODE: "production", LONTAR_SECRET: "k".repeat(40), LONTAR_URL: "https://surat.contoh.go.id", LONTAR_LOG: "silent", LONTAR_DATA: folder, DATABASE_URL: databaseUrl }));
    await assert.rejects(start(server.databaseUrl), /berisi akun contoh/);
    const empty = await createTestDatabase("production");
    const begun = await start(empty.url);
    const pool = openPool({ url: empty.url }, 1);
    assert.deepEqual((await pool.query("select (select count(*) from account)::int as accounts, (select count(*) from tenant)::int as governments")).rows, [{ accounts: 0, governments: 0 }]);
    await pool.end();
    await begun.stop();
    await empty.drop();
    await rm(folder, { recursive: true, force: true });
  });

  test("the session cookie belongs to this host alone: no sibling site can plant one", async () => {
    for (const line of (await enter("sekda", demoPassword("sekda"))).headers.getSetCookie()) assert.match(line, /^__Host-lontar_(session|browser)=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=\d+; Secure$/);
    const cookie = await cookieOf("sekda");
    assert.equal((await get("/api/session", { cookie })).status, 200);
    assert.equal((await get("/api/session", { cookie: cookie.replaceAll("__Host-", "") })).status, 401);
  });

  test("the development CA stamps and answers for anyone, and refuses what is no question", async () => {
    const root = new X509Certificate(await readFile(join(server.folder, "keys", "development-root.pem"))).raw;
    const stamp = await requestTimestamp(httpTimestampAuthority({ url: `${server.url}/tsa`, trust: [root] }), new Uint8Array(32), nodePort);
    assert.equal(stamp.certificates.length, 2);
    const ask = (path: string, type: string, body: Uint8Array | string): Promise<Response> => fetch(`${server.url}${path}`, { method: "POST", headers: { "content-type": type }, body: typeof body === "string" ? body : Buffer.from(body) });
    const answer = await ask("/ocsp", "application/ocsp-request", "bukan pertanyaan");
    assert.deepEqual([answer.status, answer.headers.get("content-type"), Buffer.from(await answer.arrayBuffer()).toString("hex")], [200, "application/ocsp-response", "30030a0101"], "malformedRequest, RFC 6960 §4.2.1");
    assert.equal((await get("/ca/root.crl")).headers.get("content-type"), "application/pkix-crl");
    assert.equal((await ask("/tsa", "application/json", "{}")).status, 400);
    assert.equal((await ask("/tsa", "application/timestamp-query", Buffer.alloc(5000))).status, 413);
  });

  test("what a program sends instead of an id, a text or an address is malformed, not a fault of ours", async () => {
    const operator = await cookieOf("operator");
    const inspector = await cookieOf("inspektur");
    const asked: readonly (readonly [path: string, cookie: string])[] = [
      ["/api/sessions/history?cursor=x", inspector],
      ["/api/requests?cursor=x", operator],
      ["/api/search?q=ab%00", inspector],
      ["/api/posts?q=%00", inspector],
      ["/api/received?q=%00", inspector],
      ["/api/received?cursor=%27", inspector],
      ["/api/received/%ZZ", inspector],
    ];
    for (const [path, cookie] of asked) assert.deepEqual([path, (await get(path, { cookie })).status], [path, 400]);
    for (const body of ['{"__proto__":{"a":1}}', "{", "null", '"x"']) {
      const answer = await fetch(`${server.url}/api/session`, { method: "POST", headers: { "content-type": "application/json" }, body });
      assert.deepEqual([body, answer.status], [body, 400]);
    }
    assert.ok((await get("/V/%0d%0aset-cookie:x")).status < 500);
    const deep = `${"[".repeat(200_000)}${"]".repeat(200_000)}`;
    const staf = await server.signIn("staf");
    const id = realSource.id();
    assert.equal((await staf.call("drafts.create", { id, type: letterTypes.find((type) => type.family === "nota")?.code ?? "", replyTo: null })).status, 200);
    const cookie = await cookieOf("staf");
    for (const body of [`"body":{"type":"doc","content":[${deep}]},"fields":{}`, `"body":{"type":"doc"},"fields":{"x":${deep}}`]) {
      const answer = await fetch(`${server.url}/api/drafts/${id}/content`, { method: "PUT", headers: { "content-type": "application/json", cookie }, body: `{"revision":1,"content":{"subject":"","security":"B","urgency":"biasa","classification":null,"attachment":"","place":"","to":[],"cc":[],${body}}}` });
      assert.equal(answer.status, 400);
    }
    const clerk = await server.signIn("tusetda");
    const cut = await clerk.upload(realSource.id(), `${"a".repeat(199)}😀.pdf`, plainPdf(["x"]));
    assert.equal(cut.status, 200, JSON.stringify(cut.problem));
  });

  test("a screen that was opened in another post changes nothing in this one; reading goes on", async () => {
    const cookie = await cookieOf("kadis");
    const id = realSource.id();
    const create = (post: string): Promise<Response> => fetch(`${server.url}/api/drafts`, { method: "POST", headers: { "content-type": "application/json", cookie, "lontar-post": post }, body: JSON.stringify({ id, type: letterTypes.find((type) => type.family === "nota")?.code, replyTo: null }) });
    const { acting }: { readonly acting: { readonly positionId: string } } = await (await get("/api/session", { cookie })).json();
    const refused = await create(realSource.id());
    assert.deepEqual([refused.status, (await refused.json()).code], [409, "post_changed"]);
    assert.equal((await get(`/api/drafts/${id}`, { cookie, "lontar-post": realSource.id() })).status, 404, "nothing was made, and reading asks for no post");
    assert.equal((await create(acting.positionId)).status, 200);
    assert.equal((await get(`/api/drafts/${id}`, { cookie, "lontar-post": realSource.id() })).status, 200);
  });

  test("a verification without a code leads to the page that asks for one: it is no forged letter", async () => {
    for (const path of ["/v/", "/v/%20", "/v?code="]) {
      const answer = await fetch(`${server.url}${path}`);
      assert.deepEqual([path, answer.url], [path, `${server.url}/periksa`]);
    }
  });

  test("pages and answers carry the headers that keep other sites and caches out", async () => {
    const page = await get("/v/TIDAKADA22");
    const policy = page.headers.get("content-security-policy") ?? "";
    for (const rule of ["default-src 'self'", "frame-ancestors 'none'", "object-src 'none'", "base-uri 'self'", "form-action 'self'"]) assert.ok(policy.includes(rule), rule);
    assert.doesNotMatch(policy.split(";").find((rule) => rule.startsWith("script-src ")) ?? "unsafe", /unsafe-inline|unsafe-eval'(?<!wasm-unsafe-eval')/);
    assert.deepEqual(["x-content-type-options", "referrer-policy", "cache-control"].map((name) => page.headers.get(name)), ["nosniff", "no-referrer", "no-store"]);
    assert.match(page.headers.get("strict-transport-security") ?? "", /max-age=31536000/);
    const cookie = await cookieOf("sekda");
    const answer = await get("/api/desk", { cookie, origin: "https://jahat.contoh" });
    assert.equal(answer.headers.get("cache-control"), "no-store");
    assert.equal(answer.headers.get("access-control-allow-origin"), null);
    assert.equal((await get("/api/demo/accounts")).status, 200); // the demo; production has none
  });

  test("only a letter that is open to everyone in the office stays in a browser's cache", async () => {
    const clerk = await cookieOf("tusetda");
    const client = await server.signIn("tusetda");
    for (const [security, kept] of [["B", "private, max-age=31536000, immutable"], ["T", "private, no-store"], ["R", "private, no-store"]] as const) {
      const id = realSource.id();
      assert.equal((await client.upload(id, "surat.pdf", plainPdf([security]))).status, 200);
      assert.equal((await client.call("received.register", { id, facts: { sender: "A", number: security, date: "2026-11-01", subject: "S", receivedOn: "2026-11-02", security } })).status, 200);
      const sha256 = (await client.call("received.show", { id })).body.files[0]?.sha256 ?? "";
      for (const path of [`/api/letters/${id}/files/${sha256}`, `/api/letters/${id}/files/${sha256}/pages/1`]) {
        const file = await get(path, { cookie: clerk });
        assert.deepEqual([file.status, file.headers.get("cache-control")], [200, kept], path);
      }
    }
  });

  test("an address that a stranger writes into X-Forwarded-For is not his address: guessing from one place stops", async () => {
    const codes: number[] = [];
    for (let tries = 0; tries < 42; tries += 1) codes.push((await enter(`nama${tries}`, "salah", { "x-forwarded-for": `203.0.113.${tries}` })).status);
    assert.deepEqual([codes[0], codes.at(-1)], [401, 429]);
  });
});
