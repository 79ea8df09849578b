import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { Menu, type MenuItem } from "../ui/Menu.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { lastDay } from "./card-words.ts";
import { changesTheChart, type Act } from "./acts.ts";
import { useOrganisationMessages } from "./messages.ts";
import { DecreeLink, PanelFrame, Part, Periods, useSpanWords } from "./Panel.tsx";
import type { Chart, ChartPost } from "./tree.ts";
import css from "./Panel.module.css";

type History = ResultOf<"organisation.post">;
type Holder = NonNullable<ChartPost["holder"]>;

/** What a panel knows of the page around it. */
export type PanelProps = {
  readonly id: string;
  readonly chart: Chart;
  readonly mayEdit: boolean;
  readonly mayMandate: boolean;
  readonly onClose: () => void;
  readonly onGo: (id: string) => void;
  readonly onAct: (act: Act) => void;
};

/** A post: who holds it, what waits on its desk, who held it, and what it was called. */
export const PostPanel = ({ id, chart, mayEdit, mayMandate, onClose, onGo, onAct }: PanelProps): ReactElement => {
  const words = useOrganisationMessages();
  const history = useRead("organisation.post", { id });
  const withdraw = useCommand("organisation.withdrawPost", { outdates: changesTheChart, onDone: () => void notify("done", words.acts.withdrawn) });
  const post = chart.posts.find((each) => each.id === id);
  const unit = chart.units.find((each) => each.id === post?.unitId);
  const last = history.data?.periods.findLast((period) => period.facts !== null)?.facts ?? undefined;
  const title = post?.title ?? last?.title ?? "";
  const holding = post?.holder ?? null;
  const items: readonly MenuItem[] = [
    { kind: "act", label: words.acts.editPost, icon: "pen", run: () => onAct({ kind: "editPost", id }) },
    { kind: "act", label: words.acts.newPostBelow, icon: "plus", run: () => onAct({ kind: "newPost", unitId: post?.unitId ?? null, superiorId: id }) },
    ...(holding !== null && (holding.kind === "definitif" || holding.kind === "pj") ? [{ kind: "act", label: words.acts.endHolding, icon: "signOut", run: () => onAct({ kind: "endHolding", holdingId: holding.holdingId, name: holding.name }) } as const] : []),
    { kind: "line" },
    { kind: "act", label: words.acts.closePost, icon: "trash", isDangerous: true, run: () => onAct({ kind: "closePost", id, title }) },
  ];
  return (
    <PanelFrame
      eyebrow={unit?.name ?? ""}
      title={title}
      onClose={onClose}
      acts={mayEdit || mayMandate ? (
        <>
          {mayEdit ? <Button kind="primary" icon="user" onClick={() => onAct({ kind: "appoint", id, title })}>{words.acts.appoint}</Button> : <ButtonLink kind="primary" icon="user" href={`/mandat?jabatan=${id}`}>{words.acts.mandate}</ButtonLink>}
          {mayEdit && <Menu label={words.acts.more} side="above" items={[...(mayMandate ? [{ kind: "act", label: words.acts.mandate, icon: "user", run: () => onAct({ kind: "mandate", id }) } as const] : []), ...items]} button={(given) => <Button {...given} iconAfter="down">{words.acts.more}</Button>} />}
        </>
      ) : undefined}
    >
      {post !== undefined && <Holders post={post} />}
      {post !== undefined && <PostFacts post={post} chart={chart} onGo={onGo} />}
      {history.data === undefined ? history.error === null ? <PageLoading /> : <PageProblem error={history.error} onRetry={() => void history.refetch()} /> : (
        <>
          <HolderStory holders={history.data.holders} />
          <Periods title={words.panel.periods} periods={history.data.periods} isBusy={withdraw.isPending} onWithdraw={mayEdit ? (since) => withdraw.mutate({ id, since }) : undefined} />
          <Fault error={withdraw.error} />
        </>
      )}
    </PanelFrame>
  );
};

const Holders = ({ post }: { readonly post: ChartPost }): ReactElement => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  const line = (holder: Holder): string => [holder.until === null ? words.panel.since(time.mediumDate(holder.since)) : words.panel.until(lastDay(holder.until, time)), ...(holder.basis === null ? [] : [words.panel.basis(holder.basis)])].join(", ");
  return (
    <section className={css["holders"]} aria-label={words.panel.holders}>
      {post.holder === null ? <p className={css["nobody"]}><PostAvatar name={post.title} kind="vacant" />{post.superiorId === null ? words.panel.nobodyTop : words.panel.nobody}</p> : (
        <div className={cx(css["holder"], post.holder.kind !== "definitif" && css["acts"])}>
          <PostAvatar name={post.holder.name} kind={post.holder.kind === "definitif" ? "person" : "acting"} />
          <div><b>{post.holder.name}</b><small>{line(post.holder)}</small></div>
          <Chip tone={post.holder.kind === "definitif" ? "plain" : "acting"}>{words.kinds[post.holder.kind]}</Chip>
        </div>
      )}
      {post.aside !== null && (
        <div className={css["holder"]}>
          <PostAvatar name={post.aside.name} />
          <div><b>{post.aside.name}</b><small>{words.panel.standsAside}</small></div>
        </div>
      )}
    </section>
  );
};

const PostFacts = ({ post, chart, onGo }: { readonly post: ChartPost; readonly chart: Chart; readonly onGo: (id: string) => void }): ReactElement => {
  const words = useOrganisationMessages();
  const unit = chart.units.find((each) => each.id === post.unitId);
  const superior = chart.posts.find((each) => each.id === post.superiorId);
  return (
    <dl className={css["facts"]}>
      <dt>{words.panel.work}</dt><dd><b>{post.waiting === 0 ? words.panel.nothingWaits : words.waiting(post.waiting)}</b></dd>
      <dt>{words.panel.inUnit}</dt><dd>{unit === undefined ? "–" : <button type="button" className={css["link"]} onClick={() => onGo(`unit/${unit.id}`)}>{unit.name}</button>}</dd>
      <dt>{words.panel.superior}</dt><dd>{superior === undefined ? words.panel.noSuperior : <button type="button" className={css["link"]} onClick={() => onGo(superior.id)}>{superior.title}</button>}</dd>
      <dt>{words.panel.role}</dt><dd>{post.role.replaceAll("_", " ")}</dd>
      <dt>{words.panel.functions}</dt><dd>{post.functions.length === 0 ? words.panel.noFunctions : post.functions.map((name) => (name in words.functions ? words.functions[name as keyof typeof words.functions] : name)).join(", ") /* the contract's list and ours name the same */}</dd>
    </dl>
  );
};

const first = 8;

const HolderStory = ({ holders }: { readonly holders: History["holders"] }): ReactElement => {
  const words = useOrganisationMessages();
  const span = useSpanWords();
  const now = useNow();
  const [isWhole, setWhole] = useState(false);
  if (holders.length === 0) return <Part title={words.panel.history}><p>{words.panel.noHistory}</p></Part>;
  return (
    <Part title={words.panel.history}>
      <HolderBar holders={holders} now={now} />
      <ol className={css["story"]}>
        {(isWhole ? holders : holders.slice(0, first)).map((holder) => (
          <li key={holder.holdingId} className={cx(holder.kind !== "definitif" && css["acting"], new Date(holder.since) > now && css["plan"])}>
            <i aria-hidden="true" />
            <div>
              <small>{span(holder.since, holder.until)} {new Date(holder.since) > now && <Chip tone="soon">{words.panel.plan}</Chip>}</small>
              <b>{holder.name}</b>
              <p><em>{words.kinds[holder.kind]}</em> {holder.decree === null ? (holder.basis ?? "") : <DecreeLink decree={holder.decree} />}</p>
              {holder.ended !== null && <p>{words.panel.endedBy(holder.ended.by, holder.ended.reason)}</p>}
            </div>
          </li>
        ))}
      </ol>
      {!isWhole && holders.length > first && <Button size="small" onClick={() => setWhole(true)}>{words.more(holders.length - first)}</Button>}
    </Part>
  );
};

const HolderBar = ({ holders, now }: { readonly holders: History["holders"]; readonly now: Date }): ReactElement => {
  const words = useOrganisationMessages();
  const time = useTimeWords();
  const from = Math.min(...holders.map((holder) => Date.parse(holder.since)));
  const to = Math.max(now.getTime(), ...holders.map((holder) => (holder.until === null ? 0 : Date.parse(holder.until))));
  const share = (moment: number): number => (to === from ? 0 : ((moment - from) / (to - from)) * 100);
  // An acting official is drawn over the holder for whom he acts.
  const inOrder = holders.toSorted((a, b) => Number(a.kind !== "definitif") - Number(b.kind !== "definitif"));
  return (
    <>
      <div className={css["bar"]} role="img" aria-label={words.panel.historyPicture(time.mediumDate(new Date(from)), time.mediumDate(new Date(to)))}>
        {inOrder.map((holder) => {
          const start = share(Date.parse(holder.since));
          const end = share(holder.until === null ? to : Date.parse(holder.until));
          return <i key={holder.holdingId} className={cx(holder.kind !== "definitif" && css[holder.kind], holder.kind === "definitif" && holder.until === null && css["now"])} style={{ left: `${start}%`, width: `${Math.max(0, end - start)}%` }} title={`${words.kinds[holder.kind]} ${holder.name}`} />;
        })}
      </div>
      <p className={css["years"]} aria-hidden="true"><span>{time.mediumDate(new Date(from))}</span><span>{time.mediumDate(new Date(to))}</span></p>
    </>
  );
};
