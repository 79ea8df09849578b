// Measures: calls `run()` of every bench.ts and prints one JSON line per metric, for people and for graphs alike.
// `npm run bench -- pades` runs only those whose path contains the word.
import { resolve } from "node:path";
import { callExport, findFiles, recordsOf } from "./runs.ts";

const root = resolve(import.meta.dirname, "..");
const files = findFiles(root, ["packages/**/bench.ts", "apps/**/bench.ts"], process.argv.slice(2));
let metrics = 0;
for (const file of files) {
  process.stderr.write(`measuring ${file} …\n`);
  try {
    for (const metric of recordsOf(file, await callExport(root, file, "run"))) {
      if (typeof metric["name"] !== "string" || !Number.isFinite(metric["value"])) throw new TypeError(`a metric needs a name and a number: ${JSON.stringify(metric)}`);
      process.stdout.write(`${JSON.stringify(metric)}\n`);
      metrics += 1;
    }
  } catch (error) {
    process.stderr.write(`${file} could not be measured: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exitCode = 1;
  }
}
if (metrics === 0) {
  process.stderr.write("nothing was measured: no bench.ts answered a metric\n");
  process.exitCode = 1;
}
