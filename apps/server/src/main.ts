import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fastifyStatic from "@fastify/static";
import { parsePolicy, type NoteSigner, type Policy } from "@lontar/ledger";
import { createRenderer } from "@lontar/naskah/render";
import type { FastifyInstance } from "fastify";
import { accessRoutes, accountMachine, accountStore, actingAgain, authenticate, beginDigests, digestJobs, mustBeFresh, noticeJobs, openProof, openSingleSignOn, tenantOf, type Access } from "./access/index.ts";
import { auditRoutes, beginChecks, check, checkJobs, httpLine, logPolicy, logSigner, logStates, proveLetters, remakeUndatedRights, replayable, startKeeper, verifierText, type Keeping, type Nightly, type Replayable, type Telling } from "./audit/index.ts";
import { ConfigError, type Config } from "./config.ts";
import { dispositionFile, dispositionMachine, dispositionRoutes, dispositionsOfLetter, dispositionStore, noDisposition, readSecret } from "./dispositions/index.ts";
import { draftFiles, draftJobs, draftMachine, draftRoutes, draftStore, sheetOf, type Drafting } from "./drafts/index.ts";
import { beginSearches, findingMachine, findingStore, flagJobs, flagRoutes, ruleMachine, ruleStore } from "./flags/index.ts";
import { inquiryRoutes, sampleMachine, sampleStore, savedQueryMachine, savedQueryStore } from "./inquiry/index.ts";
import { insightRoutes } from "./insight/index.ts";
import type { Actor } from "./kernel/actor.ts";
import { openClockWatch, type ClockWatch } from "./kernel/clock-watch.ts";
import { inTenant, isReachable, openDatabase, openPool, readTenant, type Database } from "./kernel/db.ts";
import { acceptUpload, defaultUploadLimits } from "./kernel/files/accept.ts";
import { openBlobStore } from "./kernel/files/blobs.ts";
import { openPdfEngine } from "./kernel/files/pdf.ts";
import type { Inspect } from "./kernel/files/take.ts";
import { buildHttp, open, type Caller, type Route } from "./kernel/http.ts";
import { realSource, type Id } from "./kernel/ids.ts";
import { startJobs, type Jobs } from "./kernel/jobs.ts";
import { openLive, type Live } from "./kernel/live.ts";
import { describeError, openLog, type Log } from "./kernel/log.ts";
import { migrate } from "./kernel/migrate.ts";
import { Refused } from "./kernel/refusal.ts";
import { openSeal, type Seal } from "./kernel/seal.ts";
import { mayRead } from "./kernel/state.ts";
import { exchangeJobs, exchangeKeys, exchangeRoutes, noParcel, openTransport, parcelMachine, parcelStore, receiveEnvelope, type Receiving } from "./letters/exchange/index.ts";
import { concealment, fileReceived, letterJobs, letterRoutes, nameOf, noLetter, receivedMachine, receivedStore, receiveInternal, tell, trail, type DrawPage } from "./letters/index.ts";
import { fileIssued, issuedJobs, issuedLetter, issuedMachine, issuedRoutes, issuedStore, openMail, warningJobs } from "./letters/issued/index.ts";
import { createReader } from "./letters/reading/index.ts";
import { exportMachine, exportStore, importJobs, nikOf, noteExport, officeOf, openTableReader, organisationJobs, organisationKinds, organisationRoutes, searchPosts, type DecreeLetter } from "./organisation/index.ts";
import { emergencyMachine, emergencyStore, inspectionMachine, inspectionStore, lookMachine, lookStore, openWatch, oversightJobs, oversightRoutes, secretReadingMachine, secretReadingStore } from "./oversight/index.ts";
import { rightsRoutes } from "./rights/index.ts";
import { classRightMachine, classRightStore, dossierMachine, dossierStore, noClassRight, noDossier, recordsRoutes, type Filers } from "./records/index.ts";
import { demoSigners } from "./seed/office.ts";
import { demoPassphrase, instructions, loadClassification, seedDemo, type IssueCredential } from "./seed/seed.ts";
import { beginDryRuns, beginRenewals, busyPage, certificateOf, certificateRoutes, credentialMachine, credentialStore, dryRunJobs, languageOf, openIssuing, openLimiter, openSealing, openSigningFor, openVerification, preservingJobs, sealKeyMachine, sealKeyStore, signingRoutes, verificationPage, type Activating, type DevelopmentServices, type Preserving, type Reader } from "./signing/index.ts";
import { leakedCertificates, openRevocations } from "./signing/revocations.ts";
import { openVerifierFile } from "./signing/verifier-file.ts";
import { handoverJobs, handoverMachine, handoverRoutes, handoverStore, type Handing } from "./handover/index.ts";
import { openStorage, type Storage } from "./storage.ts";
import { logFolder, type LogFolder } from "./witness/index.ts";
import { requestMachine, requestStore, villageJobs, villageRoutes, type VillagePages } from "./village/index.ts";

/** The version that the OpenAPI document names. */
export const version = "0.1.0";

/** The installation's secret: from the environment, or made once and kept beside the keys (demo mode). */
const installationSecret = async (config: Config): Promise<string> => {
  if (config.secret !== undefined) return config.secret;
  const path = join(config.dataFolder, "keys", "installation.secret");
  await mkdir(join(config.dataFolder, "keys"), { recursive: true, mode: 0o700 });
  if (!existsSync(path)) await writeFile(path, randomBytes(48).toString("base64url"), { mode: 0o600, flag: "wx" });
  return (await readFile(path, "utf8")).trim();
};

/** Who watches the logs of this installation; nobody, unless the configuration names them. */
const witnessPolicy = async (config: Config): Promise<Policy | undefined> => {
  if (config.witnessPolicy === undefined) return undefined;
  const text = await readFile(config.witnessPolicy, "utf8").catch((error: unknown) => {
    throw new ConfigError(`LONTAR_WITNESSES: ${config.witnessPolicy} tidak dapat dibaca (${describeError(error)})`);
  });
  const policy = parsePolicy(text);
  if ("refused" in policy) throw new ConfigError(`LONTAR_WITNESSES: baris ${policy.line} dari ${config.witnessPolicy}: ${policy.refused}`);
  const silent = policy.value.witnesses.find((witness) => witness.url === undefined);
  if (silent !== undefined) throw new ConfigError(`LONTAR_WITNESSES: saksi ${silent.name} belum punya alamat`);
  return policy.value;
};

/** Every module put together: what the server, the command line and the tests start from. */
export type Office = {
  readonly routes: (live: Live) => readonly Route[];
  readonly jobs: Jobs;
  readonly machines: readonly Replayable[];
  readonly signerOf: (tenantId: Id) => Promise<NoteSigner>;
  /** What keeping the logs takes; the server keeps them, no other command does. */
  readonly keeping: Keeping;
  readonly authenticate: (caller: Caller) => Promise<Actor | undefined>;
  readonly issueCredential: IssueCredential | undefined;
  /** Hashes that only this installation can make. */
  readonly keyed: Seal["keyed"];
  /** Makes what must exist before the first request: exchange keys of every government, and its weekly digest in the queue. */
  readonly prepare: () => Promise<void>;
  /** What the development CA does for anyone; nothing where it is not used. */
  readonly services: DevelopmentServices | undefined;
  readonly verificationPage: (code: string, address: string, reader: Reader) => Promise<string>;
  readonly close: () => Promise<void>;
};

const { units, positions, persons, holdings, delegations, policies } = organisationKinds;
/** Every kind of thing that is made by events, as the integrity check replays it. */
export const machines: readonly Replayable[] = [
  replayable(units.machine, units.store, null),
  replayable(positions.machine, positions.store, null),
  replayable(persons.machine, persons.store, null),
  replayable(holdings.machine, holdings.store, null),
  replayable(delegations.machine, delegations.store, null),
  replayable(policies.machine, policies.store, null),
  replayable(accountMachine, accountStore, null),
  replayable(receivedMachine, receivedStore, noLetter),
  replayable(dispositionMachine, dispositionStore, noDisposition),
  replayable(draftMachine, draftStore, null),
  replayable(issuedMachine, issuedStore, null),
  replayable(credentialMachine, credentialStore, null),
  replayable(parcelMachine, parcelStore, noParcel),
  replayable(dossierMachine, dossierStore, noDossier),
  replayable(classRightMachine, classRightStore, noClassRight),
  replayable(requestMachine, requestStore, null),
  replayable(handoverMachine, handoverStore, null),
  replayable(inspectionMachine, inspectionStore, null),
  replayable(lookMachine, lookStore, null),
  replayable(emergencyMachine, emergencyStore, null),
  replayable(secretReadingMachine, secretReadingStore, null),
  replayable(exportMachine, exportStore, null),
  replayable(sealKeyMachine, sealKeyStore, null),
  replayable(savedQueryMachine, savedQueryStore, null),
  replayable(sampleMachine, sampleStore, null),
  replayable(findingMachine, findingStore, null),
  replayable(ruleMachine, ruleStore, null),
];

/** Composes the modules on an open database. */
export const openOffice = async (config: Config, db: Database, ownerPool: ReturnType<typeof openPool>, log: Log = openLog("silent")): Promise<Office> => {
  const source = realSource;
  const keysFolder = join(config.dataFolder, "keys");
  const { publicUrl } = config;
  const seal = openSeal(await installationSecret(config));
  const blobs = await openBlobStore(join(config.dataFolder, "blobs"));
  const pdf = openPdfEngine();
  const tables = openTableReader();
  const reader = createReader({ ocrPages: config.ocrPages });
  const renderer = createRenderer();
  const fileBytes = (sha256: string): Promise<Uint8Array> => blobs.bytes(sha256);
  const draw: DrawPage = async (bytes, mediaType, page, width) => {
    const picture = await reader.pageImage(bytes, mediaType, page, width);
    return picture === undefined ? undefined : { bytes: picture, mediaType: "image/webp" };
  };
  const inspect: Inspect = (path, name) => acceptUpload({ path }, name, pdf, { ...defaultUploadLimits, bytes: config.uploadBytes, pages: config.uploadPages });
  const access: Access = { db, source, seal, log, publicUrl };

  const { signing, issuing, services, revocationList, isMended, officeSeal, close: closeSigning } = await openSigningFor(config, { publicUrl, folder: keysFolder, seal, db, source });
  if (isMended) log.info({}, "the development CA was from before lists of revoked certificates: its issuing certificate was made anew under the same root, and letters that were signed before stay valid");
  const activating: Activating = { db, source, signing, nikOf: (tx, tenantId, personId) => nikOf(tx, seal, tenantId, personId), organisationOf: async (tx, tenantId) => (await tenantOf(tx, tenantId)).name, limiter: openLimiter(activations, 15 * 60_000) };
  const sealing = await openSealing({ db, source, seal, keysFolder, host: new URL(publicUrl).host, office: officeSeal, log });
  const verification = openVerification({ db, source, signing, fileBytes, trusted: sealing.trusted, limiter: openLimiter(verificationsPerMinute, 60_000) });
  const drafting: Drafting = { db, source, blobs, renderer, signing, seal: sealing.seal, publicUrl, mustBeFresh };
  const preserving: Preserving = { db, source, signing, blobs };
  const village: VillagePages = { db, source, seal, publicUrl, fileBytes };

  const handing: Handing = { db, source, isDecreeLetter };

  const keyOf = exchangeKeys(keysFolder, ownerPool);
  const receiving: Receiving = {
    db,
    source,
    keyOf,
    storeFile: async (_tenantId, bytes, name) => {
      const look = await acceptUpload(bytes, name, pdf, { ...defaultUploadLimits, bytes: config.uploadBytes, pages: config.uploadPages });
      if ("refused" in look) throw new Refused(look.refused, look.facts);
      const { sha256 } = await blobs.put(bytes, { maxBytes: config.uploadBytes });
      return { sha256, mediaType: look.accepted.mediaType, pages: look.accepted.pages };
    },
    registerLetter,
  };
  const filers: Filers = { surat: fileReceived, naskah: fileIssued };

  const signers = new Map<Id, Promise<NoteSigner>>();
  const signerOf = (tenantId: Id): Promise<NoteSigner> => {
    const signer = signers.get(tenantId) ?? logSigner(keysFolder, tenantId);
    signers.set(tenantId, signer);
    return signer;
  };
  const policy = await witnessPolicy(config);
  const folderOf = (tenantId: Id): LogFolder => logFolder(join(config.dataFolder, "log"), tenantId);
  const keeping: Keeping = { pool: ownerPool, signerOf, folderOf, witnesses: policy === undefined ? undefined : { policy, line: httpLine, pool: ownerPool, now: source.now, log }, now: source.now, log, onPublished: async (tenantId, checkpoint) => void (await proveLetters({ pool: ownerPool, types: ["issued.issued", "issued.preserved"], policy, now: source.now }, tenantId, checkpoint)) };
  const nightly: Nightly = { db, source, log, run: async (tenantId, report) => check({ pool: ownerPool, tenantId, files: blobs, machines, signer: await signerOf(tenantId), folder: folderOf(tenantId), ...(report !== undefined && { report }) }) };
  const mail = openMail({ smtpUrl: config.smtpUrl, folder: join(config.dataFolder, "mail"), from: config.mailFrom, domain: new URL(publicUrl).hostname });
  const policies = async (): Promise<Readonly<Record<string, string>>> => {
    const { rows } = await ownerPool.query<{ tenant_id: Id }>("select tenant_id from tenant order by tenant_id");
    return Object.fromEntries(await Promise.all(rows.map(async (row) => [row.tenant_id, await logPolicy({ policy, signerOf, publicUrl }, row.tenant_id)] as const)));
  };
  const verifier = openVerifierFile({ source, page: () => readFile(verifierPage, "utf8").catch(() => undefined /* no pages in this checkout */), hosts: [new URL(publicUrl).host], roots: signing.roots, sealing, leaked: () => leakedCertificates(db), policies });
  const telling: Telling = {
    trail: (tx, letterId, by) => trail(tx, letterId, by, dispositionsOfLetter),
    nameOf,
    office: async (tx, by) => {
      const government = await tenantOf(tx, by.tenantId);
      const office = await officeOf(tx, by.tenantId, by.unitId, by.at);
      return { name: government.name, ...sheetOf(government, office ?? { name: government.name, letterhead: null }, [`Salinan ini disegel secara elektronik atas nama Pemerintah ${government.name}, tanpa tanda tangan pejabat.`]) };
    },
  };
  const officialInstructions = await instructions();
  return {
    machines,
    signerOf,
    keeping,
    authenticate: (caller) => authenticate(access, caller),
    keyed: seal.keyed,
    issueCredential: issuing === undefined ? undefined : openIssuing({ db, source, provider: issuing }),
    prepare: async () => {
      const { rows } = await ownerPool.query<{ tenant_id: Id }>("select tenant_id from tenant");
      for (const row of rows) await keyOf(row.tenant_id);
      const tenants = rows.map((row) => row.tenant_id);
      const isWaiting = async (key: string): Promise<boolean> => (await ownerPool.query("select from graphile_worker.jobs where key = $1", [key])).rowCount !== 0;
      await beginDigests({ db, source }, tenants, isWaiting);
      await beginChecks(nightly, tenants, isWaiting);
      await beginRenewals(preserving, tenants, isWaiting);
      await beginDryRuns({ db, source }, tenants, isWaiting);
      await beginSearches({ db, source }, tenants, isWaiting);
    },
    services,
    verificationPage: verificationPage(verification),
    close: async () => {
      await Promise.all([reader.close(), renderer.close(), pdf.close(), tables.close(), closeSigning()]);
    },
    jobs: {
      ...digestJobs({ db, source }),
      ...noticeJobs({ db, sendMail: mail, publicUrl }),
      ...organisationJobs({ db, source, sendMail: mail, publicUrl }),
      ...importJobs({ db, seal, actingAgain: actingAgain(access) }),
      ...letterJobs({ db, blobs, source, readScan: (bytes, mediaType, onProgress) => reader.read(bytes, mediaType, { onProgress: ({ page }) => onProgress(page) }) }),
      ...issuedJobs({ db, source }),
      ...warningJobs({ db, source, sendMail: mail, publicUrl }),
      ...draftJobs(drafting),
      ...preservingJobs(preserving),
      ...dryRunJobs(activating),
      ...exchangeJobs({ db, source, keyOf, transport: openTransport((delivery) => receiveEnvelope(receiving, delivery)), fileBytes, sendMail: mail, publicUrl }),
      ...villageJobs(village),
      ...handoverJobs(handing),
      ...checkJobs(nightly),
      ...oversightJobs({ db, source, sendMail: mail, publicUrl }),
      ...flagJobs({ db, source }),
    },
    routes: (live) => [
      ...accessRoutes({ ...access, sso: config.sso === undefined ? undefined : openSingleSignOn(config.sso, `${publicUrl}/masuk/sso`), sentence: (type, body) => tell(type, body).sentence, demo: config.mode === "demo", demoPassphrase: (username) => (demoSigners.has(username) ? demoPassphrase(username) : null), certificate: (tx, tenantId, personId) => certificateOf(signing, tx, tenantId, personId, source.now()) }),
      ...organisationRoutes({ seal, blobs, inspect, maxBytes: config.uploadBytes, isDecreeLetter, tables }),
      ...recordsRoutes({ filers, instructions: [...officialInstructions] }),
      ...letterRoutes({ blobs, inspect, maxBytes: config.uploadBytes, draw, owners: [dispositionFile, draftFiles], dispositionsOf: dispositionsOfLetter, noteReading: (letterId, by) => inTenant(db, by.tenantId, (tx) => readSecret(tx, letterId, by)) }),
      ...issuedRoutes({ db, source, publicUrl, fileBytes, isRevoked: (tenantId, id) => readTenant(db, tenantId, async (tx) => (await issuedLetter(tx, tenantId, id))?.status === "dicabut") }),
      ...exchangeRoutes(receiving),
      ...signingRoutes(verification, signing, { sealing, verifier, revocations: openRevocations({ db, source, signers: revocationList, sealing }) }, draw),
      ...certificateRoutes(activating),
      ...draftRoutes(drafting),
      ...dispositionRoutes({ blobs, inspect, maxBytes: config.uploadBytes }),
      ...villageRoutes(village),
      ...handoverRoutes(handing),
      ...oversightRoutes({ isDecreeLetter, prove: openProof(access) }),
      ...flagRoutes,
      ...insightRoutes({ live }),
      ...rightsRoutes,
      ...inquiryRoutes({ db, pool: ownerPool, sentence: (type, body) => tell(type, body).sentence, verifierKey: async (tenantId) => verifierText(await signerOf(tenantId)) }),
      ...auditRoutes({ db, pool: ownerPool, folderOf, policy, publicUrl, signerOf, noteExport, conceals: (tx, letterId, by) => concealment(tx, letterId, by, dispositionsOfLetter), telling, print: async (tenantId, record) => sealing.sealPdf(tenantId, (await renderer.record(record)).pdf, record.title) }),
    ],
  };
};

/** A decree is a letter of this government that is signed, in force, and seen by whoever cites it. */
const isDecreeLetter: DecreeLetter = async (tx, letterId, by) => {
  const letter = await issuedLetter(tx, by.tenantId, letterId);
  return letter !== undefined && letter.status !== "dicabut" && (await mayRead(tx, letterId, by));
};

const verificationsPerMinute = 60;

// As many tries as a provider was seen to allow before it locks an account (design: three).
const activations = 3;

/** A letter from another government goes to the head of this one, with its own agenda entry. */
const registerLetter: Receiving["registerLetter"] = async (tx, envelope, senderName, by) => {
  const posts = await searchPosts(tx, by.tenantId, "", by.at);
  const head = posts.find((post) => post.superiorId === null && post.functions.includes("signer"));
  if (head === undefined) throw new Refused("signer_vacant");
  const { letter } = envelope;
  await receiveInternal(
    tx,
    {
      id: envelope.id,
      positionId: head.id,
      copy: envelope.copy,
      files: [letter.file],
      origin: { kind: "pertukaran", senderId: envelope.from, envelopeId: envelope.id },
      facts: { sender: `${letter.post}, ${senderName}`.slice(0, 200), number: letter.number, date: letter.date, subject: letter.subject, summary: "", receivedOn: by.today, attachment: letter.attachment, medium: "pertukaran", security: letter.security, urgency: letter.urgency, classification: null, due: null },
    },
    by,
  );
};

/** A running server. `stop` finishes what is under way, hands the rest back to the queue, and closes everything. */
export type Server = { readonly port: number; readonly stop: () => Promise<void> };

const jobConcurrency = 4;

/** Starts everything: database (unless somebody has begun to), schema, demo office on first run, jobs, log, web. */
export const startServer = async (config: Config, begun?: Promise<Storage>): Promise<Server> => {
  const log = openLog(config.logLevel);
  const storage = await (begun ?? openStorage(config, log));
  const pool = openPool(storage.connection, 12, "prepared");
  const ownerPool = openPool(storage.connection, 8);
  // What was opened last is closed first, also when the next thing cannot be opened (a port that is taken).
  const closing: (() => Promise<unknown>)[] = [];
  const opened = (close: () => Promise<unknown>): void => void closing.unshift(close);
  try {
    await migrate(ownerPool);
    await remakeUndatedRights(ownerPool, machines);
    const classified = loadClassification(ownerPool);
    classified.catch(() => undefined); // told below; the office is loaded beside it
    await refuseDemoInProduction(config, ownerPool);
    const db = openDatabase(pool);
    const office = await openOffice(config, db, ownerPool, log);
    opened(() => office.close());
    if (config.mode === "demo") await seedDemo(db, ownerPool, realSource, office.issueCredential);
    await classified;
    await office.prepare();

    const live = await openLive(ownerPool, log);
    opened(() => live.close());
    const keeper = startKeeper(office.keeping);
    opened(() => keeper.stop());
    const runner = await startJobs(ownerPool, office.jobs, jobConcurrency, (task, error) => log.warn({ task, error: describeError(error) }, "job failed, it will be tried again"), (error) => log.warn({ error: describeError(error) }, "job runner lost, starting it again"));
    opened(() => runner.stop());
    const clock = await openClockWatch(ownerPool, realSource, (isBehind, newest) => (isBehind ? log.error({ newest }, "the clock stands before the newest act: acts are refused until it is set right") : log.info({}, "the clock is right again")));
    opened(async () => clock.stop());
    const http = await buildHttp({ db, log, keyed: office.keyed, isClockBehind: clock.isBehind, routes: [...office.routes(live), ...healthRoutes(config, db, ownerPool, clock)], authenticate: office.authenticate, watch: openWatch(db), proxies: config.proxies, secureCookie: config.publicUrl.startsWith("https:"), uploadBytes: config.uploadBytes, version });
    opened(() => http.close());
    await serveWeb(http, office, new URL(config.publicUrl).host);
    await http.listen({ port: config.port, host: config.host }).catch((error: unknown) => {
      if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") throw new ConfigError(`PORT: ${config.port} sudah dipakai program lain. Hentikan program itu, atau pilih PORT lain.`);
      throw error;
    });
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
    for (const close of closing) await close().catch(() => undefined); // the start failed for the reason thrown below
    await Promise.allSettled([pool.end(), ownerPool.end()]);
    await storage.stop();
    throw error;
  }
};

const refuseDemoInProduction = async (config: Config, pool: ReturnType<typeof openPool>): Promise<void> => {
  if (config.mode !== "production") return;
  const { rows } = await pool.query<{ n: string }>("select count(*) as n from account_secret where demo_password is not null");
  if (rows[0]?.n !== "0") throw new ConfigError("LONTAR_DATA / DATABASE_URL: basis data ini berisi akun contoh. Mode production memerlukan basis data yang baru.");
};

const minimumFreeBytes = 100 * 1024 * 1024;

const healthRoutes = (config: Config, db: Database, ownerPool: ReturnType<typeof openPool>, clock: ClockWatch): readonly Route[] => [
  open("open.health", async () => ({ status: "ok" as const })),
  open("open.ready", async () => {
    const database = await isReachable(db);
    const queue = await ownerPool.query("select 'graphile_worker.jobs'::regclass").then(() => true, () => false);
    const storage = await statfs(config.dataFolder).then((disk) => disk.bavail * disk.bsize > minimumFreeBytes, () => false);
    const checks = { database, queue, storage, clock: !clock.isBehind() };
    if (Object.values(checks).includes(false)) throw new Refused("not_ready", { checks });
    return { status: "ready" as const, checks, logs: await logStates(ownerPool) };
  }),
];

const verifierName = "pemeriksa.html";
const verifierPage = fileURLToPath(new URL(`../../web/dist/${verifierName}`, import.meta.url));
const webFolder = fileURLToPath(new URL("../../web/dist/", import.meta.url));

const questionBytes = 4096;
const answersPerMinute = 120;

/** The development CA stamps and answers for anyone who tries it out, as authorities do (RFC 3161 §3.4, RFC 6960 A); certified ones are somewhere else. */
const serveDevelopmentCa = (http: FastifyInstance, { stamp, answer, crl }: DevelopmentServices): void => {
  const limiter = openLimiter(answersPerMinute, 60_000);
  const serve = (path: string, kind: string, respond: (question: Uint8Array) => Promise<Uint8Array>): void => {
    http.addContentTypeParser(`application/${kind}`, { parseAs: "buffer", bodyLimit: questionBytes }, async (_request: unknown, body: Buffer) => body);
    http.post(path, { bodyLimit: questionBytes }, async (request, reply) => {
      if (!limiter.allows(request.ip, Date.parse(realSource.now()))) throw new Refused("too_many_attempts");
      if (!Buffer.isBuffer(request.body)) throw new Refused("malformed");
      return reply.header("content-type", `application/${kind.replace(/query|request/, (asked) => (asked === "query" ? "reply" : "response"))}`).header("cache-control", "no-store").send(Buffer.from(await respond(request.body)));
    });
  };
  serve("/tsa", "timestamp-query", stamp);
  serve("/ocsp", "ocsp-request", answer);
  http.get("/ca/root.crl", async (_request, reply) => reply.header("content-type", "application/pkix-crl").header("cache-control", "public, max-age=3600").send(Buffer.from(await crl())));
};

/** The built pages, and the one page that must work without JavaScript. Every other address is the app's own. */
const serveWeb = async (http: FastifyInstance, office: Office, host: string): Promise<void> => {
  // QR codes carry capitals, so both spellings of the path are the page itself.
  for (const path of ["/v/:code", "/V/:code"]) http.get<{ Params: { code: string }; Querystring: { lang?: string } }>(path, async (request, reply) => {
    const reader: Reader = { language: languageOf(request.query.lang, request.headers["accept-language"]), host };
    reply.header("content-type", "text/html; charset=utf-8").header("cache-control", "no-store").header("vary", "accept-language");
    if (request.params.code.trim() === "") return reply.redirect("/periksa", 303); // no code is no forged letter: the page that asks for one
    const page = await office.verificationPage(request.params.code, request.ip, reader).catch((error: unknown) => {
      if (error instanceof Refused && error.code === "too_many_attempts") return undefined;
      throw error;
    });
    return page === undefined ? reply.code(429).send(busyPage(reader)) : reply.send(page);
  });
  http.get<{ Querystring: { code?: string } }>("/v", (request, reply) => reply.redirect(`/v/${encodeURIComponent(String(request.query.code ?? "").slice(0, 40))}`, 303)); // the form of that page, without script
  if (office.services !== undefined) serveDevelopmentCa(http, office.services);
  const crest = await readFile(fileURLToPath(import.meta.resolve("@lontar/naskah/crest.svg")), "utf8"); // the page without script has no bundle to take it from
  http.get("/lambang.svg", (_request, reply) => reply.header("content-type", "image/svg+xml").header("cache-control", "public, max-age=86400").send(crest));
  if (!existsSync(join(webFolder, "index.html"))) return;
  await http.register(fastifyStatic, { root: webFolder, wildcard: false, allowedPath: (path) => path !== `/${verifierName}` /* without its anchors it believes nobody */, setHeaders: (reply, path) => reply.header("cache-control", path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache") });
  http.setNotFoundHandler((request, reply) => {
    if (request.method !== "GET" || request.url.startsWith("/api/")) throw new Refused("not_found");
    return reply.header("cache-control", "no-cache").sendFile("index.html");
  });
};
