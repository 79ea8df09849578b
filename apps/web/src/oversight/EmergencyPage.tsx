import { useParams } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useOversightMessages } from "./messages.ts";
import css from "./Oversight.module.css";

type Emergency = ResultOf<"emergencies.show">;

/** `/darurat/:id`: who opened which letter and why, what was read, and who knows of it. */
export const EmergencyPage = (): ReactElement => {
  const words = useOversightMessages();
  const time = useTimeWords();
  const now = useNow();
  const { id = "" } = useParams({ strict: false });
  const answer = useRead("emergencies.show", { id });
  const [isAnswering, setAnswering] = useState(false);
  const close = useCommand("emergencies.close", { outdates: ["emergencies.show", "emergencies.list", "received.show", "drafts.show"], onDone: () => void notify("done", words.closed) });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const emergency = answer.data;
  const { letter, opener } = emergency;
  const isOpen = emergency.status === "terbuka";
  return (
    <Page title={words.letter(letter.number)} note={words.title} acts={<ButtonLink href="/darurat" icon="back">{words.back}</ButtonLink>}>
      <div className={css["alarm"]} data-open={isOpen || undefined}>
        <p><Icon name="warning" size={20} /><b>{words.by(opener.person, opener.post)}</b></p>
        <div className={css["chips"]}>
          <Chip tone={isOpen ? "late" : "plain"}>{words.status[emergency.status]}</Chip>
          <Chip tone={letter.security === "R" ? "secret" : "plain"} {...(letter.security === "R" && { icon: "lock" as const })}>{words.security[letter.security]}</Chip>
          <span>{words.standing[emergency.standing]}</span>
        </div>
        <dl>
          <div><dt>{words.why}</dt><dd>{emergency.reason}</dd></div>
          <div><dt>{words.when}</dt><dd>{words.span(time.full(emergency.since), time.full(emergency.until))}</dd></div>
        </dl>
        <div className={css["acts"]}>
          {emergency.mayReadLetter && <ButtonLink kind={isOpen && emergency.isMine ? "primary" : "plain"} icon="eye" href={letter.kind === "surat" ? `/surat/${letter.id}` : `/naskah/${letter.id}`}>{words.goRead}</ButtonLink>}
          {emergency.may.includes("close") && <Button isBusy={close.isPending} onClick={() => close.mutate({ id })}>{words.close}</Button>}
          {emergency.may.includes("acknowledge") && <Button kind="primary" icon="check" onClick={() => setAnswering(true)}>{words.acknowledge}</Button>}
        </div>
        <Fault error={close.error} />
      </div>
      <Section title={words.told}>
        <Rows>
          {emergency.alarmed.map((one) => (
            <Row key={one.title} title={one.title} note={one.acknowledged === null ? (one.holder ?? words.vacant) : <>{words.knows(one.acknowledged.person, time.when(one.acknowledged.at, now))}{one.acknowledged.note !== "" && <><br />“{one.acknowledged.note}”</>}</>} side={one.acknowledged === null ? <Chip tone="soon">{words.waiting}</Chip> : <Icon name="check" size={18} />} />
          ))}
        </Rows>
      </Section>
      <Section title={words.readings}>
        {emergency.readings.length === 0 && <p>{words.noReadings}</p>}
        <Rows>{emergency.readings.map((reading) => <Row key={`${reading.at}${reading.what}`} title={words.part[reading.what]} side={time.stamp(reading.at, now)} />)}</Rows>
      </Section>
      {isAnswering && <Acknowledge emergency={emergency} onClose={() => setAnswering(false)} />}
    </Page>
  );
};

const Acknowledge = ({ emergency, onClose }: { readonly emergency: Emergency; readonly onClose: () => void }): ReactElement => {
  const words = useOversightMessages();
  const [note, setNote] = useState("");
  const answer = useCommand("emergencies.acknowledge", { outdates: ["emergencies.show", "emergencies.list", "desk.list"], onDone: () => { notify("done", words.acknowledged); onClose(); } });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.acknowledge}
      lead={words.letter(emergency.letter.number)}
      width={480}
      isHeld={answer.isPending}
      foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="primary" isBusy={answer.isPending} onClick={() => answer.mutate({ id: emergency.id, note: note.trim() })}>{words.acknowledge}</Button></>}
    >
      <p>{words.acknowledgeLead}</p>
      <br />
      <Field label={words.note}><textarea data-autofocus value={note} maxLength={500} onChange={(event) => setNote(event.target.value)} /></Field>
      <Fault error={answer.error} />
    </Dialog>
  );
};
