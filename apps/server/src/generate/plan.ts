import { localDate, type Id, type Zone } from "../kernel/ids.ts";
import type { StoredFile } from "../kernel/files/take.ts";
import { agendaSeries } from "../letters/index.ts";
import { openDice, type Dice } from "./dice.ts";
import { atWork } from "./hours.ts";
import type { Staffed } from "./people.ts";

/** All that a story needs to know of the office. Plain data, so that another thread may tell it. */
export type World = {
  readonly tenantId: Id;
  readonly zone: Zone;
  readonly now: string;
  readonly seed: number;
  /** So many letters over so many years. */
  readonly letters: number;
  readonly years: number;
  readonly offices: readonly Staffed[];
  readonly files: readonly StoredFile[];
  readonly codes: readonly string[];
};

/** A part of the letters or drafts that is told by itself, and the newest number of each agenda before it. */
export type Slice = { readonly kind: "surat" | "naskah"; readonly from: number; readonly to: number; readonly series: readonly (readonly [string, number])[] };

/** Where a letter comes in and when, and the dice for the rest of its life. */
export type Planned = { readonly dice: Dice; readonly startMs: number; readonly office: Staffed };

/** A day. */
export const dayMs = 86_400_000;
const yearMs = 365 * dayMs;
const sliceLength = 1000;
const codesOfOneOffice = 12;

/** What the dice say first of letter `n`, without telling its story. */
export const plannedLetter = (world: World, n: number): Planned => {
  const dice = openDice(world.seed, n);
  const startMs = beginning(world) + Math.floor(((n + dice.roll()) / world.letters) * world.years * yearMs);
  const atWorkMs = Math.floor(atWork(startMs, world.zone, dice));
  // What came in last night would be registered in the future.
  return { dice, startMs: atWorkMs < Date.parse(world.now) ? atWorkMs : startMs, office: dice.pick(world.offices) };
};

/** When the first letter may come in. */
export const beginning = ({ now, years }: Pick<World, "now" | "years">): number => Date.parse(now) - years * yearMs;

/** The agenda in which a letter gets its number. */
export const agendaOf = ({ zone }: World, { startMs, office }: Pick<Planned, "startMs" | "office">): { readonly series: string; readonly year: number } => {
  const year = Number(localDate(new Date(startMs).toISOString(), zone).slice(0, 4));
  return { series: agendaSeries(office.officeId, year), year };
};

/** An office has its own work: of all codes it uses a few. */
export const codesOf = ({ codes, offices }: World): ((office: Staffed) => readonly string[]) => {
  const own = new Map(offices.map((office, at) => [office, Array.from({ length: Math.min(codesOfOneOffice, codes.length) }, (_, n) => codes[(at * codesOfOneOffice + n) % codes.length] ?? "")]));
  return (office) => own.get(office) ?? codes;
};

/**
 * Cuts the letters, oldest first, and the drafts into slices that can be told side by side: agenda numbers are the only thing that one
 * letter leaves to the next, so each slice begins with the numbers given before it. `series` goes on as slices are taken.
 */
export function* slicesOf(world: World, drafts: number, series: Map<string, number>): Generator<Slice> {
  for (let from = 0; from < world.letters; from += sliceLength) {
    const to = Math.min(from + sliceLength, world.letters);
    yield { kind: "surat", from, to, series: [...series] };
    for (let n = from; n < to; n += 1) {
      const { series: name } = agendaOf(world, plannedLetter(world, n));
      series.set(name, (series.get(name) ?? 0) + 1);
    }
  }
  for (let from = 0; from < drafts; from += sliceLength) yield { kind: "naskah", from, to: Math.min(from + sliceLength, drafts), series: [] };
}
