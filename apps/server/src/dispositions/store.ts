import { sql } from "kysely";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";
import { decideDisposition, evolveDisposition, noDisposition, tracesOfDisposition, type Disposition, type DispositionCommand, type DispositionEvent, type DispositionState, type Node } from "./disposition.ts";

const letterOf = (id: Id, state: DispositionState): Id => (state.status === "belum_ada" ? id : state.letterId);

/** Where the receivers of disposisi live; they belong to their letter. */
export const dispositionStore = stateStore<DispositionState>({ table: "disposition", none: noDisposition, subject: letterOf, traces: tracesOfDisposition });

/** Begins a node. */
export const givingMachine: Machine<DispositionState, DispositionCommand, DispositionEvent> = {
  kind: "disposition",
  subject: letterOf,
  lock: dispositionStore.lock,
  decide: decideDisposition,
  evolve: evolveDisposition,
  save: dispositionStore.save,
  later: () => [],
};

/** Changes nodes that are there; any other id is not found. */
export const dispositionMachine: Machine<DispositionState, DispositionCommand, DispositionEvent> = {
  ...givingMachine,
  lock: async (tx, id, by) => {
    const row = await dispositionStore.lock(tx, id, by);
    return row === undefined || row.state.status === "belum_ada" ? undefined : row;
  },
};

/** All nodes of a letter, oldest first, the responsible receiver before those beside him. */
export const nodesOf = async (tx: Tx, tenantId: Id, letterId: Id): Promise<readonly Node[]> => {
  const { rows } = await sql<{ id: Id; state: Disposition }>`select id, state from disposition where tenant_id = ${tenantId} and letter_id = ${letterId} order by state->>'given', (state->>'responsible')::boolean desc, id`.execute(tx);
  return rows.map((row) => ({ ...row.state, id: row.id }));
};
