import { useState, type FormEvent, type ReactElement } from "react";
import type { InputOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import type { ActProps } from "./ActDialog.tsx";
import { changesTheChart } from "./acts.ts";
import { decreeInput } from "./decree.ts";
import { DecreeField } from "./DecreeField.tsx";
import { faultAt, restOf, type FieldName } from "./faults.ts";
import { useOrganisationMessages } from "./messages.ts";
import { Input, MovePreview, NodeField, StartField, unitChoices } from "./Parts.tsx";
import { useChange, useSaid } from "./use-change.ts";
import css from "./Forms.module.css";

type Facts = InputOf<"organisation.defineUnit">["facts"];
type Props = ActProps<"newUnit" | "editUnit">;

/** Begins a unit, or changes its name, place and letterhead from a day on. */
export const UnitDialog = (props: Props): ReactElement => {
  const words = useOrganisationMessages().form;
  const isNew = props.act.kind === "newUnit";
  const id = props.act.kind === "editUnit" ? props.act.id : "";
  const history = useRead("organisation.unit", { id }, { isOn: !isNew });
  const facts = history.data?.periods.findLast((period) => period.facts !== null)?.facts ?? undefined;
  if (props.act.kind === "newUnit") return <UnitForm {...props} id={undefined} first={{ code: "", name: "", shortName: "", parentId: props.act.parentId, kind: "", letterhead: null }} />;
  if (facts !== undefined) return <UnitForm {...props} id={id} first={facts} />;
  return <Dialog isOpen title={words.editUnit} onClose={props.onClose}>{history.error === null ? <PageLoading /> : <Fault error={history.error} />}</Dialog>;
};

const fields: readonly FieldName[] = ["code", "name", "shortName", "kind", "parent", "since", "letterhead"];

const UnitForm = ({ chart, onClose, onMade, id, first }: Props & { readonly id: string | undefined; readonly first: Facts }): ReactElement => {
  const words = useOrganisationMessages().form;
  const { cancel } = useMessages().dialog;
  const [facts, setFacts] = useState<Facts>(first);
  const [made] = useState(() => uuidv7());
  const change = useChange();
  const say = useSaid();
  const withdraw = useCommand("organisation.withdrawUnit", { outdates: changesTheChart });
  const save = useCommand("organisation.defineUnit", {
    outdates: changesTheChart,
    onDone: (_result, input) => {
      say(input.since, change.isPlan, words.saved, () => withdraw.mutate({ id: input.id, since: input.since }));
      onClose();
      if (id === undefined && !change.isPlan) onMade(`unit/${made}`);
    },
  });
  const since = change.instant();
  const needed = (value: string, field: FieldName): string | undefined => (change.isTried && value.trim() === "" ? words.needed : faultAt(save.error, field));
  const send = (event: FormEvent): void => {
    event.preventDefault();
    change.setTried(true);
    const at = change.instant();
    if (at === undefined || change.hasDecreeGap || [facts.code, facts.name, facts.shortName, facts.kind].some((value) => value.trim() === "")) return;
    save.mutate({ id: id ?? made, facts: { ...facts, letterhead: facts.letterhead === null ? null : { ...facts.letterhead, lines: facts.letterhead.lines.filter((line) => line.trim() !== ""), address: facts.letterhead.address.filter((line) => line.trim() !== "") } }, since: at, decree: decreeInput(change.decree) ?? null });
  };
  // A line of the letterhead that is the unit's name goes along with it: nobody wants the new office under the old head.
  const rename = (name: "code" | "name" | "shortName" | "kind", value: string): void =>
    setFacts({ ...facts, [name]: value, ...(name === "name" && facts.letterhead !== null && { letterhead: { ...facts.letterhead, lines: facts.letterhead.lines.map((line) => (line === facts.name ? value : line)) } }) });
  const text = (name: "code" | "name" | "shortName" | "kind", note?: string, max = 160): ReactElement => (
    <Input label={words[name]} note={note} fault={needed(facts[name], name)}>{(given) => <input {...given} data-autofocus={name === "name" || undefined} value={facts[name]} maxLength={max} onChange={(event) => rename(name, event.target.value)} />}</Input>
  );
  const isMoved = id !== undefined && facts.parentId !== first.parentId;
  return (
    <Dialog isOpen onClose={onClose} title={id === undefined ? words.newUnit : words.editUnit} lead={id === undefined ? undefined : first.name} width={640} onPhone="full" isHeld={save.isPending} foot={<><Button onClick={onClose}>{cancel}</Button><Button kind="primary" type="submit" form="unit-form" isBusy={save.isPending}>{change.isPlan ? words.plan : words.save}</Button></>}>
      <form id="unit-form" onSubmit={send} noValidate>
        {text("name")}
        <div className={css["pair"]}>
          {text("shortName", undefined, 60)}
          {text("code", words.codeNote, 40)}
        </div>
        {text("kind", words.kindNote, 40)}
        <NodeField label={words.parent} search={words.chooseParent} none={words.noParent} choices={unitChoices(chart).filter((choice) => choice.id !== id)} value={facts.parentId} onChange={(parentId) => setFacts({ ...facts, parentId })} fault={faultAt(save.error, "parent")} />
        {isMoved && <MovePreview kind="unit" id={id} parentId={facts.parentId} at={change.previewAt ?? chart.at} />}
        <LetterheadField value={facts.letterhead} name={facts.name} onChange={(letterhead) => setFacts({ ...facts, letterhead })} fault={faultAt(save.error, "letterhead")} />
        <StartField value={change.start} today={change.today} onChange={change.setStart} fault={change.isTried && since === undefined ? words.dateNeeded : faultAt(save.error, "since")} />
        <DecreeField value={change.decree} onChange={change.setDecree} isOptional showsGap={change.isTried && change.hasDecreeGap} />
        <Fault error={restOf(save.error, fields)} />
      </form>
    </Dialog>
  );
};

const LetterheadField = ({ value, name, onChange, fault }: { readonly value: Facts["letterhead"]; readonly name: string; readonly onChange: (next: Facts["letterhead"]) => void; readonly fault: string | undefined }): ReactElement => {
  const words = useOrganisationMessages().form;
  const rows = (text: string): string[] => text.split("\n").slice(0, 5);
  return (
    <>
      <label className={css["check"]}>
        <input type="checkbox" checked={value !== null} onChange={(event) => onChange(event.target.checked ? { level: "opd", lines: [name], address: [], place: "" } : null)} />
        <span>{words.letterhead}<small>{words.letterheadNote}</small></span>
      </label>
      {value !== null && (
        <div className={css["inner"]}>
          <Input label={words.level} fault={fault}>
            {(given) => <select {...given} value={value.level} onChange={(event) => onChange({ ...value, level: event.target.value === "bupati" ? "bupati" : event.target.value === "desa" ? "desa" : "opd" })}>{(["opd", "bupati", "desa"] as const).map((level) => <option key={level} value={level}>{words.levels[level]}</option>)}</select>}
          </Input>
          <Input label={words.lines}>{(given) => <textarea {...given} value={value.lines.join("\n")} onChange={(event) => onChange({ ...value, lines: rows(event.target.value) })} />}</Input>
          <Input label={words.address}>{(given) => <textarea {...given} value={value.address.join("\n")} onChange={(event) => onChange({ ...value, address: rows(event.target.value).slice(0, 4) })} />}</Input>
          <Input label={words.place}>{(given) => <input {...given} value={value.place} maxLength={60} onChange={(event) => onChange({ ...value, place: event.target.value })} />}</Input>
        </div>
      )}
    </>
  );
};

/** Ends a unit; one that still holds something says so. */
export const DissolveUnitDialog = ({ act, onClose }: ActProps<"dissolveUnit">): ReactElement => {
  const words = useOrganisationMessages().form;
  const change = useChange();
  const say = useSaid();
  const withdraw = useCommand("organisation.withdrawUnit", { outdates: changesTheChart });
  const end = useCommand("organisation.dissolveUnit", { outdates: changesTheChart, onDone: (_result, input) => { say(input.since, change.isPlan, words.dissolved, () => withdraw.mutate({ id: input.id, since: input.since })); onClose(); } });
  return (
    <EndDialog title={words.dissolve(act.name)} lead={words.dissolveLead} label={words.dissolveAct} change={change} error={end.error} isBusy={end.isPending} onClose={onClose} onSend={(since) => end.mutate({ id: act.id, since, decree: decreeInput(change.decree) ?? null })} />
  );
};

/** The dialog in which a unit or post ends: when, and on what decree. */
export const EndDialog = ({ title, lead, label, change, error, isBusy, onClose, onSend }: { readonly title: string; readonly lead: string; readonly label: string; readonly change: ReturnType<typeof useChange>; readonly error: Error | null; readonly isBusy: boolean; readonly onClose: () => void; readonly onSend: (since: string) => void }): ReactElement => {
  const words = useOrganisationMessages().form;
  const { cancel } = useMessages().dialog;
  const since = change.instant();
  const send = (): void => {
    change.setTried(true);
    const at = change.instant();
    if (at !== undefined && !change.hasDecreeGap) onSend(at);
  };
  return (
    <Dialog isOpen onClose={onClose} title={title} lead={lead} isHeld={isBusy} foot={<><Button onClick={onClose}>{cancel}</Button><Button kind="danger" isBusy={isBusy} onClick={send}>{label}</Button></>}>
      <StartField value={change.start} today={change.today} onChange={change.setStart} fault={change.isTried && since === undefined ? words.dateNeeded : faultAt(error, "since")} />
      <DecreeField value={change.decree} onChange={change.setDecree} isOptional showsGap={change.isTried && change.hasDecreeGap} />
      <Fault error={restOf(error, ["since"])} />
    </Dialog>
  );
};
