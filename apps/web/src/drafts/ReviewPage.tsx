import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useState, type ReactElement } from "react";
import { useShortcuts } from "../kernel/keys.ts";
import { useNow } from "../kernel/clock.ts";
import { useFiling } from "../kernel/filing.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { WhyButton } from "../shell/WhyButton.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { DossierDialog } from "../ui/DossierDialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import type { MenuItem } from "../ui/Menu.tsx";
import { Seal } from "../ui/Marks.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageViewer } from "../ui/PageViewer.tsx";
import { PdfViewer } from "../ui/PdfViewer.tsx";
import { ActBar, type Act } from "../ui/ReadingPane.tsx";
import { Segmented } from "../ui/Small.tsx";
import { ActNote, type NotedAct } from "./ActNote.tsx";
import { ChangesPanel } from "./Changes.tsx";
import { DraftHead, ReplyLink, ReturnedNote } from "./DraftHead.tsx";
import { fileOf, mayDo, titleOf, type DraftView } from "./draft-view.ts";
import { IntentNote } from "./IntentNote.tsx";
import { LongTermLine } from "./LongTermLine.tsx";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";
import { ChainPanel, DeliveriesPanel } from "./Panels.tsx";
import { SignAct } from "./SignAct.tsx";
import { UnsentNote } from "./UnsentNote.tsx";
import css from "./Draft.module.css";

type Opened = NotedAct | "sign" | "file";

/** Reading a naskah that someone else is to decide, or that has been issued: the page itself, what changed, the chain, and one main act. */
export const ReviewPage = ({ draft }: { readonly draft: DraftView }): ReactElement => {
  const words = useDraftMessages();
  const isPhone = useMediaQuery("(max-width: 860px)", undefined, { getInitialValueInEffect: false });
  const [part, setPart] = useState<"pdf" | "facts">("pdf");
  const [opened, setOpened] = useState<Opened | undefined>(undefined);
  const approve = useCommand("drafts.approve", { outdates: outdatedByDrafts, onDone: () => void notify("done", words.approved) });
  const withdraw = useCommand("drafts.withdraw", { outdates: outdatedByDrafts, onDone: () => void notify("done", words.withdrawn) });
  const paraf = (): void => {
    if (mayDo(draft, "approve") && !approve.isPending) approve.mutate({ id: draft.id, contentHash: draft.contentHash });
  };
  const maySign = mayDo(draft, "freeze") || mayDo(draft, "sign");
  const main: Act | undefined = mayDo(draft, "approve")
    ? { label: words.approve, icon: "paraf", key: "P", run: paraf, isBusy: approve.isPending }
    : maySign
      ? { label: words.sign, icon: "pen", key: "S", run: () => setOpened("sign") }
      : mayDo(draft, "withdraw")
        ? { label: words.withdraw, icon: "undo", run: () => withdraw.mutate({ id: draft.id }), isBusy: withdraw.isPending }
        : mayDo(draft, "file")
          ? { label: words.file, icon: "archive", key: "E", run: () => setOpened("file") }
          : undefined;
  const group = words.group;
  useShortcuts([
    { keys: "p", says: words.approve, group, run: paraf },
    { keys: "s", says: words.sign, group, run: () => maySign && setOpened("sign") },
    { keys: "r", says: words.giveBack, group, run: () => mayDo(draft, "giveBack") && setOpened("giveBack") },
    { keys: "e", says: words.file, group, run: () => mayDo(draft, "file") && setOpened("file") },
  ], { isOn: opened === undefined });
  const more: readonly MenuItem[] = [
    ...(mayDo(draft, "file") && main?.key !== "E" ? [{ kind: "act" as const, label: words.file, icon: "archive" as const, run: () => setOpened("file") }] : []),
    ...(mayDo(draft, "cancel") ? [{ kind: "act" as const, label: words.cancel, icon: "trash" as const, isDangerous: true, run: () => setOpened("cancel") }] : []),
    ...(mayDo(draft, "revoke") ? [{ kind: "act" as const, label: words.revoke, icon: "close" as const, isDangerous: true, run: () => setOpened("revoke") }] : []),
  ];
  const file = fileOf(draft);
  const source = file === undefined ? address("drafts.preview", { id: draft.id, revision: draft.revision }) : address("received.file", { id: draft.id, sha256: file });
  const close = (): void => setOpened(undefined);
  return (
    <div className={css["page"]} data-part={isPhone ? part : "both"} data-review>
      <section className={css["desk"]} aria-label={titleOf(draft, draft.content)}>
        <DraftHead draft={draft} subject={draft.content.subject} />
        <div className={css["paper"]}>{file !== undefined && draft.signed !== null && draft.content.security === "SR" ? <OnScreenOnly draft={draft} file={file} /> : <PdfViewer key={source} source={source} label={titleOf(draft, draft.content)} onPrint={() => void window.open(source, "_blank", "noopener")} {...(draft.signed !== null && { download: { href: address("received.file", { id: draft.id, sha256: draft.signed.sha256, download: "1" }), name: `${draft.type.title} ${(draft.frozen?.number ?? "").replaceAll("/", "-")}.pdf` } })} />}</div>
      </section>
      <aside className={css["aside"]} aria-label={words.tab.label}>
        {isPhone && <div className={css["tabs"]}><Segmented label={words.tab.label} value={part} onChange={setPart} options={[{ value: "pdf", label: words.tab.pdf }, { value: "facts", label: words.tab.facts }]} /></div>}
        <div className={css["scroll"]} data-facts>
          <ReturnedNote draft={draft} />
          <UnsentNote draft={draft} />
          <IntentNote draft={draft} />
          <IssuedPanel draft={draft} />
          <ChangesPanel draft={draft} />
          <DeliveriesPanel draft={draft} />
          <ChainPanel draft={draft} />
          <ReplyLink draft={draft} />
          <p><WhyButton id={draft.id} /></p>
        </div>
        <div className={css["acts"]}>
          {draft.withheld !== null && <p className={css["withheld"]} role="note"><Icon name="shield" size={18} />{words.withheld[draft.withheld]}</p>}
          <Fault error={approve.error ?? withdraw.error} />
          <ActBar main={main} other={mayDo(draft, "giveBack") ? { label: words.giveBack, run: () => setOpened("giveBack") } : undefined} more={more} sentence={whyOf(draft, words)} />
        </div>
      </aside>
      {opened === "sign" && <SignAct draft={draft} onClose={close} />}
      {opened === "file" && <FileAct draft={draft} onClose={close} />}
      {opened !== undefined && opened !== "sign" && opened !== "file" && <ActNote act={opened} draft={draft} onClose={close} />}
    </div>
  );
};

/** What is Sangat Rahasia is drawn page by page; its file is not handed out (domain §1.8). */
const OnScreenOnly = ({ draft, file }: { readonly draft: DraftView; readonly file: string }): ReactElement => {
  const pages = useMemo(() => Array.from({ length: draft.frozen?.pages ?? 1 }, (_, index) => ({
    src: address("received.pageImage", { id: draft.id, sha256: file, page: index + 1, width: 1600 }), thumbnail: address("received.pageImage", { id: draft.id, sha256: file, page: index + 1, width: 160 }),
  })), [draft.id, draft.frozen?.pages, file]);
  return <PageViewer label={titleOf(draft, draft.content)} pages={pages} />;
};

/** Puts the letter into a dossier. */
export const FileAct = ({ draft, onClose }: { readonly draft: DraftView; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const filing = useFiling({ kind: "naskah", letterId: draft.id }, { outdates: outdatedByDrafts, onDone: () => { notify("done", words.filed); onClose(); } });
  return <DossierDialog title={words.file} lead={words.dossierLead} letter={{ subject: titleOf(draft, draft.content), classification: draft.content.classification ?? "" }} filing={filing} onClose={onClose} />;
};

/** What the main act will do, or whose turn it is. */
const whyOf = (draft: DraftView, words: ReturnType<typeof useDraftMessages>): string => {
  if (mayDo(draft, "approve")) return words.parafLead;
  if (mayDo(draft, "freeze") || mayDo(draft, "sign")) return words.signLead;
  const turn = draft.chain.find((step) => step.state === "sekarang");
  if (turn !== undefined) return words.waitsFor([turn.position.holder, turn.position.title].filter((part) => part !== null).join(", "));
  return mayDo(draft, "file") ? words.dossierLead : words.readOnly;
};

/** The issued letter: by whom and when, its code, its dossier, and whether it was revoked. */
const IssuedPanel = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  const { signed, revoked, dossier } = draft;
  if (signed === null) return null;
  const isProved = signed.proved;
  return (
    <section className={css["issued"]}>
      {revoked !== undefined && <p className={css["revoked"]} role="note"><Icon name="warning" size={18} /><span><b>{words.revokedState(revoked.by, time.when(revoked.at, now))}</b> {revoked.reason}</span></p>}
      <p className={css["proof"]}>
        <Seal state="recorded" size={26} />
        <span>
          <b>{words.signedState(`${signed.by}, ${signed.post}`, time.when(signed.at, now))}</b>
          <small>{words.code(signed.code)}. <a href={signed.verificationUrl} target="_blank" rel="noreferrer">{words.verify}</a>{isProved && <>. <a href={address("open.letterProof", { code: signed.code })} download>{words.proofGet}</a></>}</small>
        </span>
      </p>
      <LongTermLine signed={signed} />
      {dossier !== null && <p className={css["dossier"]}><Icon name="folder" size={18} />{words.dossier}: <Anchor href={`/arsip/${dossier.id}`}>{dossier.title}</Anchor></p>}
    </section>
  );
};
