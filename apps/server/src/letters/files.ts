import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { BlobStore } from "../kernel/files/blobs.ts";
import { ConfinedFault } from "../kernel/files/confined.ts";
import type { StoredFile } from "../kernel/files/take.ts";
import type { FileAnswer } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { mayReadInside } from "../kernel/state.ts";
import { receivedStore } from "./store.ts";

/**
 * A file as it is sent. Only what is Biasa/Terbuka may stay in the cache of a browser, which others may use after him; of a file that is
 * shown `onScreenOnly` (Sangat Rahasia, domain §1.8) the pages are drawn and no copy leaves.
 */
export type SentFile = StoredFile & { readonly isOpen: boolean; readonly onScreenOnly: boolean };

/** Finds a file that a letter of some kind carries, for someone who may read the letter; nothing when it is not that letter's, or not for him. */
export type FileOwner = (tx: Tx, letterId: Id, sha256: string, by: Actor) => Promise<SentFile | undefined>;

/** Draws one page of a file. */
export type DrawPage = (bytes: Uint8Array, mediaType: string, page: number, widthPx: number) => Promise<{ readonly bytes: Uint8Array; readonly mediaType: string } | undefined>;

/** What sending files needs; `owners` are the letters of modules that come later in the order. `noteReading` sees to it that nobody gets the bytes of a secret letter without an event that says so. */
export type FileDeps = { readonly blobs: BlobStore; readonly draw: DrawPage; readonly owners: readonly FileOwner[]; readonly noteReading: (letterId: Id, by: Actor) => Promise<void> };

/** What the security class of its letter means for a file. */
export const standingOf = (security: "B" | "T" | "R" | "SR" | undefined): Pick<SentFile, "isOpen" | "onScreenOnly"> => ({ isOpen: security === "B", onScreenOnly: security === "SR" });

/** The file, when it belongs to a letter that this person may read inside. */
export const readableFile = async (tx: Tx, owners: readonly FileOwner[], letterId: Id, sha256: string, by: Actor): Promise<SentFile> => {
  if (!(await mayReadInside(tx, letterId, by))) throw new NotFound("file");
  const received = (await receivedStore.find(tx, by.tenantId, letterId))?.state;
  if (received !== undefined && received.status !== "belum_ada") {
    const file = received.files.find((candidate) => candidate.sha256 === sha256);
    if (file !== undefined) return { ...file, ...standingOf(received.facts?.security) };
  }
  for (const owner of owners) {
    const file = await owner(tx, letterId, sha256, by);
    if (file !== undefined) return file;
  }
  throw new NotFound("file");
};

/** The original bytes, unchanged. */
export const sendOriginal = (deps: FileDeps) => async (tx: Tx, input: { readonly id: Id; readonly sha256: string; readonly download?: "1" | undefined }, by: Actor): Promise<() => Promise<FileAnswer>> => {
  const file = await readableFile(tx, deps.owners, input.id, input.sha256, by);
  if (file.onScreenOnly) throw new Refused("secret_on_screen_only");
  return async () => {
    if (!file.isOpen) await deps.noteReading(input.id, by);
    return { bytes: await deps.blobs.get(file.sha256), mediaType: file.mediaType, name: file.name, inline: input.download === undefined, immutable: file.isOpen };
  };
};

// Pages over which the drawing thread had to be killed. Hostile pages are few; of very many the oldest are tried again.
const mostUndrawable = 1000;

/** One page as a picture, for the viewer and for thumbnails. A page that kills its drawer holds everyone up once, not at each look. */
export const sendPage = (deps: FileDeps) => {
  const undrawable = new Set<string>();
  const draw = async (sha256: string, mediaType: string, page: number, width: number): ReturnType<DrawPage> => {
    const place = `${sha256}/${page}`;
    if (undrawable.has(place)) return undefined;
    return deps.draw(await deps.blobs.bytes(sha256), mediaType, page, width).catch((error: unknown) => {
      if (!(error instanceof ConfinedFault)) throw error;
      for (const oldest of undrawable) if (undrawable.size >= mostUndrawable) undrawable.delete(oldest);
      undrawable.add(place);
      return undefined;
    });
  };
  return async (tx: Tx, input: { readonly id: Id; readonly sha256: string; readonly page: number; readonly width: number }, by: Actor): Promise<() => Promise<FileAnswer>> => {
    const file = await readableFile(tx, deps.owners, input.id, input.sha256, by);
    if (input.page > file.pages) throw new NotFound("page");
    return async () => {
      if (!file.isOpen) await deps.noteReading(input.id, by);
      const picture = await draw(file.sha256, file.mediaType, input.page, input.width);
      if (picture === undefined) throw new NotFound("page");
      return { bytes: picture.bytes, mediaType: picture.mediaType, name: `halaman-${input.page}`, inline: true, immutable: file.isOpen };
    };
  };
};
