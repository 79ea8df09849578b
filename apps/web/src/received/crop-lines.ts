import type { Proposal } from "./facts-form.ts";

const most = 4;
// Of a usual typeface: a letter is about half as wide as it is high, and lines stand a third further apart than letters are high.
const letterWidth = 0.5;
const lineHeight = 1.35;

/** How many lines of the page a reading was taken from, by its letters and the shape of its box (`ratio` = height of the page by its width): a piece of two lines must be shown twice as high to be read. */
export const cropLines = ({ raw, box }: Pick<Proposal, "raw" | "box">, ratio: number): number => {
  if (box.w <= 0) return 1;
  return Math.min(most, Math.max(1, Math.round(Math.sqrt((raw.length * letterWidth * box.h * ratio) / (box.w * lineHeight)))));
};
