import type { Readable } from "node:stream";
import helmet from "@fastify/helmet";
import multipart from "@fastify/multipart";
import { contract, openApi, refusals, refusalSentence, type Endpoint, type EndpointName, type Parsed, type Problem, type RefusalCode, type Result } from "@lontar/contract";
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Actor } from "./actor.ts";
import { inTenant, readTenant, type Database, type Tx } from "./db.ts";
import { ConfinedBusy } from "./files/confined.ts";
import { realSource } from "./ids.ts";
import { describeError, type Log } from "./log.ts";
import { NotFound, Refused } from "./refusal.ts";
import type { Seal } from "./seal.ts";

/** What the caller is, before any rule: an address and a device; never stored with a letter. `browser` is the key that his browser keeps. */
export type Caller = { readonly requestId: string; readonly address: string; readonly device: string; readonly cookie: string | undefined; readonly browser: string | undefined };

/** An uploaded file as it streams in; `stream` fails when the browser goes away. */
export type Upload = { readonly id: string; readonly name: string; readonly stream: Readable; readonly wasCut: () => boolean };

/** Bytes as an answer. Everything is sent with `nosniff` and a sandbox; only known kinds are shown inline. */
export type FileAnswer = { readonly bytes: Uint8Array | Readable; readonly mediaType: string; readonly name: string; readonly inline: boolean; readonly immutable?: boolean; /** Of no person and no session: any cache between may keep it so long. */ readonly shared?: "for_ever" | "seconds"; readonly gzip?: boolean };

/** An answer that also sets (or with `null` clears) the session cookie, and gives the browser a key of its own. */
export type CookieAnswer<T> = { readonly answer: T; readonly cookie?: string | null; readonly browser?: string };

/** A transaction whose last act stores the answer under the request's idempotency key. */
export type Steps = {
  readonly transaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
  readonly finish: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>;
};

type Named<N extends EndpointName> = (typeof contract)[N];

/** One line of a module's `routes.ts`. */
export type Route = { readonly name: EndpointName } & (
  | { readonly kind: "query"; readonly handle: (tx: Tx, input: never, by: Actor) => Promise<unknown> }
  | { readonly kind: "command"; readonly handle: (tx: Tx, input: never, by: Actor) => Promise<unknown> }
  | { readonly kind: "steps"; readonly handle: (steps: Steps, input: never, by: Actor) => Promise<unknown> }
  | { readonly kind: "file"; readonly handle: (tx: Tx, input: never, by: Actor) => Promise<() => Promise<FileAnswer>> }
  | { readonly kind: "export"; readonly handle: (tx: Tx, input: never, by: Actor) => Promise<() => Promise<FileAnswer>> }
  | { readonly kind: "upload"; readonly handle: (steps: Steps, upload: Upload, by: Actor) => Promise<unknown> }
  | { readonly kind: "public"; readonly handle: (input: never, caller: Caller) => Promise<unknown> }
  | { readonly kind: "publicFile"; readonly handle: (input: never, caller: Caller) => Promise<FileAnswer> }
  | { readonly kind: "session"; readonly handle: (input: never, caller: Caller, by: Actor) => Promise<unknown> }
  | { readonly kind: "cookie"; readonly handle: (input: never, caller: Caller) => Promise<CookieAnswer<unknown>> }
  | { readonly kind: "stream"; readonly handle: (by: Actor, send: (event: string, data: string) => void, closed: Promise<void>) => Promise<void> }
);

/** Reads in one read-only transaction of the actor's tenant. */
export const query = <N extends EndpointName>(name: N, handle: (tx: Tx, input: Parsed<Named<N>>, by: Actor) => Promise<Result<Named<N>>>): Route => ({ name, kind: "query", handle });
/** Changes in one transaction, together with its idempotency record. */
export const command = <N extends EndpointName>(name: N, handle: (tx: Tx, input: Parsed<Named<N>>, by: Actor) => Promise<Result<Named<N>>>): Route => ({ name, kind: "command", handle });
/** Changes in several transactions with outside work between them; `finish` holds the last. */
export const steps = <N extends EndpointName>(name: N, handle: (steps: Steps, input: Parsed<Named<N>>, by: Actor) => Promise<Result<Named<N>>>): Route => ({ name, kind: "steps", handle });
/** Decides in a transaction whether the bytes may be read, and sends them after it. */
export const file = <N extends EndpointName>(name: N, handle: (tx: Tx, input: Parsed<Named<N>>, by: Actor) => Promise<() => Promise<FileAnswer>>): Route => ({ name, kind: "file", handle });
/** The same for a file that takes much away at once: that it was taken is written in the transaction that reads it, before the first byte is sent. */
export const exportFile = <N extends EndpointName>(name: N, handle: (tx: Tx, input: Parsed<Named<N>>, by: Actor) => Promise<() => Promise<FileAnswer>>): Route => ({ name, kind: "export", handle });
/** Takes one multipart file, preceded by its `id` field. */
export const upload = <N extends EndpointName>(name: N, handle: (steps: Steps, upload: Upload, by: Actor) => Promise<Result<Named<N>>>): Route => ({ name, kind: "upload", handle });
/** Answers anyone. */
export const open = <N extends EndpointName>(name: N, handle: (input: Parsed<Named<N>>, caller: Caller) => Promise<Result<Named<N>>>): Route => ({ name, kind: "public", handle });
/** Sends a file to anyone who holds its secret link. */
export const openFile = <N extends EndpointName>(name: N, handle: (input: Parsed<Named<N>>, caller: Caller) => Promise<FileAnswer>): Route => ({ name, kind: "publicFile", handle });
/** Acts on the session itself; manages its own transactions. */
export const onSession = <N extends EndpointName>(name: N, handle: (input: Parsed<Named<N>>, caller: Caller, by: Actor) => Promise<Result<Named<N>>>): Route => ({ name, kind: "session", handle });
/** Opens or closes a session, or ties what follows to this browser. */
export const withCookie = <N extends EndpointName>(name: N, handle: (input: Parsed<Named<N>>, caller: Caller) => Promise<CookieAnswer<Result<Named<N>>>>): Route => ({ name, kind: "cookie", handle });
/** Server-Sent Events until the browser goes away. */
export const stream = (name: EndpointName, handle: (by: Actor, send: (event: string, data: string) => void, closed: Promise<void>) => Promise<void>): Route => ({ name, kind: "stream", handle });

/** Asked before an answer about a thing is given to somebody; what it throws keeps the answer back. */
export type Watch = (by: Actor, name: EndpointName, input: unknown) => Promise<void>;

/** What the HTTP edge needs from the rest. */
export type Edge = {
  readonly db: Database;
  readonly log: Log;
  /** Makes the digests of requests: bodies hold NIK, which an unkeyed hash would let whoever has a copy of the database guess. */
  readonly keyed: Seal["keyed"];
  readonly routes: readonly Route[];
  readonly authenticate: (caller: Caller) => Promise<Actor | undefined>;
  /** Reverse proxies whose X-Forwarded-For is believed: what anyone else writes there would lead every limit by address astray. */
  readonly proxies: string;
  readonly secureCookie: boolean;
  /** While the machine's clock stands before what is already recorded, nothing is done that would bear its date. */
  readonly isClockBehind: () => boolean;
  readonly uploadBytes: number;
  /** Records what is read by oversight, before it is read. */
  readonly watch: Watch;
  readonly version: string;
};

// With the prefix a browser takes the cookie from this host only (RFC 6265bis §4.1.3.2): a sibling site under one .go.id cannot plant one.
const cookieName = (edge: Edge, of: "session" | "browser"): string => `${edge.secureCookie ? "__Host-" : ""}lontar_${of}`;

const sessionSeconds = 43_200;
const browserSeconds = 400 * 86_400; // the longest that browsers keep a cookie (RFC 6265bis §5.5)

const cookieIn = (edge: Edge, request: FastifyRequest, of: "session" | "browser"): string | undefined =>
  new RegExp(`(?:^|; )${cookieName(edge, of)}=([A-Za-z0-9_-]+)`).exec(request.headers.cookie ?? "")?.[1];

const cookieOut = (edge: Edge, of: "session" | "browser", value: string | null, seconds: number): string =>
  `${cookieName(edge, of)}=${value ?? ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${value === null ? 0 : seconds}${edge.secureCookie ? "; Secure" : ""}`;

// A seal in a path is 560 letters at most; a longer one must still be told that it is none.
const longestParameter = 4000;

/** Builds the HTTP server. Every endpoint of the contract must have exactly one route, or it refuses to start. */
export const buildHttp = async (edge: Edge): Promise<FastifyInstance> => {
  const app = Fastify({ logger: false, routerOptions: { maxParamLength: longestParameter }, genReqId: () => realSource.id(), bodyLimit: 2 * 1024 * 1024, trustProxy: edge.proxies, requestTimeout: 120_000, forceCloseConnections: "idle" });
  await app.register(helmet, {
    contentSecurityPolicy: { directives: { defaultSrc: ["'self'"], scriptSrc: ["'self'", "'wasm-unsafe-eval'"], styleSrc: ["'self'", "'unsafe-inline'"], imgSrc: ["'self'", "data:", "blob:"], fontSrc: ["'self'", "data:"], connectSrc: ["'self'"], workerSrc: ["'self'", "blob:"], objectSrc: ["'none'"], frameAncestors: ["'none'"], upgradeInsecureRequests: null } },
    strictTransportSecurity: edge.secureCookie ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    crossOriginEmbedderPolicy: false,
  });
  await app.register(multipart, { limits: { fileSize: edge.uploadBytes + 1, files: 1, fields: 4, fieldSize: 1000 }, throwFileSizeLimit: false });

  app.addHook("onResponse", (request, reply, next) => {
    edge.log.info({ requestId: request.id, method: request.method, route: request.routeOptions.url ?? "unknown", status: reply.statusCode, ms: Math.round(reply.elapsedTime) }, "request");
    next();
  });
  app.setErrorHandler((error, request, reply) => sendProblem(edge, request, reply, error));

  const missing = new Set<string>(Object.keys(contract));
  for (const route of edge.routes) {
    if (!missing.delete(route.name)) throw new Error(`two routes for ${route.name}`);
    const endpoint: Endpoint = contract[route.name];
    app.route({ method: endpoint.method, url: endpoint.path, handler: (request, reply) => serve(edge, route, endpoint, request, reply) });
  }
  missing.delete("open.openapi");
  if (missing.size > 0) throw new Error(`no route for ${[...missing].join(", ")}`);
  let document: ReturnType<typeof openApi> | undefined; // made when it is first asked for: a start does not wait for it
  app.get(contract["open.openapi"].path, () => (document ??= openApi(contract, edge.version)));
  return app;
};

const callerOf = (edge: Edge, request: FastifyRequest): Caller => ({
  requestId: request.id,
  address: request.ip,
  device: (request.headers["user-agent"] ?? "perangkat tidak dikenal").slice(0, 200),
  cookie: cookieIn(edge, request, "session"),
  browser: cookieIn(edge, request, "browser"),
});

// Hashing, comparing and storing walk a body by recursion; the deepest list in a letter nests some sixty levels.
const deepestBody = 200;

const nestsDeeper = (value: unknown, limit: number): boolean => {
  let level: readonly unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((part) => (typeof part === "object" && part !== null ? Object.values(part) : []));
  }
  return false;
};

const parseInput = (endpoint: Endpoint, request: FastifyRequest): never => {
  if (endpoint.carries !== "upload" && nestsDeeper(request.body, deepestBody)) throw new Malformed([{ path: "", message: "isian bersarang terlalu dalam" }]);
  const parts = [endpoint.params.safeParse(request.params), endpoint.query.safeParse(request.query), endpoint.carries === "upload" ? undefined : endpoint.body.safeParse(request.body ?? ("shape" in endpoint.body ? {} : undefined))];
  const fields = parts.flatMap((part) => (part !== undefined && !part.success ? part.error.issues : [])).map((issue) => ({ path: issue.path.join("."), message: issue.message }));
  if (fields.length > 0) throw new Malformed(fields);
  // The zod objects above are what gives this object its shape; the route's type says the same.
  return Object.assign({}, ...parts.map((part) => part?.data)) as never;
};

class Malformed extends Error {
  readonly fields: readonly { readonly path: string; readonly message: string }[];
  constructor(fields: readonly { readonly path: string; readonly message: string }[]) {
    super("malformed request");
    this.fields = fields;
  }
}

const serve = async (edge: Edge, route: Route, endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
  const caller = callerOf(edge, request);
  reply.header("x-request-id", request.id);
  if (request.method !== "GET" && edge.isClockBehind()) throw new Refused("clock_behind");
  if (route.kind === "public" || route.kind === "publicFile" || route.kind === "cookie") {
    guardOrigin(request);
    const input = parseInput(endpoint, request);
    if (route.kind === "publicFile") return sendFile(reply, await route.handle(input, caller));
    if (route.kind === "public") return sendJson(reply, await route.handle(input, caller));
    const { answer, cookie, browser } = await route.handle(input, caller);
    if (cookie !== undefined) reply.header("set-cookie", cookieOut(edge, "session", cookie, sessionSeconds));
    if (browser !== undefined) reply.header("set-cookie", cookieOut(edge, "browser", browser, browserSeconds));
    return sendJson(reply, answer);
  }
  const by = await edge.authenticate(caller);
  if (by === undefined) throw new Refused("not_signed_in");
  if (by.isHeldBack === true && endpoint.access !== "securing") throw new Refused("account_unsecured");
  guardOrigin(request);
  if (route.kind !== "session") guardPost(request, by); // whoever switches the post says which one he means
  switch (route.kind) {
    case "query": {
      const input = parseInput(endpoint, request);
      await edge.watch(by, route.name, input);
      return sendJson(reply, await readTenant(edge.db, by.tenantId, (tx) => route.handle(tx, input, by)));
    }
    case "command": {
      const input = parseInput(endpoint, request);
      const once = idempotency(edge, request, route.name, by);
      return sendJson(reply, await once.whole((tx) => route.handle(tx, input, by)));
    }
    case "steps": {
      const input = parseInput(endpoint, request);
      const once = idempotency(edge, request, route.name, by);
      return sendJson(reply, (await once.before()) ?? (await route.handle(once.steps, input, by)));
    }
    case "upload": {
      const once = idempotency(edge, request, route.name, by);
      return sendJson(reply, (await once.before()) ?? (await route.handle(once.steps, await readUpload(request), by)));
    }
    case "file":
    case "export": {
      const input = parseInput(endpoint, request);
      await edge.watch(by, route.name, input);
      const send = await (route.kind === "export" ? inTenant : readTenant)(edge.db, by.tenantId, (tx) => route.handle(tx, input, by));
      return sendFile(reply, await send());
    }
    case "session":
      return sendJson(reply, await route.handle(parseInput(endpoint, request), caller, by));
    case "stream": {
      reply.hijack();
      reply.raw.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store", "x-accel-buffering": "no" });
      const closed = new Promise<void>((resolve) => {
        // Who left while we asked who he is has closed already, and says so no more.
        if (reply.raw.destroyed || request.raw.destroyed) resolve();
        else reply.raw.once("close", () => resolve());
      });
      await route.handle(by, (event, data) => { reply.raw.write(`event: ${event}\ndata: ${data}\n\n`); }, closed);
      reply.raw.end();
      return reply;
    }
    default:
      throw route satisfies never;
  }
};

/** A form of another site must not act with our cookie: the browser's own word on the origin decides (with SameSite=Lax as second wall). */
const guardOrigin = (request: FastifyRequest): void => {
  const site = request.headers["sec-fetch-site"];
  if (request.method !== "GET" && (site === "cross-site" || site === "same-site")) throw new Refused("not_yours");
};

/** A screen opened under a mandate that has ended meanwhile, or beside a window that switched the post, must not act in whatever post is left. */
const guardPost = (request: FastifyRequest, by: Actor): void => {
  const meant = request.headers["lontar-post"];
  if (request.method !== "GET" && meant !== undefined && meant !== by.positionId) throw new Refused("post_changed", { post: by.positionTitle });
};

const readUpload = async (request: FastifyRequest): Promise<Upload> => {
  if (!request.isMultipart()) throw new Refused("file_missing");
  const part = await request.file();
  if (part === undefined) throw new Refused("file_missing");
  const field = part.fields["id"];
  const id = field !== undefined && !Array.isArray(field) && field.type === "field" && typeof field.value === "string" ? field.value : "";
  if (!contract["received.show"].params.safeParse({ id }).success) throw new Malformed([{ path: "id", message: "kirim `id` (UUIDv7) sebelum berkas" }]);
  return { id, name: sentName(part.filename), stream: part.file, wasCut: () => part.file.truncated };
};

/** Browsers send these three as they stand in a multipart header (WHATWG HTML, multipart/form-data encoding); everything else comes as it is. */
const escapedInNames: Readonly<Record<string, string>> = { "%22": '"', "%0D": " ", "%0A": " " };
const sentName = (name: string): string => name.replaceAll(/%22|%0D|%0A/gi, (escaped) => escapedInNames[escaped.toUpperCase()] ?? escaped).slice(0, 200).toWellFormed();

const idempotency = (edge: Edge, request: FastifyRequest, endpoint: string, by: Actor) => {
  const header = request.headers["idempotency-key"];
  const key = typeof header === "string" && /^[\w-]{8,64}$/.test(header) ? header : undefined;
  const digest = edge.keyed("request", JSON.stringify([endpoint, request.params, withoutSecrets(request.body)]));
  const given = async (tx: Tx): Promise<unknown> => {
    if (key === undefined) return undefined;
    const row = await tx.selectFrom("request").select(["digest", "answer"]).where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where("key", "=", key).executeTakeFirst();
    if (row !== undefined && row.digest.length > 0 && !row.digest.equals(digest)) throw new Refused("idempotency_mismatch");
    return row?.answer ?? undefined;
  };
  const keep = async <T>(tx: Tx, answer: T): Promise<T> => {
    // Two requests with one key at once: the second waits here, fails on the key, and all of its work is undone.
    if (key !== undefined) await tx.insertInto("request").values({ tenant_id: by.tenantId, person_id: by.personId, key, endpoint, digest, answer: JSON.stringify(answer ?? {}), at: by.at }).execute();
    return answer;
  };
  return {
    /** The answer already given to this key, looked up by itself: before steps that have several transactions. */
    before: (): Promise<unknown> => (key === undefined ? Promise.resolve(undefined) : readTenant(edge.db, by.tenantId, given)),
    /** Look-up, work and answer in one transaction. */
    whole: (work: (tx: Tx) => Promise<unknown>): Promise<unknown> => inTenant(edge.db, by.tenantId, async (tx) => (await given(tx)) ?? keep(tx, await work(tx))),
    steps: {
      transaction: (work) => inTenant(edge.db, by.tenantId, work),
      finish: (work) => inTenant(edge.db, by.tenantId, async (tx) => keep(tx, await work(tx))),
    } satisfies Steps,
  };
};

// Not even a keyed hash of a passphrase is kept.
const withoutSecrets = (body: unknown): unknown =>
  typeof body === "object" && body !== null ? Object.fromEntries(Object.entries(body).filter(([name]) => name !== "passphrase" && name !== "password")) : body;

const sendJson = (reply: FastifyReply, answer: unknown): unknown => {
  reply.header("cache-control", "no-store");
  if (answer === undefined) return reply.code(204).send();
  return reply.send(answer);
};

const inlineKinds = new Set(["application/pdf", "image/png", "image/jpeg", "image/webp", "text/plain; charset=utf-8"]);

const sendFile = (reply: FastifyReply, answer: FileAnswer): unknown => {
  if (answer.gzip === true) reply.header("content-encoding", "gzip");
  const name = answer.name.replaceAll(/[^\w.() -]/g, "_");
  const disposition = answer.inline && inlineKinds.has(answer.mediaType) ? "inline" : "attachment";
  return reply
    .header("content-type", answer.mediaType)
    .header("content-disposition", `${disposition}; filename="${name}"; filename*=UTF-8''${encodeURIComponent(answer.name)}`)
    .header("x-content-type-options", "nosniff")
    .header("content-security-policy", "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'")
    .header("cache-control", answer.shared === "for_ever" ? "public, max-age=31536000, immutable" : answer.shared === "seconds" ? "public, max-age=2" : answer.immutable === true ? "private, max-age=31536000, immutable" : "private, no-store")
    .send(answer.bytes instanceof Uint8Array ? Buffer.from(answer.bytes.buffer, answer.bytes.byteOffset, answer.bytes.byteLength) : answer.bytes);
};

/** Which refusal an error is; anything unknown is ours to mend and says only that. */
const refusalOf = (error: unknown): { readonly code: RefusalCode; readonly facts?: Readonly<Record<string, unknown>>; readonly fields?: Problem["fields"] } | undefined => {
  if (error instanceof Refused) return { code: error.code, facts: error.facts };
  if (error instanceof NotFound) return { code: "not_found" };
  if (error instanceof ConfinedBusy) return { code: "unavailable" };
  if (error instanceof Malformed) return { code: "malformed", fields: error.fields };
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "23505") return { code: "already_exists" };
  if (code === "22P02" || code === "22P05" || code === "22021") return { code: "malformed" }; // a cursor that is no id, a text with U+0000
  if (code === "40001" || code === "40P01") return { code: "stale" };
  if (code === "ENOSPC" || code === "53100") return { code: "disk_full" };
  if (code === "FST_ERR_CTP_BODY_TOO_LARGE") return { code: "file_too_large" };
  if (typeof code === "string" && (code.startsWith("FST_") || code.startsWith("HPE_"))) return { code: "malformed" };
  if (typeof code === "string" && /^(ECONNREFUSED|ENOENT|ECONNRESET|53300|57P0\d|08\w{3})$/.test(code)) return { code: "unavailable" };
  if (error instanceof Error && /Connection terminated|timeout exceeded when trying to connect|not currently accepting connections/.test(error.message)) return { code: "unavailable" };
  return undefined;
};

const sendProblem = (edge: Edge, request: FastifyRequest, reply: FastifyReply, error: unknown): unknown => {
  const known = refusalOf(error);
  if (known === undefined || known.code === "unavailable") edge.log.error({ requestId: request.id, error: describeError(error) }, "request failed");
  const code = known?.code ?? "unavailable";
  const status = known === undefined ? 500 : refusals[code].status;
  // What was asked for that may not be, by name and place; who asked is known by the request, and stands in no log.
  if (known !== undefined) edge.log.info({ requestId: request.id, refusal: code, method: request.method, route: request.routeOptions.url ?? "unknown", status }, "refused");
  const problem: Problem = {
    type: `urn:lontar:${code}`,
    title: refusalSentence(known?.code, request.headers["accept-language"]),
    status,
    code,
    requestId: request.id,
    ...(known?.facts !== undefined && Object.keys(known.facts).length > 0 && { facts: known.facts }),
    ...(known?.fields !== undefined && { fields: known.fields }),
  };
  return reply.code(status).header("content-type", "application/problem+json; charset=utf-8").header("x-request-id", request.id).send(problem);
};
