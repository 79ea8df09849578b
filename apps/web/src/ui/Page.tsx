import type { ReactElement, ReactNode } from "react";
import { Anchor } from "./Anchor.tsx";
import css from "./Page.module.css";

/** A plain page of sections, such as settings: one column that scrolls. */
export const Page = ({ title, note, acts, children }: { readonly title: string; readonly note?: ReactNode; readonly acts?: ReactNode; readonly children: ReactNode }): ReactElement => (
  <div className={css["page"]}>
    <div className={css["inner"]}>
      <header className={css["head"]}>
        <div>
          <h1>{title}</h1>
          {note !== undefined && <p role="status">{note}</p>}
        </div>
        {acts !== undefined && <div className={css["acts"]}>{acts}</div>}
      </header>
      {children}
    </div>
  </div>
);

/** One framed section of a page. */
export const Section = ({ title, lead, children }: { readonly title: string; readonly lead?: string; readonly children: ReactNode }): ReactElement => (
  <section className={css["section"]}>
    <h2>{title}</h2>
    {lead !== undefined && <p>{lead}</p>}
    {children}
  </section>
);

/** A list of rows. */
export const Rows = ({ children }: { readonly children: ReactNode }): ReactElement => <ul className={css["rows"]}>{children}</ul>;

/** One row: what it is, a word beside it, and perhaps an act or an address. */
export const Row = ({ title, note, side, href }: { readonly title: ReactNode; readonly note?: ReactNode; readonly side?: ReactNode; readonly href?: string }): ReactElement => {
  const content = (
    <>
      <span className={css["main"]}>
        <b>{title}</b>
        {note !== undefined && <small>{note}</small>}
      </span>
      {side !== undefined && <span className={css["side"]}>{side}</span>}
    </>
  );
  return <li>{href === undefined ? <div className={css["row"]}>{content}</div> : <Anchor href={href} className={css["row"]}>{content}</Anchor>}</li>;
};

/** Labelled inputs in a row that wraps; children are `label` elements. */
export const Fields = ({ children }: { readonly children: ReactNode }): ReactElement => <div className={css["fields"]}>{children}</div>;

/** A refusal or fault where the act was. */
export const Fault = ({ error }: { readonly error: Error | null }): ReactElement | null => (error === null ? null : <p className={css["fault"]} role="alert">{error.message}</p>);

/** Something is wrong with the evidence, not with what was typed: it stands until it is put right. */
export const Alarm = ({ children }: { readonly children: ReactNode }): ReactElement => <p className={css["alarm"]} role="alert">{children}</p>;

/** Text for machines, such as a key or a checkpoint. */
export const Code = ({ children }: { readonly children: ReactNode }): ReactElement => <pre className={css["code"]}>{children}</pre>;
