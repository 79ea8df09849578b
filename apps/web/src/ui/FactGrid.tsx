import { Fragment, type CSSProperties, type ReactElement, type ReactNode } from "react";
import { Anchor } from "./Anchor.tsx";
import { cx } from "./class-names.ts";
import css from "./FactGrid.module.css";

/** One fact of a letter. `source` = read from the scan: pressing the value points at the place; `isCorrected` says a person changed it; `value: null` = not found. */
export type Fact = {
  readonly label: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  readonly href?: string;
  readonly source?: { readonly onPoint: () => void; readonly hint: string };
  readonly isWide?: boolean;
};

/** Facts in columns beside a letter; on a phone two columns. */
export const FactGrid = ({ facts, columns = 4 }: { readonly facts: readonly Fact[]; readonly columns?: number }): ReactElement => {
  const style: CSSProperties & Record<"--columns", number> = { "--columns": columns };
  return (
    <dl className={cx(css["grid"], columns === 2 && css["pairs"])} style={style}>
      {facts.map((fact) => <OneFact key={fact.label} fact={fact} />)}
    </dl>
  );
};

/** Facts as lines, label left: the public page and settings. */
export const FactLines = ({ facts }: { readonly facts: readonly Fact[] }): ReactElement => (
  <dl className={css["lines"]}>
    {facts.map((fact) => <OneFact key={fact.label} fact={fact} />)}
  </dl>
);

/** A number of a letter may break after its strokes, better than inside a word. */
const breakable = (value: ReactNode): ReactNode =>
  typeof value !== "string" || !value.includes("/") ? value : <span>{value.split("/").map((part, index) => (index === 0 ? part : <Fragment key={index}>/<wbr />{part}</Fragment>))}</span>;

const OneFact = ({ fact }: { readonly fact: Fact }): ReactElement => (
  <div className={cx(fact.isWide === true && css["wide"])}>
    <dt>{fact.label}</dt>
    <dd>
      {fact.value === null ? (
        <span className={css["missing"]}>–</span>
      ) : fact.source !== undefined ? (
        <button type="button" className={css["anchor"]} title={fact.source.hint} onClick={fact.source.onPoint}>{breakable(fact.value)}</button>
      ) : fact.href !== undefined ? (
        <Anchor href={fact.href}>{fact.value}</Anchor>
      ) : (
        breakable(fact.value)
      )}
      {fact.note !== undefined && <small>{fact.note}</small>}
    </dd>
  </div>
);
