// Runs in a worker thread: every byte of the document is hostile, and the thread is killed when it takes too long.
import { parentPort } from "node:worker_threads";
import type { Reply } from "./confined.ts";
import type { PdfTasks, PdfWord, Raster } from "./pdf.ts";
import { loadPdfium, type Pdfium } from "./pdfium.ts";

type Opened = { readonly document: number; readonly address: number; readonly pages: number };

/** Larger than any page image that is asked for; a page of 1 × 5,000 points must not ask for gigabytes. */
const maxPixels = 40_000_000;
/** Characters of one page that are read; more than that is no letter. */
const maxChars = 60_000;
/** Objects of one page that are looked at to find a scan. */
const maxObjects = 2_000;

const pdfium = await loadPdfium();
let opened: Opened | undefined;

const open = (bytes: Uint8Array): PdfTasks["open"]["output"] => {
  close();
  const address = pdfium.allocate(bytes.length);
  pdfium.memory().set(bytes, address);
  const document = pdfium.call("FPDF_LoadMemDocument", address, bytes.length, 0);
  if (document === 0) {
    const error = pdfium.call("FPDF_GetLastError");
    pdfium.free(address);
    // fpdfview.h: 4 = password needed or wrong, 5 = security scheme that PDFium does not know.
    return { problem: error === 4 || error === 5 ? "encrypted" : "broken" };
  }
  opened = { document, address, pages: pdfium.call("FPDF_GetPageCount", document) };
  return { pages: opened.pages };
};

const close = (): void => {
  if (opened === undefined) return;
  pdfium.call("FPDF_CloseDocument", opened.document);
  pdfium.free(opened.address);
  opened = undefined;
};

const onPage = <R>(page: number, work: (handle: number, document: number) => R): R | undefined => {
  if (opened === undefined) throw new Error("no document is open");
  const handle = pdfium.call("FPDF_LoadPage", opened.document, page - 1);
  if (handle === 0) return undefined;
  try {
    return work(handle, opened.document);
  } finally {
    pdfium.call("FPDF_ClosePage", handle);
  }
};

const sizeOf = (page: number): { readonly width: number; readonly height: number } => ({
  width: readSize(pdfium.call("FPDF_GetPageWidthF", page)),
  height: readSize(pdfium.call("FPDF_GetPageHeightF", page)),
});

const readSize = (points: number): number => (Number.isFinite(points) ? Math.min(Math.max(points, 1), 14_400) : 1);

const words = (number: number): PdfTasks["words"]["output"] =>
  onPage(number, (page) => {
    const { width, height } = sizeOf(page);
    const text = pdfium.call("FPDFText_LoadPage", page);
    if (text === 0) return { width, height, words: [], scan: coveredByImage(page) };
    try {
      return { width, height, words: readWords(page, text), scan: coveredByImage(page) };
    } finally {
      pdfium.call("FPDFText_ClosePage", text);
    }
  });

const readWords = (page: number, text: number): PdfWord[] => {
  const found: PdfWord[] = [];
  const corners = pdfium.allocate(4 * 8);
  const spot = pdfium.allocate(2 * 4);
  let line = 0;
  let letters = "";
  let box: [number, number, number, number] | undefined;
  const flush = (): void => {
    if (letters !== "" && box !== undefined) found.push({ text: letters, line, ...onDevice(pdfium, page, spot, box) });
    letters = "";
    box = undefined;
  };
  try {
    const count = Math.min(pdfium.call("FPDFText_CountChars", text), maxChars);
    for (let index = 0; index < count; index += 1) {
      const code = pdfium.call("FPDFText_GetUnicode", text, index);
      const letter = code > 0 && code <= 0x10_ffff ? String.fromCodePoint(code) : "\ufffd";
      if (/\s/.test(letter) || code < 32) {
        flush();
        if (letter === "\n" || letter === "\r") line += 1;
        continue;
      }
      const isThere = pdfium.call("FPDFText_GetCharBox", text, index, corners, corners + 8, corners + 16, corners + 24) !== 0;
      letters += letter;
      if (!isThere || pdfium.call("FPDFText_IsGenerated", text, index) === 1) continue;
      // GetCharBox writes left, right, bottom, top.
      const view = new DataView(pdfium.memory().buffer, corners, 32);
      const [left, right, bottom, top] = [view.getFloat64(0, true), view.getFloat64(8, true), view.getFloat64(16, true), view.getFloat64(24, true)];
      box = box === undefined ? [left, bottom, right, top] : [Math.min(box[0], left), Math.min(box[1], bottom), Math.max(box[2], right), Math.max(box[3], top)];
    }
    flush();
    return found;
  } finally {
    pdfium.free(corners);
    pdfium.free(spot);
  }
};

/** Page space to fractions of the page as it is shown, with its crop box and /Rotate. */
const onDevice = (library: Pdfium, page: number, spot: number, [left, bottom, right, top]: readonly [number, number, number, number]): { readonly x: number; readonly y: number; readonly w: number; readonly h: number } => {
  const grid = 1_000_000;
  const at = (x: number, y: number): readonly [number, number] => {
    library.call("FPDF_PageToDevice", page, 0, 0, grid, grid, 0, x, y, spot, spot + 4);
    const view = new DataView(library.memory().buffer, spot, 8);
    return [clamp(view.getInt32(0, true) / grid), clamp(view.getInt32(4, true) / grid)];
  };
  const [x1, y1] = at(left, bottom);
  const [x2, y2] = at(right, top);
  return { x: Math.min(x1, x2), y: Math.min(y1, y2), w: Math.abs(x2 - x1), h: Math.abs(y2 - y1) };
};

const clamp = (fraction: number): number => Math.min(Math.max(fraction, 0), 1);

/** Does one picture cover half of the page? Then the page is a scan, whatever text lies over it. */
const coveredByImage = (page: number): boolean => {
  const { width, height } = sizeOf(page);
  const corners = pdfium.allocate(4 * 4);
  try {
    const count = Math.min(pdfium.call("FPDFPage_CountObjects", page), maxObjects);
    for (let index = 0; index < count; index += 1) {
      const object = pdfium.call("FPDFPage_GetObject", page, index);
      const kind = pdfium.call("FPDFPageObj_GetType", object);
      // fpdf_edit.h: 3 = image, 5 = form XObject, in which scanners like to wrap the image.
      if ((kind !== 3 && kind !== 5) || pdfium.call("FPDFPageObj_GetBounds", object, corners, corners + 4, corners + 8, corners + 12) === 0) continue;
      const view = new DataView(pdfium.memory().buffer, corners, 16);
      const area = Math.abs(view.getFloat32(8, true) - view.getFloat32(0, true)) * Math.abs(view.getFloat32(12, true) - view.getFloat32(4, true));
      if (area >= 0.5 * width * height) return true;
    }
    return false;
  } finally {
    pdfium.free(corners);
  }
};

const raster = ({ page: number, width: wanted, color }: PdfTasks["raster"]["input"]): Raster | undefined =>
  onPage(number, (page, document) => {
    const size = sizeOf(page);
    const fit = Math.min(1, Math.sqrt(maxPixels / (wanted * wanted * (size.height / size.width))));
    const width = Math.max(1, Math.floor(wanted * fit));
    const height = Math.max(1, Math.min(Math.round((width * size.height) / size.width), Math.floor(maxPixels / width)));
    const channels = color ? 4 : 1;
    const pixels = pdfium.allocate(width * height * channels);
    const bitmap = pdfium.call("FPDFBitmap_CreateEx", width, height, color ? 4 : 1, pixels, width * channels);
    try {
      pdfium.call("FPDFBitmap_FillRect", bitmap, 0, 0, width, height, 0xffff_ffff);
      // fpdfview.h: 0x01 annotations, 0x08 greyscale, 0x10 RGB instead of BGR.
      const flags = color ? 0x11 : 0x09;
      pdfium.call("FPDF_RenderPageBitmap", bitmap, page, 0, 0, width, height, 0, flags);
      drawWidgets(document, page, bitmap, width, height, flags & ~0x01);
      return { width, height, channels, pixels: pdfium.memory().slice(pixels, pixels + width * height * channels) };
    } finally {
      pdfium.call("FPDFBitmap_Destroy", bitmap);
      pdfium.free(pixels);
    }
  });

/** Visible signatures are form widgets, which PDFium draws only through its form interface (no script engine is in this build). */
const drawWidgets = (document: number, page: number, bitmap: number, width: number, height: number, flags: number): void => {
  // FPDF_FORMFILLINFO, version 2, without callbacks: 256 zero bytes are more than it has.
  const callbacks = pdfium.allocate(256);
  pdfium.memory().fill(0, callbacks, callbacks + 256);
  new DataView(pdfium.memory().buffer).setUint32(callbacks, 2, true);
  const form = pdfium.call("FPDFDOC_InitFormFillEnvironment", document, callbacks);
  if (form !== 0) {
    pdfium.call("FORM_OnAfterLoadPage", page, form);
    pdfium.call("FPDF_FFLDraw", form, bitmap, page, 0, 0, width, height, 0, flags);
    pdfium.call("FORM_OnBeforeClosePage", page, form);
    pdfium.call("FPDFDOC_ExitFormFillEnvironment", form);
  }
  pdfium.free(callbacks);
};

type Task = { [K in keyof PdfTasks]: { readonly id: number; readonly name: K; readonly input: PdfTasks[K]["input"] } }[keyof PdfTasks];

const answer = (task: Task): unknown => {
  switch (task.name) {
    case "open":
      return open(task.input);
    case "close":
      return close();
    case "words":
      return words(task.input);
    case "raster":
      return raster(task.input);
    default:
      return task satisfies never;
  }
};

parentPort?.on("message", (task: Task) => {
  const reply = ((): Reply => {
    try {
      return { id: task.id, value: answer(task) };
    } catch (error) {
      return { id: task.id, reason: String(error) };
    }
  })();
  parentPort?.postMessage(reply);
});
