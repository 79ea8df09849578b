import { useId, type ReactElement, type ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { Button } from "./Button.tsx";
import { cx } from "./class-names.ts";
import { Icon } from "./Icon.tsx";
import { Confidence } from "./Small.tsx";
import css from "./Register.module.css";

/** What the reader of the scan proposed for a field. */
export type CropSource = {
  readonly confidence: number;
  /** The text as read, shown like a strip of the paper; or a cut-out image of the page. */
  readonly raw: string;
  readonly image?: string;
  /** How many lines of the page the image shows; one when it is not said. */
  readonly lines?: number;
};

/** Props of `CropField`. */
export type CropFieldProps = {
  /** The number that ties the field to its box on the page. */
  readonly number: number;
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** `null` = nothing was read for this field: the person types it. */
  readonly source: CropSource | null;
  /** `proposed` until the person accepts it or types something else. */
  readonly state: "proposed" | "accepted" | "edited";
  readonly onAccept?: () => void;
  /** Points at the place on the page. */
  readonly onPoint?: () => void;
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  /** The scan is still being read: an empty field is not yet one that nobody could read. */
  readonly isReading?: boolean;
  /** Something else than a text field (choices, a picker); it then does the changing. */
  readonly children?: ReactNode;
};

/** A value beside the piece of the scan it was read from. Low confidence asks, in words; a text wraps, for what is cut off cannot be compared. */
export const CropField = (props: CropFieldProps): ReactElement => {
  const { number, label, value, onChange, source, state, onAccept, onPoint, error, isRequired = false, isReading = false, children } = props;
  const { proposal, strip } = useMessages();
  const id = useId();
  const isLow = state === "proposed" && (source === null ? value === "" && isRequired && !isReading : source.confidence < 0.85);
  const described = error !== undefined ? `${id}-error` : undefined;
  const common = { id, value, required: isRequired, "aria-invalid": error !== undefined || undefined, "aria-describedby": described };
  return (
    <div className={cx(css["field"], isLow && css["low"], error !== undefined && css["bad"])}>
      <div className={css["head"]}>
        {children === undefined ? (
          <label htmlFor={id}><span className={css["number"]} aria-hidden="true">{number}</span>{label}</label>
        ) : (
          <span className={css["label"]} id={`${id}-label`}><span className={css["number"]} aria-hidden="true">{number}</span>{label}</span>
        )}
        {state === "edited" ? <span className={css["note"]}>{proposal.edited}</span> : source === null ? <span className={css["note"]}>{isReading ? strip.reading : proposal.none}</span> : <Confidence value={source.confidence} />}
      </div>
      <div className={css["pair"]}>
        {source !== null && (
          <button type="button" className={css["crop"]} onClick={onPoint} title={proposal.crop} aria-label={`${proposal.crop}: ${source.raw}`} tabIndex={onPoint === undefined ? -1 : 0}>
            {source.image === undefined ? <span>{source.raw}</span> : <img src={source.image} alt="" style={{ height: 24 * (source.lines ?? 1) }} />}
          </button>
        )}
        <div className={css["in"]} role={children === undefined ? undefined : "group"} aria-labelledby={children === undefined ? undefined : `${id}-label`}>
          {children ?? <textarea {...common} rows={1} onChange={(event) => onChange(event.target.value)} />}
          {state !== "proposed" ? (
            <span className={css["end"]} title={state === "accepted" ? proposal.accepted : proposal.edited}><Icon name={state === "accepted" ? "check" : "pen"} size={18} /></span>
          ) : isLow && onAccept !== undefined && value !== "" ? (
            <button type="button" onClick={onAccept}>{proposal.accept}</button>
          ) : null}
        </div>
      </div>
      {error !== undefined && <p id={`${id}-error`} className={css["error"]}><Icon name="warning" size={16} />{error}</p>}
    </div>
  );
};

/** Props of `DuplicateCard`. */
export type DuplicateCardProps = {
  /** `Mungkin sudah tercatat: agenda 0117, kemarin 10.12` */
  readonly title: string;
  /** Why we think so, in a sentence. */
  readonly reason: string;
  readonly agenda: string;
  /** Who registered the earlier one and when, in a sentence; nothing when nobody has. */
  readonly registered?: string;
  /** Where the earlier one is read. */
  readonly href: string;
  readonly onMerge?: () => void;
  readonly onCompare: () => void;
  readonly onSeparate: () => void;
};

/** Asks whether the letter has been registered before. */
export const DuplicateCard = ({ title, reason, agenda, registered, href, onMerge, onCompare, onSeparate }: DuplicateCardProps): ReactElement => {
  const { duplicate } = useMessages();
  return (
    <section className={css["dup"]} role="alert">
      <Icon name="copy" />
      <div>
        <h2>{title}</h2>
        <p>{reason}{registered !== undefined && ` ${registered}`} <a href={href} target="_blank" rel="noreferrer">{duplicate.open}</a></p>
        <div>
          {onMerge !== undefined && <Button kind="amber" size="small" keys={["F2"]} onClick={onMerge}>{duplicate.merge(agenda)}</Button>}
          <Button kind={onMerge === undefined ? "amber" : "plain"} size="small" keys={["F4"]} onClick={onCompare}>{duplicate.compare}</Button>
          <Button size="small" keys={["F8"]} onClick={onSeparate}>{duplicate.separate}</Button>
        </div>
      </div>
    </section>
  );
};

/** The agenda number: dotted while it is only the next one, solid once it is taken. */
export const AgendaPreview = ({ number, isTaken, book, received }: { readonly number: string; readonly isTaken: boolean; readonly book: string; readonly received: string }): ReactElement => {
  const { agenda } = useMessages();
  return (
    <div className={css["agenda"]}>
      <div>
        <p>{isTaken ? agenda.taken : agenda.next}</p>
        <p className={cx(css["value"], isTaken && css["taken"])}>
          <b>{number}</b>
          <span>{book}</span>
        </p>
      </div>
      <div>
        <p>{agenda.received}</p>
        <p className={css["time"]}>{received}</p>
      </div>
    </div>
  );
};

/** One scan that waits to be registered. `doubtful` counts the fields to check. */
export type StripScan = { readonly id: string; readonly label: string; readonly thumbnail?: string; readonly state: { readonly kind: "reading" | "ready" | "open" | "failed" } | { readonly kind: "doubtful"; readonly count: number } | { readonly kind: "done"; readonly agenda: string } };

/** The row of scans under the register: how many are done, which is open, what the reader made of the rest. */
export const ScanStrip = ({ scans, done, total, currentId, onOpen }: { readonly scans: readonly StripScan[]; readonly done: number; readonly total: number; readonly currentId: string; readonly onOpen: (id: string) => void }): ReactElement => {
  const { strip } = useMessages();
  const words = (state: StripScan["state"]): string => {
    switch (state.kind) {
      case "reading":
        return strip.reading;
      case "ready":
        return strip.ready;
      case "open":
        return strip.open;
      case "failed":
        return strip.failed;
      case "doubtful":
        return strip.doubtful(state.count);
      case "done":
        return strip.done(state.agenda);
      default:
        throw state satisfies never;
    }
  };
  return (
    <nav className={css["strip"]} aria-label={strip.title(total)}>
      <header>
        <b>{strip.title(total)}</b>
        <div className={css["progress"]} role="progressbar" aria-label={strip.title(total)} aria-valuemin={0} aria-valuemax={total} aria-valuenow={done}><i style={{ width: `${total === 0 ? 0 : (done / total) * 100}%` }} /></div>
        <small>{strip.progress(done, total - done)}</small>
      </header>
      <ol>
        {scans.map((scan) => (
          <li key={scan.id}>
            <button type="button" aria-current={scan.id === currentId ? "true" : undefined} onClick={() => onOpen(scan.id)}>
              {scan.thumbnail === undefined ? <span className={css["thumb"]} /> : <img className={css["thumb"]} src={scan.thumbnail} alt="" loading="lazy" />}
              <span>
                <b>{scan.label}</b>
                <em data-state={scan.state.kind}>{words(scan.state)}</em>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
};
