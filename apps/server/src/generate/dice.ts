import { idFrom, type Id, type Source } from "../kernel/ids.ts";

/** Dice that fall the same way for the same seed (mulberry32): fast enough for millions of letters, and of no use as secrets. */
export type Dice = {
  /** A number in [0, 1). */
  readonly roll: () => number;
  readonly below: (limit: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly bytes: (count: number) => Uint8Array;
};

/** Dice for a seed. */
export const openDice = (seed: number): Dice => {
  let state = seed >>> 0;
  const roll = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number): number => Math.floor(roll() * limit);
  return {
    roll,
    below,
    pick: (items) => {
      const item = items[below(items.length)];
      if (item === undefined) throw new RangeError("nothing to pick from");
      return item;
    },
    bytes: (count) => {
      const bytes = new Uint8Array(count);
      for (let at = 0; at < count; at += 4) {
        const word = Math.floor(roll() * 4_294_967_296);
        for (let part = 0; part < 4 && at + part < count; part += 1) bytes[at + part] = (word >>> (8 * part)) & 0xff;
      }
      return bytes;
    },
  };
};

/** A source standing at one past moment, so that ids sort by the time of what they name. */
export const sourceAt = (dice: Dice, instant: string): Source => {
  const ms = Date.parse(instant);
  return { now: () => instant, bytes: dice.bytes, id: (): Id => idFrom(ms, dice.bytes(10)) };
};
