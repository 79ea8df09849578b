import { readFile, stat } from "node:fs/promises";
import type { RefusalCode } from "@lontar/contract";
import { fileTypeFromBuffer } from "file-type";
import { ConfinedFault } from "./confined.ts";
import { imageTypes, lookAtImage, type ImageType } from "./images.ts";
import type { PdfEngine } from "./pdf.ts";

/** What is taken in: a PDF, or a photo of one page. */
export type AcceptedType = "application/pdf" | ImageType;

/** Why a file is not taken in. */
export type UploadRefusal = Extract<
  RefusalCode,
  "file_empty" | "file_too_large" | "file_not_supported" | "pdf_encrypted" | "pdf_broken" | "pdf_too_many_pages" | "image_broken" | "image_too_large"
>;

/** The answer: what the bytes are, or a named refusal with the facts a sentence may want. */
export type Acceptance =
  | { readonly accepted: { readonly mediaType: AcceptedType; readonly pages: number; readonly size: number } }
  | { readonly refused: UploadRefusal; readonly facts: Readonly<Record<string, string | number>> };

/** How large an upload may be. */
export type UploadLimits = { readonly bytes: number; readonly pages: number; readonly pixels: number };

/** 50 MB; 500 pages; an A3 page scanned in 600 dpi or a photo of 100 megapixels. */
export const defaultUploadLimits: UploadLimits = { bytes: 50 * 1024 * 1024, pages: 500, pixels: 100_000_000 };

/**
 * Looks at what a file really is. Its name and the browser's media type are claims of a stranger and are not asked;
 * `name` only goes into the facts of a refusal. Every byte is hostile: PDFs are opened in a thread that can be killed,
 * images are decoded in full under a limit of pixels. Throws `ConfinedBusy` when too many uploads wait.
 */
export const acceptUpload = async (source: Uint8Array | { readonly path: string }, name: string, pdf: PdfEngine, limits: UploadLimits = defaultUploadLimits): Promise<Acceptance> => {
  const size = source instanceof Uint8Array ? source.length : (await stat(source.path)).size;
  if (size === 0) return { refused: "file_empty", facts: { name } };
  if (size > limits.bytes) return { refused: "file_too_large", facts: { name, size, limit: limits.bytes } };
  const bytes = source instanceof Uint8Array ? source : new Uint8Array(await readFile(source.path));
  const found = await realType(bytes);
  if (found === "application/pdf") return acceptPdf(bytes, name, pdf, limits);
  const image = imageTypes.find((type) => type === found);
  if (image === undefined) return { refused: "file_not_supported", facts: { name, found } };
  const look = await lookAtImage(bytes, limits.pixels);
  if (!("problem" in look)) return { accepted: { mediaType: image, pages: 1, size } };
  return look.problem === "broken" ? { refused: "image_broken", facts: { name, found } } : { refused: "image_too_large", facts: { name, limit: limits.pixels } };
};

const acceptPdf = async (bytes: Uint8Array, name: string, engine: PdfEngine, limits: UploadLimits): Promise<Acceptance> => {
  const looked = await engine.use(bytes, async (pdf) => {
    if (pdf.pages > limits.pages) return { pages: pdf.pages, opens: true };
    // The first and the last page must open: half a file often still has a readable list of pages.
    const opens = pdf.pages > 0 && (await pdf.words(1)) !== undefined && (await pdf.words(pdf.pages)) !== undefined;
    return { pages: pdf.pages, opens };
  }).catch((error: unknown) => {
    // The thread was killed over these very bytes, so they are what is wrong.
    if (error instanceof ConfinedFault) return { problem: "broken" as const };
    throw error;
  });
  if ("problem" in looked) return { refused: looked.problem === "encrypted" ? "pdf_encrypted" : "pdf_broken", facts: { name } };
  if (looked.pages > limits.pages) return { refused: "pdf_too_many_pages", facts: { name, pages: looked.pages, limit: limits.pages } };
  return looked.opens ? { accepted: { mediaType: "application/pdf", pages: looked.pages, size: bytes.length } } : { refused: "pdf_broken", facts: { name } };
};

const realType = async (bytes: Uint8Array): Promise<string> => {
  const known = await fileTypeFromBuffer(bytes);
  if (known !== undefined) return known.mime;
  const head = new TextDecoder("latin1").decode(bytes.subarray(0, 1024));
  // ISO 32000-1 annex H.3.4.1 (implementation note 13): readers take the header anywhere in the first 1,024 bytes, and some scanners write there.
  if (head.includes("%PDF-")) return "application/pdf";
  if (/^(\ufeff|ï»¿)?\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?(<!DOCTYPE svg|<svg[\s>])/i.test(head)) return "image/svg+xml";
  if (/^\s*(<!DOCTYPE html|<html[\s>])/i.test(head)) return "text/html";
  return isText(bytes.subarray(0, 4096)) ? "text/plain" : "application/octet-stream";
};

// oxlint-disable-next-line no-control-regex -- control characters are what tells data from text
const isText = (bytes: Uint8Array): boolean => !/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(new TextDecoder().decode(bytes, { stream: true }));
