import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { isGood, newTally, report, type Tally } from "./test-tally.ts";

const folder = mkdtempSync(join(tmpdir(), "lontar-runner-"));
after(() => rmSync(folder, { recursive: true }));

/** What the runner makes of one test file with this content; in a process of its own, for Node's runner does not nest. */
const outcomeOf = (text: string): Tally & { readonly said: string } => {
  const file = join(folder, "sample.test.mjs");
  writeFileSync(file, `import { test, describe } from "node:test"; import assert from "node:assert/strict";\n${text}`);
  const driver = join(folder, "driver.mjs");
  const code = `import { runTestFiles } from ${JSON.stringify(import.meta.resolve("./test-files.ts"))};
    import { newTally } from ${JSON.stringify(import.meta.resolve("./test-tally.ts"))};
    const tally = newTally();
    await runTestFiles(process.argv[2], [process.argv[3]], tally, new AbortController().signal);
    process.stderr.write(JSON.stringify(tally));`;
  writeFileSync(driver, code);
  const { NODE_TEST_CONTEXT: _, ...env } = process.env;
  const result = spawnSync(process.execPath, [driver, folder, file], { env, encoding: "utf8", timeout: 60_000 });
  return { ...JSON.parse(result.stderr), said: result.stdout };
};

test("tests are counted one by one, nested ones too, and a suite is no test", () => {
  const { passed, skipped, failures } = outcomeOf(`describe("s", () => { test("a", () => {}); test("b", () => {}); });
    test("c", (t) => t.test("d", () => {})); test.skip("e", () => {});`);
  assert.deepEqual([passed, skipped, failures], [4, 1, []]);
});

test("a failure is told once, with its place and the cause, and what the file printed is shown", () => {
  const { passed, failures, said } = outcomeOf(`test("parent", async (t) => { await t.test("child", () => { console.log("just before"); assert.equal(1, 2); }); });`);
  assert.equal(passed, 0);
  assert.deepEqual(failures.map(({ name, place }) => [name, place]), [["child", "sample.test.mjs:2"]]);
  assert.match(failures[0]?.detail ?? "", /1 !== 2/);
  assert.doesNotMatch(failures[0]?.detail ?? "", /node:internal/);
  assert.match(said, /✖ sample\.test\.mjs[\s\S]*just before/);
});

test("a file that dies or does not load is a failure", () => {
  for (const text of ["process.exit(3);", "import './absent.mjs';"]) {
    assert.equal(outcomeOf(text).failures.length, 1, text);
  }
});

test("the report ends in one line, and a run in which nothing passed is not good", () => {
  const tally = newTally();
  assert.equal(isGood(tally), false);
  tally.passed = 3;
  assert.equal(isGood(tally), true);
  assert.equal(report(tally).trimEnd(), "\n3 passed, 0 failed".trimEnd());
  tally.skipped = 2;
  tally.failures.push({ name: "surat hilang", place: "a.test.ts:7", detail: "1 !== 2" });
  assert.equal(isGood(tally), false);
  assert.match(report(tally), /✖ 1\. surat hilang\n {2}a\.test\.ts:7\n {4}1 !== 2\n\n3 passed, 1 failed, 2 skipped\n$/);
});
