import { PDFiumModule } from "@hyzyla/pdfium";

/** The WebAssembly PDFium with the calls we need; handles are addresses inside its own memory. */
export type Pdfium = {
  readonly call: (name: PdfiumCall, ...numbers: readonly number[]) => number;
  readonly allocate: (size: number) => number;
  readonly free: (address: number) => void;
  /** A view of its memory; growing the memory makes old views empty, so take a new one after each call. */
  readonly memory: () => Uint8Array;
};

/** The functions of PDFium's C interface that are used, by their exported names. */
export type PdfiumCall = (typeof calls)[number];

const calls = [
  "FPDF_InitLibraryWithConfig", "FPDF_LoadMemDocument", "FPDF_GetLastError", "FPDF_GetPageCount", "FPDF_CloseDocument",
  "FPDF_LoadPage", "FPDF_ClosePage", "FPDF_GetPageWidthF", "FPDF_GetPageHeightF", "FPDF_PageToDevice",
  "FPDFPage_CountObjects", "FPDFPage_GetObject", "FPDFPageObj_GetType", "FPDFPageObj_GetBounds",
  "FPDFText_LoadPage", "FPDFText_ClosePage", "FPDFText_CountChars", "FPDFText_GetUnicode", "FPDFText_GetCharBox", "FPDFText_IsGenerated",
  "FPDFBitmap_CreateEx", "FPDFBitmap_FillRect", "FPDFBitmap_Destroy", "FPDF_RenderPageBitmap",
  "FPDFDOC_InitFormFillEnvironment", "FPDFDOC_ExitFormFillEnvironment", "FORM_OnAfterLoadPage", "FORM_OnBeforeClosePage", "FPDF_FFLDraw",
] as const;

/** Loads PDFium; throws when the installed package lacks one of the calls. */
export const loadPdfium = async (): Promise<Pdfium> => {
  const module = await PDFiumModule({});
  // The package's types name only half of the functions that it exports, so they are looked up and checked here, once.
  const exported = new Map<PdfiumCall, Function>();
  for (const name of calls) {
    const found: unknown = Reflect.get(module, `_${name}`);
    if (typeof found !== "function") throw new Error(`this build of PDFium has no ${name}`);
    exported.set(name, found);
  }
  const call: Pdfium["call"] = (name, ...numbers) => {
    const found = exported.get(name);
    return found === undefined ? 0 : Number(Reflect.apply(found, undefined, numbers));
  };
  call("FPDF_InitLibraryWithConfig", 0);
  return { call, allocate: (size) => allocate(module.wasmExports.malloc(size), size), free: (address) => module.wasmExports.free(address), memory: () => module.HEAPU8 };
};

const allocate = (address: number, size: number): number => {
  if (address === 0) throw new Error(`PDFium has no room for ${size} bytes`);
  return address;
};
