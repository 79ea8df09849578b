import { letterTypes } from "@lontar/naskah";
import { useState, type ReactElement } from "react";
import { useClassifications } from "../kernel/classifications.ts";
import { useMe } from "../session/me.ts";
import { Icon } from "../ui/Icon.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { useMandateMessages } from "./mandate-messages.ts";
import type { Scope } from "./mandate-words.ts";
import css from "./Mandates.module.css";

const nothing: Scope = { types: [], classifications: [] };
const shownCodes = 6;

/** How far a mandate reaches: everything, or chosen letter types and classifications with all that is below them. */
export const ScopeField = ({ value, onChange, whole }: { readonly value: Scope | null; readonly onChange: (next: Scope | null) => void; /** What no limit means, where it is not the authority of a post. */ readonly whole?: string }): ReactElement => {
  const words = useMandateMessages();
  const { tenant } = useMe();
  const scope = value ?? nothing;
  const types = letterTypes.filter((type) => type.level === tenant.kind && type.forAct === undefined);
  const toggle = (code: string): void => onChange({ ...scope, types: scope.types.includes(code) ? scope.types.filter((one) => one !== code) : [...scope.types, code] });
  return (
    <fieldset className={css["part"]}>
      <legend>{words.scopeTitle}</legend>
      <div className={css["kinds"]}>
        <button type="button" className={css["choice"]} aria-pressed={value === null} onClick={() => onChange(null)}>{whole ?? words.scopeWhole}</button>
        <button type="button" className={css["choice"]} aria-pressed={value !== null} onClick={() => onChange(scope)}>{words.scopeSome}</button>
      </div>
      {value !== null && (
        <>
          <p>{words.scopeTypes}</p>
          <div className={css["types"]}>
            {types.map((type) => <label key={type.code} className={css["check"]}><input type="checkbox" checked={scope.types.includes(type.code)} onChange={() => toggle(type.code)} />{type.title}</label>)}
          </div>
          <p>{words.scopeCodes}</p>
          <CodesField label={words.scopeCodes} value={scope.classifications} onChange={(classifications) => onChange({ ...scope, classifications })} />
        </>
      )}
    </fieldset>
  );
};

/** Archive classifications, each with all that is below it: chosen from a search, taken off by a press. */
export const CodesField = ({ label, value, onChange }: { readonly label: string; readonly value: readonly string[]; readonly onChange: (codes: string[]) => void }): ReactElement => {
  const words = useMandateMessages();
  const [text, setText] = useState("");
  const search = useClassifications("");
  const ask = (next: string): void => {
    setText(next);
    search.ask(next.trim() === "" ? undefined : next);
  };
  const rows = text.trim() === "" ? [] : (search.rows ?? []).filter((row) => !value.includes(row.code)).slice(0, shownCodes);
  const add = (code: string): void => {
    onChange([...value, code].toSorted());
    ask("");
  };
  return (
    <>
      {value.length > 0 && (
        <ul className={css["codes"]}>
          {value.map((code) => <li key={code}><button type="button" aria-label={words.removeCode(code)} onClick={() => onChange(value.filter((one) => one !== code))}>{code}<Icon name="close" size={16} /></button></li>)}
        </ul>
      )}
      <Picker label={label} search={{ label: words.addCode, text, onText: ask, onEnter: rows[0] === undefined ? undefined : () => rows[0] !== undefined && add(rows[0].code) }}>
        {rows.map((row) => <PickerRow key={row.code} group={label} isChosen={false} onChoose={() => add(row.code)} mark={<Icon name="folder" />} title={`${row.code} ${row.name}`} note={row.path} />)}
      </Picker>
    </>
  );
};
