import { useId, type ReactElement } from "react";
import { useShortcuts } from "../kernel/keys.ts";
import { isText, useTypedText } from "../kernel/typed-text.ts";
import { useTypedTextShelf } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { useDraftMessages } from "./messages.ts";
import css from "./Panels.module.css";

/** Props of `NoteDialog`. */
export type NoteDialogProps = {
  /** Keeps what was typed on the device under this name until it is sent. */
  readonly keepAs: string;
  readonly title: string;
  /** What will happen. */
  readonly lead: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly maxLength: number;
  readonly submit: string;
  readonly isDangerous?: boolean;
  /** Sends; the dialog forgets the text only when this resolves. */
  readonly onSend: (text: string) => Promise<unknown>;
  readonly isBusy: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
};

/** An act that takes one note: what will happen, the words, and the refusal where the act was. */
export const NoteDialog = ({ keepAs, title, lead, label, isRequired, maxLength, submit, isDangerous = false, onSend, isBusy, error, onClose }: NoteDialogProps): ReactElement => {
  const words = useDraftMessages();
  const typed = useTypedText(useTypedTextShelf(), keepAs, "", isText);
  const id = useId();
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
          <Button onClick={onClose} disabled={isBusy}>{words.close}</Button>
          <Button kind={isDangerous ? "danger" : "primary"} keys={["Ctrl", "↵"]} isBusy={isBusy} disabled={!isReady} onClick={send}>{submit}</Button>
        </>
      }
    >
      <label className={css["field"]} htmlFor={id}>
        {label}
        <textarea id={id} data-autofocus rows={4} maxLength={maxLength} required={isRequired} value={typed.value} onChange={(event) => typed.change(event.target.value)} />
      </label>
      <Fault error={error} />
    </Dialog>
  );
};
