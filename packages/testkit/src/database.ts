import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { startEmbedded, type EmbeddedDatabase } from "../../../apps/server/src/kernel/embedded/supervisor.ts";

/** How to reach one test database. */
export type TestConnection = { readonly host: string; readonly user: string; readonly password: string; readonly database: string };

/** A database of one test's own, and the way to be rid of it. `files` is the folder that its template filled: to be copied, never to be written. */
export type TestDatabase = { readonly connection: TestConnection; readonly url: string; readonly files: string | undefined; readonly drop: () => Promise<void> };

/**
 * What test databases start from. `key` names its content (a hash over all that goes into it): the first test that asks for a key pays
 * for `fill`, everyone after copies the result. What belongs to the database but lies beside it goes into the folder `fill` is given.
 */
export type Template = { readonly key: string; readonly fill: (connection: TestConnection, files: string) => Promise<void> };

/** A fresh PostgreSQL database, filled when `template` is given; a killed test's leftovers are swept by later runs. */
export const createTestDatabase = async (name: string, template?: Template): Promise<TestDatabase> => {
  const cluster = await testCluster();
  const from = template === undefined ? "template0" : await ensureTemplate(cluster, template);
  const database = `${testPrefix}${stamp()}_${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "_").slice(0, 30)}_${uniqueInRun()}`;
  await asAdmin(cluster, (admin) => admin.query(`CREATE DATABASE "${database}" TEMPLATE "${from}" STRATEGY wal_log`));
  const connection = { ...cluster.connection, database };
  return {
    connection,
    url: urlOf(connection),
    files: template === undefined ? undefined : filesOf(from),
    drop: () => asAdmin(cluster, async (admin) => void (await admin.query(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`))),
  };
};

/** Stops the cluster that test processes share, unless one of them is still at work; tests need not call it. */
export const stopTestCluster = async (): Promise<void> => {
  if (!existsSync(join(clusterDir, "pg/postmaster.pid"))) return;
  const cluster = await testCluster();
  await sweep(cluster);
  await cluster.stop();
};

const testPrefix = "test_";
const templatePrefix = "template_";

/** One cluster per checkout and user, so that two checkouts (or two people) never meet in it. */
const clusterDir = join(
  tmpdir(),
  `lontar-test-${createHash("sha256").update(`${resolve(import.meta.dirname)}\0${userInfo().uid}`).digest("hex").slice(0, 10)}`,
);

const filesOf = (templateName: string): string => join(clusterDir, "files", templateName);

let shared: Promise<EmbeddedDatabase> | undefined;

/** This process's share in the test cluster; the operating system takes it back when the process ends. */
const testCluster = (): Promise<EmbeddedDatabase> => (shared ??= startEmbedded(clusterDir, { durability: "none" }));

const asAdmin = async <T>(cluster: EmbeddedDatabase, work: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(cluster.connection);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The template's database, filled by whichever process comes first while the others wait at an advisory lock. */
const ensureTemplate = (cluster: EmbeddedDatabase, { key, fill }: Template): Promise<string> =>
  asAdmin(cluster, async (admin) => {
    const name = `${templatePrefix}${createHash("sha256").update(key).digest("hex").slice(0, 16)}`;
    const exists = async (): Promise<boolean> => (await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])).rowCount === 1;
    if (await exists()) return name;
    await admin.query("SELECT pg_advisory_lock(hashtext($1))", [name]); // released when this connection ends
    if (await exists()) return name;
    const half = `${name}_half`; // a crash on the way leaves only this
    await admin.query(`DROP DATABASE IF EXISTS "${half}" WITH (FORCE)`);
    await admin.query(`CREATE DATABASE "${half}" TEMPLATE template0`);
    for (const folder of [half, name]) await rm(filesOf(folder), { recursive: true, force: true });
    await mkdir(filesOf(half), { recursive: true, mode: 0o700 });
    await fill({ ...cluster.connection, database: half }, filesOf(half));
    await rename(filesOf(half), filesOf(name));
    // Whatever the filling left open would stand in the way of the rename.
    await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [half]);
    await admin.query(`ALTER DATABASE "${half}" RENAME TO "${name}"`);
    return name;
  });

const leftoverAfterSeconds = 2 * 60 * 60;
const keptTemplates = 8;

/** Drops what killed tests left behind and the templates of code long gone. */
const sweep = (cluster: EmbeddedDatabase): Promise<void> =>
  asAdmin(cluster, async (admin) => {
    const { rows } = await admin.query<{ name: string }>("SELECT datname AS name FROM pg_database ORDER BY oid DESC");
    const names = rows.map(({ name }) => name);
    const old = names.filter((name) => name.startsWith(testPrefix) && stamp() - Number(name.split("_")[1]) > leftoverAfterSeconds);
    const templates = names.filter((name) => name.startsWith(templatePrefix) && !name.endsWith("_half")).slice(keptTemplates);
    for (const name of [...old, ...templates]) await admin.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    for (const name of templates) await rm(filesOf(name), { recursive: true, force: true });
  });

const stamp = (): number => Math.floor(Date.now() / 1000);

let made = 0;
const uniqueInRun = (): string => `${process.pid}_${(made += 1)}`;

/** The URL form of a socket connection, as `DATABASE_URL` takes it. */
export const urlOf = ({ host, user, password, database }: TestConnection): string =>
  `postgresql://${user}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(host)}`;
