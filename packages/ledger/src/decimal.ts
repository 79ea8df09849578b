const CANONICAL_DECIMAL = /^(?:0|[1-9][0-9]{0,15})$/;

/**
 * Reads an ASCII decimal without sign or leading zeroes, as every C2SP format writes its numbers.
 * Answers undefined for any other spelling and for values JavaScript cannot hold exactly, so that
 * `parseDecimal(String(n)) === n` and no two texts mean the same number.
 */
export function parseDecimal(text: string): number | undefined {
  if (!CANONICAL_DECIMAL.test(text)) return undefined;
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : undefined;
}
