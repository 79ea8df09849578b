import type { Id } from "../kernel/ids.ts";
import { openDice } from "./dice.ts";
import { atWork } from "./hours.ts";
import { ordinaryNaskah, type Writing } from "./outgoing.ts";
import { beginning, dayMs, type World } from "./plan.ts";
import { openSoil, plantingAt, plants } from "./plants/index.ts";
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
export function* tellYear(world: World, outgoing: number, wanted: { readonly codes: readonly string[]; readonly each: number }, series: Map<string, number>): Generator<YearPart> {
  const yearMs = world.years * 365 * dayMs;
  for (let from = 0; from < outgoing; from += batchLength) {
    const batch = openBatch(world.tenantId);
    const to = Math.min(from + batchLength, outgoing);
    for (let n = from; n < to; n += 1) {
      const dice = openDice(world.seed, outgoingStream + n);
      const startMs = atWork(beginning(world) + ((n + dice.roll()) / outgoing) * yearMs, world.zone, dice);
      if (startMs < Date.parse(world.now)) ordinaryNaskah({ world, batch, dice, series }, walk(world, dice, startMs), dice.pick(world.offices));
    }
    yield { batch: batch.close(), outgoing: to - from, planted: [] };
  }
  yield planted(world, wanted, series);
}

const planted = (world: World, { codes, each }: { readonly codes: readonly string[]; readonly each: number }, series: Map<string, number>): YearPart => {
  const batch = openBatch(world.tenantId);
  const soil = openSoil(world.tenantId);
  const all = Array.from({ length: each }, () => codes).flat();
  const done = all.map((code, n) => {
    const plant = plants[code];
    const office = world.offices[n % world.offices.length];
    if (plant === undefined || office === undefined) throw new Error(`nothing can be planted for ${code}; there is: ${Object.keys(plants).join(", ")}`);
    const writing: Writing = { world, batch, dice: openDice(world.seed, outgoingStream - 1 - n), series };
    return { code, things: plant(plantingAt(writing, soil, { office, share: firstShare + (n / all.length) * (lastShare - firstShare) })) };
  });
  soil.close();
  const encoded = batch.close();
  return { batch: { ...encoded, beside: [...encoded.beside, soil.beside.secrets.rows(), soil.beside.sessions.rows()] }, outgoing: 0, planted: done };
};
