import type { Id } from "../kernel/ids.ts";
import { openDice } from "./dice.ts";
import { atWork } from "./hours.ts";
import { ordinaryNaskah, type Writing } from "./outgoing.ts";
import { beginning, dayMs, type World } from "./plan.ts";
import { openSoil, ordinaryOffice, plantingAt, plants } from "./plants/index.ts";
import { openBatch, type EncodedBatch } from "./store.ts";
import { walk } from "./tale.ts";

/** A part of the year as it is handed to the database. */
export type YearPart = { readonly batch: EncodedBatch; readonly outgoing: number; readonly planted: readonly { readonly code: string; readonly things: readonly Id[] }[] };

const batchLength = 500;
const outgoingStream = -0x4000_0000;
// What is planted has to ripen before the present: the slowest takes some three months.
const firstShare = 0.02;
const lastShare = 0.62;

/** The letters that the offices of one year write themselves, oldest first, and among them what does not fit. `series` goes on. */
export function* tellYear(world: World, outgoing: number, wanted: Wanted, series: Map<string, number>): Generator<YearPart> {
  const yearMs = world.years * 365 * dayMs;
  const offices = settled(world, wanted.withAccount);
  if (offices.length === 0) throw new Error("no office has been staffed for a whole year without accounts of its own; plant into a fresh one");
  for (let from = 0; from < outgoing; from += batchLength) {
    const batch = openBatch(world.tenantId);
    const to = Math.min(from + batchLength, outgoing);
    for (let n = from; n < to; n += 1) {
      const dice = openDice(world.seed, outgoingStream + n);
      const startMs = atWork(beginning(world) + ((n + dice.roll()) / outgoing) * yearMs, world.zone, dice);
      if (startMs < Date.parse(world.now)) ordinaryNaskah({ world, batch, dice, series }, walk(world, dice, startMs), dice.pick(offices));
    }
    yield { batch: batch.close(), outgoing: to - from, planted: [] };
  }
  yield planted({ world, offices, outgoing, series }, wanted);
}

/** What is planted, and who has an account already: nobody gets a second one. */
type Wanted = { readonly codes: readonly string[]; readonly each: number; readonly withAccount: ReadonlySet<Id> };

const planted = ({ world, offices, outgoing, series }: { readonly world: World; readonly offices: World["offices"]; readonly outgoing: number; readonly series: Map<string, number> }, { codes, each, withAccount }: Wanted): YearPart => {
  const batch = openBatch(world.tenantId);
  const soil = openSoil(world.tenantId);
  const writing = (stream: number): Writing => ({ world, batch, dice: openDice(world.seed, stream), series });
  if (outgoing > 0) for (const [n, office] of offices.entries()) ordinaryOffice(writing(outgoingStream - 0x1000 - n), soil, office, withAccount);
  const all = Array.from({ length: each }, () => codes).flat();
  const done = all.map((code, n) => {
    const plant = plants[code];
    const office = offices[n % offices.length];
    if (plant === undefined || office === undefined) throw new Error(`nothing can be planted for ${code}; there is: ${Object.keys(plants).join(", ")}`);
    return { code, things: plant(plantingAt(writing(outgoingStream - 1 - n), soil, { office, share: firstShare + (n / all.length) * (lastShare - firstShare) })) };
  });
  soil.close();
  const encoded = batch.close();
  return { batch: { ...encoded, beside: [...encoded.beside, soil.beside.secrets.rows(), soil.beside.sessions.rows()] }, outgoing: 0, planted: done };
};

/** The offices in which everybody has held his post from the beginning of the year, and in which plants may open accounts: nobody signs in a post before it is his. */
const settled = (world: World, withAccount: ReadonlySet<Id>): World["offices"] => {
  const from = new Date(beginning(world)).toISOString();
  return world.offices.filter(({ head, deputy, clerk, middle, staff }) => [head, ...staff.slice(0, 1)].every(({ holder }) => !withAccount.has(holder?.personId ?? "")) && [head, deputy, clerk, ...middle, ...staff].every(({ holder }) => holder !== null && holder.since <= from));
};
