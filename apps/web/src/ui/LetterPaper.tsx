import "@fontsource/arimo/latin-400.css";
import "@fontsource/arimo/latin-400-italic.css";
import "@fontsource/arimo/latin-700.css";
import "@fontsource/arimo/latin-700-italic.css";
import type { ReactElement, ReactNode } from "react";
import { cx } from "./class-names.ts";
import css from "./LetterPaper.module.css";

/** The slots of a letter. Each takes text or, in the editor, its own editable part. */
export type LetterPaperProps = {
  /** Letterhead: crest, government, office, address lines. */
  readonly head: { readonly crest?: ReactNode; readonly government: ReactNode; readonly office: ReactNode; readonly address: ReactNode };
  /** Letters with a centred title (Surat Tugas, Nota Dinas); absent for a plain letter. */
  readonly title?: { readonly name: ReactNode; readonly number: ReactNode } | undefined;
  /** Place and date. */
  readonly date?: ReactNode;
  /** Nomor, Sifat, Lampiran, Hal. */
  readonly meta?: readonly { readonly label: string; readonly value: ReactNode }[];
  readonly to?: ReactNode;
  readonly children: ReactNode;
  readonly signature: { readonly lines: ReactNode; readonly qr: ReactNode; readonly caption?: ReactNode; readonly name: ReactNode; readonly rank?: ReactNode };
  readonly cc?: readonly ReactNode[];
  /** In place of `cc`, while copies are being chosen. */
  readonly ccSlot?: ReactNode;
  readonly foot?: ReactNode;
  /** Without shadow: inside a thumbnail or a page of the viewer. */
  readonly isFlat?: boolean;
  /** On a phone the letter becomes one column of readable text instead of a small picture of the sheet: for writing. */
  readonly isReflowing?: boolean;
};

/** An A4 letter in real points. It is a picture of the law's layout for the screen; the PDF is made by the server. */
export const LetterPaper = ({ head, title, date, meta = [], to, children, signature, cc = [], ccSlot, foot, isFlat = false, isReflowing = false }: LetterPaperProps): ReactElement => (
  <article className={cx(css["paper"], isFlat && css["flat"], isReflowing && css["reflowing"])} lang="id">
    <div className={css["sheet"]}>
      <header className={css["kop"]}>
        <span>{head.crest}</span>
        <div>
          <div className={css["k1"]}>{head.government}</div>
          <div className={css["k2"]}>{head.office}</div>
          <div className={css["k3"]}>{head.address}</div>
        </div>
      </header>
      {title !== undefined && (
        <div className={css["title"]}>
          <b>{title.name}</b>
          {title.number}
        </div>
      )}
      {(meta.length > 0 || to !== undefined || date !== undefined) && (
        <div className={css["head"]}>
          {date !== undefined && <div className={css["date"]}>{date}</div>}
          <dl className={css["meta"]}>
            {meta.map((row) => (
              <MetaRow key={row.label} label={row.label} value={row.value} />
            ))}
          </dl>
          {to !== undefined && <div className={css["to"]}>{to}</div>}
        </div>
      )}
      <div className={css["body"]}>{children}</div>
      <div className={css["sign"]}>
        <div>{signature.lines}</div>
        <div className={css["box"]}>
          <span className={css["qr"]}>{signature.qr}</span>
          {signature.caption}
        </div>
        <div className={css["name"]}>{signature.name}</div>
        {signature.rank}
      </div>
      {ccSlot !== undefined && <div className={css["cc"]}>{ccSlot}</div>}
      {cc.length > 0 && (
        <div className={css["cc"]}>
          Tembusan:
          <ol>
            {cc.map((line, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- the order is the meaning
              <li key={index}>{line}</li>
            ))}
          </ol>
        </div>
      )}
      {foot !== undefined && <footer className={css["foot"]}>{foot}</footer>}
    </div>
  </article>
);

const MetaRow = ({ label, value }: { readonly label: string; readonly value: ReactNode }): ReactElement => (
  <>
    <dt>{label}</dt>
    <dd>:</dd>
    <dd>{value}</dd>
  </>
);

/** The number of a change, in the letter and in the list of changes. */
export const ChangeMarker = ({ number }: { readonly number: number }): ReactElement => <span className={css["marker"]}>{number}</span>;
