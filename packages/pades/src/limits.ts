import type { PdfDocument } from "./pdf/source.ts";

/** What a hostile file may cost. Each number is a bound on work or memory, not on what is legal. */
export type Limits = {
  /** Bytes of the whole file. */
  readonly fileBytes: number;
  /** Cross-reference sections in the chain, and so revisions. */
  readonly revisions: number;
  /** Numbered objects over all revisions. */
  readonly objects: number;
  /** Arrays and dictionaries inside one another. */
  readonly depth: number;
  /** Bytes that all streams together may inflate to. */
  readonly inflatedBytes: number;
  /** Signatures judged. */
  readonly signatures: number;
  /** Nodes of a page tree or a field tree. */
  readonly treeNodes: number;
};

/** Generous for an office, small for an attacker: a 256 MB file with half a million objects. */
export const DEFAULT_LIMITS: Limits = {
  fileBytes: 256 * 1024 * 1024,
  revisions: 1_000,
  objects: 500_000,
  depth: 64,
  inflatedBytes: 256 * 1024 * 1024,
  signatures: 200,
  treeNodes: 50_000,
};

/** The limits for a document nobody gave limits for. One that is read piece by piece costs no memory for its length: up to 4 GB less a byte, which an offset of four octets can name. */
export function limitsFor(document: PdfDocument): Limits {
  return document instanceof Uint8Array ? DEFAULT_LIMITS : { ...DEFAULT_LIMITS, fileBytes: 2 ** 32 - 1 };
}
