import { createContext, useId, useLayoutEffect, useRef, useState, type CSSProperties, type ReactElement, type ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { IconButton } from "./Button.tsx";
import { cx } from "./class-names.ts";
import css from "./Dialog.module.css";

/** The open dialog around a part; drop-downs must open inside it, because the rest of the page is inert. */
export const DialogElement = createContext<HTMLDialogElement | null>(null);

/** Props of `Dialog`. */
export type DialogProps = {
  readonly isOpen: boolean;
  /** The person wants out: Esc, the cross, or a press outside. */
  readonly onClose: () => void;
  readonly title: string;
  readonly lead?: ReactNode;
  readonly children: ReactNode;
  /** Buttons at the bottom, the main act last. */
  readonly foot?: ReactNode;
  /** Width on a desktop. */
  readonly width?: number;
  /** `sheet` rises from the bottom of a phone, `full` covers it. */
  readonly onPhone?: "sheet" | "full";
  /** The content draws its own frame: no title bar, no padding. The title still names the dialog. */
  readonly isBare?: boolean;
  /** Things may be lost by closing (a signature is running): outside presses and Esc are ignored. */
  readonly isHeld?: boolean;
};

/**
 * The browser's own modal dialog; mark the field to type in first with `data-autofocus`. Focus stays inside and returns, Esc closes, the rest of the page is inert. Shortcuts of the page
 * are silent while it is open.
 */
export const Dialog = (props: DialogProps): ReactElement | null => (props.isOpen ? <OpenDialog {...props} /> : null);

const OpenDialog = ({ onClose, title, lead, children, foot, width = 560, onPhone = "sheet", isBare = false, isHeld = false }: DialogProps): ReactElement => {
  const { list } = useMessages();
  const element = useRef<HTMLDialogElement>(null);
  const [target, setTarget] = useState<HTMLDialogElement | null>(null);
  const titleId = useId();
  useShortcuts([], { isDialog: true });
  useLayoutEffect(() => {
    const dialog = element.current;
    setTarget(dialog);
    dialog?.showModal();
    // The browser would put the focus on the first thing that takes it, often the cross. Better: the field that asks for it
    // (`data-autofocus`), or the dialog itself, whose title is then read out.
    (dialog?.querySelector<HTMLElement>("[data-autofocus]") ?? dialog)?.focus();
    return () => dialog?.close(); // before it leaves the page, so that focus goes back to where it was
  }, []);
  const style: CSSProperties & Record<"--wide", string> = { "--wide": `${width}px` };
  return (
    // A press on the backdrop is only a shortcut for the cross and Esc, which work with the keyboard.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={element}
      className={cx(css["dialog"], onPhone === "full" && css["full"])}
      style={style}
      tabIndex={-1}
      aria-labelledby={isBare ? undefined : titleId}
      aria-label={isBare ? title : undefined}
      onCancel={(event) => {
        event.preventDefault();
        if (!isHeld) onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget && !isHeld) onClose();
      }}
    >
      <DialogElement value={target}>
        {!isBare && (
          <header className={css["head"]}>
            <div>
              <h2 id={titleId}>{title}</h2>
              {lead !== undefined && <p>{lead}</p>}
            </div>
            <IconButton label={list.close} icon="close" onClick={onClose} disabled={isHeld} />
          </header>
        )}
        <div className={cx(css["body"], isBare && css["bare"])}>{children}</div>
        {foot !== undefined && <footer className={css["foot"]}>{foot}</footer>}
      </DialogElement>
    </dialog>
  );
};
