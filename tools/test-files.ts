import { run } from "node:test";
import { placeOf, describe, type Tally } from "./test-tally.ts";

/** Each file is a process of its own; more at once than this would only make them wait for each other. */
const concurrency = 2;
/** The longest that one test may take: one that waits for ever is a failure, only a late one. */
const limitMs = 5 * 60_000;
const keptOutput = 20_000;

/** Runs test files, each in its own process, prints one line per file, and adds what happened to `tally`. */
export const runTestFiles = async (root: string, files: readonly string[], tally: Tally, signal: AbortSignal): Promise<void> => {
  if (files.length === 0) return;
  const output = new Map<string, string>();
  const keep = (file: string, message: string): void => void output.set(file, `${output.get(file) ?? ""}${message}`.slice(-keptOutput));
  const scores = new Map<string, string[]>();
  const broken = new Set<string>();
  const stream = run({ files, concurrency, isolation: "process", timeout: limitMs, cwd: root, signal });
  stream.on("test:stdout", ({ file, message }) => keep(file, message));
  stream.on("test:stderr", ({ file, message }) => keep(file, message));
  // What a test has to tell though it passed: how many of NIST's paths, which seed. The runner's own counts say no file.
  stream.on("test:diagnostic", ({ file, message }) => {
    if (file !== undefined) scores.set(file, [...(scores.get(file) ?? []), `  ${message}\n`]);
  });
  stream.on("test:pass", ({ details, skip, todo }) => {
    if (details.type === "suite") return;
    if (skip !== undefined || todo !== undefined) tally.skipped += 1;
    else tally.passed += 1;
  });
  stream.on("test:fail", ({ name, file, line, details }) => {
    if (file !== undefined) broken.add(file);
    // A parent whose children failed says nothing that the children have not said.
    if ("failureType" in details.error && details.error.failureType === "subtestsFailed") return;
    tally.failures.push({ name, place: placeOf(root, file, line), detail: describe(details.error) });
  });
  stream.on("test:summary", ({ file, counts, duration_ms }) => {
    if (file === undefined) return;
    const mark = broken.has(file) ? "✖" : "✔";
    process.stdout.write(`${mark} ${placeOf(root, file, undefined)}  ${counts.tests} tests, ${(duration_ms / 1000).toFixed(1)} s\n${(scores.get(file) ?? []).join("")}`);
  });
  for await (const _ of stream); // the listeners above did the work; this waits for the end
  for (const file of broken) {
    const said = output.get(file)?.trim() ?? "";
    if (said !== "") process.stdout.write(`\n── what ${placeOf(root, file, undefined)} printed ──\n${said}\n`);
  }
};
