import assert from "node:assert/strict";
import { spawn, spawnSync, type SpawnSyncReturns } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test, type TestContext } from "node:test";

type Checkout = { readonly root: string; readonly write: (path: string, text: string) => void; readonly read: (path: string) => string };

/** A checkout with the real launcher, a server that says what it was given, and an npm and a vite that note their calls. */
const makeCheckout = (context: TestContext): Checkout => {
  const root = mkdtempSync(join(tmpdir(), "lontar-launcher-"));
  context.after(() => rmSync(root, { recursive: true }));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const read = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), "utf8") : "");
  for (const file of globSync("*.mjs", { cwd: import.meta.dirname })) cpSync(join(import.meta.dirname, file), join(root, "tools", file));
  write("package.json", '{ "type": "module" }');
  write("package-lock.json", "{}");
  write("apps/server/src/cli.ts", "const given: readonly string[] = process.argv.slice(2); console.log(JSON.stringify(given)); process.exitCode = 5;");
  write(
    "fake/npm-cli.js",
    `import { appendFileSync, mkdirSync } from "node:fs";
     appendFileSync("npm.log", process.argv[2] + "\\n");
     if (process.env.BREAK === process.argv[2]) process.exit(1);
     mkdirSync("node_modules", { recursive: true });`,
  );
  write(
    "fake/vite.js",
    `import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
     const out = process.argv[process.argv.indexOf("--outDir") + 1];
     appendFileSync("../../vite.log", "build\\n");
     if (process.env.BREAK === "vite") process.exit(1);
     mkdirSync(out, { recursive: true }); writeFileSync(out + "/index.html", "built");`,
  );
  return { root, write, read };
};

const lontar = ({ root }: Checkout, args: readonly string[], env: Record<string, string> = {}): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [join(root, "tools/lontar.mjs"), ...args], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, npm_execpath: join(root, "fake/npm-cli.js"), ...env },
  });

test("a fresh checkout installs once, hands its arguments over and keeps the exit code", (context) => {
  const checkout = makeCheckout(context);
  const first = lontar(checkout, ["backup", "a b"]);
  assert.equal(first.stdout, '["backup","a b"]\n');
  assert.equal(first.status, 5);
  assert.match(first.stderr, /installing dependencies/);
  assert.equal(lontar(checkout, ["backup"]).stderr, "");
  assert.equal(checkout.read("npm.log"), "ci\n");
});

test("a changed lockfile installs again, and npm install stands in when npm ci fails", (context) => {
  const checkout = makeCheckout(context);
  lontar(checkout, []);
  checkout.write("package-lock.json", '{ "changed": true }');
  assert.match(lontar(checkout, [], { BREAK: "ci" }).stderr, /npm ci failed; trying npm install/);
  assert.equal(checkout.read("npm.log"), "ci\nci\ninstall\n");
  checkout.write("package-lock.json", '{ "changed": "again" }');
  writeFileSync(join(checkout.root, "node_modules/.package-lock.json"), "{}"); // somebody ran npm themselves, just now
  lontar(checkout, []);
  assert.equal(checkout.read("npm.log"), "ci\nci\ninstall\n");
});

test("the pages are built at the first start and again only when a source's content changed", (context) => {
  const checkout = makeCheckout(context);
  checkout.write("apps/web/index.html", "<html>");
  checkout.write("apps/web/src/main.tsx", "1");
  checkout.write("node_modules/vite/bin/vite.js", checkout.read("fake/vite.js"));
  const builds = (): number => {
    lontar(checkout, ["start"]);
    return checkout.read("vite.log").split("\n").length - 1;
  };
  assert.equal(builds(), 1);
  assert.equal(checkout.read("apps/web/dist/index.html"), "built");
  assert.equal(builds(), 1);
  utimesSync(join(checkout.root, "apps/web/src/main.tsx"), 1, 1);
  assert.equal(builds(), 1, "another time on the same content is no change");
  checkout.write("apps/web/src/main.tsx", "2");
  assert.equal(builds(), 2);
  checkout.write("apps/web/src/main.test.tsx", "a test is not in the pages");
  assert.equal(builds(), 2);
});

test("pages that cannot be built stop the start, and the pages in use stay", (context) => {
  const checkout = makeCheckout(context);
  checkout.write("apps/web/index.html", "<html>");
  checkout.write("apps/web/dist/index.html", "in use");
  checkout.write("node_modules/vite/bin/vite.js", checkout.read("fake/vite.js"));
  const failed = lontar(checkout, ["start"], { BREAK: "vite" });
  assert.equal(failed.status, 1);
  assert.match(failed.stderr, /could not be built/);
  assert.equal(failed.stdout, "");
  assert.equal(checkout.read("apps/web/dist/index.html"), "in use");
});

test("a signal to the launcher reaches the server, which ends in its own way", async (context) => {
  const checkout = makeCheckout(context);
  lontar(checkout, []);
  checkout.write(
    "apps/server/src/cli.ts",
    'process.on("SIGTERM", () => { console.log("closing"); process.exit(7); }); setInterval(() => undefined, 1000); console.log("ready");',
  );
  const child = spawn(process.execPath, [join(checkout.root, "tools/lontar.mjs"), "serve"], { stdio: ["ignore", "pipe", "inherit"] });
  let said = "";
  child.stdout.on("data", (text) => {
    said += String(text);
    if (said === "ready\n") child.kill("SIGTERM");
  });
  const [code] = await once(child, "close");
  assert.deepEqual([said, code], ["ready\nclosing\n", 7]);
});

test("a tool that does not exist is refused in one sentence", (context) => {
  const { root } = makeCheckout(context);
  const result = spawnSync(process.execPath, [join(root, "tools/run.mjs"), "../escape"], { encoding: "utf8" });
  assert.equal(result.status, 1);
  assert.match(result.stderr, /^lontar: usage: .*\n$/);
});
