// Runs everything that can prove the product wrong, and ends with one line: `N passed, N failed`.
// `npm test -- ledger drafts` runs only the test files whose path contains one of the words. The journeys' pictures are in `.screenshots/`.
import { existsSync, statSync } from "node:fs";
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

/** The longest first (a file of many lines takes its time), so that in the end no core waits for a long one that began last. */
const find = (...patterns: readonly string[]): readonly string[] =>
  findFiles(root, patterns, words).map((file) => join(root, file)).toSorted((one, other) => statSync(other).size - statSync(one).size);

const judged = words.length === 0 ? [runCheck(root, checks.types, tally), runCheck(root, checks.lint, tally)] : [];
const journeys = find("apps/web/e2e/*.test.ts");
const wantsPages = journeys.length > 0 || (words.length === 0 && existsSync(join(root, "apps/web/index.html")));
const hasPages = wantsPages && (await runCheck(root, checks.pages, tally));
await Promise.all(judged);
const others = find("tools/*.test.ts", "packages/**/*.test.ts", "apps/server/**/*.test.ts", "apps/web/src/**/*.test.ts");
await runTestFiles(root, [...(hasPages ? journeys : []), ...others], tally, cancelled.signal);

await stopTestCluster();
process.stdout.write(report(tally));
process.exitCode = isGood(tally) && !cancelled.signal.aborted ? 0 : 1;
