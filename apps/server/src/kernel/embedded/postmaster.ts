import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, readlinkSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Account } from "./account.ts";

/** What `postmaster.pid` says about the cluster's server. */
export type Postmaster = { readonly pid: number; readonly socketDir: string; readonly ready: boolean };

/** Reads `postmaster.pid`; nothing when there is none or it is still being written. */
export const readPostmaster = (data: string): Postmaster | undefined => {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  // Lines: pid, data folder, start time, port, socket folder, listen address, shared memory, status.
  const lines = readFileSync(file, "utf8").split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, socketDir: lines[4] ?? "", ready: lines[7]?.trim() === "ready" };
};

/** Is a process with this number alive, and is it a PostgreSQL server of `account` on exactly this data folder? */
export const isOurServer = (pid: number, data: string, account: Account): boolean => {
  if (!isAlive(pid)) return false;
  if (process.platform === "linux") {
    try {
      const belongs = statSync(`/proc/${pid}`).uid === account.uid;
      const program = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0")[0] ?? "";
      // A postmaster's working directory is its data folder, and no name can forge that.
      return belongs && program.endsWith("/postgres") && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
    } catch {
      return false; // gone in the meantime, or another user's process that we may not look into: not ours either way
    }
  }
  const { stdout } = spawnSync("ps", ["-o", "uid=,command=", "-p", String(pid)], { encoding: "utf8" });
  return Number.parseInt(stdout, 10) === account.uid && stdout.includes("/postgres ") && stdout.includes(data);
};

/** Is a process with this number running? One that we may not signal is; one that only waits for its parent to notice its death is not. */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EPERM")) return false;
  }
  if (process.platform !== "linux") return true;
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false; // it ended between the two questions
  }
};

/**
 * After a power cut the number in `postmaster.pid` may belong to some other process (in a container it nearly always does), and
 * PostgreSQL would refuse to start. We put our own number there: PostgreSQL ignores its parent's, yet keeps its second guard, the
 * check that no backend of a killed server is still writing, which deleting the file would lose.
 */
export const disownStalePid = (data: string): void => {
  const file = join(data, "postmaster.pid");
  const [, ...rest] = readFileSync(file, "utf8").split("\n");
  writeFileSync(file, [String(process.pid), ...rest].join("\n"));
};

/** Asks the server to stop, politely (running transactions are rolled back), at the end harshly; true when it is gone. */
export const stopPostmaster = async (pid: number, limitMs: number): Promise<boolean> => {
  const ask = (signal: NodeJS.Signals): void => {
    if (isAlive(pid)) process.kill(pid, signal);
  };
  ask("SIGINT"); // fast shutdown
  if (await gone(pid, limitMs)) return true;
  ask("SIGQUIT"); // immediate shutdown: as safe as a power cut, the next start recovers
  return gone(pid, limitMs);
};

const gone = async (pid: number, limitMs: number): Promise<boolean> => {
  const deadline = performance.now() + limitMs;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await pause(10);
  }
  return true;
};
