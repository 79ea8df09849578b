// Runs in a worker thread, so that a page on which Tesseract never ends, or falls over, costs this thread and not the server.
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parentPort } from "node:worker_threads";
import Tesseract from "tesseract.js";
import type { Reply } from "../../kernel/files/confined.ts";
import type { OcrTasks } from "./ocr.ts";

// The Indonesian model comes from a package in node_modules: nothing is fetched, nothing is cached on disk.
const model = join(dirname(fileURLToPath(import.meta.resolve("@tesseract.js-data/ind/package.json"))), "4.0.0_best_int");

const start = async (): Promise<Tesseract.Worker> => {
  const worker = await Tesseract.createWorker("ind", Tesseract.OEM.LSTM_ONLY, { langPath: model, gzip: true, cacheMethod: "none" });
  // The library's own default takes the page for one block of text and loses tables and columns; 3 finds the blocks.
  // Threshold 2 (Sauvola) judges each spot by its surroundings: a phone's photo has a shadow over it.
  await worker.setParameters({ tessedit_pageseg_mode: Tesseract.PSM.AUTO, thresholding_method: "2", user_defined_dpi: "200" });
  return worker;
};
let tesseract: Promise<Tesseract.Worker> | undefined;

const read = async ({ png, width, height }: OcrTasks["read"]["input"]): Promise<OcrTasks["read"]["output"]> => {
  const { data } = await (await (tesseract ??= start())).recognize(Buffer.from(png), {}, { text: false, blocks: true });
  const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs.flatMap((paragraph) => paragraph.lines));
  return lines.flatMap((line, index) =>
    line.words
      .filter((word) => word.text.trim() !== "")
      .map(({ text, confidence, bbox }) => ({
        text: text.trim(),
        line: index,
        confidence: Math.min(Math.max(confidence / 100, 0), 1),
        x: bbox.x0 / width,
        y: bbox.y0 / height,
        w: (bbox.x1 - bbox.x0) / width,
        h: (bbox.y1 - bbox.y0) / height,
      })),
  );
};

parentPort?.on("message", async (task: { readonly id: number; readonly input: OcrTasks["read"]["input"] }) => {
  const reply = await read(task.input).then(
    (value): Reply => ({ id: task.id, value }),
    (error: unknown): Reply => ({ id: task.id, reason: String(error) }),
  );
  parentPort?.postMessage(reply);
});
