import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useRef, useState, type FormEvent, type ReactElement } from "react";
import { Refused, Unreachable, type ResultOf } from "../kernel/api.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { keyOf, useRead } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { proveFresh } from "../session/passkey.ts";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Field, Hint } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault } from "../ui/Page.tsx";
import { Chip } from "../ui/Small.tsx";
import { useOversightMessages } from "./messages.ts";
import css from "./Oversight.module.css";

type Letter = ResultOf<"emergencies.find">[number];

/** Opens a letter in an emergency: which one, why, what will happen, and a fresh proof of who sits here. */
export const OpenEmergency = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const words = useOversightMessages();
  const [chosen, setChosen] = useState<Letter | undefined>(undefined);
  return chosen === undefined ? <Find onChoose={setChosen} onClose={onClose} /> : <Reason letter={chosen} words={words} onBack={() => setChosen(undefined)} onClose={onClose} />;
};

const Find = ({ onChoose, onClose }: { readonly onChoose: (letter: Letter) => void; readonly onClose: () => void }): ReactElement => {
  const words = useOversightMessages();
  const time = useTimeWords();
  const [text, setText] = useState("");
  const [asked, setAsked] = useState("");
  const blocked: Readonly<Record<string, string>> = words.refused;
  const found = useRead("emergencies.find", { q: asked }, { isOn: asked !== "" });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(text.trim());
  };
  return (
    <Dialog isOpen onClose={onClose} title={words.open} lead={words.lead} width={620} onPhone="full">
      <form className={css["find"]} role="search" onSubmit={submit}>
        <Field label={words.which}><input data-autofocus type="search" value={text} maxLength={300} placeholder={words.whichHint} onChange={(event) => setText(event.target.value)} /></Field>
        <Button type="submit" kind="primary" icon="search" isBusy={found.isFetching} disabled={text.trim() === ""}>{words.find}</Button>
      </form>
      <Fault error={found.error} />
      {found.data !== undefined && asked !== "" && found.data.length === 0 && <EmptyState drawing="search" title={words.nothing}>{words.nothingNext}</EmptyState>}
      <ul className={css["letters"]}>
        {(asked === "" ? [] : (found.data ?? [])).map((letter) => (
          <li key={letter.id}>
            <span><b>{letter.number}</b><small>{words.of(letter.unit, time.mediumDate(letter.date))}</small></span>
            <Chip tone={letter.security === "R" || letter.security === "SR" ? "secret" : "plain"}>{words.security[letter.security]}</Chip>
            {letter.refused === null ? <Button onClick={() => onChoose(letter)}>{words.choose}</Button> : <p className={css["blocked"]}><Icon name="warning" size={18} />{blocked[letter.refused] ?? words.refusedOther}</p>}
          </li>
        ))}
      </ul>
    </Dialog>
  );
};

const shortestReason = 20;

const Reason = ({ letter, words, onBack, onClose }: { readonly letter: Letter; readonly words: ReturnType<typeof useOversightMessages>; readonly onBack: () => void; readonly onClose: () => void }): ReactElement => {
  const time = useTimeWords();
  const { stepUp } = useMe();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [id] = useState(uuidv7);
  const [reason, setReason] = useState("");
  const [secret, setSecret] = useState("");
  const [state, setState] = useState<{ readonly isBusy: boolean; readonly fault: Error | null }>({ isBusy: false, fault: null });
  const isRunning = useRef(false);
  const left = shortestReason - reason.trim().replaceAll(/\s+/g, " ").length;
  const isReady = left <= 0 && (stepUp === "kunci" || secret !== "");
  // Password and code go into this one request and into nothing that remembers them.
  const run = async (): Promise<void> => {
    if (isRunning.current || !isReady) return;
    isRunning.current = true;
    setState({ isBusy: true, fault: null });
    try {
      if (stepUp !== null) await proveFresh([letter.proof], stepUp, secret);
      const opened = await call("emergencies.open", { id, letterId: letter.id, reason: reason.trim(), password: stepUp === null ? secret : null });
      await Promise.all((["emergencies.list", "received.show", "drafts.show"] as const).map((name) => client.invalidateQueries({ queryKey: keyOf(name) })));
      notify("done", words.opened(time.clock(opened.until)));
      void navigate({ href: opened.kind === "surat" ? `/surat/${opened.letterId}` : `/naskah/${opened.letterId}` });
    } catch (error) {
      setSecret("");
      setState({ isBusy: false, fault: error instanceof Refused || error instanceof Unreachable ? error : new Error(words.notProved, { cause: error }) });
    } finally {
      isRunning.current = false;
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.open}
      width={860}
      onPhone="full"
      isHeld={state.isBusy}
      foot={<><Button icon="back" onClick={onBack} disabled={state.isBusy}>{words.change}</Button><Button kind="danger" icon={stepUp === "kunci" ? "fingerprint" : "warning"} isBusy={state.isBusy} disabled={!isReady} onClick={() => void run()}>{state.isBusy ? words.opening : words.act}</Button></>}
    >
      <form className={css["form"]} onSubmit={(event) => { event.preventDefault(); void run(); }}>
        <div>
          <p className={css["chosen"]}><Icon name="mail" /><span><b>{letter.number}</b><small>{words.of(letter.unit, time.mediumDate(letter.date))}</small></span><Chip tone={letter.security === "R" ? "secret" : "plain"}>{words.security[letter.security]}</Chip></p>
          <Field label={words.reason}><textarea data-autofocus value={reason} maxLength={1000} rows={4} onChange={(event) => setReason(event.target.value)} /></Field>
          <Hint>{words.reasonHint(left)}</Hint>
          {stepUp === "kunci" ? <Hint>{words.passkey}</Hint> : (
            <Field label={stepUp === "kode" ? words.code : words.password}>
              <input type={stepUp === "kode" ? "text" : "password"} autoComplete={stepUp === "kode" ? "one-time-code" : "current-password"} value={secret} maxLength={400} onChange={(event) => setSecret(event.target.value)} />
            </Field>
          )}
          <Fault error={state.fault} />
          <button type="submit" className="vh" tabIndex={-1} disabled={!isReady}>{words.act}</button>
        </div>
        <aside className={css["happens"]} aria-label={words.happens}>
          <h3><Icon name="warning" size={18} />{words.happens}</h3>
          <ul>
            <li><Icon name="clock" size={18} /><span>{words.happenOpens(letter.minutes)}</span></li>
            <li><Icon name="user" size={18} /><span>{words.happenTold(letter.alarmed.length)}<span className={css["told"]}>{letter.alarmed.map((title) => <span key={title}>{title}</span>)}</span></span></li>
            <li><Icon name="history" size={18} /><span>{words.happenRecorded}</span></li>
            <li><Icon name="eye" size={18} /><span>{words.happenReads}</span></li>
          </ul>
        </aside>
      </form>
    </Dialog>
  );
};
