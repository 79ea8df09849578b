import { useMediaQuery } from "@mantine/hooks";
import { useCallback, useMemo, useRef, useState, type ReactElement } from "react";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { WhyButton } from "../shell/WhyButton.tsx";
import { Fault } from "../ui/Page.tsx";
import type { MenuItem } from "../ui/Menu.tsx";
import { ActBar } from "../ui/ReadingPane.tsx";
import { Segmented, type Saved } from "../ui/Small.tsx";
import { ActNote, type NotedAct } from "./ActNote.tsx";
import { ChangesPanel } from "./Changes.tsx";
import { ConflictDialog } from "./ConflictDialog.tsx";
import { DraftHead, ReplyLink, ReturnedNote } from "./DraftHead.tsx";
import { mayDo, type DraftView } from "./draft-view.ts";
import { EditorSheet, Handling } from "./EditorSheet.tsx";
import { EditorTools, useBodyEditor } from "./EditorTools.tsx";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";
import { ChainPanel, goToSlot, ProblemsPanel } from "./Panels.tsx";
import { PreviewPane } from "./PreviewPane.tsx";
import type { Where } from "./text-keeper.ts";
import { useText } from "./use-text.ts";
import css from "./Draft.module.css";

type Part = "text" | "pdf" | "chain" | "check";

/** Writing a naskah: the letter itself at the left, beside it the page as it will be issued, its chain and what the check found. */
export const WritingPage = ({ draft }: { readonly draft: DraftView }): ReactElement => {
  const words = useDraftMessages();
  const { keeper, kept } = useText(draft);
  const { content, stored, where, edition } = kept;
  const isPhone = useMediaQuery("(max-width: 860px)", undefined, { getInitialValueInEffect: false });
  const [part, setPart] = useState<Part>(isPhone ? "text" : "pdf");
  const [act, setAct] = useState<NotedAct | undefined>(undefined);
  const [isComparing, setComparing] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const [isAsked, setAsked] = useState(false);
  const isSending = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const editor = useBodyEditor({ body: content.body, edition, label: words.parts.body, invitation: words.sheet.write, onChange: (body) => keeper.change({ body }) });
  const submit = useCommand("drafts.submit", { outdates: outdatedByDrafts, onDone: () => void notify("done", words.submitted) });
  const must = stored.problems.filter((problem) => problem.level === "wajib");
  // Asked to send what is not complete, the page says what is missing until nothing is: a sentence from then would contradict the text of now.
  const refused = isAsked && must.length > 0 ? new Error(words.check.lead(must.length)) : fault;
  const shownPart = part === "text" && !isPhone ? "pdf" : part;

  const send = async (note = ""): Promise<void> => {
    if (isSending.current) return; // a second press while it runs is the same press
    isSending.current = true;
    setBusy(true);
    setFault(null);
    try {
      const latest = await keeper.flush();
      const missing = latest.problems.filter((problem) => problem.level === "wajib").length;
      if (missing > 0) {
        setPart("check");
        setAsked(true);
      } else await submit.mutateAsync({ id: draft.id, revision: latest.revision, note });
    } catch (error) {
      if (keeper.kept.get().where.kind === "conflict") setComparing(true);
      else setFault(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      isSending.current = false;
      setBusy(false);
    }
  };
  const settle = (choice: "mine" | "theirs"): void => {
    const undo = keeper.settle(choice);
    if (choice === "theirs") notify("info", words.conflictTaken, { label: words.conflictUndo, run: undo });
  };
  const sendNow = (): void => void send().catch(() => undefined /* shown above the buttons */);
  const go = (path: string): void => {
    if (isPhone) setPart("text");
    requestAnimationFrame(() => goToSlot(path)); // on a phone the sheet must be drawn first
  };
  useShortcuts([{ keys: "ctrl+enter", says: words.submit, group: words.group, run: sendNow, whileTyping: true }], { isOn: act === undefined && !isComparing });

  const time = useTimeWords();
  const compare = useCallback(() => setComparing(true), []);
  const saved = useMemo(() => savedOf(where, time.clock, compare), [where, time, compare]);
  const more: readonly MenuItem[] = [
    { kind: "act", label: words.submitNote, icon: "comment", run: () => setAct("submit") },
    ...(mayDo(draft, "cancel") ? [{ kind: "act" as const, label: words.cancel, icon: "trash" as const, isDangerous: true, run: () => setAct("cancel") }] : []),
  ];
  return (
    <div className={css["page"]} data-part={shownPart}>
      <section className={css["desk"]} aria-label={words.tab.text}>
        <DraftHead draft={draft} subject={content.subject} saved={saved} />
        <EditorTools editor={editor} />
        <div className={css["bed"]}>
          <ReturnedNote draft={draft} />
          {where.kind === "refused" && <p className={css["note"]} role="alert">{where.sentence}</p>}
          <Handling draft={draft} content={content} onChange={keeper.change} />
          <EditorSheet draft={draft} content={content} editor={editor} onChange={keeper.change} />
          <ReplyLink draft={draft} />
        </div>
      </section>
      <aside className={css["aside"]} aria-label={words.tab.label}>
        <div className={css["tabs"]}>
          <Segmented
            label={words.tab.label}
            value={shownPart}
            onChange={setPart}
            options={[
              ...(isPhone ? [{ value: "text" as const, label: words.tab.text }] : []),
              { value: "pdf", label: isPhone ? words.tab.pdf : words.tab.preview },
              { value: "chain", label: words.tab.chain },
              { value: "check", label: <>{words.tab.check}{stored.problems.length > 0 && <b className={css["count"]} data-must={must.length > 0 || undefined}>{stored.problems.length}</b>}</> },
            ]}
          />
        </div>
        {shownPart === "pdf" && <PreviewPane draftId={draft.id} revision={stored.revision} isPossible={!must.some((problem) => /^(fields|body)\b/.test(problem.path) && problem.path !== "body")} />}
        {shownPart === "chain" && <div className={css["scroll"]}><ChainPanel draft={draft} /><ChangesPanel draft={draft} /><p><WhyButton id={draft.id} /></p></div>}
        {shownPart === "check" && <div className={css["scroll"]}><ProblemsPanel draft={draft} problems={stored.problems} onGo={go} /></div>}
        <div className={css["acts"]}>
          <Fault error={refused} />
          <ActBar main={{ label: words.submit, icon: "send", run: sendNow, isBusy }} more={more} {...(refused === null && { sentence: words.check.lead(must.length) })} />
        </div>
      </aside>
      {act !== undefined && <ActNote act={act} draft={draft} onSubmit={send} onClose={() => setAct(undefined)} />}
      {isComparing && where.kind === "conflict" && <ConflictDialog draft={draft} mine={content} theirs={where.theirs.content} onSettle={settle} onClose={() => setComparing(false)} />}
    </div>
  );
};

/** Where the text is, in words; nothing to say while what is shown is what was found. */
const savedOf = (where: Where, clock: (at: string) => string, onCompare: () => void): Saved | undefined => {
  switch (where.kind) {
    case "stored":
      return where.at === undefined ? undefined : { state: "saved", time: clock(where.at) };
    case "device":
      return { state: "device", time: clock(where.at) };
    case "saving":
      return { state: "saving" };
    case "refused":
      return { state: "refused" };
    case "lost":
      return { state: "lost" };
    case "conflict":
      return { state: "conflict", onCompare };
    default:
      throw where satisfies never;
  }
};
