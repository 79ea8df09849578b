import { useEffect, useRef, type ReactElement } from "react";
import type { Notice } from "../kernel/notices.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { cx } from "./class-names.ts";
import { Icon } from "./Icon.tsx";
import css from "./Notices.module.css";

/** The notices at the bottom of the screen. They wait while a pointer or the keyboard rests on them (WCAG 2.2.1). */
export const Notices = ({ notices, onDismiss }: { readonly notices: readonly Notice[]; readonly onDismiss: (id: string) => void }): ReactElement => (
  <div className={css["stack"]} role="status" aria-live="polite">
    {notices.map((notice) => (
      <OneNotice key={notice.id} notice={notice} onDismiss={onDismiss} />
    ))}
  </div>
);

const OneNotice = ({ notice, onDismiss }: { readonly notice: Notice; readonly onDismiss: (id: string) => void }): ReactElement => {
  const { list } = useMessages();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const { id, stayMs } = notice;
  const start = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => onDismiss(id), stayMs);
  };
  const hold = (): void => clearTimeout(timer.current);
  useEffect(() => {
    start();
    return hold;
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- started once for each notice
  }, [id, stayMs]);
  return (
    <div className={cx(css["notice"], notice.tone === "bad" && css["bad"])} onPointerEnter={hold} onPointerLeave={start} onFocus={hold} onBlur={start}>
      <Icon name={notice.tone === "done" ? "check" : notice.tone === "bad" ? "warning" : "info"} />
      <p>{notice.sentence}</p>
      {notice.act !== undefined && (
        <button
          type="button"
          onClick={() => {
            notice.act?.run();
            onDismiss(id);
          }}
        >
          {notice.act.label}
        </button>
      )}
      <button type="button" aria-label={list.close} onClick={() => onDismiss(id)}>
        <Icon name="close" size={18} />
      </button>
    </div>
  );
};
