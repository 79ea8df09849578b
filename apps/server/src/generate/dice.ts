import { idFrom, type Id, type Source } from "../kernel/ids.ts";

/** Dice that fall the same way for the same seed and throw: fast enough for millions of letters, and of no use as secrets. */
export type Dice = {
  /** A number in [0, 1). */
  readonly roll: () => number;
  readonly below: (limit: number) => number;
  readonly pick: <T>(items: readonly T[]) => T;
  readonly bytes: (count: number) => Buffer;
};

const word = 2 ** 32;
const warmUp = 12;

/** Dice for a seed; each `stream` of it falls in its own way, so that a letter does not depend on those told before it (sfc32: 128 bits of state, so streams do not meet). */
export const openDice = (seed: number, stream = 0): Dice => {
  let [a, b, c, counter] = [seed | 0, stream | 0, (seed / word) ^ 0x5eed_1e77, 1];
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum;
  };
  for (let n = 0; n < warmUp; n += 1) next();
  const roll = (): number => (next() >>> 0) / word;
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
      const bytes = Buffer.allocUnsafe(count);
      for (let at = 0, left = 0; at < count; at += 1, left >>>= 8) {
        if (at % 4 === 0) left = next();
        bytes[at] = left;
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
