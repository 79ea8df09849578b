import { useState, type ReactElement } from "react";
import { useFiling } from "../kernel/filing.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { NoteDialog } from "../session/NoteDialog.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { DossierDialog } from "../ui/DossierDialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { DispositionDialog } from "./DispositionDialog.tsx";
import { actsOn, type LetterAct, type LetterView, type TreeNode } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import { outdatedByActs } from "./outdated.ts";
import { PostPicker, type Post } from "./PostPicker.tsx";
import { useAttachments } from "./use-attachments.tsx";

/** The name of an act that is done in a dialog. */
export type DialogAct = Exclude<LetterAct["kind"], "register" | "reply">;

/** One act on a letter in a dialog, over whatever page is open: finds the letter, and the first node that allows the act. */
export const LetterActDialog = ({ letterId, act, onClose }: { readonly letterId: string; readonly act: DialogAct; readonly onClose: () => void }): ReactElement => {
  const words = useReceivedMessages();
  const letter = useRead("received.show", { id: letterId });
  // The act found when the dialog opened: a refresh in the background must not change what the person is about to send.
  const [found, setFound] = useState<{ readonly letter: LetterView; readonly act: LetterAct } | undefined>(undefined);
  if (found === undefined && letter.data !== undefined) {
    const wanted = actsOn(letter.data).find((each) => each.kind === act);
    if (wanted !== undefined) setFound({ letter: letter.data, act: wanted });
  }
  if (found !== undefined) return <ActDialog letter={found.letter} act={found.act} onClose={onClose} />;
  const sentence = letter.error?.message ?? (letter.data === undefined ? undefined : words.letter.why.waiting);
  return (
    <Dialog isOpen onClose={onClose} title={words.letter.details} width={440} foot={<Button onClick={onClose}>{words.close}</Button>}>
      {sentence === undefined ? <PageLoading /> : <p role="alert">{sentence}</p>}
    </Dialog>
  );
};

/** The dialog of one act that is already known. */
export const ActDialog = ({ letter, act, onClose }: { readonly letter: LetterView; readonly act: LetterAct; readonly onClose: () => void }): ReactElement | null => {
  switch (act.kind) {
    case "dispose":
      return <DispositionDialog letter={letter} parentId={act.node?.id} onClose={onClose} />;
    case "direct":
      return <DirectDialog letter={letter} onClose={onClose} />;
    case "file":
      return <FileDialog letter={letter} onClose={onClose} />;
    case "close":
      return <CloseDialog letter={letter} onClose={onClose} />;
    case "discard":
      return <DiscardDialog letter={letter} onClose={onClose} />;
    case "report":
      return <ReportDialog node={act.node} onClose={onClose} />;
    case "progress":
      return <ProgressDialog node={act.node} onClose={onClose} />;
    case "accept":
      return <AcceptDialog node={act.node} onClose={onClose} />;
    case "giveBack":
      return <GiveBackDialog node={act.node} onClose={onClose} />;
    case "withdraw":
      return <WithdrawDialog node={act.node} onClose={onClose} />;
    case "register":
    case "reply":
      return null; // these open a page of their own
    default:
      return act satisfies never;
  }
};

type OnNode = { readonly node: TreeNode; readonly onClose: () => void };
type OnLetter = { readonly letter: LetterView; readonly onClose: () => void };

/** After an act: say so, close, and let every list that shows it be read again. */
const useFinish = (sentence: string, onClose: () => void) => ({
  outdates: outdatedByActs,
  onDone: (): void => {
    notify("done", sentence);
    onClose();
  },
});

const ReportDialog = ({ node, onClose }: OnNode): ReactElement => {
  const { acts } = useReceivedMessages();
  const command = useCommand("dispositions.report", useFinish(acts.done.report, onClose));
  const attachments = useAttachments(node);
  return <NoteDialog keepAs={`laporan.${node.id}`} title={acts.report} lead={acts.reportLead(node.from.title)} label={acts.reportNote} hint={acts.reportHint} isRequired maxLength={4000} submit={acts.report} onSend={(note) => command.mutateAsync({ id: node.id, note })} isBusy={command.isPending || attachments.isBusy} error={command.error} onClose={onClose}>{attachments.part}</NoteDialog>;
};

const ProgressDialog = ({ node, onClose }: OnNode): ReactElement => {
  const { acts } = useReceivedMessages();
  const command = useCommand("dispositions.progress", useFinish(acts.done.progress, onClose));
  const attachments = useAttachments(node);
  return <NoteDialog keepAs={`tindak-lanjut.${node.id}`} title={acts.progress} lead={acts.progressLead} label={acts.progressNote} isRequired maxLength={2000} submit={acts.send} onSend={(note) => command.mutateAsync({ id: node.id, note })} isBusy={command.isPending || attachments.isBusy} error={command.error} onClose={onClose}>{attachments.part}</NoteDialog>;
};

const AcceptDialog = ({ node, onClose }: OnNode): ReactElement => {
  const { acts } = useReceivedMessages();
  const command = useCommand("dispositions.accept", useFinish(acts.done.accept, onClose));
  return <NoteDialog keepAs={`terima.${node.id}`} title={acts.accept(node.to.title)} lead={node.report === null ? acts.acceptLead(node.to.title) : `“${node.report.note}”`} label={acts.acceptNote} isRequired={false} maxLength={1000} submit={acts.accept(node.to.title)} onSend={(note) => command.mutateAsync({ id: node.id, note })} isBusy={command.isPending} error={command.error} onClose={onClose} />;
};

const GiveBackDialog = ({ node, onClose }: OnNode): ReactElement => {
  const { acts } = useReceivedMessages();
  const command = useCommand("dispositions.giveBack", useFinish(acts.done.giveBack, onClose));
  return <NoteDialog keepAs={`kembali.${node.id}`} title={acts.giveBackOf(node.to.title)} lead={acts.giveBackLead(node.to.title)} label={acts.reason} hint={acts.reasonHint} isRequired maxLength={1000} submit={acts.giveBack} onSend={(reason) => command.mutateAsync({ id: node.id, reason })} isBusy={command.isPending} error={command.error} onClose={onClose} />;
};

const WithdrawDialog = ({ node, onClose }: OnNode): ReactElement => {
  const { acts } = useReceivedMessages();
  const command = useCommand("dispositions.withdraw", useFinish(acts.done.withdraw, onClose));
  return <NoteDialog keepAs={`tarik.${node.id}`} title={acts.withdraw(node.to.title)} lead={acts.withdrawLead(node.to.title)} label={acts.withdrawReason} isRequired={false} maxLength={1000} submit={acts.withdraw(node.to.title)} isDangerous onSend={(reason) => command.mutateAsync({ id: node.id, reason })} isBusy={command.isPending} error={command.error} onClose={onClose} />;
};

const CloseDialog = ({ letter, onClose }: OnLetter): ReactElement => {
  const { acts } = useReceivedMessages();
  const command = useCommand("received.close", useFinish(acts.done.close, onClose));
  return <NoteDialog keepAs={`selesai.${letter.id}`} title={acts.close} lead={acts.closeLead} label={acts.closeNote} isRequired={false} maxLength={2000} submit={acts.close} onSend={(note) => command.mutateAsync({ id: letter.id, note })} isBusy={command.isPending} error={command.error} onClose={onClose} />;
};

const DiscardDialog = ({ letter, onClose }: OnLetter): ReactElement => {
  const { acts, register } = useReceivedMessages();
  const command = useCommand("received.discard", useFinish(acts.done.discard, onClose));
  return <NoteDialog keepAs={`buang.${letter.id}`} title={register.discard} lead={register.discardLead} label={register.discardReason} isRequired maxLength={500} submit={register.discard} isDangerous onSend={(reason) => command.mutateAsync({ id: letter.id, reason })} isBusy={command.isPending} error={command.error} onClose={onClose} />;
};

const FileDialog = ({ letter, onClose }: OnLetter): ReactElement => {
  const { acts, letter: words } = useReceivedMessages();
  const filing = useFiling({ kind: "surat", letterId: letter.id }, useFinish(acts.done.file, onClose));
  return <DossierDialog title={acts.file} lead={words.why.file} letter={{ subject: letter.facts?.subject ?? "", classification: letter.facts?.classification ?? "" }} filing={filing} onClose={onClose} />;
};

const DirectDialog = ({ letter, onClose }: OnLetter): ReactElement => {
  const words = useReceivedMessages();
  const [post, setPost] = useState<Post | undefined>(undefined);
  const command = useCommand("received.direct", { outdates: outdatedByActs, onDone: () => { notify("done", words.acts.done.direct(post?.title ?? "")); onClose(); } });
  const send = (): void => {
    if (post !== undefined && !command.isPending) command.mutate({ id: letter.id, positionId: post.id });
  };
  useShortcuts([{ keys: "ctrl+enter", says: words.acts.direct, group: words.register.directTo, run: send, whileTyping: true }]);
  const to = letter.reading?.proposals.find((proposal) => ["to", "kepada", "addressee"].includes(proposal.field));
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.register.directTo}
      {...(to !== undefined && { lead: words.register.proposedTo(to.value) })}
      isHeld={command.isPending}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" icon="forward" disabled={post === undefined} keys={["Ctrl", "↵"]} isBusy={command.isPending} onClick={send}>{words.acts.direct}</Button>
        </>
      }
    >
      <PostPicker label={words.register.directTo} chosen={post} onChoose={setPost} />
      <Fault error={command.error} />
    </Dialog>
  );
};
