import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useOversightMessages } from "./messages.ts";
import { OpenEmergency } from "./OpenEmergency.tsx";

type Emergency = ResultOf<"emergencies.list">["items"][number];

/** `/darurat`: letters that were opened in an emergency, and the way to open one. */
export const EmergenciesPage = (): ReactElement => {
  const words = useOversightMessages();
  const { functions, acting } = useMe().acting;
  const [isOpening, setOpening] = useState(false);
  const mayAsk = acting === null && functions.some((name) => name === "leader" || name === "inspector" || name === "admin");
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("emergencies.list"), "pages"],
    queryFn: ({ pageParam, signal }) => call("emergencies.list", { limit: 20, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = (answer.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <Page title={words.title} note={words.lead} acts={mayAsk ? <Button kind="danger" icon="warning" onClick={() => setOpening(true)}>{words.open}</Button> : undefined}>
      <Section title={words.list} lead={functions.includes("inspector") ? words.listLeadInspector : words.listLead}>
        <Fault error={answer.error} />
        {answer.data === undefined && answer.error === null && <PageLoading />}
        {answer.data !== undefined && rows.length === 0 && <EmptyState drawing="letter" title={words.none}>{words.noneNext}</EmptyState>}
        <Rows>{rows.map((row) => <Line key={row.id} emergency={row} />)}</Rows>
        {answer.hasNextPage && <Button onClick={() => void answer.fetchNextPage()} isBusy={answer.isFetchingNextPage}>{words.more}</Button>}
      </Section>
      {isOpening && <OpenEmergency onClose={() => setOpening(false)} />}
    </Page>
  );
};

const Line = ({ emergency }: { readonly emergency: Emergency }): ReactElement => {
  const words = useOversightMessages();
  const time = useTimeWords();
  const now = useNow();
  const known = emergency.alarmed.filter((one) => one.acknowledged !== null).length;
  return (
    <Row
      href={`/darurat/${emergency.id}`}
      title={words.letter(emergency.letter.number)}
      note={<>{words.by(emergency.opener.person, emergency.opener.post)}<br />{words.count(emergency.readings.length, known, emergency.alarmed.length)}</>}
      side={<>{time.stamp(emergency.since, now)} <Chip tone={emergency.status === "terbuka" ? "late" : "plain"} {...(emergency.status === "terbuka" && { icon: "warning" as const })}>{words.status[emergency.status]}</Chip></>}
    />
  );
};
