import { useParams } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fault, Row, Rows } from "../ui/Page.tsx";
import { ParafChain, type ChainStep } from "../ui/ParafChain.tsx";
import { PdfViewer } from "../ui/PdfViewer.tsx";
import { ActBar, PageLoading, type Act } from "../ui/ReadingPane.tsx";
import { Chip, SavedState, type Saved } from "../ui/Small.tsx";
import { ContentForm } from "./ContentForm.tsx";
import { fileOf, mayDo, titleOf, type DraftView, type Problem } from "./draft-view.ts";
import { useDraftMessages, type DraftMessages } from "./messages.ts";
import { SignAct } from "./SignAct.tsx";
import type { Where } from "./text-keeper.ts";
import { useText } from "./use-text.ts";
import css from "./Draft.module.css";

const outdated = ["drafts.show", "drafts.list", "desk.list"] as const;

/** `/naskah/:id`: writing, reviewing, signing and following one outgoing letter, each as the server allows. */
export const DraftPage = (): ReactElement => {
  const { id = "" } = useParams({ strict: false });
  const answer = useRead("drafts.show", { id });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  return mayDo(answer.data, "write") ? <Writing key={id} draft={answer.data} /> : <Reviewing key={id} draft={answer.data} />;
};

const Writing = ({ draft }: { readonly draft: DraftView }): ReactElement => {
  const words = useDraftMessages();
  const { keeper, kept } = useText(draft);
  const [fault, setFault] = useState<Error | null>(null);
  const submit = useCommand("drafts.submit", { outdates: outdated, onDone: () => void notify("done", words.submitted) });
  const [dialog, setDialog] = useState<"cancel" | undefined>(undefined);
  const send = (): void => {
    setFault(null);
    keeper.flush().then((stored) => submit.mutate({ id: draft.id, revision: stored.revision }), (error: unknown) => setFault(error instanceof Error ? error : new Error(String(error))));
  };
  useShortcuts([{ keys: "ctrl+enter", says: words.submit, group: words.title, run: send, whileTyping: true }]);
  const { problems } = kept.stored;
  const isStored = kept.where.kind === "stored";
  return (
    <div className={css["page"]}>
      <div className={css["form"]}>
        <Head draft={draft} title={titleOf(draft, kept.content)} saved={savedOf(kept.where)} />
        {kept.where.kind === "conflict" && (
          <div className={css["note"]} role="alert">
            <p>{words.conflict}</p>
            <Button onClick={() => keeper.settle("mine")}>{words.keepMine}</Button> <Button onClick={() => keeper.settle("theirs")}>{words.takeTheirs}</Button>
          </div>
        )}
        {kept.where.kind === "refused" && <p className={css["note"]} role="alert">{kept.where.sentence}</p>}
        <ContentForm draft={draft} content={kept.content} edition={kept.edition} onChange={keeper.change} />
        <Problems problems={problems} />
        <Chain draft={draft} />
        <Fault error={fault ?? submit.error} />
        <div className={css["bar"]}>
          <ActBar main={{ label: words.submit, icon: "send", run: send, isBusy: submit.isPending }} more={mayDo(draft, "cancel") ? [{ kind: "act", label: words.cancel, run: () => setDialog("cancel") }] : []} />
        </div>
      </div>
      <Preview draft={draft} revision={isStored ? kept.stored.revision : undefined} isPossible={!problems.some((problem) => problem.level === "wajib")} />
      {dialog === "cancel" && <ReasonDialog title={words.cancel} label={words.reason} name="drafts.cancel" draft={draft} onClose={() => setDialog(undefined)} />}
    </div>
  );
};

const savedOf = (where: Where): Saved => {
  switch (where.kind) {
    case "stored":
      return { state: "saved", time: where.at === undefined ? "" : clockOf(where.at) };
    case "device":
      return { state: "device", time: clockOf(where.at) };
    case "saving":
      return { state: "saving" };
    case "lost":
    case "refused":
    case "conflict":
      return { state: "lost" };
    default:
      throw where satisfies never;
  }
};

const clockOf = (instant: string): string => new Intl.DateTimeFormat("id-ID", { hour: "2-digit", minute: "2-digit" }).format(Date.parse(instant));

const Reviewing = ({ draft }: { readonly draft: DraftView }): ReactElement => {
  const words = useDraftMessages();
  const [dialog, setDialog] = useState<"sign" | "giveBack" | "cancel" | "revoke" | undefined>(undefined);
  const approve = useCommand("drafts.approve", { outdates: outdated, onDone: () => void notify("done", words.approved) });
  const withdraw = useCommand("drafts.withdraw", { outdates: outdated });
  const main: Act | undefined = mayDo(draft, "approve")
    ? { label: words.approve, icon: "paraf", key: "P", run: () => approve.mutate({ id: draft.id, contentHash: draft.contentHash }), isBusy: approve.isPending }
    : mayDo(draft, "freeze") || mayDo(draft, "sign")
      ? { label: words.sign, icon: "pen", key: "S", run: () => setDialog("sign") }
      : mayDo(draft, "withdraw")
        ? { label: words.withdraw, run: () => withdraw.mutate({ id: draft.id }), isBusy: withdraw.isPending }
        : undefined;
  useShortcuts([
    { keys: "p", says: words.approve, group: words.title, run: () => mayDo(draft, "approve") && approve.mutate({ id: draft.id, contentHash: draft.contentHash }) },
    { keys: "s", says: words.sign, group: words.title, run: () => (mayDo(draft, "freeze") || mayDo(draft, "sign")) && setDialog("sign") },
  ], { isOn: dialog === undefined });
  const more = [
    ...(mayDo(draft, "cancel") ? [{ kind: "act" as const, label: words.cancel, run: () => setDialog("cancel") }] : []),
    ...(mayDo(draft, "revoke") ? [{ kind: "act" as const, label: words.revoke, run: () => setDialog("revoke") }] : []),
  ];
  const file = fileOf(draft);
  return (
    <div className={css["page"]}>
      <div className={css["form"]}>
        <Head draft={draft} title={titleOf(draft, draft.content)} />
        {draft.signed !== null && <Signed draft={draft} signed={draft.signed} />}
        <Deliveries draft={draft} words={words} />
        <Chain draft={draft} />
        <Fault error={approve.error ?? withdraw.error} />
        <div className={css["bar"]}>
          <ActBar main={main} other={mayDo(draft, "giveBack") ? { label: words.giveBack, run: () => setDialog("giveBack") } : undefined} more={more} />
        </div>
      </div>
      <div className={css["paper"]}><PdfViewer source={file === undefined ? `${address("drafts.preview", { id: draft.id })}?v=${draft.version}` : address("received.file", { id: draft.id, sha256: file })} label={titleOf(draft, draft.content)} /></div>
      {dialog === "sign" && <SignAct draft={draft} onClose={() => setDialog(undefined)} />}
      {dialog === "giveBack" && <ReasonDialog title={words.giveBack} label={words.giveBackNote} name="drafts.giveBack" draft={draft} onClose={() => setDialog(undefined)} />}
      {(dialog === "cancel" || dialog === "revoke") && <ReasonDialog title={words[dialog]} label={words.reason} name={`drafts.${dialog}`} draft={draft} onClose={() => setDialog(undefined)} />}
    </div>
  );
};

const Head = ({ draft, title, saved }: { readonly draft: DraftView; readonly title: string; readonly saved?: Saved }): ReactElement => {
  const words = useDraftMessages();
  return (
    <header className={css["head"]}>
      <h1>{title}</h1>
      <Chip tone={draft.signed === null ? "plain" : "gold"}>{words.status[draft.status]}</Chip>
      {saved !== undefined && <SavedState saved={saved} />}
      <p className={css["sub"]}>{[draft.type.title, draft.unit, draft.frozen === null ? "" : words.number(draft.frozen.number), draft.replyTo === null ? "" : words.replyTo(draft.replyTo.number, draft.replyTo.sender)].filter((part) => part !== "").join(" · ")}</p>
      {draft.returned !== null && draft.status === "perbaikan" && <p className={css["note"]} role="note"><b>{words.returnedBy(`${draft.returned.by}, ${draft.returned.post}`)}</b><br />{draft.returned.note}</p>}
    </header>
  );
};

const Signed = ({ draft, signed }: { readonly draft: DraftView; readonly signed: NonNullable<DraftView["signed"]> }): ReactElement => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  return (
    <section className={css["section"]}>
      <p>{words.signedState(`${signed.by}, ${draft.frozen?.authority ?? signed.post}`, time.when(signed.at, now))}</p>
      <p>{words.code(signed.code)}. <a href={`/v/${signed.code}`} target="_blank" rel="noreferrer">{words.verify}</a></p>
    </section>
  );
};

const Deliveries = ({ draft, words }: { readonly draft: DraftView; readonly words: DraftMessages }): ReactElement | null =>
  draft.deliveries.length === 0 ? null : (
    <section className={css["section"]}>
      <h2>{words.deliveries}</h2>
      <Rows>{draft.deliveries.map((each) => <Row key={`${each.label} ${each.cc}`} title={each.label} note={[each.cc ? words.copy : "", each.detail].filter((part) => part !== "").join(" · ")} side={<Chip tone={each.status === "gagal" ? "late" : "leaf"}>{words.delivery[each.status]}</Chip>} />)}</Rows>
    </section>
  );

const Problems = ({ problems }: { readonly problems: readonly Problem[] }): ReactElement => {
  const words = useDraftMessages();
  return (
    <section className={css["section"]} aria-live="polite">
      <h2>{words.problems}</h2>
      {problems.length === 0 ? <p>{words.ready}</p> : <ul className={css["problems"]}>{problems.map((problem) => <li key={`${problem.path} ${problem.message}`}><Chip tone={problem.level === "wajib" ? "soon" : "plain"}>{problem.level === "wajib" ? words.must : words.hint}</Chip>{problem.message}</li>)}</ul>}
    </section>
  );
};

const stepStates = { menunggu: "waiting", sekarang: "now", disetujui: "approved", dikembalikan: "returned", gugur: "void" } as const;

const Chain = ({ draft }: { readonly draft: DraftView }): ReactElement | null => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  if (draft.chain.length === 0) return null;
  const steps: readonly ChainStep[] = [
    { id: "penyusun", person: draft.drafter.person, role: `${words.drafter}, ${draft.drafter.post}`, kind: "drafter", state: "approved" },
    ...draft.chain.map((step): ChainStep => ({
      id: step.position.id, person: step.by ?? step.position.holder ?? step.position.title, role: step.kind === "tanda_tangan" ? `${words.signer}, ${step.position.title}` : step.position.title, kind: step.kind === "tanda_tangan" ? "signature" : "paraf",
      state: stepStates[step.state], ...(step.at !== null && { words: time.when(step.at, now) }), note: step.note,
    })),
  ];
  return <section className={css["section"]}><h2>{words.chain}</h2><ParafChain steps={steps} /></section>;
};

/** The page as it will be issued, by the same renderer; made anew for each stored revision. */
const Preview = ({ draft, revision, isPossible }: { readonly draft: DraftView; readonly revision: number | undefined; readonly isPossible: boolean }): ReactElement => {
  const words = useDraftMessages();
  const [shown, setShown] = useState(revision);
  if (revision !== undefined && shown !== revision) setShown(revision); // while typing the last stored page stays
  return (
    <div className={css["paper"]} aria-label={words.preview}>
      {isPossible && shown !== undefined ? <PdfViewer key={shown} source={address("drafts.preview", { id: draft.id, revision: shown })} label={words.preview} /> : <p className={css["missing"]}>{words.previewMissing}</p>}
    </div>
  );
};

const ReasonDialog = ({ title, label, name, draft, onClose }: { readonly title: string; readonly label: string; readonly name: "drafts.giveBack" | "drafts.cancel" | "drafts.revoke"; readonly draft: DraftView; readonly onClose: () => void }): ReactElement => {
  const [text, setText] = useState("");
  const done = { outdates: outdated, onDone: onClose };
  const giveBack = useCommand("drafts.giveBack", done);
  const cancel = useCommand("drafts.cancel", done);
  const revoke = useCommand("drafts.revoke", done);
  const run = (): void => {
    if (name === "drafts.giveBack") giveBack.mutate({ id: draft.id, note: text });
    else if (name === "drafts.cancel") cancel.mutate({ id: draft.id, reason: text });
    else revoke.mutate({ id: draft.id, reason: text });
  };
  return (
    <Dialog isOpen onClose={onClose} title={title}>
      <form onSubmit={(event) => { event.preventDefault(); run(); }}>
        <label className={css["field"]}>{label}<textarea rows={4} required maxLength={1000} data-autofocus value={text} onChange={(event) => setText(event.target.value)} /></label>
        <Fault error={giveBack.error ?? cancel.error ?? revoke.error} />
        <Button type="submit" kind="primary" isBusy={giveBack.isPending || cancel.isPending || revoke.isPending}>{title}</Button>
      </form>
    </Dialog>
  );
};
