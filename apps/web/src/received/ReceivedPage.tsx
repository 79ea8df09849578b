import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useRef, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { usePages } from "../kernel/pages.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { FilterPills, ListPage, RowFact, RowName } from "../ui/ListPage.tsx";
import { Chip, DeadlineRing } from "../ui/Small.tsx";
import { useRowKeys } from "../ui/use-row-keys.ts";
import { useReceivedMessages } from "./messages.ts";
import { UploadButtons, UploadResults, UploadZone } from "./UploadZone.tsx";
import { closingOf } from "./working-days.ts";
import css from "./ReceivedPage.module.css";

type Row = ResultOf<"received.list">["items"][number];

/** Filters and the statuses that each asks for. */
const filters = { all: undefined, unregistered: "diterima", toDirect: "tercatat", running: "diarahkan,dibaca,didisposisi", finished: "selesai,diberkaskan", discarded: "dibuang" } as const;

type Filter = keyof typeof filters;

/** Surat Masuk: what came in, what is still to be registered or directed, and the place to drop new scans. */
export const ReceivedPage = (): ReactElement => {
  const words = useReceivedMessages().list;
  const me = useMe();
  const navigate = useNavigate();
  const isRegistrar = me.acting.functions.includes("registrar");
  const [filter, setFilter] = useState<Filter>("all");
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const search = useRef<HTMLInputElement>(null);
  const status = filters[filter];
  const input = { ...(status !== undefined && { status }), ...(query !== "" && { q: query }) };
  const pages = usePages(keyOf("received.list", input), (page, signal) => call("received.list", { ...input, ...page }, { signal }), {
    keepsRows: true,
    again: (rows: readonly Row[]) => (rows.some(isBeingRead) ? 2500 : false), // a scan that is being read changes by itself in a moment
  });
  const { at, setAt } = useRowKeys(words.title, pages.rows, (row) => void navigate({ href: hrefOf(row) }), [{ keys: "/", says: words.search, run: () => search.current?.focus() }]);
  if (pages.error !== null) return <PageProblem error={pages.error} onRetry={pages.retry} />;
  const shown = (["all", ...(isRegistrar ? (["unregistered", "toDirect"] as const) : []), "running", "finished", ...(isRegistrar ? (["discarded"] as const) : [])] as const).map((value) => ({ value, label: words[value] }));
  const page = (
    <ListPage
      title={words.title}
      note={words.lead(pages.rows.length)}
      {...(isRegistrar && { acts: <UploadButtons />, above: <UploadResults /> })}
      tools={
        <>
          <FilterPills<Filter> label={words.state} chosen={filter} options={shown} onChoose={(next) => { setFilter(next); setAt(0); }} />
          <label className={css["search"]}>
            <Icon name="search" size={18} />
            <input ref={search} type="search" placeholder={words.search} aria-label={words.search} value={text} onChange={(event) => setText(event.target.value)} />
          </label>
        </>
      }
      pages={pages}
      empty={query !== "" || filter !== "all" ? (
        <EmptyState drawing="search" title={words.nothing} acts={<Button onClick={() => { setText(""); setFilter("all"); }}>{words.clearSearch}</Button>}>{words.nothingNext}</EmptyState>
      ) : (
        <EmptyState drawing="scan" title={words.empty}>{isRegistrar ? words.emptyNext : words.emptyOther}</EmptyState>
      )}
    >
      {pages.rows.map((row, index) => <OneRow key={row.id} row={row} isCurrent={index === at} onPoint={() => setAt(index)} />)}
    </ListPage>
  );
  return isRegistrar ? <UploadZone>{page}</UploadZone> : page;
};

const hrefOf = (row: Row): string => (row.status === "diterima" ? `/surat/${row.id}/catat` : `/surat/${row.id}`);

const isBeingRead = (row: Row): boolean => row.reading === "menunggu" || row.reading === "membaca";

const OneRow = ({ row, isCurrent, onPoint }: { readonly row: Row; readonly isCurrent: boolean; readonly onPoint: () => void }): ReactElement => {
  const all = useReceivedMessages();
  const words = all.list;
  const time = useTimeWords();
  const now = useNow();
  const isSecret = row.security === "R" || row.security === "SR";
  const state = row.status !== "diterima" ? all.status[row.status] : isBeingRead(row) ? words.reading : row.reading === "gagal" ? words.readingFailed : words.readingDone;
  const isOver = row.status === "selesai" || row.status === "diberkaskan" || row.status === "dibuang";
  return (
    <li className={css["item"]} aria-current={isCurrent || undefined} onPointerEnter={onPoint}>
      <Anchor href={hrefOf(row)} className={css["row"]}>
        <span className={css["agenda"]}>{row.agenda ?? <span className={css["dotted"]} aria-hidden="true">····</span>}</span>
        <RowName title={row.sender === "" ? all.status.diterima : row.sender} note={<>{isSecret && <strong className={css["secret"]}>{all.security[row.security]}. </strong>}{row.subject}</>} />
        <RowFact isSpare>{row.number}</RowFact>
        <RowFact isSpare>{row.receivedOn === null ? words.pages(row.pages) : time.shortDate(row.receivedOn, now)}</RowFact>
        <span className={css["state"]}>
          {row.due !== null && !isOver ? <DeadlineRing deadline={time.deadline(closingOf(row.due, time.zone), now)} /> : row.urgency !== "biasa" && !isOver && <Chip tone={row.urgency === "amat_segera" ? "late" : "soon"}>{all.urgency[row.urgency]}</Chip>}
          <small>{state}</small>
        </span>
      </Anchor>
    </li>
  );
};
