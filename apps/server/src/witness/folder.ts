import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { entriesPath, parseTilePath, tilePath, TILE_WIDTH, utf8, type Resource } from "@lontar/ledger";
import type { Id } from "../kernel/ids.ts";

/** A file of a published log. */
export type LogFile = { readonly resource: Resource; readonly bytes: Uint8Array };

/**
 * One log as files, laid out so that any web server could hand the folder out (c2sp.org/tlog-tiles). What is in it follows from the
 * database; what it must never do is show a checkpoint whose tiles are not on the platter.
 */
export type LogFolder = {
  /** So many leaves have all their tiles and entries here, durably. */
  readonly size: () => Promise<number>;
  /** The published checkpoint, with the cosignatures it has. */
  readonly checkpoint: () => Promise<string | undefined>;
  /** A tile or an entry bundle by the path that a client asked for; nothing where there is none. */
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  /** Adds tiles and entries; when this returns they are on the platter. */
  readonly add: (files: readonly LogFile[]) => Promise<void>;
  /** Remembers how far `add` has come. */
  readonly reach: (size: number) => Promise<void>;
  /** Shows this checkpoint from now on. */
  readonly show: (checkpoint: string) => Promise<void>;
};

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
const textOf = async (path: string): Promise<string | undefined> =>
  readFile(path, "utf8").catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });

/** The path of a tile or an entry bundle below its log's folder. */
export const pathOf = (resource: Resource): string => (resource.kind === "tile" ? tilePath(resource.tile) : entriesPath(resource.bundle));

/** The folder of one government's log below the installation's. */
export const logFolder = (root: string, tenantId: Id): LogFolder => openLogFolder(join(root, tenantId));

/** Opens a log's folder; it is made when the first file is written. */
export const openLogFolder = (folder: string): LogFolder => ({
  size: async () => {
    const text = await textOf(join(folder, "size"));
    return text === undefined || !/^\d{1,15}\n$/.test(text) ? 0 : Number(text); // unreadable: everything is written once more
  },
  checkpoint: () => textOf(join(folder, "checkpoint")),
  read: async (path) => {
    if ("refused" in parseTilePath(path)) return undefined; // only the one spelling of a tile: it cannot climb out of the folder
    return readFile(join(folder, path)).then((bytes) => new Uint8Array(bytes), (error: unknown) => {
      if (isMissing(error)) return undefined;
      throw error;
    });
  },
  add: async (files) => {
    const folders = new Set<string>();
    for (const { resource, bytes } of files) {
      const path = join(folder, pathOf(resource));
      await write(path, bytes);
      folders.add(dirname(path));
    }
    for (const path of folders) await syncFolder(path);
    // A partial tile is superseded by the full one (tlog-tiles, *Partial Tiles*); a crash between leaves both, which is allowed.
    for (const { resource } of files) if (isFull(resource)) await rm(join(folder, `${pathOf(resource)}.p`), { recursive: true, force: true });
  },
  reach: (size) => replace(folder, "size", `${size}\n`),
  show: (checkpoint) => replace(folder, "checkpoint", checkpoint),
});

const isFull = (resource: Resource): boolean => (resource.kind === "tile" ? resource.tile.width : resource.bundle.width) === TILE_WIDTH;

const replace = async (folder: string, name: string, text: string): Promise<void> => {
  await write(join(folder, name), utf8(text));
  await syncFolder(folder);
};

/** Whole or not at all: forced to the platter under another name, then renamed. The caller forces the folder. */
const write = async (path: string, bytes: Uint8Array): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.tmp`;
  const file = await open(temporary, "w", 0o644);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, path);
};

const syncFolder = async (path: string): Promise<void> => {
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
};

/** Reads the published files of a log from a folder, as `publishedAt` does from an address. */
export const publishedIn = (folder: string): ((path: string) => Promise<Uint8Array | undefined>) => {
  const { checkpoint, read } = openLogFolder(folder);
  return async (path) => {
    if (path !== "checkpoint") return read(path);
    const note = await checkpoint();
    return note === undefined ? undefined : utf8(note);
  };
};
