import { useRef, useState, type CSSProperties, type PointerEvent, type ReactElement, type ReactNode } from "react";
import type { Deadline } from "../kernel/time.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { Anchor } from "./Anchor.tsx";
import { cx } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import { DeadlineRing } from "./Small.tsx";
import css from "./QueueRow.module.css";

/** Props of `QueueRow`. */
export type QueueRowProps = {
  readonly id: string;
  readonly href: string;
  /** What is wanted from me, such as *Disposisi* or *Tanda tangan*. */
  readonly act: { readonly label: string; readonly icon: IconName };
  readonly from: string;
  readonly title: string;
  /** A few words under the deadline: urgency, `paraf 2 dari 3`, `a.n. Bupati`. */
  readonly detail?: string;
  readonly deadline: Deadline | null;
  readonly isCurrent?: boolean;
  readonly isSelected: boolean;
  readonly isSecret?: boolean;
  readonly isUnread?: boolean;
  readonly onSelect: (isSelected: boolean) => void;
  /** A plain click on a wide screen shows the item beside the list instead of leaving it; absent = follow the link. */
  readonly onShow?: () => void;
  /** The act behind a swipe to the right on a phone. */
  readonly swipe?: { readonly label: string; readonly icon: IconName; readonly run: () => void };
  /** The item has just moved to someone: their name is shown while the row leaves. */
  readonly leavingTo?: string;
};

const openAt = 92;
const runAt = 200;

/** One line of a queue: who wants what from me, until when. The act tile is the check box. */
export const QueueRow = (props: QueueRowProps): ReactElement => {
  const { href, act, from, title, detail, deadline, isCurrent = false, isSelected, isSecret = false, isUnread = false, onSelect, onShow, swipe, leavingTo } = props;
  const { list } = useMessages();
  const drag = useSwipe(swipe?.run);
  const style: CSSProperties & Record<"--dx", string> = { "--dx": `${drag.dx}px` };
  return (
    <li className={cx(css["row"], isCurrent && css["current"], isSelected && css["selected"], isUnread && css["unread"])} aria-current={isCurrent || undefined}>
      {swipe !== undefined && drag.dx > 0 && (
        <button type="button" className={css["under"]} style={{ width: drag.dx }} onClick={() => { drag.close(); swipe.run(); }}>
          <Icon name={swipe.icon} />
          {swipe.label}
        </button>
      )}
      <div className={css["item"]} style={style} data-settling={drag.isSettling || undefined} {...(swipe !== undefined && drag.handlers)}>
        <label className={css["pick"]}>
          <input type="checkbox" checked={isSelected} aria-label={list.select(`${act.label}, ${from}`)} onChange={(event) => onSelect(event.target.checked)} />
          <span className={css["tile"]}>
            <Icon name={isSecret ? "lock" : act.icon} size={18} />
            <span className={css["box"]}><Icon name="check" size={16} /></span>
          </span>
        </label>
        <Anchor
          href={href}
          className={css["link"]}
          draggable={false}
          onClick={(event) => {
            if (drag.dx > 0) {
              event.preventDefault();
              drag.close();
            } else if (onShow !== undefined && !event.metaKey && !event.ctrlKey && !event.shiftKey && matchMedia("(min-width: 1000px)").matches) {
              event.preventDefault();
              onShow();
            }
          }}
        >
          <span className={css["from"]}>
            {isUnread && <span className="vh">{list.unread}: </span>}
            {from}
          </span>
          <span className={css["due"]}>{deadline !== null && <DeadlineRing deadline={deadline} />}</span>
          <span className={css["what"]}>
            <em>{act.label}</em>
            {isSecret && <strong>{list.secret} </strong>}
            {title}
          </span>
          <span className={css["detail"]}>{detail}</span>
        </Anchor>
      </div>
      {leavingTo !== undefined && (
        <div className={css["leaving"]} role="status">
          <Icon name="forward" />
          {leavingTo}
        </div>
      )}
    </li>
  );
};

/** The swipe: right by a thumb's width opens the act, further runs it, left or a tap closes. Only touch; a mouse has the buttons. */
const useSwipe = (run: (() => void) | undefined) => {
  const [dx, setDx] = useState(0);
  const [isSettling, setSettling] = useState(false);
  const from = useRef<{ readonly x: number; readonly y: number; readonly dx: number; isSideways: boolean } | undefined>(undefined);
  const settle = (to: number): void => {
    setSettling(true);
    setDx(to);
  };
  const handlers = {
    onPointerDown: (event: PointerEvent): void => {
      if (event.pointerType === "touch") from.current = { x: event.clientX, y: event.clientY, dx, isSideways: false };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>): void => {
      const start = from.current;
      if (start === undefined) return;
      const moved = event.clientX - start.x;
      if (!start.isSideways) {
        if (Math.abs(moved) < 10 || Math.abs(moved) < Math.abs(event.clientY - start.y)) return;
        start.isSideways = true;
        setSettling(false);
        event.currentTarget.setPointerCapture(event.pointerId);
      }
      setDx(Math.max(0, Math.min(260, start.dx + moved)));
    },
    onPointerUp: (): void => {
      const start = from.current;
      from.current = undefined;
      if (start === undefined || !start.isSideways) return;
      if (dx >= runAt) {
        settle(0);
        run?.();
      } else settle(dx >= openAt / 2 ? openAt : 0);
    },
    onPointerCancel: (): void => {
      from.current = undefined;
      settle(0);
    },
  };
  return { dx, isSettling, handlers, close: () => settle(0) };
};

/** A heading in the queue with its count; *Lewat batas* is red. */
export const QueueGroup = ({ title, count, isLate = false, children }: { readonly title: string; readonly count: number; readonly isLate?: boolean; readonly children: ReactNode }): ReactElement => (
  <section className={css["group"]}>
    <h2 className={isLate ? css["isLate"] : undefined}>
      {title}
      <span>{count}</span>
    </h2>
    <ul>{children}</ul>
  </section>
);

/** One counter: pressing it filters the list by it. */
export type Counter = { readonly id: string; readonly label: string; readonly count: number; readonly isLate?: boolean };

/** Counters that are filters; exactly one is pressed. */
export const FilterCounters = ({ label, counters, chosen, onChoose }: { readonly label: string; readonly counters: readonly Counter[]; readonly chosen: string; readonly onChoose: (id: string) => void }): ReactElement => (
  <div className={css["counters"]} role="group" aria-label={label}>
    {counters.map((counter) => (
      <button key={counter.id} type="button" className={counter.isLate === true ? css["isLate"] : undefined} aria-pressed={counter.id === chosen} onClick={() => onChoose(counter.id)}>
        {counter.label}
        <b>{counter.count}</b>
      </button>
    ))}
  </div>
);
