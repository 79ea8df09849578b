import { useParams } from "@tanstack/react-router";
import type { ReactElement } from "react";
import { useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { FactLines } from "../ui/FactGrid.tsx";
import { Page, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { useDateWords, useOpenMessages } from "./messages.ts";

/** `/p/:token`: the letter as a receiver outside sees it, with its file. */
export const ParcelPage = (): ReactElement => {
  const words = useOpenMessages();
  const dateWords = useDateWords();
  const { token = "" } = useParams({ strict: false });
  const answer = useRead("open.parcel", { token });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { letter, to, verificationUrl } = answer.data;
  return (
    <main>
      <Page title={letter.subject} note={words.parcelLead(to)}>
        <Section title={letter.office}>
          <FactLines facts={[{ label: words.number, value: letter.number }, { label: words.date, value: dateWords(letter.date) }, { label: words.office, value: letter.office }, { label: words.signer, value: letter.signer, note: letter.post }]} />
          <p><a href={address("open.parcelFile", { token })} download>{words.download}</a></p>
          <p><a href={verificationUrl}>{words.verify}</a></p>
        </Section>
      </Page>
    </main>
  );
};
