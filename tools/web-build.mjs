// Builds the web app when its sources changed. Plain JavaScript, no dependency: must run on any Node ≥ 18.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fail, pinnedNode } from "./handover.mjs";

/** Everything that can change the built pages. */
const sources = [
  "apps/web",
  "packages/contract",
  "packages/ledger",
  "packages/naskah",
  "packages/pades",
  "packages/seal",
  "package-lock.json",
];
const notSources = new Set(["node_modules", "dist", "e2e", "test", "oracles", "README.md"]);

/**
 * Leaves `apps/web/dist` built from the present sources. A warm start only compares sizes and times of the files; when those
 * differ (a fresh checkout, a copy) the contents are hashed, and only a real change builds.
 */
export function ensureWebBuilt(root) {
  if (!existsSync(join(root, "apps/web/index.html"))) return; // no pages in this checkout: the server serves its API alone
  const stampFile = join(root, ".cache/web-build.json");
  const stamp = readStamp(stampFile);
  const files = sources.flatMap((path) => [...filesUnder(root, path)]);
  const looks = hashOf(files.map((file) => lookOf(root, file)));
  const built = existsSync(join(root, "apps/web/dist/index.html"));
  if (built && stamp.looks === looks) return;
  const content = hashOf(files.flatMap((file) => [file, readFileSync(join(root, file))]));
  if (!built || stamp.content !== content) build(root);
  writeStamp(stampFile, { looks, content });
}

/** Builds beside the pages in use and swaps at the end, so that a running server never serves half a build. */
function build(root) {
  process.stderr.write("lontar: building the web app …\n");
  const web = join(root, "apps/web");
  const next = join(root, `.cache/web-next-${process.pid}`);
  const vite = join(root, "node_modules/vite/bin/vite.js");
  const began = Date.now();
  const result = spawnSync(pinnedNode(), [vite, "build", "--outDir", next, "--emptyOutDir", "--logLevel", "warn"], {
    cwd: web,
    stdio: ["ignore", 2, 2],
    env: { ...process.env, NODE_ENV: "production" },
  });
  if (result.status !== 0 || !existsSync(join(next, "index.html"))) {
    rmSync(next, { recursive: true, force: true });
    fail("the web app could not be built; see the message above.");
  }
  const old = `${next}-old`;
  if (existsSync(join(web, "dist"))) renameSync(join(web, "dist"), old);
  renameSync(next, join(web, "dist"));
  rmSync(old, { recursive: true, force: true });
  process.stderr.write(`lontar: web app built in ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}

function* filesUnder(root, path) {
  const full = join(root, path);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) return yield path;
  for (const entry of readdirSync(full, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (notSources.has(entry.name) || /\.(test|golden)\./.test(entry.name)) continue;
    if (entry.isDirectory()) yield* filesUnder(root, `${path}/${entry.name}`);
    else yield `${path}/${entry.name}`;
  }
}

function lookOf(root, file) {
  const { size, mtimeMs } = statSync(join(root, file));
  return `${file}\0${size}\0${mtimeMs}\n`;
}

function hashOf(parts) {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}

function readStamp(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {}; // absent or damaged: as if never built
  }
}

/** The stamp only saves time: in a read-only installation it is simply not written. */
function writeStamp(file, stamp) {
  try {
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, JSON.stringify(stamp));
  } catch (error) {
    if (error.code !== "EACCES" && error.code !== "EROFS") throw error;
  }
}
