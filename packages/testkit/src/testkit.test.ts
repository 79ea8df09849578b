import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import pg from "pg";
import { createTestDatabase, expectGolden, fakeClock, seededChance, testSource, type TestConnection } from "./index.ts";

const query = async (config: TestConnection | string, text: string): Promise<readonly unknown[]> => {
  const client = new pg.Client(typeof config === "string" ? { connectionString: config } : config);
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
};

test("test databases copy one filled template with its files and do not see each other", async () => {
  let fillings = 0;
  const template = {
    key: `testkit-${process.pid}`,
    fill: async (connection: TestConnection, files: string) => {
      fillings += 1;
      await query(connection, "CREATE TABLE letters (n int); INSERT INTO letters VALUES (1)");
      await writeFile(join(files, "kunci"), "satu");
    },
  };
  const [one, two] = await Promise.all([createTestDatabase("Satu", template), createTestDatabase("Dua", template)]);
  await query(one.connection, "INSERT INTO letters VALUES (2)");
  assert.deepEqual(await query(one.url, "SELECT count(*)::int AS n FROM letters"), [{ n: 2 }]);
  assert.deepEqual(await query(two.url, "SELECT count(*)::int AS n FROM letters"), [{ n: 1 }]);
  assert.equal(fillings, 1);
  assert.equal(await readFile(join(one.files ?? "", "kunci"), "utf8"), "satu");
  assert.equal(one.files, two.files);
  await Promise.all([one.drop(), two.drop()]);
  await assert.rejects(query(one.url, "SELECT 1"), /does not exist/);
});

test("a filling that fails is told, and the next test tries again", async () => {
  const key = `testkit-failing-${process.pid}`;
  await assert.rejects(createTestDatabase("gagal", { key, fill: (connection) => query(connection, "CREATE TABEL x ()").then(() => undefined) }), /syntax error/);
  const database = await createTestDatabase("gagal", { key, fill: (connection) => query(connection, "CREATE TABLE x ()").then(() => undefined) });
  await query(database.url, "SELECT * FROM x");
  await database.drop();
});

test("the clock stands still until it is moved, forward or back", () => {
  const clock = fakeClock("2026-12-31T16:59:59.000Z");
  assert.equal(clock.now(), clock.now());
  clock.advance(1_000);
  assert.equal(clock.now(), "2026-12-31T17:00:00.000Z");
  clock.advance(-60_000);
  assert.equal(clock.now(), "2026-12-31T16:59:00.000Z");
  assert.throws(() => clock.set("besok"), /not an instant: besok/);
});

test("the same seed throws the same dice, another seed others, and every face comes up", () => {
  const throws = (seed: number): readonly number[] => Array.from({ length: 200 }, ((chance) => () => chance.below(6))(seededChance(seed)));
  assert.deepEqual(throws(1), throws(1));
  assert.notDeepEqual(throws(1), throws(2));
  assert.deepEqual([...new Set(throws(1))].sort(), [0, 1, 2, 3, 4, 5]);
  assert.deepEqual([...seededChance(3).shuffle([1, 2, 3, 4])].sort(), [1, 2, 3, 4]);
  assert.throws(() => seededChance(1).pick([]), RangeError);
});

test("a test source makes UUIDv7 ids that repeat with the seed and sort by the clock", () => {
  const [a, b] = [testSource(7), testSource(7)];
  const earlier = a.id();
  assert.equal(earlier, b.id());
  assert.match(earlier, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  a.clock.advance(1);
  assert.ok(a.id() > earlier);
});

test("a golden must exist and match, and is written only when asked", (context) => {
  const folder = mkdtempSync(join(tmpdir(), "lontar-golden-"));
  const before = process.env["UPDATE_GOLDEN"];
  context.after(() => {
    rmSync(folder, { recursive: true });
    if (before === undefined) delete process.env["UPDATE_GOLDEN"];
    else process.env["UPDATE_GOLDEN"] = before;
  });
  const file = join(folder, "deep/matrix.golden.txt");
  delete process.env["UPDATE_GOLDEN"];
  assert.throws(() => expectGolden(file, "satu\n"), /does not exist yet/);
  process.env["UPDATE_GOLDEN"] = "1";
  expectGolden(file, "satu\n");
  delete process.env["UPDATE_GOLDEN"];
  expectGolden(file, "satu\n");
  assert.throws(() => expectGolden(file, "dua\n"), /npm run golden/);
  assert.equal(readFileSync(file, "utf8"), "satu\n");
});
