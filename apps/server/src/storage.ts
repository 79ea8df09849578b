import type { Config } from "./config.ts";
import type { Connection } from "./kernel/db.ts";
import { lookAfter, startEmbedded, type StartOptions } from "./kernel/embedded/supervisor.ts";
import { describeError, type Log } from "./kernel/log.ts";

/** A database to work with: the embedded one, or the one that DATABASE_URL names. */
export type Storage = { readonly connection: Connection; readonly stop: () => Promise<void> };

/** Starts or finds PostgreSQL. Given a log, the embedded one is looked after: should it end by itself, it is started again. */
export const openStorage = async (config: Config, log?: Log, options: StartOptions = {}): Promise<Storage> => {
  if (config.databaseUrl !== undefined) return { connection: { url: config.databaseUrl }, stop: async () => undefined };
  const embedded = await startEmbedded(config.dataFolder, options);
  const watch = log === undefined ? undefined : lookAfter(embedded, () => log.warn({}, "the embedded database had ended and was started again"), (error) => log.error({ error: describeError(error) }, "the embedded database does not start"));
  return {
    connection: embedded.connection,
    stop: async () => {
      await watch?.stop();
      await embedded.stop();
    },
  };
};

/**
 * Begins as `openStorage` does, and comes back as soon as PostgreSQL is at work: the second that it takes is the second in which the rest
 * of the server can be read.
 */
export const beginStorage = async (config: Config, log: Log): Promise<{ readonly storage: Promise<Storage> }> => {
  const { promise: isWaiting, resolve } = Promise.withResolvers<void>();
  const storage = openStorage(config, log, { onWaiting: resolve });
  storage.then(() => resolve(), () => resolve()); // found running, or failed: whoever asks for it is told
  await isWaiting;
  return { storage };
};
