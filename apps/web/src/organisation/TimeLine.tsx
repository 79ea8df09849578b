import { useMemo, useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { cx } from "../ui/class-names.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Chip } from "../ui/Small.tsx";
import { dayOf } from "../kernel/days.ts";
import { useOrganisationMessages } from "./messages.ts";
import type { Chart } from "./tree.ts";
import css from "./OrganisationPage.module.css";

/** A day on which something of the organisation began, and what. */
export type ChangeDay = { readonly day: string; readonly what: string };

/** The days of change, oldest first. */
export const useChangeDays = (changes: Chart["changes"]): readonly ChangeDay[] => {
  const { zone } = useMe().tenant;
  return useMemo(() => [...Map.groupBy(changes, (change) => dayOf(change.at, zone))].map(([day, on]) => ({ day, what: on.map((change) => change.what).join("; ") })).toSorted((a, b) => a.day.localeCompare(b.day)), [changes, zone]);
};

/** The days of change as a slider along the bottom of the picture; its right end is today unless something is already planned. */
export const TimeLine = ({ days, day, onDay }: { readonly days: readonly ChangeDay[]; readonly day: string | undefined; readonly onDay: (day: string | undefined) => void }): ReactElement | null => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  const { zone } = useMe().tenant;
  const today = dayOf(useNow(), zone);
  const stops = useMemo(() => {
    const past = days.filter((each) => each.day < today);
    return [...past, { day: today, what: "" }, ...days.filter((each) => each.day > today)];
  }, [days, today]);
  if (stops.length < 2) return null;
  const shown = day ?? today;
  const at = Math.max(0, stops.findLastIndex((stop) => stop.day <= shown));
  const stop = stops[at];
  const say = `${time.mediumDate(shown)}${stop !== undefined && stop.day === shown && stop.what !== "" ? `: ${stop.what}` : ""}`;
  return (
    <div className={css["line"]}>
      <label>
        <span>{words.asOf.changes}</span>
        <input
          type="range"
          min={0}
          max={stops.length - 1}
          step={1}
          value={at}
          aria-valuetext={say}
          onChange={(event) => {
            const next = stops[Number(event.target.value)];
            onDay(next === undefined || next.day === today ? undefined : next.day);
          }}
        />
      </label>
      <p title={say}>{say}</p>
    </div>
  );
};

/** Chooses the day whose structure is shown: any day, or one of those on which something changed or will. */
export const AsOfDialog = ({ days, day, onDay, onClose }: { readonly days: readonly ChangeDay[]; readonly day: string | undefined; readonly onDay: (day: string | undefined) => void; readonly onClose: () => void }): ReactElement => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  const { zone } = useMe().tenant;
  const today = dayOf(useNow(), zone);
  const [typed, setTyped] = useState(day ?? today);
  const show = (next: string): void => {
    onDay(next === today ? undefined : next);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.asOf.title}
      lead={words.asOf.lead}
      width={520}
      foot={
        <>
          <Button onClick={() => show(today)}>{words.asOf.today}</Button>
          <Button kind="primary" disabled={typed === ""} onClick={() => show(typed)}>{words.asOf.show}</Button>
        </>
      }
    >
      <DayField label={words.asOf.date} today={today} min="2000-01-01" max="2100-12-31" value={typed} onChange={setTyped} hasFocus />
      <h3 className={css["sub"]}>{words.asOf.changes}</h3>
      {days.length === 0 ? <p>{words.asOf.noChanges}</p> : (
        <ol className={css["days"]}>
          {days.toReversed().map((change) => (
            <li key={change.day}>
              <button type="button" className={cx(change.day === typed && css["chosen"])} onClick={() => show(change.day)}>
                <b>{time.date(change.day)}</b> {change.day > today && <Chip tone="soon">{words.asOf.coming}</Chip>}
                <small>{change.what}</small>
              </button>
            </li>
          ))}
        </ol>
      )}
    </Dialog>
  );
};
