import { useNavigate } from "@tanstack/react-router";
import { useState, type FormEvent, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Fields, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, Segmented } from "../ui/Small.tsx";
import { useVillageMessages } from "./messages.ts";
import { blankAnswers, faultsOf, questionsOf, type Question } from "./questions.ts";

const tones = ["soon", "leaf", "acting", "gold", "plain", "plain"] as const;

/** The counter: requests of residents, and entering a new one. */
export const RequestsPage = (): ReactElement => {
  const words = useVillageMessages();
  const time = useTimeWords();
  const now = useNow();
  const [status, setStatus] = useState("");
  const [isEntering, setEntering] = useState(false);
  const answer = useRead("village.list", { limit: 100, ...(status !== "" && { status }) });
  return (
    <Page title={words.title} note={words.lead} acts={<Button kind="primary" icon="plus" onClick={() => setEntering(true)} disabled={isEntering}>{words.create}</Button>}>
      {isEntering && <NewRequest onClose={() => setEntering(false)} />}
      <Segmented label={words.title} value={status} onChange={setStatus} options={[{ value: "", label: words.all }, ...[1, 2, 3].map((step) => ({ value: String(step), label: words.status[step] ?? "" }))]} />
      {answer.data === undefined && (answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />)}
      {answer.data?.items.length === 0 && !isEntering && <EmptyState drawing="desk" title={words.empty}>{words.emptyNext}</EmptyState>}
      <Rows>
        {answer.data?.items.map((request) => (
          <Row key={request.id} href={`/layanan/${request.id}`} title={request.applicant} note={`${request.service}${request.number === null ? "" : ` · ${request.number}`} · ${time.when(request.at, now)}`} side={<Chip tone={tones[request.status] ?? "plain"}>{words.status[request.status]}</Chip>} />
        ))}
      </Rows>
    </Page>
  );
};

const monthMs = 30 * 86_400_000;

const NewRequest = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const words = useVillageMessages();
  const navigate = useNavigate();
  const now = useNow();
  const services = useRead("village.services", {});
  const [chosen, setChosen] = useState("");
  const service = chosen === "" ? (services.data?.[0]?.code ?? "") : chosen;
  const [typed, setTyped] = useState<Readonly<Record<string, unknown>>>({});
  const [isAsking, setAsking] = useState(false);
  const create = useCommand("village.create", {
    outdates: ["village.list", "desk.list"],
    onDone: (made) => {
      notify("done", words.created);
      void navigate({ href: `/layanan/${made.id}` });
    },
  });
  const answers = { ...blankAnswers(service, new Date(now.getTime() + monthMs).toISOString().slice(0, 10)), ...typed };
  const faults = faultsOf(service, answers);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsking(true);
    if (faults.size === 0) create.mutate({ id: uuidv7(), service, form: answers });
  };
  return (
    <Section title={words.create}>
      <form onSubmit={submit} noValidate>
        <Fields>
          <label>{words.service}<select value={service} onChange={(event) => { setChosen(event.target.value); setTyped({}); }}>{services.data?.map((each) => <option key={each.code} value={each.code}>{each.title}</option>)}</select></label>
          {questionsOf(service).map((question) => (
            <Answer key={question.name} question={question} value={answers[question.name]} fault={isAsking && faults.has(question.name) ? words.invalid : undefined} onChange={(value) => setTyped({ ...typed, [question.name]: value })} />
          ))}
        </Fields>
        <Fault error={create.error} />
        <p>
          <Button type="submit" kind="primary" size="big" isBusy={create.isPending}>{words.save}</Button> <Button onClick={onClose}>{words.cancelForm}</Button>
        </p>
      </form>
    </Section>
  );
};

const Answer = ({ question, value, fault, onChange }: { readonly question: Question; readonly value: unknown; readonly fault: string | undefined; readonly onChange: (value: string | null) => void }): ReactElement => {
  const text = typeof value === "string" ? value : "";
  const common = { value: text, required: !question.isOptional, "aria-invalid": fault !== undefined };
  const take = (next: string): void => onChange(next === "" && question.isOptional ? null : next);
  return (
    <label>
      {question.title}
      {question.kind === "choice" ? (
        <select {...common} onChange={(event) => take(event.target.value)}>{question.options.map((option) => <option key={option}>{option}</option>)}</select>
      ) : (
        <input {...common} type={question.kind === "date" ? "date" : "text"} inputMode={question.kind === "digits" ? "numeric" : undefined} maxLength={question.maxLength} autoComplete="off" onChange={(event) => take(event.target.value)} />
      )}
      {fault !== undefined && <small role="alert">{fault}</small>}
    </label>
  );
};
