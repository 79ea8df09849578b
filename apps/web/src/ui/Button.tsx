import type { ButtonHTMLAttributes, ReactElement, ReactNode, Ref } from "react";
import { Anchor } from "./Anchor.tsx";
import { cx } from "./class-names.ts";
import { Icon, type IconName } from "./Icon.tsx";
import css from "./Button.module.css";

/** How much a button asks for attention: one `primary` on a screen; `amber` where an answer is needed; `danger` never beside it. */
export type ButtonKind = "primary" | "plain" | "tonal" | "quiet" | "link" | "amber" | "danger";

type Look = { readonly kind?: ButtonKind | undefined; readonly size?: "small" | "usual" | "big" | undefined; readonly isWide?: boolean | undefined; readonly icon?: IconName | undefined; readonly iconAfter?: IconName | undefined; readonly keys?: readonly string[] | undefined };

/** Props of `Button`. */
export type ButtonProps = Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "type"> & { readonly type?: "button" | "submit"; readonly isBusy?: boolean; readonly ref?: Ref<HTMLButtonElement> };

const lookOf = ({ kind = "plain", size = "usual", isWide = false }: Look): string => cx(css["button"], kind !== "plain" && css[kind], size !== "usual" && css[size], isWide && css["wide"]);

/** A button with words; `keys` are the caps of its shortcut, hidden on a phone. */
export const Button = ({ kind, size, isWide, icon, iconAfter, keys, isBusy = false, children, className, type = "button", ...rest }: ButtonProps): ReactElement => (
  <button {...rest} type={type} className={cx(lookOf({ kind, size, isWide }), className)} aria-busy={isBusy || undefined} disabled={rest.disabled === true || isBusy}>
    {isBusy ? <Spinner size={18} /> : icon !== undefined && <Icon name={icon} size={size === "big" ? 20 : 18} />}
    {children}
    {iconAfter !== undefined && <Icon name={iconAfter} size={18} />}
    {keys !== undefined && <Caps keys={keys} />}
  </button>
);

/** A link that looks like a button. */
export const ButtonLink = ({ kind, size, isWide, icon, keys, href, children, className, download }: Look & { readonly href: string; readonly children: ReactNode; readonly className?: string; readonly download?: string }): ReactElement => (
  <Anchor href={href} className={cx(lookOf({ kind, size, isWide }), className)} {...(download !== undefined && { download })}>
    {icon !== undefined && <Icon name={icon} size={18} />}
    {children}
    {keys !== undefined && <Caps keys={keys} />}
  </Anchor>
);

/** A button with an icon alone; `label` is what a screen reader says and a pointer shows. */
export const IconButton = ({ label, icon, kind = "quiet", size, className, ...rest }: { readonly label: string; readonly icon: IconName } & Look & Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children" | "type"> & { readonly ref?: Ref<HTMLButtonElement> }): ReactElement => (
  <button {...rest} type="button" aria-label={label} title={label} className={cx(lookOf({ kind, size }), css["square"], className)}>
    <Icon name={icon} size={20} />
  </button>
);

/** One key cap. */
export const Kbd = ({ children }: { readonly children: ReactNode }): ReactElement => <kbd className={css["kbd"]}>{children}</kbd>;

/** The caps of a shortcut. */
export const Caps = ({ keys }: { readonly keys: readonly string[] }): ReactElement => (
  <span className={css["caps"]} aria-hidden="true">
    {keys.map((key) => (
      <Kbd key={key}>{key}</Kbd>
    ))}
  </span>
);

/** Work that goes on; say in words beside it what. */
export const Spinner = ({ size = 20 }: { readonly size?: number }): ReactElement => (
  <svg width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="2.200" strokeLinecap="round" aria-hidden="true" style={{ flex: "none" }}>
    <circle cx="12" cy="12" r="8.500" opacity=".25" />
    <path className="turning" d="M12 3.500a8.500 8.500 0 0 1 8.500 8.500" />
  </svg>
);
