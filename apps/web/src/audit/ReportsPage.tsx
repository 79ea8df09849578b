import { useEffect, useRef, useState, type ReactElement } from "react";
import type { InputOf, ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { address } from "../kernel/server.ts";
import { numberWords, type TimeWords } from "../kernel/time.ts";
import { useMe, useTimeWords } from "../session/me.ts";
import { Button, ButtonLink } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault } from "../ui/Page.tsx";
import { ActProof } from "./ActProof.tsx";
import { useInquiryMessages, type InquiryMessages } from "./inquiry-messages.ts";
import { OpenLetter } from "./OpenLetter.tsx";
import { MandateLine, RoomFrame, UnderMandate } from "./RoomFrame.tsx";
import css from "./Room.module.css";

type Question = ResultOf<"inquiry.report">["question"];
type Report = ResultOf<"inquiry.report">;
type Letter = ResultOf<"inspections.search">["items"][number];

const questions = ["pembaca", "pelaksana", "nomor", "tenggat", "versi", "admin", "rantai"] as const;
// What each is asked about: one letter, a time, both, or nothing but the log itself.
const asks: Readonly<Record<Question, { readonly letter: boolean; readonly span: boolean; readonly before: boolean }>> = {
  pembaca: { letter: true, span: false, before: true }, pelaksana: { letter: false, span: true, before: false }, nomor: { letter: false, span: true, before: false }, tenggat: { letter: false, span: true, before: false },
  versi: { letter: false, span: true, before: false }, admin: { letter: true, span: false, before: false }, rantai: { letter: false, span: false, before: false },
};

/** `/pengawasan/laporan`: the seven questions that the record must answer, each answer with its proof. */
export const ReportsPage = (): ReactElement => {
  const words = useInquiryMessages().reports;
  return (
    <RoomFrame title={words.title} lead={<><p>{words.lead}</p><MandateLine /></>}>
      <UnderMandate>{(mandate) => <Reports key={mandate.id} inspectionId={mandate.id} />}</UnderMandate>
    </RoomFrame>
  );
};

const Reports = ({ inspectionId }: { readonly inspectionId: string }): ReactElement => {
  const words = useInquiryMessages().reports;
  const time = useTimeWords();
  const today = dayOf(useNow(), time.zone);
  const choices = useRead("inquiry.choices", {});
  const [question, setQuestion] = useState<Question>("pembaca");
  const [letter, setLetter] = useState<Letter | undefined>(undefined);
  const [span, setSpan] = useState({ from: "", to: "" });
  const [unitId, setUnit] = useState("");
  const answer = useRef<HTMLDivElement>(null);
  const report = useCommand("inquiry.report");
  const asked = asks[question];
  const input = { letterId: asked.letter ? (letter?.id ?? null) : null, from: asked.span && span.from !== "" ? span.from : null, to: (asked.span || asked.before) && span.to !== "" ? span.to : null, unitId: asked.span && unitId !== "" ? unitId : null };
  useEffect(() => {
    if (report.data !== undefined && matchMedia("(max-width: 760px)").matches) answer.current?.scrollIntoView({ block: "start" }); // on a phone it is far below the questions
  }, [report.data]);
  const choose = (next: Question): void => {
    setQuestion(next);
    report.reset(); // an answer to another question
  };
  return (
    <>
      <fieldset className={`${css["questions"]} ${css["unprinted"]}`}>
        <legend>{words.choose}</legend>
        {questions.map((one) => <button key={one} type="button" className={css["question"]} aria-pressed={one === question} onClick={() => choose(one)}>{words.questions[one]}</button>)}
      </fieldset>
      <section className={`${css["card"]} ${css["unprinted"]}`}>
        <div className={css["form"]}>
          {asked.letter && <LetterChoice inspectionId={inspectionId} letter={letter} onChoose={setLetter} />}
          {asked.before && <DayField label={words.before} today={today} max={today} value={span.to} onChange={(to) => setSpan({ ...span, to })} />}
          {asked.span && (
            <>
              <DayField label={words.from} today={today} max={today} value={span.from} onChange={(from) => setSpan({ ...span, from })} />
              <DayField label={words.to} today={today} max={today} value={span.to} onChange={(to) => setSpan({ ...span, to })} />
              <label>{words.unit}<select value={unitId} onChange={(event) => setUnit(event.target.value)}><option value="">{words.anyUnit}</option>{choices.data?.units.map((unit) => <option key={unit.id} value={unit.id}>{unit.name}</option>)}</select></label>
            </>
          )}
          <div><Button kind="primary" isBusy={report.isPending} disabled={asked.letter && letter === undefined} onClick={() => report.mutate({ id: inspectionId, question, ...input })}>{words.run}</Button></div>
        </div>
        <Fault error={report.error} />
      </section>
      <div ref={answer}>{report.data !== undefined && <Answer report={report.data} inspectionId={inspectionId} input={input} />}</div>
    </>
  );
};

/** The letter that is asked about, found within reach; the search is recorded. */
const LetterChoice = ({ inspectionId, letter, onChoose }: { readonly inspectionId: string; readonly letter: Letter | undefined; readonly onChoose: (letter: Letter | undefined) => void }): ReactElement => {
  const words = useInquiryMessages().reports;
  const [q, setQ] = useState("");
  const search = useCommand("inspections.search");
  if (letter !== undefined) return <div className={css["wide"]}><p className={css["quiet"]}>{words.chosen}</p><p><b>{letter.number}</b> {letter.subject} <Button kind="link" onClick={() => onChoose(undefined)}>{words.other}</Button></p></div>;
  const find = (): void => search.mutate({ id: inspectionId, q: q.trim(), limit: 8 });
  return (
    <div className={css["wide"]}>
      <form role="search" className={css["form"]} onSubmit={(event) => { event.preventDefault(); find(); }}>
        <label>{words.findLetter}<input type="search" value={q} maxLength={100} onChange={(event) => setQ(event.target.value)} /></label>
        <div><Button type="submit" icon="search" isBusy={search.isPending}>{words.find}</Button></div>
      </form>
      {search.data?.items.length === 0 && <p className={css["note"]} role="status">{words.noLetter}</p>}
      <ul className={css["letters"]}>{(search.data?.items ?? []).map((one) => <li key={one.id}><i /><Button kind="link" onClick={() => onChoose(one)}>{one.number}</Button><small>{one.subject}</small></li>)}</ul>
      <Fault error={search.error} />
    </div>
  );
};

const Answer = ({ report, inspectionId, input }: { readonly report: Report; readonly inspectionId: string; readonly input: Omit<InputOf<"inquiry.report">, "id" | "question"> }): ReactElement => {
  const words = useInquiryMessages().reports;
  const time = useTimeWords();
  const me = useMe();
  const file = (form: "csv" | "json"): string =>
    address("inquiry.reportFile", { id: inspectionId, question: report.question, form, ...(input.letterId != null && { letterId: input.letterId }), ...(input.from != null && { from: input.from }), ...(input.to != null && { to: input.to }), ...(input.unitId != null && { unitId: input.unitId }) });
  return (
    <section className={css["card"]} aria-label={words.questions[report.question]}>
      <div className={css["between"]}>
        <div>
          <h2>{words.questions[report.question]}</h2>
          <p className={css["quiet"]} role="status">{words.rows(report.rows.length)}: {report.words}. {report.basis}.</p>
          <p className={css["quiet"]}>{words.made(`${time.mediumDate(report.at)} ${time.clock(report.at)} ${time.zone}`, me.name)}{report.head !== null && `, ${words.head(numberWords(report.head.size, time.language))}`}</p>
        </div>
      </div>
      {report.rows.length === 0 ? <EmptyState drawing="search" title={words.none}>{words.noneLead}</EmptyState> : <Table report={report} />}
      {report.isCut && <p className={css["note"]}>{words.isCut}</p>}
      <div className={css["foot"]}>
        <Button icon="print" onClick={() => print()}>{words.print}</Button>
        <ButtonLink icon="download" href={file("csv")} download="">{words.csv}</ButtonLink>
        <ButtonLink icon="download" href={file("json")} download="">{words.json}</ButtonLink>
      </div>
    </section>
  );
};

const Table = ({ report }: { readonly report: Report }): ReactElement => {
  const words = useInquiryMessages().reports;
  const time = useTimeWords();
  const hasProofs = report.rows.some((row) => row.event !== null);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div className={css["frame"]} role="region" tabIndex={0} aria-label={words.questions[report.question]}>
      <table className={css["table"]}>
        <thead><tr>{report.columns.map((column) => <th key={column} scope="col">{columnWord(column, words)}</th>)}{hasProofs && <th scope="col">{words.proof}</th>}</tr></thead>
        <tbody>
          {report.rows.map((row, at) => (
            <tr key={row.event?.id ?? at} data-tone={row.tone}>
              {report.columns.map((column) => <td key={column} className={css["cell"]}>{column === "number" && row.letter !== null ? <OpenLetter letterId={row.letter.id}>{row.cells[column] ?? row.letter.number}</OpenLetter> : <Cell column={column} value={row.cells[column] ?? null} row={row} words={words} time={time} />}</td>)}
              {hasProofs && <td>{row.event !== null && <ActProof act={{ eventId: row.event.id, type: row.event.type, person: "", post: "" }} subjectId={row.event.subjectId} leafIndex={row.event.leafIndex} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

type ReportWords = InquiryMessages["reports"];

const columnWord = (column: string, words: ReportWords): string => new Map<string, string>(Object.entries(words.columns)).get(column) ?? column;

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);

/** One value as an official reads it: moments in the office's time, hashes short, codes in words. */
const Cell = ({ column, value, row, words, time }: { readonly column: string; readonly value: string | null; readonly row: Report["rows"][number]; readonly words: ReportWords; readonly time: TimeWords }): ReactElement => {
  if (value === null || value === "") return <>–</>;
  if (column === "what") return <>{value.startsWith("saksi:") ? words.witness(value.slice("saksi:".length)) : valueWord(value, words)}</>;
  if (column === "says") return <>{saysWord(row, value, words, time)}</>;
  if (isInstant(value)) return <>{`${time.mediumDate(value)} ${time.exactClock(value)}`}</>;
  if (column === "initialled" || column === "signed") return <code title={value}>{value.slice(0, 12)}…</code>;
  return <>{valueWord(value, words)}</>;
};

const valueWord = (value: string, words: ReportWords): string => new Map<string, string>(Object.entries(words.values)).get(value) ?? value;

const saysWord = (row: Report["rows"][number], value: string, words: ReportWords, time: TimeWords): string => {
  const [first = "", second = "", third = ""] = value.split(" ");
  const moment = (text: string): string => (isInstant(text) ? `${time.mediumDate(text)} ${time.clock(text)}` : text);
  switch (row.cells["what"]) {
    case "urutan":
      return row.tone === "baik" ? words.whole(value) : words.broken(value);
    case "kepala":
      return value;
    case "pemeriksaan":
      return isInstant(first) ? words.checkedAs(moment(first), Number(second)) : words.notChecked;
    default:
      return [words.seen(first, moment(second)), third].filter((part) => part !== "").join(" ");
  }
};
