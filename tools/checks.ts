import { spawn } from "node:child_process";
import type { Tally } from "./test-tally.ts";

/** A program that judges the whole tree and counts as one test. */
export type Check = { readonly name: string; readonly args: readonly string[] };

/** The compiler, the linter, and the build of the pages. */
export const checks = {
  types: { name: "the types are right (tsc)", args: ["node_modules/typescript/bin/tsc", "--noEmit", "-p", "tsconfig.json"] },
  lint: { name: "the linter has nothing to say (oxlint)", args: ["node_modules/oxlint/bin/oxlint", "--deny-warnings"] },
  pages: { name: "the web app builds (vite)", args: ["tools/lontar.mjs", "build"] },
} as const satisfies Readonly<Record<string, Check>>;

/** Runs one check under our own Node, prints one line, adds the outcome to `tally`, and says whether it passed. */
export const runCheck = (root: string, check: Check, tally: Tally): Promise<boolean> =>
  new Promise((resolve) => {
    const began = performance.now();
    const child = spawn(process.execPath, check.args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    child.stdout.on("data", (text) => (said += String(text)));
    child.stderr.on("data", (text) => (said += String(text)));
    child.on("error", (error) => (said += error.message));
    child.on("close", (code) => {
      const passed = code === 0;
      if (passed) tally.passed += 1;
      else tally.failures.push({ name: check.name, place: `node ${check.args.join(" ")}`, detail: said });
      process.stdout.write(`${passed ? "✔" : "✖"} ${check.name}  ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
      resolve(passed);
    });
  });
