import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { useDateWords, useOpenMessages } from "./messages.ts";

/** `/lacak/:token`: how far a resident's request is, and the letter when it is ready. */
export const RequestTrackPage = (): ReactElement => {
  const words = useOpenMessages();
  const dateWords = useDateWords();
  const { token = "" } = useParams({ strict: false });
  const answer = useRead("open.request", { token });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { service, office, applicant, steps, letter } = answer.data;
  return (
    <main>
      <Page title={service} note={words.requestLead(applicant, office)}>
        {letter !== null && (
          <Section title={words.letter} lead={letter.number}>
            <p><a href={address("open.requestFile", { token })} download>{words.download}</a></p>
            <p><a href={letter.verificationUrl}>{words.verify}</a></p>
          </Section>
        )}
        <Rows>
          {steps.map((step) => <Row key={step.title} title={step.title} note={step.note ?? (step.at === null ? undefined : dateWords(step.at))} side={words.states[step.state]} />)}
        </Rows>
      </Page>
    </main>
  );
};
