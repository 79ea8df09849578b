import { inTenant, readTenant, type Database } from "../kernel/db.ts";
import type { BlobStore } from "../kernel/files/blobs.ts";
import type { Id, Source } from "../kernel/ids.ts";
import type { JobPayload, Jobs } from "../kernel/jobs.ts";
import { indexLetter } from "../records/index.ts";
import { findableOf } from "./findable.ts";
import { textOf, type ReadingResult } from "./reading-row.ts";
import type { ReceivedLetter } from "./received.ts";
import { awaitReading, findReading, heldLetter, noteReading, receivedStore, tellDesks } from "./store.ts";

/** Reads a scan: its words, and what they propose for the form. */
export type ReadScan = (bytes: Uint8Array, mediaType: string, onProgress: (pagesRead: number) => Promise<void>) => Promise<ReadingResult>;

/** What the jobs of letters need. */
export type LetterJobDeps = { readonly db: Database; readonly blobs: BlobStore; readonly source: Source; readonly readScan: ReadScan };

// After this many tries the clerk is told that he must type himself; the queue still tries again, for search.
const triesBeforeTelling = 3;

const letterIdOf = (payload: JobPayload): Id => {
  const id = payload["letterId"];
  if (typeof id !== "string") throw new Error("a letter's job names its letter");
  return id;
};

/** Reading scans and making letters findable. Both may run twice: the second time changes nothing. */
export const letterJobs = (deps: LetterJobDeps): Jobs => ({
  "letters.read": (payload, attempt) => read(deps, payload.tenantId, letterIdOf(payload), attempt),
  "letters.index": (payload) => index(deps, payload.tenantId, letterIdOf(payload)),
});

const letterOf = (deps: LetterJobDeps, tenantId: Id, letterId: Id): Promise<ReceivedLetter> =>
  readTenant(deps.db, tenantId, async (tx) => {
    const state = (await receivedStore.find(tx, tenantId, letterId))?.state;
    if (state === undefined || state.status === "belum_ada") throw new Error(`letter ${letterId} of a job is not there`);
    return state;
  });

const read = async (deps: LetterJobDeps, tenantId: Id, letterId: Id, attempt: number): Promise<void> => {
  const letter = await letterOf(deps, tenantId, letterId);
  const scan = letter.files[0];
  if (scan === undefined) return;
  const note = (status: "membaca" | "selesai" | "gagal", pagesRead: number, result: ReadingResult | null): Promise<void> =>
    inTenant(deps.db, tenantId, async (tx) => {
      await noteReading(tx, tenantId, scan.sha256, { status, pagesRead, result, at: deps.source.now() });
      await tellDesks(tx, tenantId, letter.registrars);
    });
  // 1 Take up the reading. Crash: it stays "membaca" and the queue gives the job out again.
  const known = await inTenant(deps.db, tenantId, async (tx) => {
    await awaitReading(tx, tenantId, scan.sha256, scan.pages, deps.source.now());
    return findReading(tx, tenantId, scan.sha256);
  });
  if (known?.status !== "selesai") {
    await note("membaca", 0, null);
    try {
      // 2 Read, outside any transaction. Crash: as in 1, the pages are read anew.
      const result = await deps.readScan(await deps.blobs.bytes(scan.sha256), scan.mediaType, (pagesRead) => note("membaca", pagesRead, null));
      // 3 Keep what was read. Crash before 4: the next run finds it and goes on there.
      await note("selesai", scan.pages, withoutNul(result));
    } catch (error) {
      if (attempt >= triesBeforeTelling) await note("gagal", 0, null);
      throw error;
    }
  }
  // 4 Make it findable.
  await index(deps, tenantId, letterId);
};

// PostgreSQL's jsonb cannot hold U+0000, and a text layer may.
const withoutNul = (result: ReadingResult): ReadingResult => ({
  text: result.text.replaceAll("\u0000", ""),
  proposals: result.proposals.map((proposal) => ({ ...proposal, value: proposal.value.replaceAll("\u0000", ""), raw: proposal.raw.replaceAll("\u0000", "") })),
});

const index = async (deps: LetterJobDeps, tenantId: Id, letterId: Id): Promise<void> => {
  await inTenant(deps.db, tenantId, async (tx) => {
    const letter = await heldLetter(tx, tenantId, letterId);
    if (letter === undefined || letter.status === "dibuang") return;
    const scan = letter.files[0];
    const text = scan === undefined ? "" : textOf((await findReading(tx, tenantId, scan.sha256))?.result);
    await indexLetter(tx, tenantId, findableOf(letterId, letter, text));
  });
};
