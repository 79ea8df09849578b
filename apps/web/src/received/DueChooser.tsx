import { useId, useState, type CSSProperties, type ReactElement } from "react";
import { dayOf } from "../kernel/days.ts";
import { useTimeWords } from "../session/me.ts";
import { DayInput } from "../ui/DateField.tsx";
import { cx } from "../ui/class-names.ts";
import { Icon } from "../ui/Icon.tsx";
import { useReceivedMessages } from "./messages.ts";
import { closingAfter, closingOf, ruler, workingMinutes } from "./working-days.ts";
import css from "./DispositionDialog.module.css";

/** A deadline in office hours: the near closing times, the date the letter asks for, any other date, or none. */
export const DueChooser = ({ due, asked, now, onChange }: { readonly due: string | undefined; readonly asked: string | null; readonly now: Date; readonly onChange: (due: string | undefined) => void }): ReactElement => {
  const words = useReceivedMessages().dispose;
  const time = useTimeWords();
  const name = useId();
  const [isPicking, setPicking] = useState(false);
  const near = [0, 1, 2].flatMap((days) => {
    const closing = closingAfter(days, now, time.zone);
    return closing === undefined ? [] : [{ at: closing.toISOString(), day: dayWords(closing, now, time, words), small: time.clock(closing), isAsked: false }];
  });
  const askedClosing = asked === null ? undefined : closingOf(asked, time.zone);
  const askedChoice = askedClosing !== undefined && askedClosing > now && !near.some((each) => each.at === askedClosing.toISOString()) ? [{ at: askedClosing.toISOString(), day: time.shortDate(askedClosing, now), small: words.asked, isAsked: true }] : [];
  const choices = [...near, ...askedChoice];
  const isOther = due !== undefined && !choices.some((each) => each.at === due);

  return (
    <fieldset className={css["set"]}>
      <div className={css["legend"]}>
        <legend><b>{words.due}</b></legend>
        <button type="button" className={css["pick"]} aria-expanded={isPicking} onClick={() => setPicking(!isPicking)}>
          <Icon name="calendar" size={16} />
          {words.pick}
        </button>
      </div>
      <div className={css["chips"]}>
        {choices.map((choice) => (
          <label key={choice.at} className={cx(css["chip"], choice.isAsked && css["asked"])}>
            <input type="radio" name={name} checked={due === choice.at} onChange={() => onChange(choice.at)} />
            <span><Icon name="check" size={16} />{choice.day}<small>{choice.small}</small></span>
          </label>
        ))}
        {isOther && (
          <label className={css["chip"]}>
            <input type="radio" name={name} checked onChange={() => undefined} />
            <span><Icon name="check" size={16} />{time.shortDate(due, now)}<small>{time.clock(due)}</small></span>
          </label>
        )}
        <label className={css["chip"]}>
          <input type="radio" name={name} checked={due === undefined} onChange={() => onChange(undefined)} />
          <span><Icon name="check" size={16} />{words.noDue}</span>
        </label>
        {isPicking && (
          <DayInput label={words.pick} today={dayOf(now, time.zone)} min={dayOf(now, time.zone)} value={due === undefined ? "" : dayOf(due, time.zone)} onChange={(day) => {
            if (day !== "") onChange(closingOf(day, time.zone).toISOString());
          }} />
        )}
      </div>
      <Ruler due={due} asked={asked} now={now} />
    </fieldset>
  );
};

const dayWords = (closing: Date, now: Date, time: ReturnType<typeof useTimeWords>, words: ReturnType<typeof useReceivedMessages>["dispose"]): string => {
  const whole = time.when(closing, now);
  return whole.startsWith("hari ini") || whole.startsWith("today") ? words.today : whole.startsWith("besok") || whole.startsWith("tomorrow") ? words.tomorrow : time.shortDate(closing, now);
};

const Ruler = ({ due, asked, now }: { readonly due: string | undefined; readonly asked: string | null; readonly now: Date }): ReactElement | null => {
  const words = useReceivedMessages().dispose;
  const time = useTimeWords();
  if (due === undefined) return null;
  const until = new Date(due);
  const days = ruler(now, until, asked, time.zone);
  const hours = Math.floor(workingMinutes(now, until, time.zone) / 60);
  const askedClosing = asked === null ? undefined : closingOf(asked, time.zone);
  const spare = askedClosing === undefined ? undefined : until > askedClosing ? words.afterAsked : until < askedClosing ? words.beforeAsked(Math.floor(workingMinutes(until, askedClosing, time.zone) / 510), time.date(askedClosing)) : undefined;
  return (
    <>
      <div className={css["ruler"]} role="img" aria-label={words.rulerLabel(time.full(until))}>
        {days.map((day) => {
          const style: CSSProperties & Record<"--from" | "--used", string> = { "--from": `${day.starts * 100}%`, "--used": `${day.used * 100}%` };
          const [weekday, number] = time.shortDate(day.date, now).split(" ");
          return (
            <div key={day.date} className={cx(css["day"], !day.isOpen && css["closed"], day.isEnd && css["end"], day.isAsked && css["askedDay"])} style={style}>
              <div className={css["track"]} style={{ width: `${day.width * 100}%` }}><i /></div>
              <span><b>{weekday}</b> {number}</span>
            </div>
          );
        })}
      </div>
      <p className={css["hours"]}><b>{words.hours(hours)}</b>{spare !== undefined && ` ${spare}`}</p>
    </>
  );
};
