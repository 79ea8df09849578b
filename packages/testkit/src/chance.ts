import { createHash } from "node:crypto";
import { idFrom, type Source } from "../../../apps/server/src/kernel/ids.ts";
import { fakeClock, type FakeClock } from "./clock.ts";

/** Dice that fall the same way for the same seed: a failing seed can be kept and thrown again. */
export type Chance = {
  readonly bytes: (count: number) => Uint8Array;
  /** A whole number in [0, limit). */
  readonly below: (limit: number) => number;
  /** One of the items; there must be one. */
  readonly pick: <T>(items: readonly T[]) => T;
  /** The items in another order. */
  readonly shuffle: <T>(items: readonly T[]) => readonly T[];
};

/** SHA-256 of the seed and a counter: slow for a simulation of galaxies, ample for an office, and equal on every machine. */
export const seededChance = (seed: string | number): Chance => {
  let counter = 0;
  let pool: readonly number[] = [];
  const bytes = (count: number): Uint8Array => {
    while (pool.length < count) pool = [...pool, ...createHash("sha256").update(`${seed}/${counter++}`).digest()];
    const taken = Uint8Array.from(pool.slice(0, count));
    pool = pool.slice(count);
    return taken;
  };
  const below = (limit: number): number => {
    if (!Number.isInteger(limit) || limit <= 0) throw new RangeError(`nothing is below ${limit}`);
    const value = bytes(6).reduce((sum, byte) => sum * 256 + byte, 0);
    return value % limit; // 48 bits: the bias is beneath notice for test-sized limits
  };
  const pick = <T>(items: readonly T[]): T => {
    const [item] = items.slice(below(items.length));
    if (item === undefined) throw new RangeError("picked a hole");
    return item;
  };
  const shuffle = <T>(items: readonly T[]): readonly T[] =>
    items
      .map((item) => ({ item, key: below(2 ** 40) }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  return { bytes, below, pick, shuffle };
};

/** The kernel's source of time, ids and chance, entirely in the test's hands: same seed and same clock, same ids. */
export type TestSource = Source & { readonly clock: FakeClock; readonly chance: Chance };

/** A source standing at `start` with dice of `seed`. */
export const testSource = (seed: string | number = 1, start?: string): TestSource => {
  const clock = fakeClock(start);
  const chance = seededChance(seed);
  return { clock, chance, now: clock.now, bytes: chance.bytes, id: () => idFrom(Date.parse(clock.now()), chance.bytes(10)) };
};
