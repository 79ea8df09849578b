import { getDocument, GlobalWorkerOptions, TextLayer, type PDFDocumentProxy, type PDFPageProxy } from "pdfjs-dist";
// oxlint-disable-next-line import/default -- `?url` is Vite's: the address of the built worker
import workerUrl from "pdfjs-dist/build/pdf.worker.min.mjs?url";
import { useEffect, useMemo, useRef, useState, type CSSProperties, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { Icon } from "./Icon.tsx";
import { usePageInSight } from "./PageViewer.tsx";
import { PageLoading } from "./ReadingPane.tsx";
import { ViewerTools } from "./ViewerTools.tsx";
import type { PdfViewerProps } from "./PdfViewer.tsx";
import css from "./Viewer.module.css";

GlobalWorkerOptions.workerSrc = workerUrl;

/** The most pages drawn at once; the others wait until they come into sight. */
const mostPixels = 16_000_000;

/** The PDF itself; loaded through `PdfViewer` so that pdf.js stays out of every other page. */
export const PdfDocument = ({ source, label, back, download, onPrint, onReady }: PdfViewerProps): ReactElement => {
  const { viewer } = useMessages();
  const [state, setState] = useState<{ readonly document: PDFDocumentProxy; readonly pages: readonly PDFPageProxy[] } | "broken" | undefined>(undefined);
  const [zoom, setZoom] = useState(1);
  const [hasThumbnails, setThumbnails] = useState(false);
  const [text, setText] = useState("");
  const [hit, setHit] = useState(0);

  useEffect(() => {
    setState(undefined);
    let isCurrent = true;
    // The bytes come from outside: pdf.js runs no script of the file unless it is given a sandbox for them, and XFA forms stay off.
    const task = getDocument({ ...(typeof source === "string" ? { url: source } : { data: source.slice() }), enableXfa: false, wasmUrl: "/pdfjs/", standardFontDataUrl: "/pdfjs/", stopAtErrors: false });
    const load = async (): Promise<void> => {
      const document = await task.promise;
      const pages = await Promise.all(Array.from({ length: document.numPages }, (_, index) => document.getPage(index + 1)));
      if (isCurrent) {
        setState({ document, pages });
        onReady?.(document.numPages);
      }
    };
    load().catch(() => {
      if (isCurrent) setState("broken"); // shown in words below; the file can still be downloaded
    });
    return () => {
      isCurrent = false;
      void task.destroy();
    };
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- a new `onReady` is no new document
  }, [source]);

  const pages = typeof state === "object" ? state.pages : [];
  const { current, frame, goTo } = usePageInSight(pages.length);
  const hits = useHits(pages, text);
  const now = hits[hit % Math.max(1, hits.length)];
  const goToHit = (index: number): void => {
    setHit(index);
    const place = hits[index % Math.max(1, hits.length)];
    if (place !== undefined) goTo(place.page);
  };

  if (state === "broken") {
    return (
      <section className={css["viewer"]} aria-label={label}>
        <ViewerTools back={back} page={0} pages={0} zoom={1} onZoom={() => undefined} hasThumbnails={false} onThumbnails={() => undefined} download={download} />
        <div className={css["broken"]} role="alert"><Icon name="warning" size={28} />{viewer.broken}</div>
      </section>
    );
  }
  if (state === undefined) return <PageLoading />;
  const style: CSSProperties & Record<"--page-width" | "--page-max", string> = { "--page-width": zoom === 1 ? "100%" : `${zoom * 100}%`, "--page-max": `${zoom * 760}px` };
  return (
    <section className={css["viewer"]} aria-label={label}>
      <ViewerTools
        back={back}
        page={current}
        pages={pages.length}
        zoom={zoom}
        onZoom={setZoom}
        hasThumbnails={hasThumbnails}
        onThumbnails={() => setThumbnails(!hasThumbnails)}
        search={{ text, onText: (next) => { setText(next); setHit(0); }, index: hits.length === 0 ? -1 : hit % hits.length, total: hits.length, onNext: () => goToHit(hit + 1) }}
        download={download}
        onPrint={onPrint}
      />
      <div className={css["body"]}>
        {hasThumbnails && (
          <nav className={css["thumbs"]} aria-label={viewer.thumbnails}>
            {pages.map((page) => (
              <button key={page.pageNumber} type="button" aria-current={page.pageNumber === current ? "true" : undefined} aria-label={viewer.pageLabel(page.pageNumber, pages.length)} onClick={() => goTo(page.pageNumber)}>
                <Picture page={page} width={70} />
                {page.pageNumber}
              </button>
            ))}
          </nav>
        )}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
        <div ref={frame} className={css["pages"]} style={style} tabIndex={0} role="group" aria-label={label}>
          {pages.map((page) => (
            <OnePage key={page.pageNumber} page={page} total={pages.length} hit={text} now={now?.page === page.pageNumber ? now.item : undefined} />
          ))}
        </div>
      </div>
    </section>
  );
};

const OnePage = ({ page, total, hit, now }: { readonly page: PDFPageProxy; readonly total: number; readonly hit: string; readonly now: number | undefined }): ReactElement => {
  const { viewer } = useMessages();
  const figure = useRef<HTMLElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const [isNear, setNear] = useState(false);
  const [drawnAt, setDrawnAt] = useState(0);
  const { width: pageWidth, height: pageHeight } = useMemo(() => page.getViewport({ scale: 1 }), [page]);

  useEffect(() => {
    const element = figure.current;
    if (element === null) return undefined;
    const sizes = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? 0)));
    const sight = new IntersectionObserver(([entry]) => setNear(entry?.isIntersecting === true), { rootMargin: "800px" });
    sizes.observe(element);
    sight.observe(element);
    return () => {
      sizes.disconnect();
      sight.disconnect();
    };
  }, []);

  useEffect(() => {
    const element = layer.current;
    if (element === null || !isNear || width === 0) return undefined;
    element.replaceChildren();
    element.style.setProperty("--total-scale-factor", String(width / pageWidth));
    const text = new TextLayer({ textContentSource: page.streamTextContent(), container: element, viewport: page.getViewport({ scale: width / pageWidth }) });
    text.render().then(() => setDrawnAt(width), () => undefined /* cancelled below */);
    return () => text.cancel();
  }, [page, pageWidth, width, isNear]);

  useEffect(() => {
    const wanted = hit.trim().toLowerCase();
    const spans = [...(layer.current?.querySelectorAll<HTMLElement>("span:not(.markedContent)") ?? [])];
    for (const [index, span] of spans.entries()) {
      span.classList.toggle(css["hit"] ?? "", wanted.length > 1 && (span.textContent?.toLowerCase().includes(wanted) ?? false));
      span.classList.toggle(css["hitNow"] ?? "", index === now);
    }
    if (now !== undefined) spans[now]?.scrollIntoView({ block: "center" });
  }, [hit, now, drawnAt]);

  return (
    <figure ref={figure} className={css["page"]} data-page={page.pageNumber} aria-label={viewer.pageLabel(page.pageNumber, total)} style={{ aspectRatio: pageWidth / pageHeight }}>
      {isNear && width > 0 && <Picture page={page} width={width} />}
      <div ref={layer} className={css["text"]} />
    </figure>
  );
};

/** Draws a page at a width, as sharp as the screen, within a limit that a small phone can hold. */
const Picture = ({ page, width }: { readonly page: PDFPageProxy; readonly width: number }): ReactElement => {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const natural = page.getViewport({ scale: 1 });
    const wanted = (width / natural.width) * Math.min(devicePixelRatio, 2.5);
    const scale = Math.min(wanted, Math.sqrt(mostPixels / (natural.width * natural.height)));
    const viewport = page.getViewport({ scale });
    element.width = Math.floor(viewport.width);
    element.height = Math.floor(viewport.height);
    const task = page.render({ canvas: element, viewport });
    task.promise.catch(() => undefined /* cancelled by the next drawing */);
    return () => task.cancel();
  }, [page, width]);
  return <canvas ref={canvas} aria-hidden="true" />;
};

/** Where the typed words occur: page and text item, at most 500. */
const useHits = (pages: readonly PDFPageProxy[], text: string): readonly { readonly page: number; readonly item: number }[] => {
  const [items, setItems] = useState<readonly (readonly string[])[]>([]);
  useEffect(() => {
    let isCurrent = true;
    if (text === "" || items.length === pages.length) return undefined;
    const read = async (): Promise<void> => {
      const all = await Promise.all(pages.map(async (page) => (await page.getTextContent()).items.flatMap((item) => ("str" in item && item.str !== "" ? [item.str.toLowerCase()] : []))));
      if (isCurrent) setItems(all);
    };
    read().catch(() => undefined /* a page without readable text has no hits */);
    return () => {
      isCurrent = false;
    };
  }, [pages, text, items.length]);
  return useMemo(() => {
    const wanted = text.trim().toLowerCase();
    if (wanted.length < 2) return [];
    return items.flatMap((strings, page) => strings.flatMap((string, item) => (string.includes(wanted) ? [{ page: page + 1, item }] : []))).slice(0, 500);
  }, [items, text]);
};
