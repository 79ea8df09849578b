import type { ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { ButtonLink, IconButton } from "./Button.tsx";
import { Icon } from "./Icon.tsx";
import css from "./Viewer.module.css";

/** Zoom of a document: fitted to the width, or a factor of that. */
export const zoomSteps: readonly number[] = [0.5, 0.75, 1, 1.25, 1.5, 2, 3];

/** The next step up or down from a zoom. */
export const zoomFrom = (zoom: number, direction: 1 | -1): number => (direction === 1 ? zoomSteps.find((step) => step > zoom) : zoomSteps.findLast((step) => step < zoom)) ?? zoom;

/** Search in a document that has text. */
export type ViewerSearch = { readonly text: string; readonly onText: (text: string) => void; readonly index: number; readonly total: number; readonly onNext: () => void };

/** Props of `ViewerTools`. */
export type ViewerToolsProps = {
  readonly back?: { readonly label: string; readonly href: string } | undefined;
  readonly page: number;
  readonly pages: number;
  readonly zoom: number;
  readonly onZoom: (zoom: number) => void;
  readonly hasThumbnails: boolean;
  readonly onThumbnails: () => void;
  readonly search?: ViewerSearch | undefined;
  readonly download?: { readonly href: string; readonly name: string } | undefined;
  readonly onPrint?: (() => void) | undefined;
};

/** The tool row over a document, the same for page images and PDF. */
export const ViewerTools = ({ back, page, pages, zoom, onZoom, hasThumbnails, onThumbnails, search, download, onPrint }: ViewerToolsProps): ReactElement => {
  const { viewer } = useMessages();
  return (
    <div className={css["tools"]} role="toolbar" aria-label={viewer.document}>
      {back !== undefined && <ButtonLink kind="quiet" size="small" icon="back" href={back.href}>{back.label}</ButtonLink>}
      <IconButton label={viewer.thumbnails} icon="thumbnails" size="small" aria-pressed={hasThumbnails} onClick={onThumbnails} />
      <i />
      <IconButton label={viewer.zoomOut} icon="zoomOut" size="small" disabled={zoom <= (zoomSteps[0] ?? 0)} onClick={() => onZoom(zoomFrom(zoom, -1))} />
      <button type="button" className={css["fit"]} onClick={() => onZoom(1)}>{zoom === 1 ? viewer.fit : `${Math.round(zoom * 100)} %`}</button>
      <IconButton label={viewer.zoomIn} icon="zoomIn" size="small" disabled={zoom >= (zoomSteps.at(-1) ?? 0)} onClick={() => onZoom(zoomFrom(zoom, 1))} />
      <i />
      {search !== undefined && (
        <form
          className={css["search"]}
          role="search"
          onSubmit={(event) => {
            event.preventDefault();
            search.onNext();
          }}
        >
          <Icon name="search" size={16} />
          <input type="search" aria-label={viewer.search} placeholder={viewer.search} value={search.text} onChange={(event) => search.onText(event.target.value)} />
          {search.text !== "" && <span role="status">{viewer.found(search.index + 1, search.total)}</span>}
        </form>
      )}
      <b>{viewer.page(page, pages)}</b>
      {download !== undefined && (
        <a href={download.href} download={download.name} aria-label={viewer.download} title={viewer.download} style={{ display: "grid", placeItems: "center", width: 36, color: "var(--ink-2)" }}><Icon name="download" size={18} /></a>
      )}
      {onPrint !== undefined && <IconButton label={viewer.print} icon="print" size="small" onClick={onPrint} />}
    </div>
  );
};
