import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, rmdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { asAccount, type Account } from "./account.ts";
import type { Binaries } from "./binaries.ts";
import { EmbeddedDatabaseFault } from "./fault.ts";
import { give, type Folders } from "./folders.ts";
import type { Durability } from "./settings.ts";

/** The superuser of an embedded cluster, and the database the office lives in. */
export const clusterUser = "lontar";
export const clusterDatabase = "lontar";

/**
 * Makes the cluster if there is none; says whether it did. An existing one is never touched, only checked. It is built in
 * `pg.new` and renamed when whole:
 *
 * 1. the password is written: a crash leaves a password without cluster, and the next start writes another;
 * 2. `initdb` and the office's database fill `pg.new`: a crash leaves a half cluster that the next start removes;
 * 3. `pg.new` becomes `pg`: from here on it is the office's data.
 */
export const ensureCluster = async (folders: Folders, binaries: Binaries, account: Account, durability: Durability, onWaiting: () => void): Promise<boolean> => {
  const data = join(folders.home, "pg");
  if (existsSync(data) && readdirSync(data).length === 0) rmdirSync(data); // an empty mount point or folder is no cluster yet
  if (existsSync(data)) {
    checkVersion(data, binaries);
    if (!existsSync(folders.password)) {
      throw new EmbeddedDatabaseFault(`${folders.password} is missing, so the database in ${data} cannot be opened; restore it from the backup`);
    }
    return false;
  }
  const password = randomBytes(24).toString("base64url");
  rmSync(folders.password, { force: true });
  writeFileSync(folders.password, password, { mode: 0o600 });
  const half = `${data}.new`;
  rmSync(half, { recursive: true, force: true });
  await initialise(half, password, binaries, account, durability, onWaiting);
  renameSync(half, data);
  return true;
};

const initialise = async (half: string, password: string, binaries: Binaries, account: Account, durability: Durability, onWaiting: () => void): Promise<void> => {
  mkdirSync(half, { mode: 0o700 });
  give(half, account);
  const secret = `${half}.secret`; // initdb wants a file, and one its own account may read
  rmSync(secret, { force: true });
  writeFileSync(secret, password, { mode: 0o600 });
  give(secret, account);
  try {
    const made = run(binaries.initdb, account, [
      `--pgdata=${half}`, `--username=${clusterUser}`, `--pwfile=${secret}`, "--auth=scram-sha-256",
      "--encoding=UTF8", "--locale=C.UTF-8", "--data-checksums", ...syncing(durability),
    ]);
    onWaiting();
    await made;
  } finally {
    rmSync(secret, { force: true });
  }
  const careless = durability === "none" ? ["-F"] : [];
  // The database that initdb has made anyway takes the office's name: to copy it again would cost half a second.
  await run(binaries.postgres, account, ["--single", "-D", half, ...careless, "template1"], `ALTER DATABASE postgres RENAME TO ${clusterDatabase};\n`);
};

/** Linux can be asked once for all files; elsewhere `initdb` asks for each of a thousand. */
const syncing = (durability: Durability): readonly string[] => {
  if (durability === "none") return ["--no-sync"];
  return process.platform === "linux" ? ["--sync-method=syncfs"] : [];
};

/** Runs a program to its end; others go on meanwhile, for making a cluster takes a second. */
const run = async (program: string, account: Account, args: readonly string[], input = ""): Promise<void> => {
  const child = spawn(program, [...args], { ...asAccount(account), stdio: ["pipe", "ignore", "pipe"] });
  child.stdin.on("error", () => undefined); // it ended before it read all of it: its exit code tells
  child.stdin.end(input);
  const complaint = text(child.stderr);
  const failed = (why: string, cause?: unknown): EmbeddedDatabaseFault => new EmbeddedDatabaseFault(`making the database cluster failed: ${why}`, { cause });
  const ended = await once(child, "close").then(([code, signal]) => ({ code, signal }), (error: unknown) => {
    throw failed(String(error), error);
  });
  if (ended.code !== 0) throw failed((await complaint) || `it ended with ${ended.signal ?? `code ${ended.code}`}`);
};

const checkVersion = (data: string, binaries: Binaries): void => {
  const file = join(data, "PG_VERSION");
  if (!existsSync(file)) throw new EmbeddedDatabaseFault(`${data} is not empty, yet holds no PostgreSQL cluster; move it away or restore the backup`);
  const cluster = readFileSync(file, "utf8").trim();
  const program = binaries.version.split(".")[0];
  if (cluster === program) return;
  throw new EmbeddedDatabaseFault(
    `${data} was written by PostgreSQL ${cluster} and this release carries ${program}; ` +
      "export it with the release that wrote it, then import the export here",
  );
};
