import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { RoomFrame } from "./RoomFrame.tsx";
import { useRoomMessages } from "./room-messages.ts";
import css from "./Room.module.css";

type Kind = ResultOf<"flags.kinds">["items"][number];
type Parameter = Kind["parameters"][number];
type Value = Parameter["value"];

/** `/pengawasan/aturan`: what is looked for, by which measure, and who changed it why. */
export const FlagKindsPage = (): ReactElement => {
  const words = useRoomMessages().kinds;
  const [changed, setChanged] = useState<Kind | undefined>(undefined);
  const answer = useRead("flags.kinds", {});
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { items, mayNot } = answer.data;
  return (
    <RoomFrame title={words.title} lead={<p>{words.lead}</p>}>
      <ul className={css["grid"]}>{items.map((kind) => <li key={kind.code}><KindCard kind={kind} {...(mayNot === null && { onChange: () => setChanged(kind) })} /></li>)}</ul>
      {changed !== undefined && <KindDialog kind={changed} onClose={() => setChanged(undefined)} />}
    </RoomFrame>
  );
};

const shown = (value: Value): string => (typeof value === "number" ? String(value) : value.length === 0 ? "–" : value.join(", "));

// The units of measures are counted things, all of which English says with an s.
const unitOf = ({ unit, value }: Kind["parameters"][number], language: "id" | "en"): string => (language === "en" && value === 1 ? unit.en.replace(/s$/, "") : unit[language]);

const KindCard = ({ kind, onChange }: { readonly kind: Kind; readonly onChange?: () => void }): ReactElement => {
  const words = useRoomMessages().kinds;
  const time = useTimeWords();
  const now = useNow();
  const open = kind.counts.perlu_dijelaskan + kind.counts.menunggu_jawaban + kind.counts.dijawab;
  return (
    <section className={css["card"]} aria-label={kind.code}>
      <div className={css["between"]}><h2>{kind.code}</h2><Chip tone={kind.isOn ? "leaf" : "plain"}>{kind.isOn ? words.on : words.off}</Chip></div>
      <p className={css["note"]}>{kind.rule[time.language]}</p>
      <dl className={css["facts"]}>{kind.parameters.map((parameter) => [<dt key={`${parameter.name} label`}>{parameter.label[time.language]}</dt>, <dd key={parameter.name}><b>{shown(parameter.value)}</b> {unitOf(parameter, time.language)}{shown(parameter.value) !== shown(parameter.standard) && <span className={css["quiet"]}> ({words.standard(shown(parameter.standard))})</span>}</dd>])}</dl>
      <p className={css["note"]}>{words.found(open, kind.counts.sudah_jelas)}. {kind.last !== null && kind.last.left > 0 && words.left(kind.last.left)}</p>
      {kind.changes.length > 0 && <details><summary>{words.changes}</summary><ul className={css["letters"]}>{kind.changes.map((change) => <li key={change.at}><i /><small>{words.changed(change.person, time.when(change.at, now), change.reason)}</small></li>)}</ul></details>}
      {onChange !== undefined && <p><Button size="small" onClick={onChange} aria-label={`${words.change}: ${kind.code}`}>{words.change}</Button></p>}
    </section>
  );
};

const read = (parameter: Parameter, text: string): Value => (typeof parameter.value === "number" ? Number(text.replace(",", ".")) : text.split(/[\s,;]+/).filter((part) => part !== ""));

const KindDialog = ({ kind, onClose }: { readonly kind: Kind; readonly onClose: () => void }): ReactElement => {
  const words = useRoomMessages().kinds;
  const { cancel } = useRoomMessages().flags;
  const time = useTimeWords();
  const [isOn, setOn] = useState(kind.isOn);
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>(Object.fromEntries(kind.parameters.map((parameter) => [parameter.name, typeof parameter.value === "number" ? String(parameter.value) : parameter.value.join(", ")])));
  const [reason, setReason] = useState("");
  const set = useCommand("flags.set", { outdates: ["flags.kinds", "flags.list"], onDone: () => { notify("done", words.saved); onClose(); } });
  const values = Object.fromEntries(kind.parameters.map((parameter) => [parameter.name, read(parameter, texts[parameter.name] ?? "")]));
  return (
    <Dialog isOpen onClose={onClose} title={`${words.change}: ${kind.code}`} lead={kind.rule[time.language]} isHeld={set.isPending} foot={<><Button onClick={onClose}>{cancel}</Button><Button kind="primary" isBusy={set.isPending} disabled={reason.trim() === ""} onClick={() => set.mutate({ code: kind.code, isOn, values, reason: reason.trim() })}>{words.save}</Button></>}>
      <label className={css["check"]}><input type="checkbox" checked={isOn} onChange={(event) => setOn(event.target.checked)} /> {words.isOn}</label>
      {kind.parameters.map((parameter) => (
        <Field key={parameter.name} label={`${parameter.label[time.language]} (${typeof parameter.value === "number" ? `${parameter.unit[time.language]}, ${words.bounds(String(parameter.least), String(parameter.most))}` : words.days})`}>
          {typeof parameter.value === "number" ? <input type="number" step="any" min={parameter.least} max={parameter.most} value={texts[parameter.name] ?? ""} onChange={(event) => setTexts({ ...texts, [parameter.name]: event.target.value })} /> : <textarea value={texts[parameter.name] ?? ""} onChange={(event) => setTexts({ ...texts, [parameter.name]: event.target.value })} />}
        </Field>
      ))}
      <Field label={words.reason}><textarea value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /></Field>
      <Fault error={set.error} />
    </Dialog>
  );
};
