/**
 * A document that is read piece by piece: a file on disk, an object in a store, or bytes and what was appended to them. `read`
 * answers exactly `length` bytes from `offset`, always within `size`.
 */
export type PdfSource = { readonly size: number; readonly read: (offset: number, length: number) => Promise<Uint8Array> };

/** A document to be signed: its bytes, or a source of them. */
export type PdfDocument = Uint8Array | PdfSource;

/** A document and what was appended to it, as one source and without joining them. */
export function joined(document: PdfDocument, tail: Uint8Array): PdfSource {
  const start = sizeOf(document);
  return {
    size: start + tail.length,
    read: async (offset, length) => {
      if (offset >= start) return tail.subarray(offset - start, offset - start + length);
      const inDocument = Math.min(length, start - offset);
      const head = await readFrom(document, offset, inDocument);
      if (inDocument === length) return head;
      const both = new Uint8Array(length);
      both.set(head);
      both.set(tail.subarray(0, length - inDocument), inDocument);
      return both;
    },
  };
}

/** Bytes in the document. */
export function sizeOf(document: PdfDocument): number {
  return document instanceof Uint8Array ? document.length : document.size;
}

/** `length` bytes from `offset`. */
export async function readFrom(document: PdfDocument, offset: number, length: number): Promise<Uint8Array> {
  return document instanceof Uint8Array ? document.subarray(offset, offset + length) : document.read(offset, length);
}

/** All of the document in pieces that memory does not notice, then `after`. Bytes that are in memory already come as they are. */
export async function* piecesOf(document: PdfDocument, after: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  if (document instanceof Uint8Array) yield document;
  else for (let at = 0; at < document.size; at += PIECE_BYTES) yield await document.read(at, Math.min(PIECE_BYTES, document.size - at));
  yield* after;
}

/**
 * The parts of a source that were read, at their own places in an array as long as the source. The array is address space and
 * not memory: the system gives a page of it only when something is written there, so a gigabyte costs what was read of it.
 */
export class Windows {
  readonly bytes: Uint8Array;
  private readonly source: PdfSource;
  private readonly known = new Set<number>();

  constructor(source: PdfSource) {
    this.source = source;
    this.bytes = new Uint8Array(source.size);
  }

  /** Makes the bytes from `from` to `to` those of the source. */
  async load(from: number, to: number): Promise<void> {
    const last = Math.ceil(Math.min(to, this.source.size) / BLOCK_BYTES);
    for (let block = Math.floor(from / BLOCK_BYTES); block < last; block++) {
      if (this.known.has(block)) continue;
      let end = block + 1;
      while (end < last && !this.known.has(end)) end++;
      const start = block * BLOCK_BYTES;
      const length = Math.min(end * BLOCK_BYTES, this.source.size) - start;
      const piece = await this.source.read(start, length);
      if (piece.length !== length) throw new RangeError(`a source of ${this.source.size} bytes answered ${piece.length} instead of ${length}`);
      this.bytes.set(piece, start);
      for (let each = block; each < end; each++) this.known.add(each);
    }
  }

  /** Whether the byte at `at` is the source's. */
  has(at: number): boolean {
    return this.known.has(Math.floor(at / BLOCK_BYTES));
  }
}

const BLOCK_BYTES = 16_384;
const PIECE_BYTES = 1 << 20;
