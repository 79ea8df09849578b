import { useState, type FormEvent, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useNow } from "../kernel/clock.ts";
import { dayOf } from "../kernel/days.ts";
import { uuidv7 } from "../kernel/ids.ts";
import { notify } from "../kernel/notices.ts";
import { useCommand, useRead } from "../kernel/queries.ts";
import { NoteDialog } from "../session/NoteDialog.tsx";
import { useTimeWords } from "../session/me.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { DayField } from "../ui/DateField.tsx";
import { EmptyState } from "../ui/Empty.tsx";
import { Fault, Fields, Row, Rows, Section } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Chip } from "../ui/Small.tsx";
import { useRightsMessages } from "./messages.ts";
import css from "./Access.module.css";

type Right = ResultOf<"rights.classes">["items"][number];
type Level = NonNullable<Right["level"]>;
type Security = Right["securities"][number];

const securities: readonly Security[] = ["B", "T", "R", "SR"];
const levels: readonly Level[] = ["penentu_kebijakan", "pelaksana_kebijakan", "pengawas"];

/** The office's SKKAAD table: who may read the letters of a class by the post he holds. */
export const ClassRights = (): ReactElement => {
  const words = useRightsMessages();
  const time = useTimeWords();
  const answer = useRead("rights.classes", {});
  const [isAdding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Right | undefined>(undefined);
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { items, mayEdit } = answer.data;
  const whom = (right: Right): string => (right.level !== null ? words.levels[right.level] : (right.position?.title ?? ""));
  return (
    <>
      <div className={css["tools"]}>
        <p>{words.classesLead}</p>
        {mayEdit && <Button kind="primary" icon="plus" aria-expanded={isAdding} onClick={() => setAdding(!isAdding)}>{words.add}</Button>}
      </div>
      {isAdding && <NewRight onDone={() => setAdding(false)} />}
      {items.length === 0 && <EmptyState drawing="letter" title={words.noClasses}>{words.noClassesNext}</EmptyState>}
      <Rows>
        {items.map((right) => (
          <Row
            key={right.id}
            title={`${right.prefix} ${right.classification}`}
            note={[`${right.securities.join(", ")} · ${whom(right)} · ${right.unit?.name ?? words.everywhere}`, `${right.basis} · ${words.period(time.date(right.since), right.until === null ? "" : time.date(right.until))}`].join(" · ")}
            side={<><Chip tone={right.status === "berlaku" ? "leaf" : "plain"}>{words.status[right.status]}</Chip>{mayEdit && right.status !== "berakhir" && <Button size="small" onClick={() => setEnding(right)}>{words.end}</Button>}</>}
          />
        ))}
      </Rows>
      {ending !== undefined && <EndRight right={ending} onClose={() => setEnding(undefined)} />}
    </>
  );
};

const EndRight = ({ right, onClose }: { readonly right: Right; readonly onClose: () => void }): ReactElement => {
  const words = useRightsMessages();
  const end = useCommand("rights.end", { outdates: ["rights.classes"], onDone: () => { notify("done", words.ended); onClose(); } });
  return <NoteDialog keepAs={`rights.end/${right.id}`} title={words.endTitle} lead={words.endLead} label={words.reason} isRequired maxLength={500} submit={words.end} isDangerous onSend={(reason) => end.mutateAsync({ id: right.id, reason })} isBusy={end.isPending} error={end.error} onClose={onClose} />;
};

const NewRight = ({ onDone }: { readonly onDone: () => void }): ReactElement => {
  const words = useRightsMessages();
  const today = dayOf(useNow(), useTimeWords().zone);
  const [prefix, setPrefix] = useState("");
  const [chosen, setChosen] = useState<readonly Security[]>(["B"]);
  const [whom, setWhom] = useState<string>("pelaksana_kebijakan");
  const [unitId, setUnit] = useState("");
  const [basis, setBasis] = useState("");
  const [since, setSince] = useState(today);
  const [until, setUntil] = useState("");
  const found = useRead("office.classifications", { q: prefix.trim() }, { isOn: prefix.trim().length >= 2 });
  const units = useRead("rights.units", {});
  const posts = useRead("office.posts", { scope: "all", q: "" });
  const grant = useCommand("rights.grant", { outdates: ["rights.classes"], onDone: () => { notify("done", words.saved); onDone(); } });
  const level = levels.find((each) => each === whom);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    grant.mutate({ id: uuidv7(), prefix: prefix.trim(), securities: [...chosen], level: level ?? null, positionId: level === undefined ? whom : null, unitId: unitId === "" ? null : unitId, basis: basis.trim(), since, until: until === "" ? null : until });
  };
  return (
    <Section title={words.add}>
      <form onSubmit={submit}>
        <Fields>
          <label>{words.prefix}<input list="kode-hak" required value={prefix} onChange={(event) => setPrefix(event.target.value)} /></label>
          <datalist id="kode-hak">{(found.data ?? []).slice(0, 30).map((row) => <option key={row.code} value={row.code}>{row.name}</option>)}</datalist>
          <label>{words.whom}
            <select value={whom} onChange={(event) => setWhom(event.target.value)}>
              {levels.map((each) => <option key={each} value={each}>{words.levels[each]}</option>)}
              {(posts.data ?? []).map((post) => <option key={post.id} value={post.id}>{post.title}</option>)}
            </select>
          </label>
          <label>{words.scope}
            <select value={unitId} onChange={(event) => setUnit(event.target.value)}>
              <option value="">{words.everywhere}</option>
              {(units.data ?? []).map((unit) => <option key={unit.id} value={unit.id}>{unit.name}</option>)}
            </select>
          </label>
          <label>{words.basis}<input required maxLength={300} value={basis} onChange={(event) => setBasis(event.target.value)} /></label>
          <DayField label={words.from} today={today} min={today} isRequired value={since} onChange={setSince} />
          <DayField label={words.until} today={today} min={since === "" ? today : since} value={until} onChange={setUntil} />
          <fieldset className={css["checks"]}>
            <legend>{words.securities}</legend>
            {securities.map((each) => <label key={each}><input type="checkbox" checked={chosen.includes(each)} onChange={(event) => setChosen(event.target.checked ? [...chosen, each] : chosen.filter((other) => other !== each))} />{each}</label>)}
          </fieldset>
          <Button type="submit" kind="primary" isBusy={grant.isPending} disabled={chosen.length === 0}>{words.save}</Button>
        </Fields>
        <Fault error={grant.error} />
      </form>
    </Section>
  );
};
