import { toHex } from "../bytes.ts";
import type { ChangeSet } from "../pdf/changes.ts";

/** A rectangle inside the field, in points from its lower left corner. */
export type Box = { readonly left: number; readonly bottom: number; readonly width: number; readonly height: number };

/**
 * What is drawn in a field when it is signed. Everything is black on nothing, so that it needs no colour space and fits any
 * output intent (ISO 19005-2 §6.2.4).
 */
export type AppearancePart =
  /** A matrix of square modules, `#` for a dark one: a QR code, drawn as a one-bit mask. */
  | { readonly kind: "modules"; readonly box: Box; readonly rows: readonly string[] }
  /** Filled outlines, as `x y` moves, lines and curves in points: a signature's stroke, a seal, text as outlines. */
  | { readonly kind: "outline"; readonly box: Box; readonly path: readonly PathStep[] }
  /** A line of text in a font that the document embeds already (PDF/A allows no other); `codes` are its character codes. */
  | { readonly kind: "text"; readonly box: Box; readonly font: FontReference; readonly size: number; readonly codes: Uint8Array };

/** A font object of the document. */
export type FontReference = { readonly number: number; readonly generation: number };

/** One step of an outline. */
export type PathStep =
  | { readonly to: "move" | "line"; readonly x: number; readonly y: number }
  | { readonly to: "curve"; readonly points: readonly [number, number, number, number, number, number] }
  | { readonly to: "close" };

/** The form XObject (ISO 32000-2 §8.10) that shows `parts` in a field of this size; answers its object number. Throws a RangeError for a matrix that is none. */
export function writeAppearance(changes: ChangeSet, parts: readonly AppearancePart[], size: { readonly width: number; readonly height: number }): number {
  const images: string[] = [];
  const fonts: string[] = [];
  const content: string[] = [];
  for (const part of parts) {
    switch (part.kind) {
      case "modules": {
        images.push(`/M${images.length} ${writeMask(changes, part.rows)} 0 R`);
        content.push(`q ${at(part.box, part.box.width, part.box.height)} cm /M${images.length - 1} Do Q\n`);
        break;
      }
      case "outline":
        content.push(`q ${at(part.box, 1, 1)} cm ${part.path.map(stepText).join(" ")} f Q\n`);
        break;
      case "text":
        fonts.push(`/F${fonts.length} ${part.font.number} ${part.font.generation} R`);
        content.push(`BT /F${fonts.length - 1} ${number(part.size)} Tf ${number(part.box.left)} ${number(part.box.bottom)} Td <${toHex(part.codes)}> Tj ET\n`);
        break;
      default:
        return part satisfies never;
    }
  }
  const resources = [images.length === 0 ? "" : ` /XObject << ${images.join(" ")} >>`, fonts.length === 0 ? "" : ` /Font << ${fonts.join(" ")} >>`].join("");
  const drawn = content.join("");
  const form = changes.newNumber();
  const dict = `<< /Type /XObject /Subtype /Form /BBox [0 0 ${number(size.width)} ${number(size.height)}] /Resources <<${resources} >> /Length ${drawn.length} >>`;
  changes.add(form, [`${dict}\nstream\n`, drawn, "\nendstream"]);
  return form;
}

/** An image mask (ISO 32000-2 §8.9.6.2): a dark module is painted, a light one leaves what is there. */
function writeMask(changes: ChangeSet, rows: readonly string[]): number {
  const width = rows[0]?.length ?? 0;
  if (width === 0 || rows.length > MOST_MODULES || width > MOST_MODULES || rows.some((row) => row.length !== width)) throw new RangeError("the modules are no matrix");
  const rowBytes = Math.ceil(width / 8);
  const bits = new Uint8Array(rowBytes * rows.length).fill(0xff);
  rows.forEach((row, y) => {
    for (let x = 0; x < width; x++) if (row[x] === "#") bits[y * rowBytes + (x >> 3)] = (bits[y * rowBytes + (x >> 3)] ?? 0) & ~(0x80 >> (x & 7));
  });
  const mask = changes.newNumber();
  const dict = `<< /Type /XObject /Subtype /Image /Width ${width} /Height ${rows.length} /ImageMask true /BitsPerComponent 1 /Length ${bits.length} >>`;
  changes.add(mask, [`${dict}\nstream\n`, bits, "\nendstream"]);
  return mask;
}

function stepText(step: PathStep): string {
  switch (step.to) {
    case "move":
      return `${number(step.x)} ${number(step.y)} m`;
    case "line":
      return `${number(step.x)} ${number(step.y)} l`;
    case "curve":
      return `${step.points.map(number).join(" ")} c`;
    case "close":
      return "h";
    default:
      return step satisfies never;
  }
}

const at = ({ left, bottom }: Box, across: number, up: number): string => `${number(across)} 0 0 ${number(up)} ${number(left)} ${number(bottom)}`;

/** A number as PDF writes it: no exponent, no more digits than a printer sees. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new RangeError("a drawing has a number that is none");
  return String(Number(value.toFixed(3)));
}

/** A QR code of version 40 has 177 modules a side. */
const MOST_MODULES = 200;
