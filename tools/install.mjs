// Installs the dependencies when they are absent or older than the lockfile. Plain JavaScript, no dependency: any Node ≥ 18.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail } from "./handover.mjs";

/** npm writes its own two lockfiles moments apart; anything beyond this is a real change. */
const npmWriteSpreadMs = 10_000;

/** Makes `node_modules` match `package-lock.json`: free when it already does, `npm ci` (or, failing that, `npm install`) when not. */
export function ensureInstalled(root) {
  const lock = join(root, "package-lock.json");
  const stamp = join(root, "node_modules/.lontar-installed");
  const wanted = digest(lock);
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (installedByHand(root, lock)) return remember(stamp, wanted);
  process.stderr.write("lontar: installing dependencies (npm ci) …\n");
  if (!npm(root, ["ci"])) {
    process.stderr.write("lontar: npm ci failed; trying npm install …\n");
    if (!npm(root, ["install"])) fail("the dependencies could not be installed; see npm's message above.");
  }
  remember(stamp, digest(lock)); // `npm install` may have rewritten the lockfile
}

function digest(file) {
  return createHash("sha256").update(existsSync(file) ? readFileSync(file) : "").digest("hex");
}

/** Has someone run npm themselves since the lockfile last changed? npm keeps a hidden copy of the lockfile that tells. */
function installedByHand(root, lock) {
  const hidden = join(root, "node_modules/.package-lock.json");
  if (!existsSync(hidden)) return false;
  if (!existsSync(lock)) return true;
  return statSync(hidden).mtimeMs + npmWriteSpreadMs >= statSync(lock).mtimeMs;
}

/** The stamp only saves time: in a read-only installation it is simply not written. */
function remember(stamp, value) {
  try {
    writeFileSync(stamp, value);
  } catch (error) {
    if (error.code !== "EACCES" && error.code !== "EROFS") throw error;
  }
}

function npm(root, args) {
  // Development packages too, whatever NODE_ENV says: the web app is built on the spot. Under `npm run` use the very npm that runs us.
  // Its warnings speak of the old Node that started us, which runs nothing after this.
  const all = [...args, "--include=dev", "--include=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const cli = process.env.npm_execpath;
  const [program, argv] = cli !== undefined && /npm-cli\.c?js$/.test(cli) ? [process.execPath, [cli, ...all]] : ["npm", all];
  const result = spawnSync(program, argv, { cwd: root, stdio: ["ignore", 2, 2] });
  if (result.error !== undefined) process.stderr.write(`lontar: cannot run ${program}: ${result.error.message}\n`);
  return result.status === 0;
}
