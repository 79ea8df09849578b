/** Speed of the server as its users meet it: commands over HTTP, the desk of a large office, and the script of the first page. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { letterTypes } from "@lontar/naskah";
import { launchBrowser } from "@lontar/testkit/browser";
import pg from "pg";
import type { Browser } from "playwright-core";
import { isKept, openFilled } from "./test/filled.ts";
import { readConfig } from "./src/config.ts";
import { realSource } from "./src/kernel/ids.ts";
import { startServer } from "./src/main.ts";
import { demoPassword } from "./src/seed/seed.ts";
import { connect, startTestServer, type Client, type TestServer } from "./test/http.ts";

/** One measured thing; `ratio` is above 1 where it does better than `peer`. */
export type Metric = { readonly name: string; readonly value: number; readonly unit: string; readonly peer: string; readonly ratio: number };

const letters = Number(process.env["BENCH_LETTERS"] ?? 20_000);
const commands = 400;
const looks = 50;
const warmUp = 30;
const openings = 7;
// The queue of a fresh office is empty; with so many letters somebody has something to do.
const smallLetters = 2000;
const queueName = "Antrean";
const scriptLimit = 150_000;
const web = resolve(import.meta.dirname, "../web/dist");

/** Measures all of it on a server of its own, `BENCH_LETTERS` says how large the office is; or the desk alone of an office that is kept (`BENCH_DATA`). */
export const run = (): Promise<Metric[]> => (isKept ? keptDesk() : ownServer());

// A usable Meja within this time needs no patience.
const goalMs = 2000;

/** The desk of an office that is kept, on a server of its own. What it writes besides the sign-in is what any start writes. */
const keptDesk = async (): Promise<Metric[]> => {
  const { connection, size, close } = await openFilled("bench");
  const server = await startServer(readConfig({ ...process.env, PORT: "0", HOST: "127.0.0.1", LONTAR_DATA: process.env["BENCH_DATA"], LONTAR_LOG: "silent", LONTAR_MODE: "demo" }));
  const browser = await launchBrowser();
  try {
    const url = `http://127.0.0.1:${server.port}`;
    const official = await busiest("url" in connection ? connection.url : connection);
    const desk = await deskTime(await connect(url, official));
    const page = await usableDesk(browser, url, official);
    return [
      { name: `server: session and desk, ${size}, p50`, value: rounded(desk), unit: "ms", peer: `${goalMs} ms`, ratio: rounded(goalMs / desk) },
      { name: `web: first usable Meja, cold browser, ${size}, p50`, value: rounded(page), unit: "ms", peer: `${goalMs} ms`, ratio: rounded(goalMs / page) },
    ];
  } finally {
    await browser.close();
    await server.stop();
    await close();
  }
};

const ownServer = async (): Promise<Metric[]> => {
  const metrics: Metric[] = [await firstScript()];
  const server = await startTestServer("bench", { LONTAR_MODE: "demo" });
  const browser = await launchBrowser();
  try {
    await fill(server, smallLetters, 6);
    const official = await busiest(server.databaseUrl);
    const client = await server.signIn(official);
    const small = await deskTime(client); // before the commands: afterwards the log still catches up with them
    const smallPage = await usableDesk(browser, server.url, official);
    const commits = await commitsPerSecond(server);
    metrics.push(...(await commandRate(client, 1, commits)), ...(await commandRate(client, 16, commits)));
    await fill(server, letters, 7);
    const large = await deskTime(client);
    metrics.push({ name: `server: session and desk, ${letters} letters, p50`, value: rounded(large), unit: "ms", peer: `the same office with ${smallLetters} letters`, ratio: rounded(small / large) });
    const largePage = await usableDesk(browser, server.url, official);
    metrics.push({ name: `web: first usable Meja, cold browser, ${letters} letters, p50`, value: rounded(largePage), unit: "ms", peer: `the same page with ${smallLetters} letters`, ratio: rounded(smallPage / largePage) });
  } finally {
    await browser.close();
    await server.close();
  }
  return metrics;
};

/** Everything that the page names before it runs: what a first visit downloads as script. */
const firstScript = async (): Promise<Metric> => {
  const page = await readFile(join(web, "index.html"), "utf8");
  const paths = new Set([...page.matchAll(/(?:src|href)="([^"]+\.js)"/g)].flatMap(([, path]) => (path === undefined ? [] : [path])));
  let size = 0;
  for (const path of paths) size += gzipSync(await readFile(join(web, path))).length;
  return { name: "web: script of the first page, gzip", value: size, unit: "bytes", peer: "limit of 150 KB", ratio: rounded(scriptLimit / size) };
};

/** The peer of a command: one small row a commit over one connection, on the same database with the same settings. */
const commitsPerSecond = async ({ databaseUrl }: TestServer): Promise<number> => {
  const client = new pg.Client(databaseUrl);
  await client.connect();
  try {
    await client.query("create table bench_commit (id uuid primary key, body jsonb)");
    const started = performance.now();
    for (let n = 0; n < commands; n += 1) await client.query("insert into bench_commit values ($1, $2)", [realSource.id(), { n }]);
    return commands / ((performance.now() - started) / 1000);
  } finally {
    await client.query("drop table if exists bench_commit");
    await client.end();
  }
};

/** `drafts.create`, so many at once: every one is authorised, decided, recorded and committed. */
const commandRate = async (client: Client, connections: number, commits: number): Promise<Metric[]> => {
  const type = letterTypes.find((candidate) => candidate.family === "nota")?.code;
  if (type === undefined) throw new Error("there is no type of nota");
  const times: number[] = [];
  const one = async (): Promise<void> => {
    const started = performance.now();
    const { status } = await client.call("drafts.create", { id: realSource.id(), type, replyTo: null });
    if (status !== 200) throw new Error(`drafts.create answered ${status}`);
    times.push(performance.now() - started);
  };
  for (let n = 0; n < warmUp; n += 1) await one();
  times.length = 0;
  const started = performance.now();
  await Promise.all(Array.from({ length: connections }, async () => { for (let n = 0; n < commands / connections; n += 1) await one(); }));
  const rate = times.length / ((performance.now() - started) / 1000);
  const late = quantile(times, 0.99);
  const label = `${connections} ${connections === 1 ? "connection" : "connections"}`;
  return [
    { name: `server: commands over HTTP, ${label}`, value: rounded(rate), unit: "per second", peer: "plain SQL commits, one connection", ratio: rounded(rate / commits) },
    { name: `server: commands over HTTP, ${label}, p99`, value: rounded(late), unit: "ms", peer: "plain SQL commit, mean", ratio: rounded(1000 / commits / late) },
  ];
};

/** Median milliseconds until the desk can be used: who am I, and what waits. */
const deskTime = async (client: Client): Promise<number> => {
  const times: number[] = [];
  for (let n = -warmUp; n < looks; n += 1) {
    const started = performance.now();
    const answers = [await client.call("session.me", {}), await client.call("desk.list", {})];
    if (answers.some(({ status }) => status !== 200)) throw new Error("the desk did not open");
    if (n >= 0) times.push(performance.now() - started);
  }
  return quantile(times, 0.5);
};

/** Median milliseconds from the start of navigation to the first line of the queue, for a person who is signed in and has nothing cached. */
const usableDesk = async (browser: Browser, url: string, official: string): Promise<number> => {
  const options = { baseURL: url, viewport: { width: 1440, height: 900 }, locale: "id-ID", timezoneId: "Asia/Makassar", serviceWorkers: "block" } as const;
  const door = await browser.newContext(options);
  const page = await door.newPage();
  await page.goto("/masuk");
  await page.getByLabel("Nama pengguna").fill(official);
  await page.getByLabel("Kata sandi", { exact: true }).fill(demoPassword(official));
  await page.getByRole("button", { name: "Masuk", exact: true }).click();
  await page.waitForURL("**/meja");
  const { cookies } = await door.storageState();
  await door.close();
  const times: number[] = [];
  for (let n = 0; n < openings; n += 1) {
    const cold = await browser.newContext({ ...options, storageState: { cookies, origins: [] } });
    const desk = await cold.newPage();
    const started = performance.now();
    await desk.goto("/meja", { waitUntil: "commit" });
    await desk.getByRole("region", { name: queueName }).getByRole("link").first().waitFor();
    times.push(performance.now() - started);
    await cold.close();
  }
  return quantile(times, 0.5);
};

/** The person with an account on whose desk most lies. */
const busiest = async (connection: string | pg.ClientConfig): Promise<string> => {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const { rows } = await client.query<{ username: string }>(
      `select a.username from duty d join holding h on h.tenant_id = d.tenant_id and h.position_id = d.position_id and h.until is null
       join account a on a.tenant_id = h.tenant_id and a.id = h.person_id group by a.username order by count(*) desc, a.username limit 1`);
    if (rows[0] === undefined) throw new Error("nobody has anything on his desk");
    return rows[0].username;
  } finally {
    await client.end();
  }
};

/** Fills the office through the same command that an administrator runs. */
const fill = async ({ databaseUrl, folder }: TestServer, count: number, seed: number): Promise<void> => {
  const child = spawn(process.execPath, [join(import.meta.dirname, "src/cli.ts"), "generate", "--letters", String(count), "--people", "300", "--seed", String(seed)], {
    env: { ...process.env, DATABASE_URL: databaseUrl, LONTAR_DATA: folder, LONTAR_LOG: "warn", LONTAR_MODE: "demo" }, stdio: ["ignore", "ignore", "inherit"],
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`generate ended with ${code}`);
};

const quantile = (times: readonly number[], share: number): number => times.toSorted((one, other) => one - other)[Math.floor((times.length - 1) * share)] ?? 0;
const rounded = (value: number): number => Number(value.toFixed(3));

if (import.meta.main) console.table(await run());
