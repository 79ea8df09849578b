import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { join, resolve } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { drawn } from "./drawn.ts";
import { waitToHoldAlone } from "../../../../apps/server/src/kernel/embedded/holds.ts";

/** A headless Chromium that comes from npm and needs nothing installed; works as root too. Close it when done. */
export const launchBrowser = async (): Promise<Browser> => {
  const folder = await unpackedBrowser();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    headless: true,
    args: [
      "--no-sandbox", // root has no sandbox; the pages are ours alone
      "--disable-dev-shm-usage", // containers give /dev/shm 64 MB
      "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic",
      "--disable-gpu", "--font-render-hinting=none", "--hide-scrollbars",
    ],
    env: browserEnvironment(folder),
  });
};

const repository = resolve(import.meta.dirname, "../../../..");

/** Keeps a picture of the page in the git-ignored `.screenshots/`, for a person to look at; answers its path. */
export const screenshot = async (page: Page, name: string, options: { readonly fullPage?: boolean } = {}): Promise<string> => {
  const folder = join(repository, ".screenshots");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name.replaceAll(/[^\w.-]+/g, "-")}.png`);
  await drawn(page);
  await page.screenshot({ path, fullPage: options.fullPage ?? false, animations: "disabled" });
  return path;
};

const unpackLimitMs = 120_000;

/** The browser as npm carries it is compressed; each user unpacks it once per version, one process at a time. */
const unpackedBrowser = async (): Promise<string> => {
  const folder = join(tmpdir(), `lontar-browser-${browserVersion()}-${userInfo().uid}`);
  if (existsSync(folder)) return ours(folder);
  const hold = await waitToHoldAlone(`${folder}.lock`, unpackLimitMs);
  if (hold === undefined) throw new Error(`another process has been unpacking the browser for two minutes (${folder}.lock)`);
  try {
    if (!existsSync(folder)) unpack(folder);
    return ours(folder);
  } finally {
    hold.release();
  }
};

/** The temporary folder is everyone's: run nothing that someone else put under our name. */
const ours = (folder: string): string => {
  if (statSync(folder).uid !== userInfo().uid) throw new Error(`${folder} belongs to someone else; remove it`);
  return folder;
};

const require_ = createRequire(import.meta.url);

const browserVersion = (): string => {
  const manifest: unknown = require_(join(require_.resolve("@sparticuz/chromium"), "../../../package.json"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
};

/** The package unpacks into the temporary folder under fixed names, unguarded; we give it a temporary folder of its own. */
const unpack = (folder: string): void => {
  const half = `${folder}.half`;
  rmSync(half, { recursive: true, force: true });
  mkdirSync(half, { mode: 0o700 });
  const module = JSON.stringify(import.meta.resolve("@sparticuz/chromium"));
  const code = `const { default: chromium } = await import(${module}); await chromium.executablePath();`;
  const result = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    // Under this name the package adds the libraries (nss, nspr, expat) that a bare server lacks.
    env: { ...process.env, TMPDIR: half, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x" },
    encoding: "utf8",
  });
  if (result.status !== 0) throw new Error(`the browser could not be unpacked: ${result.stderr}`);
  writeFileSync(join(half, "fonts/fonts.conf"), fontsConfiguration(join(folder, "fonts")));
  renameSync(half, folder);
};

/** The package's own configuration names folders of a cloud service. */
const fontsConfiguration = (fonts: string): string =>
  `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir><cachedir>${fonts}/cache</cachedir></fontconfig>\n`;

/** The machine's own libraries and fonts where it has them, the package's where not. */
const browserEnvironment = (folder: string): Record<string, string> => {
  const environment = Object.fromEntries(Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  const runs = spawnSync(join(folder, "chromium"), ["--version"], { stdio: "ignore" }).status === 0;
  if (!runs) environment["LD_LIBRARY_PATH"] = join(folder, "al2023/lib");
  if (!existsSync("/etc/fonts/fonts.conf")) environment["FONTCONFIG_PATH"] = join(folder, "fonts");
  return environment;
};
