import { useState, type ReactElement } from "react";
import { notify } from "../kernel/notices.ts";
import { useCommand } from "../kernel/queries.ts";
import { NoteDialog } from "../session/NoteDialog.tsx";
import { Field } from "../ui/Field.tsx";
import type { DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";

/** The acts that take words. */
export type NotedAct = "submit" | "giveBack" | "cancel" | "revoke";

type Props = { readonly act: NotedAct; readonly draft: DraftView; readonly onClose: () => void; /** Submitting first stores what was typed; only the writing page can. */ readonly onSubmit?: (note: string) => Promise<void> };

/** One act with its note: why the naskah goes back, why it ends, why it is revoked, or a message to the reviewers. */
export const ActNote = ({ act, draft, onClose, onSubmit }: Props): ReactElement => {
  const words = useDraftMessages();
  const done = (sentence: string) => ({ outdates: outdatedByDrafts, onDone: () => { notify("done", sentence); onClose(); } });
  const giveBack = useCommand("drafts.giveBack", done(words.returned));
  const cancel = useCommand("drafts.cancel", done(words.cancelled));
  const revoke = useCommand("drafts.revoke", done(words.revokedNow));
  const [replacement, setReplacement] = useState("");
  const common = { keepAs: `naskah.${draft.id}.${act}`, onClose };
  switch (act) {
    case "submit": {
      const first = draft.chain[0]?.position.title ?? words.roles.atasan_langsung.toLowerCase();
      const send = async (note: string): Promise<void> => {
        onClose(); // what stops it is shown on the page, where it is to be mended
        await onSubmit?.(note);
      };
      return <NoteDialog {...common} title={words.submit} lead={words.submitLead(first)} label={words.submitNote} isRequired={false} maxLength={1000} submit={words.submit} onSend={send} isBusy={false} error={null} />;
    }
    case "giveBack":
      return <NoteDialog {...common} title={words.giveBack} lead={words.giveBackLead(draft.drafter.person)} label={words.giveBackNote} isRequired maxLength={2000} submit={words.giveBack} onSend={(note) => giveBack.mutateAsync({ id: draft.id, note })} isBusy={giveBack.isPending} error={giveBack.error} />;
    case "cancel":
      return <NoteDialog {...common} title={words.cancel} lead={draft.frozen === null ? words.cancelLead : `${words.cancelLead} ${words.cancelNumbered(draft.frozen.number)}`} label={words.reason} isRequired isDangerous maxLength={1000} submit={words.cancel} onSend={(reason) => cancel.mutateAsync({ id: draft.id, reason })} isBusy={cancel.isPending} error={cancel.error} />;
    case "revoke":
      return <NoteDialog {...common} title={words.revoke} lead={words.revokeLead(draft.frozen?.number ?? "")} label={words.reason} isRequired isDangerous maxLength={1000} submit={words.revoke} onSend={(reason) => revoke.mutateAsync({ id: draft.id, reason, replacement: replacement.trim() })} isBusy={revoke.isPending} error={revoke.error}>
        <Field label={words.replacement}><input value={replacement} maxLength={120} autoComplete="off" spellCheck={false} onChange={(event) => setReplacement(event.target.value)} /></Field>
      </NoteDialog>;
    default:
      throw act satisfies never;
  }
};
