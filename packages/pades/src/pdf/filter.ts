import { byteAt } from "../bytes.ts";
import type { InflateProblem, Port } from "../port.ts";
import { countOf, dictOf, itemsOf, nameOf, type PdfStream } from "./value.ts";

/**
 * A stream's data with its filters undone: none, or FlateDecode with a predictor (ISO 32000-2 §7.4.4), the only ones that
 * cross-reference and object streams use in practice. "damaged" for another filter, too.
 */
export async function decodeStream(stream: PdfStream, port: Port, limit: number): Promise<Uint8Array | InflateProblem> {
  const filter = stream.dict.entries.get("Filter");
  const names = filter === undefined || filter === null ? [] : (itemsOf(filter) ?? [filter]).map(nameOf);
  if (names.length === 0) return stream.data.length > limit ? "too_large" : stream.data;
  if (names.length > 1 || (names[0] !== "FlateDecode" && names[0] !== "Fl")) return "damaged";
  const inflated = await port.inflate(stream.data, limit);
  const parameters = stream.dict.entries.get("DecodeParms");
  const first = dictOf(itemsOf(parameters)?.[0] ?? parameters);
  const predictor = countOf(first?.entries.get("Predictor")) ?? 1;
  if (typeof inflated === "string" || predictor === 1) return inflated;
  const colours = countOf(first?.entries.get("Colors")) ?? 1;
  const depth = countOf(first?.entries.get("BitsPerComponent")) ?? 8;
  const columns = countOf(first?.entries.get("Columns")) ?? 1;
  const rowBytes = Math.ceil((colours * depth * columns) / 8);
  return predictor < 10 || rowBytes === 0 || rowBytes > MAX_ROW_BYTES ? "damaged" : undoPng(inflated, rowBytes, Math.max(1, (colours * depth) >> 3));
}

/** PNG filters (RFC 2083 §6), one tag byte before each row. */
function undoPng(data: Uint8Array, rowBytes: number, pixelBytes: number): Uint8Array | InflateProblem {
  const rows = Math.ceil(data.length / (rowBytes + 1));
  const out = new Uint8Array(rows * rowBytes);
  for (let row = 0; row < rows; row++) {
    const from = row * (rowBytes + 1);
    const to = row * rowBytes;
    const kind = byteAt(data, from);
    if (kind > 4) return "damaged";
    for (let k = 0; k < rowBytes; k++) {
      const left = k >= pixelBytes ? byteAt(out, to + k - pixelBytes) : 0;
      const up = row > 0 ? byteAt(out, to + k - rowBytes) : 0;
      const corner = row > 0 && k >= pixelBytes ? byteAt(out, to + k - rowBytes - pixelBytes) : 0;
      out[to + k] = (data[from + 1 + k] ?? 0) + prediction(kind, left, up, corner);
    }
  }
  return out;
}

function prediction(kind: number, left: number, up: number, corner: number): number {
  switch (kind) {
    case 1: return left;
    case 2: return up;
    case 3: return (left + up) >> 1;
    case 4: return paeth(left, up, corner);
    default: return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
}

const MAX_ROW_BYTES = 1 << 20;
