import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { reading, useCommand, useRead } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { createStore, useStore } from "../kernel/store.ts";
import { isText, useTypedText } from "../kernel/typed-text.ts";
import { useMe, useTimeWords, useTypedTextShelf } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { BottomSheet } from "../ui/BottomSheet.tsx";
import { Button, ButtonLink, Caps, Spinner } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { PageViewer, type PageMark } from "../ui/PageViewer.tsx";
import { AgendaPreview, ScanStrip, type StripScan } from "../ui/Register.tsx";
import { SavedState } from "../ui/Small.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Duplicates, useDuplicates } from "./Duplicates.tsx";
import { FactsFields, scanFields } from "./FactsFields.tsx";
import { accept, emptyForm, factFields, factsOf, fillFrom, isFactsForm, proposalsByField, stateOf, sureFrom, type FactField, type FactsForm } from "./facts-form.ts";
import { ActDialog } from "./LetterActDialog.tsx";
import type { LetterView } from "./letter-acts.ts";
import { pagesOf } from "./LetterDocument.tsx";
import { useReceivedMessages } from "./messages.ts";
import { outdatedByActs } from "./outdated.ts";
import { PostPicker, type Post } from "./PostPicker.tsx";
import css from "./RegisterPage.module.css";

const readingEveryMs = 1500;

/** Registering one scan: the picture with what was read, the fields beside it, the number it will get. */
export const RegisterPage = ({ letterId }: { readonly letterId: string }): ReactElement => {
  const words = useReceivedMessages().register;
  const answer = useQuery({
    ...reading("received.show", { id: letterId }),
    refetchInterval: (query) => (query.state.data?.reading?.status === "menunggu" || query.state.data?.reading?.status === "membaca" ? readingEveryMs : false),
  });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data.may.includes("register")) return <EmptyState drawing="letter" title={words.already} acts={<ButtonLink kind="primary" href={`/surat/${letterId}`}>{words.openLetter}</ButtonLink>} />;
  return <Register key={letterId} letter={answer.data} />;
};

const Register = ({ letter }: { readonly letter: LetterView }): ReactElement => {
  const words = useReceivedMessages().register;
  const { viewer } = useMessages();
  const time = useTimeWords();
  const now = useNow();
  const me = useMe();
  const navigate = useNavigate();
  const shelf = useTypedTextShelf();
  const today = officeDay(now, time.zone);
  const typed = useTypedText<FactsForm>(shelf, `catat.${letter.id}`, emptyForm(today), isFactsForm);
  const separate = useTypedText(shelf, `catat-terpisah.${letter.id}`, "", isText);
  const proposals = useMemo(() => proposalsByField(letter.reading?.proposals ?? []), [letter.reading]);
  const form = useMemo(() => fillFrom(typed.value, proposals), [typed.value, proposals]);
  const [focused, setFocused] = useState<FactField | undefined>(undefined);
  const [isAsking, setAsking] = useState(false);
  const [isDiscarding, setDiscarding] = useState(false);
  const [directTo, setDirectTo] = useState<Post | undefined>(undefined);
  const frame = useRef<HTMLFormElement>(null);
  const waiting = useWaitingScans(letter.id);
  const outcome = factsOf(form, today);
  const faults = "faults" in outcome ? outcome.faults : undefined;
  const deferred = useDeferredValue(form);
  const duplicates = useDuplicates(letter, deferred);
  const isBlocked = duplicates.length > 0 && separate.value.trim() === "";

  const register = useCommand("received.register", {
    outdates: outdatedByActs,
    onDone: (result) => {
      typed.settle(emptyForm(today));
      separate.settle("");
      registeredHere.set(waiting.next === undefined ? 0 : registeredHere.get() + 1); // when the last is done, the next pile begins anew
      notify("done", words.done(result.agenda), { label: words.openLetter, run: () => void navigate({ href: `/surat/${letter.id}` }) });
      if (directTo !== undefined) void call("received.direct", { id: letter.id, positionId: directTo.id }).catch((error: unknown) => notify("bad", error instanceof Error ? error.message : String(error)));
      void navigate({ href: waiting.next === undefined ? `/surat/${letter.id}` : `/surat/${waiting.next}/catat`, replace: true });
    },
  });
  const focus = (field: FactField | undefined): void => {
    if (field === undefined) return;
    const target = frame.current?.querySelector<HTMLElement>(`[data-field="${field}"] :is(input:not([type=radio]), textarea, select, input:checked)`);
    target?.focus();
    if (target instanceof HTMLInputElement && target.type === "text") target.select();
  };
  const submit = (): void => {
    setAsking(true);
    if (register.isPending) return;
    if (isBlocked) document.getElementById("surat-ganda")?.scrollIntoView({ block: "nearest" });
    else if ("facts" in outcome) register.mutate({ id: letter.id, facts: outcome.facts, separateBecause: separate.value.trim() });
    else focus(factFields.find((field) => outcome.faults.has(field)));
  };
  const skip = (): void => void navigate({ href: waiting.next === undefined ? "/surat" : `/surat/${waiting.next}/catat` });
  useShortcuts([
    { keys: "ctrl+enter", says: words.keys.submit, group: words.title, run: submit, whileTyping: true },
    { keys: "alt+arrowright", says: words.keys.skip, group: words.title, run: skip, whileTyping: true },
    ...scanFields.map((field, index) => ({ keys: `alt+${index + 1}`, says: `${words.keys.field}: ${words.fields[field]}`, group: words.title, run: () => focus(field), whileTyping: true })),
  ], { isOn: !isDiscarding });

  // Enter agrees with what was read and goes on: the whole form can be walked with one key.
  const walk = (event: KeyboardEvent<HTMLFormElement>): void => {
    const field = factFields.find((each) => event.target instanceof HTMLElement && event.target.closest(`[data-field="${each}"]`) !== null);
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented || field === undefined || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    typed.change(accept(form, field));
    const next = factFields[factFields.indexOf(field) + 1];
    if (next === undefined) document.getElementById("catat-surat")?.focus();
    else focus(next);
  };

  const marks = [...proposals].map(([field, proposal]): PageMark => ({
    id: field,
    page: proposal.page,
    ...proposal.box,
    n: scanFields.indexOf(field) + 1,
    tone: proposal.confidence < sureFrom && stateOf(form, field, proposal) === "low" ? "low" : "read",
    label: `${words.fields[field]}: ${proposal.raw}`,
  }));
  const [file] = letter.files;
  const agenda = letter.nextAgenda;
  const foot = (
    <footer className={css["foot"]}>
      {isAsking && isBlocked && <p className={css["fault"]} role="alert">{words.answerFirst}</p>}
      {register.error !== null && <p className={css["fault"]} role="alert">{register.error.message}</p>}
      <div>
        <span className={css["saved"]}>
          {typed.isLost ? <SavedState saved={{ state: "lost" }} /> : typed.savedAt !== undefined && <SavedState isShort saved={{ state: "device", time: time.clock(typed.savedAt) }} />}
        </span>
        <Button kind="quiet" icon="trash" onClick={() => setDiscarding(true)} aria-label={words.discard} title={words.discard} />
        <Button keys={["Alt", "→"]} onClick={skip}>{words.skip}</Button>
        <Button id="catat-surat" kind={isBlocked ? "tonal" : "primary"} keys={["Ctrl", "↵"]} isBusy={register.isPending} onClick={submit}>{agenda === null ? words.submitPlain : words.submit(agenda)}</Button>
      </div>
    </footer>
  );

  return (
    <div className={css["page"]}>
      <header className={css["head"]}>
        <h1>{words.title}</h1>
        <span>{waiting.total > 1 && words.queue(waiting.index + 1, waiting.total)}</span>
        <div className={css["hints"]} aria-hidden="true">
          <span><Caps keys={["↵"]} />{words.keys.accept}</span>
          <span><Caps keys={["Alt", "1–7"]} />{words.keys.field}</span>
          <span><Caps keys={["Ctrl", "↵"]} />{words.keys.submit}</span>
        </div>
      </header>
      <div className={css["bench"]}>
        <div className={css["document"]}>
          <PageViewer label={file === undefined ? viewer.document : `${words.document}: ${file.name}`} pages={pagesOf(letter.id, letter.files)} marks={marks} pointedId={focused} onMark={(id) => focus(factFields.find((field) => field === id))} isUnderSheet />
        </div>
        <BottomSheet label={words.form} grabLabel={words.form} foot={foot}>
          <form
            ref={frame}
            className={css["form"]}
            onKeyDown={walk}
            onFocus={(event) => setFocused(factFields.find((field) => event.target.closest(`[data-field="${field}"]`) !== null))}
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            <div className={css["agenda"]}><AgendaPreview number={agenda ?? "····"} isTaken={false} book={`${letter.unit} · ${today.slice(0, 4)}`} received={time.full(now)} /></div>
            <ReadingState letter={letter} />
            <Duplicates letter={letter} duplicates={duplicates} reason={separate.value} onReason={separate.change} />
            <FactsFields letter={letter} form={form} proposals={proposals} faults={isAsking ? faults : undefined} today={today} onChange={typed.change} onPoint={setFocused} />
            <Direction letter={letter} chosen={directTo} onChoose={setDirectTo} mine={me.acting.positionId} />
          </form>
        </BottomSheet>
      </div>
      {waiting.scans.length > 1 && <ScanStrip scans={waiting.scans} done={waiting.done} total={waiting.total + waiting.done} currentId={letter.id} onOpen={(id) => void navigate({ href: `/surat/${id}/catat` })} />}
      {isDiscarding && <ActDialog letter={letter} act={{ kind: "discard" }} onClose={() => setDiscarding(false)} />}
    </div>
  );
};

/** The office's calendar day. */
const officeDay = (now: Date, zone: "WIB" | "WITA" | "WIT"): string => new Date(now.getTime() + { WIB: 7, WITA: 8, WIT: 9 }[zone] * 3_600_000).toISOString().slice(0, 10);

const ReadingState = ({ letter }: { readonly letter: LetterView }): ReactElement | null => {
  const words = useReceivedMessages().register;
  const state = letter.reading;
  if (state === null || state.status === "selesai") return null;
  return (
    <p className={css["reading"]} role="status">
      {state.status === "gagal" ? <Icon name="warning" size={18} /> : <Spinner size={18} />}
      <span>
        <b>{state.status === "gagal" ? words.readingFailed : words.reading(state.pagesRead, state.pages)}</b>
        {state.status !== "gagal" && words.readingNote}
      </span>
    </p>
  );
};

const addresseeOf = (letter: LetterView): string | undefined => letter.reading?.proposals.find((proposal) => proposal.field === "addressee" || proposal.field === "to")?.value;

/** Whom the letter goes to once it has its number; the addressee read from the scan is offered, never taken over by itself. */
const Direction = ({ letter, chosen, onChoose, mine }: { readonly letter: LetterView; readonly chosen: Post | undefined; readonly onChoose: (post: Post | undefined) => void; readonly mine: string }): ReactElement => {
  const words = useReceivedMessages().register;
  const all = useReceivedMessages();
  const [isPicking, setPicking] = useState(false);
  const read = addresseeOf(letter);
  const found = useRead("office.posts", { q: (read ?? "").slice(0, 60), scope: "all" }, { isOn: read !== undefined && read.length >= 3 });
  const suggested = found.data?.find((post) => post.id !== mine);
  return (
    <section className={css["direction"]}>
      <h2>{words.directTo}</h2>
      <p>{read === undefined ? words.directLead : words.proposedTo(read)}</p>
      <div>
        {chosen !== undefined ? (
          <Button kind="tonal" icon="check" iconAfter="close" onClick={() => onChoose(undefined)}>{chosen.title}</Button>
        ) : (
          suggested !== undefined && <Button icon="forward" onClick={() => onChoose(suggested)}>{suggested.title}</Button>
        )}
        <Button kind="quiet" icon="search" onClick={() => setPicking(true)}>{all.acts.directSearch}</Button>
      </div>
      {isPicking && (
        <Dialog isOpen onClose={() => setPicking(false)} title={words.directTo} lead={words.directLead} foot={<Button kind="primary" onClick={() => setPicking(false)}>{all.close}</Button>}>
          <PostPicker label={words.directTo} chosen={chosen} onChoose={onChoose} />
        </Dialog>
      )}
    </section>
  );
};

const stripLimit = 12;

/** How many of the present pile were registered in this window. */
const registeredHere = createStore(0);

/** The scans that wait to be registered, oldest first, with this one among them. */
const useWaitingScans = (letterId: string): { readonly scans: readonly StripScan[]; readonly next: string | undefined; readonly index: number; readonly total: number; readonly done: number } => {
  const list = useReceivedMessages().list;
  const answer = useQuery({ ...reading("received.list", { status: "diterima", limit: 50 }), refetchInterval: (query) => (query.state.data?.items.some((row) => row.reading === "menunggu" || row.reading === "membaca") === true ? 3000 : false) });
  const done = useStore(registeredHere);
  const rows = (answer.data?.items ?? []).toReversed();
  const index = Math.max(0, rows.findIndex((row) => row.id === letterId));
  const next = rows[index + 1]?.id ?? rows.find((row) => row.id !== letterId)?.id;
  const first = Math.max(0, index - 2);
  const scans = rows.slice(first, first + stripLimit).map((row, at): StripScan => ({
    id: row.id,
    label: row.sender === "" ? `${first + at + 1}. ${row.subject === "" ? list.pages(row.pages) : row.subject}` : row.sender,
    state: row.id === letterId ? { kind: "open" } : row.reading === "gagal" ? { kind: "failed" } : row.reading === "selesai" ? { kind: "ready" } : { kind: "reading" },
  }));
  return { scans, next, index, total: rows.length, done };
};
