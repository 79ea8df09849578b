import { originalContent, type Port } from "@lontar/pades/validate";
import { hexOf } from "./hex.ts";

/** As many bytes of the digest as a seal has room for. */
const digestBytes = 16;

/**
 * What the pages of a letter hold, apart from the code that is drawn on them: the seal names it, and the seal cannot be in its own name.
 * The same for the letter before and after its signatures and time-stamps. Nothing when something was put over the letter, also by whoever
 * signed that; `Unreadable` is thrown for what is no PDF.
 */
export const contentOf = async (pdf: Uint8Array, port: Port): Promise<string | undefined> => {
  const found = await originalContent(pdf, { port, mask: withoutDrawnCode });
  return found === undefined ? undefined : hexOf(found.slice(0, digestBytes));
};

// As our letters draw a code: squares of a grid of at most 100 by 100, one path, filled once. How large a square is depends on the seal; where the
// code stands, and the frame that nothing of it can leave, stand before it and stay.
const square = String.raw`\d\d? \d\d? m\n\d\d? \d\d? l\n\d\d? \d\d? l\n\d\d? \d\d? l\nh\n`;
const drawnCode = new RegExp(String.raw`\nW\nn\nq\n[\d.]+ 0 0 -[\d.]+ (-?[\d.]+ -?[\d.]+ cm\n/c\d cs\n0 scn\n)(?:${square}){100,4000}f\n`);

/** A page's content without the drawing of its code: the first one. A second is content like any other. */
const withoutDrawnCode = (content: Uint8Array): Uint8Array => {
  const found = drawnCode.exec(new TextDecoder("latin1").decode(content)); // a letter for each byte
  if (found === null) return content;
  const kept = new TextEncoder().encode(`\nW\nn\nq\n${found[1] ?? ""}QR\n`);
  const [before, after] = [content.subarray(0, found.index), content.subarray(found.index + found[0].length)];
  const left = new Uint8Array(before.length + kept.length + after.length);
  left.set(before);
  left.set(kept, before.length);
  left.set(after, before.length + kept.length);
  return left;
};
