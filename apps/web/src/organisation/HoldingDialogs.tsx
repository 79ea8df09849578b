import { useDeferredValue, useState, type FormEvent, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Chosen } from "../ui/Chosen.tsx";
import { DayInput } from "../ui/DateField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import type { ActProps } from "./ActDialog.tsx";
import { changesTheChart } from "./acts.ts";
import { daysLater, isDay, startOfDay } from "../kernel/days.ts";
import { decreeGap, decreeInput } from "./decree.ts";
import { DecreeField } from "./DecreeField.tsx";
import { faultAt, restOf } from "./faults.ts";
import { useOrganisationMessages } from "./messages.ts";
import { Input, StartField } from "./Parts.tsx";
import { useChange } from "./use-change.ts";
import css from "./Forms.module.css";

type Person = ResultOf<"organisation.people">["items"][number];

/** Chooses a person by name or NIP. */
const PersonField = ({ value, onChange, fault }: { readonly value: Person | undefined; readonly onChange: (person: Person | undefined) => void; readonly fault: string | undefined }): ReactElement => {
  const words = useOrganisationMessages().form;
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const found = useRead("organisation.people", { q, limit: 7 }, { isOn: value === undefined });
  const rows = found.data?.items ?? [];
  const first = rows[0];
  const noteOf = (person: Person): string => [person.nip ?? "", person.posts.map((post) => post.title).join(", ")].filter((part) => part !== "").join(" · ");
  return (
    <fieldset className={css["node"]}>
      <legend>{words.person}</legend>
      {value === undefined ? (
        <Picker label={words.person} search={{ label: words.choosePerson, text, onText: setText, isAutofocused: true, onEnter: first === undefined ? undefined : () => onChange(first) }} isBusy={found.isFetching} nothing={found.error !== null ? <Fault error={found.error} /> : found.isSuccess && rows.length === 0 ? words.noPerson : undefined}>
          {rows.map((person) => <PickerRow key={person.id} group={words.person} isChosen={false} onChoose={() => onChange(person)} mark={<PostAvatar name={person.name} />} title={person.name} note={noteOf(person)} />)}
        </Picker>
      ) : (
        <Chosen mark={<PostAvatar name={value.name} />} title={value.name} note={noteOf(value)}>
          <Button size="small" onClick={() => onChange(undefined)}>{words.change}</Button>
        </Chosen>
      )}
      {fault !== undefined && <p className={css["fault"]} role="alert">{fault}</p>}
    </fieldset>
  );
};

/** Enters an appointment from its decree. */
export const AppointDialog = ({ act, onClose, onMade }: ActProps<"appoint">): ReactElement => {
  const { form } = useOrganisationMessages();
  const { cancel } = useMessages().dialog;
  const { zone } = useMe().tenant;
  const [id] = useState(() => uuidv7());
  const [person, setPerson] = useState<Person | undefined>(undefined);
  const [kind, setKind] = useState<"definitif" | "pj">("definitif");
  const [until, setUntil] = useState("");
  const change = useChange();
  const appoint = useCommand("organisation.appoint", { outdates: changesTheChart, onDone: () => { notify("done", form.appointed); onClose(); onMade(act.id); } });
  const send = (event: FormEvent): void => {
    event.preventDefault();
    change.setTried(true);
    const since = change.instant();
    const decree = decreeInput(change.decree);
    if (since === undefined || decree === undefined || person === undefined) return;
    // "Until the 31st" means that the 31st is still his.
    appoint.mutate({ id, personId: person.id, positionId: act.id, kind, since, until: isDay(until) ? startOfDay(daysLater(until, 1), zone) : null, decree });
  };
  return (
    <Dialog isOpen onClose={onClose} title={form.appoint(act.title)} width={620} onPhone="full" isHeld={appoint.isPending} foot={<><Button onClick={onClose}>{cancel}</Button><Button kind="primary" type="submit" form="appoint-form" isBusy={appoint.isPending}>{form.appointAct}</Button></>}>
      <form id="appoint-form" onSubmit={send} noValidate>
        <PersonField value={person} onChange={setPerson} fault={change.isTried && person === undefined ? form.needed : faultAt(appoint.error, "person")} />
        <div className={css["pair"]}>
          <Input label={form.appointKind}>{(given) => <select {...given} value={kind} onChange={(event) => setKind(event.target.value === "pj" ? "pj" : "definitif")}>{(["definitif", "pj"] as const).map((each) => <option key={each} value={each}>{form.appointKinds[each]}</option>)}</select>}</Input>
          <Input label={form.until} note={form.untilNote} fault={faultAt(appoint.error, "until")}>{(given) => <DayInput {...given} today={change.today} min={change.today} value={until} onChange={setUntil} />}</Input>
        </div>
        <StartField value={change.start} today={change.today} onChange={change.setStart} fault={change.isTried && change.instant() === undefined ? form.dateNeeded : faultAt(appoint.error, "since")} />
        <DecreeField value={change.decree} onChange={change.setDecree} showsGap={change.isTried && decreeGap(change.decree) !== undefined} />
        {faultAt(appoint.error, "decree") !== undefined && <p className={css["fault"]} role="alert">{faultAt(appoint.error, "decree")}</p>}
        <Fault error={restOf(appoint.error, ["person", "until", "since", "decree"])} />
      </form>
    </Dialog>
  );
};

/** Ends an appointment, with its reason. */
export const EndHoldingDialog = ({ act, onClose }: ActProps<"endHolding">): ReactElement => {
  const { form } = useOrganisationMessages();
  const { cancel } = useMessages().dialog;
  const [reason, setReason] = useState("");
  const change = useChange();
  const end = useCommand("organisation.endHolding", { outdates: changesTheChart, onDone: () => { notify("done", form.endedDone); onClose(); } });
  const send = (): void => {
    change.setTried(true);
    const at = change.instant();
    if (at !== undefined && reason.trim() !== "") end.mutate({ id: act.holdingId, at, reason });
  };
  return (
    <Dialog isOpen onClose={onClose} title={form.end(act.name)} lead={form.endLead} isHeld={end.isPending} foot={<><Button onClick={onClose}>{cancel}</Button><Button kind="danger" isBusy={end.isPending} onClick={send}>{form.endAct}</Button></>}>
      <Input label={form.reason} note={form.reasonNote} fault={change.isTried && reason.trim() === "" ? form.needed : faultAt(end.error, "reason")}>{(given) => <input {...given} data-autofocus value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} />}</Input>
      <StartField value={change.start} today={change.today} onChange={change.setStart} fault={change.isTried && change.instant() === undefined ? form.dateNeeded : faultAt(end.error, "since")} />
      <Fault error={restOf(end.error, ["reason", "since"])} />
    </Dialog>
  );
};
