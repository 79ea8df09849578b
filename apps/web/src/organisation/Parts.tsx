import { useId, useMemo, useState, type ReactElement, type ReactNode } from "react";
import { now as clock } from "../kernel/clock.ts";
import { useRead } from "../kernel/queries.ts";
import { useMe } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Chosen } from "../ui/Chosen.tsx";
import { DayInput } from "../ui/DateField.tsx";
import { cx } from "../ui/class-names.ts";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PostAvatar, Segmented } from "../ui/Small.tsx";
import { dayOf, isDay, startOfDay } from "../kernel/days.ts";
import { useOrganisationMessages } from "./messages.ts";
import type { Chart } from "./tree.ts";
import css from "./Forms.module.css";

/** A labelled field with its note and with what is wrong in it. */
export const Input = ({ label, note, fault, children }: { readonly label: string; readonly note?: string | undefined; readonly fault?: string | undefined; readonly children: (given: { readonly id: string; readonly "aria-describedby": string | undefined; readonly "aria-invalid": boolean | undefined }) => ReactNode }): ReactElement => {
  const id = useId();
  const hint = useId();
  const hasHint = note !== undefined || fault !== undefined;
  return (
    <div className={cx(css["input"], fault !== undefined && css["wrong"])}>
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": hasHint ? hint : undefined, "aria-invalid": fault === undefined ? undefined : true })}
      {hasHint && <p id={hint} role={fault === undefined ? undefined : "alert"}>{fault ?? note}</p>}
    </div>
  );
};

/** When a change begins: at once, or at the beginning of a day to come. */
export type Start = { readonly mode: "now" | "day"; readonly day: string };

/** The instant at which it begins; undefined while the day is missing or past. */
export const useStart = () => {
  const { zone } = useMe().tenant;
  const today = useMemo(() => dayOf(clock(), zone), [zone]);
  const [start, setStart] = useState<Start>({ mode: "now", day: "" });
  const isToday = start.mode === "now" || start.day === today;
  return {
    start,
    setStart,
    today,
    isPlan: !isToday,
    /** The moment of pressing counts for "now"; it is asked for when sending. */
    instant: (): string | undefined => (isToday ? clock().toISOString() : isDay(start.day) && start.day > today ? startOfDay(start.day, zone) : undefined),
    /** For previews, which are asked again with each key: the same text while nothing changed. */
    previewAt: isToday ? undefined : isDay(start.day) && start.day > today ? startOfDay(start.day, zone) : undefined,
  };
};

/** Asks when a change begins. */
export const StartField = ({ value, today, onChange, fault }: { readonly value: Start; readonly today: string; readonly onChange: (next: Start) => void; readonly fault?: string | undefined }): ReactElement => {
  const words = useOrganisationMessages().form;
  return (
    <Input label={words.since} note={value.mode === "now" ? words.nowNote : words.sinceNote} fault={fault}>
      {(given) => (
        <div className={css["start"]}>
          <Segmented label={words.since} value={value.mode} onChange={(mode) => onChange({ ...value, mode })} options={[{ value: "now", label: words.fromToday }, { value: "day", label: words.fromDay }]} />
          {value.mode === "day" ? <DayInput {...given} today={today} min={today} value={value.day} onChange={(day) => onChange({ ...value, day })} /> : <input {...given} type="hidden" />}
        </div>
      )}
    </Input>
  );
};

type Choice = { readonly id: string; readonly title: string; readonly note: string; readonly face?: string | undefined; readonly isVacant?: boolean };

const shown = 7;

/** Chooses one unit or post of the chart, or none. */
export const NodeField = ({ label, search, none, choices, value, onChange, fault }: { readonly label: string; readonly search: string; readonly none?: string | undefined; readonly choices: readonly Choice[]; readonly value: string | null; readonly onChange: (id: string | null) => void; readonly fault?: string | undefined }): ReactElement => {
  const words = useOrganisationMessages();
  const [isChoosing, setChoosing] = useState(false);
  const [text, setText] = useState("");
  const chosen = choices.find((choice) => choice.id === value);
  const wanted = text.trim().toLowerCase().split(/\s+/);
  const rows = choices.filter((choice) => wanted.every((word) => `${choice.title} ${choice.note}`.toLowerCase().includes(word))).slice(0, shown);
  const take = (id: string | null): void => {
    onChange(id);
    setChoosing(false);
    setText("");
  };
  const first = rows[0];
  return (
    <fieldset className={cx(css["node"], fault !== undefined && css["wrong"])}>
      <legend>{label}</legend>
      {isChoosing || (chosen === undefined && none === undefined) ? (
        <Picker label={label} search={{ label: search, text, onText: setText, onEnter: first === undefined ? undefined : () => take(first.id) }} nothing={rows.length === 0 ? words.found(0, 0) : undefined}>
          {none !== undefined && text === "" && <PickerRow group={label} isChosen={value === null} onChoose={() => take(null)} mark={<Icon name="minus" />} title={none} note="" />}
          {rows.map((row) => <PickerRow key={row.id} group={label} isChosen={row.id === value} onChoose={() => take(row.id)} mark={row.face === undefined ? <Icon name="org" /> : <PostAvatar name={row.face} kind={row.isVacant === true ? "vacant" : "person"} />} title={row.title} note={row.note} />)}
        </Picker>
      ) : (
        <Chosen title={chosen?.title ?? none} {...(chosen !== undefined && { note: chosen.note })}>
          <Button size="small" aria-label={`${words.form.change}: ${label}`} onClick={() => setChoosing(true)}>{words.form.change}</Button>
        </Chosen>
      )}
      {fault !== undefined && <p className={css["fault"]} role="alert">{fault}</p>}
    </fieldset>
  );
};

/** The units of a chart as choices. */
export const unitChoices = (chart: Chart): readonly Choice[] => chart.units.map((unit) => ({ id: unit.id, title: unit.name, note: unit.code }));

/** The posts of a chart as choices. */
export const postChoices = (chart: Chart): readonly Choice[] => {
  const names = new Map(chart.units.map((unit) => [unit.id, unit.name]));
  return chart.posts.map((post) => ({ id: post.id, title: post.title, note: [post.holder?.name ?? "", names.get(post.unitId) ?? ""].filter((part) => part !== "").join(" · "), face: post.holder?.name ?? post.title, isVacant: post.holder === null }));
};

/** What moves along when a unit or post is put in another place: posts, people, work, letterhead. */
export const MovePreview = ({ kind, id, parentId, at }: { readonly kind: "unit" | "post"; readonly id: string; readonly parentId: string | null; readonly at: string }): ReactElement => {
  const words = useOrganisationMessages().form;
  const [isWhole, setWhole] = useState(false);
  // A read that is sent as a body: it changes nothing.
  const preview = useRead("organisation.preview", { kind, id, parentId, at });
  if (preview.data === undefined) return preview.error === null ? <div className={css["preview"]} aria-busy="true"><p className="shimmer">&nbsp;</p></div> : <Fault error={preview.error} />;
  const { posts, units, officeBefore, officeAfter } = preview.data;
  const waiting = posts.reduce((sum, post) => sum + post.waiting, 0);
  const held = posts.filter((post) => post.holder !== null).length;
  const isChanging = officeBefore !== officeAfter;
  return (
    <section className={cx(css["preview"], isChanging && css["warns"])} aria-label={words.preview}>
      <h3>{words.preview}</h3>
      <ul>
        {posts.length === 0 && units.length === 0 ? <li>{words.nothingMoves}</li> : <li>{words.movesPosts(posts.length, held)}; {words.movesWork(waiting)}</li>}
        {units.length > 0 && <li>{words.movesUnits(units.length)}: {units.slice(0, 4).map((unit) => unit.name).join(", ")}{units.length > 4 && `, ${words.and(units.length - 4)}`}</li>}
        <li>{officeAfter === null ? words.letterheadNone : officeBefore === null || !isChanging ? words.letterheadStays(officeAfter) : words.letterheadChanges(officeBefore, officeAfter)}</li>
      </ul>
      {posts.length > 0 && !isWhole && <Button size="small" kind="link" onClick={() => setWhole(true)}>{words.seeAll(posts.length)}</Button>}
      {isWhole && <ul className={css["posts"]}>{posts.map((post) => <li key={post.id}>{post.title} <small>{[post.holder ?? "–", ...(post.waiting > 0 ? [String(post.waiting)] : [])].join(" · ")}</small></li>)}</ul>}
    </section>
  );
};
