import { useInfiniteQuery } from "@tanstack/react-query";
import { useState, type FormEvent, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { keyOf, useCommand, useRead } from "../kernel/queries.ts";
import type { ResultOf } from "../kernel/api.ts";
import { call } from "../kernel/server.ts";
import { numberWords } from "../kernel/time.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Alarm, Code, Fault, Fields, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useAuditMessages } from "./messages.ts";

/** The inspector's room: is the record whole, what does the log say, who did what. */
export const AuditPage = (): ReactElement => {
  const words = useAuditMessages();
  return (
    <Page title={words.title} note={words.lead} acts={<><ButtonLink href="/mandat/pemeriksaan" icon="search">{words.inspections}</ButtonLink><ButtonLink href="/darurat" icon="warning">{words.emergencies}</ButtonLink></>}>
      <Integrity />
      <Acts />
    </Page>
  );
};

const Integrity = (): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const answer = useRead("audit.integrity", {});
  const check = useCommand("audit.check", { outdates: ["audit.integrity"] });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { last, log, watch } = answer.data;
  return (
    <>
      <Alarms watch={watch} />
      <Section title={words.integrity} lead={words.integrityLead}>
        {last === null ? (
          <p>{words.never}</p>
        ) : last.findings.length === 0 ? (
          <p><Chip tone="gold" icon="check">{words.whole(time.when(last.at, now), numberWords(last.events), numberWords(last.rows), numberWords(last.files))}</Chip></p>
        ) : (
          <>
            <p><Chip tone="late">{words.broken(last.findings.length, time.when(last.at, now))}</Chip></p>
            <Rows>{last.findings.map((finding) => <Row key={`${finding.kind} ${finding.id} ${finding.sentence}`} title={finding.sentence} note={`${finding.kind} ${finding.id}`} />)}</Rows>
          </>
        )}
        <Button kind="primary" onClick={() => check.mutate({})} isBusy={check.isPending}>{words.check}</Button>
        <Fault error={check.error} />
      </Section>
      <Witnesses watch={watch} />
      {log !== null && (
        <Section title={words.log} lead={words.logLead}>
          <p>{words.size(numberWords(log.size))} {watch.published !== null && words.published(numberWords(watch.published))}</p>
          <Code>{log.checkpoint}</Code>
        </Section>
      )}
    </>
  );
};

type Watch = ResultOf<"audit.integrity">["watch"];
type Witness = Watch["witnesses"][number];

/** What must not be overlooked stands before everything else on the page. */
const Alarms = ({ watch }: { readonly watch: Watch }): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const refusing = watch.witnesses.filter((witness) => witness.problem === "menolak");
  return (
    <>
      {watch.halt !== null && <Alarm>{words.halted(numberWords(watch.halt.size), numberWords(watch.halt.seen), watch.halt.by === "folder" ? words.ownFolder : watch.halt.by, time.when(watch.halt.since, now))}</Alarm>}
      {refusing.length > 0 && <Alarm>{words.refusing(refusing.map((witness) => witness.name).join(", "))}</Alarm>}
    </>
  );
};

/** Who outside this office has seen how much of the log, and what it means when one of them does not follow. */
const Witnesses = ({ watch }: { readonly watch: Watch }): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const note = (witness: Witness): string => {
    if (witness.problem !== null) return words.problem[witness.problem];
    if (witness.at === null) return words.notYet;
    return words.seen(numberWords(witness.size), time.when(witness.at, now));
  };
  return (
    <Section title={words.witnesses} lead={watch.witnesses.length === 0 ? words.noWitnesses : words.witnessesLead(numberWords(watch.enough), numberWords(watch.witnesses.length))}>
      {watch.witnesses.length > 0 && (
        <Rows>
          {watch.witnesses.map((witness) => (
            <Row key={witness.name} title={witness.name} note={note(witness)} side={<WitnessChip witness={witness} published={watch.published ?? 0} />} />
          ))}
        </Rows>
      )}
    </Section>
  );
};

/** Measured by what is published: what was done a moment ago is on its way to everyone. */
const WitnessChip = ({ witness, published }: { readonly witness: Witness; readonly published: number }): ReactElement => {
  const words = useAuditMessages();
  if (witness.problem === "menolak") return <Chip tone="late">{words.refuses}</Chip>;
  if (witness.problem !== null) return <Chip tone="soon">{words.away}</Chip>;
  return witness.size >= published && witness.size > 0 ? <Chip tone="gold" icon="check">{words.follows}</Chip> : <Chip tone="plain">{words.behind(numberWords(published - witness.size))}</Chip>;
};

type Filter = { readonly person: string; readonly from: string; readonly to: string };

const Acts = (): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const today = dayOf(now, time.zone);
  const [typed, setTyped] = useState<Filter>({ person: "", from: "", to: "" });
  const [filter, setFilter] = useState<Filter>(typed);
  const input = { ...(filter.person !== "" && { person: filter.person }), ...(filter.from !== "" && { from: filter.from }), ...(filter.to !== "" && { to: filter.to }) };
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("audit.acts", input), "pages"],
    queryFn: ({ pageParam, signal }) => call("audit.acts", { ...input, limit: 40, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = (answer.data?.pages ?? []).flatMap((page) => page.items);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setFilter(typed);
  };
  return (
    <Section title={words.acts}>
      <form onSubmit={submit} role="search">
        <Fields>
          <label>{words.person}<input type="search" value={typed.person} onChange={(event) => setTyped({ ...typed, person: event.target.value })} /></label>
          <DayField label={words.from} today={today} max={today} value={typed.from} onChange={(from) => setTyped({ ...typed, from })} />
          <DayField label={words.to} today={today} min={typed.from === "" ? undefined : typed.from} max={today} value={typed.to} onChange={(to) => setTyped({ ...typed, to })} />
          <Button type="submit">{words.search}</Button>
        </Fields>
      </form>
      <Fault error={answer.error} />
      {answer.data === undefined && answer.error === null && <PageLoading />}
      {answer.data !== undefined && rows.length === 0 && <EmptyState drawing="search" title={words.none}>{words.noneNext}</EmptyState>}
      <Rows>
        {rows.map((row) => (
          <Row key={row.eventId} title={row.person} note={`${row.post} · ${row.sentence}`} side={<>{time.when(row.at, now)} {row.leafIndex === null ? <Chip tone="plain">{words.pending}</Chip> : <Chip tone="gold">{words.leaf(numberWords(row.leafIndex))}</Chip>}</>} />
        ))}
      </Rows>
      {answer.hasNextPage && <Button onClick={() => void answer.fetchNextPage()} isBusy={answer.isFetchingNextPage}>{words.more}</Button>}
    </Section>
  );
};
