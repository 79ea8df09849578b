import type { Words } from "@lontar/contract";
import { useQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf, daysLater } from "../kernel/days.ts";
import { notify } from "../kernel/notices.ts";
import { keyOf, useCommand } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { ActProof } from "./ActProof.tsx";
import { ClaimChart } from "./ClaimChart.tsx";
import { OpenLetter } from "./OpenLetter.tsx";
import { useRoomMessages } from "./room-messages.ts";
import css from "./Room.module.css";

type Look = ResultOf<"flags.look">;

const tones = { perlu_dijelaskan: "soon", menunggu_jawaban: "plain", dijawab: "acting", sudah_jelas: "leaf", gugur: "plain" } as const;
const longestTitle = 32; // a longer one would make the button a paragraph; the dialog names it
const lookedFor = 5 * 60_000; // the same look, as the server counts it

/** One thing that does not fit: what is claimed, what the log says, the harmless reading, and what has been said about it. That it is opened is recorded. */
export const FlagPane = ({ id }: { readonly id: string }): ReactElement => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  const now = useNow();
  const [dialog, setDialog] = useState<"ask" | "close" | undefined>(undefined);
  const answer = useQuery({ queryKey: keyOf("flags.look", { id }), queryFn: ({ signal }) => call("flags.look", { id }, { signal }), staleTime: lookedFor, refetchOnWindowFocus: false });
  if (answer.data === undefined) return <section className={css["card"]}>{answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />}</section>;
  const look = answer.data;
  const say = (text: Words): string => text[time.language];
  const asked = look.posts[0];
  return (
    <article className={css["card"]} aria-label={say(look.title)}>
      <p className={css["narrow"]}><ButtonLink kind="link" href="/pengawasan" icon="back">{words.back}</ButtonLink></p>
      <p className={css["chips"]}><Chip tone={tones[look.status]}>{words.groups[look.status]}</Chip><span>{words.foundBy(time.when(look.found, now), look.code)}</span></p>
      <h2 className={css["title"]}>{say(look.title)}</h2>
      <p className={css["said"]}>{say(look.sentence)} {say(look.innocent) !== "" && <><b>{words.innocent}</b> {say(look.innocent)} </>}{say(look.missing) !== "" && <><b>{words.missing}</b> {say(look.missing)}</>}</p>
      {look.letter !== null && <p className={css["unprinted"]}><OpenLetter letterId={look.letter.id}>{words.letter} {look.letter.number}</OpenLetter></p>}
      <ClaimChart timeline={look.timeline} />
      <Trail look={look} />
      <Talk look={look} />
      <Measure look={look} />
      <div className={css["foot"]}>
        {look.may.includes("ask") && <Button kind="primary" onClick={() => setDialog("ask")}>{asked === undefined || asked.title.length > longestTitle ? words.askAny : words.ask(asked.title)}</Button>}
        <Button icon="print" onClick={() => print()}>{words.worksheet}</Button>
        {look.may.includes("close") && <Button kind="link" onClick={() => setDialog("close")}>{words.close}</Button>}
      </div>
      {dialog === "ask" && <AskDialog look={look} onClose={() => setDialog(undefined)} />}
      {dialog === "close" && <CloseDialog id={look.id} onClose={() => setDialog(undefined)} />}
    </article>
  );
};

const Trail = ({ look }: { readonly look: Look }): ReactElement => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  const days = Map.groupBy(look.acts, (act) => dayOf(act.at, time.zone));
  return (
    <>
      {[...days].map(([day, acts]) => (
        <section key={day}>
          <h3 className={css["sub"]}>{words.trail}, {time.longDate(day)}</h3>
          <ol className={css["log"]}>
            {acts.map((act) => (
              <li key={act.eventId}>
                <time dateTime={act.at}>{time.exactClock(act.at)}</time>
                <PostAvatar name={act.person} isSmall />
                <span><b>{act.person}</b> <small>{act.post}</small> {act.sentence[time.language]}</span>
                <ActProof act={{ eventId: act.eventId, type: act.type, person: act.person, post: act.post }} subjectId={act.subjectId} leafIndex={act.leafIndex} />
              </li>
            ))}
          </ol>
        </section>
      ))}
      {look.isCut && <p className={css["quiet"]}>{words.isCut}</p>}
    </>
  );
};

const Talk = ({ look }: { readonly look: Look }): ReactElement | null => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  const now = useNow();
  const { question, answer, closed } = look;
  if (question === null && answer === null && closed === null) return null;
  return (
    <div className={css["talk"]}>
      {question !== null && <div><small>{words.question}: {question.by}, {time.when(question.at, now)}</small>{question.text}{answer === null && <small>{words.waits(question.post, time.mediumDate(question.due))}</small>}</div>}
      {answer !== null && <div><small>{words.answer}: {answer.person}, {answer.post}, {time.when(answer.at, now)}</small>{answer.text}</div>}
      {closed !== null && <div><small>{words.closedBy}: {closed.person}, {closed.post}, {time.when(closed.at, now)}</small>{closed.reason}</div>}
    </div>
  );
};

const Measure = ({ look }: { readonly look: Look }): ReactElement => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  return (
    <>
      <details>
        <summary>{words.ruleTitle}</summary>
        <p className={css["quiet"]}>{look.rule[time.language]}</p>
        <dl className={css["facts"]}>{look.measure.map((measure) => [<dt key={`${measure.label.id} label`}>{measure.label[time.language]}</dt>, <dd key={measure.label.id}>{measure.value} {measure.unit[time.language]}</dd>])}</dl>
      </details>
      {look.history.length > 1 && (
        <details>
          <summary>{words.history}</summary>
          <ol className={css["log"]}>
            {look.history.map((entry) => <li key={`${entry.at} ${entry.sentence.id}`}><time dateTime={entry.at}>{time.mediumDate(entry.at)}</time><PostAvatar name={entry.person} isSmall /><span><b>{entry.person}</b> <small>{entry.post}</small> {entry.sentence[time.language]}{entry.reason !== null && <> <q>{entry.reason[time.language]}</q></>}</span></li>)}
          </ol>
        </details>
      )}
    </>
  );
};

const usualDays = 7;

const AskDialog = ({ look, onClose }: { readonly look: Look; readonly onClose: () => void }): ReactElement => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  const today = dayOf(useNow(), time.zone);
  const [positionId, setPosition] = useState(look.posts.find((post) => post.holder !== null)?.id ?? look.posts[0]?.id ?? "");
  const [text, setText] = useState("");
  const [due, setDue] = useState(daysLater(today, usualDays));
  const ask = useCommand("flags.ask", { outdates: ["flags.list", "flags.look"], onDone: () => { notify("done", words.sent); onClose(); } });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.askTitle}
      lead={look.title[time.language]}
      isHeld={ask.isPending}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" isBusy={ask.isPending} disabled={text.trim() === "" || due === "" || positionId === ""} onClick={() => ask.mutate({ id: look.id, positionId, text: text.trim(), due })}>{words.send}</Button>
        </>
      }
    >
      <p className={css["quiet"]}>{words.askLead}</p>
      <div className={css["form"]}>
        <label className={css["wide"]}>{words.askWhom}<select value={positionId} onChange={(event) => setPosition(event.target.value)}>{look.posts.map((post) => <option key={post.id} value={post.id}>{post.title} ({post.holder ?? words.vacant})</option>)}</select></label>
        <DayField label={words.askDue} today={today} min={today} value={due} onChange={setDue} />
      </div>
      <br />
      <Field label={words.askText}><textarea data-autofocus value={text} maxLength={1000} onChange={(event) => setText(event.target.value)} /></Field>
      <Fault error={ask.error} />
    </Dialog>
  );
};

const CloseDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactElement => {
  const words = useRoomMessages().flags;
  const [reason, setReason] = useState("");
  const close = useCommand("flags.close", { outdates: ["flags.list", "flags.look"], onDone: () => { notify("done", words.closed); onClose(); } });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.closeTitle}
      lead={words.closeLead}
      isHeld={close.isPending}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="primary" isBusy={close.isPending} disabled={reason.trim() === ""} onClick={() => close.mutate({ id, reason: reason.trim() })}>{words.closeAct}</Button>
        </>
      }
    >
      <Field label={words.closeReason}><textarea data-autofocus value={reason} maxLength={1000} onChange={(event) => setReason(event.target.value)} /></Field>
      <Fault error={close.error} />
    </Dialog>
  );
};
