import { useNavigate } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { Button } from "../ui/Button.tsx";
import { CopyButton } from "../ui/CopyButton.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Hint } from "../ui/Field.tsx";
import { Seal } from "../ui/Marks.tsx";
import type { DraftView } from "./draft-view.ts";
import { LongTermLine } from "./LongTermLine.tsx";
import { useDraftMessages } from "./messages.ts";
import { DeliveriesPanel } from "./Panels.tsx";
import css from "./Panels.module.css";

/** After the signature: the code by which anyone can check it, where it goes, and what waits next. */
export const SignedDialog = ({ draft, signed, onClose }: { readonly draft: DraftView; readonly signed: NonNullable<DraftView["signed"]>; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const navigate = useNavigate();
  const waiting = useRead("desk.list", { act: "tanda_tangan", limit: 2 });
  const next = waiting.data?.items.find((item) => item.thingId !== draft.id);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.signing.doneTitle}
      lead={words.signing.doneLead(draft.frozen?.number ?? "")}
      foot={
        <>
          <Button onClick={onClose}>{words.signing.close}</Button>
          {next !== undefined && <Button kind="primary" iconAfter="forward" onClick={() => { onClose(); void navigate({ href: `/naskah/${next.thingId}` }); }}>{words.signing.next(next.title)}</Button>}
        </>
      }
    >
      <div className={css["signed"]}>
        <Seal state="recorded" size={56} />
        <div>
          <p>{words.signing.code}</p>
          <p className={css["code"]}>{signed.code}</p>
          <p><CopyButton size="small" text={signed.code} done={words.signing.copied}>{words.signing.copy}</CopyButton><a href={signed.verificationUrl} target="_blank" rel="noreferrer">{words.verify}</a></p>
        </div>
      </div>
      <LongTermLine signed={signed} />
      <DeliveriesPanel draft={draft} />
      {waiting.isSuccess && next === undefined && <Hint>{words.signing.noNext}</Hint>}
    </Dialog>
  );
};
