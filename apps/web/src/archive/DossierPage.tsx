import type { ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Page, Row, Rows } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { useArchiveMessages } from "./messages.ts";

/** Where a letter of either kind opens. */
export const letterHref = (kind: "surat" | "naskah", id: string): string => (kind === "surat" ? `/surat/${id}` : `/naskah/${id}`);

/** One dossier and what is in it. */
export const DossierPage = ({ dossierId }: { readonly dossierId: string }): ReactElement => {
  const words = useArchiveMessages();
  const time = useTimeWords();
  const now = useNow();
  const answer = useRead("archive.show", { id: dossierId });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { title, classification, classificationName, retention, contents } = answer.data;
  return (
    <Page title={title} note={`${classification} ${classificationName}${retention === null ? "" : ` · ${words.retention}: ${retention}`}`} acts={<ButtonLink href="/arsip" icon="back">{words.back}</ButtonLink>}>
      {contents.length === 0 && <EmptyState drawing="letter" title={words.nothing} />}
      <Rows>
        {contents.map((item) => <Row key={item.id} href={letterHref(item.kind, item.id)} title={item.subject} note={item.number} side={words.filed(time.when(item.filed, now))} />)}
      </Rows>
    </Page>
  );
};
