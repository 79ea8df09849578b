import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState, type DragEvent, type ReactElement } from "react";
import { Refused, type ResultOf } from "../kernel/api.ts";
import { useLanguage } from "../kernel/catalog/index.ts";
import { now } from "../kernel/clock.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { keyOf, reading, useCommand, useRead } from "../kernel/queries.ts";
import { address, upload } from "../kernel/server.ts";
import { numberWords } from "../kernel/time.ts";
import { useMe } from "../session/me.ts";
import { Button, ButtonLink, Spinner } from "../ui/Button.tsx";
import { DayInput } from "../ui/DateField.tsx";
import { cx } from "../ui/class-names.ts";
import { Icon } from "../ui/Icon.tsx";
import { Fault, Page, Section } from "../ui/Page.tsx";
import { Chip } from "../ui/Small.tsx";
import { changesTheChart } from "./acts.ts";
import { dayOf } from "../kernel/days.ts";
import { decreeGap, decreeInput, emptyDecree, isDecreeTouched } from "./decree.ts";
import { DecreeField } from "./DecreeField.tsx";
import { useExchangeMessages, useProblemSentence } from "./exchange-messages.ts";
import { Input } from "./Parts.tsx";
import css from "./ExchangePage.module.css";

type File = { readonly id: string; readonly name: string };
type DryRun = ResultOf<"organisation.dryRun">;

const sheets = ["Unit", "Jabatan", "Pegawai", "Pemangku"] as const;
const accepted = ".xlsx,.csv,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** The organisation out to a workbook and in again: checked first, applied whole. */
export const ExchangePage = (): ReactElement => {
  const words = useExchangeMessages();
  const [taken, setTaken] = useState<File | null>(null);
  // What was sent before lies with the server for a day: whoever comes back finds it, and sees how far it is.
  const before = useRead("organisation.waitingImport", {});
  const file = taken ?? before.data?.file ?? null;
  return (
    <Page title={words.title} note={words.lead} acts={<ButtonLink href="/organisasi" icon="org">{words.back}</ButtonLink>}>
      <Section title={words.export} lead={words.exportLead}>
        <div className={css["links"]}>
          <ButtonLink kind="primary" icon="download" href={address("organisation.export", {})} download="">{words.workbook}</ButtonLink>
          {sheets.map((sheet) => <ButtonLink key={sheet} href={address("organisation.export", { sheet })} download="">{words.csv(sheet)}</ButtonLink>)}
        </div>
      </Section>
      <Section title={words.import} lead={words.importLead}>
        <div className={css["links"]}><ButtonLink icon="table" href={address("organisation.template", {})} download="">{words.template}</ButtonLink></div>
        <Drop key={file?.id ?? "none"} isSmall={file !== null} onTaken={setTaken} />
      </Section>
      {file !== null && <Check key={file.id} file={file} onApplied={() => { setTaken(null); void before.refetch(); }} />}
    </Page>
  );
};

const Drop = ({ isSmall, onTaken }: { readonly isSmall: boolean; readonly onTaken: (file: File) => void }): ReactElement => {
  const words = useExchangeMessages();
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Error | null>(null);
  const take = async (file: globalThis.File | undefined): Promise<void> => {
    if (file === undefined) return;
    setBusy(true);
    setFault(null);
    try {
      onTaken(await upload("organisation.uploadImport", uuidv7(), file));
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
    } finally {
      setBusy(false);
    }
  };
  const over = (event: DragEvent, isNow: boolean): void => {
    event.preventDefault();
    setOver(isNow);
  };
  return (
    <div
      className={cx(css["drop"], isSmall && css["small"], isOver && css["over"])}
      onDragEnter={(event) => over(event, true)}
      onDragOver={(event) => over(event, true)}
      onDragLeave={(event) => over(event, false)}
      onDrop={(event) => {
        over(event, false);
        void take(event.dataTransfer.files[0]);
      }}
    >
      <input ref={input} type="file" className="vh" tabIndex={-1} accept={accepted} aria-label={words.choose} onChange={(event) => { const chosen = event.target.files?.[0]; event.target.value = ""; void take(chosen); }} />
      {!isSmall && <Icon name="table" size={36} />}
      <Button kind={isSmall ? "plain" : "primary"} icon="upload" isBusy={isBusy} onClick={() => input.current?.click()}>{isBusy ? words.reading : isSmall ? words.other : words.choose}</Button>
      {!isSmall && <p>{words.drop}<small>{words.limits}</small></p>}
      <Fault error={fault} />
    </div>
  );
};

const Check = ({ file, onApplied }: { readonly file: File; readonly onApplied: () => void }): ReactElement => {
  const words = useExchangeMessages();
  const language = useLanguage();
  const { zone } = useMe().tenant;
  const [since, setSince] = useState("");
  const [decree, setDecree] = useState(emptyDecree);
  const [isTried, setTried] = useState(false);
  const dry = useRead("organisation.dryRun", { id: file.id, ...(since !== "" && { since }) });
  const apply = useCommand("organisation.applyImport", { outdates: ["organisation.importProgress"] });
  const progress = useProgress(file.id, (seen) => {
    const made = seen > 0 ? numberWords(seen, language) : apply.data?.status;
    if (made !== undefined) notify("done", words.applied(made)); // without either the rows are gone because another file was sent
    onApplied();
  });
  const gap = isDecreeTouched(decree) && decreeGap(decree) !== undefined;
  if (progress.running !== undefined) return <Section title={words.result(file.name)}><Running {...progress.running} /></Section>;
  if (dry.data === undefined) return <Section title={words.result(file.name)}>{dry.error === null ? <p role="status"><Spinner size={18} /> {words.checking}</p> : <><Fault error={dry.error} /><p><Button icon="reload" onClick={() => void dry.refetch()}>{words.again}</Button></p></>}</Section>;
  const { data } = dry;
  const fault = apply.error ?? progress.fault;
  const send = (): void => {
    setTried(true);
    if (!gap) apply.mutate({ id: file.id, digest: data.digest, since: since === "" ? null : since, decree: decreeInput(decree) ?? null });
  };
  return (
    <Section title={words.result(file.name)}>
      <Counts sheets={data.sheets} />
      {data.problemCount > 0 ? <Problems data={data} /> : data.changeCount === 0 ? <p className={css["good"]} role="status"><Icon name="check" /> {words.clean} {words.nothing}</p> : (
        <>
          <p className={css["good"]} role="status"><Icon name="check" /> {words.clean} {words.changes(data.changeCount)}.</p>
          <Changes data={data} />
          <div className={css["when"]}>
            <Input label={words.since} note={words.sinceNote}>{(given) => <DayInput {...given} today={dayOf(now(), zone)} min={dayOf(now(), zone)} value={since} onChange={setSince} />}</Input>
            <DecreeField value={decree} onChange={setDecree} isOptional showsGap={isTried && gap} />
          </div>
          <RowFault error={fault} />
          <p className={css["apply"]}>
            {fault instanceof Refused && fault.code === "organisation_changed" && <Button icon="reload" onClick={() => { apply.reset(); void dry.refetch(); }}>{words.again}</Button>}
            <Button kind="primary" icon="check" isBusy={apply.isPending || dry.isFetching} onClick={send}>{words.apply(data.changeCount)}</Button>
          </p>
        </>
      )}
    </Section>
  );
};

/** A refusal in the middle of applying names its row. */
const RowFault = ({ error }: { readonly error: Error | null }): ReactElement | null => {
  const words = useExchangeMessages();
  if (error === null) return null;
  const facts = error instanceof Refused ? error.facts : {};
  const place = typeof facts["sheet"] === "string" && typeof facts["row"] === "number" ? words.atRow(facts["sheet"], facts["row"]) : "";
  return <p className={css["fault"]} role="alert">{place} {error.message}</p>;
};

/** The job goes on by itself: who leaves the page finds it done. */
const Running = ({ done, total }: { readonly done: number; readonly total: number }): ReactElement => {
  const words = useExchangeMessages();
  const language = useLanguage();
  const label = words.applying(numberWords(done, language), numberWords(total, language));
  return (
    <div className={css["running"]}>
      <p role="status">{label}</p>
      <progress aria-label={label} max={Math.max(1, total)} value={done} />
      <p>{words.mayLeave}</p>
    </div>
  );
};

const everyMs = 700;

/** How the application stands: how far it is while it runs, and why it was refused. Tells once that its rows are gone, and how many changes it was seen to make. */
const useProgress = (id: string, onGone: (seen: number) => void): { readonly running: { readonly done: number; readonly total: number } | undefined; readonly fault: Error | null } => {
  const client = useQueryClient();
  const { data, error } = useQuery({ ...reading("organisation.importProgress", { id }), staleTime: 0, refetchInterval: (query) => (query.state.status === "success" && query.state.data?.isRunning === true ? everyMs : false) });
  const total = useRef(0);
  if (data?.isRunning === true) total.current = data.total;
  const isDone = data?.isWaiting === false;
  const tell = useEffectEvent(() => {
    for (const outdated of [...changesTheChart, "organisation.dryRun" as const]) void client.invalidateQueries({ queryKey: keyOf(outdated) });
    onGone(total.current);
  });
  useEffect(() => {
    if (isDone) tell();
  }, [isDone]);
  return { running: error === null && data?.isRunning === true ? { done: data.done, total: data.total } : undefined, fault: error };
};

const Counts = ({ sheets: rows }: { readonly sheets: DryRun["sheets"] }): ReactElement => {
  const words = useExchangeMessages();
  const language = useLanguage();
  const say = (value: number): string => numberWords(value, language);
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard
    <div className={css["scroll"]} role="region" tabIndex={0} aria-label={words.sheet}>
      <table className={css["counts"]}>
        <thead><tr><th scope="col">{words.sheet}</th><th scope="col">{words.rows}</th><th scope="col">{words.fresh}</th><th scope="col">{words.changed}</th><th scope="col">{words.unchanged}</th><th scope="col">{words.absent}</th></tr></thead>
        <tbody>{rows.map((row) => <tr key={row.sheet}><th scope="row">{row.sheet}</th><td>{say(row.rows)}</td><td>{say(row.fresh)}</td><td>{say(row.changed)}</td><td>{say(row.unchanged)}</td><td>{say(row.absent)}</td></tr>)}</tbody>
      </table>
    </div>
  );
};

const problemsAtOnce = 500;

/** Every problem of the file by its row; very many come in parts, so that the page stays quick. */
const Problems = ({ data }: { readonly data: DryRun }): ReactElement => {
  const words = useExchangeMessages();
  const sentence = useProblemSentence();
  const [most, setMost] = useState(problemsAtOnce);
  const shown = data.problems.slice(0, most);
  return (
    <>
      <h3 className={css["bad"]} role="alert"><Icon name="warning" size={18} /> {words.problems(data.problemCount)}</h3>
      <p>{words.fix} {shown.length < data.problemCount && words.shownOf(shown.length, data.problemCount)}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard */}
      <div className={css["scroll"]} role="region" tabIndex={0} aria-label={words.problem}>
        <table className={css["list"]}>
          <thead><tr><th scope="col">{words.sheet}</th><th scope="col">{words.row}</th><th scope="col">{words.column}</th><th scope="col">{words.problem}</th></tr></thead>
          <tbody>
            {shown.map((problem) => (
              <tr key={`${problem.sheet}/${problem.row}/${problem.column ?? ""}/${problem.code}/${problem.value}`}>
                <td>{problem.sheet}</td><td>{problem.row}</td><td>{problem.column ?? ""}</td><td>{sentence(problem)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {shown.length < data.problems.length && <p><Button onClick={() => setMost(most + problemsAtOnce)}>{words.more}</Button></p>}
    </>
  );
};

const Changes = ({ data }: { readonly data: DryRun }): ReactElement => {
  const words = useExchangeMessages();
  return (
    <details className={css["changes"]} open={data.changes.length <= 12}>
      <summary>{words.changes(data.changeCount)}{data.changes.length < data.changeCount && <> · {words.shownOf(data.changes.length, data.changeCount)}</>}</summary>
      <ul>
        {data.changes.map((change) => <li key={`${change.sheet}/${change.row}`}><span>{change.sheet} {change.row}</span> <b>{change.title}</b> <Chip tone={change.what === "ended" ? "soon" : change.what === "new" ? "leaf" : "plain"}>{words.what[change.what]}</Chip></li>)}
      </ul>
    </details>
  );
};
