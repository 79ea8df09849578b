import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { samplePdf } from "./sample-pdf.ts";

test("the examples of the README run, one after the other, and say what it says", async () => {
  const folder = await mkdtemp(join(tmpdir(), "pades-readme-"));
  try {
    const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
    const examples = [...readme.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code = ""]) => code);
    assert.ok(examples.length >= 6);
    // The program lies outside the tree, where the package's name means nothing.
    const program = examples.join("\n").replaceAll(/"(@lontar\/pades[^"]*)"/g, (_, name: string) => JSON.stringify(import.meta.resolve(name)));
    await writeFile(join(folder, "program.ts"), program);
    await writeFile(join(folder, "surat.pdf"), samplePdf({ fields: [{ name: "Sekda", rect: "[100 100 250 160]" }] }));
    const { stdout } = await promisify(execFile)(process.execPath, ["program.ts"], { cwd: folder });
    const [indication, check, changes, code, , judged] = stdout.replace(/\{\n(.*?)\n\}/s, (text) => text.replaceAll(/\s+/g, " ")).split("\n");
    assert.equal(indication, "TOTAL-PASSED");
    assert.match(check ?? "", /name: 'dictionary'.*outcome: 'passed'.*complete/);
    assert.equal(changes, "[ 'extension', 'validation_data', 'document_timestamp' ]");
    assert.equal(code, "0");
    assert.match(judged ?? "", /^TOTAL-PASSED TOTAL-PASSED \{/);
    assert.match(stdout, /level: 'B-LTA'/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
