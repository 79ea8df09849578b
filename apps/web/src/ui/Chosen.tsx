import type { ReactElement, ReactNode } from "react";
import css from "./Chosen.module.css";

/** What was chosen in a form: its mark, its name with a note, and the way to choose again. */
export const Chosen = ({ mark, title, note, isStatus = false, children }: { readonly mark?: ReactNode; readonly title: ReactNode; readonly note?: ReactNode; /** Its words change while something runs. */ readonly isStatus?: boolean; readonly children?: ReactNode }): ReactElement => (
  <div className={css["chosen"]}>
    {mark}
    <p role={isStatus ? "status" : undefined}>
      <b>{title}</b>
      {note !== undefined && <small>{note}</small>}
    </p>
    {children}
  </div>
);
