import { randomBytes } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { join } from "node:path";
import { formatVerifierKey, SIGNATURE_TYPE, type NoteSigner, type PolicyLog } from "@lontar/ledger";
import { formatSignerKey, parseSignerKey, SEED_BYTES, signerFromSeed } from "@lontar/ledger/node";
import { describeError, type Log } from "../kernel/log.ts";
import { openBook, type Book } from "./book.ts";
import { publishedAt } from "./transport.ts";

/** What a witness is started with. It has a folder and a key of its own, and no database. */
export type WitnessSettings = {
  readonly folder: string;
  /** The name under which it cosigns; kept with its key at the first start. */
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Whom it listens to: the `log` lines of a tlog-policy. */
  readonly logs: readonly PolicyLog[];
  readonly isMirror: boolean;
  /** Seconds since 1970, by its own clock. */
  readonly now: () => number;
  readonly log: Log;
};

/** A running witness, and the key by which it is known. */
export type RunningWitness = { readonly url: string; readonly verifierKey: string; readonly stop: () => Promise<void> };

// 63 hashes and a note with 64 signatures fit well.
const mostBodyBytes = 100_000;
const requestMs = 60_000;

/** Starts a witness (c2sp.org/tlog-witness): `POST /add-checkpoint`, and for monitors `GET /<origin hash>/checkpoint` and, of a mirror, its tiles. */
export const startWitness = async (settings: WitnessSettings): Promise<RunningWitness> => {
  const signer = await witnessSigner(settings.folder, settings.name);
  const book = openBook({ folder: join(settings.folder, "logs"), signer, logs: settings.logs, now: settings.now, copyFrom: settings.isMirror ? publishedAt : undefined });
  const server = createServer({ requestTimeout: requestMs }, (request, response) => {
    serve(book, settings, request, response).catch((error: unknown) => {
      settings.log.error({ error: describeError(error) }, "a request failed");
      if (!response.headersSent) response.writeHead(500, plain);
      response.end("the witness cannot answer\n");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(settings.port, settings.host, () => resolve());
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : settings.port;
  return {
    url: `http://${settings.host.includes(":") ? `[${settings.host}]` : settings.host}:${port}`,
    verifierKey: formatVerifierKey(signer.key),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const plain = { "content-type": "text/plain; charset=utf-8" } as const;

const serve = async (book: Book, { log }: WitnessSettings, request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  if (path === "/add-checkpoint") {
    if (request.method !== "POST") return end(response, 405, plain, "POST only\n");
    const body = await bodyOf(request);
    if (body === undefined) return end(response, 413, plain, "too long\n");
    const answer = await book.add(body);
    if (answer.reason === "cosigned") log.info({ origin: answer.origin }, "cosigned");
    else log.warn({ origin: answer.origin, reason: answer.reason }, "not cosigned");
    return end(response, answer.status, { "content-type": answer.mediaType }, answer.body);
  }
  if (path === "/healthz") return end(response, 200, plain, "ok\n");
  const [, originHash, rest] = /^\/([0-9a-f]{64})\/(.+)$/.exec(path) ?? [];
  if (request.method !== "GET" || originHash === undefined || rest === undefined) return end(response, 404, plain, "not found\n");
  if (rest === "checkpoint") {
    const note = await book.checkpoint(originHash);
    return note === undefined ? end(response, 404, plain, "not found\n") : end(response, 200, { ...plain, "cache-control": "no-store" }, note);
  }
  const bytes = await book.file(originHash, rest);
  if (bytes === undefined) return end(response, 404, plain, "not found\n");
  return end(response, 200, { "content-type": "application/octet-stream", "cache-control": "public, max-age=31536000, immutable" }, bytes);
};

const end = (response: ServerResponse, status: number, headers: Readonly<Record<string, string>>, body: string | Uint8Array): void => {
  response.writeHead(status, { ...headers, "x-content-type-options": "nosniff" });
  response.end(body);
};

const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > mostBodyBytes) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
};

/** The key of a witness, made at its first start and kept with mode 0600. Whoever reads that file cosigns as this witness. */
const witnessSigner = async (folder: string, name: string): Promise<NoteSigner> => {
  const path = join(folder, "witness.key");
  const kept = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (kept !== undefined) {
    const read = parseSignerKey(kept.trim());
    if ("refused" in read) throw new Error(`the key ${path} cannot be read; restore it from the backup`);
    if (read.value.key.name !== name) throw new Error(`the key ${path} is that of ${read.value.key.name}, not of ${name}: a witness keeps its name`);
    return read.value;
  }
  const seed = randomBytes(SEED_BYTES);
  const signer = signerFromSeed(name, SIGNATURE_TYPE.cosignatureV1, seed);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(path, `${formatSignerKey(signer, seed)}\n`, { mode: 0o600, flag: "wx" });
  return signer;
};
