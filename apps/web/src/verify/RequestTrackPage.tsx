import { useParams } from "@tanstack/react-router";
import { useEffect, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useLanguage } from "../kernel/catalog/index.ts";
import { useNow } from "../kernel/clock.ts";
import { useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { sizeWords, type TimeWords } from "../kernel/time.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import css from "./Open.module.css";
import { useOpenMessages, useZoneWords } from "./messages.ts";
import { OpenFrame, OpenProblem } from "./OpenFrame.tsx";

type Tracked = ResultOf<"open.request">;
type Station = Tracked["steps"][number];

/** `/lacak/:token`: where a resident's letter is, at whose desk, and the letter when it is ready. The link may be passed on, so that the applicant is not named. */
export const RequestTrackPage = (): ReactElement => {
  const words = useOpenMessages();
  const { token = "" } = useParams({ strict: false });
  const answer = useRead("open.request", { token });
  const now = useNow();
  const { refetch } = answer;
  const isMoving = answer.data !== undefined && answer.data.status < 4;
  useEffect(() => {
    if (isMoving && document.visibilityState === "visible") void refetch(); // each minute that somebody looks, and when he comes back
  }, [now, isMoving, refetch]);
  const time = useZoneWords(answer.data?.zone);
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <OpenProblem error={answer.error} missing={words.frame.lostRequest} onRetry={() => void refetch()} />;
  const seen = time.when(new Date(answer.dataUpdatedAt), now);
  const foot = (
    <>
      <span>{answer.error === null ? words.request.state(`${seen} ${time.zone}`) : words.request.offline(seen)}</span>
      <Button kind="link" icon="reload" isBusy={answer.isFetching} onClick={() => void refetch()}>{words.request.reload}</Button>
    </>
  );
  const { data } = answer;
  return (
    <OpenFrame title={/^desa/i.test(data.government) ? `Pemerintah ${data.government}` : data.government} owner={[...data.above].reverse().map((line) => line.replace(/^Pemerintah /, "")).join(", ")} foot={foot} isNarrow>
      <Standing data={data} token={token} time={time} now={now} />
      <ol className={css["path"]}>
        {data.steps.map((station, index) => <OneStation key={station.kind + String(index)} station={station} isBack={data.status === 0} time={time} now={now} />)}
      </ol>
      <WhatNow data={data} />
      <p className={css["free"]}><b>{words.request.free}</b> {words.request.freeNote}</p>
    </OpenFrame>
  );
};

type Keyed = keyof ReturnType<typeof useOpenMessages>["request"]["headline"];
const keyOf = (status: number): Keyed => (status === 0 || status === 1 || status === 3 || status === 4 || status === 5 ? status : 2);

const Standing = ({ data, token, time, now }: { readonly data: Tracked; readonly token: string; readonly time: TimeWords; readonly now: Date }): ReactElement => {
  const words = useOpenMessages();
  const language = useLanguage();
  const present = data.steps.find((station) => station.state === "sekarang");
  const isAtDesk = present !== undefined && (present.kind === "paraf" || present.kind === "tanda_tangan");
  const lastDone = data.steps.findLast((station) => station.state === "selesai" && station.at !== null)?.at ?? data.since;
  return (
    <>
      <p className={css["kind"]}>{data.service}{data.letter !== null && ` · ${data.letter.number}`}</p>
      <h1 className={css["sentence"]}>{isAtDesk && present.post !== null ? words.request.atDesk(present.post) : words.request.headline[keyOf(data.status)]}</h1>
      <p className={css["quiet"]}>{isAtDesk ? words.request.since(words.request.waits[present.kind === "paraf" ? "paraf" : "tanda_tangan"], present.person, time.when(lastDone, now)) : words.request.sinceDay(time.when(data.since, now))}</p>
      {data.reason !== null && <p className={css["reason"]}><Icon name="comment" size={24} /><span><b>{words.request.reason}</b>{data.reason}</span></p>}
      {data.letter !== null && (
        <div className={css["get"]}>
          <ButtonLink href={address("open.requestFile", { token })} download="" kind="primary" size="big" isWide icon="download">{words.request.download(sizeWords(data.letter.size, language))}</ButtonLink>
          <a className={css["plainLink"]} href={data.letter.verificationUrl}>{words.verify}</a>
        </div>
      )}
    </>
  );
};

const OneStation = ({ station, isBack, time, now }: { readonly station: Station; readonly isBack: boolean; readonly time: TimeWords; readonly now: Date }): ReactElement => {
  const { request: words } = useOpenMessages();
  const isNow = station.state === "sekarang";
  const title = isNow && isBack ? words.incomplete : isNow ? words.present[station.kind] : words.stations[station.kind];
  const who = [station.person, station.post].filter((part) => part !== null).join(", ");
  const note = [who, station.at === null ? "" : time.stamp(station.at, now)].filter((part) => part !== "").join(". ");
  return (
    <li data-state={station.state} aria-current={isNow ? "step" : undefined}>
      <span className={css["mark"]}>{station.state === "selesai" && <Icon name="check" size={18} />}<span className="vh">{words.states[station.state]}: </span></span>
      <div>
        <h2>{title}</h2>
        {note !== "" && !(isNow && isBack) && <p>{note}</p>}
        {station.kind === "siap" && station.state !== "selesai" && <p>{words.here}</p>}
      </div>
    </li>
  );
};

const WhatNow = ({ data }: { readonly data: Tracked }): ReactElement => {
  const { request: words } = useOpenMessages();
  const isAtCounter = data.status === 0 || data.status === 3 || data.status === 5;
  return (
    <section className={css["next"]}>
      <h2>{words.todo[keyOf(data.status)]}</h2>
      <p className={css["quiet"]}>{words.todoNote[keyOf(data.status)]}</p>
      {isAtCounter && data.address.length > 0 && <address>{words.counter}: {data.address.join(" · ")}</address>}
    </section>
  );
};
