import assert from "node:assert/strict";
import { resolve } from "node:path";
import { test } from "node:test";
import { generateGoldens, goldenFile } from "./goldens.ts";

test("every committed golden is what its generator writes today", async () => {
  for (const { file, committed, generated } of await generateGoldens(resolve(import.meta.dirname, ".."))) {
    assert.equal(committed, generated, `${file} is out of date: run \`npm run golden\` and read the diff`);
  }
});

test("a generator's name says which file it writes", () => {
  assert.equal(goldenFile("apps/server/src/drafts/draft.golden.ts"), "apps/server/src/drafts/draft.golden.txt");
  assert.equal(goldenFile("apps/server/db/schema.sql.golden.ts"), "apps/server/db/schema.sql");
});
