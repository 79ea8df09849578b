import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { keyOf, useRead } from "../kernel/queries.ts";
import { address, call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { usePhoneBar } from "../shell/phone-bar.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { WhyButton } from "../shell/WhyButton.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { BottomSheet } from "../ui/BottomSheet.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { DispositionTree } from "../ui/DispositionTree.tsx";
import { FactGrid, type Fact } from "../ui/FactGrid.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import type { MenuItem } from "../ui/Menu.tsx";
import { ActBar, PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, Segmented } from "../ui/Small.tsx";
import { ActDialog } from "./LetterActDialog.tsx";
import { LetterDocument } from "./LetterDocument.tsx";
import { actsOn, isDangerous, isInformed, isSecret, nodesIn, placed, readingsToTell, type LetterAct, type LetterView, type TreeNode } from "./letter-acts.ts";
import { useReceivedMessages, type ReceivedMessages } from "./messages.ts";
import { outdatedByActs } from "./outdated.ts";
import { proposalsByField } from "./facts-form.ts";
import { ReplyDialog } from "./ReplyDialog.tsx";
import { TrailPanel } from "./TrailPanel.tsx";
import { drawHolders, drawTree } from "./tree-view.ts";
import css from "./LetterPage.module.css";

type Part = "tree" | "trail" | "facts";

/** A received letter: the document at once, its facts, who holds it now, its trail, and one main act. */
export const LetterPage = ({ letterId }: { readonly letterId: string }): ReactElement => {
  const words = useReceivedMessages();
  const answer = useRead("received.show", { id: letterId });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  return <Letter key={letterId} letter={answer.data} words={words} />;
};

const Letter = ({ letter, words }: { readonly letter: LetterView; readonly words: ReceivedMessages }): ReactElement => {
  const { viewer } = useMessages();
  const [isOpened, setOpened] = useState(!isSecret(letter));
  const [pointed, setPointed] = useState<{ readonly field: string; readonly count: number } | undefined>(undefined);
  const [dialog, setDialog] = useState<LetterAct | undefined>(undefined);
  const navigate = useNavigate();
  useReadingTold(letter, isOpened);
  const acts = actsOn(letter);
  const start = (act: LetterAct): void => {
    if (act.kind === "register") void navigate({ href: `/surat/${letter.id}/catat` });
    else setDialog(act);
  };
  const first = (kinds: readonly LetterAct["kind"][]) => (): void => {
    const act = acts.find((each) => kinds.includes(each.kind));
    if (act !== undefined) start(act);
  };
  const group = words.letter.details;
  useShortcuts([
    { keys: "d", says: words.acts.dispose, group, run: first(["dispose", "direct"]) },
    { keys: "e", says: words.acts.close, group, run: first(["accept", "close", "file"]) },
    { keys: "l", says: words.acts.report, group, run: first(["report"]) },
    { keys: "r", says: words.acts.register, group, run: first(["register"]) },
    { keys: "b", says: words.acts.reply, group, run: first(["reply"]) },
    { keys: "escape", says: words.letter.back, group, run: () => void navigate({ href: "/meja" }) },
  ], { isOn: dialog === undefined });
  const title = letter.facts?.subject ?? letter.files[0]?.name ?? "";
  usePhoneBar(useMemo(() => <PhoneBar title={letter.facts?.sender ?? title} note={letter.agenda === null ? words.status[letter.status] : words.letter.agenda(letter.agenda)} />, [letter, title, words]));

  return (
    <div className={css["letter"]}>
      <div className={css["document"]}>
        {isOpened ? (
          <LetterDocument letter={letter} pointed={pointed} />
        ) : (
          <div className={css["envelope"]}>
            <Icon name="lock" size={40} />
            <h2>{viewer.secretTitle}</h2>
            <p>{viewer.secret}</p>
            <Button kind="primary" size="big" icon="lock" onClick={() => setOpened(true)}>{viewer.openSecret}</Button>
          </div>
        )}
      </div>
      <BottomSheet label={words.letter.details} grabLabel={words.letter.details} foot={<div className={css["acts"]}><Acts letter={letter} onAct={start} /></div>}>
        <Details letter={letter} isOpened={isOpened} onPoint={(field) => setPointed({ field, count: (pointed?.count ?? 0) + 1 })} onAct={setDialog} />
      </BottomSheet>
      {dialog?.kind === "reply" ? <ReplyDialog letter={letter} onClose={() => setDialog(undefined)} /> : dialog !== undefined && <ActDialog letter={letter} act={dialog} onClose={() => setDialog(undefined)} />}
    </div>
  );
};

const PhoneBar = ({ title, note }: { readonly title: string; readonly note: string }): ReactElement => {
  const { viewer } = useMessages();
  return (
    <header className={css["phoneBar"]}>
      <Anchor href="/meja" aria-label={viewer.back} className={css["phoneBack"]}><Icon name="back" size={22} /></Anchor>
      <p>
        <b>{title}</b>
        <small>{note}</small>
      </p>
      <span />
    </header>
  );
};

/** Opening the page is reading: told once for each visit, and for a secret letter only after the envelope was opened by hand. */
const useReadingTold = (letter: LetterView, isOpened: boolean): void => {
  const client = useQueryClient();
  const told = useRef(new Set<string>());
  const readings = readingsToTell(letter);
  const pending = isOpened ? readings.filter((reading) => !told.current.has(reading.kind === "letter" ? "letter" : reading.id)) : [];
  const wanted = pending.map((reading) => (reading.kind === "letter" ? "letter" : reading.id)).join(" ");
  useEffect(() => {
    if (wanted === "") return;
    const tell = async (): Promise<void> => {
      for (const id of wanted.split(" ")) {
        told.current.add(id);
        await (id === "letter" ? call("received.open", { id: letter.id }) : call("dispositions.open", { id }));
      }
      await Promise.all(outdatedByActs.map((name) => client.invalidateQueries({ queryKey: keyOf(name) })));
    };
    // Not told now (no network) is told at the next visit; the page itself is not disturbed.
    tell().catch(() => undefined);
  }, [wanted, letter.id, client]);
};

const Details = ({ letter, isOpened, onPoint, onAct }: { readonly letter: LetterView; readonly isOpened: boolean; readonly onPoint: (field: string) => void; readonly onAct: (act: LetterAct) => void }): ReactElement => {
  const words = useReceivedMessages();
  const [part, setPart] = useState<Part>("tree");
  const { facts } = letter;
  return (
    <div className={css["details"]} data-part={part}>
      <header className={css["head"]}>
        <div className={css["chips"]}>
          {facts !== null && facts.urgency !== "biasa" && <Chip tone={facts.urgency === "amat_segera" ? "late" : "soon"}>{words.urgency[facts.urgency]}</Chip>}
          {facts !== null && <Chip tone={isSecret(letter) ? "secret" : "plain"} {...(isSecret(letter) && { icon: "lock" as const })}>{words.security[facts.security]}</Chip>}
          {facts?.classification !== null && facts?.classification !== undefined && <Chip tone="plain">{facts.classification}</Chip>}
          {letter.agenda !== null && <Chip tone="plain">{words.letter.agenda(letter.agenda)}</Chip>}
          <Chip tone={letter.status === "selesai" || letter.status === "diberkaskan" ? "leaf" : "plain"}>{words.status[letter.status]}</Chip>
        </div>
        <h1>{facts?.subject ?? letter.files[0]?.name ?? ""}</h1>
        <p>{[facts === null ? "" : words.letter.from(facts.sender), letter.directedTo === null ? "" : words.letter.to(letter.directedTo.title)].filter((each) => each !== "").join(" ")}</p>
        <WhyButton id={letter.id} />
      </header>
      <div className={css["tabs"]}>
        <Segmented label={words.letter.details} value={part} onChange={setPart} options={[{ value: "tree", label: words.letter.parts.tree }, { value: "trail", label: words.letter.parts.trail }, { value: "facts", label: words.letter.parts.facts }]} />
      </div>
      <div className={css["facts"]}><Facts letter={letter} onPoint={isOpened ? onPoint : undefined} /></div>
      <div className={css["tree"]}><Tree letter={letter} onAct={onAct} /></div>
      <div className={css["trail"]}><TrailPanel letterId={letter.id} /></div>
    </div>
  );
};

const Facts = ({ letter, onPoint }: { readonly letter: LetterView; readonly onPoint: ((field: string) => void) | undefined }): ReactElement => {
  const words = useReceivedMessages().letter;
  const all = useReceivedMessages();
  const time = useTimeWords();
  const { facts, files } = letter;
  const read = useMemo(() => proposalsByField(letter.reading?.proposals ?? []), [letter.reading]);
  const { viewer } = useMessages();
  const source = (field: "number" | "date" | "due"): Pick<Fact, "source"> => {
    const proposal = read.get(field);
    // A value that a person corrected no longer comes from the scan.
    if (proposal === undefined || onPoint === undefined || facts === null || proposal.value !== facts[field]) return {};
    return { source: { onPoint: () => onPoint(field), hint: viewer.pageLabel(proposal.page, files[0]?.pages ?? proposal.page) } };
  };
  const main: readonly Fact[] = facts === null ? [] : [
    { label: words.facts.number, value: facts.number, ...source("number") },
    { label: words.facts.date, value: time.mediumDate(facts.date), ...source("date") },
    { label: words.facts.due, value: facts.due === null ? null : time.mediumDate(facts.due), ...source("due") },
    { label: words.facts.received, value: time.mediumDate(facts.receivedOn), note: all.medium[facts.medium] },
  ];
  const more: readonly Fact[] = [
    ...files.map((file, index): Fact => ({ label: index === 0 ? words.facts.files : `${words.facts.files} ${index + 1}`, value: file.name, ...(facts?.security !== "SR" && { href: address("received.file", { id: letter.id, sha256: file.sha256 }) }), note: all.list.pages(file.pages) })),
    ...(facts === null || facts.attachment === "" ? [] : [{ label: words.facts.attachment, value: facts.attachment }]),
    ...(letter.registeredBy === null ? [] : [{ label: words.facts.registeredBy, value: letter.registeredBy }]),
    ...(letter.dossier === null ? [] : [{ label: words.facts.dossier, value: letter.dossier.title, href: `/arsip/${letter.dossier.id}`, note: letter.dossier.classification }]),
    ...letter.related.map((each): Fact => ({ label: words.facts.related, value: each.relation === "dibalas_oleh" ? words.replies(each.number ?? words.unnumbered) : words.repliedTo(each.number ?? words.unnumbered), href: each.kind === "naskah" ? `/naskah/${each.id}` : `/surat/${each.id}`, note: each.subject })),
    ...(letter.closedNote === null || letter.closedNote === "" ? [] : [{ label: words.facts.closedNote, value: letter.closedNote, isWide: true }]),
    ...(facts === null || facts.summary === "" ? [] : [{ label: words.facts.summary, value: facts.summary, isWide: true }]),
  ];
  return (
    <>
      {main.length > 0 && <FactGrid facts={main} />}
      {more.length > 0 && <FactGrid facts={more} columns={2} />}
    </>
  );
};

const Tree = ({ letter, onAct }: { readonly letter: LetterView; readonly onAct: (act: LetterAct) => void }): ReactElement | null => {
  const words = useReceivedMessages();
  const { tree, post } = useMessages();
  const me = useMe();
  const time = useTimeWords();
  const now = useNow();
  const all = nodesIn(letter.tree);
  if (letter.tree.length === 0) return letter.agenda === null ? null : <p className={css["quiet"]}>{letter.may.includes("dispose") ? words.letter.noTreeNext : words.letter.noTree}</p>;
  const small = (act: LetterAct, label: string, icon: IconName): ReactElement => <Button key={act.kind} size="small" icon={icon} onClick={() => onAct(act)}>{label}</Button>;
  const acts = (node: TreeNode): ReactElement | undefined => {
    const buttons = [
      ...(node.may.includes("accept") ? [small({ kind: "accept", node }, words.acts.accept(""), "check")] : []),
      ...(node.may.includes("giveBack") ? [small({ kind: "giveBack", node }, words.acts.giveBack, "undo")] : []),
      ...(node.may.includes("progress") ? [small({ kind: "progress", node }, words.acts.progress, "pen")] : []),
      ...(node.may.includes("withdraw") ? [small({ kind: "withdraw", node }, words.acts.withdraw(""), "undo")] : []),
    ];
    if (buttons.length === 0 && node.progress.length === 0) return undefined;
    return (
      <>
        {node.progress.length > 0 && <ul className={css["progress"]}>{node.progress.map((each) => <li key={each.at}><time dateTime={each.at}>{time.stamp(each.at, now)}</time>{each.note}</li>)}</ul>}
        {buttons.length > 0 && <div className={css["nodeActs"]}>{buttons}</div>}
      </>
    );
  };
  const drawing = { me: me.acting, time, now, you: tree.you, vacant: words.dispose.vacant, holding: post.holding, waitsForYou: words.letter.waitsForYou, until: words.letter.until, acts, fileHref: (sha256: string) => address("received.file", { id: letter.id, sha256 }) };
  return (
    <DispositionTree
      roots={drawTree(letter, drawing)}
      holders={drawHolders(letter, drawing, all)}
      action={<ButtonLink kind="link" href={`/surat/${letter.id}/lembar`}>{words.letter.print}</ButtonLink>}
    />
  );
};

const icons = { register: "draft", direct: "forward", dispose: "disposition", accept: "check", giveBack: "undo", withdraw: "undo", report: "send", progress: "pen", close: "check", file: "archive", discard: "trash", reply: "pen" } as const satisfies Record<LetterAct["kind"], IconName>;
const keys: Readonly<Partial<Record<LetterAct["kind"], string>>> = { register: "R", direct: "D", dispose: "D", accept: "E", report: "L", close: "E", file: "E", reply: "B" };

const labelOf = (act: LetterAct, letter: LetterView, words: ReceivedMessages): string => {
  switch (act.kind) {
    case "accept":
      return words.acts.accept(act.node.to.title);
    case "giveBack":
      return words.acts.giveBackOf(act.node.to.title);
    case "withdraw":
      return words.acts.withdraw(act.node.to.title);
    case "direct":
      return letter.status === "tercatat" ? words.acts.direct : words.acts.redirect;
    case "dispose":
      if (letter.reach === "beside") return words.acts.disposeBeside;
      return act.node === undefined && letter.tree.length > 0 ? words.acts.disposeMore : words.acts.dispose;
    default:
      return words.acts[act.kind];
  }
};

const whyOf = (main: LetterAct | undefined, letter: LetterView, words: ReceivedMessages): string => {
  const { why } = words.letter;
  switch (main?.kind) {
    case "register":
    case "direct":
    case "report":
    case "close":
    case "file":
      return why[main.kind];
    case "dispose":
      return main.node !== undefined ? why.disposeOn : letter.tree.length > 0 ? why.running : why.dispose;
    case "accept":
      return why.accept(main.node.to.title);
    default:
      if (main === undefined && isInformed(letter)) return why.informed;
      return letter.status === "selesai" || letter.status === "diberkaskan" ? why.finished : why.waiting;
  }
};

const Acts = ({ letter, onAct }: { readonly letter: LetterView; readonly onAct: (act: LetterAct) => void }): ReactElement => {
  const words = useReceivedMessages();
  const { main, other, more: rest } = placed(letter);
  const more = rest.map((act): MenuItem => ({ kind: "act", label: labelOf(act, letter, words), icon: icons[act.kind], isDangerous: isDangerous(act), run: () => onAct(act) }));
  const key = main === undefined ? undefined : keys[main.kind];
  return (
    <ActBar
      sentence={whyOf(main, letter, words)}
      main={main === undefined ? undefined : { label: labelOf(main, letter, words), icon: icons[main.kind], ...(key !== undefined && { key }), run: () => onAct(main) }}
      other={other === undefined ? undefined : { label: other.kind === "giveBack" ? words.acts.giveBack : labelOf(other, letter, words), ...(main === undefined && { icon: icons[other.kind] }), run: () => onAct(other) }}
      more={more}
    />
  );
};
