import { useEffect, useRef, useState, type CSSProperties, type ReactElement, type ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { cx } from "./class-names.ts";
import { Icon } from "./Icon.tsx";
import { ViewerTools } from "./ViewerTools.tsx";
import css from "./Viewer.module.css";

/** One page of a scan: an image (with a smaller one for the thumbnail), or drawn content such as a `LetterPaper`. */
export type ViewerPage = { readonly src: string; readonly thumbnail?: string; readonly aspect?: number } | { readonly content: ReactNode };

/** A place on a page, in fractions of its width and height. `n` ties it to a field; tones: read well, read badly, a fact to look at. */
export type PageMark = { readonly id: string; readonly page: number; readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly n?: number; readonly tone?: "read" | "low" | "fact"; readonly label: string };

/** Props of `PageViewer`. */
export type PageViewerProps = {
  /** Names the document for a screen reader: sender and number. */
  readonly label: string;
  readonly pages: readonly ViewerPage[];
  readonly marks?: readonly PageMark[];
  /** The mark that is pointed at: it is outlined and scrolled to. */
  readonly pointedId?: string | undefined;
  readonly onMark?: (id: string) => void;
  readonly back?: { readonly label: string; readonly href: string };
  readonly download?: { readonly href: string; readonly name: string };
  readonly onPrint?: () => void;
  /** A `BottomSheet` lies over the lower part on a phone: leave room to scroll past it. */
  readonly isUnderSheet?: boolean;
};

/** The document as pictures of its pages: at once, light, with marks where facts were read. */
export const PageViewer = ({ label, pages, marks = [], pointedId, onMark, back, download, onPrint, isUnderSheet = false }: PageViewerProps): ReactElement => {
  const { viewer } = useMessages();
  const [zoom, setZoom] = useState(1);
  const [hasThumbnails, setThumbnails] = useState(false);
  const { current, frame, goTo } = usePageInSight(pages.length);
  const style: CSSProperties & Record<"--page-width" | "--page-max", string> = { "--page-width": zoom === 1 ? "100%" : `${zoom * 100}%`, "--page-max": zoom === 1 ? "760px" : `${zoom * 760}px` };
  useEffect(() => {
    if (pointedId !== undefined) document.getElementById(`mark-${pointedId}`)?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }, [pointedId]);
  return (
    <section className={cx(css["viewer"], isUnderSheet && css["underSheet"])} aria-label={label}>
      <ViewerTools back={back} page={current} pages={pages.length} zoom={zoom} onZoom={setZoom} hasThumbnails={hasThumbnails} onThumbnails={() => setThumbnails(!hasThumbnails)} download={download} onPrint={onPrint} />
      <div className={css["body"]}>
        {hasThumbnails && (
          <nav className={css["thumbs"]} aria-label={viewer.thumbnails}>
            {pages.map((page, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- a page is its number
              <button key={index} type="button" aria-current={index + 1 === current ? "true" : undefined} aria-label={viewer.pageLabel(index + 1, pages.length)} onClick={() => goTo(index + 1)}>
                {"src" in page ? <img src={page.thumbnail ?? page.src} alt="" loading="lazy" /> : <span className={css["blank"]} />}
                {index + 1}
              </button>
            ))}
          </nav>
        )}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
        <div ref={frame} className={css["pages"]} style={style} tabIndex={0} role="group" aria-label={label}>
          {pages.map((page, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a page is its number
            <figure key={index} className={css["page"]} data-page={index + 1} aria-label={viewer.pageLabel(index + 1, pages.length)} style={{ aspectRatio: "src" in page ? (page.aspect ?? 210 / 297) : undefined }}>
              {"src" in page ? <PageImage src={page.src} alt={`${label}, ${viewer.pageLabel(index + 1, pages.length)}`} isFirst={index === 0} /> : page.content}
              {marks.filter((mark) => mark.page === index + 1).map((mark) => (
                <button
                  key={mark.id}
                  id={`mark-${mark.id}`}
                  type="button"
                  className={css["mark"]}
                  tabIndex={-1 /* lines of a letter are closer than fingers; the keyboard's way is the field itself, which points here */}
                  data-n={mark.n}
                  data-tone={mark.tone ?? "read"}
                  data-pointed={mark.id === pointedId || undefined}
                  aria-label={mark.label}
                  title={mark.label}
                  style={{ left: `${mark.x * 100}%`, top: `${mark.y * 100}%`, width: `${mark.w * 100}%`, height: `${mark.h * 100}%` }}
                  onClick={() => onMark?.(mark.id)}
                />
              ))}
            </figure>
          ))}
        </div>
      </div>
    </section>
  );
};

const PageImage = ({ src, alt, isFirst }: { readonly src: string; readonly alt: string; readonly isFirst: boolean }): ReactElement => {
  const { viewer } = useMessages();
  const [brokenSrc, setBroken] = useState<string | undefined>(undefined);
  return brokenSrc === src ? (
    <div className={css["broken"]} role="alert">
      <Icon name="warning" size={28} />
      {viewer.broken}
    </div>
  ) : (
    <img src={src} alt={alt} loading={isFirst ? "eager" : "lazy"} decoding="async" draggable={false} onError={() => setBroken(src)} />
  );
};

/** Which page is in sight while scrolling, and how to go to one. */
export const usePageInSight = (count: number) => {
  const frame = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState(1);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const shown = new Map<number, number>();
    const watcher = new IntersectionObserver(
      (changes) => {
        for (const change of changes) shown.set(Number(change.target.getAttribute("data-page")), change.intersectionRect.height);
        const best = [...shown].sort((a, b) => b[1] - a[1])[0];
        if (best !== undefined && best[1] > 0) setCurrent(best[0]);
      },
      { root: element, threshold: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    );
    for (const page of element.querySelectorAll("[data-page]")) watcher.observe(page);
    return () => watcher.disconnect();
  }, [count]);
  const goTo = (page: number): void => frame.current?.querySelector(`[data-page="${page}"]`)?.scrollIntoView({ block: "start" });
  return { frame, current, goTo };
};

/** The page count as a pill over a preview. */
export const PagePill = ({ children }: { readonly children: ReactNode }): ReactElement => <span className={css["pill"]}>{children}</span>;
