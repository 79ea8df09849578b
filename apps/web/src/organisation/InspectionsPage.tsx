import { useState, type ReactElement, type ReactNode } from "react";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Anchor } from "../ui/Anchor.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon, type IconName } from "../ui/Icon.tsx";
import { Fault, Page } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { GiveInspection } from "./GiveInspection.tsx";
import { useInspectionMessages } from "./inspection-messages.ts";
import { decreeWords, inspectionSpan, reachWords, type Inspection } from "./inspection-words.ts";
import css from "./Mandates.module.css";

/** `/mandat/pemeriksaan`: who inspects what, on which basis, until when; given and revoked here by the inspector's superiors. */
export const InspectionsPage = (): ReactElement => {
  const words = useInspectionMessages();
  const answer = useRead("inspections.list", {});
  const [isGiving, setGiving] = useState(false);
  const [revoked, setRevoked] = useState<Inspection | undefined>(undefined);
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { items, mayGive } = answer.data;
  const open = items.filter((item) => item.status === "aktif" || item.status === "terjadwal");
  const past = items.filter((item) => item.status !== "aktif" && item.status !== "terjadwal");
  const cards = (inspections: readonly Inspection[]): ReactNode => <ul className={css["cards"]}>{inspections.map((inspection) => <InspectionCard key={inspection.id} inspection={inspection} onRevoke={() => setRevoked(inspection)} />)}</ul>;
  return (
    <Page title={words.title} note={words.lead} acts={mayGive ? <Button kind="primary" icon="plus" onClick={() => setGiving(true)}>{words.give}</Button> : undefined}>
      {items.length === 0 && <EmptyState drawing="search" title={words.none} {...(mayGive && { acts: <Button onClick={() => setGiving(true)}>{words.give}</Button> })}>{words.noneLead}</EmptyState>}
      {open.length > 0 && <Group title={words.open} count={open.length}>{cards(open)}</Group>}
      {past.length > 0 && <Group title={words.past} count={past.length}>{cards(past)}</Group>}
      {isGiving && <GiveInspection onClose={() => setGiving(false)} />}
      {revoked !== undefined && <RevokeInspection inspection={revoked} onClose={() => setRevoked(undefined)} />}
    </Page>
  );
};

const Group = ({ title, count, children }: { readonly title: string; readonly count: number; readonly children: ReactNode }): ReactElement => (
  <section className={css["group"]}>
    <h2>{title}<em>{count}</em></h2>
    {children}
  </section>
);

const InspectionCard = ({ inspection, onRevoke }: { readonly inspection: Inspection; readonly onRevoke: () => void }): ReactElement => {
  const words = useInspectionMessages();
  return (
    <li className={css["card"]} data-status={inspection.status}>
      <div className={css["who"]}>
        <PostAvatar name={inspection.position.holder ?? inspection.position.title} kind={inspection.position.holder === null ? "vacant" : "person"} />
        <span>
          <h3>{inspection.purpose}</h3>
          <p>{inspection.position.holder ?? words.vacant}</p>
          <small>{inspection.position.title}</small>
        </span>
        <Chip tone={inspection.status === "aktif" ? "acting" : "plain"}>{words.status[inspection.status]}</Chip>
      </div>
      <InspectionFacts inspection={inspection} />
      <div className={css["foot"]}>
        <div className={css["acts"]}>
          {inspection.may.includes("revoke") && <Button size="small" onClick={onRevoke} aria-label={`${words.revoke}: ${inspection.purpose}`}>{words.revoke}</Button>}
          <ButtonLink size="small" kind={inspection.may.includes("read") ? "primary" : "plain"} href={`/mandat/pemeriksaan/${inspection.id}`}>{inspection.may.includes("read") ? words.inspect : words.details}</ButtonLink>
        </div>
      </div>
    </li>
  );
};

/** What a mandate of inspection says: its span, its reach, its basis, and what was read under it. */
export const InspectionFacts = ({ inspection }: { readonly inspection: Inspection }): ReactElement => {
  const words = useInspectionMessages();
  const time = useTimeWords();
  const now = useNow();
  const { decree, given, ended } = inspection;
  const href = decree.file !== null ? address("organisation.decreeFile", { sha256: decree.file.sha256 }) : undefined;
  return (
    <div className={css["facts"]}>
      <Fact icon="calendar">{inspectionSpan(inspection, words, time)}</Fact>
      <Fact icon="search">{words.reach}: {reachWords(inspection.reach, words, time)}</Fact>
      <Fact icon="report">{words.basis}: {href !== undefined ? <a href={href} target="_blank" rel="noreferrer">{decreeWords(decree, time)}</a> : decree.letterId !== null ? <Anchor href={`/naskah/${decree.letterId}`}>{decreeWords(decree, time)}</Anchor> : decreeWords(decree, time)}</Fact>
      <Fact icon="user">{words.givenBy(given.by, given.post)}</Fact>
      <Fact icon="eye">{words.read(inspection.letters, inspection.looks)}</Fact>
      {ended !== null && <Fact icon="warning">{words.ended(time.when(ended.at, now), ended.by, ended.reason)}</Fact>}
    </div>
  );
};

const Fact = ({ icon, children }: { readonly icon: IconName; readonly children: ReactNode }): ReactElement => <p className={css["fact"]}><Icon name={icon} size={18} /><span>{children}</span></p>;

const RevokeInspection = ({ inspection, onClose }: { readonly inspection: Inspection; readonly onClose: () => void }): ReactElement => {
  const words = useInspectionMessages();
  const [reason, setReason] = useState("");
  const revoke = useCommand("inspections.revoke", { outdates: ["inspections.list", "inspections.show"], onDone: () => { notify("done", words.revoked); onClose(); } });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.revokeTitle}
      lead={inspection.purpose}
      width={480}
      isHeld={revoke.isPending}
      foot={
        <>
          <Button onClick={onClose}>{words.cancel}</Button>
          <Button kind="danger" isBusy={revoke.isPending} disabled={reason.trim() === ""} onClick={() => revoke.mutate({ id: inspection.id, reason: reason.trim() })}>{words.revoke}</Button>
        </>
      }
    >
      <p>{words.revokeLead}</p>
      <br />
      <Field label={words.reason}><textarea data-autofocus value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /></Field>
      <Fault error={revoke.error} />
    </Dialog>
  );
};
