import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, urlOf, type Template } from "@lontar/testkit";
import { contract, type EndpointName, type Input, type Problem, type Result } from "@lontar/contract";
import { readConfig } from "../src/config.ts";
import { startServer, type Server } from "../src/main.ts";
import { openPool } from "../src/kernel/db.ts";
import { realSource } from "../src/kernel/ids.ts";
import { demoPassword } from "../src/seed/seed.ts";
import { templateOfCode } from "./templates.ts";
import { until } from "./until.ts";

/** What came back over HTTP. */
export type Answer<T> = { readonly status: number; readonly body: T; readonly problem: Problem | undefined; readonly bytes: Uint8Array };

/** A person at a browser, speaking the contract over real HTTP. */
export type Client = {
  readonly call: <N extends EndpointName>(name: N, input: Input<(typeof contract)[N]>, options?: { readonly key?: string }) => Promise<Answer<Result<(typeof contract)[N]>>>;
  readonly upload: (id: string, name: string, bytes: Uint8Array) => Promise<Answer<Result<(typeof contract)["received.upload"]>>>;
  /** Sends a file to any endpoint that takes one. */
  readonly uploadTo: <N extends EndpointName>(name: N, id: string, fileName: string, bytes: Uint8Array) => Promise<Answer<Result<(typeof contract)[N]>>>;
  readonly attach: (id: string, name: string, bytes: Uint8Array) => Promise<Answer<Result<(typeof contract)["dispositions.attach"]>>>;
};

/** A whole server on a free port with a database and a folder of its own. */
export type TestServer = { readonly url: string; readonly server: Server; readonly folder: string; readonly databaseUrl: string; readonly signIn: (username: string) => Promise<Client>; readonly anyone: Client; readonly close: () => Promise<void> };

const fill = (path: string, input: Readonly<Record<string, unknown>>): string => path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(input[name])));

const clientOf = (url: string, cookie: string | undefined): Client => {
  const send = async <T>(path: string, init: RequestInit): Promise<Answer<T>> => {
    const response = await fetch(url + path, { ...init, redirect: "manual", headers: { ...init.headers, ...(cookie !== undefined && { cookie }) } });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    const parsed = isJson && bytes.length > 0 ? JSON.parse(new TextDecoder().decode(bytes)) : undefined;
    return { status: response.status, body: parsed, problem: response.ok ? undefined : parsed, bytes };
  };
  const sendFile = <T>(endpoint: EndpointName, id: string, name: string, bytes: Uint8Array): Promise<Answer<T>> => {
    const form = new FormData();
    form.set("id", id);
    form.set("file", new Blob([new Uint8Array(bytes)]), name);
    return send(contract[endpoint].path, { method: "POST", body: form });
  };
  return {
    call: (name, input, options = {}) => {
      const endpoint = contract[name];
      const given: Readonly<Record<string, unknown>> = Object.assign({}, input);
      const query = new URLSearchParams(Object.keys(endpoint.query.shape).flatMap((key) => (given[key] === undefined ? [] : [[key, String(given[key])]])));
      const body = Object.fromEntries(Object.entries(given).filter(([key]) => !(key in endpoint.params.shape) && !(key in endpoint.query.shape)));
      const isWrite = endpoint.method !== "GET";
      return send(`${fill(endpoint.path, given)}${query.size > 0 ? `?${query}` : ""}`, {
        method: endpoint.method,
        ...(isWrite && { headers: { "idempotency-key": options.key ?? realSource.id(), ...(Object.keys(body).length > 0 && { "content-type": "application/json" }) } }),
        ...(isWrite && Object.keys(body).length > 0 && { body: JSON.stringify(body) }),
      });
    },
    upload: (id, name, bytes) => sendFile("received.upload", id, name, bytes),
    uploadTo: (endpoint, id, name, bytes) => sendFile(endpoint, id, name, bytes),
    attach: (id, name, bytes) => sendFile("dispositions.attach", id, name, bytes),
  };
};

/** Signs a demo account in on a running server. */
export const connect = async (url: string, username: string): Promise<Client> => {
  const response = await fetch(`${url}/api/session`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ username, password: demoPassword(username) }) });
  const cookie = response.headers.getSetCookie().map((line) => line.split(";")[0]).join("; ");
  if (!response.ok || cookie === "") throw new Error(`${username} cannot sign in: ${response.status}`);
  return clientOf(url, cookie);
};

// Other settings may show in what a first start makes (addresses in certificates, whose keys sign): there it is made for the test alone.
const showsInNothing = new Set(["LONTAR_MODE", "LONTAR_UPLOAD_MB"]);

const startIn = (folder: string, databaseUrl: string, env: Readonly<Record<string, string>>): Promise<Server> =>
  startServer(readConfig({ PORT: "0", HOST: "127.0.0.1", LONTAR_DATA: folder, LONTAR_LOG: "silent", DATABASE_URL: databaseUrl, ...env }));

/** What a first start leaves: the demo office with its keys, its log written and published. */
const startedOnce = (): Promise<Template> =>
  templateOfCode("server", async (connection, files) => {
    const pool = openPool(connection, 1);
    const server = await startIn(files, urlOf(connection), {});
    await until(async () => ((await pool.query("select from event_pending")).rowCount === 0 ? true : undefined), "every event has its place in the log");
    await server.stop();
    await pool.end();
  });

/** Starts a server for a test, as after its first start; `env` overrides its settings. */
export const startTestServer = async (name: string, env: Readonly<Record<string, string>> = {}): Promise<TestServer> => {
  const isFirst = Object.keys(env).some((setting) => !showsInNothing.has(setting)) || env["LONTAR_MODE"] === "production";
  const database = await createTestDatabase(name, isFirst ? undefined : await startedOnce());
  const folder = await mkdtemp(join(tmpdir(), "lontar-server-"));
  if (database.files !== undefined) await cp(database.files, folder, { recursive: true });
  const server = await startIn(folder, database.url, env);
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    server,
    folder,
    databaseUrl: database.url,
    anyone: clientOf(url, undefined),
    signIn: (username) => connect(url, username),
    close: async () => {
      await server.stop();
      await database.drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
