import { mkdir, open, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import {
  cosign, cosignatureScheme, ed25519Scheme, formatNote, formatSignatures, judgeCheckpoint, openNote, parseCheckpoint, parseNote, sha256, toHex, utf8,
  type NoteSigner, type PolicyLog, type TreeHead, type WatchedLog, type WitnessRefusal,
} from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import { openLogFolder, type LogFolder } from "./folder.ts";
import { copyLog } from "./mirror.ts";
import type { ReadPublished } from "./transport.ts";

/** A witness's answer to a request, ready for HTTP. */
export type WitnessAnswer = { readonly status: 200 | 400 | 403 | 404 | 409 | 422 | 503; readonly mediaType: string; readonly body: string; readonly reason: WitnessRefusal["reason"] | "cosigned" | "not_copied" | "copy_differs"; readonly origin: string | undefined };

/** What a witness has seen of each log, kept where a crash cannot lose it: that is the whole worth of a witness. */
export type Book = {
  /** Judges a request, and cosigns when history was only added to. Of one log one request at a time. */
  readonly add: (body: string) => Promise<WitnessAnswer>;
  /** The newest checkpoint it cosigned of a log, by the SHA-256 of the log's origin, with its cosignature. */
  readonly checkpoint: (originHash: string) => Promise<string | undefined>;
  /** A file of the copy it keeps of a log. */
  readonly file: (originHash: string, path: string) => Promise<Uint8Array | undefined>;
};

/** What a book is kept with. `copyFrom` makes the witness a mirror: it cosigns only what it has a checked copy of. */
export type BookSettings = {
  readonly folder: string;
  readonly signer: NoteSigner;
  readonly logs: readonly PolicyLog[];
  readonly now: () => number;
  readonly copyFrom: ((url: string) => ReadPublished) | undefined;
};

const schemes = [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)];
const originHashOf = (origin: string): string => toHex(sha256(utf8(origin)));
// A log that lies is worth remembering; one that lies all day long must not fill the disk.
const evidenceLimit = 100;

/** Opens the book of a witness. */
export const openBook = ({ folder, signer, logs, now, copyFrom }: BookSettings): Book => {
  const byHash = new Map(logs.map((log) => [originHashOf(log.key.name), log]));
  const folderOf = (originHash: string): LogFolder => openLogFolder(join(folder, originHash));
  const queues = new Map<string, Promise<unknown>>();

  /** What was cosigned last. A file that does not open with our own key is not what we wrote: then nothing is cosigned until a person has looked. */
  const lastOf = async (originHash: string): Promise<TreeHead | undefined> => {
    const note = await folderOf(originHash).checkpoint();
    if (note === undefined) return undefined;
    const opened = await openNote(note, { keys: [signer.key], schemes });
    const checkpoint = "value" in opened ? parseCheckpoint(opened.value.text) : opened;
    if ("refused" in checkpoint) throw new Error(`the checkpoint that this witness keeps in ${originHash} is damaged; restore it from the backup of the witness`);
    return checkpoint.value;
  };

  const keepEvidence = async (originHash: string, note: string): Promise<void> => {
    const path = join(folder, originHash, "refused");
    await mkdir(path, { recursive: true });
    const name = `${toHex(sha256(utf8(note)))}.note`;
    const kept = await readdir(path);
    if (kept.includes(name) || kept.length >= evidenceLimit) return;
    const file = await open(join(path, `${name}.tmp`), "w", 0o600);
    try {
      await file.writeFile(note);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(join(path, `${name}.tmp`), join(path, name));
  };

  const judge = async (body: string, originHash: string | undefined): Promise<WitnessAnswer> => {
    const log = originHash === undefined ? undefined : byHash.get(originHash);
    const watched: WatchedLog | undefined = originHash === undefined || log === undefined ? undefined : { keys: [log.key], last: await lastOf(originHash) };
    const verdict = await judgeCheckpoint(body, () => watched, schemes);
    const origin = log?.key.name;
    if ("refused" in verdict) {
      const { reason } = verdict.refused;
      if (originHash !== undefined && verdict.note !== undefined && (reason === "conflict" || reason === "not_an_extension")) await keepEvidence(originHash, verdict.note);
      return { ...refusal(verdict.refused), origin };
    }
    if (originHash === undefined || log === undefined) throw new Error("broken assumption: only a known log is cosigned");
    const kept = folderOf(originHash);
    const { checkpoint, text, note } = verdict.value;
    if (copyFrom !== undefined && log.url !== undefined) {
      const copied = await copyLog(copyFrom(log.url), kept, checkpoint); // 1 the copy. Crash: it goes on from there.
      if (copied.state === "false") {
        await keepEvidence(originHash, note);
        return { status: 422, mediaType: "text/plain; charset=utf-8", body: `${copied.path} is not what the checkpoint says\n`, reason: "copy_differs", origin };
      }
      if (copied.state === "missing") return { status: 503, mediaType: "text/plain; charset=utf-8", body: `${copied.path} is not there\n`, reason: "not_copied", origin };
    }
    const signature = await cosign(text, now(), signer);
    const parsed = parseNote(note);
    if ("refused" in parsed) throw new Error("broken assumption: what was judged is a note");
    const signatures = parsed.value.signatures.filter(({ name, keyId }) => name === log.key.name && keyId === log.key.keyId);
    await kept.show(formatNote({ text, signatures: [...signatures, signature] })); // 2 kept before it is said. Crash: we have seen it and nobody knows, which harms nobody.
    return { status: 200, mediaType: "text/plain; charset=utf-8", body: formatSignatures([signature]), reason: "cosigned", origin };
  };

  return {
    add: async (body) => {
      const originHash = originOf(body);
      if (originHash === undefined || !byHash.has(originHash)) return judge(body, originHash); // a queue for whatever name a stranger invents would fill the memory
      const turn = (queues.get(originHash) ?? Promise.resolve()).then(() => judge(body, originHash));
      queues.set(originHash, turn.catch(() => undefined)); // told to its own caller; the next in the queue has its own question
      return turn;
    },
    checkpoint: async (originHash) => (byHash.has(originHash) ? folderOf(originHash).checkpoint() : undefined),
    file: async (originHash, path) => (byHash.has(originHash) ? folderOf(originHash).read(path) : undefined),
  };
};

/** Which log a request speaks of: the first line of its checkpoint, not believed yet. */
const originOf = (body: string): string | undefined => {
  const border = body.indexOf("\n\n");
  const origin = border < 0 ? undefined : body.slice(border + 2).split("\n", 1)[0];
  return origin === undefined || origin === "" ? undefined : originHashOf(origin);
};

const refusal = (refused: WitnessRefusal): Omit<WitnessAnswer, "origin"> =>
  refused.status === 409
    ? { status: 409, mediaType: "text/x.tlog.size", body: `${refused.size}\n`, reason: refused.reason }
    : { status: refused.status, mediaType: "text/plain; charset=utf-8", body: `${refused.reason}\n`, reason: refused.reason };
