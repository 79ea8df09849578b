import type { Actor } from "../kernel/actor.ts";
import { eventRows, type EventRow } from "../kernel/events.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { dutyRow, type StateStore, type StateTable } from "../kernel/state.ts";
import { sourceAt, type Dice } from "./dice.ts";

type DutyRow = ReturnType<typeof dutyRow>;
type ReaderRow = { readonly tenant_id: Id; readonly holder: string; readonly subject_id: Id; readonly rule: string };
type StateRow = { readonly table: StateTable; readonly id: Id; readonly revision: number; readonly lastEvent: Id; readonly state: string };

/** Rows waiting to be written together. */
export type Rows = { readonly events: (EventRow & { readonly who: string })[]; readonly states: StateRow[]; readonly readers: ReaderRow[]; readonly duties: DutyRow[] };

/** No rows yet. */
export const noRows = (): Rows => ({ events: [], states: [], readers: [], duties: [] });

/** One thing while its past is being told: the same rules as at the counter, only faster. */
export type Story<State, Command> = {
  /** Says a command as this person at his moment; a refusal is a fault of the generator. */
  readonly say: (command: Command, by: Actor) => State;
  /** The thing as it stands now, with what follows from it. */
  readonly end: (tenantId: Id) => State;
};

/** Begins the past of one thing. */
export const tell = <State, Command, Event extends { readonly type: string }>(rows: Rows, dice: Dice, machine: Machine<State, Command, Event>, store: StateStore<State>, id: Id, start: State): Story<State, Command> => {
  let state = start;
  let revision = 0;
  let lastEvent = "";
  return {
    say: (command, by) => {
      const decision = machine.decide(state, command, by);
      if ("refused" in decision) throw new Error(`the generator broke a rule of ${machine.kind}: ${decision.refused}`);
      state = decision.events.reduce(machine.evolve, state);
      const made = eventRows({ kind: machine.kind, id, subject: machine.subject(id, state), revision }, decision.events, by, sourceAt(dice, by.at));
      rows.events.push(...made);
      revision += made.length;
      lastEvent = made.at(-1)?.event_id ?? lastEvent;
      return state;
    },
    end: (tenantId) => {
      const traces = store.traces(id, state);
      const subjectId = store.subject(id, state);
      rows.states.push({ table: store.table, id, revision, lastEvent, state: JSON.stringify(state) });
      rows.readers.push(...traces.readers.map((reader) => ({ tenant_id: tenantId, holder: reader.holder, subject_id: subjectId, rule: reader.rule })));
      rows.duties.push(...traces.duties.map((duty) => dutyRow(tenantId, id, duty)));
      return state;
    },
  };
};
