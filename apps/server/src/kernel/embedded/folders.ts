import { createHash } from "node:crypto";
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmdirSync, statSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { canReach, type Account } from "./account.ts";
import { EmbeddedDatabaseFault } from "./fault.ts";

/** Where one embedded cluster keeps what. */
export type Folders = {
  /** The cluster as the operator sees it; a link when the real one had to live in `home`. */
  readonly cluster: string;
  /** The folder PostgreSQL's account can reach; normally the data folder itself. */
  readonly home: string;
  readonly password: string;
  readonly startLock: string;
  readonly usersLock: string;
  readonly startLog: string;
};

/**
 * Lays out the folders under `dir`. PostgreSQL's own account must be able to walk to its cluster: where `dir` lies in a folder
 * closed to it (root's home), the cluster lives under `/var/lib/lontar-…` and `dir/pg` is a link to it.
 */
export const layOut = (dir: string, account: Account): Folders => {
  const cluster = join(dir, "pg");
  return {
    cluster,
    home: homeOf(dir, cluster, account),
    password: join(dir, "pg.password"),
    startLock: join(dir, "pg.start.lock"),
    usersLock: join(dir, "pg.users.lock"),
    startLog: join(dir, "pg.start.log"),
  };
};

const homeOf = (dir: string, cluster: string, account: Account): string => {
  const known = lstatSync(cluster, { throwIfNoEntry: false });
  if (known?.isSymbolicLink() === true) return dirname(readlinkSync(cluster));
  if (known !== undefined || canReach(account, dir)) return dir;
  // A new name each time: who deletes the data folder and starts again must not meet the old cluster, whose password is gone.
  const home = mkdtempSync("/var/lib/lontar-");
  chmodSync(home, 0o755);
  try {
    symlinkSync(join(home, "pg"), cluster);
    return home;
  } catch (error) {
    rmdirSync(home);
    if (lstatSync(cluster, { throwIfNoEntry: false }) === undefined) throw error;
    return homeOf(dir, cluster, account); // another start was quicker: its link counts
  }
};

/** The kernel limits a socket's path to 107 bytes, and PostgreSQL appends its own file name. */
const longestSocketDir = 107 - "/.s.PGSQL.5432".length;

/** The folder of the server's Unix socket: beside the cluster when the path is short enough, else in the temporary folder. */
export const socketFolder = (folders: Folders, account: Account): string => {
  const near = join(folders.home, "run");
  const path = Buffer.byteLength(near) <= longestSocketDir ? near : join(tmpdir(), `lontar-${shortHash(folders.home)}`);
  if (!existsSync(path)) mkdirSync(path, { mode: 0o700 });
  give(path, account);
  const { uid } = lstatSync(path);
  // The temporary folder is everyone's: someone may have made this name first, to listen in our stead.
  if (uid !== account.uid) throw new EmbeddedDatabaseFault(`${path} belongs to uid ${uid} instead of "${account.name}"; remove it and start again`);
  chmodSync(path, 0o700);
  return path;
};

/** Makes `account` the owner of a file or folder that root made for it. */
export const give = (path: string, account: Account): void => {
  if (account.switchTo && statSync(path).uid === 0) chownSync(path, account.uid, account.gid);
};

const shortHash = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 12);
