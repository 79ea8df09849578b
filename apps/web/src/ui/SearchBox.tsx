import type { InputHTMLAttributes, ReactElement, ReactNode, Ref } from "react";
import { Icon } from "./Icon.tsx";
import css from "./SearchBox.module.css";

/** A search field with its glass; `label` is its name and its hint, and `children` stand at its end. */
export const SearchBox = ({ label, ref, children, ...given }: { readonly label: string; readonly ref?: Ref<HTMLInputElement>; readonly children?: ReactNode } & Omit<InputHTMLAttributes<HTMLInputElement>, "type" | "placeholder" | "aria-label">): ReactElement => (
  <div className={css["search"]} role="search">
    <Icon name="search" size={18} />
    <input {...given} ref={ref} type="search" placeholder={label} aria-label={label} />
    {children}
  </div>
);
