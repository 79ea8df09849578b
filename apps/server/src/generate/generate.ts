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
import { analyse, eventsSoFar, growingTables, noteBlob, openBatch, peopleWithAccount, seriesSoFar, someClassifications, writeBatch, type BatchWriter, type EncodedBatch } from "./store.ts";
import type { Told } from "./tale.ts";
import { openTellers } from "./tellers.ts";
import { subjectOf } from "./words.ts";
import { tellYear } from "./year.ts";

/**
 * What is wanted: so many letters over three years, so many people, the same office for the same seed. With `plant` it is one year, in which the
 * offices also write letters of their own, and in which what does not fit is planted: each of these kinds so often.
 */
export type Wanted = { readonly letters: number; readonly people: number; readonly seed: number; readonly plant?: { readonly codes: readonly string[]; readonly each: number } };

/** So many letters are written, and whether indexes follow; or such an index is being built. */
export type Progress = { readonly letters: number; readonly buildsIndexes: boolean } | { readonly index: string };

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

/** Where something was planted: the kind that should find it, and the things that it should name. */
export type PlantPlace = { readonly code: string; readonly things: readonly Id[] };

/** What was made. */
export type Generated = { readonly letters: number; readonly drafts: number; readonly people: number; readonly events: number; readonly dispositions: number; readonly outgoing: number; readonly planted: readonly PlantPlace[] };

const writersAtOnce = 2;
const toldAhead = 2;
// Indexes are built over all rows there are: that pays where most of them come now.
const worthBuilding = 20_000;
const eventsALetter = 10;
const openDraftShare = 0.06;
const outgoingShare = 0.25;
const openDraftsOfOnePerson = 3;

/** Fills the office: every row comes from the same rules and events as the counter's, so the integrity check finds it whole. */
export const generate = async (given: Generating, wanted: Wanted): Promise<Generated> => {
  const { pool, tenantId, now, threads = 0 } = given;
  const zone = "WITA";
  const system: Actor = { ...systemActor(tenantId, now, localDate(now, zone), zone, "generate"), functions: ["admin"] };
  const total = { letters: 0, drafts: 0, people: 0, events: 0, dispositions: 0, outgoing: 0 };
  const years = wanted.plant === undefined ? 3 : 1;

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
  const offices = await readTenant(given.db, tenantId, (tx) => staffOffices(tx, people.rows, openDice(wanted.seed, -0x8000_0000), system, wanted.people, new Date(beginning({ now, years }) - dayMs).toISOString()));
  if (offices.length === 0) throw new Error("no office has a head, a clerk and staff; ask for more people");
  const staffed = people.close();
  total.people = staffed.states.find(({ table }) => table === "person")?.ids.length ?? 0;
  await hand(staffed);
  await underway.at(-1);

  const world: World = { tenantId, zone, now, seed: wanted.seed, letters: wanted.letters, years, offices, files: await someFiles(given), codes: await someClassifications(pool, 200) };
  const drafts = Math.min(Math.round(wanted.letters * openDraftShare), wanted.people * openDraftsOfOnePerson);
  const series = await seriesSoFar(pool, tenantId);
  const buildsIndexes = wanted.letters >= worthBuilding && wanted.letters * eventsALetter > (await eventsSoFar(pool));
  const planted: PlantPlace[] = [];
  const tellThem = async (): Promise<void> => {
    const tellers = openTellers(world, threads);
    const telling: Promise<Told>[] = [];
    const writeNext = async (): Promise<void> => {
      const told = await telling.shift();
      if (told === undefined) return;
      await hand(told.batch);
      for (const what of ["letters", "drafts", "dispositions"] as const) total[what] += told[what];
      if (told.letters > 0) given.report({ letters: total.letters, buildsIndexes });
    };
    try {
      for (const slice of slicesOf(world, drafts, series)) {
        const told = tellers.tell(slice);
        told.catch(() => undefined); // told when its turn comes to be written
        telling.push(told);
        if (telling.length > threads + toldAhead) await writeNext();
      }
      while (telling.length > 0) await writeNext();
      if (wanted.plant !== undefined) {
        for (const told of tellYear(world, Math.round(wanted.letters * outgoingShare), { ...wanted.plant, withAccount: await peopleWithAccount(pool, tenantId) }, series)) {
          total.outgoing += told.outgoing;
          planted.push(...told.planted);
          await hand(told.batch);
        }
      }
      await underway.at(-1);
    } finally {
      await tellers.close();
      await Promise.allSettled(underway);
    }
  };
  await (buildsIndexes ? withoutIndexes(pool, growingTables, (index) => given.report({ index }), tellThem) : tellThem());
  await analyse(pool);
  return { ...total, planted };
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
