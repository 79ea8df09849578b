/** The verification code as a drawing. */
import encodeQR from "qr";

/** A QR code: modules per side and an SVG of one path, without its quiet zone (the box around it is white). */
export type QrDrawing = { readonly modules: number; readonly svg: string };

/**
 * Encodes an address in capitals, so that it fits the alphanumeric alphabet (5.5 bits a letter instead of 8) and the
 * modules print larger; error correction M survives a stamp on a corner.
 */
export function qrDrawing(url: string): QrDrawing {
  const framed = encodeQR(url.toUpperCase(), "raw", { ecc: "medium", encoding: "alphanumeric", border: 1, scale: 1 });
  const rows = framed.slice(1, -1).map((row) => row.slice(1, -1));
  const runs = rows.flatMap((row, y) => darkRuns(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`));
  const side = rows.length;
  return { modules: side, svg: `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" width="${side}" height="${side}"><path d="${runs.join("")}" fill="#000"/></svg>` };
}

// Neighbouring dark modules are one rectangle: fewer edges, no hairlines between them.
function darkRuns(row: readonly boolean[]): readonly (readonly [number, number])[] {
  const runs: [number, number][] = [];
  for (const [x, dark] of row.entries()) {
    if (!dark) continue;
    const last = runs.at(-1);
    if (last !== undefined && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
