import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { NotFound } from "../kernel/refusal.ts";
import { mayRead, stateStore } from "../kernel/state.ts";
import { decideReceived, evolveReceived, noLetter, tracesOfReceived, type ReceivedCommand, type ReceivedEvent, type ReceivedLetter, type ReceivedState } from "./received.ts";

/** Where received letters live. */
export const receivedStore = stateStore<ReceivedState>({ table: "received", none: noLetter, subject: (id) => id, traces: tracesOfReceived });

/** Begins letters: an id that nobody used yet starts from nothing. */
export const arrivingMachine: Machine<ReceivedState, ReceivedCommand, ReceivedEvent> = {
  kind: "received",
  subject: (id) => id,
  lock: receivedStore.lock,
  decide: decideReceived,
  evolve: evolveReceived,
  save: receivedStore.save,
  later: (id, event) => {
    switch (event.type) {
      case "received.uploaded":
      case "received.arrived":
        return [{ task: "letters.read", payload: { letterId: id }, key: `read:${id}` }];
      case "received.registered":
        return [{ task: "letters.index", payload: { letterId: id }, key: `index:${id}` }];
      default:
        return [];
    }
  },
};

/** Changes letters that are there; any other id is not found. */
export const receivedMachine: Machine<ReceivedState, ReceivedCommand, ReceivedEvent> = {
  ...arrivingMachine,
  lock: async (tx, id, by) => {
    const row = await receivedStore.lock(tx, id, by);
    return row === undefined || row.state.status === "belum_ada" ? undefined : row;
  },
};

/** The letter as stored, with its revision, when this person may see it. */
export const visibleLetter = async (tx: Tx, id: Id, by: Actor): Promise<{ readonly letter: ReceivedLetter; readonly revision: number }> => {
  const row = await receivedStore.find(tx, by.tenantId, id);
  if (row === undefined || row.state.status === "belum_ada" || !(await mayRead(tx, id, by))) throw new NotFound("received");
  return { letter: row.state, revision: row.revision };
};

/** Notes a file's bytes as known to the tenant; the bytes are in the blob store before this is committed. */
export const rememberBlob = async (tx: Tx, by: Pick<Actor, "tenantId" | "at">, file: { readonly sha256: string; readonly size: number; readonly mediaType: string; readonly pages: number }): Promise<void> => {
  await tx
    .insertInto("blob")
    .values({ tenant_id: by.tenantId, sha256: file.sha256, size: file.size, media_type: file.mediaType, pages: file.pages, at: by.at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
};
