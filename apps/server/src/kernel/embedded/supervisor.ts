import { spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, realpathSync } from "node:fs";
import { connect } from "node:net";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { asAccount, chooseAccount, type Account } from "./account.ts";
import { findBinaries, type Binaries } from "./binaries.ts";
import { clusterDatabase, clusterUser, ensureCluster } from "./cluster.ts";
import { EmbeddedDatabaseFault } from "./fault.ts";
import { layOut, socketFolder, type Folders } from "./folders.ts";
import { holdAlone, holdShared, waitToHoldAlone, type Hold } from "./holds.ts";
import { disownStalePid, isOurServer, readPostmaster, stopPostmaster } from "./postmaster.ts";
import { serverSettings, type Durability, type Purpose } from "./settings.ts";

/** A running PostgreSQL that only this machine's owner of the data folder can reach. */
export type EmbeddedDatabase = {
  readonly connection: { readonly host: string; readonly user: string; readonly database: string; readonly password: string };
  /** Was it already running: left by a process that was killed, or in use by another one? */
  readonly adopted: boolean;
  /** Was the cluster made just now? */
  readonly initialised: boolean;
  /** Starts the server again if it has ended by itself: killed, or out of memory or disk. Answers whether it had to. */
  readonly revive: () => Promise<boolean>;
  /** Lets go of the server; the last process to let go stops it. Safe to call twice. */
  readonly stop: () => Promise<void>;
};

/** How careful the cluster is, and what a server that does not run yet is started for; `onWaiting` is called when a program of PostgreSQL is at work and there is nothing to do but wait for it. */
export type StartOptions = { readonly durability?: Durability; readonly purpose?: Purpose; readonly onWaiting?: () => void };

type How = Required<StartOptions>;

/** Others may be making the cluster on a slow disk, or recovering a large one: wait, but not for ever. */
const startLimitMs = 10 * 60_000;
const stopLimitMs = 60_000;

/**
 * Gives the PostgreSQL of the data folder `dir`: makes the cluster at the first start, starts the server when none runs, shares
 * the one that does. Everyone who uses it holds a lock that dies with them, so a killed process never leaves the database locked,
 * and two starts at once make one cluster and one server.
 */
export const startEmbedded = async (dir: string, options: StartOptions = {}): Promise<EmbeddedDatabase> => {
  const how: How = { durability: options.durability ?? "full", purpose: options.purpose ?? "office", onWaiting: options.onWaiting ?? (() => undefined) };
  mkdirSync(dir, { recursive: true, mode: 0o711 });
  const place = realpathSync(resolve(dir));
  const account = chooseAccount(join(place, "pg"));
  const folders = layOut(place, account);

  const starting = await waitToHoldAlone(folders.startLock, startLimitMs);
  if (starting === undefined) throw new EmbeddedDatabaseFault(`another process has been starting the database in ${place} for ten minutes; look into ${folders.startLog}`);
  try {
    const using = holdShared(folders.usersLock);
    if (using === undefined) throw new EmbeddedDatabaseFault(`${folders.usersLock} is held by a process that is not Lontar`);
    try {
      return await shareOrStart(folders, account, using, how);
    } catch (error) {
      using.release();
      throw error;
    }
  } finally {
    starting.release();
  }
};

/** Under both locks: shares the server that runs, or makes and starts one. */
const shareOrStart = async (folders: Folders, account: Account, using: Hold, how: How): Promise<EmbeddedDatabase> => {
  const running = await adopt(folders, account);
  const { socketDir, initialised } = running ?? (await makeAndStart(folders, account, how));
  const password = readFileSync(folders.password, "utf8").trim();
  let stopping: Promise<void> | undefined;
  const data = join(folders.home, "pg");
  return {
    connection: { host: socketDir, user: clusterUser, database: clusterDatabase, password },
    adopted: running !== undefined,
    initialised,
    revive: async () => {
      const postmaster = readPostmaster(data);
      if (stopping !== undefined || (postmaster !== undefined && isOurServer(postmaster.pid, data, account))) return false;
      const starting = await waitToHoldAlone(folders.startLock, startLimitMs);
      if (starting === undefined) return false; // another process has been at it all the time
      try {
        if ((await adopt(folders, account)) !== undefined) return false;
        await makeAndStart(folders, account, { ...how, onWaiting: () => undefined });
        return true;
      } finally {
        starting.release();
      }
    },
    stop: () => (stopping ??= letGo(folders, account, using.release)),
  };
};

const lookMs = 2000;

/** Looks after the server until told to stop: one that ended by itself is started again. A start that fails is reported and tried again. */
export const lookAfter = (database: EmbeddedDatabase, onRevived: () => void, onFault: (error: unknown) => void): { readonly stop: () => Promise<void> } => {
  const stopping = new AbortController();
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await database.revive().then((had) => had && onRevived(), onFault);
      await pause(lookMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined /* stopping ends the pause */);
    }
  })();
  return {
    stop: async () => {
      stopping.abort();
      await looking;
    },
  };
};

/** Does the server accept connections on its socket? */
const answers = (socketDir: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(join(socketDir, ".s.PGSQL.5432"));
    socket.once("connect", () => (socket.destroy(), resolve(true)));
    socket.once("error", () => resolve(false));
  });

type Running = { readonly socketDir: string; readonly initialised: boolean };

/** The server that already runs on this very cluster, once it is ready; nothing when none runs. */
const adopt = async (folders: Folders, account: Account): Promise<Running | undefined> => {
  const data = join(folders.home, "pg");
  const deadline = performance.now() + startLimitMs;
  for (;;) {
    const postmaster = readPostmaster(data);
    if (postmaster === undefined || !isOurServer(postmaster.pid, data, account)) return undefined;
    if (postmaster.ready) {
      if (await answers(postmaster.socketDir)) return { socketDir: postmaster.socketDir, initialised: false };
      // It is dying, or someone cleaned its socket away and nobody can reach it any more: make an end of it.
      await stopPostmaster(postmaster.pid, stopLimitMs);
      return undefined;
    }
    if (performance.now() > deadline) throw new EmbeddedDatabaseFault(`the database in ${data} has been recovering for ten minutes; look into ${data}/log`);
    await pause(20);
  }
};

const makeAndStart = async (folders: Folders, account: Account, { durability, purpose, onWaiting }: How): Promise<Running> => {
  const binaries = findBinaries(account, folders.home);
  const initialised = await ensureCluster(folders, binaries, account, durability, onWaiting);
  const socketDir = socketFolder(folders, account);
  const data = join(folders.home, "pg");
  // Also a dead one: until its parent has noticed, PostgreSQL takes it for alive.
  if (readPostmaster(data) !== undefined) disownStalePid(data);
  await startServer(folders, binaries, account, serverSettings(socketDir, durability, purpose), onWaiting);
  return { socketDir, initialised };
};

/** The backends of a killed server need a moment to notice; until then PostgreSQL rightly refuses to start. */
const lastBackendsLimit = 25;

const startServer = async (
  folders: Folders,
  binaries: Binaries,
  account: Account,
  settings: Readonly<Record<string, string>>,
  onWaiting: () => void,
): Promise<void> => {
  for (let attempt = 1; ; attempt += 1) {
    const complaint = await launch(folders, binaries, account, settings, onWaiting);
    if (complaint === undefined) return;
    if (attempt < lastBackendsLimit && /still in use/.test(complaint)) await pause(200);
    else throw new EmbeddedDatabaseFault(`PostgreSQL did not start in ${folders.home}:\n${complaint}`);
  }
};

/** Starts the server in a session of its own, so that a Ctrl-C meant for us does not kill it; answers its complaint, or nothing when it is ready. */
const launch = async (
  folders: Folders,
  binaries: Binaries,
  account: Account,
  settings: Readonly<Record<string, string>>,
  onWaiting: () => void,
): Promise<string | undefined> => {
  const data = join(folders.home, "pg");
  const log = openSync(folders.startLog, "w", 0o600);
  const args = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(binaries.postgres, ["-D", data, ...args], { ...asAccount(account), detached: true, stdio: ["ignore", log, log] });
  closeSync(log);
  const ended = { how: "" };
  child.on("error", (error) => (ended.how = error.message));
  child.on("exit", (code, signal) => (ended.how = `it ended with ${signal ?? `code ${code}`}`));
  child.unref();
  onWaiting();
  const deadline = performance.now() + startLimitMs;
  while (ended.how === "") {
    const postmaster = readPostmaster(data);
    if (postmaster?.pid === child.pid && postmaster?.ready === true) return undefined;
    if (performance.now() > deadline) ended.how = "it was not ready within ten minutes";
    else await pause(10);
  }
  return `${ended.how}\n${readFileSync(folders.startLog, "utf8")}${lastLines(join(data, "log"))}`;
};

/** Once the log collector runs, PostgreSQL complains there and no longer to its parent. */
const lastLines = (logDir: string): string => {
  const day = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][new Date().getUTCDay()] ?? "";
  const file = join(logDir, `postgresql-${day}.log`);
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(-15).join("\n") : "";
};

/** Gives up our share; whoever then finds nobody else using the server stops it. */
const letGo = async (folders: Folders, account: Account, release: () => void): Promise<void> => {
  const starting = await waitToHoldAlone(folders.startLock, stopLimitMs); // nobody may be joining while we decide
  release();
  if (starting === undefined) return; // someone is starting right now: they will have it, and stop it
  try {
    const alone = holdAlone(folders.usersLock);
    if (alone === undefined) return;
    try {
      const data = join(folders.home, "pg");
      const postmaster = readPostmaster(data);
      if (postmaster === undefined || !isOurServer(postmaster.pid, data, account)) return;
      if (!(await stopPostmaster(postmaster.pid, stopLimitMs))) throw new EmbeddedDatabaseFault(`PostgreSQL (pid ${postmaster.pid}) does not stop`);
    } finally {
      alone.release();
    }
  } finally {
    starting.release();
  }
};
