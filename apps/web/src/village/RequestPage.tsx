import { useParams } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { isDay } from "../kernel/days.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import type { TimeWords } from "../kernel/time.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { FactGrid, type Fact } from "../ui/FactGrid.tsx";
import { Fault, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useVillageMessages } from "./messages.ts";
import { answerAt, questionsOf, type Answers, type Question } from "./questions.ts";
import { Receipt } from "./Receipt.tsx";
import css from "./Village.module.css";

const outdated = ["village.show", "village.list", "desk.list"] as const;

/** One request at the counter: the answers, the story, the resident's link, and what can be done now. */
export const RequestPage = (): ReactElement => {
  const { id = "" } = useParams({ strict: false });
  const words = useVillageMessages();
  const time = useTimeWords();
  const now = useNow();
  const answer = useRead("village.show", { id });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const request = answer.data;
  return (
    <Page title={request.applicant} note={<>{request.serviceTitle} <Chip tone={request.status === 3 ? "gold" : "leaf"}>{words.status[request.status]}</Chip>{request.number !== null && ` ${words.number(request.number)}`}</>} acts={<ButtonLink href="/layanan" icon="back">{words.back}</ButtonLink>}>
      <Acts id={id} may={request.may} draftId={request.draftId} />
      <Receipt url={request.receiptUrl} service={request.serviceTitle} number={request.number} date={request.history[0]?.at ?? now.toISOString()} />
      <Section title={words.history}>
        <Rows>{request.history.map((line) => <Row key={line.at + line.text} title={line.text} note={line.note ?? undefined} side={time.stamp(line.at, now)} />)}</Rows>
      </Section>
      <Section title={words.form}><FactGrid facts={factsOf(request.service, request.form, time)} /></Section>
    </Page>
  );
};

/** The answers as they will stand in the letter: dates written out, groups in one line. */
const factsOf = (service: string, form: Answers, time: TimeWords): readonly Fact[] => {
  const shown = (question: Question): string | undefined => {
    const answer = answerAt(form, question.path);
    if (typeof answer !== "string" || answer === "") return undefined;
    return question.kind === "date" && isDay(answer) ? time.date(answer) : answer;
  };
  return questionsOf(service).flatMap((question) => {
    if (question.kind !== "group") return [{ label: question.title, value: shown(question) ?? "–" }];
    const parts = question.parts.flatMap((part) => (shown(part) === undefined ? [] : [`${part.title}: ${shown(part)}`]));
    return parts.length === 0 ? [] : [{ label: question.title, value: parts.join(" · "), isWide: true }];
  });
};

const Acts = ({ id, may, draftId }: { readonly id: string; readonly may: readonly string[]; readonly draftId: string | null }): ReactElement | null => {
  const words = useVillageMessages();
  const [reason, setReason] = useState("");
  const complete = useCommand("village.complete", { outdates: outdated, onDone: () => void notify("done", words.completeDone) });
  const giveBack = useCommand("village.giveBack", { outdates: outdated, onDone: () => setReason("") });
  const cancel = useCommand("village.cancel", { outdates: outdated, onDone: () => setReason("") });
  const erase = useCommand("village.erase", { outdates: outdated, onDone: () => { setReason(""); notify("done", words.eraseDone); } });
  const handOver = useCommand("village.handOver", { outdates: outdated, onDone: () => void notify("done", words.handOverDone) });
  if (may.length === 0 && draftId === null) return null;
  const isBlank = reason.trim() === "";
  return (
    <Section title={words.acts}>
      <div className={css["buttons"]}>
        {may.includes("complete") && <Button kind="primary" size="big" icon="check" isBusy={complete.isPending} onClick={() => complete.mutate({ id })}>{words.complete}</Button>}
        {may.includes("handOver") && <Button kind="primary" size="big" icon="check" isBusy={handOver.isPending} onClick={() => handOver.mutate({ id })}>{words.handOver}</Button>}
        {draftId !== null && <ButtonLink href={`/naskah/${draftId}`} size="big">{words.openDraft}</ButtonLink>}
      </div>
      {(may.includes("giveBack") || may.includes("cancel") || may.includes("erase")) && (
        <div className={css["reason"]}>
          <label>{words.reason}<input value={reason} maxLength={500} aria-describedby="reason-lead" onChange={(event) => setReason(event.target.value)} /></label>
          <small id="reason-lead">{may.includes("erase") ? words.eraseLead : words.reasonLead}</small>
          <div className={css["buttons"]}>
            {may.includes("giveBack") && <Button disabled={isBlank} isBusy={giveBack.isPending} onClick={() => giveBack.mutate({ id, note: reason })}>{words.giveBack}</Button>}
            {may.includes("cancel") && <Button kind="danger" disabled={isBlank} isBusy={cancel.isPending} onClick={() => cancel.mutate({ id, reason })}>{words.cancel}</Button>}
            {may.includes("erase") && <Button kind="danger" disabled={isBlank} isBusy={erase.isPending} onClick={() => erase.mutate({ id, reason })}>{words.erase}</Button>}
          </div>
        </div>
      )}
      <Fault error={complete.error ?? giveBack.error ?? cancel.error ?? erase.error ?? handOver.error} />
    </Section>
  );
};
