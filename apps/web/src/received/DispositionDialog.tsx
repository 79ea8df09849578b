import { useDeferredValue, useId, useMemo, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useTypedText } from "../kernel/typed-text.ts";
import { useMe, useTimeWords, useTypedTextShelf } from "../session/me.ts";
import { Button, IconButton, Kbd } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Seal } from "../ui/Marks.tsx";
import { Chip, PostAvatar, type AvatarKind } from "../ui/Small.tsx";
import { DueChooser } from "./DueChooser.tsx";
import { emptyDisposition, isDispositionDraft, makeResponsible, missing, shareWords, toggleInstruction, toggleRecipient, wordsFor, writeWords, type DispositionDraft, type Words } from "./disposition-form.ts";
import type { LetterView } from "./letter-acts.ts";
import { useReceivedMessages } from "./messages.ts";
import { outdatedByActs } from "./outdated.ts";
import { closingOf } from "./working-days.ts";
import css from "./DispositionDialog.module.css";

type Post = ResultOf<"office.posts">[number];

/** Props of `DispositionDialog`. */
export type DispositionDialogProps = {
  readonly letter: LetterView;
  /** My own node when I pass on; absent when I am the letter's addressee. */
  readonly parentId: string | undefined;
  readonly onClose: () => void;
  readonly onSent?: (() => void) | undefined;
};

const shownInstructions = 7;

/** Disposisi in two taps: who (exactly one responsible), what, until when; and what will happen, said before it does. */
export const DispositionDialog = ({ letter, parentId, onClose, onSent }: DispositionDialogProps): ReactElement => {
  const words = useReceivedMessages().dispose;
  const { undo } = useReceivedMessages();
  const me = useMe();
  const time = useTimeWords();
  const now = useNow();
  const shelf = useTypedTextShelf();
  const asked = letter.facts?.due ?? null;
  const initial: DispositionDraft = { ...emptyDisposition, due: asked === null ? undefined : futureOf(closingOf(asked, time.zone), now) };
  const typed = useTypedText(shelf, `disposisi.${letter.id}.${parentId ?? "surat"}.${me.acting.positionId}`, initial, isDispositionDraft);
  const draft = typed.value;
  const [isAsking, setAsking] = useState(false);
  const [picked, setPicked] = useState<string | undefined>(undefined);
  // For whom the words below are written: one receiver, or all who have none of their own. Who is unchosen is written to no more.
  const subject = draft.recipients.length > 1 && draft.recipients.some((each) => each.positionId === picked) ? picked : undefined;
  const asks = wordsFor(draft, subject);
  const write = (next: Words): void => typed.change(writeWords(draft, subject, next));
  const send = useCommand("received.dispose", {
    outdates: outdatedByActs,
    onDone: () => {
      const sent = draft.recipients;
      typed.settle(initial);
      // The receivers have not read it yet: taking it back is possible exactly as long as the rule allows.
      notify("done", words.sent(sent.length), { label: undo, run: () => void withdrawAll(sent.map((each) => each.id)) });
      onSent?.();
      onClose();
    },
  });
  const lack = missing(draft, now);
  const submit = (): void => {
    setAsking(true);
    if (lack !== undefined) setPicked(lack.of?.positionId);
    if (lack !== undefined || send.isPending) return;
    send.mutate({
      id: letter.id,
      parentId: parentId ?? null,
      recipients: draft.recipients.map((each) => ({ id: each.id, positionId: each.positionId, responsible: each.positionId === draft.responsible, own: each.own === undefined ? null : asSent(each.own) })),
      ...asSent(draft),
    });
  };
  useShortcuts([{ keys: "ctrl+enter", says: words.send(draft.recipients.length), group: words.title, run: submit, whileTyping: true }]);
  const late = asked !== null && closingOf(asked, time.zone) < now ? time.deadline(closingOf(asked, time.zone), now) : undefined;

  return (
    <Dialog isOpen onClose={onClose} title={words.title} width={1060} isBare isHeld={send.isPending}>
      <form
        className={css["frame"]}
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <header className={css["head"]}>
          <div>
            <h1>
              {words.title}
              {late !== undefined && <Chip tone="late">{late.words}</Chip>}
            </h1>
            <p>{letter.facts === null ? "" : `${letter.facts.sender}: ${letter.facts.subject}`}</p>
          </div>
          <span className={css["escape"]}><Kbd>Esc</Kbd></span>
          <CloseButton onClose={onClose} isHeld={send.isPending} />
        </header>
        <div className={css["form"]}>
          {typed.isRestored && <p className={css["restored"]} role="status"><Icon name="history" size={16} />{words.restored}</p>}
          <Recipients draft={draft} onChange={typed.change} />
          {draft.recipients.length > 1 && <Subjects draft={draft} subject={subject} onPick={setPicked} onChange={typed.change} />}
          <Instructions asks={asks} onChange={write} />
          <DueChooser key={subject ?? "semua"} due={asks.due} asked={asked} now={now} onChange={(due) => write({ ...asks, due })} />
          <fieldset className={css["set"]}>
            <div className={css["legend"]}>
              <label htmlFor="disposisi-catatan"><b>{words.note}</b></label>
              <span>{words.noteHint}</span>
            </div>
            <textarea id="disposisi-catatan" className={css["note"]} rows={2} maxLength={2000} placeholder={words.notePlaceholder} value={asks.note} onChange={(event) => write({ ...asks, note: event.target.value })} />
          </fieldset>
        </div>
        <WhatHappens draft={draft} now={now} />
        <footer className={css["foot"]}>
          <p className={css["summary"]}>{sentenceOf(draft, words, (due) => time.when(due, now))}</p>
          {isAsking && lack !== undefined && <p className={css["fault"]} role="alert">{lack.of === undefined ? words.missing[lack.fault] : words.missingOf(lack.of.title, words.missing[lack.fault])}</p>}
          {send.error !== null && <p className={css["fault"]} role="alert">{send.error.message}</p>}
          <Button type="submit" kind="primary" size="big" isWide icon="send" keys={["Ctrl", "↵"]} isBusy={send.isPending}>{words.send(draft.recipients.length)}</Button>
          <p className={css["recorded"]}><Seal size={16} />{words.recorded(me.acting.title)}</p>
        </footer>
      </form>
    </Dialog>
  );
};

const futureOf = (closing: Date, now: Date): string | undefined => (closing > now ? closing.toISOString() : undefined);

const withdrawAll = async (ids: readonly string[]): Promise<void> => {
  const results = await Promise.allSettled(ids.map((id) => call("dispositions.withdraw", { id })));
  for (const result of results) if (result.status === "rejected") notify("bad", result.reason instanceof Error ? result.reason.message : String(result.reason));
};

const asSent = ({ instructions, note, due }: Words): { instructions: string[]; note: string; due: string | null } => ({ instructions: [...instructions], note: note.trim(), due: due ?? null });

const sentenceOf = (draft: DispositionDraft, words: ReturnType<typeof useReceivedMessages>["dispose"], when: (due: string) => string): string => {
  const responsible = draft.recipients.find((each) => each.positionId === draft.responsible);
  if (responsible === undefined) return words.chooseFirst;
  const { due } = wordsFor(draft, responsible.positionId);
  return due === undefined ? words.reportsWhenDone(responsible.title) : `${when(due)}: ${words.reports(responsible.title)}`;
};

const CloseButton = ({ onClose, isHeld }: { readonly onClose: () => void; readonly isHeld: boolean }): ReactElement => {
  const { list } = useMessages();
  return <IconButton label={list.close} icon="close" onClick={onClose} disabled={isHeld} />;
};

type Part = { readonly draft: DispositionDraft; readonly onChange: (next: DispositionDraft) => void };

const avatarOf = (post: { readonly holder: string | null; readonly holding?: Post["holding"] }): AvatarKind => (post.holder === null ? "vacant" : post.holding !== "definitif" && post.holding !== null && post.holding !== undefined ? "acting" : "person");

const Recipients = ({ draft, onChange }: Part): ReactElement => {
  const words = useReceivedMessages().dispose;
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const near = useRead("office.posts", { scope: "below" });
  const found = useRead("office.posts", { q: query, scope: "all" }, { isOn: query.length >= 2 });
  const me = useMe();
  const rows = useMemo((): readonly Post[] => {
    const offered = (query.length >= 2 ? (found.data ?? []) : (near.data ?? [])).filter((post) => post.id !== me.acting.positionId);
    const chosenElsewhere = draft.recipients.filter((each) => !offered.some((post) => post.id === each.positionId)).map((each): Post => ({ id: each.positionId, title: each.title, unit: "", holder: each.holder, holding: null }));
    return [...chosenElsewhere, ...offered.slice(0, query.length >= 2 ? 12 : 8)];
  }, [query, found.data, near.data, draft.recipients, me.acting.positionId]);
  const isLoading = query.length >= 2 ? found.isLoading : near.isLoading;

  return (
    <fieldset className={css["set"]}>
      <legend className={css["legend"]}><b>{words.to}</b></legend>
      <div className={css["people"]}>
        {isLoading && <div className={cx(css["skeleton"], "shimmer")} aria-hidden="true" />}
        <ul>
          {rows.map((post) => (
            <RecipientRow key={post.id} post={post} draft={draft} onChange={onChange} />
          ))}
        </ul>
        {!isLoading && rows.length === 0 && <p className={css["nobody"]}>{query.length >= 2 ? words.none : words.noneNear}</p>}
        <label className={css["searchRow"]}>
          <Icon name="search" size={18} />
          <input type="search" placeholder={words.search} aria-label={words.search} value={text} onChange={(event) => setText(event.target.value)} onKeyDown={(event) => {
            const first = query.length >= 2 ? found.data?.find((post) => post.id !== me.acting.positionId && !draft.recipients.some((each) => each.positionId === post.id)) : undefined;
            if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
            event.preventDefault();
            if (first === undefined) return;
            onChange(toggleRecipient(draft, first, uuidv7));
            setText("");
          }} />
        </label>
      </div>
    </fieldset>
  );
};

const fullLoad = 10;

const RecipientRow = ({ post, draft, onChange }: { readonly post: Post } & Part): ReactElement => {
  const words = useReceivedMessages().dispose;
  const { post: postWords } = useMessages();
  const isChosen = draft.recipients.some((each) => each.positionId === post.id);
  const isResponsible = draft.responsible === post.id;
  const acting = post.holding === null || post.holding === "definitif" ? "" : ` · ${postWords.holding[post.holding]}`;
  return (
    <li className={cx(css["person"], isChosen && css["chosen"])}>
      <label className={css["personLabel"]}>
        <input type="checkbox" checked={isChosen} onChange={() => onChange(toggleRecipient(draft, post, uuidv7))} />
        <span className={css["box"]} aria-hidden="true"><Icon name="check" size={14} /></span>
        <PostAvatar name={post.holder ?? post.title} kind={avatarOf(post)} />
        <span className={css["name"]}>
          <b>{post.title}</b>
          <span>{post.holder ?? words.vacant}{acting}{post.unit !== "" && <i>{post.unit}</i>}</span>
        </span>
        {post.load !== undefined && (
          <span className={css["load"]}>
            <span className={css["bars"]} aria-hidden="true">
              {Array.from({ length: fullLoad }, (_, index) => (
                // oxlint-disable-next-line react/no-array-index-key -- the bars are places, not things
                <i key={index} className={index < (post.load ?? 0) ? css["full"] : undefined} />
              ))}
            </span>
            <small>{words.load(post.load)}</small>
          </span>
        )}
      </label>
      {isChosen && (
        <label className={css["flag"]}>
          <input type="radio" name="penanggung-jawab" checked={isResponsible} onChange={() => onChange(makeResponsible(draft, post.id))} aria-label={isResponsible ? words.isResponsible(post.title) : words.makeResponsible(post.title)} />
          <span title={words.responsible}>
            <Icon name="flag" size={16} />
            {isResponsible && <em>{words.responsible}</em>}
          </span>
        </label>
      )}
    </li>
  );
};

/** For whom the words below are: all receivers in one go, as on most sheets, or one of them in other words. */
const Subjects = ({ draft, subject, onPick, onChange }: Part & { readonly subject: string | undefined; readonly onPick: (subject: string | undefined) => void }): ReactElement => {
  const words = useReceivedMessages().dispose;
  const name = useId();
  const apart = draft.recipients.filter((each) => each.own !== undefined);
  const chosen = draft.recipients.find((each) => each.positionId === subject);
  return (
    <fieldset className={css["set"]}>
      <legend className={css["legend"]}><b>{words.wordsFor}</b></legend>
      <div className={cx(css["chips"], css["subjects"])}>
        <label className={css["chip"]}>
          <input type="radio" name={name} checked={subject === undefined} onChange={() => onPick(undefined)} />
          <span>{words.everyone}{apart.length > 0 && <small>{draft.recipients.length - apart.length}</small>}</span>
        </label>
        {draft.recipients.map((each) => (
          <label key={each.positionId} className={css["chip"]} title={each.title}>
            <input type="radio" name={name} checked={subject === each.positionId} onChange={() => onPick(each.positionId)} />
            <span><b>{each.title}</b>{each.own !== undefined && <small>{words.ownMark}</small>}</span>
          </label>
        ))}
      </div>
      <p className={css["hours"]} aria-live="polite">
        {chosen === undefined ? words.everyoneNote(apart.map((each) => each.title), draft.recipients.length - apart.length) : chosen.own === undefined ? words.followsNote(chosen.title) : words.ownNote(chosen.title)}
        {chosen?.own !== undefined && <> <Button kind="link" onClick={() => onChange(shareWords(draft, chosen.positionId))}>{words.shareAgain}</Button></>}
      </p>
    </fieldset>
  );
};

const Instructions = ({ asks, onChange }: { readonly asks: Words; readonly onChange: (next: Words) => void }): ReactElement => {
  const words = useReceivedMessages().dispose;
  const [isAll, setAll] = useState(false);
  const list = useRead("office.instructions", {});
  const all = [...(list.data ?? [])].sort((a, b) => a.order - b.order).map((each) => each.text);
  const own = asks.instructions.filter((text) => !all.includes(text));
  const shown = isAll ? all : all.filter((text, index) => index < shownInstructions || asks.instructions.includes(text));
  return (
    <fieldset className={css["set"]}>
      <legend className={css["legend"]}><b>{words.instructions}</b></legend>
      {list.isLoading && <div className={cx(css["skeleton"], "shimmer")} aria-hidden="true" />}
      <div className={css["chips"]}>
        {[...shown, ...own].map((text) => (
          <label key={text} className={css["chip"]}>
            <input type="checkbox" checked={asks.instructions.includes(text)} onChange={() => onChange(toggleInstruction(asks, text))} />
            <span><Icon name="check" size={16} />{text}</span>
          </label>
        ))}
        {all.length > shownInstructions && (
          <Button kind="quiet" aria-expanded={isAll} onClick={() => setAll(!isAll)}>{isAll ? words.fewer : words.more(all.length - shown.length)}</Button>
        )}
      </div>
    </fieldset>
  );
};

const WhatHappens = ({ draft, now }: { readonly draft: DispositionDraft; readonly now: Date }): ReactElement => {
  const words = useReceivedMessages().dispose;
  const me = useMe();
  const time = useTimeWords();
  const responsible = draft.recipients.find((each) => each.positionId === draft.responsible);
  const due = wordsFor(draft, responsible?.positionId).due;
  const vacant = draft.recipients.filter((each) => each.holder === null);
  return (
    <aside className={css["happens"]} aria-live="polite">
      <h2>{words.happens}</h2>
      {draft.recipients.length === 0 ? (
        <p className={css["nothing"]}>{words.chooseFirst}</p>
      ) : (
        <>
          <div className={css["fan"]}>
            <PostAvatar name={me.name} kind="you" />
            <ul>
              {draft.recipients.map((each) => (
                <li key={each.positionId} className={each.positionId === draft.responsible ? css["fanMain"] : undefined}>
                  <PostAvatar name={each.holder ?? each.title} kind={each.holder === null ? "vacant" : "person"} isSmall />
                  <span>
                    {each.title}
                    {each.own !== undefined && <small>{[...each.own.instructions, ...(each.own.note.trim() === "" ? [] : [`“${each.own.note.trim()}”`])].join(", ")}</small>}
                  </span>
                  {each.positionId === draft.responsible && <Icon name="flag" size={16} />}
                </li>
              ))}
            </ul>
          </div>
          <ol className={css["steps"]}>
            <li><b>{words.now}</b>{words.arrives(draft.recipients.length)}</li>
            {draft.recipients.length > 1 && <li>{words.others(draft.recipients.length - 1)}</li>}
            {responsible !== undefined && due !== undefined && <li className={css["stepDue"]}><b>{time.stamp(due, now)}</b>{words.reports(responsible.title)}</li>}
            {responsible !== undefined && due === undefined && <li className={css["stepDue"]}>{words.reportsWhenDone(responsible.title)}</li>}
            {draft.recipients.map((each) => each.own?.due !== undefined && each !== responsible && <li key={each.positionId}><b>{time.stamp(each.own.due, now)}</b>{words.ownDue(each.title)}</li>)}
            {vacant.map((each) => <li key={each.positionId} className={css["stepWarning"]}>{words.vacantWarning(each.title)}</li>)}
          </ol>
        </>
      )}
    </aside>
  );
};
