import { letterType } from "@lontar/naskah";
import { useMemo, type ReactElement } from "react";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import type { Content, DraftView } from "./draft-view.ts";
import { DiffText } from "./Changes.tsx";
import { useDraftMessages } from "./messages.ts";
import { usePlainContent } from "./use-plain-content.ts";
import { wordDiff } from "./word-diff.ts";
import css from "./Panels.module.css";

/** Two people wrote at once: both texts are shown, and nothing is thrown away before the person chose. */
export const ConflictDialog = ({ draft, mine, theirs, onSettle, onClose }: { readonly draft: DraftView; readonly mine: Content; readonly theirs: Content; readonly onSettle: (choice: "mine" | "theirs") => void; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const plain = usePlainContent(letterType(draft.type.code));
  const [mineText, theirsText] = [plain(mine), plain(theirs)];
  const stretches = useMemo(() => wordDiff(theirsText, mineText), [theirsText, mineText]);
  const settle = (choice: "mine" | "theirs"): void => {
    onSettle(choice);
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.conflictTitle}
      lead={words.conflictLead}
      width={1040}
      onPhone="full"
      foot={
        <>
          <Button onClick={() => settle("theirs")}>{words.takeTheirs}</Button>
          <Button kind="primary" onClick={() => settle("mine")}>{words.keepMine}</Button>
        </>
      }
    >
      <div className={css["sides"]}>
        <section><header><h3>{words.conflictTheirs}</h3></header><pre>{theirsText}</pre></section>
        <section><header><h3>{words.conflictMine}</h3><CopyButton kind="link" size="small" text={mineText} done={words.conflictCopied}>{words.conflictCopy}</CopyButton></header><pre>{mineText}</pre></section>
        <section className={css["both"]}><header><h3>{words.conflictDiff}</h3></header><pre><DiffText stretches={stretches} /></pre></section>
      </div>
    </Dialog>
  );
};
