import { useDeferredValue, useId, useRef, useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { useRead } from "../kernel/queries.ts";
import { upload } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Chosen } from "../ui/Chosen.tsx";
import { DayField } from "../ui/DateField.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { Segmented } from "../ui/Small.tsx";
import { decreeGap, type DecreeDraft } from "./decree.ts";
import { useDecreeMessages } from "./decree-messages.ts";
import css from "./DecreeField.module.css";

/** Props of `DecreeField`. */
export type DecreeFieldProps = {
  readonly value: DecreeDraft;
  readonly onChange: (next: DecreeDraft) => void;
  /** The decree may be left out. */
  readonly isOptional?: boolean;
  /** Says what is missing, once the person has tried to send. */
  readonly showsGap?: boolean;
  /** The server's refusal of the decree. */
  readonly error?: Error | null;
};

/** The decree an act rests on: a letter signed in Lontar, found by search, or a scan that is uploaded here. `decreeInput(value)` is what to send. */
export const DecreeField = ({ value, onChange, isOptional = false, showsGap = false, error = null }: DecreeFieldProps): ReactElement => {
  const words = useDecreeMessages();
  const gap = showsGap ? decreeGap(value) : undefined;
  const note = useId();
  return (
    <fieldset className={css["field"]} aria-describedby={gap === undefined ? undefined : note}>
      <legend>{words.label}{isOptional && <small> ({words.optional})</small>}</legend>
      <Segmented label={words.source} value={value.source} options={[{ value: "letter", label: words.letter }, { value: "scan", label: words.scan }]} onChange={(source) => onChange({ ...value, source })} />
      {value.source === "letter" ? <FromLetters value={value} onChange={onChange} /> : <FromScan value={value} onChange={onChange} />}
      {gap !== undefined && <p id={note} className={css["gap"]} role="alert">{words.gap[gap]}</p>}
      <Fault error={error} />
    </fieldset>
  );
};

type Part = Pick<DecreeFieldProps, "value" | "onChange">;

const FromLetters = ({ value, onChange }: Part): ReactElement => {
  const words = useDecreeMessages();
  const time = useTimeWords();
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const found = useRead("archive.search", { q: query, limit: 30 }, { isOn: value.letter === null && query.length >= 2 });
  const letters = (found.data?.items ?? []).flatMap(({ kind, id, number, subject, date, status }) => (kind === "naskah" && number !== "" && date !== null && status !== "dicabut" ? [{ id, number, subject, date }] : [])).slice(0, 6);
  if (value.letter !== null) {
    return (
      <Chosen mark={<Icon name="report" />} title={words.dated(value.number, time.date(value.date))} note={value.letter.subject}>
        <Button size="small" onClick={() => onChange({ ...value, letter: null, number: "", date: "" })}>{words.change}</Button>
      </Chosen>
    );
  }
  const choose = ({ id, number, subject, date }: (typeof letters)[number]): void => onChange({ ...value, number, date, letter: { id, subject } });
  const first = letters[0];
  return (
    <Picker
      label={words.search}
      search={{ label: words.search, text, onText: setText, onEnter: first === undefined ? undefined : () => choose(first) }}
      isBusy={found.isFetching}
      nothing={found.error !== null ? <Fault error={found.error} /> : query.length < 2 ? words.searchHint : found.isSuccess && letters.length === 0 ? words.none : undefined}
    >
      {letters.map((letter) => <PickerRow key={letter.id} group={words.search} isChosen={false} onChoose={() => choose(letter)} mark={<Icon name="report" />} title={letter.number} note={`${time.mediumDate(letter.date)} · ${letter.subject}`} />)}
    </Picker>
  );
};

const FromScan = ({ value, onChange }: Part): ReactElement => {
  const today = dayOf(useNow(), useTimeWords().zone);
  const words = useDecreeMessages();
  const input = useRef<HTMLInputElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const take = async (file: File): Promise<void> => {
    setBusy(true);
    setFault(null);
    try {
      const stored = await upload("organisation.uploadDecree", uuidv7(), file);
      onChange({ ...value, file: { sha256: stored.sha256, name: stored.name } });
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={css["scan"]}>
      <input
        ref={input}
        type="file"
        className="vh"
        tabIndex={-1}
        accept="application/pdf,image/jpeg,image/png,image/webp"
        aria-label={words.choose}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = "";
          if (file !== undefined) void take(file);
        }}
      />
      <Chosen isStatus mark={<Icon name={value.file === null ? "clip" : "check"} />} title={isBusy ? words.uploading : value.file === null ? words.choose : words.uploaded(value.file.name)} {...(value.file === null && { note: words.chooseHint })}>
        <Button size="small" icon="upload" isBusy={isBusy} onClick={() => input.current?.click()}>{value.file === null ? words.scan : words.change}</Button>
      </Chosen>
      <Fault error={fault} />
      <div className={css["pair"]}>
        <Field label={words.number}><input value={value.number} maxLength={80} placeholder={words.numberHint} onChange={(event) => onChange({ ...value, number: event.target.value })} /></Field>
        <DayField label={words.date} today={today} max={today} value={value.date} onChange={(date) => onChange({ ...value, date })} />
      </div>
    </div>
  );
};
