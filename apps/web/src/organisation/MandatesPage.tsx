import { useState, type ReactElement, type ReactNode } from "react";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { cx } from "../ui/class-names.ts";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Fault, Page } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { GiveMandate } from "./GiveMandate.tsx";
import { daysOf } from "./mandate-form.ts";
import { useMandateMessages } from "./mandate-messages.ts";
import { mandateTitle, momentWords, scopeWords, spanWords, type Mandate } from "./mandate-words.ts";
import css from "./Mandates.module.css";

/** Mandat: who acts for whom now, who will, and who did; given and revoked here. `postId` opens the form for that post at once. */
export const MandatesPage = ({ postId, onLeavePost }: { readonly postId?: string | undefined; readonly onLeavePost: () => void }): ReactElement => {
  const words = useMandateMessages();
  const me = useMe();
  const [showsPast, setShowsPast] = useState(false);
  const [isGiving, setGiving] = useState(false);
  const [revoked, setRevoked] = useState<Mandate | undefined>(undefined);
  const list = useRead("mandates.list", { status: showsPast ? "semua" : "berjalan" });
  const mayGive = me.acting.acting === null && me.acting.functions.some((name) => name === "leader" || name === "signer" || name === "admin");
  if (list.error !== null && list.data === undefined) return <PageProblem error={list.error} onRetry={() => void list.refetch()} />;
  const all = list.data ?? [];
  const running = all.filter((mandate) => mandate.status === "aktif");
  const coming = all.filter((mandate) => mandate.status === "terjadwal").toReversed();
  const past = all.filter((mandate) => mandate.status === "berakhir" || mandate.status === "dicabut");
  const cards = (mandates: readonly Mandate[]): ReactNode => <ul className={css["cards"]}>{mandates.map((mandate) => <MandateCard key={mandate.id} mandate={mandate} onRevoke={() => setRevoked(mandate)} />)}</ul>;
  return (
    <Page title={words.title} note={words.lead} acts={<><ButtonLink href="/mandat/pemeriksaan" icon="search">{words.inspections}</ButtonLink>{mayGive && <Button kind="primary" icon="plus" onClick={() => setGiving(true)}>{words.give}</Button>}</>}>
      {list.data === undefined ? <PageLoading /> : (
        <>
          <Group title={words.running} count={running.length}>
            {running.length > 0 ? cards(running) : (
              <EmptyState drawing="desk" title={words.none} {...(mayGive && { acts: <Button onClick={() => setGiving(true)}>{words.give}</Button> })}>{words.noneLead}</EmptyState>
            )}
          </Group>
          <Group title={words.coming} count={coming.length}>{coming.length > 0 ? cards(coming) : <p className={css["quiet"]}>{words.nothingComing}</p>}</Group>
          <Group title={words.past} {...(showsPast && { count: past.length })}>
            {showsPast && (past.length > 0 ? cards(past) : <p className={css["quiet"]}>{words.nothingPast}</p>)}
            <p><Button kind="link" aria-expanded={showsPast} onClick={() => setShowsPast(!showsPast)}>{showsPast ? words.hidePast : words.showPast}</Button></p>
          </Group>
        </>
      )}
      {(isGiving || postId !== undefined) && <GiveMandate postId={postId} mayGive={mayGive} onClose={() => { setGiving(false); onLeavePost(); }} />}
      {revoked !== undefined && <RevokeMandate mandate={revoked} onClose={() => setRevoked(undefined)} />}
    </Page>
  );
};

const Group = ({ title, count, children }: { readonly title: string; readonly count?: number; readonly children: ReactNode }): ReactElement => (
  <section className={css["group"]}>
    <h2>{title}{count !== undefined && <em>{count}</em>}</h2>
    {children}
  </section>
);

// More days than this are told in words alone.
const drawnDays = 31;

const MandateCard = ({ mandate, onRevoke }: { readonly mandate: Mandate; readonly onRevoke: () => void }): ReactElement => {
  const words = useMandateMessages();
  const time = useTimeWords();
  const now = useNow();
  const { kind, status, from, to, since, until, ended, scope, decree } = mandate;
  const isPersonal = kind === "plh" || kind === "plt";
  const days = status === "aktif" && until !== null ? daysOf(since, until, time.zone, now) : undefined;
  const basis = decree.number === "" || decree.date === "" ? mandate.basis : words.decree(decree.number, time.date(decree.date));
  const decreeHref = decree.file !== null ? address("organisation.decreeFile", { sha256: decree.file.sha256 }) : decree.letterId !== null ? `/naskah/${decree.letterId}` : undefined;
  return (
    <li className={css["card"]} data-status={status}>
      <div className={css["who"]}>
        <PostAvatar name={to.holder ?? to.title} kind="acting" />
        <span>
          <h3>{isPersonal ? mandateTitle(mandate, words) : to.title}</h3>
          <p>{to.holder ?? words.vacant}</p>
          <small>{isPersonal ? (from.holder === null || from.holder === to.holder ? words.vacantPost : words.inPlaceOf(from.holder)) : kind === "ub" ? words.signsUnder(from.title) : words.signsFor(from.title)}</small>
        </span>
        <Chip tone={status === "aktif" ? "acting" : "plain"}>{isPersonal ? words.status[status] : `${words.kind[kind]} ${words.status[status]}`}</Chip>
      </div>
      <div className={css["facts"]}>
        {days !== undefined && days.of <= drawnDays && days.of > 1 && <div className={css["days"]} aria-hidden="true">{Array.from({ length: days.of }, (_, index) => <i key={index} className={cx(index < days.day && css["on"])} />)}</div>}
        <Fact icon="calendar">
          {spanWords(mandate, words, time)}
          {days !== undefined && days.of > 1 && <>, {words.dayOf(days.day, days.of)}</>}
          {status === "terjadwal" && <>; {words.begins(momentWords(since, time))}</>}
          {status === "aktif" && until !== null && <>; {isPersonal && from.holder !== null && from.holder !== to.holder ? words.returns(momentWords(until, time), from.holder) : words.ends(momentWords(until, time))}</>}
        </Fact>
        <Fact icon="shield">{words.scope}: {scopeWords(scope, words)}</Fact>
        <Fact icon="report">{words.basis}: {decreeHref === undefined ? basis : decree.file !== null ? <a href={decreeHref} target="_blank" rel="noreferrer">{basis}</a> : <Anchor href={decreeHref}>{basis}</Anchor>}</Fact>
        {ended !== null && <Fact icon="warning">{words.ended(time.when(ended.at, now), ended.by, ended.reason)}</Fact>}
      </div>
      {mandate.may.includes("revoke") && <div className={css["foot"]}><Button size="small" onClick={onRevoke} aria-label={words.revokeTitle(`${mandateTitle(mandate, words)}, ${to.holder ?? to.title}`)}>{words.revoke}</Button></div>}
    </li>
  );
};

const Fact = ({ icon, children }: { readonly icon: IconName; readonly children: ReactNode }): ReactElement => <p className={css["fact"]}><Icon name={icon} size={18} /><span>{children}</span></p>;

const RevokeMandate = ({ mandate, onClose }: { readonly mandate: Mandate; readonly onClose: () => void }): ReactElement => {
  const words = useMandateMessages();
  const [reason, setReason] = useState("");
  const revoke = useCommand("mandates.revoke", { outdates: ["mandates.list", "mandates.posts", "mandates.proposal", "organisation.chart", "session.me", "office.posts"], onDone: () => { notify("done", words.revoked); onClose(); } });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.revokeTitle(mandateTitle(mandate, words))}
      lead={mandate.to.holder ?? mandate.to.title}
      width={480}
      isHeld={revoke.isPending}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="danger" isBusy={revoke.isPending} disabled={reason.trim() === ""} onClick={() => revoke.mutate({ id: mandate.id, reason: reason.trim() })}>{words.revoke}</Button>
        </>
      }
    >
      <p>{mandate.status === "terjadwal" ? words.revokeComing : words.revokeLead}</p>
      <br />
      <Field label={words.reason}><textarea data-autofocus value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /></Field>
      <Fault error={revoke.error} />
    </Dialog>
  );
};
