import type pg from "pg";
import type { Id } from "./ids.ts";
import { describeError, type Log } from "./log.ts";

/** Told when something changed on the desk of a post. */
export type Live = {
  readonly listen: (tenantId: Id, positionId: Id, hear: () => void) => () => void;
  readonly close: () => Promise<void>;
};

/** One database connection listens for all browsers; lost, it is opened again. A missed notice only delays a refresh. */
export const openLive = async (pool: pg.Pool, log: Log): Promise<Live> => {
  const ears = new Map<string, Set<() => void>>();
  let client: pg.PoolClient | undefined;
  let closing = false;
  let again: NodeJS.Timeout | undefined;
  const hear = (payload: string | undefined): void => {
    const { t, p }: { t?: unknown; p?: unknown } = JSON.parse(payload ?? "{}");
    if (typeof t !== "string" || !Array.isArray(p)) return;
    for (const position of p) for (const ear of ears.get(`${t}/${position}`) ?? []) ear();
  };
  const connect = async (): Promise<void> => {
    try {
      const next = await pool.connect();
      client = next;
      next.on("notification", (message) => hear(message.payload));
      next.on("error", (error) => {
        log.warn({ error: describeError(error) }, "listener lost, connecting again");
        next.release(true);
        client = undefined;
        if (!closing) again = setTimeout(() => void connect(), 1000);
      });
      await next.query("listen lontar_desk");
    } catch (error) {
      log.warn({ error: describeError(error) }, "listener cannot connect, trying again");
      if (!closing) again = setTimeout(() => void connect(), 2000);
    }
  };
  await connect();
  return {
    listen: (tenantId, positionId, ear) => {
      const key = `${tenantId}/${positionId}`;
      const set = ears.get(key) ?? new Set();
      set.add(ear);
      ears.set(key, set);
      return () => {
        set.delete(ear);
        if (set.size === 0) ears.delete(key);
      };
    },
    close: async () => {
      closing = true;
      clearTimeout(again);
      client?.release(true);
    },
  };
};
