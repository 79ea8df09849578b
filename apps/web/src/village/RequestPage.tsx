import { useParams } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { FactGrid } from "../ui/FactGrid.tsx";
import { Code, Fault, Fields, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useVillageMessages } from "./messages.ts";
import { questionsOf } from "./questions.ts";

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
  const shown = questionsOf(request.service).flatMap((question) => (typeof request.form[question.name] === "string" ? [{ label: question.title, value: String(request.form[question.name]) }] : []));
  return (
    <Page title={request.applicant} note={<>{request.serviceTitle} <Chip tone={request.status === 3 ? "gold" : "leaf"}>{request.statusText}</Chip>{request.number !== null && ` ${words.number(request.number)}`}</>} acts={<ButtonLink href="/layanan" icon="back">{words.back}</ButtonLink>}>
      <Acts id={id} may={request.may} draftId={request.draftId} />
      <Section title={words.receipt} lead={words.receiptLead}>
        <Code>{request.receiptUrl}</Code>
        <p>
          <Button onClick={() => void navigator.clipboard.writeText(request.receiptUrl).then(() => notify("done", words.copied))}>{words.copy}</Button> <Button icon="print" onClick={() => window.print()}>{words.print}</Button>
        </p>
      </Section>
      <Section title={words.history}>
        <Rows>{request.history.map((line) => <Row key={line.at + line.text} title={line.text} note={line.note ?? undefined} side={time.when(line.at, now)} />)}</Rows>
      </Section>
      <Section title={words.form}><FactGrid facts={shown} /></Section>
    </Page>
  );
};

const Acts = ({ id, may, draftId }: { readonly id: string; readonly may: readonly string[]; readonly draftId: string | null }): ReactElement | null => {
  const words = useVillageMessages();
  const [reason, setReason] = useState("");
  const complete = useCommand("village.complete", { outdates: outdated, onDone: () => void notify("done", words.completeDone) });
  const giveBack = useCommand("village.giveBack", { outdates: outdated, onDone: () => setReason("") });
  const cancel = useCommand("village.cancel", { outdates: outdated, onDone: () => setReason("") });
  const handOver = useCommand("village.handOver", { outdates: outdated, onDone: () => void notify("done", words.handOverDone) });
  if (may.length === 0 && draftId === null) return null;
  return (
    <Section title={words.title}>
      <Fields>
        {may.includes("complete") && <Button kind="primary" size="big" icon="check" isBusy={complete.isPending} onClick={() => complete.mutate({ id })}>{words.complete}</Button>}
        {may.includes("handOver") && <Button kind="primary" size="big" icon="check" isBusy={handOver.isPending} onClick={() => handOver.mutate({ id })}>{words.handOver}</Button>}
        {draftId !== null && <ButtonLink href={`/naskah/${draftId}`}>{words.openDraft}</ButtonLink>}
      </Fields>
      {(may.includes("giveBack") || may.includes("cancel")) && (
        <Fields>
          <label>{words.reason}<input value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} /></label>
          {may.includes("giveBack") && <Button isBusy={giveBack.isPending} onClick={() => giveBack.mutate({ id, note: reason })}>{words.giveBack}</Button>}
          {may.includes("cancel") && <Button kind="danger" isBusy={cancel.isPending} onClick={() => cancel.mutate({ id, reason })}>{words.cancel}</Button>}
        </Fields>
      )}
      <Fault error={complete.error ?? giveBack.error ?? cancel.error ?? handOver.error} />
    </Section>
  );
};
