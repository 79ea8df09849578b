import { totalmem } from "node:os";

/** How careful the cluster is with power cuts: `full` for an office, `none` for tests that are thrown away. */
export type Durability = "full" | "none";

const mebibyte = 1024 * 1024;

/** What the cluster is started for: an office at work, or a load of millions of rows. */
export type Purpose = "office" | "load";

/** One sixteenth of the memory we may use (a container's limit counts), between 32 MB and 512 MB: the office's server does other work too. */
export const sharedBuffersMb = (memoryBytes: number): number =>
  Math.min(512, Math.max(32, Math.floor(memoryBytes / mebibyte / 16)));

/** The memory this process may use: the machine's, or less when a container says so. */
export const usableMemory = (): number => {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
};

/** The server's settings, given on its command line at every start, so that they follow the code and not an old file. */
export const serverSettings = (socketDir: string, durability: Durability, purpose: Purpose = "office"): Readonly<Record<string, string>> => ({
  listen_addresses: "", // no network: only processes that can open the socket's folder
  unix_socket_directories: socketDir,
  unix_socket_permissions: "0700",
  shared_buffers: `${sharedBuffersMb(usableMemory())}MB`,
  max_connections: "60",
  jit: "off", // the embedded build carries no compiler
  timezone: "UTC",
  log_timezone: "UTC",
  // One log per weekday, overwritten a week later; each at most a day long.
  logging_collector: "on",
  log_directory: "log",
  log_filename: "postgresql-%a.log",
  log_truncate_on_rotation: "on",
  log_rotation_age: "1d",
  log_rotation_size: "0",
  log_checkpoints: "off",
  log_error_verbosity: "terse", // the detail of a refused row quotes its values: a name, an address
  // A load writes what it has written once more after each checkpoint, so there are few; nobody follows its log, so an index is not in it. All
  // of it is as safe as ever: whoever shares the server may go on with it.
  ...(purpose === "load" ? { max_wal_size: "6GB", checkpoint_timeout: "30min", wal_level: "minimal", max_wal_senders: "0" } : {}),
  ...(durability === "none" ? { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" } : {}),
});
