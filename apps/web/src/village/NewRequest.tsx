import { useNavigate } from "@tanstack/react-router";
import { useEffect, useId, useRef, useState, type FormEvent, type ReactElement } from "react";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { useTypedText } from "../kernel/typed-text.ts";
import { useTimeWords, useTypedTextShelf } from "../session/me.ts";
import { Button } from "../ui/Button.tsx";
import { DateField } from "../ui/DateField.tsx";
import { Fault, Section } from "../ui/Page.tsx";
import { useVillageMessages } from "./messages.ts";
import { answerAt, blankAnswers, blankGroup, boundsOf, faultsOf, inOneMonth, questionsOf, withAnswer, type Answers, type Question, type QuestionGroup } from "./questions.ts";
import css from "./Village.module.css";

/** Under this name a request that is being entered is kept on the device. */
export const newRequestKey = "permohonan-baru";

type Typed = { readonly service: string; readonly answers: Answers };
const nothingTyped: Typed = { service: "", answers: {} };
const isTyped = (kept: unknown): kept is Typed => typeof kept === "object" && kept !== null && "service" in kept && typeof kept.service === "string" && "answers" in kept && typeof kept.answers === "object" && kept.answers !== null;

/** Entering a request: the questions of the letter's own form, kept on this device until the server has them. */
export const NewRequest = ({ onClose }: { readonly onClose: () => void }): ReactElement => {
  const words = useVillageMessages();
  const navigate = useNavigate();
  const now = useNow();
  const { zone } = useTimeWords();
  const today = dayOf(now, zone);
  const services = useRead("village.services", {});
  const text = useTypedText(useTypedTextShelf(), newRequestKey, nothingTyped, isTyped);
  const [attempts, setAttempts] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (attempts > 0) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [attempts]);
  const create = useCommand("village.create", {
    outdates: ["village.list", "desk.list"],
    onDone: (made) => {
      text.settle(nothingTyped);
      notify("done", words.created);
      void navigate({ href: `/layanan/${made.id}` });
    },
  });
  const service = text.value.service === "" ? (services.data?.[0]?.code ?? "") : text.value.service;
  const answers = { ...blankAnswers(service, inOneMonth(today)), ...text.value.answers };
  const faults = faultsOf(service, answers, today);
  const change = (path: string, answer: unknown): void => text.change({ service, answers: withAnswer(text.value.answers, path, answer) });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setAttempts(attempts + 1);
    if (faults.size === 0) create.mutate({ id: uuidv7(), service, form: answers });
  };
  const field = (question: Question): ReactElement => {
    const fault = attempts === 0 ? undefined : faults.get(question.path);
    const answer = answerAt(answers, question.path);
    return <Answer key={question.path} question={question} value={typeof answer === "string" ? answer : ""} fault={fault} today={today} onChange={(value) => change(question.path, value)} />;
  };
  return (
    <Section title={words.create}>
      <form ref={form} onSubmit={submit} noValidate>
        {text.isRestored && <p className={css["restored"]} role="status">{words.restored} <Button kind="link" onClick={() => text.settle(nothingTyped)}>{words.startBlank}</Button></p>}
        <div className={css["form"]}>
          <label className={`${css["question"]} ${css["wide"]}`}>{words.service}<select value={service} onChange={(event) => text.change({ service: event.target.value, answers: {} })}>{services.data?.map((each) => <option key={each.code} value={each.code}>{each.title}</option>)}</select></label>
          {questionsOf(service).map((question) => (question.kind === "group" ? <Group key={question.path} group={question} value={answerAt(answers, question.path)} onChange={(value) => change(question.path, value)}>{question.parts.map(field)}</Group> : field(question)))}
        </div>
        {attempts > 0 && faults.size > 0 && <p className={css["summary"]} role="alert">{words.faults(faults.size)}</p>}
        <Fault error={services.error ?? create.error} />
        <div className={css["buttons"]}>
          <Button type="submit" kind="primary" size="big" isBusy={create.isPending}>{words.save}</Button>
          <Button size="big" onClick={onClose}>{words.cancelForm}</Button>
        </div>
      </form>
    </Section>
  );
};

const Group = ({ group, value, onChange, children }: { readonly group: QuestionGroup; readonly value: unknown; readonly onChange: (value: Answers | null) => void; readonly children: ReactElement[] }): ReactElement => {
  const words = useVillageMessages();
  const isOn = typeof value === "object" && value !== null;
  return (
    <fieldset className={css["group"]} data-on={isOn || undefined}>
      <legend className="vh">{group.title}</legend>
      <label className={css["tick"]}><input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked ? blankGroup(group) : null)} />{words.has(group.title)}</label>
      {isOn && <div className={css["form"]}>{children}</div>}
    </fieldset>
  );
};

const Answer = ({ question, value, fault, today, onChange }: { readonly question: Question; readonly value: string; readonly fault: string | undefined; readonly today: string; readonly onChange: (value: string | null) => void }): ReactElement => {
  const words = useVillageMessages();
  const id = useId();
  const faultId = useId();
  const take = (next: string): void => onChange(next === "" && question.isOptional ? null : next);
  const common = { required: !question.isOptional, "aria-invalid": fault !== undefined, "aria-describedby": fault === undefined ? undefined : faultId };
  const title = question.isOptional ? words.optional(question.title) : question.title;
  if (question.kind === "date") {
    // Words that are no date, or a day that cannot be, are told by the field itself; an answer that is missing is told here.
    const isMissing = fault !== undefined && value === "";
    return (
      <div className={css["question"]}>
        <label htmlFor={id}>{title}</label>
        <DateField id={id} value={value} today={today} {...boundsOf(question.path, today)} isRequired={!question.isOptional} {...(isMissing && { "aria-invalid": true, "aria-describedby": faultId })} onChange={take} />
        {isMissing && <span id={faultId} className={css["fault"]}>{fault}</span>}
      </div>
    );
  }
  return (
    <label className={css["question"]}>
      <span>{title}</span>
      {question.kind === "choice" ? (
        <select {...common} value={value} onChange={(event) => take(event.target.value)}>{question.options.map((option) => <option key={option}>{option}</option>)}</select>
      ) : (
        <input {...common} type="text" inputMode={question.kind === "digits" ? "numeric" : undefined} maxLength={question.maxLength} autoComplete="off" value={value} onChange={(event) => take(event.target.value)} />
      )}
      {fault !== undefined && <span id={faultId} className={css["fault"]}>{fault}</span>}
    </label>
  );
};
