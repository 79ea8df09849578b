import { originalContent, type Port } from "@lontar/pades/validate";
import { hexOf } from "./hex.ts";

/** As many bytes of the digest as a seal has room for. */
const digestBytes = 16;

/**
 * What the pages of a letter hold, apart from the code that is drawn on them: the seal names it, and the seal cannot be in its own name.
 * The same for the letter before and after its signatures and time-stamps. Nothing when something was put over the letter, also by whoever
 * signed that, and nothing of what cannot be read.
 */
export const contentOf = async (pdf: Uint8Array, port: Port): Promise<string | undefined> => {
  const found = await originalContent(pdf, { port, mask: withoutDrawnCode });
  return found === undefined ? undefined : hexOf(found.slice(0, digestBytes));
};

// As our letters draw a code: squares of a grid of at most 100 by 100, one path, filled once. How large a square is depends on the seal, and with it
// the last digit of the frame's far corner; where the code stands, and the frame that nothing of it can leave, to a point, are content.
const square = String.raw`\d\d? \d\d? m\n\d\d? \d\d? l\n\d\d? \d\d? l\n\d\d? \d\d? l\nh\n`;
const frame = String.raw`(-?[\d.]+) (-?[\d.]+) m\n(-?[\d.]+) \2 l\n\3 (-?[\d.]+) l\n\1 \4 l\nh\nW\nn\nq\n`;
const drawnCode = new RegExp(String.raw`${frame}[\d.]+ 0 0 -[\d.]+ (-?[\d.]+ -?[\d.]+ cm\n/c\d cs\n0 scn\n)(?:${square}){100,4000}f\n`);

/** A page's content without the drawing of its code: the first one. A second is content like any other. */
const withoutDrawnCode = (content: Uint8Array): Uint8Array => {
  const found = drawnCode.exec(new TextDecoder("latin1").decode(content)); // a letter for each byte
  if (found === null) return content;
  const [whole, from = "", top = "", right = "", bottom = "", place = ""] = found;
  const kept = new TextEncoder().encode(`QR ${from} ${top} ${Math.round(Number(right) - Number(from))} ${Math.round(Number(bottom) - Number(top))} ${place}`);
  const [before, after] = [content.subarray(0, found.index), content.subarray(found.index + whole.length)];
  const masked = new Uint8Array(before.length + kept.length + after.length);
  masked.set(before);
  masked.set(kept, before.length);
  masked.set(after, before.length + kept.length);
  return masked;
};
