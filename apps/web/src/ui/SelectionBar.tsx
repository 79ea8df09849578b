import type { ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { Button, Kbd } from "./Button.tsx";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./QueueRow.module.css";

/** What became of one item of an act on many. */
export type ItemResult = { readonly id: string; readonly label: string; readonly state: "waiting" | "running" | "done" | "held"; /** Why it was held, in the server's sentence. */ readonly reason?: string };

/** Props of `SelectionBar`: chosen items with the acts they share, or the act that is running with a result for each item. */
export type SelectionBarProps =
  | {
      readonly phase: "choosing";
      readonly count: number;
      /** `Semuanya menunggu paraf Anda`, or that the chosen ones differ and what can still be done. */
      readonly note: string;
      /** The act that all chosen items allow, such as *Paraf ketiganya*; absent when they differ. */
      readonly act?: { readonly label: string; readonly icon: IconName; readonly key?: string; readonly run: () => void };
      readonly other?: { readonly label: string; readonly run: () => void };
      readonly onClear: () => void;
    }
  | { readonly phase: "running" | "finished"; readonly title: string; readonly results: readonly ItemResult[]; readonly onStop?: () => void; readonly onClose: () => void };

/** The bar over a list with chosen items. */
export const SelectionBar = (props: SelectionBarProps): ReactElement => {
  const { list } = useMessages();
  if (props.phase === "choosing") {
    return (
      <div className={css["bar"]} role="toolbar" aria-label={list.selected(props.count)}>
        <p>
          <b>{list.selected(props.count)}</b>
          <span>{props.note}</span>
        </p>
        {props.act !== undefined && (
          <button type="button" className={css["go"]} onClick={props.act.run}>
            <Icon name={props.act.icon} size={18} />
            {props.act.label}
            {props.act.key !== undefined && <span className={css["caps"]} aria-hidden="true"><Kbd>{props.act.key}</Kbd></span>}
          </button>
        )}
        {props.other !== undefined && <button type="button" className={css["other"]} onClick={props.other.run}>{props.other.label}</button>}
        <button type="button" className={css["cross"]} aria-label={list.clear} title={list.clear} onClick={props.onClear}>
          <Icon name="close" size={18} />
        </button>
      </div>
    );
  }
  const done = props.results.filter((result) => result.state === "done").length;
  const held = props.results.filter((result) => result.state === "held");
  return (
    <section className={css["run"]} aria-label={props.title}>
      <header>
        <b role="status">{props.title} · {list.running(done, props.results.length)}</b>
        {props.phase === "running" && props.onStop !== undefined && <button type="button" onClick={props.onStop}>{list.stop}</button>}
        {props.phase === "finished" && <button type="button" onClick={props.onClose}>{list.close}</button>}
      </header>
      <div className={css["cells"]} aria-hidden="true">
        {props.results.map((result) => <i key={result.id} data-state={result.state} />)}
      </div>
      {held.length > 0 && (
        <ul className={css["results"]}>
          {held.map((result) => (
            <li key={result.id}>
              <Icon name="pause" size={18} />
              <span>
                {result.label}
                <small>{result.reason}</small>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};

/** Starts work-through mode: one item after the other, the late ones first. `floating` = the phone's large button over the list. */
export const WorkThrough = ({ lateCount, onStart, isFloating = false }: { readonly lateCount: number; readonly onStart: () => void; readonly isFloating?: boolean }): ReactElement => {
  const { list } = useMessages();
  return isFloating ? (
    <Button kind="primary" size="big" isWide icon="play" onClick={onStart}>{lateCount > 0 ? list.startLate(lateCount) : list.startAll}</Button>
  ) : (
    <Button icon="play" onClick={onStart}>{list.work}</Button>
  );
};
