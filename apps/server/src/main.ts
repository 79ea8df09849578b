import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import { contract, type EndpointName } from "@lontar/contract";
import type { NoteSigner } from "@lontar/ledger";
import type { FastifyInstance } from "fastify";
import type { Runner } from "graphile-worker";
import { sql } from "kysely";
import { accessRoutes, authenticate, type Access } from "./access/index.ts";
import { auditRoutes, logSigner, replayable, startSequencer, type Replayable } from "./audit/index.ts";
import { ConfigError, type Config } from "./config.ts";
import { insightRoutes } from "./insight/index.ts";
import type { Actor } from "./kernel/actor.ts";
import { inInstallation, openDatabase, openPool, type Connection, type Database } from "./kernel/db.ts";
import { startEmbedded } from "./kernel/embedded/supervisor.ts";
import { openBlobStore } from "./kernel/files/blobs.ts";
import { buildHttp, open, type Caller, type Route } from "./kernel/http.ts";
import { realSource, type Id } from "./kernel/ids.ts";
import { startJobs, type Jobs } from "./kernel/jobs.ts";
import { openLive, type Live } from "./kernel/live.ts";
import { describeError, openLog, type Log } from "./kernel/log.ts";
import { migrate } from "./kernel/migrate.ts";
import { Refused } from "./kernel/refusal.ts";
import { openSeal } from "./kernel/seal.ts";
import { organisationKinds, organisationRoutes } from "./organisation/index.ts";
import { demoPassphrase, loadClassification, seedDemo, type IssueCredential } from "./seed/seed.ts";

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
const installationSecret = async (config: Config): Promise<string> => {
  if (config.secret !== undefined) return config.secret;
  const path = join(config.dataFolder, "keys", "installation.secret");
  await mkdir(join(config.dataFolder, "keys"), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) await writeFile(path, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
  return (await readFile(path, "utf8")).trim();
};

/** Every module put together: what the server, the command line and the tests start from. */
export type Office = {
  readonly routes: (live: Live) => readonly Route[];
  readonly jobs: Jobs;
  readonly machines: readonly Replayable[];
  readonly signerOf: (tenantId: Id) => Promise<NoteSigner>;
  readonly authenticate: (caller: Caller) => Promise<Actor | undefined>;
  readonly issueCredential: IssueCredential | undefined;
  /** Makes what must exist before the first request: exchange keys of every government. */
  readonly prepare: () => Promise<void>;
  readonly verificationPage: (code: string, address: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

/** Composes the modules on an open database. */
export const openOffice = async (config: Config, db: Database, ownerPool: ReturnType<typeof openPool>, _log: Log): Promise<Office> => {
  const source = realSource;
  const keysFolder = join(config.dataFolder, "keys");
  const seal = openSeal(await installationSecret(config));
  const blobs = await openBlobStore(join(config.dataFolder, "blobs"));
  const access: Access = { db, source, seal };
  const signers = new Map<Id, Promise<NoteSigner>>();
  const signerOf = (tenantId: Id): Promise<NoteSigner> => {
    const signer = signers.get(tenantId) ?? logSigner(keysFolder, tenantId);
    signers.set(tenantId, signer);
    return signer;
  };
  const { units, positions, persons, holdings } = organisationKinds;
  const machines: readonly Replayable[] = [
    replayable(units.machine, units.store, null),
    replayable(positions.machine, positions.store, null),
    replayable(persons.machine, persons.store, null),
    replayable(holdings.machine, holdings.store, null),
  ];
  return {
    machines,
    signerOf,
    authenticate: (caller) => authenticate(access, caller),
    issueCredential: undefined,
    prepare: async () => undefined,
    verificationPage: async () => "",
    close: async () => undefined,
    jobs: {},
    routes: (live) => {
      const routes = [
        ...accessRoutes({ ...access, demo: config.mode === "demo", demoPassphrase, certificate: async () => null }),
        ...organisationRoutes,
        ...insightRoutes({ live }),
        ...auditRoutes({ db, pool: ownerPool, files: blobs, machines, signerOf, sentence: (type) => type }),
      ];
      return [...routes, ...pending(routes)];
    },
  };
};

// TEMPORARY while modules land: every endpoint without a route says so.
const pending = (routes: readonly Route[]): readonly Route[] => {
  const present = new Set<string>([...routes.map((route) => route.name), "open.openapi", "open.health", "open.ready"]);
  return Object.keys(contract).filter((name): name is EndpointName => !present.has(name)).map((name): Route => ({ name, kind: "public", handle: async () => { throw new Refused("unavailable"); } }));
};

/** A running server. `stop` finishes what is under way, hands the rest back to the queue, and closes everything. */
export type Server = { readonly port: number; readonly stop: () => Promise<void> };

const jobConcurrency = 4;

/** Starts everything: database, schema, demo office on first run, jobs, log, web. */
export const startServer = async (config: Config): Promise<Server> => {
  const log = openLog(config.logLevel);
  const storage = await openStorage(config);
  const pool = openPool(storage.connection, 12);
  const ownerPool = openPool(storage.connection, 8);
  const closing: (() => Promise<unknown>)[] = [];
  try {
    await migrate(ownerPool);
    await loadClassification(ownerPool);
    await refuseDemoInProduction(config, ownerPool);
    const db = openDatabase(pool);
    const office = await openOffice(config, db, ownerPool, log);
    if (config.mode === "demo") await seedDemo(db, ownerPool, realSource, office.issueCredential);
    await office.prepare();

    const live = await openLive(ownerPool, log);
    const sequencer = startSequencer(ownerPool, office.signerOf, realSource.now, log);
    const runner = await startJobs(ownerPool, office.jobs, jobConcurrency, (task, error) => log.warn({ task, error: describeError(error) }, "job failed, it will be tried again"));
    const http = await buildHttp({ db, log, routes: [...office.routes(live), ...healthRoutes(config, db, ownerPool)], authenticate: office.authenticate, secureCookie: config.publicUrl.startsWith("https:"), uploadBytes: config.uploadBytes, version });
    await serveWeb(http, office);
    await http.listen({ port: config.port, host: config.host });
    closing.push(() => http.close(), () => stopRunner(runner), () => sequencer.stop(), () => live.close(), () => office.close());
    const address = http.server.address();
    return {
      port: typeof address === "object" && address !== null ? address.port : config.port,
      stop: async () => {
        for (const close of closing) await close();
        await Promise.all([pool.end(), ownerPool.end()]);
        await storage.stop();
      },
    };
  } catch (error) {
    for (const close of closing) await close().catch(() => undefined);
    await Promise.allSettled([pool.end(), ownerPool.end()]);
    await storage.stop();
    throw error;
  }
};

// A runner that already ended (its pool broke) has nothing left to stop.
const stopRunner = async (runner: Runner): Promise<void> => {
  await runner.stop().catch(() => undefined);
};

const refuseDemoInProduction = async (config: Config, pool: ReturnType<typeof openPool>): Promise<void> => {
  if (config.mode !== "production") return;
  const { rows } = await pool.query<{ n: string }>("select count(*) as n from account where demo_password is not null");
  if (rows[0]?.n !== "0") throw new ConfigError("LONTAR_DATA / DATABASE_URL: basis data ini berisi akun contoh. Mode production memerlukan basis data yang baru.");
};

const minimumFreeBytes = 100 * 1024 * 1024;

const healthRoutes = (config: Config, db: Database, ownerPool: ReturnType<typeof openPool>): readonly Route[] => [
  open("open.health", async () => ({ status: "ok" as const })),
  open("open.ready", async () => {
    const database = await inInstallation(db, (tx) => sql`select 1`.execute(tx)).then(() => true, () => false);
    const queue = await ownerPool.query("select 'graphile_worker.jobs'::regclass").then(() => true, () => false);
    const storage = await statfs(config.dataFolder).then((disk) => disk.bavail * disk.bsize > minimumFreeBytes, () => false);
    const checks = { database, queue, storage };
    return { status: Object.values(checks).every((good) => good) ? ("ready" as const) : ("not_ready" as const), checks };
  }),
];

const webFolder = fileURLToPath(new URL("../../web/dist/", import.meta.url));

/** The built pages, and the one page that must work without JavaScript. Every other address is the app's own. */
const serveWeb = async (http: FastifyInstance, office: Office): Promise<void> => {
  http.get<{ Params: { code: string } }>("/v/:code", async (request, reply) => reply.header("content-type", "text/html; charset=utf-8").header("cache-control", "no-store").send(await office.verificationPage(request.params.code, request.ip)));
  http.get<{ Params: { code: string } }>("/V/:code", (request, reply) => reply.redirect(`/v/${request.params.code}`, 308)); // QR codes carry capitals
  if (!existsSync(join(webFolder, "index.html"))) return;
  await http.register(fastifyStatic, { root: webFolder, wildcard: false, setHeaders: (reply, path) => reply.setHeader("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache") });
  http.setNotFoundHandler((request, reply) => {
    if (request.method !== "GET" || request.url.startsWith("/api/")) throw new Refused("not_found");
    return reply.header("cache-control", "no-cache").sendFile("index.html");
  });
};
