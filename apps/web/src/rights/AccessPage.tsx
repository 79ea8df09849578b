import { useState, type ReactElement } from "react";
import type { ResultOf } from "../kernel/api.ts";
import { useRead } from "../kernel/queries.ts";
import { PageProblem } from "../shell/Problems.tsx";
import { Button } from "../ui/Button.tsx";
import { Dialog } from "../ui/Dialog.tsx";
import { Icon } from "../ui/Icon.tsx";
import { Page } from "../ui/Page.tsx";
import { PageLoading } from "../ui/ReadingPane.tsx";
import { Segmented } from "../ui/Small.tsx";
import { ClassRights } from "./ClassRights.tsx";
import { useMatrixWords, type MatrixWords } from "./matrix-words.ts";
import { useRightsMessages } from "./messages.ts";
import css from "./Access.module.css";

type Thing = ResultOf<"rights.matrix">["things"][number];
type Chosen = { readonly state: string; readonly role: string };

/** `/pengaturan/hak`, for the admin and the inspector: what each role may do in each state, and who may read by classification. */
export const AccessPage = (): ReactElement => {
  const words = useRightsMessages();
  const [part, setPart] = useState<"matrix" | "classes">("matrix");
  return (
    <Page title={words.access} note={words.accessLead}>
      <Segmented label={words.access} value={part} onChange={setPart} options={[{ value: "matrix", label: words.matrix }, { value: "classes", label: words.classes }]} />
      {part === "matrix" ? <Matrix /> : <ClassRights />}
    </Page>
  );
};

const word = (words: Readonly<Record<string, string>>, key: string): string => words[key] ?? key;

const Matrix = (): ReactElement => {
  const words = useRightsMessages();
  const names = useMatrixWords();
  const answer = useRead("rights.matrix", {});
  const [kind, setKind] = useState("received");
  const [text, setText] = useState("");
  const [chosen, setChosen] = useState<Chosen | undefined>(undefined);
  if (answer.data === undefined) return answer.error === null ? <PageLoading /> : <PageProblem error={answer.error} onRetry={() => void answer.refetch()} />;
  const { things, sentences } = answer.data;
  const thing = things.find((each) => each.thing === kind);
  return (
    <>
      <div className={css["tools"]}>
        <label>{words.kind}<select value={kind} onChange={(event) => setKind(event.target.value)}>{things.map((each) => <option key={each.thing} value={each.thing}>{word(names.things, each.thing)}</option>)}</select></label>
        <label>{words.find}<input type="search" value={text} onChange={(event) => setText(event.target.value)} /></label>
        <Button icon="print" onClick={() => window.print()}>{words.print}</Button>
      </div>
      {thing !== undefined && <Table thing={thing} names={names} text={text.trim().toLowerCase()} onChoose={setChosen} />}
      {thing !== undefined && chosen !== undefined && <Answers thing={thing} names={names} chosen={chosen} sentences={sentences} onClose={() => setChosen(undefined)} />}
    </>
  );
};

/** The acts that a role may do in a state. */
const allowed = (thing: Thing, state: Thing["states"][number], role: number): readonly string[] => thing.acts.filter((_, act) => state.outcomes[act]?.[role] === "boleh");

const Table = ({ thing, names, text, onChoose }: { readonly thing: Thing; readonly names: MatrixWords; readonly text: string; readonly onChoose: (chosen: Chosen) => void }): ReactElement => {
  const words = useRightsMessages();
  const has = (found: string): boolean => found.toLowerCase().includes(text);
  const roles = thing.roles.map((role, index) => ({ role, index, name: word(names.roles, role) }));
  const fitting = roles.filter((role) => has(role.name));
  // A word may name a state, a role, or an act: what fits stays, with all that stands in its row or column.
  const states = thing.states.filter((state) => text === "" || has(word(names.states, state.state)) || fitting.length > 0 || roles.some(({ index }) => allowed(thing, state, index).some((act) => has(word(names.acts, act)))));
  const columns = text !== "" && fitting.length > 0 ? fitting : roles;
  if (states.length === 0) return <p role="status">{words.nothingFound}</p>;
  return (
    // A scrolling region must be reachable by keyboard (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={css["frame"]} tabIndex={0} role="group" aria-label={word(names.things, thing.thing)}>
      <table className={css["matrix"]}>
        <caption>{word(names.things, thing.thing)}</caption>
        <thead><tr><th scope="col">{words.state}</th>{columns.map(({ role, name }) => <th key={role} scope="col">{name}</th>)}</tr></thead>
        <tbody>
          {states.map((state) => (
            <tr key={state.state}>
              <th scope="row">{word(names.states, state.state)}</th>
              {columns.map(({ role, index, name }) => {
                const acts = allowed(thing, state, index);
                return (
                  <td key={role}>
                    <button type="button" className={css["cell"]} onClick={() => onChoose({ state: state.state, role })}>
                      <span className={css["roleName"]}>{name}</span>
                      {acts.length === 0 ? <span>{words.nobodyMay}</span> : acts.map((act) => <b key={act}>{word(names.acts, act)}</b>)}
                    </button>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
};

/** Every act for one role in one state: allowed, or the very sentence with which it would be refused. */
const Answers = ({ thing, names, chosen, sentences, onClose }: { readonly thing: Thing; readonly names: MatrixWords; readonly chosen: Chosen; readonly sentences: Readonly<Record<string, string>>; readonly onClose: () => void }): ReactElement => {
  const words = useRightsMessages();
  const state = thing.states.find((each) => each.state === chosen.state);
  const role = thing.roles.indexOf(chosen.role);
  return (
    <Dialog isOpen onClose={onClose} title={word(names.things, thing.thing)} lead={words.whyFor(word(names.roles, chosen.role), word(names.states, chosen.state))}>
      <ul className={css["answers"]}>
        {thing.acts.map((act, index) => {
          const outcome = state?.outcomes[index]?.[role] ?? "";
          return (
            <li key={act}>
              {outcome === "boleh" ? <Icon name="check" size={18} className={css["yes"]} /> : <Icon name="minus" size={18} className={css["no"]} />}
              <span><b>{word(names.acts, act)}</b><small>{outcome === "boleh" ? words.may : outcome === "sudah" ? words.already : (sentences[outcome] ?? outcome)}</small></span>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
};
