import { createHash, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { chmod, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Readable } from "node:stream";

/** The disk or the quota is full; nothing was kept. */
export class DiskFull extends Error {
  override readonly name = "DiskFull";
}

/** More bytes came than the caller allows; nothing was kept. */
export class TooLarge extends Error {
  override readonly name = "TooLarge";
  readonly maxBytes: number;

  constructor(maxBytes: number) {
    super(`more than ${maxBytes} bytes`);
    this.maxBytes = maxBytes;
  }
}

/** No blob with this hash is in the store. */
export class BlobMissing extends Error {
  override readonly name = "BlobMissing";
}

/** What to store: bytes at hand, or bytes that still come in. */
export type BlobSource = Uint8Array | Readable | AsyncIterable<Uint8Array>;

/** The name of stored bytes. */
export type Stored = { readonly sha256: string; readonly size: number };

/** Bytes that are safely on disk but not yet part of the store, so that they can be looked at first. */
export type Staged = Stored & {
  readonly path: string;
  /** Makes them part of the store; they are durable when this returns. */
  readonly keep: () => Promise<Stored>;
  /** Forgets them; harmless after `keep`. */
  readonly drop: () => Promise<void>;
};

/** Answer of a re-hash of stored bytes. */
export type Verdict = { readonly state: "intact" } | { readonly state: "missing" } | { readonly state: "damaged"; readonly found: string };

/** A folder of files named by the SHA-256 of their bytes. Nothing is ever changed in place. */
export type BlobStore = {
  /** Streams to a temporary file, hashing as it goes; throws `TooLarge` or `DiskFull`. */
  readonly stage: (source: BlobSource, limit: { readonly maxBytes: number }) => Promise<Staged>;
  /** `stage`, then `keep`. */
  readonly put: (source: BlobSource, limit: { readonly maxBytes: number }) => Promise<Stored>;
  /** The bytes as a stream; throws `BlobMissing` before the first byte. */
  readonly get: (sha256: string) => Promise<Readable>;
  /** The bytes at once; throws `BlobMissing`. */
  readonly bytes: (sha256: string) => Promise<Uint8Array>;
  /** Where the bytes are, whether or not they are there. */
  readonly path: (sha256: string) => string;
  readonly has: (sha256: string) => Promise<boolean>;
  /** Re-hashes what the disk holds. */
  readonly verify: (sha256: string) => Promise<Verdict>;
  /** Do the bytes on the disk begin with those of an earlier file? */
  readonly beginsWith: (sha256: string, earlier: Stored) => Promise<boolean>;
  /** Every hash in the store, in order. */
  readonly list: () => AsyncGenerator<string>;
};

/** The part of an open file that storing needs; a test hands in a disk that is full. */
export type Sink = {
  readonly write: (bytes: Uint8Array) => Promise<{ readonly bytesWritten: number }>;
  readonly sync: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A temporary file that nobody has written to for this long belongs to a process that is gone. */
export const staleAfterMs = 60 * 60 * 1000;

/** How a store is opened; the defaults are the real disk and the real clock. */
export type BlobStoreOptions = { readonly now?: () => number; readonly create?: (path: string) => Promise<Sink> };

/**
 * Opens the store in `dir`, making it when it is not there, and removes temporary files that a crash left behind.
 * Several processes may share the folder: a temporary file still being written is left alone.
 */
export const openBlobStore = async (dir: string, options: BlobStoreOptions = {}): Promise<BlobStore> => {
  const now = options.now ?? Date.now;
  const create = options.create ?? ((path: string): Promise<Sink> => open(path, "wx", 0o600));
  const incoming = join(dir, "incoming");
  await mkdir(incoming, { recursive: true, mode: 0o700 });
  await sweep(incoming, now() - staleAfterMs);

  const path = (sha256: string): string => {
    if (!isHash(sha256)) throw new TypeError("a blob is named by 64 lower-case hex digits");
    return join(dir, sha256.slice(0, 2), sha256);
  };

  const stage: BlobStore["stage"] = async (source, { maxBytes }) => {
    // 1 A file nobody else has, not readable by others. Crash: an empty stray, swept at a later start.
    const temporary = join(incoming, randomUUID());
    const drop = (): Promise<void> => rm(temporary, { force: true });
    try {
      const sink = await create(temporary);
      // 2 Bytes go to disk and through the hash. Crash: a stray as in 1; no name points at it.
      // 3 The bytes are forced to the platter. Crash: as before.
      const stored = await fill(sink, source, maxBytes);
      return { ...stored, path: temporary, drop, keep: () => keep(temporary, stored) };
    } catch (error) {
      await drop();
      throw asDiskFull(error);
    }
  };

  const keep = async (temporary: string, stored: Stored): Promise<Stored> => {
    const target = path(stored.sha256);
    const shard = join(dir, stored.sha256.slice(0, 2));
    try {
      // 4 The folder of the first two digits, durable before anything is in it. Crash: an empty folder.
      if ((await mkdir(shard, { recursive: true, mode: 0o700 })) !== undefined) await syncFolder(dir);
      // 5 Read-only, so that no later mistake writes into it. Crash: a stray as in 1.
      await chmod(temporary, 0o400);
      // 6 The name appears, whole or not at all. The same bytes over the same bytes: a damaged copy is healed by storing it again.
      await rename(temporary, target);
      // 7 The name is forced to the platter. A crash before this may lose the name, but then nobody was told that the bytes are kept.
      await syncFolder(shard);
      return stored;
    } catch (error) {
      throw asDiskFull(error);
    }
  };

  return {
    stage,
    put: async (source, limit) => {
      const staged = await stage(source, limit);
      try {
        return await staged.keep();
      } finally {
        await staged.drop();
      }
    },
    get: async (sha256) => {
      const file = await open(path(sha256), "r").catch((error: unknown) => {
        throw asMissing(error, sha256);
      });
      return file.createReadStream();
    },
    bytes: async (sha256) =>
      new Uint8Array(
        await readFile(path(sha256)).catch((error: unknown) => {
          throw asMissing(error, sha256);
        }),
      ),
    path,
    has: (sha256) =>
      stat(path(sha256)).then(
        (entry) => entry.isFile(),
        (error: unknown) => {
          if (codeOf(error) === "ENOENT") return false;
          throw error;
        },
      ),
    verify: async (sha256) => {
      try {
        const hash = createHash("sha256");
        for await (const chunk of createReadStream(path(sha256))) hash.update(chunk);
        const found = hash.digest("hex");
        return found === sha256 ? { state: "intact" } : { state: "damaged", found };
      } catch (error) {
        if (codeOf(error) === "ENOENT") return { state: "missing" };
        throw error;
      }
    },
    beginsWith: async (sha256, earlier) => {
      try {
        const hash = createHash("sha256");
        let size = 0;
        for await (const chunk of createReadStream(path(sha256), { start: 0, end: Math.max(0, earlier.size - 1) })) {
          hash.update(chunk);
          size += chunk.length;
        }
        return size === earlier.size && hash.digest("hex") === earlier.sha256;
      } catch (error) {
        if (codeOf(error) === "ENOENT") return false;
        throw error;
      }
    },
    list: async function* () {
      const shards = (await readdir(dir)).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
      for (const shard of shards) yield* (await readdir(join(dir, shard))).filter((name) => isHash(name) && name.startsWith(shard)).sort();
    },
  };
};

const fill = async (sink: Sink, source: BlobSource, maxBytes: number): Promise<Stored> => {
  const hash = createHash("sha256");
  let size = 0;
  try {
    for await (const chunk of source instanceof Uint8Array ? [source] : source) {
      size += chunk.length;
      if (size > maxBytes) throw new TooLarge(maxBytes);
      hash.update(chunk);
      for (let at = 0; at < chunk.length; ) at += (await sink.write(chunk.subarray(at))).bytesWritten;
    }
    await sink.sync();
  } finally {
    await sink.close();
  }
  return { sha256: hash.digest("hex"), size };
};

const sweep = async (folder: string, before: number): Promise<void> => {
  for (const name of await readdir(folder)) {
    const stray = join(folder, name);
    // Another process may finish or sweep the same file between the listing and here.
    const entry = await stat(stray).catch((error: unknown) => {
      if (codeOf(error) === "ENOENT") return undefined;
      throw error;
    });
    if (entry !== undefined && entry.mtimeMs < before) await rm(stray, { force: true });
  }
};

const syncFolder = async (folder: string): Promise<void> => {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
};

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);

const asDiskFull = (error: unknown): unknown => {
  const code = codeOf(error);
  return code === "ENOSPC" || code === "EDQUOT" ? new DiskFull("no room on the disk for a file", { cause: error }) : error;
};

const asMissing = (error: unknown, sha256: string): unknown => (codeOf(error) === "ENOENT" ? new BlobMissing(`no blob ${sha256}`, { cause: error }) : error);
