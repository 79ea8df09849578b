import { useParams } from "@tanstack/react-router";
import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { numberWords } from "../kernel/time.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Field } from "../ui/Field.tsx";
import { Fault } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useInquiryMessages } from "./inquiry-messages.ts";
import { OpenLetter } from "./OpenLetter.tsx";
import { RoomFrame } from "./RoomFrame.tsx";
import { Dots, Redraw, SampleFacts } from "./SampleCards.tsx";
import css from "./Room.module.css";

type View = ResultOf<"inquiry.sample">;
type Sampled = View["letters"][number];

/** `/pengawasan/uji-petik/:id`: one spot check from its lock to the verdict on its last letter. */
export const SamplePage = (): ReactElement => {
  const words = useInquiryMessages().samples;
  const time = useTimeWords();
  const { id = "" } = useParams({ strict: false });
  const answer = useRead("inquiry.sample", { id });
  const [dialog, setDialog] = useState<"draw" | "abandon" | undefined>(undefined);
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const sample = answer.data;
  return (
    <RoomFrame title={sample.title} lead={<p>{words.of(numberWords(sample.count, time.language), numberWords(sample.population.members, time.language))}: {sample.words}</p>} acts={<ButtonLink href="/pengawasan/uji-petik" icon="back">{words.back}</ButtonLink>}>
      <section className={css["card"]}>
        <div className={css["between"]}><h2>{sample.drawn === null && sample.abandoned === null ? words.waiting : words.seed}</h2><Chip tone={sample.status === "selesai" ? "leaf" : "plain"}>{words.status[sample.status]}</Chip></div>
        {sample.abandoned !== null && <p className={css["note"]}>{words.abandoned(sample.abandoned.by, sample.abandoned.reason)}</p>}
        {sample.drawn === null && sample.abandoned === null && <p className={css["note"]}>{words.waitingLead(sample.source)} {sample.locked.leafIndex === null && words.notLogged}</p>}
        {sample.drawn !== null && <Dots sample={sample} />}
        <SampleFacts sample={sample} />
        {sample.drawn !== null && <Redraw id={sample.id} />}
        {(sample.may.length > 0 || sample.drawn !== null) && (
          <div className={css["foot"]}>
            {sample.may.includes("draw") && <Button kind="primary" size="big" onClick={() => setDialog("draw")}>{words.draw}</Button>}
            {sample.drawn !== null && <ButtonLink icon="download" href={address("inquiry.evidence", { id: sample.id })} download={`undian-${sample.id}.json`}>{words.evidence}</ButtonLink>}
            {sample.may.includes("abandon") && <Button kind="link" onClick={() => setDialog("abandon")}>{words.abandon}</Button>}
          </div>
        )}
      </section>
      {sample.letters.length > 0 && (
        <section className={css["card"]}>
          <h2>{words.letters}</h2>
          {!sample.may.includes("judge") && sample.abandoned === null && <p className={css["quiet"]}>{words.closed}</p>}
          <ol className={css["letters"]}>{sample.letters.map((letter, at) => <SampledLetter key={letter.id} sampleId={sample.id} letter={letter} nth={at + 1} mayJudge={sample.may.includes("judge")} />)}</ol>
        </section>
      )}
      {dialog === "draw" && <DrawDialog sample={sample} onClose={() => setDialog(undefined)} />}
      {dialog === "abandon" && <AbandonDialog id={sample.id} onClose={() => setDialog(undefined)} />}
    </RoomFrame>
  );
};

const SampledLetter = ({ sampleId, letter, nth, mayJudge }: { readonly sampleId: string; readonly letter: Sampled; readonly nth: number; readonly mayJudge: boolean }): ReactElement => {
  const words = useInquiryMessages().samples;
  const time = useTimeWords();
  const now = useNow();
  const [isChanging, setChanging] = useState(false);
  const [note, setNote] = useState<string | undefined>(undefined);
  const judge = useCommand("inquiry.judge", { outdates: ["inquiry.sample", "inquiry.samples"], onDone: () => { setNote(undefined); setChanging(false); } });
  const isOpen = mayJudge && (letter.verdict === null || isChanging);
  return (
    <li>
      <i>{nth}</i>
      <span>
        <b>{mayJudge ? <OpenLetter letterId={letter.id}>{letter.number === "" ? words.openLetter : letter.number}</OpenLetter> : letter.number}</b>
        <small>{[letter.subject, letter.unit, letter.date === null || letter.date === "" ? null : time.mediumDate(letter.date)].filter((part) => part !== null && part !== "").join(" · ")}</small>
        {letter.note !== "" && <small><q>{letter.note}</q></small>}
        {letter.by !== null && letter.at !== null && <small>{words.by(letter.by, time.when(letter.at, now))}</small>}
      </span>
      <span className={css["judging"]}>
        {letter.verdict !== null && !isChanging && <Chip tone={letter.verdict === "cocok" ? "leaf" : "soon"} icon={letter.verdict === "cocok" ? "check" : "comment"}>{words.judge[letter.verdict]}</Chip>}
        {letter.verdict !== null && !isChanging && mayJudge && <Button size="small" kind="quiet" onClick={() => setChanging(true)}>{words.change}</Button>}
        {isOpen && <Button size="small" icon="check" isBusy={judge.isPending} onClick={() => judge.mutate({ id: sampleId, letterId: letter.id, verdict: "cocok", note: "" })}>{words.judge.cocok}</Button>}
        {isOpen && <Button size="small" icon="comment" onClick={() => setNote(letter.note)}>{words.judge.catatan}</Button>}
        {letter.verdict === null && !mayJudge && <Chip tone="plain">{words.notYet}</Chip>}
      </span>
      {note !== undefined && (
        <div className={css["noting"]}>
          <Field label={words.noteField}><textarea value={note} maxLength={2000} onChange={(event) => setNote(event.target.value)} /></Field>
          <Button kind="primary" size="small" isBusy={judge.isPending} disabled={note.trim() === ""} onClick={() => judge.mutate({ id: sampleId, letterId: letter.id, verdict: "catatan", note: note.trim() })}>{words.saveNote}</Button>
        </div>
      )}
      {judge.error !== null && <div className={css["noting"]}><Fault error={judge.error} /></div>}
    </li>
  );
};

const DrawDialog = ({ sample, onClose }: { readonly sample: View; readonly onClose: () => void }): ReactElement => {
  const words = useInquiryMessages().samples;
  const [value, setValue] = useState("");
  const draw = useCommand("inquiry.drawSample", { outdates: ["inquiry.sample", "inquiry.samples"], onDone: () => { notify("done", words.drawn); onClose(); } });
  return (
    <Dialog isOpen onClose={onClose} title={words.drawTitle} lead={words.drawLead} isHeld={draw.isPending} foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="primary" isBusy={draw.isPending} disabled={value.trim() === ""} onClick={() => draw.mutate({ id: sample.id, value: value.trim() })}>{words.draw}</Button></>}>
      <Field label={words.value(sample.source)}><input type="text" data-autofocus value={value} maxLength={200} onChange={(event) => setValue(event.target.value)} /></Field>
      <Fault error={draw.error} />
    </Dialog>
  );
};

const AbandonDialog = ({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactElement => {
  const words = useInquiryMessages().samples;
  const [reason, setReason] = useState("");
  const abandon = useCommand("inquiry.abandonSample", { outdates: ["inquiry.sample", "inquiry.samples"], onDone: onClose });
  return (
    <Dialog isOpen onClose={onClose} title={words.abandonTitle} lead={words.abandonLead} isHeld={abandon.isPending} foot={<><Button onClick={onClose}>{words.cancel}</Button><Button kind="danger" isBusy={abandon.isPending} disabled={reason.trim() === ""} onClick={() => abandon.mutate({ id, reason: reason.trim() })}>{words.abandonTitle}</Button></>}>
      <Field label={words.reason}><textarea data-autofocus value={reason} maxLength={500} onChange={(event) => setReason(event.target.value)} /></Field>
      <Fault error={abandon.error} />
    </Dialog>
  );
};
