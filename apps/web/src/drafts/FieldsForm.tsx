import { useId, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { useTimeWords } from "../session/me.ts";
import { Button, IconButton } from "../ui/Button.tsx";
import { DayInput } from "../ui/DateField.tsx";
import { HourInput } from "../ui/HourField.tsx";
import { blankOf, filledBlank, partsOf, withItem, withPart, type FieldShape } from "./field-form.ts";
import { useDraftMessages } from "./messages.ts";
import { OneLine } from "./OneLine.tsx";
import { useRemoval } from "./use-removal.ts";
import css from "./Editor.module.css";

/** The questions of the letter type, answered where the letter will say them. `path` ties each to the findings of the check. */
export const FieldsForm = ({ shape, value, onChange }: { readonly shape: Extract<FieldShape, { kind: "group" }>; readonly value: Readonly<Record<string, unknown>>; readonly onChange: (next: Record<string, unknown>) => void }): ReactElement => {
  const { sheet } = useDraftMessages();
  return (
    <section className={css["fields"]} aria-label={sheet.form}>
      {partsOf(shape, value).map(({ part, value: inner }) => (
        <Question key={part.name} path={`fields.${part.name}`} shape={part} value={inner} onChange={(next) => onChange({ ...withPart(value, part.name, next) })} />
      ))}
    </section>
  );
};

type QuestionProps = { readonly path: string; readonly shape: FieldShape; readonly value: unknown; readonly onChange: (next: unknown) => void };

const Question = (props: QuestionProps): ReactElement => {
  const { path, shape, value, onChange } = props;
  const id = useId();
  switch (shape.kind) {
    case "text":
    case "choice":
      return (
        <div className={css["question"]} id={`slot-${path}`}>
          <label htmlFor={id}>{shape.title}</label>
          <i aria-hidden="true">:</i>
          <span>
            <Answer id={id} shape={shape} value={value} onChange={onChange} />
            {shape.hint !== undefined && <small id={`${id}-hint`}>{shape.hint}</small>}
          </span>
        </div>
      );
    case "group":
      return <Group {...props} shape={shape} />;
    case "list":
      return <List path={path} shape={shape} value={value} onChange={onChange} />;
    default:
      throw shape satisfies never;
  }
};

const Answer = ({ id, shape, value, onChange }: { readonly id: string; readonly shape: Extract<FieldShape, { kind: "text" | "choice" }>; readonly value: unknown; readonly onChange: (next: unknown) => void }): ReactElement => {
  const { sheet } = useDraftMessages();
  const { zone } = useTimeWords();
  const now = useNow();
  const text = typeof value === "string" ? value : "";
  const take = (next: string): void => onChange(next === "" && shape.isOptional ? null : next);
  const hint = shape.hint === undefined ? undefined : `${id}-hint`;
  if (shape.kind === "choice") {
    return (
      <select id={id} aria-describedby={hint} className={css["slot"]} value={text} onChange={(event) => take(event.target.value)}>
        {(shape.isOptional || text === "") && <option value="">{sheet.empty}</option>}
        {shape.options.map((option) => <option key={option}>{option}</option>)}
      </select>
    );
  }
  const common = { id, "aria-describedby": hint, className: css["slot"], value: text, maxLength: shape.maxLength, placeholder: sheet.fill(shape.title) };
  switch (shape.input) {
    case "passage":
      return <OneLine {...common} onText={take} />;
    case "date":
      return <DayInput id={id} aria-describedby={hint} className={css["slot"]} isBare today={dayOf(now, zone)} value={text} onChange={take} />;
    case "hour":
      return <HourInput id={id} aria-describedby={hint} className={css["slot"]} isBare value={text} onChange={take} />;
    case "digits":
      return <input {...common} inputMode="numeric" autoComplete="off" onChange={(event) => take(event.target.value.replaceAll(/\D/g, ""))} />;
    case "line":
      return <input {...common} onChange={(event) => take(event.target.value)} />;
    default:
      throw shape.input satisfies never;
  }
};

const Group = ({ path, shape, value, onChange }: QuestionProps & { readonly shape: Extract<FieldShape, { kind: "group" }> }): ReactElement => {
  const { add, sheet } = useDraftMessages();
  const remove = useRemoval(value, onChange);
  const isAbsent = value === null || value === undefined;
  return (
    <fieldset className={css["group"]} id={`slot-${path}`}>
      <legend>{shape.title}</legend>
      {isAbsent ? (
        <Button size="small" icon="plus" onClick={() => onChange(filledBlank(shape))}>{add}: {shape.title}</Button>
      ) : (
        <>
          {partsOf(shape, value).map(({ part, value: inner }) => (
            <Question key={part.name} path={`${path}.${part.name}`} shape={part} value={inner} onChange={(next) => onChange(withPart(value, part.name, next))} />
          ))}
          {shape.isOptional && <Button size="small" kind="link" onClick={() => remove(shape.title, null, () => value)}>{sheet.leaveOut}</Button>}
        </>
      )}
    </fieldset>
  );
};

const List = ({ path, shape, value, onChange }: QuestionProps & { readonly shape: Extract<FieldShape, { kind: "list" }> }): ReactElement => {
  const { add, sheet } = useDraftMessages();
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  const remove = useRemoval(value, onChange);
  const base = useId();
  const { item } = shape;
  return (
    <fieldset className={css["group"]} id={`slot-${path}`}>
      <legend>{shape.title}</legend>
      <ol className={css["items"]}>
        {items.map((each, index) => {
          const title = `${shape.title} ${index + 1}`;
          const change = (next: unknown): void => onChange(withItem(items, index, next));
          return (
            // oxlint-disable-next-line react/no-array-index-key -- items of a list have no other name than their number
            <li key={index} id={`slot-${path}.${index}`}>
              {item.kind === "group" ? (
                <div>{partsOf(item, each).map(({ part, value: inner }) => <Question key={part.name} path={`${path}.${index}.${part.name}`} shape={part} value={inner} onChange={(next) => change(withPart(each, part.name, next))} />)}</div>
              ) : item.kind === "list" ? (
                <Question path={`${path}.${index}`} shape={{ ...item, title }} value={each} onChange={change} />
              ) : (
                <>
                  <label className="vh" htmlFor={`${base}-${index}`}>{title}</label>
                  <Answer id={`${base}-${index}`} shape={item} value={each} onChange={change} />
                </>
              )}
              <IconButton label={sheet.removeItem(title)} icon="close" size="small" onClick={() => remove(title, withItem(items, index, undefined), (now) => (Array.isArray(now) ? now.toSpliced(index, 0, each) : [each]))} />
            </li>
          );
        })}
      </ol>
      {items.length < shape.most && <Button size="small" icon="plus" onClick={() => onChange([...items, blankOf(item)])}>{add}: {shape.title}</Button>}
    </fieldset>
  );
};
