// Builds apps/server/src/access/data/breached.bin from word lists, one password a line:
//   node tools/breached.ts list.txt [more.txt …]
// Only passwords that our rules would let through otherwise are kept: eight letters or more.
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fillFilter, foldPassword } from "../apps/server/src/access/breached.ts";

const shortest = 8;
const passwords = new Set(process.argv.slice(2).flatMap((file) => readFileSync(file, "utf8").split(/\r?\n/)).filter((word) => [...word].length >= shortest).map(foldPassword));
const bytes = fillFilter([...passwords].toSorted());
writeFileSync(join(resolve(import.meta.dirname, ".."), "apps/server/src/access/data/breached.bin"), bytes);
process.stdout.write(`${passwords.size} passwords, ${bytes.length} bytes\n`);
