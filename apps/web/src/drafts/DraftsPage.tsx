import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useMemo, useState, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { EmptyState } from "../ui/Empty.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { SelectionBar } from "../ui/SelectionBar.tsx";
import { Chip } from "../ui/Small.tsx";
import type { DraftRow, DraftStatus } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { useManyParaf } from "./use-many-paraf.ts";
import css from "./List.module.css";

const groups = { all: "", mine: "konsep,perbaikan", running: "paraf,menunggu_ttd,beku", done: "ditandatangani,terkirim,diberkaskan" } as const;

type Group = keyof typeof groups;

const groupNames = ["all", "mine", "running", "done"] as const satisfies readonly Group[];

const icons = { konsep: "pen", perbaikan: "undo", paraf: "paraf", menunggu_ttd: "fingerprint", beku: "fingerprint", ditandatangani: "audit", terkirim: "send", diberkaskan: "archive", dibatalkan: "close" } as const satisfies Record<DraftStatus, IconName>;

const toneOf = (status: DraftStatus): "plain" | "leaf" | "gold" | "soon" => (status === "ditandatangani" || status === "terkirim" || status === "diberkaskan" ? "gold" : status === "perbaikan" ? "soon" : status === "konsep" || status === "dibatalkan" ? "plain" : "leaf");

/** Naskah Keluar: what the person writes, initials or signs. Those that wait for this post's paraf can be initialled together. */
export const DraftsPage = (): ReactElement => {
  const words = useDraftMessages();
  const { list } = useMessages();
  const navigate = useNavigate();
  const me = useMe();
  const [group, setGroup] = useState<Group>("all");
  const [at, setAt] = useState(0);
  const many = useManyParaf();
  const input = groups[group] === "" ? {} : { status: groups[group] };
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("drafts.list", input), "pages"],
    queryFn: ({ pageParam, signal }) => call("drafts.list", { ...input, limit: 40, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: (before) => before,
  });
  const rows = useMemo(() => (answer.data?.pages ?? []).flatMap((page) => page.items), [answer.data]);
  const waits = (row: DraftRow): boolean => row.status === "paraf" && row.turn === me.acting.title;
  const current = rows[Math.min(at, rows.length - 1)];
  const move = (step: number): void => {
    setAt(Math.max(0, Math.min(rows.length - 1, at + step)));
    requestAnimationFrame(() => document.querySelector('li[aria-current="true"]')?.scrollIntoView({ block: "nearest" }));
  };
  useShortcuts([
    { keys: "j", says: words.list.down, group: words.title, run: () => move(1) },
    { keys: "k", says: words.list.up, group: words.title, run: () => move(-1) },
    { keys: "arrowdown", says: words.list.down, group: words.title, run: () => move(1) },
    { keys: "arrowup", says: words.list.up, group: words.title, run: () => move(-1) },
    { keys: "enter", says: words.list.open, group: words.title, run: () => current !== undefined && void navigate({ href: `/naskah/${current.id}` }) },
    { keys: "x", says: words.list.pick, group: words.title, run: () => current !== undefined && waits(current) && many.pick(current) },
    { keys: "p", says: words.approve, group: words.title, run: () => many.run() },
  ]);
  if (answer.error !== null && answer.data === undefined) return <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  return (
    <div className={css["page"]}>
      <header className={css["head"]}>
        <h1>{words.title}</h1>
        <p>{words.lead}</p>
        <ButtonLink kind="primary" icon="plus" href="/naskah/baru" keys={["C"]}>{words.create}</ButtonLink>
      </header>
      <div className={css["filters"]} role="group" aria-label={words.title}>
        {groupNames.map((each) => <button key={each} type="button" aria-pressed={group === each} onClick={() => { setGroup(each); setAt(0); }}>{words.filters[each]}</button>)}
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["list"]} role="region" tabIndex={0} aria-label={words.title} aria-busy={answer.isFetching}>
        {answer.data === undefined && <div role="status" className={css["ghosts"]}><span className="vh">{list.loading}</span>{[1, 2, 3, 4, 5].map((each) => <i key={each} />)}</div>}
        {answer.data !== undefined && rows.length === 0 && <EmptyState drawing="letter" title={words.empty} acts={<ButtonLink kind="primary" icon="plus" href="/naskah/baru">{words.create}</ButtonLink>}>{words.emptyNext}</EmptyState>}
        <ul>
          {rows.map((row, index) => <OneRow key={row.id} row={row} isCurrent={index === at} isPicked={many.picked.some((each) => each.id === row.id)} onPick={waits(row) ? () => many.pick(row) : undefined} onPoint={() => setAt(index)} />)}
        </ul>
        {answer.hasNextPage && <p className={css["more"]}><Button isBusy={answer.isFetchingNextPage} onClick={() => void answer.fetchNextPage()}>{list.more}</Button></p>}
      </div>
      {many.progress !== undefined ? (
        <SelectionBar phase={many.progress.isRunning ? "running" : "finished"} title={words.list.running} results={many.progress.results} onStop={many.stop} onClose={many.close} />
      ) : many.picked.length > 0 && (
        <SelectionBar phase="choosing" count={many.picked.length} note={words.list.sameKind} act={{ label: words.list.parafAll(many.picked.length), icon: "paraf", key: "P", run: many.run }} onClear={many.clear} />
      )}
    </div>
  );
};

const OneRow = ({ row, isCurrent, isPicked, onPick, onPoint }: { readonly row: DraftRow; readonly isCurrent: boolean; readonly isPicked: boolean; readonly onPick: (() => void) | undefined; readonly onPoint: () => void }): ReactElement => {
  const words = useDraftMessages();
  const { list } = useMessages();
  const time = useTimeWords();
  const now = useNow();
  const title = row.subject === "" ? words.list.untitled(row.type) : row.subject;
  const tile = <span className={css["tile"]} data-tone={toneOf(row.status)}><Icon name={icons[row.status]} size={18} /></span>;
  return (
    <li className={cx(css["item"], isCurrent && css["current"], isPicked && css["picked"])} aria-current={isCurrent || undefined} onPointerEnter={onPoint}>
      {onPick === undefined ? <span className={css["pick"]}>{tile}</span> : (
        <label className={css["pick"]}>
          <input type="checkbox" checked={isPicked} aria-label={list.select(title)} onChange={onPick} />
          {tile}
        </label>
      )}
      <Anchor href={`/naskah/${row.id}`} className={css["row"]}>
        <span className={css["what"]}>
          <b>{title}</b>
          <span>{[row.type, row.to === "" ? "" : row.to].filter((part) => part !== "").join(" · ")}</span>
        </span>
        <span className={css["number"]}>{row.number ?? ""}</span>
        <span className={css["who"]}>{row.turn === null ? row.drafter : words.turn(row.turn)}</span>
        <span className={css["when"]}>{time.when(row.changed, now)}</span>
        <span className={css["state"]}><Chip tone={toneOf(row.status)}>{words.status[row.status]}</Chip></span>
      </Anchor>
    </li>
  );
};
