import { useNavigate } from "@tanstack/react-router";
import { useDeferredValue, useEffect, useEffectEvent, useMemo, useRef, useState, type ReactElement, type ReactNode, type RefObject } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { reading } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, IconButton } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Menu, type MenuItem } from "../ui/Menu.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { SearchBox } from "../ui/SearchBox.tsx";
import { Segmented } from "../ui/Small.tsx";
import type { Act } from "./acts.ts";
import { ActDialog } from "./ActDialog.tsx";
import { dayOf, endOfDay } from "../kernel/days.ts";
import { useOrganisationMessages } from "./messages.ts";
import { OrgChart, type TreeProps } from "./OrgChart.tsx";
import { OrgList } from "./OrgList.tsx";
import { PostPanel, type PanelProps } from "./PostPanel.tsx";
import { PrintSheet } from "./PrintSheet.tsx";
import { AsOfDialog, TimeLine, useChangeDays } from "./TimeLine.tsx";
import { cardOf, everyNode, linesOf, openable, pathTo, speaksOf, standingOf, treeOf, type Chart, type OrgNode } from "./tree.ts";
import { UnitPanel } from "./UnitPanel.tsx";
import { useNarrow } from "./use-narrow.ts";
import css from "./OrganisationPage.module.css";

/** What the address says: the day whose structure is shown (today without one), and what is chosen, a post or `unit/…`. */
export type OrganisationSearch = { readonly pada?: string; readonly pilih?: string };

type Filter = "acting" | "vacant" | "ending";
const week = 7 * 86_400_000;

/** The organisation as one can look at it: picture or list, on any day, with what stands behind each card. */
export const OrganisationPage = ({ day, chosen }: { readonly day: string | undefined; readonly chosen: string | undefined }): ReactElement => {
  const navigate = useNavigate();
  const { zone } = useMe().tenant;
  const input = day === undefined ? {} : { at: endOfDay(day, zone) };
  // While another day is read, the one before stays: a slider that blinks cannot be followed.
  const chart = useQuery({ ...reading("organisation.chart", input), placeholderData: keepPreviousData });
  const go = (next: OrganisationSearch, replace = false): void => void navigate({ to: "/organisasi", search: { ...(day !== undefined && { pada: day }), ...(chosen !== undefined && { pilih: chosen }), ...next }, replace });
  if (chart.data === undefined) return chart.error === null ? <PageLoading /> : <PageProblem error={chart.error} onRetry={() => void chart.refetch()} />;
  return (
    <Loaded
      chart={chart.data}
      day={day}
      chosen={chosen}
      onDay={(next) => void navigate({ to: "/organisasi", search: { ...(next !== undefined && { pada: next }), ...(chosen !== undefined && { pilih: chosen }) }, replace: true })}
      onChoose={(id) => (id === undefined ? void navigate({ to: "/organisasi", search: day === undefined ? {} : { pada: day }, replace: true }) : go({ pilih: id }, true))}
    />
  );
};

type LoadedProps = { readonly chart: Chart; readonly day: string | undefined; readonly chosen: string | undefined; readonly onDay: (day: string | undefined) => void; readonly onChoose: (id: string | undefined) => void };

const Loaded = ({ chart, day, chosen, onDay, onChoose }: LoadedProps): ReactElement => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  const me = useMe();
  const navigate = useNavigate();
  const now = useNow();
  const isPhone = useNarrow("phone");
  const isNarrow = useNarrow("narrow");
  const [view, setView] = useState<"chart" | "list">("chart");
  const [act, setAct] = useState<Act | undefined>(undefined);
  const [isDating, setDating] = useState(false);
  const roots = useMemo(() => treeOf(chart), [chart]);
  const tree = useOpenTree(roots, chosen);
  const finding = useFinding(roots, now);
  const search = useRef<HTMLInputElement>(null);
  const days = useChangeDays(chart.changes);
  const mayEdit = me.acting.functions.includes("admin") && day === undefined;
  const mayMandate = day === undefined && me.acting.functions.some((name) => name === "leader" || name === "signer" || name === "admin");
  const today = dayOf(now, me.tenant.zone);

  const select = (node: OrgNode): void => onChoose(node.post === null ? `unit/${node.unit.id}` : node.post.id);
  const show = (key: string): void => tree.reveal(key);
  const goTo = (id: string): void => {
    const node = cardOf(roots, id.replace(/^unit\//, ""));
    onChoose(id);
    if (node !== undefined) show(node.key);
  };
  const jump = (step: number): void => {
    const key = finding.step(step);
    if (key !== undefined) show(key);
  };
  // What is searched for is brought into sight at a size one can read, also when the whole is shown so small that a mark on it says nothing.
  const firstFound = finding.text.trim().length >= 2 ? finding.hits[0] : undefined;
  const showFound = useEffectEvent((key: string) => show(key));
  useEffect(() => {
    if (firstFound !== undefined) showFound(firstFound);
  }, [firstFound]);
  const begin = (next: Act): void => (next.kind === "mandate" ? void navigate({ href: `/mandat?jabatan=${next.id}` }) : setAct(next));
  useShortcuts([{ keys: "/", says: words.search, group: words.help, run: () => search.current?.focus() }]);

  const open = useMemo(() => finding.marked === undefined ? tree.open : new Set([...tree.open, ...[...finding.marked].flatMap((key) => pathTo(roots, key) ?? [])]), [finding.marked, roots, tree.open]);
  const lines = useMemo(() => linesOf(roots, open), [roots, open]);
  const selected = chosen === undefined ? undefined : cardOf(roots, chosen.replace(/^unit\//, ""))?.key;
  const treeProps: TreeProps = { roots, lines, open, selected, marked: finding.marked, wanted: tree.wanted, wholes: tree.wholes, onToggle: tree.toggle, onSelect: select };
  const panel = chosen === undefined ? undefined : <ChosenPanel chosen={chosen} chart={chart} mayEdit={mayEdit} mayMandate={mayMandate} onClose={() => onChoose(undefined)} onGo={goTo} onAct={begin} />;
  const shownDate = day ?? today;

  return (
    <div className={cx(css["page"], panel === undefined && css["alone"])}>
      <div className={css["left"]}>
        <header className={css["head"]}>
          <h1>{words.title}</h1>
          <div className={css["tools"]}>
            <Button icon="calendar" iconAfter="down" onClick={() => setDating(true)}>{isPhone ? time.mediumDate(shownDate) : words.asOf.now(time.date(shownDate))}</Button>
            {!isPhone && <div className={css["views"]}><Segmented label={words.views.label} value={view} onChange={setView} options={[{ value: "chart", label: words.views.chart }, { value: "list", label: words.views.list }]} /></div>}
            <MoreMenu isPhone={isPhone} />
          </div>
        </header>
        <div className={css["filters"]}>
          <Search input={search} finding={finding} onJump={jump} />
          <FilterChips finding={finding} roots={roots} now={now} onJump={jump} />
        </div>
        {day !== undefined && (
          <p className={css["banner"]} role="status">
            <Icon name="history" size={18} />
            <span><b>{words.asOf.past(time.date(day))}.</b> {day > today ? words.asOf.comingNote : words.asOf.pastNote}</span>
            <Button size="small" onClick={() => onDay(undefined)}>{words.asOf.back}</Button>
          </p>
        )}
        {roots.length === 0 ? (
          <EmptyState drawing="tree" title={words.empty.title} acts={mayEdit ? <Button kind="primary" icon="plus" onClick={() => setAct({ kind: "newUnit", parentId: null })}>{words.empty.first}</Button> : undefined}>{day === undefined ? words.empty.sentence : words.empty.none}</EmptyState>
        ) : isPhone || view === "list" ? <OrgList {...treeProps} /> : <OrgChart {...treeProps} />}
        {!isPhone && (
          <footer className={css["foot"]}>
            <TimeLine days={days} day={day} onDay={onDay} />
            <Button size="small" onClick={tree.toggleAll}>{tree.isAllOpen ? words.collapseAll : words.expandAll}</Button>
          </footer>
        )}
      </div>
      {panel !== undefined && (isNarrow ? <Dialog isOpen isBare onPhone="full" width={520} title={words.title} onClose={() => onChoose(undefined)}><div className={css["sheet"]}>{panel}</div></Dialog> : panel)}
      {isDating && <AsOfDialog days={days} day={day} onDay={onDay} onClose={() => setDating(false)} />}
      {act !== undefined && <ActDialog act={act} chart={chart} onClose={() => setAct(undefined)} onMade={goTo} />}
      <PrintSheet title={me.tenant.name} note={words.asOf.past(time.date(shownDate))} roots={roots} />
    </div>
  );
};

/** The pages behind the chart, and the printer. */
const MoreMenu = ({ isPhone }: { readonly isPhone: boolean }): ReactElement | null => {
  const words = useOrganisationMessages();
  const { acting } = useMe();
  const navigate = useNavigate();
  const items: readonly MenuItem[] = [
    ...(acting.functions.some((name) => name === "admin" || name === "leader") ? [{ kind: "act", label: words.people, icon: "user", run: () => void navigate({ to: "/organisasi/orang" }) } as const] : []),
    ...(acting.functions.includes("admin") ? [{ kind: "act", label: words.exchange, icon: "table", run: () => void navigate({ to: "/organisasi/tukar" }) }, { kind: "act", label: words.policy, icon: "shield", run: () => void navigate({ to: "/organisasi/aturan" }) }] as const : []),
    ...(isPhone ? [] : [{ kind: "act", label: words.print, icon: "print", run: () => print() } as const]),
  ];
  return items.length === 0 ? null : <Menu label={words.moreActs} items={items} button={(given) => <IconButton {...given} label={words.moreActs} icon="more" kind="plain" />} />;
};

const ChosenPanel = ({ chosen, ...props }: Omit<PanelProps, "id"> & { readonly chosen: string }): ReactNode =>
  chosen.startsWith("unit/") ? <UnitPanel key={chosen} id={chosen.slice("unit/".length)} {...props} /> : <PostPanel key={chosen} id={chosen} {...props} />;

type Finding = {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly filter: Filter | undefined;
  readonly setFilter: (filter: Filter | undefined) => void;
  readonly hits: readonly string[];
  readonly at: number;
  /** Goes to the next hit; answers its key. */
  readonly step: (by: number) => string | undefined;
  readonly marked: ReadonlySet<string> | undefined;
};

const isIn = (node: OrgNode, filter: Filter, now: Date): boolean => {
  const standing = standingOf(node);
  const until = node.post?.holder?.until ?? null;
  return filter === "ending" ? until !== null && Date.parse(until) - now.getTime() <= week : standing === filter;
};

const useFinding = (roots: readonly OrgNode[], now: Date): Finding => {
  const [text, setText] = useState("");
  const [filter, setFilter] = useState<Filter | undefined>(undefined);
  const [at, setAt] = useState(-1);
  const asked = useDeferredValue(text.trim());
  const hits = useMemo(
    () => (asked.length < 2 && filter === undefined ? [] : everyNode(roots).filter((node) => (asked.length < 2 || speaksOf(node, asked)) && (filter === undefined || isIn(node, filter, now))).map((node) => node.key)),
    [asked, filter, now, roots],
  );
  const isOn = asked.length >= 2 || filter !== undefined;
  return {
    text,
    setText: (next) => { setText(next); setAt(-1); },
    filter,
    setFilter: (next) => { setFilter(next); setAt(-1); },
    hits,
    at: Math.min(at, hits.length - 1),
    step: (by) => {
      if (hits.length === 0) return undefined;
      const next = (Math.max(at, by < 0 ? 0 : -1) + by + hits.length) % hits.length;
      setAt(next);
      return hits[next];
    },
    marked: useMemo(() => (isOn ? new Set(hits) : undefined), [hits, isOn]),
  };
};

const Search = ({ input, finding, onJump }: { readonly input: RefObject<HTMLInputElement | null>; readonly finding: Finding; readonly onJump: (step: number) => void }): ReactElement => {
  const words = useOrganisationMessages();
  const isAsking = finding.text.trim().length >= 2;
  return (
    <SearchBox
      label={words.search}
      ref={input}
      value={finding.text}
      onChange={(event) => finding.setText(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") {
          event.preventDefault();
          onJump(event.shiftKey ? -1 : 1);
        }
        if (event.key === "Escape") finding.setText("");
      }}
    >
      <span role="status">{isAsking ? words.found(finding.at + 1 === 0 ? Math.min(1, finding.hits.length) : finding.at + 1, finding.hits.length) : ""}</span>
      {isAsking && finding.hits.length > 1 && <IconButton label={words.next} icon="down" size="small" onClick={() => onJump(1)} />}
    </SearchBox>
  );
};

const FilterChips = ({ finding, roots, now, onJump }: { readonly finding: Finding; readonly roots: readonly OrgNode[]; readonly now: Date; readonly onJump: (step: number) => void }): ReactElement => {
  const words = useOrganisationMessages();
  const nodes = useMemo(() => everyNode(roots), [roots]);
  const chips = (["acting", "vacant", "ending"] as const).map((filter) => ({ filter, count: nodes.filter((node) => isIn(node, filter, now)).length }));
  return (
    <div className={css["chips"]} role="group" aria-label={words.filters.label}>
      {chips.map(({ filter, count }) => (
        <button key={filter} type="button" aria-pressed={finding.filter === filter} onClick={() => { finding.setFilter(finding.filter === filter ? undefined : filter); if (finding.filter === filter) onJump(0); }}>
          <i aria-hidden="true" className={css[filter]} />
          {words.filters[filter]} <b>{count}</b>
        </button>
      ))}
    </div>
  );
};

/** Which cards show what is below them: at first the top, and always the way to what is chosen. */
const useOpenTree = (roots: readonly OrgNode[], chosen: string | undefined) => {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set(roots.map((root) => root.key)));
  const [wanted, setWanted] = useState<{ readonly key: string } | undefined>(undefined);
  const [wholes, setWholes] = useState(0);
  const all = useMemo(() => openable(roots), [roots]);
  const isAllOpen = [...all].every((key) => open.has(key));
  // Something new is chosen before the chart that holds it has come: it is shown once it is there.
  const revealed = useRef<string | undefined>(undefined);
  useEffect(() => {
    const card = chosen === undefined || revealed.current === chosen ? undefined : cardOf(roots, chosen.replace(/^unit\//, ""));
    if (card === undefined) return;
    const isFirst = revealed.current === undefined;
    revealed.current = chosen;
    const path = pathTo(roots, card.key) ?? [];
    if (!isFirst && path.every((key) => open.has(key))) return;
    setOpen((before) => new Set([...before, ...path]));
    setWanted({ key: card.key });
  }, [chosen, open, roots]);
  return {
    open,
    wanted,
    wholes,
    isAllOpen,
    toggle: (key: string, isOpen: boolean) => setOpen((before) => (isOpen ? new Set([...before, key]) : new Set([...before].filter((each) => each !== key)))),
    toggleAll: () => {
      setOpen(isAllOpen ? new Set(roots.map((root) => root.key)) : all);
      setWholes(wholes + 1);
    },
    reveal: (key: string) => {
      setOpen((before) => new Set([...before, ...(pathTo(roots, key) ?? [])]));
      setWanted({ key });
    },
  };
};
