import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { letterTypes } from "../src/index.ts";
import { createRenderer } from "../src/render/index.ts";
import { renderInput } from "../src/render-input.ts";

/** One thing an independent implementation was asked, and what it said. */
export type OracleFinding = { readonly name: string; readonly ok: boolean; readonly detail: string };

const here = import.meta.dirname;
const limitMs = 300_000;
const execute = promisify(execFile);

/**
 * Renders every example and has veraPDF judge it by PDF/A-2a and PDF/UA-1. Needs a JDK, `mvn` and Maven's repository;
 * without them there is one finding, not ok: an oracle that was not asked has not agreed.
 */
export async function run(): Promise<OracleFinding[]> {
  const folder = await mkdtemp(join(tmpdir(), "naskah-oracle-"));
  try {
    await cp(join(here, "verapdf"), folder, { recursive: true });
    const files = await renderAll(folder);
    await execute("mvn", ["-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"], { cwd: folder, timeout: limitMs });
    const { stdout } = await execute("java", ["-cp", join("lib", "*"), "Judge.java", ...files.flatMap((file) => [file, "2a,ua1"])], { cwd: folder, timeout: limitMs, maxBuffer: 16e6 });
    const verdicts = stdout.split("\n").flatMap((line) => (line.startsWith("VERDICT\t") ? [line.split("\t")] : []));
    const findings = verdicts.map(([, file = "", flavour = "", compliant, failed = ""]) => ({ name: `naskah: veraPDF judges ${basename(file)} by ${flavour}`, ok: compliant === "true", detail: failed }));
    return findings.length === files.length * 2 ? findings : [...findings, { name: "naskah: veraPDF", ok: false, detail: `${findings.length} verdicts on ${files.length} files` }];
  } catch (error) {
    return [{ name: "naskah: veraPDF", ok: false, detail: error instanceof Error ? error.message : String(error) }];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function renderAll(folder: string): Promise<readonly string[]> {
  const renderer = createRenderer();
  const inputs = [...letterTypes.map((type) => join(here, "../src/types", type.code.toLowerCase(), "example.json")), join(here, "../test/two-pages.json")].filter((file) => existsSync(file));
  const files: string[] = [];
  for (const [index, file] of inputs.entries()) {
    const input = renderInput.parse(JSON.parse(await readFile(file, "utf8")));
    const name = join(folder, `${index}-${input.type.toLowerCase()}.pdf`);
    await writeFile(name, (await renderer.pdf(input)).pdf);
    files.push(name);
  }
  await renderer.close();
  return files;
}
