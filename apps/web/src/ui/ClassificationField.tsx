import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import type { ClassificationSearch } from "../kernel/classifications.ts";
import { cx } from "./class-names.ts";
import css from "./ClassificationField.module.css";

const most = 8;
const code = /^\d[\d.]{0,19}$/;

/** Props of `ClassificationField`. */
export type ClassificationFieldProps = {
  /** The chosen code; empty for none. */
  readonly value: string;
  readonly onChange: (code: string) => void;
  readonly search: ClassificationSearch;
  /** Written into a line of a letter: the code alone, without a label above it; the class is the line's. */
  readonly inline?: { readonly className: string | undefined; readonly id: string };
};

/**
 * An archive classification, by code or by words. A code that is typed counts at once, also when it is not in the list, so that nothing
 * typed is lost; words only search. From the list only the lowest codes can be chosen.
 */
export const ClassificationField = ({ value, onChange, search, inline }: ClassificationFieldProps): ReactElement => {
  const { classification: words } = useMessages();
  const id = useId();
  const [text, setText] = useState<string | undefined>(undefined); // set while the list is open
  const [at, setAt] = useState(0);
  const isOpen = text !== undefined;
  const rows = (search.rows ?? []).slice(0, most);
  const known = search.rows?.find((row) => row.code === value);
  const ask = (next: string | undefined): void => {
    setText(next);
    setAt(0);
    search.ask(next);
  };
  const type = (next: string): void => {
    ask(next);
    if (next.trim() === "" || code.test(next.trim())) onChange(next.trim());
  };
  const choose = (chosen: string): void => {
    onChange(chosen);
    ask(undefined);
  };
  const field = useRef<HTMLInputElement>(null);
  const isEntered = useRef(false);
  const enter = (): void => {
    isEntered.current = true;
    ask(value);
  };
  useLayoutEffect(() => {
    if (isEntered.current) field.current?.select(); // the shown words gave way to the code alone; the next key replaces it
    isEntered.current = false;
  }, [isOpen]);
  const keys = (event: KeyboardEvent): void => {
    if (!isOpen && event.key === "ArrowDown") ask(value);
    if (!isOpen) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % Math.max(1, rows.length));
    }
    if (event.key === "Escape") {
      event.preventDefault(); // closes the list alone, not the dialog around it
      event.stopPropagation();
      ask(undefined);
    }
    const row = rows[at];
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      if (row?.leaf === true) choose(row.code);
    }
  };
  return (
    <div className={cx(css["field"], inline !== undefined && css["inline"])} id={inline?.id}>
      {inline === undefined && <label htmlFor={id}>{words.label}</label>}
      <input
        ref={field}
        id={id}
        role="combobox"
        aria-label={inline === undefined ? undefined : words.label}
        aria-expanded={isOpen}
        aria-controls={isOpen ? `${id}-list` : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && rows[at] !== undefined ? `${id}-${at}` : undefined}
        autoComplete="off"
        maxLength={80}
        className={inline?.className}
        size={inline === undefined ? undefined : Math.max(10, (text ?? value).length)}
        title={known?.name}
        placeholder={inline === undefined ? words.search : words.label.toLowerCase()}
        value={text ?? (known === undefined || inline !== undefined ? value : `${known.code} ${known.name}`)}
        onFocus={enter}
        onBlur={() => ask(undefined)}
        onChange={(event) => type(event.target.value)}
        onKeyDown={keys}
      />
      {isOpen && search.rows !== undefined && (
        <ul id={`${id}-list`} role="listbox" aria-label={words.label} className={css["options"]}>
          {rows.map((row, index) => (
            // The keyboard chooses through the field, as a combobox does.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <li
              key={row.code}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-disabled={!row.leaf}
              className={cx(index === at && css["at"], !row.leaf && css["heading"])}
              onMouseDown={(event) => {
                event.preventDefault(); // before blur, so that the press counts
                if (row.leaf) choose(row.code);
              }}
            >
              <b>{row.code}</b>
              <span>{row.name}<small>{row.path}</small></span>
            </li>
          ))}
          {rows.length === 0 && <li role="option" aria-selected={false} aria-disabled className={css["nothing"]}>{words.none}</li>}
        </ul>
      )}
    </div>
  );
};
