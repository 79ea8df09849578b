import { confine } from "../../kernel/files/confined.ts";
import { greyAsPng } from "../../kernel/files/images.ts";
import type { Raster } from "../../kernel/files/pdf.ts";
import type { Word } from "./reading.ts";

/** What the OCR thread can be asked. */
export type OcrTasks = { readonly read: { readonly input: { readonly png: Uint8Array; readonly width: number; readonly height: number }; readonly output: readonly Word[] } };

/** Tesseract behind a watchdog; one page at a time. */
export type Ocr = {
  /** The words on a grey page; throws `ConfinedFault` when the page takes too long. */
  readonly read: (page: Raster) => Promise<readonly Word[]>;
  readonly close: () => Promise<void>;
};

/** Starts Tesseract with the Indonesian model in its own thread when it is first needed. */
export const openOcr = ({ timeoutMs = 120_000 }: { readonly timeoutMs?: number } = {}): Ocr => {
  const confined = confine<OcrTasks>(new URL("./ocr-worker.ts", import.meta.url), { timeoutMs, heapMb: 512, uses: 200, waiting: 200 });
  return {
    read: async (page) => {
      const png = await greyAsPng(page);
      return confined.use((ask) => ask("read", { png, width: page.width, height: page.height }));
    },
    close: confined.close,
  };
};
