// Runs everything that can prove the product wrong, and ends with one line: `N passed, N failed`.
// `npm test -- ledger drafts` runs only the test files whose path contains one of the words.
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { stopTestCluster } from "@lontar/testkit";
import { checks, runCheck } from "./checks.ts";
import { findFiles } from "./runs.ts";
import { runTestFiles } from "./test-files.ts";
import { isGood, newTally, report } from "./test-tally.ts";

const root = resolve(import.meta.dirname, "..");
const words = process.argv.slice(2);
const tally = newTally();
const cancelled = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => cancelled.abort());

const find = (...patterns: readonly string[]): readonly string[] => findFiles(root, patterns, words).map((file) => join(root, file));

if (words.length === 0) await Promise.all([runCheck(root, checks.types, tally), runCheck(root, checks.lint, tally)]);
await runTestFiles(root, find("tools/*.test.ts", "packages/**/*.test.ts", "apps/server/**/*.test.ts", "apps/web/src/**/*.test.ts"), tally, cancelled.signal);

const journeys = find("apps/web/e2e/*.test.ts");
const wantsPages = journeys.length > 0 || (words.length === 0 && existsSync(join(root, "apps/web/index.html")));
if (wantsPages && !cancelled.signal.aborted && (await runCheck(root, checks.pages, tally))) {
  await runTestFiles(root, journeys, tally, cancelled.signal);
}

await stopTestCluster();
process.stdout.write(report(tally));
process.exitCode = isGood(tally) && !cancelled.signal.aborted ? 0 : 1;
