import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readlinkSync, realpathSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import pg from "pg";
import { isAlive } from "./postmaster.ts";
import { sharedBuffersMb } from "./settings.ts";
import { startEmbedded, type EmbeddedDatabase } from "./supervisor.ts";

const root = mkdtempSync(join(realpathSync(tmpdir()), "lontar-embedded-"));
chmodSync(root, 0o755); // PostgreSQL's own account must be able to walk in
after(() => rmSync(root, { recursive: true, force: true }));

const ask = async (database: EmbeddedDatabase, text: string): Promise<unknown> => {
  const client = new pg.Client(database.connection);
  await client.connect();
  try {
    const { rows } = await client.query({ text, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
};

const pidOf = (dir: string): number => Number.parseInt(readFileSync(join(dir, "pg/postmaster.pid"), "utf8"), 10);

/** Another process that starts the database in `dir`, says so, and then does as told. */
const otherProcess = (dir: string, then: "stop" | "be killed"): Promise<string> =>
  new Promise((resolve, reject) => {
    const code = `import { startEmbedded } from ${JSON.stringify(import.meta.resolve("./supervisor.ts"))};
      const database = await startEmbedded(process.argv[1], { durability: "none" });
      process.stdout.write(JSON.stringify({ adopted: database.adopted, initialised: database.initialised }));
      if (process.argv[2] === "stop") await database.stop(); else process.kill(process.pid, "SIGKILL");`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", code, dir, then], { stdio: ["ignore", "pipe", "inherit"] });
    let said = "";
    child.stdout.on("data", (text) => (said += String(text)));
    child.on("error", reject);
    child.on("close", () => resolve(said));
  });

test("the first start makes a cluster, the second finds it, and both keep what was written", async () => {
  const dir = join(root, "plain");
  const first = await startEmbedded(dir);
  assert.deepEqual([first.initialised, first.adopted], [true, false]);
  assert.equal(statSync(join(dir, "pg.password")).mode & 0o777, 0o600);
  assert.equal(statSync(first.connection.host).mode & 0o777, 0o700);
  await ask(first, "create table kept as select 7 as n");
  assert.equal(await ask(first, "show listen_addresses"), "");
  assert.equal(await ask(first, "show log_error_verbosity"), "terse", "the log of the database quotes no values of a refused row");
  assert.equal(await ask(first, "show data_checksums"), "on");
  assert.equal(await ask(first, "show fsync"), "on");
  await first.stop();
  await first.stop();
  await assert.rejects(ask(first, "select 1"), /ENOENT|ECONNREFUSED/);
  const second = await startEmbedded(dir);
  assert.deepEqual([second.initialised, second.adopted], [false, false]);
  assert.equal(await ask(second, "select n from kept"), 7);
  await second.stop();
});

test("processes starting at once make one cluster, and only the last to let go stops the server", async () => {
  const dir = join(root, "shared");
  const ours = startEmbedded(dir, { durability: "none" });
  const said = await Promise.all([otherProcess(dir, "stop"), otherProcess(dir, "stop")]);
  const database = await ours;
  assert.equal([...said, JSON.stringify(database)].filter((text) => text.includes('"initialised":true')).length, 1);
  assert.equal(await ask(database, "select 1"), 1, "the others stopped, and we still have our server");
  await database.stop();
  await assert.rejects(ask(database, "select 1"));
});

test("a server that was killed is started again with what was committed, by one of those who use it", async () => {
  const dir = join(root, "killed");
  const one = await startEmbedded(dir);
  const other = await startEmbedded(dir);
  await ask(one, "create table kept as select 7 as n");
  assert.equal(await one.revive(), false, "it runs");
  process.kill(pidOf(dir), "SIGKILL");
  while (await ask(one, "select 1").then(() => true, () => false));
  assert.deepEqual((await Promise.all([one.revive(), other.revive()])).toSorted(), [false, true]);
  assert.equal(await ask(other, "select n from kept"), 7);
  await one.stop();
  assert.equal(await one.revive(), false, "who has let go starts nothing");
  await other.stop();
});

test("a server left by a killed process is taken over, and a wrong password is refused", async () => {
  const dir = join(root, "orphan");
  assert.match(await otherProcess(dir, "be killed"), /"initialised":true/);
  const pid = pidOf(dir);
  const database = await startEmbedded(dir, { durability: "none" });
  assert.equal(database.adopted, true);
  assert.equal(pidOf(dir), pid);
  const stranger = { ...database, connection: { ...database.connection, password: "salah" } };
  await assert.rejects(ask(stranger, "select 1"), /password authentication failed/);
  await database.stop();
});

test("when the server itself was killed, the next start recovers everything committed", async () => {
  const dir = join(root, "crashed");
  const before = await startEmbedded(dir);
  await ask(before, "create table kept as select 11 as n");
  const pid = pidOf(dir);
  process.kill(pid, "SIGKILL");
  while (isAlive(pid)) await new Promise(setImmediate);
  const afterwards = await startEmbedded(dir);
  assert.equal(afterwards.adopted, false);
  assert.equal(await ask(afterwards, "select n from kept"), 11);
  await before.stop();
  assert.equal(await ask(afterwards, "select 1"), 1, "the first holder let go, the second still uses it");
  await afterwards.stop();
});

test("a postmaster.pid that names some other living process does not block the start, nor is that process harmed", async () => {
  const dir = join(root, "reused-pid");
  await (await startEmbedded(dir, { durability: "none" })).stop();
  const bystander = spawn("sleep", ["60"], { stdio: "ignore" });
  writeFileSync(join(dir, "pg/postmaster.pid"), `${bystander.pid}\n${join(dir, "pg")}\n1\n5432\n/nowhere\n\n  1  1\nready   \n`);
  const database = await startEmbedded(dir, { durability: "none" });
  assert.equal(database.adopted, false);
  assert.equal(await ask(database, "select 1"), 1);
  await database.stop();
  assert.equal(bystander.exitCode, null);
  bystander.kill();
});

test("a running server whose socket was cleaned away is replaced by one that answers", async () => {
  const dir = join(root, "no-socket");
  const unreachable = await startEmbedded(dir, { durability: "none" });
  rmSync(join(unreachable.connection.host, ".s.PGSQL.5432"));
  const database = await startEmbedded(dir, { durability: "none" });
  assert.equal(database.adopted, false);
  assert.equal(await ask(database, "select 1"), 1);
  await unreachable.stop();
  await database.stop();
});

test("a data folder whose path is longer than a socket may have works", async () => {
  const dir = join(root, "x".repeat(120));
  const database = await startEmbedded(dir, { durability: "none" });
  assert.ok(Buffer.byteLength(database.connection.host) < 90, database.connection.host);
  assert.equal(await ask(database, "select 1"), 1);
  await database.stop();
  rmSync(database.connection.host, { recursive: true });
});

test("a data folder closed to PostgreSQL's account works, and its cluster is found through the link", { skip: process.getuid?.() !== 0 }, async () => {
  const closed = join(root, "closed");
  mkdirSync(closed, { mode: 0o700 });
  const dir = join(closed, "data");
  const database = await startEmbedded(dir, { durability: "none" });
  const cluster = readlinkSync(join(dir, "pg"));
  try {
    assert.match(cluster, /^\/var\/lib\/lontar-/);
    assert.equal(await ask(database, "select 1"), 1);
    await database.stop();
    const again = await startEmbedded(dir, { durability: "none" });
    assert.equal(again.initialised, false);
    await again.stop();
    rmSync(dir, { recursive: true });
    const afresh = await startEmbedded(dir, { durability: "none" });
    assert.equal(afresh.initialised, true, "a deleted data folder is a new beginning");
    await afresh.stop();
    rmSync(join(readlinkSync(join(dir, "pg")), ".."), { recursive: true });
  } finally {
    rmSync(join(cluster, ".."), { recursive: true });
  }
});

test("a folder that holds something else is refused and left alone", async () => {
  const dir = join(root, "foreign");
  mkdirSync(join(dir, "pg"), { recursive: true });
  writeFileSync(join(dir, "pg/thesis.txt"), "ten years of work");
  if (process.getuid?.() === 0) chmodSync(join(dir, "pg"), 0o755);
  await assert.rejects(startEmbedded(dir), /holds no PostgreSQL cluster/);
  assert.equal(readFileSync(join(dir, "pg/thesis.txt"), "utf8"), "ten years of work");
});

test("a cluster of another PostgreSQL version is refused with the way out", async () => {
  const dir = join(root, "old");
  await (await startEmbedded(dir, { durability: "none" })).stop();
  writeFileSync(join(dir, "pg/PG_VERSION"), "13\n");
  await assert.rejects(startEmbedded(dir), /written by PostgreSQL 13 .* export it/);
});

test("the memory taken for the cache is modest on every machine", () => {
  assert.deepEqual([256, 1024, 4096, 65_536].map((mb) => sharedBuffersMb(mb * 1024 * 1024)), [32, 64, 256, 512]);
});
