import { useId, type ReactElement, type ReactNode } from "react";
import { useClassifications } from "../kernel/classifications.ts";
import { ClassificationField } from "../ui/ClassificationField.tsx";
import { CropField, type CropSource } from "../ui/Register.tsx";
import { accept, edit, stateOf, type FactField, type FactsForm, type FieldFault, type Proposal } from "./facts-form.ts";
import { DateField } from "../ui/DateField.tsx";
import type { LetterView } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import { useCrops } from "./use-crops.ts";
import css from "./RegisterPage.module.css";

/** The fields that the reader of the scan knows, numbered as on the page. */
export const scanFields: readonly FactField[] = ["sender", "number", "date", "subject", "urgency", "attachment", "due"];

/** Props of `FactsFields`. */
export type FactsFieldsProps = {
  readonly letter: LetterView;
  readonly form: FactsForm;
  readonly proposals: ReadonlyMap<FactField, Proposal>;
  /** Shown only after the clerk tried to save. */
  readonly faults: ReadonlyMap<FactField, FieldFault> | undefined;
  readonly today: string;
  readonly onChange: (next: FactsForm) => void;
  readonly onPoint: (field: FactField) => void;
};

/** The fields of a received letter: those read from the scan beside their piece of it, then the office's own. */
export const FactsFields = ({ letter, form, proposals, faults, today, onChange, onPoint }: FactsFieldsProps): ReactElement => {
  const all = useReceivedMessages();
  const words = all.register;
  const classifications = useClassifications(form.values.classification);
  const crops = useCrops(letter.id, letter.files[0]?.sha256, proposals);
  const faultOf = (field: FactField): string | undefined => {
    const fault = faults?.get(field);
    return fault === undefined ? undefined : words.faults[fault];
  };
  const crop = (field: FactField, { isWide = false, ...given }: { readonly isWide?: boolean; readonly isRequired?: boolean; readonly children?: ReactNode } = {}): ReactElement => {
    const proposal = proposals.get(field);
    const state = stateOf(form, field, proposal);
    const crop = crops.get(field);
    const source: CropSource | null = proposal === undefined ? null : { confidence: proposal.confidence, raw: proposal.raw, ...crop };
    return (
      <div data-field={field} className={css[isWide ? "wide" : "half"]}>
        <CropField
          number={scanFields.indexOf(field) + 1}
          label={words.fields[field]}
          value={form.values[field]}
          onChange={(value) => onChange(edit(form, field, value))}
          source={source}
          state={state === "accepted" || state === "edited" ? state : "proposed"}
          onAccept={() => onChange(accept(form, field))}
          {...(proposal !== undefined && { onPoint: () => onPoint(field) })}
          error={faultOf(field)}
          isReading={letter.reading?.status === "menunggu" || letter.reading?.status === "membaca"}
          {...given}
        />
      </div>
    );
  };
  return (
    <div className={css["fields"]}>
      {crop("sender", { isWide: true, isRequired: true })}
      {crop("number", { isRequired: true })}
      {crop("date", { isRequired: true, children: <DateField isBare isToldElsewhere label={words.fields.date} value={form.values.date} today={today} max={today} onChange={(value) => onChange(edit(form, "date", value))} /> })}
      {crop("subject", { isWide: true, isRequired: true })}
      {crop("urgency", { children: <Choices name="sifat" label={words.fields.urgency} value={form.values.urgency} options={["biasa", "segera", "amat_segera"].map((value) => ({ value, label: labelOf(all.urgency, value) }))} onChange={(value) => onChange(edit(form, "urgency", value))} /> })}
      {crop("attachment")}
      {crop("due", { children: <DateField isBare isToldElsewhere label={words.fields.due} value={form.values.due} today={today} onChange={(value) => onChange(edit(form, "due", value))} /> })}
      <Plain field="receivedOn" label={words.fields.receivedOn} fault={faultOf("receivedOn")}>
        {(id) => <DateField id={id} isBare isToldElsewhere label={words.fields.receivedOn} value={form.values.receivedOn} today={today} max={today} onChange={(value) => onChange(edit(form, "receivedOn", value))} />}
      </Plain>
      <Plain field="security" label={words.fields.security} fault={faultOf("security")}>
        {(id) => <Select id={id} value={form.values.security} options={all.security} onChange={(value) => onChange(edit(form, "security", value))} />}
      </Plain>
      <Plain field="medium" label={words.fields.medium} fault={faultOf("medium")}>
        {(id) => <Select id={id} value={form.values.medium} options={{ kertas: all.medium.kertas, email: all.medium.email, srikandi: all.medium.srikandi, portal: all.medium.portal }} onChange={(value) => onChange(edit(form, "medium", value))} />}
      </Plain>
      <div data-field="classification" className={css["wide"]}>
        <ClassificationField value={form.values.classification} onChange={(value) => onChange(edit(form, "classification", value))} search={classifications} />
      </div>
      <Plain field="summary" label={words.fields.summary} note={words.optional} fault={faultOf("summary")} isWide>
        {(id) => <textarea id={id} rows={2} value={form.values.summary} onChange={(event) => onChange(edit(form, "summary", event.target.value))} />}
      </Plain>
    </div>
  );
};

const labelOf = (labels: Readonly<Record<string, string>>, value: string): string => labels[value] ?? value;

/** Choices as a row of radio buttons; arrows move among them. */
const Choices = ({ name, label, value, options, onChange }: { readonly name: string; readonly label: string; readonly value: string; readonly options: readonly { readonly value: string; readonly label: string }[]; readonly onChange: (value: string) => void }): ReactElement => (
  <div className={css["choices"]} role="radiogroup" aria-label={label}>
    {options.map((option) => (
      <label key={option.value}>
        <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} />
        <span>{option.label}</span>
      </label>
    ))}
  </div>
);

const Select = ({ id, value, options, onChange }: { readonly id: string; readonly value: string; readonly options: Readonly<Record<string, string>>; readonly onChange: (value: string) => void }): ReactElement => (
  <select id={id} value={value} onChange={(event) => onChange(event.target.value)}>
    {Object.entries(options).map(([code, label]) => <option key={code} value={code}>{label}</option>)}
  </select>
);

/** A field of the office's own, which no scan can say. */
const Plain = ({ field, label, note, fault, isWide = false, children }: { readonly field: FactField; readonly label: string; readonly note?: string; readonly fault: string | undefined; readonly isWide?: boolean; readonly children: (id: string) => ReactNode }): ReactElement => {
  const id = useId();
  return (
    <div data-field={field} className={css[isWide ? "wide" : "half"]}>
      <div className={css["plain"]}>
        <label htmlFor={id}>{label}{note !== undefined && <small>{note}</small>}</label>
        {children(id)}
        {fault !== undefined && <p className={css["fault"]} role="alert">{fault}</p>}
      </div>
    </div>
  );
};
