// Asks programs that are not ours (Go's tlog, pdfsig, qpdf, …) whether they agree with us: calls `run()` of every oracles/oracle.ts.
// `npm run oracles -- ledger` asks only those whose path contains the word.
import { resolve } from "node:path";
import { callExport, findFiles, recordsOf } from "./runs.ts";

const root = resolve(import.meta.dirname, "..");
const tally = { agreed: 0, not: 0 };
const say = (ok: boolean, name: string, detail: string): void => {
  tally[ok ? "agreed" : "not"] += 1;
  process.stdout.write(`${ok ? "✔" : "✖"} ${name}${detail === "" ? "" : `: ${detail}`}\n`);
};

for (const file of findFiles(root, ["packages/**/oracles/oracle.ts", "apps/**/oracles/oracle.ts"], process.argv.slice(2))) {
  try {
    for (const { name, ok, detail } of recordsOf(file, await callExport(root, file, "run"))) say(ok === true, String(name), String(detail ?? ""));
  } catch (error) {
    say(false, file, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
}
process.stdout.write(`${tally.agreed} agreed, ${tally.not} did not\n`);
process.exitCode = tally.agreed > 0 && tally.not === 0 ? 0 : 1;
