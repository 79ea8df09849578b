import { createContext, useEffect, useId, useLayoutEffect, useRef, useState, type CSSProperties, type FocusEvent, type ReactElement, type ReactNode, type RefObject } from "react";
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
  /** What Enter does in a line of text: the main act, where it can be taken back. In a `form` the browser sees to it. */
  readonly onEnter?: (() => void) | undefined;
  /** Things may be lost by closing (a signature is running): it stays open, its foot is silent, and whoever presses Esc is told why. */
  readonly isHeld?: boolean;
};

/**
 * The browser's own modal dialog; mark the field to type in first with `data-autofocus`. Focus stays inside and returns, Esc closes, the rest of the page is inert. Shortcuts of the page
 * are silent while it is open.
 */
export const Dialog = (props: DialogProps): ReactElement | null => (props.isOpen ? <OpenDialog {...props} /> : null);

const OpenDialog = ({ onClose, title, lead, children, foot, width = 560, onPhone = "sheet", isBare = false, onEnter, isHeld = false }: DialogProps): ReactElement => {
  const { list, dialog: words } = useMessages();
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
  const focused = useRef<HTMLElement>(null);
  const isRefusing = useHold(element, focused, isHeld);
  const edges = { before: useRef<HTMLSpanElement>(null), after: useRef<HTMLSpanElement>(null) };
  // Past its last stop and before its first the browser would go on to its own window, or nowhere: from an edge one comes to the dialog
  // itself, and from there on to the other side.
  const turn = (event: FocusEvent): void => {
    if (event.relatedTarget !== element.current) element.current?.focus();
  };
  const style: CSSProperties & Record<"--wide", string> = { "--wide": `${width}px` };
  return (
    // A press on the backdrop is only a shortcut for the cross and Esc, which work with the keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={element}
      className={cx(css["dialog"], onPhone === "full" && css["full"])}
      style={style}
      tabIndex={-1}
      aria-labelledby={isBare ? undefined : titleId}
      aria-label={isBare ? title : undefined}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return; // a file chooser that was left says "cancel" too, and is heard here
        event.preventDefault();
        if (!isHeld) onClose();
      }}
      onClose={(event) => {
        // A browser lets a page refuse to close only once (a second press of a phone's back closes all the same).
        if (event.target !== event.currentTarget || event.currentTarget.open || !event.currentTarget.isConnected) return;
        if (isHeld) event.currentTarget.showModal();
        else onClose();
      }}
      onFocus={(event) => {
        if (event.target instanceof HTMLElement) focused.current = event.target;
      }}
      onKeyDown={(event) => {
        if (event.key === "Tab" && event.target === event.currentTarget) (event.shiftKey ? edges.after : edges.before).current?.focus(); // and the browser moves on from it
        if (event.key !== "Enter" || event.defaultPrevented || event.nativeEvent.isComposing || !(event.target instanceof HTMLInputElement)) return;
        // The page's form, in which the dialog happens to stand, is not what Enter in the dialog is about.
        if (event.target.form?.contains(event.currentTarget) === true) event.preventDefault();
        if (onEnter === undefined || isHeld || event.target.type !== "text") return;
        event.preventDefault();
        onEnter();
      }}
      onMouseDown={(event) => {
        if (event.target === event.currentTarget && !isHeld) onClose();
      }}
    >
      <DialogElement value={target}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- nobody rests on an edge */}
        <span ref={edges.before} tabIndex={0} className={css["edge"]} onFocus={turn} />
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
        <p role="status" className={css["held"]}>{isRefusing ? words.held : ""}</p>
        {foot !== undefined && <fieldset className={css["foot"]} disabled={isHeld}>{foot}</fieldset>}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- nobody rests on an edge */}
        <span ref={edges.after} tabIndex={0} className={css["edge"]} onFocus={turn} />
      </DialogElement>
    </dialog>
  );
};

/** Keeps the keyboard in a dialog whose act is running, and answers whether to say why it does not close. */
const useHold = (element: RefObject<HTMLDialogElement | null>, focused: RefObject<HTMLElement | null>, isHeld: boolean): boolean => {
  const [isRefusing, setRefusing] = useState(false);
  if (isRefusing && !isHeld) setRefusing(false);
  const pressed = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (!isHeld) {
      pressed.current?.focus(); // it was refused
      pressed.current = null;
    } else if (focused.current?.matches(":disabled") === true) {
      // What was pressed is disabled while it runs; without this the keyboard would be nowhere.
      pressed.current = focused.current;
      element.current?.focus();
    }
  }, [element, focused, isHeld]);
  useEffect(() => {
    if (!isHeld) return undefined;
    const stay = (event: KeyboardEvent): void => {
      const over = event.target instanceof Element ? event.target.closest("dialog") : null;
      if (event.key !== "Escape" || (over !== null && over !== element.current)) return; // who must sign in again for the act is asked over it
      event.preventDefault(); // before the browser asks the dialog, which may refuse only once
      setRefusing(true);
    };
    document.addEventListener("keydown", stay);
    return () => document.removeEventListener("keydown", stay);
  }, [element, isHeld]);
  return isRefusing && isHeld;
};
