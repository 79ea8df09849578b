import { readdir, readFile } from "node:fs/promises";
import { runMigrations } from "graphile-worker";
import type pg from "pg";
import { restoreIndexes } from "./indexes.ts";

const folder = new URL("../../db/migrations/", import.meta.url);

/** The migrations in order, as text. */
export const migrations = async (): Promise<readonly { readonly name: string; readonly text: string }[]> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  return Promise.all(names.map(async (name) => ({ name, text: await readFile(new URL(name, folder), "utf8") })));
};

// Any number that no other program takes; it keeps two starting servers from migrating at once.
const lockKey = 7_306_403_202;

/** Brings the database to the newest schema, forward only, each migration in its own transaction. Answers what it applied. */
export const migrate = async (pool: pg.Pool): Promise<readonly string[]> => {
  const applied: string[] = [];
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await restoreIndexes(pool, () => undefined); // a migration finds the schema as the one before has left it
    await client.query("create table if not exists schema_migration (name text primary key, at timestamptz not null default now())");
    const done = new Set((await client.query<{ name: string }>("select name from schema_migration")).rows.map((row) => row.name));
    for (const migration of await migrations()) {
      if (done.has(migration.name)) continue;
      await client.query("begin");
      try {
        await client.query("set constraints all immediate"); // rows changed here are checked here: a table with a check still to come cannot be altered
        await client.query(migration.text);
        await client.query("insert into schema_migration (name) values ($1)", [migration.name]);
        await client.query("commit");
      } catch (error) {
        await client.query("rollback");
        throw new Error(`migration ${migration.name} failed`, { cause: error });
      }
      applied.push(migration.name);
    }
    if (applied.length > 0 || (await client.query("select to_regclass('graphile_worker.migrations') as t")).rows[0]?.t === null) await runMigrations({ pgPool: pool });
  } finally {
    await client.query("select pg_advisory_unlock($1)", [lockKey]);
    client.release();
  }
  return applied;
};
