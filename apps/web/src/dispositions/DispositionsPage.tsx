import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { EmptyState } from "../ui/Empty.tsx";
import { Chip, DeadlineRing, Segmented } from "../ui/Small.tsx";
import { useDispositionMessages } from "./messages.ts";
import css from "./DispositionsPage.module.css";

type Scope = "received" | "given";
type Row = ResultOf<"dispositions.list">["items"][number];

/** Disposisi that my post received or gave, with their state and deadline; each opens the letter it belongs to. */
export const DispositionsPage = (): ReactElement => {
  const words = useDispositionMessages();
  const { list } = useMessages();
  const navigate = useNavigate();
  const [scope, setScope] = useState<Scope>("received");
  const [isOpenOnly, setOpenOnly] = useState(true);
  const [at, setAt] = useState(0);
  const input = { scope, ...(isOpenOnly && { open: "1" as const }) };
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("dispositions.list", input), "pages"],
    queryFn: ({ pageParam, signal }) => call("dispositions.list", { ...input, limit: 40, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = useMemo(() => (answer.data?.pages ?? []).flatMap((page) => page.items), [answer.data]);
  const late = rows.filter(isLate).length;
  const current = rows[at];
  const move = (step: number): void => {
    setAt(Math.max(0, Math.min(rows.length - 1, at + step)));
    requestAnimationFrame(() => document.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" }));
  };
  useShortcuts([
    { keys: "j", says: words.next, group: words.help, run: () => move(1) },
    { keys: "k", says: words.previous, group: words.help, run: () => move(-1) },
    { keys: "arrowdown", says: words.next, group: words.help, run: () => move(1) },
    { keys: "arrowup", says: words.previous, group: words.help, run: () => move(-1) },
    { keys: "enter", says: list.open, group: words.help, run: () => current !== undefined && void navigate({ href: `/surat/${current.letterId}` }) },
  ]);
  if (answer.error !== null && answer.data === undefined) return <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  return (
    <div className={css["page"]}>
      <header className={css["head"]}>
        <h1>{words.title}</h1>
        <p role="status">{answer.data === undefined ? list.loading : late > 0 ? <b>{words.lateCount(late)}</b> : words.shown(rows.length)}</p>
      </header>
      <div className={css["tools"]}>
        <div className={css["scope"]}>
          <Segmented label={words.which} value={scope} onChange={(next) => { setScope(next); setAt(0); }} options={[{ value: "received", label: words.received }, { value: "given", label: words.given }]} />
        </div>
        <div className={css["filters"]} role="group" aria-label={words.which}>
          <button type="button" aria-pressed={isOpenOnly} onClick={() => setOpenOnly(true)}>{words.open}</button>
          <button type="button" aria-pressed={!isOpenOnly} onClick={() => setOpenOnly(false)}>{words.all}</button>
        </div>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["list"]} role="region" tabIndex={0} aria-label={words.title} aria-busy={answer.isFetching}>
        {answer.data === undefined && <div role="status" className={css["ghosts"]}><span className="vh">{list.loading}</span>{[1, 2, 3, 4, 5].map((each) => <i key={each} />)}</div>}
        {answer.data !== undefined && rows.length === 0 && <EmptyState drawing="tree" title={scope === "received" ? words.emptyReceived : words.emptyGiven}>{scope === "received" ? words.emptyReceivedNext : words.emptyGivenNext}</EmptyState>}
        {rows.length > 0 && <ul>{rows.map((row, index) => <OneRow key={row.id} row={row} scope={scope} isCurrent={index === at} onPoint={() => setAt(index)} />)}</ul>}
        {answer.hasNextPage && <p className={css["more"]}><Button isBusy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>{list.more}</Button></p>}
      </div>
    </div>
  );
};

const isOver = (row: Row): boolean => row.status === "diterima" || row.status === "ditarik";

const isLate = (row: Row): boolean => row.late && !isOver(row) && row.status !== "dilaporkan";

const OneRow = ({ row, scope, isCurrent, onPoint }: { readonly row: Row; readonly scope: Scope; readonly isCurrent: boolean; readonly onPoint: () => void }): ReactElement => {
  const words = useDispositionMessages();
  const time = useTimeWords();
  const now = useNow();
  const hasDeadline = row.due !== null && !isOver(row) && row.status !== "dilaporkan";
  return (
    <li aria-current={isCurrent || undefined} onPointerEnter={onPoint}>
      <Anchor href={`/surat/${row.letterId}`} className={cx(css["row"], isCurrent && css["current"])}>
        <span className={css["what"]}>
          <b>{row.subject}</b>
          <span>{scope === "received" ? words.from(row.from) : words.to(row.to)} · {time.when(row.given, now)}</span>
        </span>
        <span className={css["flag"]}>{row.responsible && <Chip icon="flag">{words.responsible}</Chip>}</span>
        <span className={css["state"]}>
          {hasDeadline && row.due !== null && <DeadlineRing deadline={time.deadline(row.due, now, row.given)} />}
          <small data-state={row.status}>{words.status[row.status]}</small>
        </span>
      </Anchor>
    </li>
  );
};
