/** A clock that stands still until the test moves it. Instants are UTC in ISO 8601 with milliseconds. */
export type FakeClock = {
  readonly now: () => string;
  /** Moves forward by `ms` milliseconds, or backward when negative: office clocks do jump back. */
  readonly advance: (ms: number) => void;
  readonly set: (instant: string) => void;
};

/** A clock standing at `start`; by default a Tuesday morning in the middle of a working year. */
export const fakeClock = (start = "2026-11-24T01:00:00.000Z"): FakeClock => {
  let ms = parse(start);
  return {
    now: () => new Date(ms).toISOString(),
    advance: (by) => void (ms += by),
    set: (instant) => void (ms = parse(instant)),
  };
};

const parse = (instant: string): number => {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${instant}`);
  return ms;
};
