import type { Box, PageReading, Word } from "./reading.ts";

/** A word with its place in pixels of the straightened page. */
export type Placed = { readonly word: Word; readonly left: number; readonly right: number; readonly middle: number; readonly height: number };

/** Words that stand side by side, whatever column they belong to. */
export type Row = { readonly y: number; readonly words: readonly Placed[] };

/** A page as rows of words from top to bottom; `em` is the usual height of a word in pixels. */
export type Layout = { readonly page: number; readonly width: number; readonly height: number; readonly em: number; readonly rows: readonly Row[] };

/** A gap wider than this many ems separates columns; between words of justified text it stays below. */
const columnGap = 1.8;

/** Marks that rules, folds and punch holes leave behind, and that are no text. */
const dirt = /^[|_=~—–'`"«»‘’“”<>\\]+$/;

/** Sets a page's words in rows, after turning them straight: a scan lies up to a few degrees askew. */
export const layOut = (page: PageReading, number: number): Layout => {
  const words = page.words.filter((word) => !dirt.test(word.text));
  const em = median(words.map((word) => word.h * page.height)) ?? page.height / 80;
  const slope = slopeOf(words, page);
  const placed = words
    .map((word): Placed => {
      const left = word.x * page.width;
      const right = left + word.w * page.width;
      const askew = slope * ((left + right) / 2 - page.width / 2);
      return { word, left, right, middle: (word.y + word.h / 2) * page.height - askew, height: word.h * page.height };
    })
    .sort((a, b) => a.middle - b.middle);
  const rows: Placed[][] = [];
  let y = Number.NEGATIVE_INFINITY;
  for (const word of placed) {
    const row = rows.at(-1);
    if (row !== undefined && word.middle - y < 0.55 * em) {
      row.push(word);
      y += (word.middle - y) / row.length;
    } else {
      rows.push([word]);
      y = word.middle;
    }
  }
  return { page: number, width: page.width, height: page.height, em, rows: rows.map((row) => ({ y: median(row.map((word) => word.middle)) ?? 0, words: row.toSorted((a, b) => a.left - b.left) })) };
};

/** Does a new column begin at this word of the row? */
export const startsColumn = (row: Row, index: number, em: number): boolean => {
  const word = row.words[index];
  const before = row.words[index - 1];
  return word !== undefined && (before === undefined || word.left - before.right > columnGap * em);
};

/** The words from `index` on, up to the next column or to the pixel `until`. */
export const columnFrom = (row: Row, index: number, em: number, until = Number.POSITIVE_INFINITY): readonly Placed[] => {
  const words: Placed[] = [];
  for (let at = index; at < row.words.length; at += 1) {
    const word = row.words[at];
    if (word === undefined || word.left >= until || (at > index && startsColumn(row, at, em))) break;
    words.push(word);
  }
  return words;
};

/** The words as a line of text. */
export const textOf = (words: readonly Placed[]): string => words.map(({ word }) => word.text).join(" ");

/** The smallest box around words; a box of no size when there are none. */
export const boxOf = (words: readonly Placed[]): Box => {
  if (words.length === 0) return { x: 0, y: 0, w: 0, h: 0 };
  const x = Math.min(...words.map(({ word }) => word.x));
  const y = Math.min(...words.map(({ word }) => word.y));
  return { x, y, w: Math.max(...words.map(({ word }) => word.x + word.w)) - x, h: Math.max(...words.map(({ word }) => word.y + word.h)) - y };
};

/** How sure the reader is of these words together: the mean, pulled down by the worst. */
export const sureness = (words: readonly Placed[]): number => {
  if (words.length === 0) return 0;
  const each = words.map(({ word }) => word.confidence);
  return 0.7 * (each.reduce((sum, one) => sum + one, 0) / each.length) + 0.3 * Math.min(...each);
};

/** A confidence as people read it: in hundredths, from 0 to 1. */
export const asConfidence = (certainty: number): number => Math.round(100 * Math.min(Math.max(certainty, 0), 1)) / 100;

/** How many pixels the lines fall per pixel of run: the median of the dozen longest lines, of which there must be three. */
const slopeOf = (words: readonly Word[], page: PageReading): number => {
  const lines: { readonly run: number; readonly rise: number }[] = [];
  for (const line of Map.groupBy(words, (word) => word.line).values()) {
    const first = line[0];
    const last = line.at(-1);
    if (first === undefined || last === undefined) continue;
    lines.push({ run: (last.x + last.w / 2 - first.x - first.w / 2) * page.width, rise: (last.y + last.h / 2 - first.y - first.h / 2) * page.height });
  }
  const long = lines
    .filter(({ run }) => run >= 0.15 * page.width)
    .sort((a, b) => b.run - a.run)
    .slice(0, 12);
  return long.length < 3 ? 0 : (median(long.map(({ run, rise }) => rise / run)) ?? 0);
};

const median = (numbers: readonly number[]): number | undefined => numbers.toSorted((a, b) => a - b)[numbers.length >> 1];
