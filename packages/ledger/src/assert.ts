/** States a sentence that is always true of a correct program; a false one is a bug and throws, whatever the input was. */
export function assert(condition: boolean, sentence: string): asserts condition {
  if (!condition) throw new Error(`ledger: broken promise: ${sentence}`);
}

/** Asserts that a number counts something exactly: beyond 2^53 JavaScript would silently lose leaves. */
export function assertCount(value: number, name: string): void {
  assert(Number.isSafeInteger(value) && value >= 0, `${name} is a whole number below 2^53`);
}
