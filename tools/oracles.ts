// Asks programs that are not ours (Go's tlog, pdfsig, qpdf, …) whether they agree with us: calls `run()` of every oracles/oracle.ts.
// `npm run oracles -- ledger` asks only those whose path contains the word. A finding whose `ok` is neither true nor false was
// not to be had: `detail` says why, and it counts for nobody. Findings with a `row` and a `column` are one table at the end.
import { resolve } from "node:path";
import { tableOf, type Cell } from "./oracle-table.ts";
import { callExport, findFiles, recordsOf } from "./runs.ts";

const root = resolve(import.meta.dirname, "..");
const tally = { agreed: 0, not: 0, unasked: 0 };
const say = ({ ok, name, detail }: { readonly ok: unknown; readonly name: string; readonly detail: string }, isInTable = false): void => {
  const outcome = ok === true ? "agreed" : ok === false ? "not" : "unasked";
  tally[outcome] += 1;
  if (!isInTable || outcome === "not") process.stdout.write(`${{ agreed: "✔", not: "✖", unasked: "–" }[outcome]} ${name}${detail === "" ? "" : `: ${detail}`}\n`);
};

for (const file of findFiles(root, ["packages/**/oracles/oracle.ts", "apps/**/oracles/oracle.ts"], process.argv.slice(2))) {
  const cells: Cell[] = [];
  try {
    for (const { name, ok, detail, row, column } of recordsOf(file, await callExport(root, file, "run"))) {
      const isInTable = typeof row === "string" && typeof column === "string";
      if (isInTable) cells.push({ row, column, ok, detail: String(detail ?? "") });
      say({ ok, name: String(name), detail: String(detail ?? "") }, isInTable);
    }
  } catch (error) {
    say({ ok: false, name: file, detail: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
  process.stdout.write(tableOf(cells));
}
process.stdout.write(`${tally.agreed} agreed, ${tally.not} did not${tally.unasked === 0 ? "" : `, ${tally.unasked} could not be asked or could not tell`}\n`);
process.exitCode = tally.agreed > 0 && tally.not === 0 ? 0 : 1;
