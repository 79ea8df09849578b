import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Template } from "@lontar/testkit";

const repository = resolve(import.meta.dirname, "../../..");
const sources = ["apps/server/src", "apps/server/db", "packages/contract/src", "packages/ledger/src", "packages/naskah/src", "packages/pades/src"];

/** Changes with every source of the server, and each day: what a start makes of an empty database is made anew then. */
const madeFrom = async (): Promise<string> => {
  const hash = createHash("sha256").update(new Date().toISOString().slice(0, 10));
  for (const folder of sources) {
    const entries = await readdir(join(repository, folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !entry.name.endsWith(".test.ts")).map((entry) => join(entry.parentPath, entry.name)).toSorted();
    for (const [index, { size, mtimeMs }] of (await Promise.all(files.map((file) => stat(file)))).entries()) hash.update(`${files[index]} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex");
};

/** A template of today's code: `fill` runs once, however many tests start from what it makes. */
export const templateOfCode = async (name: string, fill: Template["fill"]): Promise<Template> => ({ key: `${name}/${await madeFrom()}`, fill });
