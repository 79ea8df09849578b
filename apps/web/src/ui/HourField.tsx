import { useId, useState, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { readHour, hourWords } from "../kernel/hour-words.ts";
import { cx } from "./class-names.ts";
import css from "./DateField.module.css";

/** Props of `HourInput`. */
export type HourInputProps = {
  readonly id?: string | undefined;
  /** `08:30`, or nothing. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly isBare?: boolean | undefined;
  readonly className?: string | undefined;
  readonly "aria-describedby"?: string | undefined;
};

/** A time of day as offices write it, `08.30`, in 24 hours whatever the browser's own country counts. Words that are no time yet stay in the field. */
export const HourInput = ({ id, value, onChange, isBare = false, className, ...given }: HourInputProps): ReactElement => {
  const { date: words } = useMessages();
  const fault = useId();
  const [typing, setTyping] = useState<string | undefined>(undefined);
  const [kept, setKept] = useState("");
  const isWrong = typing === undefined && value === "" && kept !== "";
  return (
    <span className={cx(css["field"], isBare && css["bare"])}>
      <span className={css["in"]}>
        <input
          id={id}
          type="text"
          inputMode="decimal"
          className={cx(css["hour"], className)}
          autoComplete="off"
          placeholder={words.hourPlaceholder}
          value={typing ?? (value === "" ? kept : hourWords(value))}
          aria-invalid={isWrong || undefined}
          aria-describedby={[given["aria-describedby"], isWrong ? fault : undefined].filter((each) => each !== undefined).join(" ") || undefined}
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            const hour = readHour(event.target.value);
            setTyping(event.target.value);
            setKept(hour === undefined ? event.target.value : "");
            onChange(hour ?? "");
          }}
          onBlur={() => setTyping(undefined)}
        />
      </span>
      {isWrong && <small id={fault} className={css["fault"]} role="alert">{words.hourUnknown}</small>}
    </span>
  );
};

/** A labelled time of day. */
export const HourField = ({ label, ...given }: Omit<HourInputProps, "id" | "isBare" | "className"> & { readonly label: string }): ReactElement => {
  const id = useId();
  return (
    <div className={css["labelled"]} data-field="">
      <label htmlFor={id}>{label}</label>
      <HourInput {...given} id={id} />
    </div>
  );
};
