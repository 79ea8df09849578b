import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { Fragment, useState, type FormEvent, type ReactElement } from "react";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Fields, Page, Row, Rows } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { letterHref } from "./DossierPage.tsx";
import { useArchiveMessages } from "./messages.ts";

/** Full-text search over everything that the person may see, with the words in their place. */
export const SearchPage = ({ query }: { readonly query: string }): ReactElement => {
  const words = useArchiveMessages();
  const navigate = useNavigate();
  const time = useTimeWords();
  const [text, setText] = useState(query);
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("archive.search", { q: query }), "pages"],
    queryFn: ({ pageParam, signal }) => call("archive.search", { q: query, limit: 20, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: query.length >= 2,
  });
  const rows = (answer.data?.pages ?? []).flatMap((page) => page.items);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void navigate({ href: `/cari?q=${encodeURIComponent(text.trim())}` });
  };
  return (
    <Page title={words.find} note={words.findLead}>
      <form onSubmit={submit} role="search">
        <Fields>
          <label>{words.findLabel}<input type="search" minLength={2} required value={text} onChange={(event) => setText(event.target.value)} /></label>
          <Button type="submit" kind="primary" icon="search">{words.find}</Button>
        </Fields>
      </form>
      <Fault error={answer.error} />
      {query.length >= 2 && answer.data === undefined && answer.error === null && <PageLoading />}
      {answer.data !== undefined && rows.length === 0 && <EmptyState drawing="search" title={words.findNone}>{words.findNoneNext}</EmptyState>}
      <Rows>
        {rows.map((row) => (
          <Row
            key={row.id}
            href={letterHref(row.kind, row.id)}
            title={row.subject}
            note={<>{[row.number, row.party].filter((part) => part !== "").join(" · ")}<br /><Excerpt text={row.excerpt} /></>}
            side={<>{row.date === null ? "" : time.date(row.date)} <Chip tone="plain">{words.foundIn[row.foundIn]}</Chip></>}
          />
        ))}
      </Rows>
      {answer.hasNextPage && <Button onClick={() => void answer.fetchNextPage()} isBusy={answer.isFetchingNextPage}>{words.more}</Button>}
    </Page>
  );
};

/** An excerpt whose found words stand between ‹ and ›; drawn as marks, never as markup. */
const Excerpt = ({ text }: { readonly text: string }): ReactElement => (
  <>
    {text.split(/(‹[^›]*›)/).map((part, index) => (
      // oxlint-disable-next-line react/no-array-index-key -- parts of one sentence have no other name than their place
      <Fragment key={index}>{part.startsWith("‹") ? <mark>{part.slice(1, -1)}</mark> : part}</Fragment>
    ))}
  </>
);
