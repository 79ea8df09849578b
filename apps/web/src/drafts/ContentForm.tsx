import { letterType } from "@lontar/naskah";
import { useDeferredValue, type ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { BodyEditor } from "./BodyEditor.tsx";
import type { Content, DraftView } from "./draft-view.ts";
import { blankOf, formOf, partsOf, withItem, withPart, type FieldShape } from "./field-form.ts";
import { useDraftMessages } from "./messages.ts";
import { Recipients } from "./Recipients.tsx";
import { Button } from "../ui/Button.tsx";
import css from "./Draft.module.css";

/** Everything a drafter fills in; parts that the letter type does not use are not asked. */
export const ContentForm = ({ draft, content, edition, onChange }: { readonly draft: DraftView; readonly content: Content; readonly edition: number; readonly onChange: (part: Partial<Content>) => void }): ReactElement => {
  const words = useDraftMessages();
  const type = letterType(draft.type.code);
  const parts = type?.parts;
  const shape = type === undefined ? undefined : formOf(type);
  const code = useDeferredValue(content.classification ?? "");
  const codes = useRead("office.classifications", { q: code }, { isOn: code.length >= 2 });
  return (
    <>
      {parts?.hal !== "none" && <label className={css["field"]}>{words.parts.subject}<input value={content.subject} maxLength={500} onChange={(event) => onChange({ subject: event.target.value })} /></label>}
      {parts?.yth !== "none" && <Recipients label={words.parts.to} chosen={content.to} onChange={(to) => onChange({ to })} />}
      <div className={css["row"]}>
        {parts?.tempat !== "none" && <label className={css["field"]}>{words.parts.place}<input value={content.place} maxLength={120} onChange={(event) => onChange({ place: event.target.value })} /></label>}
        {parts?.lampiran !== "none" && <label className={css["field"]}>{words.parts.attachment}<input value={content.attachment} maxLength={120} onChange={(event) => onChange({ attachment: event.target.value })} /></label>}
      </div>
      <div className={css["row"]}>
        <label className={css["field"]}>
          {words.parts.classification}
          <input list="kode-klasifikasi" value={content.classification ?? ""} onChange={(event) => onChange({ classification: event.target.value === "" ? null : event.target.value })} />
          <datalist id="kode-klasifikasi">{codes.data?.filter((row) => row.leaf).slice(0, 20).map((row) => <option key={row.code} value={row.code}>{row.name}</option>)}</datalist>
        </label>
        <label className={css["field"]}>{words.parts.urgency}<Choice value={content.urgency} options={words.urgency} onChange={(urgency) => onChange({ urgency })} /></label>
        <label className={css["field"]}>{words.parts.security}<Choice value={content.security} options={words.security} onChange={(security) => onChange({ security })} /></label>
      </div>
      {shape !== undefined && partsOf(shape, content.fields).map(({ part, value }) => <Field key={part.name} shape={part} value={value} onChange={(next) => onChange({ fields: withPart(content.fields, part.name, next) })} />)}
      {parts?.body !== "none" && <BodyEditor key={edition} body={content.body} onChange={(body) => onChange({ body })} />}
      {parts?.tembusan !== "none" && <Recipients label={words.parts.cc} chosen={content.cc} onChange={(cc) => onChange({ cc })} />}
    </>
  );
};

const Choice = <Value extends string>({ value, options, onChange }: { readonly value: Value; readonly options: Readonly<Record<Value, string>>; readonly onChange: (next: Value) => void }): ReactElement => {
  const keys = Object.keys(options).filter((key): key is Value => key in options);
  return (
    <select value={value} onChange={(event) => {
      const next = keys.find((key) => key === event.target.value);
      if (next !== undefined) onChange(next);
    }}>{keys.map((key) => <option key={key} value={key}>{options[key]}</option>)}</select>
  );
};

const Field = ({ shape, value, onChange }: { readonly shape: FieldShape; readonly value: unknown; readonly onChange: (next: unknown) => void }): ReactElement => {
  const words = useDraftMessages();
  const text = typeof value === "string" ? value : "";
  const take = (next: string): void => onChange(next === "" && shape.isOptional ? null : next);
  switch (shape.kind) {
    case "text":
      return (
        <label className={css["field"]}>
          {shape.title}
          {shape.input === "passage" ? <textarea rows={3} value={text} maxLength={shape.maxLength} onChange={(event) => take(event.target.value)} /> : <input type={shape.input === "date" ? "date" : shape.input === "hour" ? "time" : "text"} inputMode={shape.input === "digits" ? "numeric" : undefined} value={text} maxLength={shape.maxLength} onChange={(event) => take(event.target.value)} />}
        </label>
      );
    case "choice":
      return <label className={css["field"]}>{shape.title}<select value={text} onChange={(event) => take(event.target.value)}>{shape.isOptional && <option value="">–</option>}{shape.options.map((option) => <option key={option}>{option}</option>)}</select></label>;
    case "group":
      return (
        <fieldset className={css["group"]}>
          <legend>{shape.title}</legend>
          {value === null || value === undefined ? <Button onClick={() => onChange(blankOf({ ...shape, isOptional: false }))}>{words.add}</Button> : partsOf(shape, value).map(({ part, value: inner }) => <Field key={part.name} shape={part} value={inner} onChange={(next) => onChange(withPart(value, part.name, next))} />)}
        </fieldset>
      );
    case "list": {
      const items: readonly unknown[] = Array.isArray(value) ? value : [];
      return (
        <fieldset className={css["group"]}>
          <legend>{shape.title}</legend>
          {items.map((item, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- items of a list have no other name than their number
            <Field key={index} shape={{ ...shape.item, title: `${shape.item.title} ${index + 1}` }} value={item} onChange={(next) => onChange(withItem(items, index, next))} />
          ))}
          {items.length < shape.most && <Button onClick={() => onChange([...items, blankOf(shape.item)])}>{words.add}</Button>}
        </fieldset>
      );
    }
    default:
      throw shape satisfies never;
  }
};
