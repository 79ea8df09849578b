import { toHex, writeLatin1 } from "../bytes.ts";
import type { View } from "../pdf/file.ts";
import { writeIncrement, type NewObject } from "../pdf/increment.ts";
import { piecesOf, sizeOf, type PdfDocument } from "../pdf/source.ts";
import type { HashName } from "../port.ts";

/** An increment that holds an unfilled signature. */
export type RoomRequest = {
  /** Every other object of the increment. */
  readonly objects: readonly NewObject[];
  readonly number: number;
  /** The signature's dictionary up to its ByteRange. */
  readonly opening: string;
  readonly contentsBytes: number;
  /** What tells this state of the document from others of the same length: the second half of the file identifier is made of it. */
  readonly seed: number;
};

/** The increment, where its `/Contents` digits begin, and the digest of all that the signature covers. */
export type Room = {
  readonly tail: Uint8Array;
  readonly contentsStart: number;
  readonly contentsBytes: number;
  readonly digest: (hash: HashName) => Promise<Uint8Array>;
};

/** Writes the increment around a signature, its ByteRange (ISO 32000-2 §12.8.1) filled in and its `/Contents` all zeros. */
export async function makeRoom(document: PdfDocument, view: View, { objects, number, opening, contentsBytes, seed }: RoomRequest): Promise<Room> {
  const { port } = view.file;
  const size = sizeOf(document);
  const start = `${opening} /ByteRange ${RANGE_ROOM} /Contents <`;
  const signature = { number, generation: 0, body: [start, zeros(contentsBytes * 2), "> >>"] };
  const { tail, bodies } = await writeIncrement(view, [...objects, signature], fileIdentifier(size, seed));

  const bodyStart = bodies.get(number) ?? 0;
  const contentsStart = bodyStart + start.length;
  const [before, after] = [contentsStart - 1, contentsStart + contentsBytes * 2 + 1];
  writeLatin1(tail, bodyStart + opening.length + BYTE_RANGE.length, `[0 ${size + before} ${size + after} ${tail.length - after}]`);
  const [head, rest] = [tail.subarray(0, before), tail.subarray(after)];
  const digest = (hash: HashName): Promise<Uint8Array> =>
    document instanceof Uint8Array ? port.digest(hash, [document, head, rest]) : port.digestPieces(hash, piecesOf(document, [head, rest]));
  return { tail, contentsStart, contentsBytes, digest };
}

/** The second half of the file identifier (ISO 32000-2 §14.4): it names this state of the document, in hexadecimal, while the first half, which names the document, stays. */
export function fileIdentifier(size: number, seed: number): string {
  IDENTIFIER.setFloat64(0, size);
  IDENTIFIER.setFloat64(8, seed);
  return toHex(new Uint8Array(IDENTIFIER.buffer));
}

/** So many digits 0, from a store that grows to the longest ever asked for. */
function zeros(count: number): Uint8Array {
  if (zeroDigits.length < count) zeroDigits = new Uint8Array(count).fill(0x30);
  return zeroDigits.subarray(0, count);
}

const IDENTIFIER = new DataView(new ArrayBuffer(16));
let zeroDigits = new Uint8Array(0);
const BYTE_RANGE = " /ByteRange ";
/** Room for `[0 a b c]` with offsets of up to ten digits. */
const RANGE_ROOM = " ".repeat(38);
