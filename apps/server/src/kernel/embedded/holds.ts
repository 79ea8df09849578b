import { setTimeout as pause } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";

/**
 * Locks that the operating system gives up when their process dies, however it dies: nothing stale, nothing to clean. Node has
 * no `flock`, but the SQLite inside it takes POSIX locks on an (empty) file; we use its locks and store nothing.
 */
export type Hold = { readonly release: () => void };

/** Holds `file` together with others; returns nothing when someone holds it alone. */
export const holdShared = (file: string): Hold | undefined => take(file, "BEGIN; SELECT * FROM sqlite_schema");

/** Holds `file` alone; returns nothing when anyone else holds it. */
export const holdAlone = (file: string): Hold | undefined => take(file, "BEGIN EXCLUSIVE");

/** Waits until `file` can be held alone, asking again every few milliseconds up to `limitMs`. */
export const waitToHoldAlone = async (file: string, limitMs: number): Promise<Hold | undefined> => {
  const deadline = performance.now() + limitMs;
  for (;;) {
    const hold = holdAlone(file);
    if (hold !== undefined || performance.now() > deadline) return hold;
    await pause(20);
  }
};

const sqliteBusy = 5;

const take = (file: string, statement: string): Hold | undefined => {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec(statement);
    return { release: () => database.close() };
  } catch (error) {
    database.close();
    if (error instanceof Error && "errcode" in error && error.errcode === sqliteBusy) return undefined;
    throw error;
  }
};
