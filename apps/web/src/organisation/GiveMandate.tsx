import { useDeferredValue, useId, useState, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import type { ResultOf } from "../kernel/api.ts";
import { dayOf, daysLater } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { Chosen } from "../ui/Chosen.tsx";
import { DayField } from "../ui/DateField.tsx";
import { HourField } from "../ui/HourField.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Fault } from "../ui/Page.tsx";
import { Picker, PickerRow } from "../ui/Picker.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { PostAvatar } from "../ui/Small.tsx";
import { decreeGap, decreeInput, emptyDecree, type DecreeDraft } from "./decree.ts";
import { DecreeField } from "./DecreeField.tsx";
import { MandateHappens } from "./MandateHappens.tsx";
import { isTooLong, presetsOn, readStretch, standingIn, type Stretch } from "./mandate-form.ts";
import { useMandateMessages } from "./mandate-messages.ts";
import { ScopeField } from "./ScopeField.tsx";
import { spanWords, type Scope } from "./mandate-words.ts";
import css from "./Mandates.module.css";

type Post = ResultOf<"mandates.posts">["below"][number];
type Proposal = ResultOf<"mandates.proposal">;
type Kind = "plh" | "plt" | "an" | "ub";

/** Gives a mandate in two steps: the post, then to whom, when, on which decree and how far, beside what will happen. */
export const GiveMandate = ({ postId, mayGive, onClose }: { readonly postId: string | undefined; readonly mayGive: boolean; readonly onClose: () => void }): ReactElement => {
  const words = useMandateMessages();
  const [chosen, setChosen] = useState<string | undefined>(postId);
  const proposal = useRead("mandates.proposal", { id: chosen ?? "", q: "" }, { isOn: chosen !== undefined });
  if (!mayGive) return <Dialog isOpen onClose={onClose} title={words.blockedTitle} width={480} foot={<Button onClick={onClose}>{words.back}</Button>}><p>{words.blocked}</p></Dialog>;
  if (chosen === undefined) return <ChoosePost onChoose={setChosen} onClose={onClose} />;
  if (proposal.data === undefined || proposal.data.may.length === 0) {
    return (
      <Dialog isOpen onClose={onClose} title={words.give} width={480} foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="primary" onClick={() => setChosen(undefined)}>{words.choosePost}</Button></>}>
        {proposal.error !== null ? <Fault error={proposal.error} /> : proposal.data === undefined ? <PageLoading /> : <p>{words.notCompetent}</p>}
      </Dialog>
    );
  }
  return <Fill proposal={proposal.data} onBack={() => setChosen(undefined)} onClose={onClose} />;
};

const ChoosePost = ({ onChoose, onClose }: { readonly onChoose: (id: string) => void; readonly onClose: () => void }): ReactElement => {
  const words = useMandateMessages();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const found = useRead("mandates.posts", { q });
  const below = found.data?.below ?? [];
  const own = found.data?.own ?? null;
  const first = below[0] ?? own ?? undefined;
  const row = (post: Post): ReactElement => (
    <PickerRow
      key={post.id}
      group="jabatan"
      isChosen={false}
      onChoose={() => onChoose(post.id)}
      mark={<PostAvatar name={post.holder ?? post.title} kind={post.holder === null ? "vacant" : post.holding === "definitif" ? "person" : "acting"} />}
      title={post.title}
      note={[post.holder ?? words.vacant, post.unit, words.waiting(post.waiting)].join(" · ")}
    />
  );
  return (
    <Dialog isOpen onClose={onClose} title={words.choosePost} lead={words.step(1)} width={620} onPhone="full" foot={<Button onClick={onClose}>{words.cancel}</Button>}>
      {own !== null && (
        <div className={css["list"]}>
          <h3>{words.ownPost}</h3>
          <Picker label={words.ownPost}>{row(own)}</Picker>
        </div>
      )}
      <div className={css["list"]}>
        <h3>{words.belowPosts}</h3>
        <Picker
          label={words.belowPosts}
          search={{ label: words.searchPost, text, onText: setText, isAutofocused: true, onEnter: first === undefined ? undefined : () => onChoose(first.id) }}
          isBusy={found.isFetching}
          nothing={found.error !== null ? <Fault error={found.error} /> : found.isSuccess && below.length === 0 ? words.noPosts : undefined}
        >
          {below.map(row)}
        </Picker>
      </div>
    </Dialog>
  );
};

const Fill = ({ proposal, onBack, onClose }: { readonly proposal: Proposal; readonly onBack: () => void; readonly onClose: () => void }): ReactElement => {
  const words = useMandateMessages();
  const time = useTimeWords();
  const { acting } = useMe();
  const now = useNow();
  const today = dayOf(now, time.zone);
  const kinds: readonly Kind[] = [...(proposal.may.includes("give") ? [proposal.kind] : []), ...(proposal.may.includes("delegate") ? proposal.delegations : [])];
  const [kind, setKind] = useState<Kind>(kinds[0] ?? "an");
  const [receiver, setReceiver] = useState<{ readonly id: string; readonly name: string } | undefined>(undefined);
  const [stretch, setStretch] = useState<Stretch>(() => {
    const preset = presetsOn(today).find(({ name }) => name === (proposal.kind === "plt" ? "month" : "tomorrow")) ?? presetsOn(today)[0];
    return { from: preset?.from ?? today, last: preset?.last ?? daysLater(today, 4), hasClock: false, fromClock: "08:00", lastClock: "16:00", isOpenEnded: false };
  });
  const [decree, setDecree] = useState<DecreeDraft>(emptyDecree);
  const [scope, setScope] = useState<Scope | null>(null);
  const [hasTried, setTried] = useState(false);
  const [id] = useState(uuidv7);
  const isPersonal = kind === "plh" || kind === "plt";
  const reading = readStretch({ ...stretch, isOpenEnded: !isPersonal && stretch.isOpenEnded }, time.zone, now);
  const isRead = !("wrong" in reading);
  const standing = isRead && isPersonal ? standingIn(proposal.standing, reading.since, reading.until) : undefined;
  const obstacle =
    standing !== undefined ? words.happen.overlap(standing.name, spanWords(standing, words, time))
    : isRead && kind === "plt" && reading.until !== null && isTooLong(reading.since, reading.until) ? words.happen.tooLong
    : undefined;
  const give = useCommand("mandates.give", {
    outdates: ["mandates.list", "mandates.posts", "mandates.proposal", "mandates.vacant", "organisation.chart", "session.me", "office.posts"],
    onDone: () => { notify("done", words.given(`${words.kind[kind]} ${proposal.post.title}`)); onClose(); },
  });
  const submit = (): void => {
    setTried(true);
    const basis = decreeInput(decree);
    if (receiver === undefined || !isRead || basis === undefined || obstacle !== undefined) return;
    const reach = scope === null || (scope.types.length === 0 && scope.classifications.length === 0) ? null : { types: [...scope.types], classifications: [...scope.classifications] };
    const common = { id, positionId: proposal.post.id, since: reading.since, decree: basis, scope: reach };
    if (kind === "plh" || kind === "plt") {
      if (reading.until !== null) give.mutate({ ...common, kind, personId: receiver.id, until: reading.until });
    } else give.mutate({ ...common, kind, toId: receiver.id, until: reading.until });
  };
  const fault = hasTried && receiver === undefined ? new Error(words.happen.choosePerson) : give.error;
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={words.give}
      lead={words.step(2)}
      width={960}
      onPhone="full"
      isHeld={give.isPending}
      foot={<><Button icon="back" onClick={onBack} disabled={give.isPending}>{words.back}</Button><Button kind="primary" isBusy={give.isPending} disabled={obstacle !== undefined} onClick={submit}>{words.submit(words.kind[kind])}</Button></>}
    >
      <div className={css["subject"]}>
        <Chosen mark={<PostAvatar name={proposal.post.holder ?? proposal.post.title} kind={proposal.post.holder === null ? "vacant" : proposal.post.id === acting.positionId ? "you" : "person"} />} title={proposal.post.title} note={[proposal.post.holder ?? words.vacant, words.waiting(proposal.post.waiting)].join(" · ")} />
      </div>
      <div className={css["form"]}>
        <div>
          <fieldset className={css["part"]}>
            <legend>{words.whoTitle}</legend>
            {kinds.length > 1 && <div className={css["kinds"]}>{kinds.map((one) => <button key={one} type="button" className={css["choice"]} aria-pressed={kind === one} onClick={() => { setKind(one); setReceiver(undefined); }}>{words.kind[one]} · {words.kindLong[one]}</button>)}</div>}
            <p>{words.why[kind]}</p>
            {isPersonal ? <PersonPicker proposal={proposal} chosen={receiver?.id} onChoose={setReceiver} /> : <ReceiverPicker proposal={proposal} chosen={receiver?.id} onChoose={setReceiver} />}
          </fieldset>
          <When stretch={stretch} onChange={setStretch} today={today} mayBeOpen={!isPersonal} wrong={isRead ? undefined : words.wrong[reading.wrong]} />
          <div className={css["part"]}><DecreeField value={decree} onChange={setDecree} showsGap={hasTried && decreeGap(decree) !== undefined} /></div>
          <ScopeField value={scope} onChange={setScope} />
          <Fault error={fault} />
        </div>
        <MandateHappens proposal={proposal} kind={kind} receiver={receiver?.name} reading={reading} isNow={isRead && reading.since <= now.toISOString()} scope={scope} obstacle={obstacle} />
      </div>
    </Dialog>
  );
};

type Choose = { readonly proposal: Proposal; readonly chosen: string | undefined; readonly onChoose: (receiver: { readonly id: string; readonly name: string }) => void };

const shownPeople = 6;

const PersonPicker = ({ proposal, chosen, onChoose }: Choose): ReactElement => {
  const words = useMandateMessages();
  const [text, setText] = useState("");
  const q = useDeferredValue(text.trim());
  const found = useRead("mandates.proposal", { id: proposal.post.id, q }, { isOn: q.length >= 2 });
  const people = q.length >= 2 ? (found.data?.people ?? []) : proposal.people;
  const group = useId();
  return (
    <Picker label={words.suggestions} search={{ label: words.searchPerson, text, onText: setText }} isBusy={found.isFetching} nothing={found.error !== null ? <Fault error={found.error} /> : people.length === 0 && !found.isFetching ? words.noPeople : undefined}>
      {people.slice(0, shownPeople).map((person) => (
        <PickerRow key={person.personId} group={group} isChosen={chosen === person.personId} onChoose={() => onChoose({ id: person.personId, name: person.name })} mark={<PostAvatar name={person.name} kind={chosen === person.personId ? "acting" : "person"} />} title={person.name} note={`${person.post} · ${words.relation[person.relation]}`} />
      ))}
    </Picker>
  );
};

const ReceiverPicker = ({ proposal, chosen, onChoose }: Choose): ReactElement => {
  const words = useMandateMessages();
  const group = useId();
  return (
    <Picker label={words.whoTitle} nothing={proposal.receivers.length === 0 ? words.noReceivers : undefined}>
      {proposal.receivers.map((post) => <PickerRow key={post.id} group={group} isChosen={chosen === post.id} onChoose={() => onChoose({ id: post.id, name: post.title })} mark={<PostAvatar name={post.holder ?? post.title} kind={post.holder === null ? "vacant" : "person"} />} title={post.title} note={post.holder ?? words.vacant} />)}
    </Picker>
  );
};

const When = ({ stretch, onChange, today, mayBeOpen, wrong }: { readonly stretch: Stretch; readonly onChange: (next: Stretch) => void; readonly today: string; readonly mayBeOpen: boolean; readonly wrong: string | undefined }): ReactElement => {
  const words = useMandateMessages();
  const isOpen = mayBeOpen && stretch.isOpenEnded;
  return (
    <fieldset className={css["part"]}>
      <legend>{words.whenTitle}</legend>
      <div className={css["presets"]}>
        {presetsOn(today).map((preset) => <button key={preset.name} type="button" className={css["choice"]} aria-pressed={!isOpen && !stretch.hasClock && stretch.from === preset.from && stretch.last === preset.last} onClick={() => onChange({ ...stretch, from: preset.from, last: preset.last, hasClock: false, isOpenEnded: false })}>{words.presets[preset.name]}</button>)}
      </div>
      <div className={css["pair"]}>
        <DayField label={words.from} today={today} min={today} value={stretch.from} onChange={(from) => onChange({ ...stretch, from })} />
        {!isOpen && <DayField label={words.last} today={today} min={stretch.from === "" ? today : stretch.from} value={stretch.last} onChange={(last) => onChange({ ...stretch, last })} />}
      </div>
      {stretch.hasClock && (
        <div className={css["pair"]}>
          <HourField label={words.fromClock} value={stretch.fromClock} onChange={(fromClock) => onChange({ ...stretch, fromClock })} />
          {!isOpen && <HourField label={words.lastClock} value={stretch.lastClock} onChange={(lastClock) => onChange({ ...stretch, lastClock })} />}
        </div>
      )}
      <label className={css["check"]}><input type="checkbox" checked={stretch.hasClock} onChange={(event) => onChange({ ...stretch, hasClock: event.target.checked })} />{words.withClock}</label>
      {mayBeOpen && <label className={css["check"]}><input type="checkbox" checked={stretch.isOpenEnded} onChange={(event) => onChange({ ...stretch, isOpenEnded: event.target.checked })} />{words.openEnded}</label>}
      {wrong !== undefined && <Fault error={new Error(wrong)} />}
    </fieldset>
  );
};
