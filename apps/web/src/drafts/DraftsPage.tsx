import { letterTypes } from "@lontar/naskah";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { keyOf, useCommand } from "../kernel/queries.ts";
import { call } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Page, Row, Rows } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, Segmented } from "../ui/Small.tsx";
import { useDraftMessages } from "./messages.ts";
import css from "./Draft.module.css";

const groups = { all: "", mine: "konsep,perbaikan", running: "paraf,menunggu_ttd,beku", done: "ditandatangani,terkirim,diberkaskan" } as const;

/** Outgoing letters that the person writes, initials or signs. */
export const DraftsPage = (): ReactElement => {
  const words = useDraftMessages();
  const time = useTimeWords();
  const now = useNow();
  const [group, setGroup] = useState<keyof typeof groups>("all");
  const input = groups[group] === "" ? {} : { status: groups[group] };
  const answer = useInfiniteQuery({
    queryKey: [...keyOf("drafts.list", input), "pages"],
    queryFn: ({ pageParam, signal }) => call("drafts.list", { ...input, limit: 40, ...(pageParam !== undefined && { cursor: pageParam }) }, { signal }),
    initialPageParam: undefined as string | undefined, // the first page has no cursor; the type of the rest cannot be inferred from it
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = (answer.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <Page title={words.title} note={words.lead} acts={<ButtonLink kind="primary" icon="plus" href="/naskah/baru">{words.create}</ButtonLink>}>
      <Segmented label={words.title} value={group} onChange={setGroup} options={[{ value: "all", label: words.filters.all }, { value: "mine", label: words.filters.mine }, { value: "running", label: words.filters.running }, { value: "done", label: words.filters.done }]} />
      {answer.data === undefined && (answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />)}
      {answer.data !== undefined && rows.length === 0 && <EmptyState drawing="letter" title={words.empty}>{words.emptyNext}</EmptyState>}
      <Rows>
        {rows.map((row) => (
          <Row key={row.id} href={`/naskah/${row.id}`} title={row.subject === "" ? row.type : row.subject} note={[row.type, row.number ?? "", row.to, row.turn === null ? "" : words.turn(row.turn)].filter((part) => part !== "").join(" · ")} side={<>{time.when(row.changed, now)} <Chip tone={row.status === "ditandatangani" || row.status === "terkirim" ? "gold" : row.status === "perbaikan" ? "soon" : "plain"}>{words.status[row.status]}</Chip></>} />
        ))}
      </Rows>
      {answer.hasNextPage && <Button onClick={() => void answer.fetchNextPage()} isBusy={answer.isFetchingNextPage}>…</Button>}
    </Page>
  );
};

/** The gallery of letter types of this kind of government. */
export const NewDraftPage = (): ReactElement => {
  const words = useDraftMessages();
  const navigate = useNavigate();
  const { tenant } = useMe();
  const create = useCommand("drafts.create", { outdates: ["drafts.list", "desk.list"], onDone: (made) => void navigate({ href: `/naskah/${made.id}` }) });
  return (
    <Page title={words.choose} note={words.chooseLead}>
      <div className={css["gallery"]}>
        {letterTypes.filter((type) => (tenant.kind === "desa") || type.level === "kabupaten").map((type) => (
          <button key={type.code} type="button" className={css["card"]} disabled={create.isPending} onClick={() => create.mutate({ id: uuidv7(), type: type.code, replyTo: null })}>
            <i className={css["sheet"]} aria-hidden="true" />
            <b>{type.title}</b>
            <span>{type.purpose}</span>
          </button>
        ))}
      </div>
      <Fault error={create.error} />
    </Page>
  );
};
