// Writes every golden file anew, for a person to read in the diff: goldens are reviewed like code.
// `npm run golden -- drafts` writes only those whose path contains the word.
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { generateGoldens } from "./goldens.ts";
import { findFiles } from "./runs.ts";

const root = resolve(import.meta.dirname, "..");
const words = process.argv.slice(2);

for (const { file, committed, generated } of await generateGoldens(root, words)) {
  if (committed !== generated) writeFileSync(join(root, file), generated);
  process.stdout.write(`${committed === generated ? "same   " : committed === undefined ? "new    " : "changed"} ${file}\n`);
}

// Tests that compare with goldens of their own write them when asked by this variable (`expectGolden` of the testkit).
const own = findFiles(root, ["packages/**/*.test.ts", "apps/**/*.test.ts"], words).filter((file) =>
  /\bexpectGolden\b|UPDATE_GOLDEN/.test(readFileSync(join(root, file), "utf8")),
);
if (own.length > 0) {
  const result = spawnSync(process.execPath, ["--test", "--test-reporter=dot", ...own], {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, UPDATE_GOLDEN: "1" },
  });
  process.exitCode = result.status ?? 1;
}
