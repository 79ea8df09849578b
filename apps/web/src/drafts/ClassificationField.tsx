import { useDeferredValue, useId, useState, type KeyboardEvent, type ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { cx } from "../ui/class-names.ts";
import { useDraftMessages } from "./messages.ts";
import css from "./Editor.module.css";

/** The classification code where it stands in the number: typed, or found by words. Only the lowest codes can be chosen from the list. */
export const ClassificationField = ({ value, onChange }: { readonly value: string | null; readonly onChange: (code: string | null) => void }): ReactElement => {
  const { sheet, parts } = useDraftMessages();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const text = value ?? "";
  const query = useDeferredValue(text.trim());
  const found = useRead("office.classifications", { q: query }, { isOn: isOpen });
  const rows = (found.data ?? []).slice(0, 8);
  const choose = (code: string): void => {
    onChange(code);
    setOpen(false);
  };
  const keys = (event: KeyboardEvent): void => {
    if (!isOpen) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((at + (event.key === "ArrowDown" ? 1 : -1) + rows.length) % Math.max(1, rows.length));
    }
    if (event.key === "Escape") {
      event.stopPropagation();
      setOpen(false);
    }
    const row = rows[at];
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && row?.leaf === true) {
      event.preventDefault();
      choose(row.code);
    }
  };
  return (
    <span className={css["combo"]} id="slot-classification">
      <input
        role="combobox"
        aria-label={parts.classification}
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && rows[at] !== undefined ? `${id}-${at}` : undefined}
        autoComplete="off"
        maxLength={20}
        size={Math.max(10, text.length)}
        className={css["slot"]}
        placeholder={parts.classification.toLowerCase()}
        value={text}
        onFocus={() => { setOpen(true); setAt(0); }}
        onBlur={() => setOpen(false)}
        onChange={(event) => { setOpen(true); setAt(0); onChange(event.target.value === "" ? null : event.target.value); }}
        onKeyDown={keys}
      />
      {isOpen && (
        <ul id={`${id}-list`} role="listbox" aria-label={parts.classification} className={css["options"]}>
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
          {found.isSuccess && rows.length === 0 && <li role="presentation" className={css["nothing"]}>{sheet.classificationNone}</li>}
        </ul>
      )}
    </span>
  );
};
