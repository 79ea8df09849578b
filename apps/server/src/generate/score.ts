import type { Id } from "../kernel/ids.ts";
import type { Planting } from "./generate.ts";

/** A finding as the score sees it: its kind, and the things that its evidence names. */
export type Named = { readonly id: Id; readonly code: string; readonly things: readonly Id[] };

/** How well the kinds found what was planted. Everything that is found and was not planted for that very kind is a false alarm, whatever else it may be. */
export type Score = { readonly byCode: readonly { readonly code: string; readonly planted: number; readonly found: number }[]; readonly missed: readonly Planting[]; readonly falseAlarms: readonly Named[] };

/** Compares what was found with what was planted. */
export const scoreOf = (planted: readonly Planting[], found: readonly Named[]): Score => {
  const names = (plant: Planting, finding: Named): boolean => plant.code === finding.code && finding.things.some((thing) => plant.things.includes(thing));
  const missed = planted.filter((plant) => !found.some((finding) => names(plant, finding)));
  return {
    byCode: [...Map.groupBy(planted, ({ code }) => code)].map(([code, all]) => ({ code, planted: all.length, found: all.filter((plant) => !missed.includes(plant)).length })).toSorted((one, other) => (one.code < other.code ? -1 : 1)),
    missed,
    falseAlarms: found.filter((finding) => !planted.some((plant) => names(plant, finding))),
  };
};
