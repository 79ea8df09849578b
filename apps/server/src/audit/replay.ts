import type { Machine } from "../kernel/perform.ts";
import type { StateStore } from "../kernel/state.ts";
import type { Replayable } from "./fsck.ts";

/**
 * Makes a machine replayable without its types: what comes out of the database is fed back into the functions that made it.
 * Bodies that an attacker altered may be of any shape; `evolve` then throws or answers another state, and both are findings.
 */
export const replayable = <State, Command, Event extends { readonly type: string }>(machine: Machine<State, Command, Event>, store: StateStore<State>, start: State): Replayable => ({
  kind: machine.kind,
  table: store.table,
  start,
  // The only place where a stored shape is believed: the comparison that follows is the check.
  evolve: (state, event) => machine.evolve(state as State, event as Event), // rows of unknown shape: the comparison is the check
  traces: (id, state) => store.traces(id, state as State), // as above
  subject: (id, state) => store.subject(id, state as State), // as above
});
