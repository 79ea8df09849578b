#!/usr/bin/env node
// Runs one development tool, `tools/<name>.ts`, on any Node ≥ 18: installs what is missing, then hands over to the pinned Node.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureInstalled } from "./install.mjs";
import { fail, handOver, repository } from "./handover.mjs";

const [name, ...rest] = process.argv.slice(2);
const file = `tools/${name}.ts`;
if (name === undefined || !/^[a-z-]+$/.test(name) || !existsSync(join(repository, file))) {
  fail(`usage: node tools/run.mjs <tool> [arguments], where tools/<tool>.ts exists (got: ${name ?? "nothing"})`);
}
ensureInstalled(repository);
handOver(file, rest);
