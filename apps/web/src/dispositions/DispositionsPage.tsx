import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { usePages } from "../kernel/pages.ts";
import { keyOf } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { FilterPills, ListPage, RowName } from "../ui/ListPage.tsx";
import { Chip, DeadlineRing, Segmented } from "../ui/Small.tsx";
import { useRowKeys } from "../ui/use-row-keys.ts";
import { useDispositionMessages } from "./messages.ts";
import css from "./DispositionsPage.module.css";

type Scope = "received" | "given";
type Row = ResultOf<"dispositions.list">["items"][number];

/** Disposisi that my post received or gave, with their state and deadline; each opens the letter it belongs to. */
export const DispositionsPage = (): ReactElement => {
  const words = useDispositionMessages();
  const navigate = useNavigate();
  const [scope, setScope] = useState<Scope>("received");
  const [state, setState] = useState<"open" | "all">("open");
  const input = { scope, ...(state === "open" && { open: "1" as const }) };
  const pages = usePages(keyOf("dispositions.list", input), (page, signal) => call("dispositions.list", { ...input, ...page }, { signal }));
  const { at, setAt } = useRowKeys(words.help, pages.rows, (row) => void navigate({ href: `/surat/${row.letterId}` }));
  if (pages.error !== null) return <PageProblem error={pages.error} onRetry={pages.retry} />;
  const late = pages.rows.filter(isLate).length;
  return (
    <ListPage
      title={words.title}
      note={late > 0 ? <b>{words.lateCount(late)}</b> : words.shown(pages.rows.length)}
      tools={
        <>
          <div className={css["scope"]}>
            <Segmented label={words.which} value={scope} onChange={(next) => { setScope(next); setAt(0); }} options={[{ value: "received", label: words.received }, { value: "given", label: words.given }]} />
          </div>
          <FilterPills label={words.which} chosen={state} options={[{ value: "open", label: words.open }, { value: "all", label: words.all }]} onChoose={(next) => { setState(next); setAt(0); }} />
        </>
      }
      pages={pages}
      empty={<EmptyState drawing="tree" title={scope === "received" ? words.emptyReceived : words.emptyGiven}>{scope === "received" ? words.emptyReceivedNext : words.emptyGivenNext}</EmptyState>}
    >
      {pages.rows.map((row, index) => <OneRow key={row.id} row={row} scope={scope} isCurrent={index === at} onPoint={() => setAt(index)} />)}
    </ListPage>
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
      <Anchor href={`/surat/${row.letterId}`} className={css["row"]}>
        <RowName title={row.subject} note={<>{scope === "received" ? words.from(row.from) : words.to(row.to)} · {time.stamp(row.given, now)}</>} />
        <span className={css["flag"]}>{row.responsible && <Chip icon="flag">{words.responsible}</Chip>}</span>
        <span className={css["state"]}>
          {hasDeadline && row.due !== null && <DeadlineRing deadline={time.deadline(row.due, now, row.given)} />}
          <small data-state={row.status}>{words.status[row.status]}</small>
        </span>
      </Anchor>
    </li>
  );
};
