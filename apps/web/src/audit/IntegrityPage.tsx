import { useQueryClient } from "@tanstack/react-query";
import type { ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { keyOf, useAgainWhile, useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { numberWords } from "../kernel/time.ts";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Alarm, Code, Fault, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { BrowserCheck } from "./LogCard.tsx";
import { useAuditMessages } from "./messages.ts";
import { RoomFrame } from "./RoomFrame.tsx";
import css from "./Room.module.css";

/** `/pengawasan/keutuhan`: does everything agree with everything, who outside says so, and every check that was made. */
export const IntegrityPage = (): ReactElement => {
  const words = useAuditMessages();
  return (
    <RoomFrame title={words.title} lead={<p>{words.lead}</p>}>
      <Integrity />
    </RoomFrame>
  );
};

type View = ResultOf<"audit.integrity">;
type Last = NonNullable<View["last"]>;
type Watch = View["watch"];
type Witness = Watch["witnesses"][number];

const isUnderWay = (running: View["running"]): boolean => running !== null && running.step !== "selesai" && running.step !== "gagal";

const Integrity = (): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const client = useQueryClient();
  const answer = useRead("audit.integrity", {});
  const check = useCommand("audit.check", { outdates: ["audit.integrity"] });
  const isRunning = answer.data !== undefined && isUnderWay(answer.data.running);
  useAgainWhile(isRunning, "audit.integrity", () => void client.invalidateQueries({ queryKey: keyOf("audit.checks") })); // its report joins the others
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { last, running, log, watch } = answer.data;
  return (
    <>
      <Alarms watch={watch} />
      <Section title={words.integrity} lead={words.integrityLead}>
        <div role="status">
          {running !== null && (isRunning || running.step === "gagal") && <p><Chip tone={isRunning ? "acting" : "late"}>{words.progress(words.steps[running.step], numberWords(running.count, time.language))}</Chip> <span className={css["quiet"]}>{words.askedBy(running.by, time.when(running.asked, now))}</span></p>}
          {last === null ? <p>{words.never}</p> : last.findings.length === 0 ? <p><Chip tone="gold" icon="check">{words.whole(time.when(last.at, now), numberWords(last.events, time.language), numberWords(last.rows, time.language), numberWords(last.files, time.language))}</Chip></p> : <p><Chip tone="late">{words.broken(last.findings.length, time.when(last.at, now))}</Chip></p>}
        </div>
        {last !== null && <Layers last={last} />}
        {last !== null && last.findings.length > 0 && (
          <>
            <h3 className={css["sub"]}>{words.differences}</h3>
            <Rows>{last.findings.map((finding) => <Row key={`${finding.kind} ${finding.id} ${finding.sentence}`} title={finding.sentence} note={`${finding.kind} ${finding.id}`} />)}</Rows>
          </>
        )}
        <div className={css["acts"]}>
          <Button kind="primary" onClick={() => check.mutate({})} isBusy={check.isPending || isRunning}>{words.check}</Button>
          {last !== null && <ButtonLink icon="download" href={address("audit.checkFile", { at: last.at })} download="">{words.json}</ButtonLink>}
        </div>
        <Fault error={check.error} />
      </Section>
      <Witnesses watch={watch} />
      {log !== null && (
        <Section title={words.log} lead={words.logLead}>
          <p>{words.size(numberWords(log.size, time.language))} {watch.published !== null && words.published(numberWords(watch.published, time.language))}</p>
          <Code>{log.checkpoint}</Code>
          <br />
          <BrowserCheck />
        </Section>
      )}
      <History />
    </>
  );
};

const layers = [["peristiwa", "events", ["event"]], ["baris", "rows", ["row", "trace"]], ["berkas", "files", ["file"]], ["nomor", "numbers", ["number"]], ["log", "leaves", ["log"]], ["saksi", "witnesses", ["witness"]]] as const;

/** The six that must agree with each other, each with its tick. */
const Layers = ({ last }: { readonly last: Last }): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  return (
    <ul className={css["layers"]}>
      {layers.map(([name, counted, kinds]) => {
        const count = last[counted];
        const isUnknown = count === null || (name === "saksi" && count === 0);
        const wrong = last.findings.filter((finding) => kinds.some((kind) => kind === finding.kind)).length;
        return (
          <li key={name} data-state={wrong > 0 ? "salah" : isUnknown ? "belum" : "sesuai"}>
            <Icon name={wrong > 0 ? "warning" : isUnknown ? "clock" : "check"} size={22} />
            <b>{words.layers[name]}</b>
            <small>{wrong > 0 ? words.differs(wrong) : count === null ? "–" : isUnknown ? words.nobody : words.checked(numberWords(count, time.language))}</small>
          </li>
        );
      })}
    </ul>
  );
};

const History = (): ReactElement | null => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const { data } = useRead("audit.checks", {});
  if (data === undefined || data.length === 0) return null;
  return (
    <Section title={words.history} lead={words.historyLead}>
      <Rows>
        {data.map((run) => (
          <Row
            key={run.at}
            title={time.stamp(run.at, now)}
            note={words.whole(time.clock(run.at), numberWords(run.events, time.language), numberWords(run.rows, time.language), numberWords(run.files, time.language)).replace(/^[^:]*: /, "")}
            side={<>{run.findings === 0 ? <Chip tone="gold" icon="check">{words.wholeShort}</Chip> : <Chip tone="late">{words.findings(run.findings)}</Chip>} <ButtonLink size="small" kind="quiet" href={address("audit.checkFile", { at: run.at })} download="">{words.json}</ButtonLink></>}
          />
        ))}
      </Rows>
    </Section>
  );
};

/** What must not be overlooked stands before everything else on the page. */
const Alarms = ({ watch }: { readonly watch: Watch }): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const refusing = watch.witnesses.filter((witness) => witness.problem === "menolak");
  return (
    <>
      {watch.halt !== null && <Alarm>{words.halted(numberWords(watch.halt.size), numberWords(watch.halt.seen), watch.halt.by === "folder" ? words.ownFolder : watch.halt.by, time.when(watch.halt.since, now))}</Alarm>}
      {refusing.length > 0 && <Alarm>{words.refusing(refusing.map((witness) => witness.name).join(", "))}</Alarm>}
    </>
  );
};

/** Who outside this office has seen how much of the log, and what it means when one of them does not follow. */
const Witnesses = ({ watch }: { readonly watch: Watch }): ReactElement => {
  const words = useAuditMessages();
  const time = useTimeWords();
  const now = useNow();
  const note = (witness: Witness): string => {
    if (witness.problem !== null) return words.problem[witness.problem];
    if (witness.at === null) return words.notYet;
    return words.seen(numberWords(witness.size), time.when(witness.at, now));
  };
  return (
    <Section title={words.witnesses} lead={watch.witnesses.length === 0 ? words.noWitnesses : words.witnessesLead(numberWords(watch.enough), numberWords(watch.witnesses.length))}>
      {watch.witnesses.length > 0 && (
        <Rows>
          {watch.witnesses.map((witness) => (
            <Row key={witness.name} title={witness.name} note={note(witness)} side={<WitnessChip witness={witness} published={watch.published ?? 0} />} />
          ))}
        </Rows>
      )}
    </Section>
  );
};

/** Measured by what is published: what was done a moment ago is on its way to everyone. */
const WitnessChip = ({ witness, published }: { readonly witness: Witness; readonly published: number }): ReactElement => {
  const words = useAuditMessages();
  if (witness.problem === "menolak") return <Chip tone="late">{words.refuses}</Chip>;
  if (witness.problem !== null) return <Chip tone="soon">{words.away}</Chip>;
  return witness.size >= published && witness.size > 0 ? <Chip tone="gold" icon="check">{words.follows}</Chip> : <Chip tone="plain">{words.behind(numberWords(published - witness.size))}</Chip>;
};
