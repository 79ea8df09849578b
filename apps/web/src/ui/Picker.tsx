import type { KeyboardEvent, ReactElement, ReactNode } from "react";
import { Icon } from "./Icon.tsx";
import css from "./Picker.module.css";

/** The search over a picker's rows; Enter takes the first of them. */
export type PickerSearch = { readonly label: string; readonly text: string; readonly onText: (text: string) => void; readonly onEnter?: (() => void) | undefined; readonly isAutofocused?: boolean };

/** Props of `Picker`. */
export type PickerProps = {
  readonly label: string;
  readonly search?: PickerSearch;
  readonly isBusy?: boolean;
  /** Says what to do when no row is left, or that the search failed. */
  readonly nothing?: ReactNode;
  /** `PickerRow`s. */
  readonly children: ReactNode;
};

/** A framed list from which one or several things are chosen, with a search over it. */
export const Picker = ({ label, search, isBusy = false, nothing, children }: PickerProps): ReactElement => {
  const take = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || search?.onEnter === undefined) return;
    event.preventDefault();
    search.onEnter();
  };
  return (
    <fieldset className={css["picker"]}>
      <legend className="vh">{label}</legend>
      {search !== undefined && (
        <label className={css["search"]}>
          <Icon name="search" size={18} />
          <input type="search" data-autofocus={search.isAutofocused} value={search.text} placeholder={search.label} aria-label={search.label} onChange={(event) => search.onText(event.target.value)} onKeyDown={take} />
        </label>
      )}
      <ul aria-busy={isBusy || undefined}>{children}</ul>
      {nothing !== undefined && <div className={css["nothing"]}>{nothing}</div>}
    </fieldset>
  );
};

/** One row of a picker: what it is, chosen or not. Rows with the same `group` exclude each other; without one several can be chosen. */
export const PickerRow = ({ group, isChosen, onChoose, mark, title, note }: { readonly group?: string; readonly isChosen: boolean; readonly onChoose: () => void; readonly mark: ReactNode; readonly title: string; readonly note: string }): ReactElement => (
  <li>
    <label className={css["row"]}>
      <input type={group === undefined ? "checkbox" : "radio"} name={group} checked={isChosen} onChange={onChoose} />
      {mark}
      <span>
        <b>{title}</b>
        <small>{note}</small>
      </span>
      <Icon name="check" size={18} />
    </label>
  </li>
);
