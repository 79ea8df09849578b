import type { NoteSigner } from "@lontar/ledger";
import type pg from "pg";
import { sequenceTenant } from "../audit/index.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { readTenant, type Database } from "../kernel/db.ts";
import { withoutIndexes } from "../kernel/indexes.ts";
import { localDate, type Id } from "../kernel/ids.ts";
import type { StoredFile } from "../kernel/files/take.ts";
import { openDice } from "./dice.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { staffOffices } from "./people.ts";
import { beginning, dayMs, slicesOf, type World } from "./plan.ts";
import { analyse, eventsSoFar, growingTables, noteBlob, openBatch, seriesSoFar, someClassifications, writeBatch, type BatchWriter, type EncodedBatch } from "./store.ts";
import type { Told } from "./tale.ts";
import { openTellers } from "./tellers.ts";
import { subjectOf } from "./words.ts";

/** What is wanted: so many letters over three years, so many people, the same office for the same seed. */
export type Wanted = { readonly letters: number; readonly people: number; readonly seed: number };

/** So many letters are written, or such an index is being built. */
export type Progress = { readonly letters: number } | { readonly index: string };

/** What generating works with. */
export type Generating = {
  readonly db: Database;
  readonly pool: pg.Pool;
  readonly tenantId: Id;
  readonly now: string;
  readonly putFile: (bytes: Uint8Array) => Promise<{ readonly sha256: string; readonly size: number }>;
  /** Who signs the head of the log: every event has its place in it when its batch is written. */
  readonly signer: NoteSigner;
  /** So many threads tell stories beside this one; with none, this one tells them. The office is the same. */
  readonly threads?: number;
  readonly report: (done: Progress) => void;
};

/** What was made. */
export type Generated = { readonly letters: number; readonly drafts: number; readonly people: number; readonly events: number; readonly dispositions: number };

const writersAtOnce = 2;
const toldAhead = 2;
// Indexes are built over all rows there are: that pays where most of them come now.
const worthBuilding = 20_000;
const eventsALetter = 10;
const openDraftShare = 0.06;
const openDraftsOfOnePerson = 3;

/** Fills the office: every row comes from the same rules and events as the counter's, so the integrity check finds it whole. */
export const generate = async (given: Generating, wanted: Wanted): Promise<Generated> => {
  const { pool, tenantId, now, threads = 0 } = given;
  const zone = "WITA";
  const system: Actor = { ...systemActor(tenantId, now, localDate(now, zone), zone, "generate"), functions: ["admin"] };
  const total = { letters: 0, drafts: 0, people: 0, events: 0, dispositions: 0 };

  const writer: BatchWriter = { pool, tenantId, signer: given.signer, now: () => now };
  let underway: readonly Promise<void>[] = [];
  /** Hands the batch over and goes on with the next while the database writes; a batch is whole only after those before it. */
  const hand = async (batch: EncodedBatch): Promise<void> => {
    if (underway.length === writersAtOnce) await underway[0];
    const writing = writeBatch(writer, batch, underway.at(-1) ?? Promise.resolve());
    writing.catch(() => undefined); // told by whoever waits for it next; a rejection in between is not unheard
    underway = [...underway, writing].slice(-writersAtOnce);
    total.events += batch.events;
  };
  while ((await sequenceTenant(pool, tenantId, given.signer, writer.now)) > 0); // what happened before has its place before
  const people = openBatch(tenantId);
  const offices = await readTenant(given.db, tenantId, (tx) => staffOffices(tx, people.rows, openDice(wanted.seed, -0x8000_0000), system, wanted.people, new Date(beginning({ now }) - dayMs).toISOString()));
  if (offices.length === 0) throw new Error("no office has a head, a clerk and staff; ask for more people");
  const staffed = people.close();
  total.people = staffed.states.find(({ table }) => table === "person")?.ids.length ?? 0;
  await hand(staffed);
  await underway.at(-1);

  const world: World = { tenantId, zone, now, seed: wanted.seed, letters: wanted.letters, offices, files: await someFiles(given), codes: await someClassifications(pool, 200) };
  const drafts = Math.min(Math.round(wanted.letters * openDraftShare), wanted.people * openDraftsOfOnePerson);
  const tellThem = async (): Promise<void> => {
    const tellers = openTellers(world, threads);
    const telling: Promise<Told>[] = [];
    const writeNext = async (): Promise<void> => {
      const told = await telling.shift();
      if (told === undefined) return;
      await hand(told.batch);
      for (const what of ["letters", "drafts", "dispositions"] as const) total[what] += told[what];
      if (told.letters > 0) given.report({ letters: total.letters });
    };
    try {
      for (const slice of slicesOf(world, drafts, await seriesSoFar(pool, tenantId))) {
        const told = tellers.tell(slice);
        told.catch(() => undefined); // told when its turn comes to be written
        telling.push(told);
        if (telling.length > threads + toldAhead) await writeNext();
      }
      while (telling.length > 0) await writeNext();
      await underway.at(-1);
    } finally {
      await tellers.close();
      await Promise.allSettled(underway);
    }
  };
  const isWorthIt = wanted.letters >= worthBuilding && wanted.letters * eventsALetter > (await eventsSoFar(pool));
  await (isWorthIt ? withoutIndexes(pool, growingTables, (index) => given.report({ index }), tellThem) : tellThem());
  await analyse(pool);
  return total;
};

/** The scans that generated letters carry. */
const someFiles = async ({ pool, tenantId, now, putFile }: Generating): Promise<readonly StoredFile[]> => {
  const files: StoredFile[] = [];
  for (let n = 0; n < 20; n += 1) {
    const stored = await putFile(plainPdf(["SURAT CONTOH", `Berkas rekaan ${n + 1} untuk kantor besar`, ...Array.from({ length: 12 }, (_, line) => subjectOf(n * 12 + line))]));
    await noteBlob(pool, tenantId, stored, now);
    files.push({ ...stored, name: `pindaian-${n + 1}.pdf`, mediaType: "application/pdf", pages: 1 });
  }
  return files;
};
