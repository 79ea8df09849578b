import { useId, useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { dayOf, daysLater } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { decreeGap, decreeInput, emptyDecree, type DecreeDraft } from "./decree.ts";
import { DecreeField } from "./DecreeField.tsx";
import { useInspectionMessages } from "./inspection-messages.ts";
import { readStretch } from "./mandate-form.ts";
import type { Scope } from "./mandate-words.ts";
import { ScopeField } from "./ScopeField.tsx";
import css from "./Mandates.module.css";

const shownUnits = 6;

/** Gives a mandate of inspection: who inspects what and until when, on which decree, beside what will happen. */
export const GiveInspection = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const words = useInspectionMessages();
  const choices = useRead("inspections.choices", {});
  if (choices.data === undefined) return <Dialog isOpen onClose={onClose} title={words.give}>{choices.error === null ? <PageLoading /> : <Fault error={choices.error} />}</Dialog>;
  return <Fill posts={choices.data.posts} units={choices.data.units} onClose={onClose} />;
};

type Named = { readonly id: string; readonly name: string };

const Fill = ({ posts, units, onClose }: { readonly posts: readonly { readonly id: string; readonly title: string; readonly holder: string | null }[]; readonly units: readonly Named[]; readonly onClose: () => void }): ReactElement => {
  const words = useInspectionMessages();
  const time = useTimeWords();
  const now = useNow();
  const today = dayOf(now, time.zone);
  const group = useId();
  const [id] = useState(uuidv7);
  const [positionId, setPosition] = useState(posts[0]?.id);
  const [purpose, setPurpose] = useState("");
  const [chosen, setChosen] = useState<readonly Named[]>([]);
  const [scope, setScope] = useState<Scope | null>(null);
  const [period, setPeriod] = useState({ from: "", to: "" });
  const [days, setDays] = useState({ from: today, last: daysLater(today, 30) });
  const [decree, setDecree] = useState<DecreeDraft>(emptyDecree);
  const [hasTried, setTried] = useState(false);
  const reading = readStretch({ ...days, hasClock: false, fromClock: "", lastClock: "", isOpenEnded: false }, time.zone, now);
  const isRead = !("wrong" in reading);
  const inspector = posts.find((post) => post.id === positionId);
  const give = useCommand("inspections.give", { outdates: ["inspections.list"], onDone: () => { notify("done", words.given); onClose(); } });
  const submit = (): void => {
    setTried(true);
    const basis = decreeInput(decree);
    if (inspector === undefined || purpose.trim() === "" || !isRead || reading.until === null || basis === undefined) return;
    give.mutate({
      id, positionId: inspector.id, purpose: purpose.trim(), decree: basis, units: chosen.map((unit) => unit.id), types: [...(scope?.types ?? [])], classifications: [...(scope?.classifications ?? [])],
      from: period.from === "" ? null : period.from, to: period.to === "" ? null : period.to, since: reading.since, until: reading.until,
    });
  };
  const fault = hasTried && purpose.trim() === "" ? new Error(words.choosePurpose) : hasTried && !isRead ? new Error(reading.wrong === "unread" ? words.unread : words.wrongOrder) : give.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.give}
      width={960}
      onPhone="full"
      isHeld={give.isPending}
      foot={<><Button onClick={onClose} disabled={give.isPending}>{words.cancel}</Button><Button kind="primary" isBusy={give.isPending} onClick={submit}>{words.give}</Button></>}
    >
      <div className={css["form"]}>
        <div>
          {posts.length > 1 && (
            <div className={css["part"]}>
              <h3>{words.who}</h3>
              <Picker label={words.who}>
                {posts.map((post) => <PickerRow key={post.id} group={group} isChosen={post.id === positionId} onChoose={() => setPosition(post.id)} mark={<PostAvatar name={post.holder ?? post.title} kind={post.holder === null ? "vacant" : "person"} />} title={post.title} note={post.holder ?? words.vacant} />)}
              </Picker>
            </div>
          )}
          {posts.length === 1 && inspector !== undefined && <div className={css["chosen"]}><PostAvatar name={inspector.holder ?? inspector.title} kind={inspector.holder === null ? "vacant" : "person"} /><span><b>{inspector.title}</b><small>{inspector.holder ?? words.vacant}</small></span></div>}
          <div className={css["part"]}><Field label={words.purpose}><input data-autofocus value={purpose} maxLength={300} placeholder={words.purposeHint} onChange={(event) => setPurpose(event.target.value)} /></Field></div>
          <Units units={units} chosen={chosen} onChange={setChosen} />
          <fieldset className={css["part"]}>
            <legend>{words.letters}</legend>
            <div className={css["pair"]}>
              <DayField label={words.fromDate} today={today} value={period.from} onChange={(from) => setPeriod({ ...period, from })} />
              <DayField label={words.toDate} today={today} min={period.from === "" ? undefined : period.from} value={period.to} onChange={(to) => setPeriod({ ...period, to })} />
            </div>
          </fieldset>
          <ScopeField value={scope} onChange={setScope} whole={words.wholeScope} />
          <fieldset className={css["part"]}>
            <legend>{words.when}</legend>
            <div className={css["pair"]}>
              <DayField label={words.from} today={today} min={today} value={days.from} onChange={(from) => setDays({ ...days, from })} />
              <DayField label={words.last} today={today} min={days.from === "" ? today : days.from} value={days.last} onChange={(last) => setDays({ ...days, last })} />
            </div>
          </fieldset>
          <div className={css["part"]}><DecreeField value={decree} onChange={setDecree} showsGap={hasTried && decreeGap(decree) !== undefined} /></div>
          <Fault error={fault} />
        </div>
        <aside className={css["happens"]} aria-live="polite">
          <h3><Icon name="info" size={18} />{words.happens}</h3>
          <ul>
            <li><Icon name="eye" size={18} /><span>{words.happenReads(inspector?.holder ?? inspector?.title ?? words.who)}</span></li>
            <li><Icon name="lock" size={18} /><span>{words.happenSecret}</span></li>
            <li><Icon name="history" size={18} /><span>{words.happenLogged}</span></li>
            {isRead && reading.until !== null && <li><Icon name="clock" size={18} /><span>{words.happenEnds(time.full(reading.until))}</span></li>}
          </ul>
        </aside>
      </div>
    </Dialog>
  );
};

const Units = ({ units, chosen, onChange }: { readonly units: readonly Named[]; readonly chosen: readonly Named[]; readonly onChange: (next: readonly Named[]) => void }): ReactElement => {
  const words = useInspectionMessages();
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const rows = wanted === "" ? [] : units.filter((unit) => unit.name.toLowerCase().includes(wanted) && !chosen.some((one) => one.id === unit.id)).slice(0, shownUnits);
  const add = (unit: Named): void => {
    onChange([...chosen, unit]);
    setText("");
  };
  const first = rows[0];
  return (
    <fieldset className={css["part"]}>
      <legend>{words.units}</legend>
      <p>{words.unitsLead}</p>
      {chosen.length > 0 && <ul className={css["codes"]}>{chosen.map((unit) => <li key={unit.id}><button type="button" aria-label={words.removeUnit(unit.name)} onClick={() => onChange(chosen.filter((one) => one.id !== unit.id))}>{unit.name}<Icon name="close" size={16} /></button></li>)}</ul>}
      <Picker label={words.units} search={{ label: words.addUnit, text, onText: setText, ...(first !== undefined && { onEnter: () => add(first) }) }}>
        {rows.map((unit) => <PickerRow key={unit.id} group={words.units} isChosen={false} onChoose={() => add(unit)} mark={<Icon name="org" />} title={unit.name} note="" />)}
      </Picker>
    </fieldset>
  );
};
