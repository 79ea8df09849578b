import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { useShortcuts } from "../kernel/keys.ts";
import { notify } from "../kernel/notices.ts";
import { keyOf, useAgainWhile, useCommand, useRead } from "../kernel/queries.ts";
import { usePages } from "../kernel/pages.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { FlagPane } from "./FlagPane.tsx";
import { IntegrityPage } from "./IntegrityPage.tsx";
import { LogCard, LogLine } from "./LogCard.tsx";
import { MandateLine, RoomFrame, UnderMandate } from "./RoomFrame.tsx";
import { useRoomMessages } from "./room-messages.ts";
import { SampleCards } from "./SampleCards.tsx";
import css from "./Room.module.css";

/** `/pengawasan?hal=`: the inspector's room; whoever looks after the system sees the state of the record. */
export const RoomPage = (): ReactElement => {
  const words = useRoomMessages();
  const isInspector = useMe().acting.functions.includes("inspector");
  if (!isInspector) return <IntegrityPage />;
  return (
    <RoomFrame title={words.title} lead={<MandateLine />} acts={<ButtonLink href="/pengawasan/jejak" icon="search">{words.places.trail}</ButtonLink>}>
      <LogLine />
      <UnderMandate otherwise={<LogCard />}>{() => <Room />}</UnderMandate>
    </RoomFrame>
  );
};

type Flag = ResultOf<"flags.list">["items"][number];
type Status = Flag["status"];

const Room = (): ReactElement => {
  const { hal } = useSearch({ from: "/shell/pengawasan" });
  const words = useRoomMessages().flags;
  return (
    <div className={css["cols"]} data-open={hal !== undefined}>
      <Flags current={hal} />
      <div className={css["pane"]}>
        {hal === undefined ? <section className={css["card"]}><EmptyState drawing="search" title={words.choose}>{words.chooseLead}</EmptyState></section> : <FlagPane key={hal} id={hal} />}
      </div>
      <aside className={css["side"]}>
        <LogCard />
        <SampleCards />
      </aside>
    </div>
  );
};

const Flags = ({ current }: { readonly current: string | undefined }): ReactElement => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  const now = useNow();
  const navigate = useNavigate();
  const [isAll, setAll] = useState(false);
  const answer = useRead("flags.list", { limit: 1 });
  const groups = [{ status: "perlu_dijelaskan", pages: useGroup("perlu_dijelaskan", true) }, { status: "dijawab", pages: useGroup("dijawab", true) }, { status: "menunggu_jawaban", pages: useGroup("menunggu_jawaban", true) }] as const;
  const clear = useGroup("sudah_jelas", isAll);
  const client = useQueryClient();
  const run = useCommand("flags.run", { outdates: ["flags.list"] });
  const running = answer.data?.running ?? null;
  const isRunning = running?.step === "menunggu" || running?.step === "mencari";
  useAgainWhile(isRunning, "flags.list", () => {
    void client.invalidateQueries({ queryKey: keyOf("flags.list") });
    if (running?.step === "selesai") notify("done", words.ran(running.raised, running.lapsed));
  });
  const rows = groups.flatMap(({ pages }) => pages.rows);
  const step = (by: number): void => {
    const next = rows[rows.findIndex((row) => row.id === current) + by] ?? (by > 0 ? rows[0] : rows.at(-1));
    if (next !== undefined) void navigate({ to: "/pengawasan", search: { hal: next.id } });
  };
  useShortcuts([
    { keys: "j", says: words.nextOne, group: words.title, run: () => step(1) },
    { keys: "k", says: words.previousOne, group: words.title, run: () => step(-1) },
  ]);
  const problem = groups.map(({ pages }) => pages.error).find((error) => error !== null) ?? answer.error;
  if (answer.data === undefined) return problem === null ? <PageLoading /> : <PageProblem error={problem} onRetry={() => void answer.refetch()} />;
  const { counts, last, may } = answer.data;
  return (
    <section className={css["flags"]} aria-label={words.title}>
      <h2>{words.title}</h2>
      {groups.every(({ status }) => counts[status] === 0) && <p className={css["quiet"]}>{words.none}. {words.noneLead}</p>}
      {groups.map(({ status, pages }) => counts[status] > 0 && <Group key={status} status={status} count={counts[status]} pages={pages} current={current} />)}
      {counts.sudah_jelas > 0 && (isAll ? <Group status="sudah_jelas" count={counts.sudah_jelas} pages={clear} current={current} /> : <p className={css["group"]}><span>{words.groups.sudah_jelas}</span><b>{counts.sudah_jelas}</b></p>)}
      {counts.sudah_jelas > 0 && <p><Button kind="link" onClick={() => setAll(!isAll)}>{isAll ? words.hideClosed : words.showClosed(counts.sudah_jelas)}</Button></p>}
      <p className={css["note"]}>{last === null ? words.neverRun : words.last(time.when(last.at, now))}</p>
      <div role="status">
        {running !== null && isRunning && <p className={css["note"]}><Chip tone="acting">{running.step === "menunggu" ? words.waiting : words.searching(running.done, running.of)}</Chip> {words.askedBy(running.by, time.when(running.asked, now))}</p>}
        {running?.step === "gagal" && <p className={css["note"]}><Chip tone="late">{words.failed}</Chip></p>}
      </div>
      {may.includes("run") && <Button size="small" icon="reload" isBusy={run.isPending || isRunning} onClick={() => run.mutate({})}>{words.run}</Button>}
      <Fault error={run.error} />
    </section>
  );
};

const useGroup = (status: Status, isOn: boolean) => usePages<Flag>(keyOf("flags.list", { status, isOn }), (page, signal) => (isOn ? call("flags.list", { status, ...page }, { signal }) : Promise.resolve({ items: [], next: null })));

const Group = ({ status, count, pages, current }: { readonly status: Status; readonly count: number; readonly pages: ReturnType<typeof useGroup>; readonly current: string | undefined }): ReactElement => {
  const words = useRoomMessages().flags;
  return (
    <>
      <h3 className={css["group"]}><span>{words.groups[status]}</span><b>{count}</b></h3>
      <ul>{pages.rows.map((flag) => <li key={flag.id}><FlagRow flag={flag} isCurrent={flag.id === current} /></li>)}</ul>
      {pages.more !== undefined && <p><Button size="small" isBusy={pages.more.isBusy} onClick={pages.more.run}>{words.more}</Button></p>}
    </>
  );
};

const FlagRow = ({ flag, isCurrent }: { readonly flag: Flag; readonly isCurrent: boolean }): ReactElement => {
  const words = useRoomMessages().flags;
  const time = useTimeWords();
  const day = (moment: string): string => time.mediumDate(moment).replace(/ \d{4}$/, "");
  const side = flag.status === "menunggu_jawaban" && flag.asked !== null ? (flag.asked.late ? words.late(day(flag.asked.due)) : words.until(day(flag.asked.due))) : day(flag.at);
  return (
    <Anchor className={css["flag"]} href={`/pengawasan?hal=${flag.id}`} {...(isCurrent && { "aria-current": "true" as const })}>
      <span className={css["dot"]} data-status={flag.status} aria-hidden="true" />
      <b>{flag.title[time.language]}</b>
      <span><span>{flag.about[time.language]}</span><span>{side}</span></span>
    </Anchor>
  );
};
