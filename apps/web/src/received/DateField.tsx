import { useRef, useState, type ReactElement } from "react";
import { useTimeWords } from "../session/me.ts";
import { Icon } from "../ui/Icon.tsx";
import { readDate } from "./date-words.ts";
import { useReceivedMessages } from "./messages.ts";
import css from "./RegisterPage.module.css";

/**
 * A date that is typed the way offices write it and shown in words once it is understood; the calendar is there for those who
 * prefer it. What cannot be understood is kept as typed, so that nothing is lost and the fault can be named.
 */
export const DateField = ({ id, label, value, today, max, onChange }: { readonly id?: string; readonly label: string; /** ISO date, or what was typed. */ readonly value: string; readonly today: string; readonly max?: string; readonly onChange: (value: string) => void }): ReactElement => {
  const words = useReceivedMessages().register;
  const time = useTimeWords();
  const calendar = useRef<HTMLInputElement>(null);
  const [typing, setTyping] = useState<string | undefined>(undefined);
  const isDate = /^\d{4}-\d\d-\d\d$/.test(value) && readDate(value, today) === value;
  return (
    <span className={css["date"]}>
      <input
        id={id}
        type="text"
        inputMode="text"
        aria-label={label}
        autoComplete="off"
        placeholder={words.datePlaceholder}
        value={typing ?? (isDate ? time.longDate(value) : value)}
        onFocus={(event) => event.target.select()}
        onChange={(event) => {
          setTyping(event.target.value);
          onChange(readDate(event.target.value, today) ?? event.target.value);
        }}
        onBlur={() => setTyping(undefined)}
        onKeyDown={(event) => event.key === "Enter" && setTyping(undefined)}
      />
      <button type="button" tabIndex={-1} aria-label={words.calendar} title={words.calendar} onClick={() => calendar.current?.showPicker()}><Icon name="calendar" size={18} /></button>
      <input ref={calendar} type="date" className={css["calendar"]} tabIndex={-1} aria-hidden="true" max={max} value={isDate ? value : ""} onChange={(event) => onChange(event.target.value)} />
    </span>
  );
};
