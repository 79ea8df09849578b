import { useEffect, useId, useRef, useState, type FormEvent, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button, ButtonLink, IconButton } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { PdfViewer } from "../ui/PdfViewer.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { fingerprintOf } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { outdatedByDrafts } from "./outdated.ts";
import css from "./SignMany.module.css";
import { useFrozenFile } from "./use-frozen-file.ts";
import { useSitting, type Chosen, type Read, type Sitting, type SittingLetter, type Standing } from "./use-sitting.ts";

/** Several letters in one sitting: each is read as it will be signed, one secret signs them, and each has its own result. */
export const SignMany = ({ chosen, onClose }: { readonly chosen: readonly Chosen[]; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const sitting = useSitting(chosen);
  const isRunning = sitting.phase === "running";
  return (
    <Dialog isOpen onClose={onClose} title={words.many.title(chosen.length)} width={1080} onPhone="full" isBare isHeld={isRunning}>
      <div className={css["frame"]}>
        <Progress sitting={sitting} onClose={onClose} />
        {sitting.phase === "reading" ? <Reading sitting={sitting} /> : <Letters sitting={sitting} />}
        <Side sitting={sitting} onClose={onClose} />
      </div>
    </Dialog>
  );
};

const count = (letters: readonly SittingLetter[], ...states: readonly Standing["state"][]): number => letters.filter(({ standing }) => states.includes(standing.state)).length;

const Progress = ({ sitting: { letters, phase, paceMs, isStopping }, onClose }: { readonly sitting: Sitting; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const { sign } = useMessages();
  const signed = count(letters, "signed");
  const held = count(letters, "held");
  const left = count(letters, "read", "running");
  const title = phase === "reading" ? words.many.reading(letters.length - count(letters, "unread") + 1, letters.length) : phase === "confirming" ? words.many.confirm(left) : words.many.signedOf(signed, letters.length);
  const note = phase === "running" ? [isStopping ? words.many.stopping : words.many.running, ...(paceMs === undefined ? [] : [words.many.left(Math.max(1, Math.round((left * paceMs) / 1000)))])] : [];
  return (
    <header className={css["progress"]}>
      <div>
        <h2>{title}</h2>
        <p role="status">{[...(held > 0 ? [words.many.heldCount(held)] : []), ...note].join(", ")}</p>
        <IconButton label={sign.close} icon="close" onClick={onClose} disabled={phase === "running"} />
      </div>
      <div className={css["cells"]} role="progressbar" aria-label={title} aria-valuemin={0} aria-valuemax={letters.length} aria-valuenow={letters.length - count(letters, "unread", "read", "running")}>
        {letters.map(({ id, standing }) => <i key={id} data-state={standing.state} />)}
      </div>
    </header>
  );
};

/** The first letter that nobody has read yet: frozen, fetched, compared, shown. */
const Reading = ({ sitting }: { readonly sitting: Sitting }): ReactElement | null => {
  const letter = sitting.letters.find(({ standing }) => standing.state === "unread");
  return letter === undefined ? null : <ReadOne key={letter.id} letter={letter} onRead={(file) => sitting.read(letter.id, file)} onHold={(reason, number) => sitting.hold(letter.id, reason, number)} />;
};

const ReadOne = ({ letter, onRead, onHold }: { readonly letter: Chosen; readonly onRead: (file: Read) => void; readonly onHold: (reason: string, number?: string) => void }): ReactElement => {
  const words = useDraftMessages();
  const { sign, errors } = useMessages();
  const draft = useRead("drafts.show", { id: letter.id });
  const freeze = useCommand("drafts.freeze", { outdates: outdatedByDrafts });
  const hasAsked = useRef(false);
  const { mutate } = freeze;
  const contentHash = draft.data?.contentHash;
  useEffect(() => {
    if (hasAsked.current || contentHash === undefined) return; // a number is taken once
    hasAsked.current = true;
    mutate({ id: letter.id, contentHash });
  }, [mutate, letter.id, contentHash]);
  const frozen = freeze.data;
  const file = useFrozenFile(letter.id, frozen?.sha256);
  const error = draft.error ?? freeze.error ?? (file.state === "failed" ? file.error : null);
  const isShown = frozen !== undefined && file.state === "same";
  const seen = (): void => void (isShown && onRead({ number: frozen.number, sha256: frozen.sha256 }));
  const hold = (): void => onHold(error?.message ?? (file.state === "changed" ? sign.changed : words.many.heldByYou), frozen?.number);
  useShortcuts([{ keys: "ctrl+enter", says: words.many.seen, group: words.many.title(1), run: seen, whileTyping: true }]);
  return (
    <section className={css["document"]} aria-label={letter.title}>
      <div className={css["frozen"]} data-changed={file.state === "changed" || undefined} role={file.state === "changed" ? "alert" : undefined}>
        <Icon name={file.state === "changed" ? "warning" : "lock"} size={18} />
        <span><b>{letter.title}</b> <small>{file.state === "changed" ? sign.changed : frozen?.number ?? words.signing.freezing}</small></span>
        {frozen !== undefined && <code>{fingerprintOf(frozen.sha256)}</code>}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["scroll"]} tabIndex={0} role="group" aria-label={letter.title}>
        {error === null ? isShown ? <PdfViewer source={file.bytes} label={frozen.number} /> : file.state === "changed" ? null : <PageLoading /> : <Fault error={error} />}
      </div>
      <footer className={css["seen"]}>
        {file.state === "failed" && <Button icon="reload" onClick={file.retry}>{errors.retry}</Button>}
        <Button onClick={hold}>{words.many.hold}</Button>
        <Button kind="primary" icon="check" keys={["Ctrl", "↵"]} disabled={!isShown} onClick={seen}>{words.many.seen}</Button>
      </footer>
    </section>
  );
};

const Mark = ({ state }: { readonly state: Standing["state"] }): ReactElement | null => (state === "signed" ? <Icon name="check" size={16} /> : state === "held" ? <Icon name="pause" size={16} /> : null);

const Letters = ({ sitting }: { readonly sitting: Sitting }): ReactElement => {
  const words = useDraftMessages();
  const time = useTimeWords();
  return (
    <ol className={css["letters"]}>
      {sitting.letters.map(({ id, title, standing }) => (
        <li key={id} data-state={standing.state}>
          <span className={css["mark"]}><Mark state={standing.state} /></span>
          <span className={css["name"]}><b>{title}</b><small>{"number" in standing && standing.number !== undefined ? standing.number : words.many.noNumber}</small></span>
          <span className={css["word"]}>{standing.state === "signed" ? time.exactClock(standing.at) : words.many.states[standing.state]}</span>
          {standing.state === "held" && <p>{standing.reason}{sitting.phase === "finished" && <ButtonLink size="small" href={`/naskah/${id}`}>{words.many.open}</ButtonLink>}</p>}
        </li>
      ))}
    </ol>
  );
};

/** `selaku Plh. Kepala Dinas …`: in which post the person signs now. */
const useActingAs = (): string => {
  const words = useDraftMessages();
  const { post } = useMessages();
  const { acting } = useMe();
  return words.signing.as(`${post.holding[acting.holding]} ${acting.title}`.trim());
};

const Side = ({ sitting, onClose }: { readonly sitting: Sitting; readonly onClose: () => void }): ReactElement => {
  const words = useDraftMessages();
  const { sign } = useMessages();
  const as = useActingAs();
  const me = useMe();
  const time = useTimeWords();
  const now = useNow();
  const { letters, phase } = sitting;
  const tally = [["signed", count(letters, "signed")], ["held", count(letters, "held")], ["running", count(letters, "running")], ["read", count(letters, "read")], ["unread", count(letters, "unread")]] as const;
  const { acting, certificate } = me;
  return (
    <aside className={css["side"]}>
      <div className={css["flow"]}>
        <section>
          <h3>{words.many.results}</h3>
          <dl>{tally.filter(([state, n]) => n > 0 || state === "signed").map(([state, n]) => <div key={state}><dt><i data-state={state} />{words.many.tally[state]}</dt><dd>{n}</dd></div>)}</dl>
        </section>
        <section className={css["authority"]}>
          <h3>{sign.acting}</h3>
          <b>{as}</b>
          <p>{acting.basis === null ? words.basisOwn : words.signing.basis(acting.basis)}{acting.holding !== "definitif" && acting.until !== null && `, ${words.signing.validUntil(time.end(acting.until, now))}`}</p>
        </section>
        {phase !== "confirming" && <section><h3>{sign[certificate?.secret ?? "passphrase"]}</h3><p>{words.many.secret(letters.length)}</p></section>}
      </div>
      {phase === "confirming" && <Secret sitting={sitting} />}
      {phase === "running" && <div className={css["foot"]}><p>{words.many.stays}</p><Button isWide onClick={sitting.stop} disabled={sitting.isStopping}>{words.many.stop}</Button></div>}
      {phase === "finished" && <div className={css["foot"]}><Button isWide kind="primary" onClick={onClose}>{sign.close}</Button></div>}
    </aside>
  );
};

/** The one secret of the sitting; it is forgotten here as soon as it is handed over. */
const Secret = ({ sitting }: { readonly sitting: Sitting }): ReactElement => {
  const words = useDraftMessages();
  const { sign } = useMessages();
  const { stepUp, name, certificate } = useMe();
  const as = useActingAs();
  const id = useId();
  const [passphrase, setPassphrase] = useState("");
  const [code, setCode] = useState("");
  const letters = count(sitting.letters, "read");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    sitting.sign(passphrase, code);
    setPassphrase("");
    setCode("");
  };
  return (
    <form className={css["foot"]} onSubmit={submit}>
      <p className={css["consequence"]}>{words.many.consequence(letters, name, as)} <small>{words.signing.afterwards}</small></p>
      <label htmlFor={id}>{sign[certificate?.secret ?? "passphrase"]}</label>
      {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog has just come to this field, and nothing else can be done here */}
      <input id={id} autoFocus type="password" autoComplete="off" maxLength={200} required value={passphrase} aria-invalid={sitting.refusal !== undefined || undefined} aria-describedby={`${id}-hint`} onChange={(event) => setPassphrase(event.target.value)} />
      {stepUp === "kode" && (
        <>
          <label htmlFor={`${id}-code`}>{sign.code}</label>
          <input id={`${id}-code`} autoComplete="one-time-code" autoCapitalize="characters" spellCheck={false} maxLength={20} required value={code} onChange={(event) => setCode(event.target.value)} />
        </>
      )}
      {sitting.refusal !== undefined && <p className={css["refusal"]} role="alert"><Icon name="warning" size={18} />{sitting.refusal}</p>}
      <p id={`${id}-hint`} className={css["hint"]}>{sign.hint} {words.many.secret(letters)}</p>
      <Button type="submit" kind="primary" size="big" isWide icon={stepUp === "kunci" ? "fingerprint" : undefined}>{words.many.submit(letters)}</Button>
    </form>
  );
};
