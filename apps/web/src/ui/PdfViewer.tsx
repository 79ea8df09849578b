import { lazy, Suspense, type ReactElement } from "react";
import { PageLoading } from "./ReadingPane.tsx";

/** Props of `PdfViewer`. */
export type PdfViewerProps = {
  /** An address on our own site, or bytes that never leave this browser (the public check of a dropped file). */
  readonly source: string | Uint8Array;
  readonly label: string;
  readonly back?: { readonly label: string; readonly href: string };
  readonly download?: { readonly href: string; readonly name: string };
  readonly onPrint?: () => void;
  /** Told the number of pages when the document is open. */
  readonly onReady?: (pages: number) => void;
};

const Lazy = lazy(async () => ({ default: (await import("./PdfDocument.tsx")).PdfDocument }));

/** A PDF with zoom, thumbnails, search and selectable text. pdf.js is fetched when the first one is opened. */
export const PdfViewer = (props: PdfViewerProps): ReactElement => (
  <Suspense fallback={<PageLoading />}>
    <Lazy {...props} />
  </Suspense>
);
