import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTypedText } from "../kernel/typed-text.ts";
import { useTimeWords, useTypedTextShelf } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { Field } from "../ui/Field.tsx";
import { Fault, Page, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useQuestionMessages } from "./question-messages.ts";
import css from "./Room.module.css";

/** `/penjelasan/:id`: an official who was asked answers; he sees the question, and of the finding what concerns him. */
export const QuestionPage = (): ReactElement => {
  const words = useQuestionMessages();
  const time = useTimeWords();
  const now = useNow();
  const shelf = useTypedTextShelf();
  const { id = "" } = useParams({ strict: false });
  const typed = useTypedText(shelf, `penjelasan/${id}`, "", (value): value is string => typeof value === "string");
  const answer = useRead("flags.question", { id });
  const send = useCommand("flags.answer", { outdates: ["flags.question", "desk.list", "session.me"], onDone: () => { typed.settle(""); notify("done", words.sent); } });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const question = answer.data;
  return (
    <Page title={words.title} note={words.from(question.askedBy, time.when(question.at, now))}>
      <Section title={question.title[time.language]} lead={question.sentence[time.language]}>
        <div className={css["talk"]}><div><small>{words.question}</small>{question.text}</div>{question.answer !== null && <div><small>{words.answered(question.answer.person, time.when(question.answer.at, now))}</small>{question.answer.text}</div>}</div>
        {question.answer === null && <p><Chip tone={question.late ? "late" : "soon"}>{words.due(time.longDate(question.due))}</Chip></p>}
        {question.may.includes("answer") && (
          <>
            <Field label={words.answer}><textarea rows={6} value={typed.value} maxLength={4000} onChange={(event) => typed.change(event.target.value)} /></Field>
            <p className={css["note"]}>{words.note}</p>
            <Button kind="primary" size="big" isBusy={send.isPending} disabled={typed.value.trim() === ""} onClick={() => send.mutate({ id, text: typed.value.trim() })}>{words.send}</Button>
            <Fault error={send.error} />
          </>
        )}
      </Section>
    </Page>
  );
};
