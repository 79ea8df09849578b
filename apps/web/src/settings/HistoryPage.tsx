import { useInfiniteQuery } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { deviceWords } from "../kernel/device-words.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useSettingsMessages } from "./messages.ts";
import css from "./Settings.module.css";

type Entry = ResultOf<"session.history">["items"][number];

/** How one's account was entered, or tried to be: what the evidence says, newest first. */
export const HistoryPage = (): ReactElement => {
  const words = useSettingsMessages();
  const list = useInfiniteQuery({
    queryKey: keyOf("session.history"),
    queryFn: ({ pageParam }) => call("session.history", pageParam === undefined ? {} : { cursor: pageParam }),
    initialPageParam: firstPage,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <Page title={words.history} acts={<ButtonLink href="/pengaturan" icon="back">{words.back}</ButtonLink>}>
      {list.data === undefined ? (list.error === null ? <PageLoading /> : <PageProblem isPart error={list.error} onRetry={() => void list.refetch()} />) : (
        <Section title={words.history} lead={words.historyLead}>
          <Rows>{list.data.pages.flatMap((page) => page.items).map((entry) => <OneEntry key={entry.id} entry={entry} />)}</Rows>
          {list.hasNextPage && <div className={css["buttons"]}><Button isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{words.more}</Button></div>}
        </Section>
      )}
    </Page>
  );
};

const firstPage: string | undefined = undefined as string | undefined; // the first page has no cursor; later ones are text

const alarming: ReadonlySet<string> = new Set(["sign_in_refused", "session_elsewhere", "disowned", "factors_reset"]);

const OneEntry = ({ entry }: { readonly entry: Entry }): ReactElement => {
  const words = useSettingsMessages();
  const time = useTimeWords();
  const now = useNow();
  const said = (from: Readonly<Record<string, string>>, key: string | null): string | null => (key === null ? null : (from[key] ?? key));
  const note = [entry.device === null ? null : deviceWords(entry.device, time.language), said(words.method, entry.method), said(words.why, entry.why), entry.name].filter((part) => part !== null && part !== "").join(" · ");
  return (
    <Row
      title={<>{said(words.entry, entry.type)} {entry.isNew && <Chip tone="soon">{words.isNew}</Chip>} {alarming.has(entry.type) && <Chip tone="late" icon="warning">{time.stamp(entry.at, now)}</Chip>}</>}
      note={note === "" ? undefined : note}
      side={alarming.has(entry.type) ? undefined : time.stamp(entry.at, now)}
    />
  );
};
