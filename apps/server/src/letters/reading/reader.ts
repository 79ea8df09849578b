import { ConfinedFault } from "../../kernel/files/confined.ts";
import { imageAsGrey, imageAsWebp, imageTypes, rasterAsWebp } from "../../kernel/files/images.ts";
import { openPdfEngine, type Pdf, type PdfEngine, type PdfText, type Raster } from "../../kernel/files/pdf.ts";
import { openOcr, type Ocr } from "./ocr.ts";
import { propose } from "./proposals.ts";
import type { PageReading, Reading, Word } from "./reading.ts";

/** Limits of reading. */
export type ReaderOptions = {
  /** Files read at the same time; each has its own threads (about 300 MB while it works). */
  readonly concurrency?: number;
  /** Pages of one file that are read by OCR, at some three seconds each; later ones are left unread. */
  readonly ocrPages?: number;
  /** Pages whose words are kept with their places; of later pages only the text is kept. */
  readonly placedPages?: number;
  /** Letters of text that are kept of one file. */
  readonly textLength?: number;
  readonly ocrTimeoutMs?: number;
};

/** The file could not be read; the letter can still be registered by hand. */
export class UnreadableFile extends Error {
  override readonly name = "UnreadableFile";
}

/** How far a reading has come: pages read, of how many. */
export type Progress = { readonly page: number; readonly pages: number };

/** Hears how far a reading is; the reading waits for it, and fails when it fails. */
export type OnProgress = (progress: Progress) => Promise<void> | void;

/** Reads letters, and draws their pages for the viewer. */
export type Reader = {
  /** Reads a file that `acceptUpload` took in. Waits its turn; throws `UnreadableFile`. */
  readonly read: (bytes: Uint8Array, mediaType: string, listen?: { readonly onProgress?: OnProgress }) => Promise<Reading>;
  /** One page as WebP, `width` pixels across (80 to 2,400); `undefined` when there is no such page or no picture of such a file. Never waits for a reading. */
  readonly pageImage: (bytes: Uint8Array, mediaType: string, page: number, width: number) => Promise<Uint8Array | undefined>;
  /** Ends every thread; readings under way fail. */
  readonly close: () => Promise<void>;
};

type Lane = { readonly pdf: PdfEngine; readonly ocr: Ocr };

/** Pixels of a page image for OCR: A4 in 200 dpi is 1,654 across. */
const dpi = 200;
const ocrMaxSide = 3300;
const maxPixels = 100_000_000;
/** A text layer with fewer words over a picture of the page is a stamp or a footer, as electronic signatures leave, not the letter. */
const fewWords = 40;
/** Pages of text are read faster than anyone wants to hear of. */
const pagesPerNews = 25;

/** Opens a reader; its threads start when they are first needed and do not keep the process alive. */
export const createReader = ({ concurrency = 1, ocrPages = 20, placedPages = 50, textLength = 1_000_000, ocrTimeoutMs = 120_000 }: ReaderOptions = {}): Reader => {
  const lanes = Array.from({ length: concurrency }, (): Lane => ({ pdf: openPdfEngine(), ocr: openOcr({ timeoutMs: ocrTimeoutMs }) }));
  const free = [...lanes];
  const waiting: ((lane: Lane) => void)[] = [];
  const viewer = openPdfEngine();

  const inLane = async <R>(work: (lane: Lane) => Promise<R>): Promise<R> => {
    const lane = free.pop() ?? (await new Promise<Lane>((resolve) => waiting.push(resolve)));
    try {
      return await work(lane);
    } finally {
      const next = waiting.shift();
      if (next === undefined) free.push(lane);
      else next(lane);
    }
  };

  const readPages = async (bytes: Uint8Array, mediaType: string, lane: Lane, onProgress: OnProgress): Promise<readonly PageReading[]> => {
    if (mediaType === pdfType) {
      const read = await lane.pdf.use(bytes, (pdf) => readPdf(pdf, lane.ocr, ocrPages, onProgress));
      if ("problem" in read) throw new UnreadableFile(`the PDF is ${read.problem}`);
      return read;
    }
    if (!isImage(mediaType)) throw new UnreadableFile(`nothing here reads ${mediaType}`);
    const grey = await imageAsGrey(bytes, ocrMaxSide, maxPixels).catch((cause: unknown) => {
      throw new UnreadableFile("the image cannot be decoded", { cause });
    });
    const words = await lane.ocr.read(grey);
    await onProgress({ page: 1, pages: 1 });
    return [{ width: grey.width, height: grey.height, source: "ocr", words }];
  };

  const drawPage = async (bytes: Uint8Array, mediaType: string, page: number, width: number): Promise<Uint8Array | undefined> => {
    if (isImage(mediaType)) return page === 1 ? imageAsWebp(bytes, width, maxPixels) : undefined;
    if (mediaType !== pdfType) return undefined;
    const drawn = await viewer.use(bytes, async (pdf): Promise<Raster | undefined> => (Number.isInteger(page) && page >= 1 && page <= pdf.pages ? pdf.raster(page, width, true) : undefined));
    return drawn === undefined || "problem" in drawn ? undefined : rasterAsWebp(drawn);
  };

  return {
    read: (bytes, mediaType, { onProgress = () => undefined } = {}) =>
      inLane(async (lane) => {
        const pages = await readPages(bytes, mediaType, lane, onProgress).catch((error: unknown) => {
          throw error instanceof ConfinedFault ? new UnreadableFile("reading did not end, or fell over", { cause: error }) : error;
        });
        return { pages: pages.map((page, index) => (index < placedPages ? page : { ...page, words: [] })), text: textOf(pages, textLength), proposals: propose(pages) };
      }),
    pageImage: (bytes, mediaType, page, width) => drawPage(bytes, mediaType, page, Math.min(Math.max(Math.round(width), 80), 2400)),
    close: async () => {
      await Promise.all([viewer.close(), ...lanes.flatMap((lane) => [lane.pdf.close(), lane.ocr.close()])]);
    },
  };
};

const pdfType = "application/pdf";
const isImage = (mediaType: string): boolean => imageTypes.some((type) => type === mediaType);

/** Each page by its text layer, or as a picture when it has none that can be trusted. */
const readPdf = async (pdf: Pdf, ocr: Ocr, ocrPages: number, onProgress: OnProgress): Promise<readonly PageReading[]> => {
  const pages: PageReading[] = [];
  let seen = 0;
  for (let page = 1; page <= pdf.pages; page += 1) {
    const text = await pdf.words(page);
    const isPicture = text !== undefined && !isTextPage(text) && seen < ocrPages;
    if (isPicture) {
      seen += 1;
      const width = Math.min(Math.max(inPixels(text.width), 600), ocrMaxSide);
      const drawn = await pdf.raster(page, width, false);
      pages.push(drawn === undefined ? unread(text) : await ocrOrUnread(ocr, drawn));
    } else pages.push(text !== undefined && isTextPage(text) ? fromText(text) : unread(text));
    if (isPicture || page % pagesPerNews === 0 || page === pdf.pages) await onProgress({ page, pages: pdf.pages });
  }
  return pages;
};

/** A page on which OCR never ends is left unread; the other pages are still worth reading. */
const ocrOrUnread = async (ocr: Ocr, drawn: Raster): Promise<PageReading> => {
  const size = { width: drawn.width, height: drawn.height };
  try {
    return { ...size, source: "ocr", words: await ocr.read(drawn) };
  } catch (error) {
    if (error instanceof ConfinedFault) return { ...size, source: "unread", words: [] };
    throw error;
  }
};

const isTextPage = ({ words, scan }: PdfText): boolean => {
  const letters = words.map((word) => word.text).join("");
  // Fonts without a map to Unicode give signs that nobody wrote; such a page is read as a picture.
  const isLegible = letters.replace(/[^\p{L}\p{N}]/gu, "").length >= 0.5 * letters.length && !/\ufffd{3}/.test(letters);
  return words.length >= (scan ? fewWords : 3) && isLegible;
};

const inPixels = (points: number): number => Math.max(1, Math.round((points / 72) * dpi));

const fromText = (text: PdfText): PageReading => ({ width: inPixels(text.width), height: inPixels(text.height), source: "text", words: text.words.map((word): Word => ({ ...word, confidence: 1 })) });

const unread = (text: PdfText | undefined): PageReading => ({ width: inPixels(text?.width ?? 595), height: inPixels(text?.height ?? 842), source: "unread", words: [] });

/** The words as text for search: lines as lines, pages parted by a form feed. */
const textOf = (pages: readonly PageReading[], limit: number): string =>
  pages
    .map((page) =>
      [...Map.groupBy(page.words, (word) => word.line).values()].map((line) => line.map((word) => word.text).join(" ")).join("\n"),
    )
    .join("\f")
    .slice(0, limit);
