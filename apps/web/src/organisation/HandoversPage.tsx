import { useDeferredValue, useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Field } from "../ui/Field.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Fault, Page } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip, PostAvatar } from "../ui/Small.tsx";
import { decreeGap, decreeInput, emptyDecree, type DecreeDraft } from "./decree.ts";
import { DecreeField } from "./DecreeField.tsx";
import { useHandoverMessages } from "./handover-messages.ts";
import { instantAt } from "./mandate-form.ts";
import css from "./Mandates.module.css";

type Handover = ResultOf<"handovers.list">[number];
type Counts = Handover["counts"];

/** Serah terima: hand-overs that wait for their signature, those that are done, and the form that prepares one. */
export const HandoversPage = (): ReactElement => {
  const words = useHandoverMessages();
  const { acting } = useMe();
  const [isPreparing, setPreparing] = useState(false);
  const [dropped, setDropped] = useState<Handover | undefined>(undefined);
  const list = useRead("handovers.list", {});
  const mayPrepare = acting.acting === null && acting.functions.some((name) => name === "leader" || name === "admin");
  if (list.error !== null && list.data === undefined) return <PageProblem error={list.error} onRetry={() => void list.refetch()} />;
  const start = mayPrepare ? <Button kind="primary" icon="plus" onClick={() => setPreparing(true)}>{words.start}</Button> : undefined;
  return (
    <Page title={words.title} note={words.lead} acts={start}>
      {list.data === undefined ? <PageLoading /> : list.data.length === 0 ? <EmptyState drawing="desk" title={words.none}>{words.noneLead}</EmptyState> : (
        <ul className={css["cards"]}>{list.data.map((handover) => <HandoverCard key={handover.id} handover={handover} onCancel={() => setDropped(handover)} />)}</ul>
      )}
      {isPreparing && <Prepare onClose={() => setPreparing(false)} />}
      {dropped !== undefined && <Cancel handover={dropped} onClose={() => setDropped(undefined)} />}
    </Page>
  );
};

const HandoverCard = ({ handover, onCancel }: { readonly handover: Handover; readonly onCancel: () => void }): ReactElement => {
  const words = useHandoverMessages();
  const time = useTimeWords();
  const now = useNow();
  const { status, post, from, to, letter, cancelled, doneAt } = handover;
  return (
    <li className={css["card"]} data-status={status === "menunggu" ? "aktif" : "berakhir"}>
      <div className={css["who"]}>
        <PostAvatar name={to.name} kind={status === "selesai" ? "person" : "acting"} />
        <span><h2>{post.title}</h2><p>{from.name} → {to.name}</p><small>{handover.basis}, {words.since(time.full(handover.since))}</small></span>
        <Chip tone={status === "menunggu" ? "soon" : status === "selesai" ? "leaf" : "plain"}>{words.status[status]}</Chip>
      </div>
      <div className={css["facts"]}>
        {status !== "dibatalkan" && <Moves title={status === "selesai" ? words.moved : words.moves} counts={handover.counts} left={handover.left} />}
        {handover.reason !== null && <p>{words.superiorSigns(handover.reason)}</p>}
        {letter.number !== null && <p>{words.signedAs(letter.number)}</p>}
        {doneAt !== null && <p>{words.done(time.when(doneAt, now))}</p>}
        {cancelled !== null && <p>{words.cancelled(time.when(cancelled.at, now), cancelled.by, cancelled.reason)}</p>}
      </div>
      <div className={css["foot"]}>
        {handover.may.includes("cancel") && <Button size="small" onClick={onCancel}>{words.cancel}</Button>}
        <ButtonLink size="small" href={`/naskah/${letter.id}`}>{words.letter}</ButtonLink>
      </div>
    </li>
  );
};

const Moves = ({ title, counts, left }: { readonly title: string; readonly counts: Counts; readonly left: readonly string[] }): ReactElement => {
  const words = useHandoverMessages();
  const lines = [words.counts.desk(counts.desk, counts.unread), words.counts.drafts(counts.drafts), ...(counts.delegations > 0 ? [words.counts.delegations(counts.delegations)] : []), ...(counts.mandates > 0 ? [words.counts.mandates(counts.mandates)] : [])];
  return (
    <>
      <p><b>{title}</b></p>
      {lines.map((line) => <p key={line} className={css["fact"]}><Icon name="check" size={18} /><span>{line}</span></p>)}
      {left.length > 0 && <p><b>{words.left}</b></p>}
      {left.map((line) => <p key={line} className={css["fact"]}><Icon name="close" size={18} /><span>{line}</span></p>)}
    </>
  );
};

const outdated = ["handovers.list", "handovers.show", "handovers.preview", "desk.list", "drafts.list", "drafts.show"] as const;

const Cancel = ({ handover, onClose }: { readonly handover: Handover; readonly onClose: () => void }): ReactElement => {
  const words = useHandoverMessages();
  const [reason, setReason] = useState("");
  const cancel = useCommand("handovers.cancel", { outdates: outdated, onDone: () => { notify("done", words.cancelDone); onClose(); } });
  return (
    <Dialog isOpen onClose={onClose} title={words.cancelTitle} lead={handover.post.title} width={480} isHeld={cancel.isPending} foot={<><Button onClick={onClose}>{words.back}</Button><Button kind="danger" isBusy={cancel.isPending} disabled={reason.trim() === ""} onClick={() => cancel.mutate({ id: handover.id, reason: reason.trim() })}>{words.cancel}</Button></>}>
      <p className={css["quiet"]}>{words.cancelLead}</p>
      <Field label={words.reason}><textarea data-autofocus value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /></Field>
      <Fault error={cancel.error} />
    </Dialog>
  );
};

type Chosen = { readonly id: string; readonly name: string };

const Prepare = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const words = useHandoverMessages();
  const time = useTimeWords();
  const now = useNow();
  const today = dayOf(now, time.zone);
  const [post, setPost] = useState<Chosen | undefined>(undefined);
  const [successor, setSuccessor] = useState<Chosen | undefined>(undefined);
  const [day, setDay] = useState(today);
  const [decree, setDecree] = useState<DecreeDraft>(emptyDecree);
  const [isGone, setGone] = useState(false);
  const [reason, setReason] = useState("");
  const [hasTried, setTried] = useState(false);
  const [id] = useState(uuidv7);
  const preview = useRead("handovers.preview", { id: post?.id ?? "" }, { isOn: post !== undefined });
  const prepare = useCommand("handovers.prepare", { outdates: outdated, onDone: () => { notify("done", words.prepared); onClose(); } });
  const mayNot = preview.data !== undefined && preview.data.may.length === 0;
  const submit = (): void => {
    setTried(true);
    const basis = decreeInput(decree);
    const since = day === today ? now.toISOString() : instantAt(day, "00:00", time.zone);
    if (post === undefined || successor === undefined || basis === undefined || since === undefined || mayNot || (isGone && reason.trim() === "")) return;
    prepare.mutate({ id, positionId: post.id, toPersonId: successor.id, since, decree: basis, reason: isGone ? reason.trim() : null });
  };
  const isIncomplete = hasTried && (post === undefined || successor === undefined || (isGone && reason.trim() === ""));
  return (
    <Dialog isOpen onClose={onClose} title={words.start} width={960} onPhone="full" isHeld={prepare.isPending} foot={<><Button onClick={onClose}>{words.back}</Button><Button kind="primary" isBusy={prepare.isPending} disabled={mayNot} onClick={submit}>{words.submit}</Button></>}>
      <div className={css["form"]}>
        <div>
          <PostField chosen={post} onChoose={setPost} />
          <PersonField chosen={successor} onChoose={setSuccessor} />
          <div className={css["part"]}>
            <DayField label={words.day} today={today} min={today} value={day} onChange={setDay} />
            <DecreeField value={decree} onChange={setDecree} showsGap={hasTried && decreeGap(decree) !== undefined} />
          </div>
          <label className={css["check"]}><input type="checkbox" checked={isGone} onChange={(event) => setGone(event.target.checked)} />{words.gone}</label>
          {isGone && <Field label={words.goneReason}><input value={reason} maxLength={300} onChange={(event) => setReason(event.target.value)} /></Field>}
          <Fault error={isIncomplete ? new Error(words.incomplete) : (prepare.error ?? preview.error)} />
        </div>
        <aside className={css["happens"]} data-tone={mayNot ? "blocked" : "usual"} aria-live="polite">
          <h3><Icon name="info" size={18} />{words.happens}</h3>
          {mayNot && <p>{words.notYours}</p>}
          {preview.data?.holder != null && !mayNot && (
            <div className={css["facts"]}>
              <p>{words.signs((isGone ? preview.data.superior : preview.data.signer) ?? "").replace("..", ".")}</p>
              <Moves title={words.moves} counts={preview.data.counts} left={preview.data.left} />
              <p>{words.keeps(preview.data.holder.name)}</p>
            </div>
          )}
        </aside>
      </div>
    </Dialog>
  );
};

type Choose = { readonly chosen: Chosen | undefined; readonly onChoose: (next: Chosen) => void };

const shownRows = 5;

const PostField = ({ chosen, onChoose }: Choose): ReactElement => {
  const words = useHandoverMessages();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const { acting } = useMe();
  const found = useRead("office.posts", { q, scope: acting.functions.includes("admin") ? "all" : "below" });
  const rows = (found.data ?? []).filter((post) => post.holder !== null).slice(0, shownRows);
  return (
    <fieldset className={css["part"]}>
      <legend>{words.post}</legend>
      <Picker label={words.post} search={{ label: words.searchPost, text, onText: setText }} isBusy={found.isFetching} nothing={found.error !== null ? <Fault error={found.error} /> : found.isSuccess && rows.length === 0 ? words.noOne : undefined}>
        {rows.map((post) => <PickerRow key={post.id} group={words.post} isChosen={chosen?.id === post.id} onChoose={() => onChoose({ id: post.id, name: post.title })} mark={<PostAvatar name={post.holder ?? post.title} />} title={post.title} note={`${post.holder ?? ""} · ${post.unit}`} />)}
      </Picker>
    </fieldset>
  );
};

const PersonField = ({ chosen, onChoose }: Choose): ReactElement => {
  const words = useHandoverMessages();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const found = useRead("organisation.people", { q, limit: shownRows });
  const people = found.data?.items ?? [];
  return (
    <fieldset className={css["part"]}>
      <legend>{words.successor}</legend>
      <Picker label={words.successor} search={{ label: words.searchPerson, text, onText: setText }} isBusy={found.isFetching} nothing={found.error !== null ? <Fault error={found.error} /> : found.isSuccess && people.length === 0 ? words.noOne : undefined}>
        {people.map((person) => <PickerRow key={person.id} group={words.successor} isChosen={chosen?.id === person.id} onChoose={() => onChoose({ id: person.id, name: person.name })} mark={<PostAvatar name={person.name} />} title={person.name} note={person.posts[0]?.title ?? ""} />)}
      </Picker>
    </fieldset>
  );
};
