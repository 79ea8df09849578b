import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState, type ReactElement } from "react";
import { Refused, Unreachable } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { now as present } from "../kernel/clock.ts";
import { keyOf, useCommand } from "../kernel/queries.ts";
import { address, call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { proveFresh } from "../session/passkey.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { PdfViewer } from "../ui/PdfViewer.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { SignDialog } from "../ui/SignDialog.tsx";
import { useChangesSeen } from "./Changes.tsx";
import { fingerprintOf, titleOf, type DraftView, type Recipient } from "./draft-view.ts";
import { useDraftMessages, type DraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";
import { SignedDialog } from "./SignedDialog.tsx";
import { useFrozenFile, type ShownFile } from "./use-frozen-file.ts";
import { isAlreadySigned } from "./use-sitting.ts";

/** Freezes the text, shows the very bytes that will be signed, and signs them. The number stays even when signing is put off. */
export const SignAct = ({ draft, onClose }: { readonly draft: DraftView; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const { sign: signWords, errors: errorWords } = useMessages();
  const freeze = useCommand("drafts.freeze", { outdates: outdatedByDrafts });
  const [frozenNow, setFrozenNow] = useState<string | undefined>(undefined);
  const wasFrozen = useRef(draft.status === "beku");
  const hasAsked = useRef(false);
  const { mutateAsync } = freeze;
  useEffect(() => {
    if (hasAsked.current) return; // a number is taken once
    hasAsked.current = true;
    mutateAsync({ id: draft.id, contentHash: draft.contentHash }).then(() => wasFrozen.current || setFrozenNow(present().toISOString()), () => undefined /* shown below */);
  }, [mutateAsync, draft.id, draft.contentHash]);
  const frozen = freeze.data;
  const file = useFrozenFile(draft.id, frozen?.sha256);
  const { sign, isSigning, refusal, isSigned } = useSigning(draft.id, frozen?.sha256);
  if (isSigned && draft.signed !== null) return <SignedDialog draft={draft} signed={draft.signed} onClose={onClose} />;
  if (frozen === undefined || file.state === "loading" || file.state === "failed") { // nobody signs what was not shown
    const error = file.state === "failed" ? file.error : freeze.error;
    return (
      <Dialog isOpen onClose={onClose} title={signWords.title} {...(error === null && { lead: frozen === undefined ? words.signing.freezing : words.signing.checking })} foot={<>{file.state === "failed" && <Button kind="primary" icon="reload" onClick={file.retry}>{errorWords.retry}</Button>}<Button onClick={onClose}>{words.close}</Button></>}>
        {error === null ? <PageLoading /> : <Fault error={error} />}
      </Dialog>
    );
  }
  return <Frozen draft={draft} frozen={frozen} file={file} frozenAt={frozenNow} onSign={sign} isSigning={isSigning} refusal={refusal} onClose={onClose} />;
};

type FrozenProps = {
  readonly draft: DraftView;
  readonly frozen: { readonly number: string; readonly sha256: string; readonly pages: number };
  readonly file: ShownFile;
  readonly frozenAt: string | undefined;
  readonly onSign: (passphrase: string, code: string) => void;
  readonly isSigning: boolean;
  readonly refusal: string | undefined;
  readonly onClose: () => void;
};

const Frozen = ({ draft, frozen, file, frozenAt, onSign, isSigning, refusal, onClose }: FrozenProps): ReactElement => {
  const words = useDraftMessages();
  const { post } = useMessages();
  const me = useMe();
  const time = useTimeWords();
  const changes = useChangesSeen(draft);
  const { acting, certificate } = me;
  const title = `${post.holding[acting.holding]} ${acting.title}`.trim();
  const until = certificate === null ? undefined : time.date(certificate.until);
  const expiresSoon = certificate !== null && Date.parse(certificate.until) - present().getTime() < 30 * 86_400_000;
  const now = present();
  const basis = [
    acting.basis === null ? words.basisOwn : words.signing.basis(acting.basis),
    ...(acting.holding !== "definitif" && acting.until !== null ? [words.signing.validUntil(time.end(acting.until, now))] : []),
    ...(draft.content.onBehalf === true ? (draft.printed?.inNameOf ?? []).map(({ title: post, basis: decree }) => words.signing.inName(post, decree)) : []),
  ].join(", ");
  const mandateEnds = acting.holding !== "definitif" && acting.until !== null && Date.parse(acting.until) - now.getTime() < 24 * 3_600_000 ? time.end(acting.until, now) : undefined;
  const scope = mandateEnds !== undefined ? { kind: "expires" as const, sentence: words.signing.mandateEnds(mandateEnds) } : until !== undefined && expiresSoon && !certificate?.development ? { kind: "expires" as const, sentence: words.signing.expires(until) } : { kind: "inside" as const, sentence: acting.holding === "plt" || acting.holding === "plh" ? words.signing.inMandate : words.inScope };
  const certificateWords = certificate === null || until === undefined ? undefined : certificate.development ? words.signing.development : words.signing.certificate(until);
  return (
    <SignDialog
      isOpen
      onClose={onClose}
      subject={titleOf(draft, draft.content)}
      document={file.state === "same" ? <PdfViewer source={file.bytes} label={frozen.number} /> : null}
      thumbnail={<img src={address("received.pageImage", { id: draft.id, sha256: frozen.sha256, page: 1, width: 160 })} alt="" />}
      pages={frozen.pages}
      frozen={{ time: frozenAt === undefined ? undefined : time.clock(frozenAt), version: draft.version, fingerprint: fingerprintOf(frozen.sha256), isChanged: file.state === "changed" }}
      changes={changes}
      authority={{ person: me.name, avatar: acting.holding === "definitif" ? "you" : "acting", title: words.signing.as(title), basis, scope }}
      consequence={<>{words.signing.letter} <b>{frozen.number}</b> {words.signing.willBeSigned} <b>{me.name}</b> {words.signing.as(title)}{sentOn(draft.content.to, words.signing.thenSent, words)}{sentOn(draft.content.cc, words.signing.copies, words)}.</>}
      afterwards={words.signing.afterwards}
      {...(certificateWords !== undefined && { certificate: certificateWords })}
      secret={certificate?.secret ?? "passphrase"}
      stepUp={me.stepUp}
      onSign={onSign}
      isSigning={isSigning}
      refusal={refusal}
    />
  );
};

const named = 3;

/** `, lalu langsung dikirim kepada Camat Sepaku, Camat Babulu, Camat Waru, dan 9 lagi` */
const sentOn = (recipients: readonly Recipient[], say: (names: string) => string, words: DraftMessages): string =>
  recipients.length === 0 ? "" : say([...recipients.slice(0, named).map((each) => each.label), ...(recipients.length > named ? [words.signing.and(recipients.length - named)] : [])].join(", "));

/**
 * The signature itself. The passphrase goes into this one request and into nothing that remembers: no mutation cache, no key that is
 * compared with the next try. What became of a request whose answer was lost is asked of the server before anyone tries again.
 */
const useSigning = (id: string, sha256: string | undefined): { readonly sign: (passphrase: string, code: string) => void; readonly isSigning: boolean; readonly refusal: string | undefined; readonly isSigned: boolean } => {
  const words = useDraftMessages();
  const { sign: signWords } = useMessages();
  const client = useQueryClient();
  const isRunning = useRef(false);
  const [state, setState] = useState<{ readonly isSigning: boolean; readonly refusal: string | undefined; readonly isSigned: boolean }>({ isSigning: false, refusal: undefined, isSigned: false });
  const refresh = (): Promise<unknown> => Promise.all(outdatedByDrafts.map((name) => client.invalidateQueries({ queryKey: keyOf(name) })));
  const { stepUp } = useMe();
  // A wrong passphrase costs no second touch: the proof is good for this file for five minutes, and the server says when it is not.
  const isProved = useRef(false);
  const attempt = async (file: string, passphrase: string, code: string): Promise<void> => {
    if (stepUp !== null && (!isProved.current || code !== "")) {
      await proveFresh([file], stepUp, code);
      isProved.current = true;
    }
    try {
      await call("drafts.sign", { id, sha256: file, passphrase });
    } catch (error) {
      if (error instanceof Refused && error.code === "step_up_needed") isProved.current = false;
      throw error;
    }
  };
  const run = async (passphrase: string, code: string): Promise<void> => {
    if (isRunning.current || sha256 === undefined) return; // a second press while it runs is the same press
    isRunning.current = true;
    setState({ isSigning: true, refusal: undefined, isSigned: false });
    try {
      await attempt(sha256, passphrase, code);
      await refresh();
      setState({ isSigning: false, refusal: undefined, isSigned: true });
    } catch (error) {
      const isSigned = error instanceof Unreachable && (await isAlreadySigned(id));
      // What the provider did is told on the letter's page as well: the intent is kept there.
      if (isSigned || (error instanceof Refused && error.code.startsWith("signing_"))) await refresh();
      setState({ isSigning: false, isSigned, refusal: isSigned ? undefined : error instanceof Unreachable ? words.signing.unreachable : error instanceof Refused ? error.message : signWords.notProved });
    } finally {
      isRunning.current = false;
    }
  };
  return { ...state, sign: (passphrase, code) => void run(passphrase, code) };
};
