import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** Compares text with the committed golden file; under `npm run golden` (UPDATE_GOLDEN=1) it writes the file instead. */
export const expectGolden = (file: string, actual: string): void => {
  if (process.env["UPDATE_GOLDEN"] === "1") {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.ok(existsSync(file), `${file} does not exist yet: run \`npm run golden\` and read what it writes`);
  assert.equal(actual, readFileSync(file, "utf8"), `${file} differs: if the change is meant, run \`npm run golden\` and read the diff`);
};
