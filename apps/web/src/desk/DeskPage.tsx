import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef, useState, type ComponentType, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords, type Me } from "../session/me.ts";
import { useSwitchPost } from "../shell/authority.ts";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, IconButton } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { EmptyState } from "../ui/Empty.tsx";
import { KeyHints } from "../ui/KeyHelp.tsx";
import { FilterCounters, QueueGroup, QueueRow, type Counter } from "../ui/QueueRow.tsx";
import { SelectionBar, WorkThrough } from "../ui/SelectionBar.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { useMany } from "../ui/use-many.ts";
import { actRows, actsHere, hrefOf, type DeskAct, type InPlace } from "./acts.ts";
import { currentAfter, groupDesk, lineKey, type DeskItem } from "./groups.ts";
import { useDeskMessages } from "./messages.ts";
import { DeskPane } from "./DeskPane.tsx";
import { useAtOnce } from "./use-at-once.ts";
import { useDesk, type DeskFilter } from "./use-desk.ts";
import css from "./DeskPage.module.css";

/** The letters' module does its acts in dialogs over the desk; the router gives them in, since modules do not know each other. */
export type InPlaceDialog = ComponentType<{ readonly letterId: string; readonly act: InPlace; readonly onClose: () => void }>;

/** Vacant posts below this one whose waiting work is his to answer for, with the way to name somebody. */
const VacantPosts = ({ posts }: { readonly posts: ResultOf<"mandates.vacant"> }): ReactElement | null => {
  const words = useDeskMessages();
  if (posts.length === 0) return null;
  return (
    <ul className={css["vacant"]} aria-label={words.vacantLabel}>
      {posts.map((post) => (
        <li key={post.id}>
          <PostAvatar name={post.title} kind="vacant" />
          <p><b>{words.vacant(post.title, post.waiting)}</b><small>{words.vacantLead}</small></p>
          <Anchor href={`/mandat?jabatan=${post.id}`}>{words.vacantAct}</Anchor>
        </li>
      ))}
    </ul>
  );
};

/** The person's other posts in which something waits: a desk that is empty here is not his whole work. */
const OtherPosts = ({ posts, label }: { readonly posts: Me["posts"]; readonly label: (post: Me["posts"][number]) => string }): ReactElement | null => {
  const words = useDeskMessages();
  const switchPost = useSwitchPost();
  if (posts.length === 0) return null;
  return (
    <ul className={cx(css["vacant"], css["mine"])} aria-label={words.otherLabel}>
      {posts.map((post) => (
        <li key={post.positionId}>
          <p><b>{words.other(label(post), post.waiting)}</b></p>
          <Button kind="link" onClick={() => switchPost(post.positionId)}>{words.otherAct}</Button>
        </li>
      ))}
    </ul>
  );
};

/** Acts in the order in which the counters stand. */
const counterOrder: readonly DeskAct[] = ["ketahui", "jelaskan", "catat", "arahkan", "disposisi", "tindak_lanjut", "terima_laporan", "paraf", "tanda_tangan", "kirim", "susun", "verifikasi", "selesaikan", "berkaskan", "baca"];

/** Meja: what waits for me in the post I hold now, late first, with the letter beside it and one main act. */
export const DeskPage = ({ LetterDialog }: { readonly LetterDialog: InPlaceDialog }): ReactElement => {
  const words = useDeskMessages();
  const { list, post } = useMessages();
  const time = useTimeWords();
  const now = useNow();
  const navigate = useNavigate();
  const go = (href: string): void => void navigate({ href });
  const [filter, setFilter] = useState<DeskFilter>("all");
  const { acting, posts } = useMe();
  const others = posts.filter((one) => one.positionId !== acting.positionId && one.waiting > 0);
  const vacant = useRead("mandates.vacant", {}, { isOn: acting.functions.includes("leader") || acting.functions.includes("signer") }).data ?? [];
  const [isWorking, setWorking] = useState(false);
  const [dialog, setDialog] = useState<{ readonly letterId: string; readonly act: InPlace } | undefined>(undefined);
  const desk = useDesk(filter, now);
  // Who stands aside reads what waits in his post; whoever acts for him does it.
  const holder = desk.heldBy === null ? undefined : `${acting.acting === null ? "" : post.holding[acting.acting.kind]} ${desk.heldBy}`.trim();
  const groups = useMemo(() => groupDesk(desk.items, now, time.zone), [desk.items, now, time.zone]);
  const ordered = useMemo(() => groups.flatMap((group) => group.items), [groups]);
  const { current, setCurrent, move } = useCurrent(ordered);
  const currentItem = ordered.find((item) => lineKey(item) === current);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const chosen = ordered.filter((item) => selected.has(lineKey(item)));
  const many = useMany();
  const atOnce = useAtOnce();

  const select = (key: string, isSelected: boolean): void => setSelected((before) => new Set(isSelected ? [...before, key] : [...before].filter((each) => each !== key)));
  const act = (item: DeskItem | undefined): void => {
    if (item === undefined) return;
    const does = holder === undefined ? actsHere(item) : ({ kind: "open" } as const);
    if (does.kind === "in_place") setDialog({ letterId: item.thingId, act: does.act });
    else if (does.kind === "at_once") atOnce.run(item);
    else go(hrefOf(item));
  };
  const putOff = (items: readonly DeskItem[]): void => {
    const keys = items.map(lineKey);
    desk.snooze.hide(keys, new Date(now.getTime() + 3_600_000));
    setSelected(new Set());
    notify("info", words.snoozed(keys.length), { label: words.undo, run: () => desk.snooze.show(keys) });
  };
  const ifIt = (acts: readonly DeskAct[]) => (): void => {
    if (currentItem !== undefined && acts.includes(currentItem.act)) act(currentItem);
  };
  useShortcuts([
    { keys: "j", says: words.help.next, group: words.help.group, run: () => move(1) },
    { keys: "k", says: words.help.previous, group: words.help.group, run: () => move(-1) },
    { keys: "arrowdown", says: words.help.next, group: words.help.group, run: () => move(1) },
    { keys: "arrowup", says: words.help.previous, group: words.help.group, run: () => move(-1) },
    { keys: "enter", says: words.help.open, group: words.help.group, run: () => currentItem !== undefined && go(hrefOf(currentItem)) },
    { keys: "o", says: words.help.open, group: words.help.group, run: () => currentItem !== undefined && go(hrefOf(currentItem)) },
    { keys: "x", says: words.help.select, group: words.help.group, run: () => current !== undefined && select(current, !selected.has(current)) },
    { keys: "d", says: words.help.dispose, group: words.help.group, run: ifIt(["disposisi", "arahkan"]) },
    { keys: "p", says: words.help.paraf, group: words.help.group, run: () => (chosen.length > 0 ? runChosen() : ifIt(["paraf"])()) },
    { keys: "s", says: words.help.sign, group: words.help.group, run: ifIt(["tanda_tangan"]) },
    { keys: "e", says: words.help.done, group: words.help.group, run: ifIt(["terima_laporan", "selesaikan", "berkaskan", "baca"]) },
    { keys: "l", says: words.help.report, group: words.help.group, run: ifIt(["tindak_lanjut"]) },
    { keys: "r", says: words.help.register, group: words.help.group, run: ifIt(["catat"]) },
    { keys: "t", says: words.help.snooze, group: words.help.group, run: () => putOff(chosen.length > 0 ? chosen : currentItem === undefined ? [] : [currentItem]) },
    { keys: "w", says: words.help.work, group: words.help.group, run: () => setWorking(true) },
    { keys: "escape", says: words.help.leave, group: words.help.group, run: () => (selected.size > 0 ? setSelected(new Set()) : setWorking(false)) },
  ], { isOn: dialog === undefined });

  const shared = holder === undefined ? sharedAct(chosen) : undefined;
  const runChosen = (): void => {
    if (shared !== "paraf" && shared !== "baca") return;
    void many.run(shared === "paraf" ? words.running : words.runningRead, chosen.map((item) => ({ id: lineKey(item), label: item.title, item })), ({ item }) => atOnce.once(item));
    setSelected(new Set());
  };
  const counters = countersOf(desk.counts, filter, words);
  const lateCount = desk.counts?.late ?? 0;
  const waiting = (desk.counts?.all ?? 0) - (filter === "all" ? desk.hidden.length : 0);

  if (desk.error !== null && desk.counts === undefined) return <PageProblem error={desk.error} onRetry={desk.retry} />;
  return (
    <div className={cx(css["desk"], isWorking && css["working"])}>
      <section className={css["column"]} aria-labelledby="meja-judul">
        <header className={css["head"]}>
          <h1 id="meja-judul">{words.title}</h1>
          <p>{desk.counts === undefined ? list.loading : holder === undefined ? words.lead(Math.max(0, waiting), desk.finishedToday) : words.leadHeld(Math.max(0, waiting), holder)}</p>
          {ordered.length > 1 && holder === undefined && <span className={css["work"]}><WorkThrough lateCount={lateCount} onStart={() => setWorking(true)} /></span>}
        </header>
        <div className={css["filter"]}>
          <FilterCounters label={words.filter} counters={counters} chosen={filter} onChoose={(id) => { setFilter(toFilter(id)); setSelected(new Set()); }} />
        </div>
        <OtherPosts posts={others} label={({ title, holding }) => `${post.holding[holding]} ${title}`.trim()} />
        <VacantPosts posts={vacant} />
        {/* A scrolling region must be reachable by keyboard (WCAG 2.1.1). */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <div className={css["list"]} role="region" tabIndex={0} aria-label={words.queue} aria-busy={desk.isLoading}>
          {desk.isLoading && desk.counts === undefined && <ListSkeleton />}
          {desk.counts !== undefined && ordered.length === 0 && desk.hidden.length === 0 && (
            <EmptyState drawing="desk" title={filter === "all" ? words.empty : words.emptyFilter} {...(filter !== "all" && { acts: <Button onClick={() => setFilter("all")}>{words.showAll}</Button> })}>
              {filter !== "all" ? undefined : others.length > 0 ? words.emptyHere : vacant.length > 0 ? words.emptyVacant : words.emptyNext}
            </EmptyState>
          )}
          {groups.map((group) => (
            <QueueGroup key={group.name} title={words.groups[group.name]} count={group.items.length} isLate={group.name === "late"}>
              {group.items.map((item) => {
                const key = lineKey(item);
                const { icon } = actRows[item.act];
                return (
                  <QueueRow
                    key={key}
                    id={key}
                    href={hrefOf(item)}
                    act={holder === undefined ? { label: words.acts[item.act], icon } : { label: words.heldAct(words.acts[item.act], acting.acting === null ? "" : post.holding[acting.acting.kind]), icon: "eye" }}
                    from={item.from}
                    title={item.title}
                    detail={words.urgency[item.urgency]}
                    deadline={item.due === null ? null : time.deadline(item.due, now, item.since)}
                    isCurrent={key === current}
                    isSelected={selected.has(key)}
                    isSecret={item.security === "R" || item.security === "SR"}
                    isUnread={item.unread}
                    onSelect={(isSelected) => select(key, isSelected)}
                    onShow={() => setCurrent(key)}
                    {...(holder === undefined && { swipe: { label: words.main[item.act], icon, run: () => act(item) } })}
                  />
                );
              })}
            </QueueGroup>
          ))}
          {desk.more !== undefined && <p className={css["more"]}><Button isBusy={desk.isLoadingMore} onClick={desk.more}>{list.more}</Button></p>}
          {desk.hidden.length > 0 && <p className={css["more"]}><Button kind="link" onClick={() => desk.snooze.show(desk.hidden)}>{words.hidden(desk.hidden.length)}</Button></p>}
        </div>
        <div className={css["bar"]}>
          {many.progress !== undefined ? (
            <SelectionBar phase={many.progress.isRunning ? "running" : "finished"} title={many.progress.title} results={many.progress.results} onStop={many.stop} onClose={many.close} />
          ) : chosen.length > 0 ? (
            <SelectionBar
              phase="choosing"
              count={chosen.length}
              note={holder !== undefined ? words.heldLead(holder) : shared === undefined ? words.mixed : words.sameKind(words.acts[shared])}
              {...((shared === "paraf" || shared === "baca") && { act: { label: shared === "paraf" ? words.parafAll(chosen.length) : words.readAll(chosen.length), icon: actRows[shared].icon, key: actRows[shared].key.toUpperCase(), run: runChosen } })}
              other={{ label: words.snooze, run: () => putOff(chosen) }}
              onClear={() => setSelected(new Set())}
            />
          ) : (
            ordered.length > 1 && holder === undefined && <span className={css["start"]}><WorkThrough lateCount={lateCount} onStart={() => setWorking(true)} isFloating /></span>
          )}
        </div>
        <Hints />
      </section>
      <div className={css["side"]}>
        {isWorking && <WorkBar index={ordered.findIndex((item) => lineKey(item) === current)} total={ordered.length} onMove={move} onLeave={() => setWorking(false)} />}
        {currentItem === undefined ? (
          <div className={css["nothing"]}>
            {isWorking ? <EmptyState drawing="desk" title={words.finished} acts={<Button kind="primary" onClick={() => setWorking(false)}>{words.exit}</Button>}>{words.finishedNext(desk.finishedToday)}</EmptyState> : ordered.length > 0 && <p>{words.chooseLine}</p>}
          </div>
        ) : (
          <DeskPane
            key={lineKey(currentItem)}
            item={currentItem}
            holder={holder}
            position={{ index: ordered.indexOf(currentItem) + 1, total: ordered.length }}
            isBusy={atOnce.isRunning}
            fault={atOnce.fault}
            onAct={() => act(currentItem)}
            onGiveBack={currentItem.act === "terima_laporan" && holder === undefined ? () => setDialog({ letterId: currentItem.thingId, act: "giveBack" }) : undefined}
            onPutOff={(until) => {
              desk.snooze.hide([lineKey(currentItem)], until);
              notify("info", words.snoozed(1), { label: words.undo, run: () => desk.snooze.show([lineKey(currentItem)]) });
            }}
          />
        )}
      </div>
      {dialog !== undefined && <LetterDialog letterId={dialog.letterId} act={dialog.act} onClose={() => setDialog(undefined)} />}
    </div>
  );
};

/** The line that is current. When it leaves, the next takes its place, so that work goes on without a look for it. */
const useCurrent = (ordered: readonly DeskItem[]): { readonly current: string | undefined; readonly setCurrent: (key: string) => void; readonly move: (step: number) => void } => {
  const keys = useMemo(() => ordered.map(lineKey), [ordered]);
  const before = useRef<readonly string[]>([]);
  const [chosen, setCurrent] = useState<string | undefined>(undefined);
  const current = currentAfter(keys, chosen, before.current);
  useEffect(() => {
    before.current = keys;
    if (current !== chosen) setCurrent(current);
  }, [keys, current, chosen]);
  const move = (step: number): void => {
    const to = keys[Math.max(0, Math.min(keys.length - 1, (current === undefined ? 0 : keys.indexOf(current)) + step))];
    if (to === undefined) return;
    setCurrent(to);
    requestAnimationFrame(() => document.querySelector('[aria-current="true"]')?.scrollIntoView({ block: "nearest" }));
  };
  return { current, setCurrent, move };
};

const sharedAct = (items: readonly DeskItem[]): DeskAct | undefined => {
  const [first] = items;
  return first !== undefined && items.every((item) => item.act === first.act && item.kind === first.kind) ? first.act : undefined;
};

const toFilter = (id: string): DeskFilter => (id === "late" ? "late" : (counterOrder.find((act) => act === id) ?? "all"));

const countersOf = (counts: { readonly all: number; readonly late: number; readonly byAct: Readonly<Record<string, number>> } | undefined, filter: DeskFilter, words: ReturnType<typeof useDeskMessages>): readonly Counter[] => {
  if (counts === undefined) return [{ id: "all", label: words.all, count: 0 }];
  const acts = counterOrder.filter((act) => (counts.byAct[act] ?? 0) > 0 || act === filter).map((act) => ({ id: act, label: words.acts[act], count: counts.byAct[act] ?? 0 }));
  return [{ id: "all", label: words.all, count: counts.all }, ...(counts.late > 0 || filter === "late" ? [{ id: "late", label: words.late, count: counts.late, isLate: true }] : []), ...acts];
};

const WorkBar = ({ index, total, onMove, onLeave }: { readonly index: number; readonly total: number; readonly onMove: (step: number) => void; readonly onLeave: () => void }): ReactElement => {
  const words = useDeskMessages();
  const { list } = useMessages();
  return (
    <div className={css["workBar"]}>
      <Button kind="quiet" icon="close" onClick={onLeave}>{words.exit}</Button>
      <span role="status">{total === 0 ? "" : list.position(index + 1, total)}</span>
      <IconButton label={words.previous} icon="left" disabled={index <= 0} onClick={() => onMove(-1)} />
      <IconButton label={words.next} icon="right" disabled={index >= total - 1} onClick={() => onMove(1)} />
    </div>
  );
};

const Hints = (): ReactElement => {
  const { hints } = useDeskMessages();
  return <KeyHints hints={[{ keys: ["j", "k"], says: hints.move }, { keys: ["enter"], says: hints.open }, { keys: ["d"], says: hints.dispose }, { keys: ["p"], says: hints.paraf }, { keys: ["s"], says: hints.sign }, { keys: ["x"], says: hints.select }, { keys: ["?"], says: hints.all }]} />;
};

const ListSkeleton = (): ReactElement => {
  const { list } = useMessages();
  return (
    <div role="status" className={css["skeleton"]}>
      <span className="vh">{list.loading}</span>
      {[72, 54, 81, 63, 47, 70, 58].map((width) => (
        <div key={width} className={css["ghost"]}><i /><span className="shimmer" style={{ width: `${width}%` }} /></div>
      ))}
    </div>
  );
};

