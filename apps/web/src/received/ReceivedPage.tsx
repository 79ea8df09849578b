import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useMemo, useRef, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { EmptyState } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Chip, DeadlineRing } from "../ui/Small.tsx";
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
  const { list } = useMessages();
  const me = useMe();
  const navigate = useNavigate();
  const isRegistrar = me.acting.functions.includes("registrar");
  const [filter, setFilter] = useState<Filter>("all");
  const [text, setText] = useState("");
  const query = useDeferredValue(text.trim());
  const search = useRef<HTMLInputElement>(null);
  const status = filters[filter];
  const input = { ...(status !== undefined && { status }), ...(query !== "" && { q: query }) };
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("received.list", input), "pages"],
    queryFn: ({ pageParam, signal }) => call("received.list", { ...input, limit: 40, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
    // A scan that is being read changes by itself in a moment.
    refetchInterval: (current) => (current.state.data?.pages.some((page) => page.items.some((row) => row.reading === "menunggu" || row.reading === "membaca")) === true ? 2500 : false),
  });
  const rows = useMemo(() => (answer.data?.pages ?? []).flatMap((page) => page.items), [answer.data]);
  const { at, setAt } = useRows(rows, (row) => void navigate({ href: hrefOf(row) }), () => search.current?.focus());
  if (answer.error !== null && answer.data === undefined) return <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;

  const page = (
    <div className={css["page"]}>
      <header className={css["head"]}>
        <h1>{words.title}</h1>
        <p>{answer.data === undefined ? list.loading : words.lead(rows.length)}</p>
        {isRegistrar && <div className={css["acts"]}><UploadButtons /></div>}
      </header>
      {isRegistrar && <UploadResults />}
      <div className={css["tools"]}>
        <div className={css["filters"]} role="group" aria-label={words.state}>
          {(["all", ...(isRegistrar ? (["unregistered", "toDirect"] as const) : []), "running", "finished", ...(isRegistrar ? (["discarded"] as const) : [])] as const).map((each) => (
            <button key={each} type="button" aria-pressed={filter === each} onClick={() => setFilter(each)}>{words[each]}</button>
          ))}
        </div>
        <label className={css["search"]}>
          <Icon name="search" size={18} />
          <input ref={search} type="search" placeholder={words.search} aria-label={words.search} value={text} onChange={(event) => setText(event.target.value)} />
        </label>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["list"]} role="region" tabIndex={0} aria-label={words.title} aria-busy={answer.isFetching}>
        {answer.data === undefined && <div role="status" className={css["ghosts"]}><span className="vh">{list.loading}</span>{[1, 2, 3, 4, 5, 6].map((each) => <i key={each} />)}</div>}
        {answer.data !== undefined && rows.length === 0 && (query !== "" || filter !== "all" ? (
          <EmptyState drawing="search" title={words.nothing} acts={<Button onClick={() => { setText(""); setFilter("all"); }}>{words.clearSearch}</Button>}>{words.nothingNext}</EmptyState>
        ) : (
          <EmptyState drawing="scan" title={words.empty}>{isRegistrar ? words.emptyNext : words.emptyOther}</EmptyState>
        ))}
        {rows.length > 0 && (
          <ul>
            {rows.map((row, index) => <OneRow key={row.id} row={row} isCurrent={index === at} onPoint={() => setAt(index)} />)}
          </ul>
        )}
        {answer.hasNextPage && <p className={css["more"]}><Button isBusy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>{list.more}</Button></p>}
      </div>
    </div>
  );
  return isRegistrar ? <UploadZone>{page}</UploadZone> : page;
};

const hrefOf = (row: Row): string => (row.status === "diterima" ? `/surat/${row.id}/catat` : `/surat/${row.id}`);

/** The line under the keyboard. */
const useRows = (rows: readonly Row[], open: (row: Row) => void, search: () => void): { readonly at: number; readonly setAt: (at: number) => void } => {
  const words = useReceivedMessages();
  const { list } = useMessages();
  const [at, setAt] = useState(0);
  const group = words.list.title;
  const move = (step: number): void => {
    setAt(Math.max(0, Math.min(rows.length - 1, at + step)));
    requestAnimationFrame(() => document.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" }));
  };
  const row = rows[at];
  useShortcuts([
    { keys: "j", says: list.open, group, run: () => move(1) },
    { keys: "k", says: list.open, group, run: () => move(-1) },
    { keys: "arrowdown", says: list.open, group, run: () => move(1) },
    { keys: "arrowup", says: list.open, group, run: () => move(-1) },
    { keys: "enter", says: list.open, group, run: () => row !== undefined && open(row) },
    { keys: "/", says: words.list.search, group, run: search },
  ]);
  return { at, setAt };
};

const OneRow = ({ row, isCurrent, onPoint }: { readonly row: Row; readonly isCurrent: boolean; readonly onPoint: () => void }): ReactElement => {
  const all = useReceivedMessages();
  const words = all.list;
  const time = useTimeWords();
  const now = useNow();
  const isSecret = row.security === "R" || row.security === "SR";
  const isReading = row.reading === "menunggu" || row.reading === "membaca";
  const state = row.status !== "diterima" ? all.status[row.status] : isReading ? words.reading : row.reading === "gagal" ? words.readingFailed : words.readingDone;
  const isOver = row.status === "selesai" || row.status === "diberkaskan" || row.status === "dibuang";
  return (
    <li aria-current={isCurrent || undefined} onPointerEnter={onPoint}>
      <Anchor href={hrefOf(row)} className={cx(css["row"], isCurrent && css["current"])}>
        <span className={css["agenda"]}>{row.agenda ?? <span className={css["dotted"]} aria-hidden="true">····</span>}</span>
        <span className={css["what"]}>
          <b>{row.sender === "" ? all.status.diterima : row.sender}</b>
          <span>
            {isSecret && <strong>{all.security[row.security]}. </strong>}
            {row.subject}
          </span>
        </span>
        <span className={css["number"]}>{row.number}</span>
        <span className={css["date"]}>{row.receivedOn === null ? words.pages(row.pages) : time.shortDate(row.receivedOn, now)}</span>
        <span className={css["state"]}>
          {row.due !== null && !isOver ? <DeadlineRing deadline={time.deadline(closingOf(row.due, time.zone), now)} /> : row.urgency !== "biasa" && !isOver && <Chip tone={row.urgency === "amat_segera" ? "late" : "soon"}>{all.urgency[row.urgency]}</Chip>}
          <small>{state}</small>
        </span>
      </Anchor>
    </li>
  );
};
