/**
 * The letters the house face can print. A letter it lacks would stop the render at the last moment (PDF/A forbids
 * missing glyphs), so drafts are checked while they are written, in the browser as well.
 */
import { arimoRanges } from "./arimo-ranges.ts";

/** Letters of a text that Arimo cannot print, each once, in the order they appear. */
export function missingGlyphs(text: string): readonly string[] {
  const missing = new Set<string>();
  for (const letter of text.normalize("NFC")) {
    const code = letter.codePointAt(0);
    if (code !== undefined && letter !== "\n" && letter !== "\t" && !covers(code)) missing.add(letter);
  }
  return [...missing];
}

/** The text as Arimo can print it; a letter it lacks becomes a white square, which says that something stood there. */
export function printable(text: string): string {
  return [...text.normalize("NFC")].map((letter) => (missingGlyphs(letter).length > 0 ? "□" : letter)).join("");
}

/** Letters missing in any text of a JSON value: every string that a render could print. */
export function missingGlyphsIn(value: unknown): readonly string[] {
  const pending: unknown[] = [value];
  const missing = new Set<string>();
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next === "string") for (const letter of missingGlyphs(next)) missing.add(letter);
    else if (typeof next === "object" && next !== null) for (const child of Object.values(next)) pending.push(child);
  }
  return [...missing];
}

function covers(code: number): boolean {
  let low = 0;
  let high = arimoRanges.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const range = arimoRanges[middle];
    if (range === undefined) return false;
    if (code < range[0]) high = middle - 1;
    else if (code > range[1]) low = middle + 1;
    else return true;
  }
  return false;
}
