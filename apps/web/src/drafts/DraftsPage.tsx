import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useMessages } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { usePages } from "../kernel/pages.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { FilterPills, ListPage, RowFact, RowName } from "../ui/ListPage.tsx";
import { SelectionBar } from "../ui/SelectionBar.tsx";
import { Chip } from "../ui/Small.tsx";
import { useRowKeys } from "../ui/use-row-keys.ts";
import type { DraftRow, DraftStatus } from "./draft-view.ts";
import { useDraftMessages } from "./messages.ts";
import { SignMany } from "./SignMany.tsx";
import { useManyParaf } from "./use-many-paraf.ts";
import type { Chosen } from "./use-sitting.ts";
import css from "./List.module.css";

const groups = { all: "", mine: "konsep,perbaikan", running: "paraf,menunggu_ttd,beku", done: "ditandatangani,terkirim,diberkaskan" } as const;

type Group = keyof typeof groups;

const groupNames = ["all", "mine", "running", "done"] as const satisfies readonly Group[];

const icons = { konsep: "pen", perbaikan: "undo", paraf: "paraf", menunggu_ttd: "fingerprint", beku: "fingerprint", ditandatangani: "audit", terkirim: "send", diberkaskan: "archive", dibatalkan: "close" } as const satisfies Record<DraftStatus, IconName>;

const toneOf = (status: DraftStatus): "plain" | "leaf" | "gold" | "soon" => (status === "ditandatangani" || status === "terkirim" || status === "diberkaskan" ? "gold" : status === "perbaikan" ? "soon" : status === "konsep" || status === "dibatalkan" ? "plain" : "leaf");

/** Naskah Keluar: what the person writes, initials or signs. Those that wait for this post's paraf or signature can be dealt with together. */
export const DraftsPage = (): ReactElement => {
  const words = useDraftMessages();
  const navigate = useNavigate();
  const me = useMe();
  const [group, setGroup] = useState<Group>("all");
  const many = useManyParaf();
  const [toSign, setToSign] = useState<readonly Chosen[]>([]);
  const [isSigning, setSigning] = useState(false);
  const input = groups[group] === "" ? {} : { status: groups[group] };
  const pages = usePages(keyOf("drafts.list", input), (page, signal) => call("drafts.list", { ...input, ...page }, { signal }), { keepsRows: true });
  const isMine = (row: DraftRow): boolean => row.turn === me.acting.title;
  /** What may be done with the row together with others; once something is chosen, only its like. */
  const pickOf = (row: DraftRow): (() => void) | undefined => {
    if (row.status === "paraf" && isMine(row) && toSign.length === 0) return () => many.pick(row);
    if ((row.status === "menunggu_ttd" || row.status === "beku") && isMine(row) && many.picked.length === 0) return () => setToSign(toSign.some(({ id }) => id === row.id) ? toSign.filter(({ id }) => id !== row.id) : [...toSign, { id: row.id, title: row.subject === "" ? words.list.untitled(row.type) : row.subject }]);
    return undefined;
  };
  const isPicked = (row: DraftRow): boolean => many.picked.some((each) => each.id === row.id) || toSign.some((each) => each.id === row.id);
  const { at, setAt } = useRowKeys(words.title, pages.rows, (row) => void navigate({ href: `/naskah/${row.id}` }), [
    { keys: "x", says: words.list.pick, run: (row) => row !== undefined && pickOf(row)?.() },
    { keys: "p", says: words.approve, run: () => (toSign.length > 0 ? setSigning(true) : many.run()) },
  ]);
  if (pages.error !== null) return <PageProblem error={pages.error} onRetry={pages.retry} />;
  const create = <ButtonLink kind="primary" icon="plus" href="/naskah/baru" keys={["C"]}>{words.create}</ButtonLink>;
  return (
    <>
      <ListPage
        title={words.title}
        note={<span className={css["lead"]}>{words.lead}</span>}
        acts={create}
        tools={<FilterPills label={words.title} chosen={group} options={groupNames.map((value) => ({ value, label: words.filters[value] }))} onChoose={(next) => { setGroup(next); setAt(0); }} />}
        pages={pages}
        empty={<EmptyState drawing="letter" title={words.empty} acts={create}>{words.emptyNext}</EmptyState>}
        foot={many.progress !== undefined ? (
          <SelectionBar phase={many.progress.isRunning ? "running" : "finished"} title={many.progress.title} results={many.progress.results} onStop={many.stop} onClose={many.close} />
        ) : toSign.length > 0 ? (
          <SelectionBar phase="choosing" count={toSign.length} note={words.list.toSign} act={{ label: words.many.title(toSign.length), icon: "fingerprint", key: "P", run: () => setSigning(true) }} onClear={() => setToSign([])} />
        ) : many.picked.length > 0 && (
          <SelectionBar phase="choosing" count={many.picked.length} note={words.list.sameKind} act={{ label: words.list.parafAll(many.picked.length), icon: "paraf", key: "P", run: many.run }} onClear={many.clear} />
        )}
      >
        {pages.rows.map((row, index) => <OneRow key={row.id} row={row} isCurrent={index === at} isPicked={isPicked(row)} onPick={pickOf(row)} onPoint={() => setAt(index)} />)}
      </ListPage>
      {isSigning && <SignMany chosen={toSign} onClose={() => { setSigning(false); setToSign([]); }} />}
    </>
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
    <li className={css["item"]} aria-current={isCurrent || undefined} onPointerEnter={onPoint}>
      {onPick === undefined ? <span className={css["pick"]}>{tile}</span> : (
        <label className={css["pick"]}>
          <input type="checkbox" checked={isPicked} aria-label={list.select(title)} onChange={onPick} />
          {tile}
        </label>
      )}
      <Anchor href={`/naskah/${row.id}`} className={css["row"]}>
        <RowName title={title} note={[row.type, row.to].filter((part) => part !== "").join(" · ")} />
        <RowFact isSpare>{row.number ?? ""}</RowFact>
        <RowFact>{row.turn === null ? row.drafter : words.turn(row.turn)}</RowFact>
        <RowFact isSpare>{time.stamp(row.changed, now)}</RowFact>
        <span className={css["state"]}><Chip tone={toneOf(row.status)}>{words.status[row.status]}</Chip></span>
      </Anchor>
    </li>
  );
};
