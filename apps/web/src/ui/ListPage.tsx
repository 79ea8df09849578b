import type { ReactElement, ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import type { Pages } from "../kernel/pages.ts";
import { Button } from "./Button.tsx";
import { cx } from "./class-names.ts";
import css from "./ListPage.module.css";

/** Props of `ListPage`. */
export type ListPageProps = {
  readonly title: string;
  readonly note: ReactNode;
  /** At the right of the title. */
  readonly acts?: ReactNode;
  /** Between title and tools: what an upload came to. */
  readonly above?: ReactNode;
  /** Filters and search. */
  readonly tools: ReactNode;
  readonly pages: Omit<Pages<unknown>, "rows"> & { readonly rows: { readonly length: number } };
  /** Shown when there is no row: what the first step is. */
  readonly empty: ReactNode;
  /** The rows, each an `li`. */
  readonly children: ReactNode;
  /** Over the end of the list: the bar of what is chosen. */
  readonly foot?: ReactNode;
};

/** A page that is one long list: title, filters, rows with their loading and empty states, and the next page on demand. */
export const ListPage = ({ title, note, acts, above, tools, pages, empty, children, foot }: ListPageProps): ReactElement => {
  const { list } = useMessages();
  return (
    <div className={css["page"]}>
      <header className={css["head"]}>
        <h1>{title}</h1>
        <p role="status">{pages.isLoading ? list.loading : note}</p>
        {acts !== undefined && <div className={css["acts"]}>{acts}</div>}
      </header>
      {above}
      <div className={css["tools"]}>{tools}</div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["list"]} role="region" tabIndex={0} aria-label={title} aria-busy={pages.isLoading || undefined}>
        {pages.isLoading && <div aria-hidden="true" className={css["ghosts"]}>{[1, 2, 3, 4, 5].map((each) => <i key={each} className="shimmer" />)}</div>}
        {!pages.isLoading && (pages.rows.length === 0 ? empty : <ul>{children}</ul>)}
        {pages.more !== undefined && <p className={css["more"]}><Button isBusy={pages.more.isBusy} onClick={pages.more.run}>{list.more}</Button></p>}
      </div>
      {foot !== undefined && foot !== false && <div className={css["foot"]}>{foot}</div>}
    </div>
  );
};

/** Filters of a list as a row of pills, one of them chosen. */
export const FilterPills = <Name extends string>({ label, chosen, options, onChoose }: { readonly label: string; readonly chosen: Name; readonly options: readonly { readonly value: Name; readonly label: string }[]; readonly onChoose: (next: Name) => void }): ReactElement => (
  <div className={css["pills"]} role="group" aria-label={label}>
    {options.map((option) => <button key={option.value} type="button" aria-pressed={option.value === chosen} onClick={() => onChoose(option.value)}>{option.label}</button>)}
  </div>
);

/** What a row is: its name, and under it what else one must know. */
export const RowName = ({ title, note }: { readonly title: ReactNode; readonly note: ReactNode }): ReactElement => (
  <span className={css["name"]}>
    <b>{title}</b>
    <span>{note}</span>
  </span>
);

/** A further column of a row. `isSpare` columns leave when the page is narrow. */
export const RowFact = ({ children, isSpare = false }: { readonly children: ReactNode; readonly isSpare?: boolean }): ReactElement => <span className={cx(css["fact"], isSpare && css["spare"])}>{children}</span>;
