import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, mkdir, readFile, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import type { Runner } from "graphile-worker";
import { sql } from "kysely";
import { accessRoutes, authenticate, type Access } from "./access/index.ts";
import type { Config } from "./config.ts";
import { insightRoutes } from "./insight/index.ts";
import { inInstallation, openDatabase, openPool, type Connection, type Database } from "./kernel/db.ts";
import { startEmbedded } from "./kernel/embedded/supervisor.ts";
import { buildHttp, open, type Route } from "./kernel/http.ts";
import { realSource } from "./kernel/ids.ts";
import { startJobs, type Jobs } from "./kernel/jobs.ts";
import { openLive } from "./kernel/live.ts";
import { describeError, openLog } from "./kernel/log.ts";
import { migrate } from "./kernel/migrate.ts";
import { openSeal } from "./kernel/seal.ts";
import { organisationRoutes } from "./organisation/index.ts";
import { demoPassphrase, demoPassword, loadClassification, seedDemo } from "./seed/seed.ts";

/** The version that the OpenAPI document names. */
export const version = "0.1.0";

/** A database to work with: the embedded one, or the one that DATABASE_URL names. */
export type Storage = { readonly connection: Connection; readonly stop: () => Promise<void> };

/** Starts or finds PostgreSQL. */
export const openStorage = async (config: Config): Promise<Storage> => {
  if (config.databaseUrl !== undefined) return { connection: { url: config.databaseUrl }, stop: async () => undefined };
  const embedded = await startEmbedded(config.dataFolder);
  return { connection: embedded.connection, stop: embedded.stop };
};

/** The installation's secret: from the environment, or made once and kept beside the keys (demo mode). */
export const installationSecret = async (config: Config): Promise<string> => {
  if (config.secret !== undefined) return config.secret;
  const folder = join(config.dataFolder, "keys");
  const path = join(folder, "installation.secret");
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (!existsSync(path)) {
    await writeFile(path, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
    await chmod(path, 0o600);
  }
  return (await readFile(path, "utf8")).trim();
};
