import type { ReactElement, ReactNode } from "react";
import css from "./Field.module.css";

/** A labelled field of a dialog: the label, and the input or text area inside it. */
export const Field = ({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement => (
  <label className={css["field"]}>
    {label}
    {children}
  </label>
);

/** A quiet sentence under a field or a list. */
export const Hint = ({ id, children }: { readonly id?: string; readonly children: ReactNode }): ReactElement => <p id={id} className={css["hint"]}>{children}</p>;
