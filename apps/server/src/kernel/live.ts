import type pg from "pg";
import { sql } from "kysely";
import type { Tx } from "./db.ts";
import type { Id } from "./ids.ts";
import { describeError, type Log } from "./log.ts";

/** Told when something changed on the desk of a post, or in what a person may do. */
export type Live = {
  readonly listen: (tenantId: Id, positionOrPerson: Id, hear: () => void) => () => void;
  readonly close: () => Promise<void>;
};

/** Tells the open browsers of these posts and people that something has changed for them; heard once the transaction is committed. */
export const tellBrowsers = async (tx: Tx, tenantId: Id, positionsOrPeople: readonly Id[]): Promise<void> => void (await sql`select pg_notify('lontar_desk', ${JSON.stringify({ t: tenantId, p: positionsOrPeople })})`.execute(tx));

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
        if (client !== next) return; // let go of already: a server that stops says so, and then its line breaks
        log.warn({ error: describeError(error) }, "listener lost, connecting again");
        client = undefined;
        next.release(true);
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
    listen: (tenantId, positionOrPerson, ear) => {
      const key = `${tenantId}/${positionOrPerson}`;
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
      const last = client;
      client = undefined;
      last?.release(true);
    },
  };
};
