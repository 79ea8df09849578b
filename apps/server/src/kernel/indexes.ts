import pg from "pg";

/** Told what is being built. */
export type IndexReport = (name: string) => void;

// Any number that no other program takes; whoever holds it is loading, and will build the indexes himself.
const lockKey = 7_306_403_203;
const buildersAtOnce = 2;

/**
 * Takes away the indexes of these tables that keep no rule, only speed, for the length of `work`: an index that is built over a million
 * rows at once costs a fifth of one that grows with each of them. Autovacuum leaves the tables alone meanwhile: it would look through them
 * a dozen times while they grow, for half of what the load itself costs. What is taken away is noted in the same transaction
 * (`index_owed`), so that whoever comes after a crash finds it and puts it back: `restoreIndexes`, at every start.
 */
export const withoutIndexes = async <T>(pool: pg.Pool, tables: readonly string[], report: IndexReport, work: () => Promise<T>): Promise<T> => {
  const client = await pool.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [lockKey]);
    await setAside(client, tables);
    const result = await work().catch(async (error: unknown) => {
      await build(pool, client, report).catch(() => undefined); // what stays owed is built at the next start; the first error is the one to tell
      throw error;
    });
    await build(pool, client, report);
    return result;
  } finally {
    client.release(true); // and the lock with it, whatever happened to the connection
  }
};

/** Builds the indexes that a load which did not end has left owed; while a load is running it is its own affair. Answers their names. */
export const restoreIndexes = async (pool: pg.Pool, report: IndexReport): Promise<readonly string[]> => {
  if ((await pool.query<{ t: string | null }>("select to_regclass('index_owed') as t")).rows[0]?.t === null) return [];
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", [lockKey]);
    return rows[0]?.taken === true ? await build(pool, client, report) : [];
  } finally {
    client.release(true);
  }
};

type Owed = { readonly name: string; readonly definition: string };

const setAside = async (client: pg.PoolClient, tables: readonly string[]): Promise<void> => {
  await client.query("begin");
  try {
    await client.query("create table if not exists index_owed (name text primary key, definition text not null)");
    const { rows } = await client.query<{ name: string; definition: string }>(
      `insert into index_owed select i.relname, replace(pg_get_indexdef(i.oid), ' ON ONLY ', ' ON ') from pg_index x join pg_class i on i.oid = x.indexrelid
       where x.indrelid = any($1::text[]::regclass[]) and not x.indisunique and not x.indisexclusion and not i.relispartition returning name, definition`,
      [tables],
    );
    for (const { name } of rows) await client.query(`drop index ${pg.escapeIdentifier(name)}`);
    const { rows: swept } = await client.query<{ table: string }>(
      `with kept as (select oid from pg_class where oid = any($1::text[]::regclass[]) and relkind = 'r' union select p.relid from unnest($1::text[]::regclass[]) as t(oid), pg_partition_tree(t.oid) p where p.isleaf),
       swept as (select c.oid::regclass::text as table from pg_class c join kept using (oid) where not exists (select from unnest(c.reloptions) o where o like 'autovacuum_enabled=%')),
       owed as (insert into index_owed select 'autovacuum ' || s.table, format('ALTER TABLE %s RESET (autovacuum_enabled)', s.table) from swept s on conflict do nothing)
       select s.table from swept s`,
      [tables],
    );
    for (const { table } of swept) await client.query(`alter table ${table} set (autovacuum_enabled = off)`);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // the first error is the one to tell
    throw error;
  }
};

/** Puts back what is owed, the debt and its payment in one transaction each, two at a time; autovacuum last, which would be in the way of an index. Answers the indexes. */
const build = async (pool: pg.Pool, client: pg.PoolClient, report: IndexReport): Promise<readonly string[]> => {
  const { rows: owed } = await client.query<Owed>("select name, definition from index_owed order by definition like 'ALTER %', name");
  const waiting = [...owed];
  const builder = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await buildOne(pool, next, report);
  };
  const results = await Promise.allSettled(Array.from({ length: buildersAtOnce }, builder));
  for (const result of results) if (result.status === "rejected") throw result.reason;
  await client.query("drop table index_owed");
  return owed.filter(isIndex).map(({ name }) => name);
};

const isIndex = ({ definition }: Owed): boolean => !definition.startsWith("ALTER ");

const buildOne = async (pool: pg.Pool, owed: Owed, report: IndexReport): Promise<void> => {
  const { name, definition } = owed;
  const client = await pool.connect();
  try {
    if (isIndex(owed)) report(name);
    await client.query("begin");
    await client.query("set local maintenance_work_mem = '256MB'");
    await client.query(definition);
    await client.query("delete from index_owed where name = $1", [name]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // the first error is the one to tell
    throw error;
  } finally {
    client.release();
  }
};
