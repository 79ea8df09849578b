import { useNavigate, useParams } from "@tanstack/react-router";
import { useState, type FormEvent, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Page, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useInspectionMessages } from "./inspection-messages.ts";
import { InspectionFacts } from "./InspectionsPage.tsx";
import css from "./Mandates.module.css";

type Hit = ResultOf<"inspections.search">["items"][number];

/** `/mandat/pemeriksaan/:id`: the inspector searches and opens what the mandate reaches; he, his superiors and the admin see what was looked at. */
export const InspectionPage = (): ReactElement => {
  const words = useInspectionMessages();
  const { id = "" } = useParams({ strict: false });
  const answer = useRead("inspections.show", { id });
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const inspection = answer.data;
  return (
    <Page title={inspection.purpose} note={`${inspection.position.holder ?? words.vacant} · ${inspection.position.title}`} acts={<ButtonLink href="/mandat/pemeriksaan" icon="back">{words.back}</ButtonLink>}>
      <div className={css["alone"]}><Chip tone={inspection.status === "aktif" ? "acting" : "plain"}>{words.status[inspection.status]}</Chip><InspectionFacts inspection={inspection} /></div>
      {inspection.may.includes("read") ? <Letters id={id} /> : inspection.status === "aktif" ? null : <p className={css["quiet"]}>{words.notNow}</p>}
      <Section title={words.acts}>
        {inspection.acts.length === 0 && <p>{words.noActs}</p>}
        <Acts acts={inspection.acts} />
      </Section>
    </Page>
  );
};

const Acts = ({ acts }: { readonly acts: ResultOf<"inspections.show">["acts"] }): ReactElement => {
  const words = useInspectionMessages();
  const time = useTimeWords();
  const now = useNow();
  const uses = { cari: words.searched, telusur: words.traced, laporan: words.reported, unduh: words.exported };
  const said = ({ what, q, found, number }: (typeof acts)[number]): string => (what === "surat" || what === "berkas" || what === "jejak" ? words.readNumber(words.what[what], number ?? "") : uses[what](q ?? "", found ?? 0));
  return <Rows>{acts.map((act) => <Row key={act.eventId} title={said(act)} note={act.person} side={time.stamp(act.at, now)} />)}</Rows>;
};

const Letters = ({ id }: { readonly id: string }): ReactElement => {
  const words = useInspectionMessages();
  const time = useTimeWords();
  const navigate = useNavigate();
  const [q, setQ] = useState("");
  const [asked, setAsked] = useState("");
  const [hits, setHits] = useState<readonly Hit[] | undefined>(undefined);
  const search = useCommand("inspections.search", { outdates: ["inspections.show"], onDone: (result, input) => setHits(input.cursor == null ? result.items : [...(hits ?? []), ...result.items]) });
  const look = useCommand("inspections.look", { outdates: ["inspections.show", "inspections.list", "received.show", "drafts.show"], onDone: (letter) => void navigate({ href: letter.kind === "surat" ? `/surat/${letter.id}` : `/naskah/${letter.id}` }) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(q.trim());
    search.mutate({ id, q: q.trim(), cursor: null });
  };
  const next = search.data?.next ?? null;
  return (
    <Section title={words.inspect} lead={words.searchLead}>
      <form className={css["find"]} role="search" onSubmit={submit}>
        <label>{words.search}<input type="search" value={q} maxLength={100} onChange={(event) => setQ(event.target.value)} /></label>
        <Button type="submit" kind="primary" icon="search" isBusy={search.isPending}>{words.searchAct}</Button>
      </form>
      <Fault error={search.error ?? look.error} />
      {hits !== undefined && <p role="status" className={css["quiet"]}>{hits.length === 0 ? "" : words.found(hits.length)}</p>}
      {hits !== undefined && hits.length === 0 && <EmptyState drawing="search" title={words.nothing}>{words.nothingNext}</EmptyState>}
      <ul className={css["hits"]}>
        {(hits ?? []).map((hit) => (
          <li key={hit.id}>
            <button type="button" disabled={look.isPending} onClick={() => look.mutate({ id, letterId: hit.id })}>
              <span><b>{hit.subject}</b><small>{[hit.number, hit.party].filter((part) => part !== "").join(" · ")}</small></span>
              <span><small>{time.mediumDate(hit.date)}</small><small>{hit.unit}</small></span>
              {(hit.security === "R" || hit.security === "SR") && <Chip tone="secret" icon="lock">{words.security[hit.security]}</Chip>}
            </button>
          </li>
        ))}
      </ul>
      {next !== null && <p><Button isBusy={search.isPending} onClick={() => search.mutate({ id, q: asked, cursor: next })}>{words.more}</Button></p>}
    </Section>
  );
};
