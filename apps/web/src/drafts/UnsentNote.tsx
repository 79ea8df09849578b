import { letterType } from "@lontar/naskah";
import { useState, type ReactElement } from "react";
import { useTypedTextShelf } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import type { DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { unsentText } from "./text-keeper.ts";
import { usePlainContent } from "./use-plain-content.ts";
import css from "./Draft.module.css";

/** Words that were typed here and came too late for the server: shown where the naskah can only be read, so that they are not lost in silence. */
export const UnsentNote = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  const shelf = useTypedTextShelf();
  const plain = usePlainContent(letterType(draft.type.code));
  const [isForgotten, setForgotten] = useState(false);
  const unsent = isForgotten ? undefined : unsentText(draft.id, draft.content, shelf);
  if (unsent === undefined) return null;
  const forget = (): void => {
    unsent.forget();
    setForgotten(true);
  };
  return (
    <div className={css["note"]} role="note">
      <b>{words.unsent}</b>
      <p>{words.unsentLead}</p>
      <p className={css["noteActs"]}>
        <CopyButton size="small" text={plain(unsent.content)} done={words.conflictCopied}>{words.conflictCopy}</CopyButton>
        <Button size="small" kind="quiet" onClick={forget}>{words.unsentForget}</Button>
      </p>
    </div>
  );
};
