import type { RefusalCode } from "@lontar/contract";
import type { Actor } from "./actor.ts";
import type { Tx } from "./db.ts";
import { evidenceOf, recordAll, type Evidence, type Stamp } from "./events.ts";
import type { Id } from "./ids.ts";
import { enqueue, type Job } from "./jobs.ts";
import { assert, NotFound, Refused } from "./refusal.ts";

/** What a pure rule answers: what happened, or why not. */
export type Decision<Event> =
  | { readonly events: readonly Event[] }
  | { readonly refused: RefusalCode; readonly facts?: Readonly<Record<string, unknown>> };

/** A locked row: its state and how many events made it. */
export type Locked<State> = { readonly state: State; readonly revision: number };

/** One kind of thing that the office changes: its rules, and where its rows live. */
export type Machine<State, Command, Event extends { readonly type: string }> = {
  readonly kind: string;
  /** The letter (or request) whose Jejak this thing's events belong to. */
  readonly subject: (id: Id, state: State) => Id;
  /** Locks the row as this person sees it; `undefined` = not visible; creating machines answer their `none` state. */
  readonly lock: (tx: Tx, id: Id, by: Actor) => Promise<Locked<State> | undefined>;
  readonly decide: (state: State, command: Command, by: Actor) => Decision<Event>;
  readonly evolve: (state: State, event: Event) => State;
  /** Stores the evidence and the row in one statement. `path` holds the state after each event of the act, so that what one event gave is not taken for the gift of the next. */
  readonly save: (tx: Tx, id: Id, path: readonly State[], evidence: Evidence, by: Actor) => Promise<void>;
  readonly later: (id: Id, event: Event, after: State, by: Actor) => readonly Job[];
};

/** The only way to change anything: lock, decide, evolve, record, save, enqueue, all in the caller's transaction. */
export async function perform<State, Command, Event extends { readonly type: string }>(
  tx: Tx,
  machine: Machine<State, Command, Event>,
  id: Id,
  command: Command,
  by: Actor,
): Promise<State> {
  const before = await machine.lock(tx, id, by); //                                    1 lock, as this person sees it
  if (before === undefined) throw new NotFound(machine.kind);
  const decision = machine.decide(before.state, command, by); //                       2 decide
  if ("refused" in decision) throw new Refused(decision.refused, decision.facts);
  const path: State[] = [];
  for (const event of decision.events) path.push(machine.evolve(path.at(-1) ?? before.state, event)); // 3 evolve
  const after = path.at(-1);
  if (after === undefined) return before.state; // what was asked for is already so
  const thing = { kind: machine.kind, id, subject: machine.subject(id, after), revision: before.revision };
  const evidence = evidenceOf(thing, decision.events, by); //                          4 record: the audit, stored together with
  await machine.save(tx, id, path, evidence, by); //                                   5 save: the row
  await enqueue(tx, by.tenantId, decision.events.flatMap((event) => machine.later(id, event, after, by))); // 6 enqueue
  return after;
}

/** A machine whose things are also taken many at a time. */
export type BulkMachine<State, Command, Event extends { readonly type: string }> = Machine<State, Command, Event> & {
  readonly lockAll: (tx: Tx, ids: readonly Id[], by: Actor) => Promise<(id: Id) => Locked<State> | undefined>;
  readonly saveAll: (tx: Tx, saved: readonly { readonly id: Id; readonly state: State; readonly stamp: Stamp }[], by: Actor) => Promise<void>;
};

/** What is asked of one of many; a refusal carries `facts`, which say which it was. */
export type Act<Command> = { readonly id: Id; readonly command: Command; readonly facts: Readonly<Record<string, unknown>> };

/** `perform` for many things of one kind, each of them once: the same rules and the same six steps, each step one statement for all. One refusal undoes everything. */
export async function performAll<State, Command, Event extends { readonly type: string }>(tx: Tx, machine: BulkMachine<State, Command, Event>, acts: readonly Act<Command>[], by: Actor): Promise<void> {
  assert(new Set(acts.map((act) => act.id)).size === acts.length, "each of many things is acted on once");
  const locked = await machine.lockAll(tx, acts.map((act) => act.id), by); //             1 lock
  const done = acts.flatMap(({ id, command, facts }) => {
    const before = locked(id);
    if (before === undefined) throw new Refused("not_found", facts);
    const decision = machine.decide(before.state, command, by); //                        2 decide
    if ("refused" in decision) throw new Refused(decision.refused, { ...decision.facts, ...facts });
    const path: State[] = [];
    for (const event of decision.events) path.push(machine.evolve(path.at(-1) ?? before.state, event)); // 3 evolve
    const state = path.at(-1);
    return state === undefined ? [] : [{ id, events: decision.events, state, thing: { kind: machine.kind, id, subject: machine.subject(id, state), revision: before.revision } }];
  });
  if (done.length === 0) return;
  const stamps = await recordAll(tx, done, by); //                                         4 record
  await machine.saveAll(tx, done.map(({ id, state }, index) => ({ id, state, stamp: stamps[index] ?? broken("every act has its stamp") })), by); // 5 save
  await enqueue(tx, by.tenantId, done.flatMap(({ id, events, state }) => events.flatMap((event) => machine.later(id, event, state, by)))); // 6 enqueue
}

const broken = (claim: string): never => {
  throw new Error(`broken assumption: ${claim}`);
};
