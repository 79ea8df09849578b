import { toBeLogged, type LoggedEvent } from "../audit/index.ts";
import type { Actor } from "../kernel/actor.ts";
import { eventRows, type EventRow } from "../kernel/events.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import type { StateRow } from "../kernel/references.ts";
import { openRights, type DatedRight, type PastRight, type RightsBook } from "../kernel/rights.ts";
import { dutyRow, type StateStore } from "../kernel/state.ts";
import { sourceAt, type Dice } from "./dice.ts";

/** A line on a desk. */
export type DutyRow = ReturnType<typeof dutyRow>;
/** A right to read and what it is for. */
export type ReaderRow = { readonly right: DatedRight; readonly subjectId: Id; readonly thingId: Id };
/** A right that was taken back. */
export type PastReaderRow = ReaderRow & { readonly right: PastRight };

/** Where the rows of a story go. */
export type Rows = {
  readonly events: { readonly push: (row: EventRow & { readonly who: string }) => void };
  readonly logged: { readonly push: (event: LoggedEvent) => void };
  readonly states: { readonly push: (row: StateRow) => void };
  readonly readers: { readonly push: (row: ReaderRow) => void };
  readonly pastReaders: { readonly push: (row: PastReaderRow) => void };
  readonly duties: { readonly push: (row: DutyRow) => void };
};

/** One thing while its past is being told: the same rules as at the counter, only faster. */
export type Story<State, Command, Event = never> = {
  /** Says a command as this person at his moment; a refusal is a fault of the generator. */
  readonly say: (command: Command, by: Actor) => State;
  /** What the rules would refuse, as a server without them or a hand in the database would have written it; perhaps recorded at another moment than it claims. */
  readonly happen: (events: readonly Event[], by: Actor, recorded?: string) => State;
  /** Who may read it, as its acts made it. */
  readonly rights: RightsBook;
  /** The thing as it stands now. */
  readonly state: () => State;
  /** Writes the thing as it stands now, with what follows from it. */
  readonly end: (tenantId: Id) => State;
};

/** Begins the past of one thing. */
export const tell = <State, Command, Event extends { readonly type: string }>(rows: Rows, dice: Dice, machine: Machine<State, Command, Event>, store: StateStore<State>, id: Id, start: State): Story<State, Command, Event> => begin(rows, dice, { machine, store, id, start }, undefined);

/** Begins the past of a thing that lives under the id of another one: what both give to read is one right, which the first writes. */
export const tellBeside = <State, Command, Event extends { readonly type: string }>(first: { readonly rights: RightsBook }, rows: Rows, dice: Dice, thing: Beginning<State, Command, Event>): Story<State, Command, Event> => begin(rows, dice, thing, first.rights);

type Beginning<State, Command, Event extends { readonly type: string }> = { readonly machine: Machine<State, Command, Event>; readonly store: StateStore<State>; readonly id: Id; readonly start: State };

const begin = <State, Command, Event extends { readonly type: string }>(rows: Rows, dice: Dice, { machine, store, id, start }: Beginning<State, Command, Event>, shared: RightsBook | undefined): Story<State, Command, Event> => {
  let state = start;
  let revision = 0;
  let last: EventRow | undefined;
  const rights = shared ?? openRights();
  const happen = (events: readonly Event[], by: Actor, recorded = by.at): State => {
    const path: State[] = [];
    for (const event of events) path.push(machine.evolve(path.at(-1) ?? state, event));
    state = path.at(-1) ?? state;
    const made = eventRows({ kind: machine.kind, id, subject: machine.subject(id, state), revision }, events, by, sourceAt(dice, recorded));
    for (const [index, passed] of path.entries()) rights.note(store.traces(id, passed), { eventId: made[index]?.event_id ?? id, at: by.at });
    for (const [index, row] of made.entries()) {
      rows.events.push(row);
      rows.logged.push(toBeLogged(row, events[index] ?? row, last?.commitment ?? null));
      last = row;
    }
    revision += made.length;
    return state;
  };
  return {
    say: (command, by) => {
      const decision = machine.decide(state, command, by);
      if ("refused" in decision) throw new Error(`the generator broke a rule of ${machine.kind}: ${decision.refused}`);
      return happen(decision.events, by);
    },
    happen,
    rights,
    state: () => state,
    end: (tenantId) => {
      const traces = store.traces(id, state);
      const subjectId = store.subject(id, state);
      if (last === undefined) throw new Error(`nothing was said of ${store.table} ${id}`);
      rows.states.push({ table: store.table, id, revision, lastEvent: last.event_id, state: JSON.stringify(state) });
      for (const right of shared === undefined ? rights.open() : []) rows.readers.push({ right, subjectId, thingId: id });
      for (const right of shared === undefined ? rights.past() : []) rows.pastReaders.push({ right, subjectId, thingId: id });
      for (const duty of traces.duties) rows.duties.push(dutyRow(tenantId, id, duty));
      return state;
    },
  };
};
