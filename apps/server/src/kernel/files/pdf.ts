import { confine, type Ask } from "./confined.ts";

/** A word of a page's text layer; the box is in fractions of the page as shown, `line` counts the text layer's lines. */
export type PdfWord = { readonly text: string; readonly line: number; readonly x: number; readonly y: number; readonly w: number; readonly h: number };

/** A page's size in points, its text layer, and whether one picture covers most of it. */
export type PdfText = { readonly width: number; readonly height: number; readonly words: readonly PdfWord[]; readonly scan: boolean };

/** A drawn page: rows of pixels, one byte of grey or four of RGBA each. */
export type Raster = { readonly width: number; readonly height: number; readonly channels: 1 | 4; readonly pixels: Uint8Array };

/** What the worker can be asked. Pages count from 1; `undefined` is a page that is missing or broken. */
export type PdfTasks = {
  readonly open: { readonly input: Uint8Array; readonly output: { readonly pages: number } | { readonly problem: "encrypted" | "broken" } };
  readonly close: { readonly input: undefined; readonly output: undefined };
  readonly words: { readonly input: number; readonly output: PdfText | undefined };
  readonly raster: { readonly input: { readonly page: number; readonly width: number; readonly color: boolean }; readonly output: Raster | undefined };
};

/** An open PDF, for as long as the work that was given it runs. */
export type Pdf = {
  readonly pages: number;
  readonly words: (page: number) => Promise<PdfText | undefined>;
  /** Draws a page `width` pixels wide, in colour or in grey. */
  readonly raster: (page: number, width: number, color: boolean) => Promise<Raster | undefined>;
};

/** PDFium behind a watchdog; one document at a time. */
export type PdfEngine = {
  /** Opens `bytes`, works, closes. An empty user password opens the file as it does for every reader; any other is `encrypted`. */
  readonly use: <R>(bytes: Uint8Array, work: (pdf: Pdf) => Promise<R>) => Promise<R | { readonly problem: "encrypted" | "broken" }>;
  readonly close: () => Promise<void>;
};

/** Starts PDFium in its own thread when it is first needed. */
export const openPdfEngine = ({ timeoutMs = 20_000 }: { readonly timeoutMs?: number } = {}): PdfEngine => {
  const confined = confine<PdfTasks>(new URL("./pdf-worker.ts", import.meta.url), { timeoutMs, heapMb: 256, uses: 100, waiting: 200 });
  return {
    use: (bytes, work) =>
      confined.use(async (ask) => {
        const opened = await ask("open", bytes);
        if ("problem" in opened) return opened;
        const result = await work(pdfOf(opened.pages, ask));
        await ask("close", undefined);
        return result;
      }),
    close: confined.close,
  };
};

const pdfOf = (pages: number, ask: Ask<PdfTasks>): Pdf => ({
  pages,
  words: (page) => ask("words", page),
  raster: (page, width, color) => ask("raster", { page, width, color }),
});
