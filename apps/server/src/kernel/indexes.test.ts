import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { createTestDatabase, type TestDatabase } from "@lontar/testkit";
import { openPool } from "./db.ts";
import { restoreIndexes, withoutIndexes } from "./indexes.ts";

const quiet = (): void => undefined;

describe("indexes set aside for a load", () => {
  let database: TestDatabase;
  let pool: ReturnType<typeof openPool>;
  before(async () => {
    database = await createTestDatabase("kernel_indexes");
    pool = openPool(database.connection, 6);
    await pool.query("create table letter (id int not null, year int not null, words text not null, primary key (year, id)) partition by range (year)");
    await pool.query("create table letter_old partition of letter for values from (0) to (2026); create table letter_new partition of letter for values from (2026) to (9999)");
    await pool.query("create index letter_words on letter (words, id)");
    await pool.query("create table item (id int primary key, code text unique, words text not null)");
    await pool.query("create index item_words on item (words) where words <> ''");
  });
  after(async () => {
    await pool.end();
    await database.drop();
  });
  const indexes = async (): Promise<readonly string[]> => (await pool.query<{ line: string }>("select tablename || ': ' || indexdef as line from pg_indexes where schemaname = 'public' and tablename ~ '^(letter|item)' order by 1")).rows.map(({ line }) => line);

  const options = async (): Promise<readonly string[]> => (await pool.query<{ line: string }>("select relname || ': ' || reloptions::text as line from pg_class where relname ~ '^(letter|item)' and reloptions is not null order by 1")).rows.map(({ line }) => line);

  test("are away during the work and afterwards as they were; those that keep a rule stay", async () => {
    const all = await indexes();
    const during = await withoutIndexes(pool, ["letter", "item"], quiet, async () => {
      await pool.query("insert into letter select n, 2020 + n, 'kata ' || n from generate_series(1, 9) n");
      assert.deepEqual(await options(), ["item: {autovacuum_enabled=off}", "letter_new: {autovacuum_enabled=off}", "letter_old: {autovacuum_enabled=off}"]);
      return indexes();
    });
    assert.deepEqual(await options(), [], "autovacuum looks after them again");
    assert.ok(all.some((line) => line.includes("letter_words")) && !during.some((line) => line.includes("words")));
    assert.equal(during.filter((line) => line.includes("UNIQUE")).length, all.filter((line) => line.includes("UNIQUE")).length);
    assert.deepEqual(await indexes(), all);
    assert.deepEqual((await pool.query("select to_regclass('index_owed') as t")).rows, [{ t: null }]);
  });

  test("come back when the work fails, and its error is the one that is told", async () => {
    const all = await indexes();
    await assert.rejects(withoutIndexes(pool, ["item"], quiet, async () => Promise.reject(new Error("the disk is full"))), /the disk is full/);
    assert.deepEqual(await indexes(), all);
  });

  test("are built by the next start when the load has died, and not while it lives", async () => {
    const all = await indexes();
    await withoutIndexes(pool, ["letter", "item"], quiet, async () => {
      assert.deepEqual(await restoreIndexes(pool, quiet), [], "the load is at work");
      // What a load that dies here leaves behind.
      await pool.query("create table left_behind as select * from index_owed");
    });
    await pool.query("drop index letter_words; drop index item_words; alter table item set (autovacuum_enabled = off); alter table left_behind rename to index_owed");
    const told: string[] = [];
    assert.deepEqual(await restoreIndexes(pool, (name) => told.push(name)), ["item_words", "letter_words"]);
    assert.deepEqual(told, ["item_words", "letter_words"]);
    assert.deepEqual([await indexes(), await options()], [all, []]);
    assert.deepEqual(await restoreIndexes(pool, quiet), []);
  });
});
