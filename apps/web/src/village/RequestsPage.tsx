import { useDeferredValue, useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { useRead } from "../kernel/queries.ts";
import { useTimeWords, useTypedTextShelf } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Page, Row, Rows } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useVillageMessages } from "./messages.ts";
import { NewRequest, newRequestKey } from "./NewRequest.tsx";
import css from "./Village.module.css";

const tones = ["soon", "leaf", "acting", "gold", "plain", "plain"] as const;
const limit = 100;

/** The counter: requests of residents, and entering a new one. */
export const RequestsPage = (): ReactElement => {
  const words = useVillageMessages();
  const time = useTimeWords();
  const now = useNow();
  const shelf = useTypedTextShelf();
  const [status, setStatus] = useState("");
  const [name, setName] = useState("");
  const [isEntering, setEntering] = useState(() => shelf.find(newRequestKey) !== undefined); // what was begun before the tab closed goes on
  const q = useDeferredValue(name.trim());
  const answer = useRead("village.list", { limit, ...(status !== "" && { status }), ...(q !== "" && { q }) });
  const all = useRead("village.list", { limit: 1, ...(q !== "" && { q }) });
  const counts = all.data?.counts ?? [];
  const total = counts.reduce((sum, { requests }) => sum + requests, 0);
  const isFiltered = status !== "" || q !== "";
  return (
    <Page title={words.title} note={words.lead} acts={<Button kind="primary" icon="plus" onClick={() => setEntering(true)} disabled={isEntering}>{words.create}</Button>}>
      {isEntering && <NewRequest onClose={() => setEntering(false)} />}
      {(total > 0 || isFiltered) && (
        <div className={css["tools"]}>
          <div className={css["find"]}><input type="search" aria-label={words.find} placeholder={words.find} value={name} maxLength={100} onChange={(event) => setName(event.target.value)} /></div>
          <div className={css["filters"]} role="group" aria-label={words.title}>
            {[{ value: "", label: words.all, requests: total }, ...counts.map(({ status: step, requests }) => ({ value: String(step), label: words.status[step] ?? "", requests }))].map((filter) => (
              <button key={filter.value} type="button" aria-pressed={filter.value === status} onClick={() => setStatus(filter.value)}>{filter.label} <span>{filter.requests}</span></button>
            ))}
          </div>
        </div>
      )}
      {answer.data === undefined && (answer.error === null ? <PageLoading /> : <PageProblem isPart error={answer.error} onRetry={() => void answer.refetch()} />)}
      {answer.data?.items.length === 0 && !isEntering && (isFiltered ? <EmptyState drawing="search" title={words.noneFound}>{words.noneFoundNext}</EmptyState> : <EmptyState drawing="desk" title={words.empty}>{words.emptyNext}</EmptyState>)}
      <Rows>
        {answer.data?.items.map((request) => (
          <Row key={request.id} href={`/layanan/${request.id}`} title={request.applicant} note={`${request.service}${request.number === null ? "" : ` · ${request.number}`} · ${time.stamp(request.at, now)}`} side={<Chip tone={tones[request.status] ?? "plain"}>{words.status[request.status]}</Chip>} />
        ))}
      </Rows>
      {answer.data?.next != null && <p>{words.more}</p>}
    </Page>
  );
};
