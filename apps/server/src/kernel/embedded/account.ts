import { existsSync, readFileSync, statSync } from "node:fs";
import { userInfo } from "node:os";
import { dirname } from "node:path";
import { EmbeddedDatabaseFault } from "./fault.ts";

/** The operating-system account that PostgreSQL runs under; `switchTo` is set when that is not the account running us. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number; readonly switchTo: boolean };

/**
 * PostgreSQL refuses to run as root. Started by an ordinary user it runs as that user. Started by root it runs as whoever
 * already owns the cluster, else as the first of `lontar`, `postgres`, `nobody` that this machine knows.
 */
export const chooseAccount = (cluster: string, who: () => Omit<Account, "switchTo"> = () => runningUser()): Account => {
  const me = who();
  const owner = existsSync(cluster) ? statSync(cluster).uid : undefined;
  if (me.uid !== 0) {
    if (owner !== undefined && owner !== me.uid) {
      throw new EmbeddedDatabaseFault(`${cluster} belongs to uid ${owner}, but this process runs as "${me.name}"; start it as the owner`);
    }
    return { ...me, switchTo: false };
  }
  const known = accounts();
  const chosen =
    owner === undefined || owner === 0
      ? ["lontar", "postgres", "nobody"].map((name) => known.find((account) => account.name === name)).find((found) => found !== undefined)
      : known.find((account) => account.uid === owner);
  if (chosen === undefined) {
    throw new EmbeddedDatabaseFault(
      owner === undefined || owner === 0
        ? 'PostgreSQL does not run as root and this machine has no account "lontar", "postgres" or "nobody"; add one with: useradd --system lontar'
        : `${cluster} belongs to uid ${owner}, which is no account of this machine; give it to one: chown -R lontar ${cluster}`,
    );
  }
  return { ...chosen, switchTo: true };
};

/** The account running us. A container may give a process a user id that has no account; PostgreSQL asks for its name and gives up. */
export const runningUser = (ask: typeof userInfo = userInfo): Omit<Account, "switchTo"> => {
  try {
    const { username, uid, gid } = ask();
    return { name: username, uid, gid };
  } catch (error) {
    throw new EmbeddedDatabaseFault("this process runs under a user id that has no account on this machine, and PostgreSQL does not run without one; add a line for it to /etc/passwd, or set DATABASE_URL to a PostgreSQL of your own", { cause: error });
  }
};

const accounts = (): readonly { readonly name: string; readonly uid: number; readonly gid: number }[] =>
  readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .map(([name = "", , uid = "", gid = ""]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ name, uid }) => name !== "" && Number.isInteger(uid) && uid > 0);

/** Spawn options that run a program as `account`, in a folder everyone may enter and with nothing of our environment but the path. */
export const asAccount = (account: Account): { uid?: number; gid?: number; cwd: string; env: NodeJS.ProcessEnv } => ({
  ...(account.switchTo ? { uid: account.uid, gid: account.gid } : {}),
  cwd: "/",
  env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LANG: "C.UTF-8", TZ: "UTC" },
});

/** May `account` pass through every folder above and including `path`? Root's home, for one, is closed to the rest. */
export const canReach = (account: Account, path: string): boolean => {
  if (!account.switchTo) return true;
  const { uid, gid, mode } = statSync(path);
  const permission = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  if ((mode & permission) === 0) return false;
  const parent = dirname(path);
  return parent === path || canReach(account, parent);
};
