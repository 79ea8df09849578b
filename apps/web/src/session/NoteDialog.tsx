import { useId, type ReactElement, type ReactNode } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { isText, useTypedText } from "../kernel/typed-text.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field, Hint } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import { useTypedTextShelf } from "./me.ts";

/** Props of `NoteDialog`. */
export type NoteDialogProps = {
  /** Keeps what was typed on the device under this name until it is sent. */
  readonly keepAs: string;
  readonly title: string;
  /** What will happen. */
  readonly lead: string;
  readonly label: string;
  readonly hint?: string | undefined;
  readonly isRequired: boolean;
  readonly maxLength: number;
  readonly submit: string;
  readonly isDangerous?: boolean;
  /** Sends; the dialog forgets the text only when this resolves. */
  readonly onSend: (text: string) => Promise<unknown>;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  /** What goes with the words, such as attachments. */
  readonly children?: ReactNode;
};

/** An act that takes one note: what will happen, the words, and the refusal where the act was. */
export const NoteDialog = ({ keepAs, title, lead, label, hint, isRequired, maxLength, submit, isDangerous = false, onSend, isBusy, error, onClose, children }: NoteDialogProps): ReactElement => {
  const { dialog } = useMessages();
  const typed = useTypedText(useTypedTextShelf(), keepAs, "", isText);
  const hintId = useId();
  const isReady = !isRequired || typed.value.trim() !== "";
  const send = (): void => {
    if (!isReady || isBusy) return;
    // The refusal is shown below; what was typed stays.
    onSend(typed.value.trim()).then(() => typed.settle("")).catch(() => undefined);
  };
  useShortcuts([{ keys: "ctrl+enter", says: submit, group: title, run: send, whileTyping: true }]);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={title}
      lead={lead}
      isHeld={isBusy}
      foot={
        <>
          <Button onClick={onClose} disabled={isBusy}>{dialog.cancel}</Button>
          <Button kind={isDangerous ? "danger" : "primary"} keys={["Ctrl", "↵"]} isBusy={isBusy} disabled={!isReady} onClick={send}>{submit}</Button>
        </>
      }
    >
      <Field label={label}>
        <textarea data-autofocus rows={4} maxLength={maxLength} required={isRequired} aria-describedby={hint === undefined ? undefined : hintId} value={typed.value} onChange={(event) => typed.change(event.target.value)} />
      </Field>
      {hint !== undefined && <Hint id={hintId}>{hint}</Hint>}
      {children}
      <Fault error={error} />
    </Dialog>
  );
};
