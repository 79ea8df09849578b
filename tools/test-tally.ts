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

/** A failed test's error as its author would like to read it: the cause itself, without the runner's wrapping. */
export const describe = (error: Error): string => {
  const cause = error.cause ?? error;
  return cause instanceof Error ? inspect(cause, { depth: 8 }) : String(cause);
};

/** A place as an editor understands it, `packages/ledger/src/tree.test.ts:12`. */
export const placeOf = (root: string, file: string | undefined, line: number | undefined): string =>
  file === undefined ? "" : `${relative(root, file)}${line === undefined ? "" : `:${line}`}`;

const indent = (text: string): string => text.replaceAll(/^(?=.)/gm, "    ");
