import { useDeferredValue, useEffect, useId, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { cx } from "../ui/class-names.ts";
import { useReceivedMessages } from "./messages.ts";
import css from "./Acts.module.css";

/** Chooses an archive classification by code or words; only the lowest codes can be chosen. Empty is allowed. */
export const ClassificationPicker = ({ label, value, onChange, isBare = false }: { readonly label: string; readonly value: string; readonly onChange: (code: string) => void; /** Inside a field that has its own label. */ readonly isBare?: boolean }): ReactElement => {
  const words = useReceivedMessages().register;
  const id = useId();
  const [text, setText] = useState(value);
  const [isOpen, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const query = useDeferredValue(text.trim());
  const field = useRef<HTMLInputElement>(null);
  const found = useRead("office.classifications", { q: query }, { isOn: isOpen || value !== "" });
  const rows = (found.data ?? []).slice(0, 8);
  const known = found.data?.find((row) => row.code === value);
  useEffect(() => {
    if (!isOpen) setText(value);
  }, [value, isOpen]);
  const choose = (code: string): void => {
    onChange(code);
    setText(code);
    setOpen(false);
  };
  const keys = (event: KeyboardEvent): void => {
    if (!isOpen && event.key === "ArrowDown") setOpen(true);
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
    if (event.key === "Enter" && row !== undefined && row.leaf && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      event.stopPropagation();
      choose(row.code);
    }
  };
  return (
    <div className={css["combo"]}>
      <label htmlFor={id} className={isBare ? "vh" : css["label"]}>{label}</label>
      <input
        id={id}
        ref={field}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && rows[at] !== undefined ? `${id}-${at}` : undefined}
        autoComplete="off"
        placeholder={words.classificationSearch}
        value={isOpen ? text : value === "" ? "" : known === undefined ? value : `${known.code} ${known.name}`}
        onFocus={() => { setText(""); setOpen(true); setAt(0); }}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
          if (event.target.value === "") onChange("");
        }}
        onKeyDown={keys}
      />
      {isOpen && (
        <ul id={`${id}-list`} role="listbox" aria-label={label} className={css["options"]}>
          {rows.map((row, index) => (
            <li
              key={row.code}
              id={`${id}-${index}`}
              role="option"
              aria-selected={index === at}
              aria-disabled={!row.leaf}
              className={cx(index === at && css["at"], !row.leaf && css["heading"])}
              // Before blur, so that the press counts.
              onMouseDown={(event) => {
                event.preventDefault();
                if (row.leaf) choose(row.code);
              }}
            >
              <b>{row.code}</b>
              <span>{row.name}<small>{row.path}</small></span>
            </li>
          ))}
          {found.isSuccess && rows.length === 0 && <li className={css["hint"]} role="presentation">{words.classificationNone}</li>}
        </ul>
      )}
    </div>
  );
};
