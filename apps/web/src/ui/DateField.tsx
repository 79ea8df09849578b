import { useId, useMemo, useState, type KeyboardEvent, type ReactElement, type RefObject } from "react";
import { useLanguage, useMessages } from "../kernel/catalog/index.ts";
import { readDate } from "../kernel/date-words.ts";
import { isDay } from "../kernel/days.ts";
import { timeWords, type TimeWords } from "../kernel/time.ts";
import { IconButton } from "./Button.tsx";
import { cx } from "./class-names.ts";
import { Icon } from "./Icon.tsx";
import { dayAfterKey, monthsLater, outOfBounds, weeksOf } from "./month.ts";
import { usePopover } from "./use-popover.ts";
import css from "./DateField.module.css";

type Bounds = { readonly min?: string | undefined; readonly max?: string | undefined };

/** Props of `DateField`. */
export type DateFieldProps = Bounds & {
  readonly id?: string | undefined;
  /** What a screen reader calls it, where no `label` element does. */
  readonly label?: string | undefined;
  /** ISO date, or what was typed. */
  readonly value: string;
  /** Today in the office, for `kemarin`, a year left out and the calendar. */
  readonly today: string;
  /** The ISO date when the words are understood, else the words themselves. */
  readonly onChange: (value: string) => void;
  readonly isRequired?: boolean | undefined;
  /** The place where it stands draws the frame. */
  readonly isBare?: boolean | undefined;
  /** The place where it stands tells what is wrong. */
  readonly isToldElsewhere?: boolean | undefined;
  readonly hasFocus?: boolean | undefined;
  readonly className?: string | undefined;
  readonly "aria-describedby"?: string | undefined;
  readonly "aria-invalid"?: boolean | undefined;
};

// A plain date belongs to no zone, so any zone says it alike.
const useDateWords = (): TimeWords => {
  const language = useLanguage();
  return useMemo(() => timeWords("WITA", language), [language]);
};

/**
 * A date that is typed the way offices write it and shown in words once it is understood; a calendar is there for those who prefer
 * it. What cannot be understood is kept as typed, so that nothing is lost and the fault can be named.
 */
export const DateField = ({ id, label, value, today, min, max, onChange, isRequired, isBare = false, isToldElsewhere = false, hasFocus, className, ...given }: DateFieldProps): ReactElement => {
  const { date: words } = useMessages();
  const time = useDateWords();
  const fault = useId();
  const [typing, setTyping] = useState<string | undefined>(undefined);
  const isDate = isDay(value);
  const bound = isDate ? outOfBounds(value, min, max) : undefined;
  // While someone is still typing, half a date is not a wrong one.
  const wrong = isToldElsewhere || typing !== undefined || value === "" ? undefined : !isDate ? words.unknown : bound === "early" ? words.early(time.date(min ?? value)) : bound === "late" ? words.late(time.date(max ?? value)) : undefined;
  const { opener, panel, isOpen } = usePopover<HTMLButtonElement>({ align: "end", onShown: (element) => element.querySelector<HTMLElement>('[tabindex="0"][data-day]')?.focus() });
  const pick = (day: string): void => {
    panel.current?.hidePopover();
    setTyping(undefined);
    onChange(day);
    opener.current?.parentElement?.querySelector("input")?.focus();
  };
  return (
    <span className={cx(css["field"], isBare && css["bare"])}>
      <span className={css["in"]}>
        <input
          id={id}
          type="text"
          className={className}
          aria-label={label}
          autoComplete="off"
          placeholder={words.placeholder}
          required={isRequired}
          {...(hasFocus === true && { "data-autofocus": true })}
          value={typing ?? (isDate ? time.longDate(value) : value)}
          aria-invalid={given["aria-invalid"] ?? (wrong === undefined ? undefined : true)}
          aria-describedby={[given["aria-describedby"], wrong === undefined ? undefined : fault].filter((each) => each !== undefined).join(" ") || undefined}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setTyping(event.target.value);
            onChange(readDate(event.target.value, today) ?? event.target.value);
          }}
          onBlur={() => setTyping(undefined)}
          onKeyDown={(event) => {
            if (event.key === "Enter") setTyping(undefined);
            if (event.key === "ArrowDown" && event.altKey) {
              event.preventDefault();
              panel.current?.showPopover();
            }
          }}
        />
        <button ref={opener} type="button" className={css["open"]} aria-label={words.calendar} title={words.calendar} aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => panel.current?.togglePopover()}><Icon name="calendar" size={18} /></button>
      </span>
      {wrong !== undefined && <small id={fault} className={css["fault"]} role="alert">{wrong}</small>}
      <Calendar panel={panel} isOpen={isOpen} value={isDate ? value : undefined} today={today} min={min} max={max} time={time} onPick={pick} />
    </span>
  );
};

/** Props of `DayField`. */
export type DayFieldProps = Omit<DateFieldProps, "id" | "label" | "className" | "aria-describedby" | "aria-invalid"> & { readonly label: string; readonly note?: string | undefined };

/** A labelled date of a form. Only a day of the calendar leaves it, or nothing; words that are no date yet stay in the field. */
export const DayField = ({ label, note, value, onChange, ...given }: DayFieldProps): ReactElement => {
  const id = useId();
  return (
    <div className={css["labelled"]} data-field="">
      <label htmlFor={id}>{label}</label>
      <DayInput {...given} id={id} value={value} onChange={onChange} {...(note !== undefined && { "aria-describedby": `${id}-note` })} />
      {note !== undefined && <small id={`${id}-note`}>{note}</small>}
    </div>
  );
};

/** The same without a label of its own. */
export const DayInput = ({ value, onChange, ...given }: DateFieldProps): ReactElement => {
  const [words, setWords] = useState("");
  return (
    <DateField
      {...given}
      value={value === "" ? words : value}
      onChange={(next) => {
        setWords(isDay(next) ? "" : next);
        onChange(isDay(next) ? next : "");
      }}
    />
  );
};

type CalendarProps = Bounds & { readonly panel: RefObject<HTMLDivElement | null>; readonly isOpen: boolean; readonly value: string | undefined; readonly today: string; readonly time: TimeWords; readonly onPick: (day: string) => void };

/** The month as a grid that the keyboard walks (WAI-ARIA date picker dialog). */
const Calendar = ({ panel, isOpen, value, today, min, max, time, onPick }: CalendarProps): ReactElement => {
  const { date: words } = useMessages();
  const [walked, setWalked] = useState<string | undefined>(undefined);
  const nearest = value ?? (min !== undefined && today < min ? min : max !== undefined && today > max ? max : today);
  if (!isOpen && walked !== undefined) setWalked(undefined); // opened anew it begins at its date again
  const cursor = walked ?? nearest;
  const walk = (day: string): void => {
    setWalked(day);
    queueMicrotask(() => panel.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") event.stopPropagation(); // closes the calendar alone, not the page behind it
    const next = event.target instanceof HTMLElement && event.target.dataset["day"] !== undefined ? dayAfterKey(cursor, event.key, event.shiftKey) : undefined;
    if (next === undefined) return;
    event.preventDefault();
    walk(next);
  };
  const isOut = (day: string): boolean => outOfBounds(day, min, max) !== undefined;
  const weeks = weeksOf(cursor);
  const head = time.date(cursor).split(" ").slice(1).join(" ");
  return (
    <div ref={panel} popover="auto" role="dialog" tabIndex={-1} aria-label={words.calendar} className={css["panel"]} onKeyDown={onKeyDown}>
      {isOpen && (
        <>
          <div className={css["head"]}>
            <IconButton label={words.previousMonth} icon="left" onClick={() => setWalked(monthsLater(cursor, -1))} />
            <b aria-live="polite">{head}</b>
            <IconButton label={words.nextMonth} icon="right" onClick={() => setWalked(monthsLater(cursor, 1))} />
          </div>
          <table role="grid" aria-label={head}>
            <thead>
              <tr>{(weeks[0] ?? []).map((day) => <th key={day} scope="col" abbr={time.longDate(day).split(",")[0]}>{time.shortDate(day, day).split(" ")[0]}</th>)}</tr>
            </thead>
            <tbody>
              {weeks.map((week) => (
                <tr key={week[0]}>
                  {week.map((day) => (
                    <td key={day} aria-selected={day === value}>
                      <button type="button" data-day={day} tabIndex={day === cursor ? 0 : -1} aria-label={time.longDate(day)} aria-current={day === today ? "date" : undefined} aria-disabled={isOut(day) || undefined} className={cx(day.slice(0, 7) !== cursor.slice(0, 7) && css["outside"])} onClick={() => { if (!isOut(day)) onPick(day); }}>{Number(day.slice(8))}</button>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
          <div className={css["foot"]}>
            <button type="button" disabled={isOut(today)} onClick={() => onPick(today)}>{words.today}</button>
            <span>
              <button type="button" aria-label={words.previousYear} onClick={() => setWalked(monthsLater(cursor, -12))}>− {words.year}</button>
              <button type="button" aria-label={words.nextYear} onClick={() => setWalked(monthsLater(cursor, 12))}>+ {words.year}</button>
            </span>
          </div>
        </>
      )}
    </div>
  );
};
