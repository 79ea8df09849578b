import type { RefusalCode } from "@lontar/contract";
import type { Actor } from "../actor.ts";
import type { Tx } from "../db.ts";
import type { Upload } from "../http.ts";
import { Refused } from "../refusal.ts";
import { DiskFull, TooLarge, type BlobStore, type Staged } from "./blobs.ts";

/** A stored file as the thing that carries it remembers it. */
export type StoredFile = { readonly sha256: string; readonly name: string; readonly mediaType: string; readonly size: number; readonly pages: number };

/** Looks at what bytes on disk really are. */
export type Inspect = (
  path: string,
  name: string,
) => Promise<{ readonly accepted: { readonly mediaType: string; readonly pages: number } } | { readonly refused: RefusalCode; readonly facts: Readonly<Record<string, unknown>> }>;

/** What taking in a file needs. */
export type UploadDeps = { readonly blobs: BlobStore; readonly inspect: Inspect; readonly maxBytes: number };

/**
 * Takes in a file and hands it to `note`, which records it in one transaction. An upload that is cut off, refused or not allowed leaves
 * nothing behind. What a crash after each step leaves: 1 a stray that the next start sweeps away · 2 as in 1 · 3 bytes that nothing names,
 * which `fsck` reports as unused and which the same upload uses again · 4 all of it.
 */
export const takeFile = async <T>(deps: UploadDeps, upload: Upload, note: (file: StoredFile) => Promise<T>): Promise<T> => {
  const staged = await stage(deps, upload); // 1 bytes to a temporary file
  try {
    const look = await deps.inspect(staged.path, upload.name); // 2 what are they really?
    if ("refused" in look) throw new Refused(look.refused, look.facts);
    const stored = await staged.keep(); // 3 they get their name in the store
    return await note({ ...stored, name: nameOf(upload.name), mediaType: look.accepted.mediaType, pages: look.accepted.pages }); // 4
  } finally {
    await staged.drop();
  }
};

/** Notes a file's bytes as known to the tenant; the bytes are in the blob store before this is committed. */
export const rememberBlob = async (tx: Tx, by: Pick<Actor, "tenantId" | "at">, file: { readonly sha256: string; readonly size: number; readonly mediaType: string; readonly pages: number }): Promise<void> => {
  await tx
    .insertInto("blob")
    .values({ tenant_id: by.tenantId, sha256: file.sha256, size: file.size, media_type: file.mediaType, pages: file.pages, at: by.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};

const stage = async (deps: UploadDeps, upload: Upload): Promise<Staged> => {
  try {
    const staged = await deps.blobs.stage(upload.stream, { maxBytes: deps.maxBytes });
    if (!upload.wasCut()) return staged;
    await staged.drop();
    throw new Refused("file_too_large", { limit: deps.maxBytes });
  } catch (error) {
    if (error instanceof Refused) throw error;
    if (error instanceof TooLarge) throw new Refused("file_too_large", { limit: deps.maxBytes });
    if (error instanceof DiskFull) throw new Refused("disk_full");
    if (upload.stream.errored !== null || upload.stream.readableAborted) throw new Refused("file_interrupted");
    throw error;
  }
};

// A browser on Windows may send a whole path; the name is for people and never becomes a path here.
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is removed
const nameOf = (claimed: string): string => (claimed.split(/[/\\]/).at(-1) ?? "").replaceAll(/[\u0000-\u001f\u007f]/g, "").trim() || "pindaian";
