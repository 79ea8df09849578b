import { useEffect, type ReactElement } from "react";
import { now } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PdfViewer } from "../ui/PdfViewer.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { SignDialog } from "../ui/SignDialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { fingerprintOf, type DraftView } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";

const outdated = ["drafts.show", "drafts.list", "desk.list", "session.me"] as const;

/** Freezes the text, shows the very bytes that will be signed, and signs them. The number stays even when signing is put off. */
export const SignAct = ({ draft, onClose }: { readonly draft: DraftView; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const me = useMe();
  const time = useTimeWords();
  const freeze = useCommand("drafts.freeze", { outdates: outdated });
  const sign = useCommand("drafts.sign", { outdates: outdated, onDone: () => { notify("done", words.signed); onClose(); } });
  const { mutate } = freeze;
  useEffect(() => mutate({ id: draft.id, contentHash: draft.contentHash }), [mutate, draft.id, draft.contentHash]);
  const frozen = freeze.data;
  if (frozen === undefined) {
    return (
      <Dialog isOpen onClose={onClose} title={words.sign}>
        {freeze.error === null ? <PageLoading /> : <Fault error={freeze.error} />}
      </Dialog>
    );
  }
  const who = `${me.name}, ${draft.frozen?.authority ?? me.acting.title}`;
  return (
    <SignDialog
      isOpen
      onClose={onClose}
      subject={draft.content.subject === "" ? draft.type.title : draft.content.subject}
      document={<PdfViewer source={address("received.file", { id: draft.id, sha256: frozen.sha256 })} label={frozen.number} />}
      pages={frozen.pages}
      frozen={{ time: time.clock(now()), version: draft.version, fingerprint: fingerprintOf(frozen.sha256), isChanged: false }}
      authority={{ person: me.name, avatar: "you", title: draft.frozen?.authority ?? me.acting.title, basis: me.acting.basis ?? words.basisOwn, scope: { kind: "inside", sentence: words.inScope } }}
      consequence={words.consequence(frozen.number, who)}
      afterwards={words.afterwards}
      onSign={(passphrase) => sign.mutate({ id: draft.id, sha256: frozen.sha256, passphrase })}
      isSigning={sign.isPending}
      refusal={sign.error?.message}
    />
  );
};
