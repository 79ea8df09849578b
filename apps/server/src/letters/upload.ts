import type { contract, RefusalCode, Result } from "@lontar/contract";
import { nobody, type Actor } from "../kernel/actor.ts";
import { DiskFull, TooLarge, type BlobStore, type Staged } from "../kernel/files/blobs.ts";
import type { Steps, Upload } from "../kernel/http.ts";
import { Refused } from "../kernel/refusal.ts";
import { receive } from "./commands.ts";
import { duplicatesOf } from "./queries.ts";
import { decideReceived, noLetter, type LetterFile } from "./received.ts";
import { awaitReading, visibleLetter } from "./store.ts";

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
export const takeFile = async <T>(deps: UploadDeps, upload: Upload, note: (file: LetterFile) => Promise<T>): Promise<T> => {
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

/** Takes in a scan: the letter, its event, the row of the bytes and the reading job. */
export const uploadScan = (deps: UploadDeps) => async (steps: Steps, upload: Upload, by: Actor): Promise<Result<(typeof contract)["received.upload"]>> => {
  // The rule itself is asked before a byte is taken from someone who may not register.
  const file = { sha256: "", name: "", mediaType: "", size: 0, pages: 0 };
  const decision = decideReceived(noLetter, { type: "receive", file, unitId: nobody, registrars: [] }, by);
  if ("refused" in decision) throw new Refused(decision.refused);
  return takeFile(deps, upload, (scan) =>
    steps.finish(async (tx) => {
      await receive(tx, { id: upload.id, file: scan }, by);
      await awaitReading(tx, by.tenantId, scan.sha256, scan.pages, by.at);
      const { letter } = await visibleLetter(tx, upload.id, by);
      return { id: upload.id, duplicates: [...(await duplicatesOf(tx, by.tenantId, letter.unitId, { id: upload.id, scan: scan.sha256, sender: "", number: "", date: "" }))] };
    }));
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
