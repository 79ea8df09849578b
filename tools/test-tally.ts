import { relative } from "node:path";
import { inspect } from "node:util";

/** One thing that failed: what it claimed, where, and everything that helps to mend it. */
export type Failure = { readonly name: string; readonly place: string; readonly detail: string };

/** What a test run has seen so far. */
export type Tally = { passed: number; skipped: number; readonly failures: Failure[] };

/** A run that has seen nothing yet. */
export const newTally = (): Tally => ({ passed: 0, skipped: 0, failures: [] });

/** Everything that failed, in full, then the one closing line. */
export const report = (tally: Tally): string => {
  const failures = tally.failures.map(({ name, place, detail }, index) => `\n✖ ${index + 1}. ${name}\n  ${place}\n${indent(detail)}\n`);
  const skipped = tally.skipped > 0 ? `, ${tally.skipped} skipped` : "";
  return `${failures.join("")}\n${tally.passed} passed, ${tally.failures.length} failed${skipped}\n`;
};

/** A run is good when something passed and nothing failed: a run of nothing proves nothing. */
export const isGood = (tally: Tally): boolean => tally.passed > 0 && tally.failures.length === 0;

/** A failed test's error as its author would like to read it: the cause without the runner's wrapping and its frames. */
export const describe = (error: Error): string => {
  const cause = error.cause ?? error;
  if (!(cause instanceof Error)) return String(cause);
  // A failed assertion has said everything in its message; other errors may carry more in their fields and causes.
  const text = cause.name === "AssertionError" ? (cause.stack ?? cause.message) : inspect(cause, { depth: 8 });
  return text.replaceAll(/\n\s+at [^\n]*\(?node:[^\n]*\)?(?=\n|$)/g, "");
};

/** A place as an editor understands it, `packages/ledger/src/tree.test.ts:12`. */
export const placeOf = (root: string, file: string | undefined, line: number | undefined): string =>
  file === undefined ? "" : `${relative(root, file)}${line === undefined ? "" : `:${line}`}`;

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, "    ");
