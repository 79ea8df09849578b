import { useEffect, useRef, useState, type FormEvent, type ReactElement } from "react";
import type { InputOf, ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { Button, ButtonLink, IconButton } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Field } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { ActProof } from "./ActProof.tsx";
import { useInquiryMessages } from "./inquiry-messages.ts";
import { OpenLetter } from "./OpenLetter.tsx";
import { MandateLine, RoomFrame, UnderMandate } from "./RoomFrame.tsx";
import css from "./Room.module.css";

type Filter = Required<NonNullable<InputOf<"inquiry.acts">["filter"]>>;
type Group = NonNullable<Filter["acts"]>[number];
type Page = ResultOf<"inquiry.acts">;
type Saved = ResultOf<"inquiry.queries">[number];

const nothing: Filter = { person: "", post: "", unitId: null, from: null, to: null, acts: [], letter: "" };
const groups: readonly Group[] = ["membaca", "mencatat", "mendisposisi", "menyusun", "memaraf", "menandatangani", "mengirim", "mencabut", "memberkaskan", "melayani", "kewenangan", "organisasi", "akun", "pengawasan"];

/** `/pengawasan/jejak`: who did what, as far as the mandate reaches, each act with its place in the log. */
export const TrailPage = (): ReactElement => {
  const words = useInquiryMessages().trail;
  return (
    <RoomFrame title={words.title} lead={<><p>{words.lead}</p><MandateLine /></>}>
      <UnderMandate>{(mandate) => <Trail key={mandate.id} inspectionId={mandate.id} />}</UnderMandate>
    </RoomFrame>
  );
};

const Trail = ({ inspectionId }: { readonly inspectionId: string }): ReactElement => {
  const words = useInquiryMessages();
  const time = useTimeWords();
  const today = dayOf(useNow(), time.zone);
  const choices = useRead("inquiry.choices", {});
  const saved = useRead("inquiry.queries", {});
  const [typed, setTyped] = useState<Filter>(nothing);
  const [asked, setAsked] = useState<Filter | undefined>(undefined);
  const [pages, setPages] = useState<readonly Page[]>([]);
  const [dialog, setDialog] = useState<"save" | Saved | undefined>(undefined);
  const results = useRef<HTMLElement>(null);
  const search = useCommand("inquiry.acts", { onDone: (page, input) => setPages(input.cursor == null ? [page] : [...pages, page]) });
  const first = pages[0];
  useEffect(() => {
    if (first !== undefined && matchMedia("(max-width: 760px)").matches) results.current?.scrollIntoView({ block: "start" }); // on a phone they are far below the form
  }, [first]);
  const run = (filter: Filter): void => {
    setTyped(filter);
    setAsked(filter);
    search.mutate({ id: inspectionId, filter, cursor: null });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    run(typed);
  };
  const change = (part: Partial<Filter>): void => setTyped({ ...typed, ...part });
  const toggle = (group: Group): void => change({ acts: (typed.acts ?? []).includes(group) ? (typed.acts ?? []).filter((one) => one !== group) : [...(typed.acts ?? []), group] });
  const last = pages.at(-1);
  const acts = pages.flatMap((page) => page.items);
  const letters = pages[0]?.letters;
  return (
    <>
      <SavedRow saved={(saved.data ?? []).filter((one) => one.query.of === "tindakan")} onRun={(one) => one.query.of === "tindakan" && run({ ...nothing, ...one.query.filter })} onChange={setDialog} />
      <section className={css["card"]}>
        <form role="search" className={css["form"]} onSubmit={submit}>
          <label>{words.trail.person}<input type="search" value={typed.person} maxLength={100} onChange={(event) => change({ person: event.target.value })} /></label>
          <label>{words.trail.post}<input type="search" value={typed.post} maxLength={100} onChange={(event) => change({ post: event.target.value })} /></label>
          <label>{words.trail.unit}<select value={typed.unitId ?? ""} onChange={(event) => change({ unitId: event.target.value === "" ? null : event.target.value })}><option value="">{words.trail.anyUnit}</option>{choices.data?.units.map((unit) => <option key={unit.id} value={unit.id}>{unit.name}</option>)}</select></label>
          <label>{words.trail.letter}<input type="search" value={typed.letter} maxLength={100} onChange={(event) => change({ letter: event.target.value })} /></label>
          <DayField label={words.trail.from} today={today} max={today} value={typed.from ?? ""} onChange={(from) => change({ from: from === "" ? null : from })} />
          <DayField label={words.trail.to} today={today} max={today} value={typed.to ?? ""} onChange={(to) => change({ to: to === "" ? null : to })} />
          <fieldset className={`${css["pills"]} ${css["wide"]}`}>
            <legend>{words.trail.acts}</legend>
            {groups.map((group) => <button key={group} type="button" className={css["pill"]} aria-pressed={(typed.acts ?? []).includes(group)} onClick={() => toggle(group)}>{words.groups[group]}</button>)}
          </fieldset>
          <div className={`${css["acts"]} ${css["wide"]}`}>
            <Button type="submit" kind="primary" icon="search" isBusy={search.isPending}>{words.trail.search}</Button>
            <Button onClick={() => { setTyped(nothing); setAsked(undefined); setPages([]); }}>{words.trail.clear}</Button>
            <Button kind="link" onClick={() => setDialog("save")}>{words.trail.save}</Button>
          </div>
        </form>
        <Fault error={search.error} />
      </section>
      <section ref={results} className={css["card"]} aria-label={words.trail.results} aria-busy={search.isPending || undefined}>
        {asked === undefined ? (
          <EmptyState drawing="search" title={words.trail.start}>{words.trail.startLead}</EmptyState>
        ) : (
          <>
            <div className={css["between"]}>
              <p className={css["quiet"]} role="status">{words.trail.shown(acts.length)} {letters != null && (letters.isCut ? words.trail.lettersCut(letters.count) : words.trail.letters(letters.count))}</p>
              {acts.length > 0 && <ButtonLink size="small" icon="download" href={address("inquiry.actsFile", fileInput(inspectionId, asked))} download="">{words.trail.csv}</ButtonLink>}
            </div>
            {acts.length === 0 && last !== undefined && last.next === null && <EmptyState drawing="search" title={words.trail.none}>{words.trail.noneLead}</EmptyState>}
            <Acts acts={acts} />
            {last !== undefined && last.next !== null && <p><Button isBusy={search.isPending} onClick={() => search.mutate({ id: inspectionId, filter: asked, cursor: last.next })}>{last.searchedTo === null ? words.trail.search : words.trail.goOn(`${time.mediumDate(last.searchedTo)} ${time.clock(last.searchedTo)}`)}</Button></p>}
          </>
        )}
      </section>
      {dialog === "save" && <SaveDialog filter={typed} onClose={() => setDialog(undefined)} />}
      {typeof dialog === "object" && <ChangeDialog saved={dialog} onClose={() => setDialog(undefined)} />}
    </>
  );
};

const fileInput = (id: string, { person, post, unitId, from, to, acts, letter }: Filter): InputOf<"inquiry.actsFile"> => ({ id, person, post, acts: (acts ?? []).join(","), letter, ...(unitId !== null && { unitId }), ...(from !== null && { from }), ...(to !== null && { to }) });

/** Acts as a list: when, who, in which post, what, to which letter, and the proof of it. */
const Acts = ({ acts }: { readonly acts: Page["items"] }): ReactElement => {
  const words = useInquiryMessages();
  const time = useTimeWords();
  const now = useNow();
  return (
    <ol className={css["results"]}>
      {acts.map((act) => {
        const holding = words.holding[act.holding];
        return (
          <li key={act.eventId}>
            <time dateTime={act.at}>{time.stamp(act.at, now)}</time>
            <PostAvatar name={act.person} isSmall kind={act.holding === "definitif" ? "person" : "acting"} />
            <span>
              <b>{act.person}</b> <small>{holding === "" ? act.post : `${holding} ${act.post}`}</small> {act.sentence}
              {act.letter !== null && <> <small><OpenLetter letterId={act.letter.id}>{act.letter.number}</OpenLetter> {act.letter.subject}</small></>}
            </span>
            <ActProof act={act} subjectId={act.subjectId} leafIndex={act.leafIndex} />
          </li>
        );
      })}
    </ol>
  );
};

const SavedRow = ({ saved, onRun, onChange }: { readonly saved: readonly Saved[]; readonly onRun: (one: Saved) => void; readonly onChange: (one: Saved) => void }): ReactElement | null => {
  const words = useInquiryMessages().trail;
  if (saved.length === 0) return null;
  return (
    <div className={css["saved"]} role="group" aria-label={words.saved}>
      {saved.map((one) => (
        <span key={one.id}>
          <button type="button" className={css["pill"]} onClick={() => onRun(one)}>{one.name}{one.may.length === 0 && <small> · {words.others(one.post)}</small>}</button>
          {one.may.includes("change") && <IconButton size="small" icon="more" label={`${words.rename}: ${one.name}`} onClick={() => onChange(one)} />}
        </span>
      ))}
    </div>
  );
};

const SaveDialog = ({ filter, onClose }: { readonly filter: Filter; readonly onClose: () => void }): ReactElement => {
  const words = useInquiryMessages().trail;
  const [id] = useState(uuidv7);
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const save = useCommand("inquiry.saveQuery", { outdates: ["inquiry.queries"], onDone: () => { notify("done", words.done); onClose(); } });
  const isReady = name.trim() !== "";
  const submit = (): void => save.mutate({ id, name: name.trim(), query: { of: "tindakan", filter }, shared });
  return (
    <Dialog isOpen onClose={onClose} onEnter={isReady ? submit : undefined} title={words.saveTitle} lead={words.saveLead} width={440} isHeld={save.isPending} foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="primary" isBusy={save.isPending} disabled={!isReady} onClick={submit}>{words.saveAct}</Button></>}>
      <NameAndShare name={name} onName={setName} shared={shared} onShared={setShared} />
      <Fault error={save.error} />
    </Dialog>
  );
};

const ChangeDialog = ({ saved, onClose }: { readonly saved: Saved; readonly onClose: () => void }): ReactElement => {
  const words = useInquiryMessages().trail;
  const [name, setName] = useState(saved.name);
  const [shared, setShared] = useState(saved.shared);
  const change = useCommand("inquiry.changeQuery", { outdates: ["inquiry.queries"], onDone: () => { notify("done", words.done); onClose(); } });
  const remove = useCommand("inquiry.removeQuery", { outdates: ["inquiry.queries"], onDone: () => { notify("done", words.removed); onClose(); } });
  const isReady = name.trim() !== "";
  const submit = (): void => change.mutate({ id: saved.id, name: name.trim(), shared });
  return (
    <Dialog isOpen onClose={onClose} onEnter={isReady ? submit : undefined} title={saved.name} width={440} isHeld={change.isPending || remove.isPending} foot={<><Button isBusy={remove.isPending} onClick={() => remove.mutate({ id: saved.id })}>{words.remove}</Button><Button kind="primary" isBusy={change.isPending} disabled={!isReady} onClick={submit}>{words.saveAct}</Button></>}>
      <NameAndShare name={name} onName={setName} shared={shared} onShared={setShared} />
      <Fault error={change.error ?? remove.error} />
    </Dialog>
  );
};

const NameAndShare = ({ name, onName, shared, onShared }: { readonly name: string; readonly onName: (next: string) => void; readonly shared: boolean; readonly onShared: (next: boolean) => void }): ReactElement => {
  const words = useInquiryMessages().trail;
  return (
    <>
      <Field label={words.name}><input type="text" data-autofocus value={name} maxLength={100} onChange={(event) => onName(event.target.value)} /></Field>
      <label className={css["check"]}><input type="checkbox" checked={shared} onChange={(event) => onShared(event.target.checked)} /> {words.shared}</label>
    </>
  );
};
