import { sql } from "kysely";
import type { Actor } from "../../kernel/actor.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Id } from "../../kernel/ids.ts";
import { perform, type Machine } from "../../kernel/perform.ts";
import { stateStore } from "../../kernel/state.ts";
import { decideEnvelope, evolveEnvelope, type EnvelopeCommand, type EnvelopeEvent, type EnvelopeState, type Outgoing } from "./outgoing.ts";

/** The outbox. */
export const envelopeStore = stateStore<EnvelopeState | null>({ table: "envelope", none: null, subject: (id, state) => state?.letterId ?? id, open: true });

/** Envelopes as a machine; their receipts are part of the letter's own story. */
export const envelopeMachine: Machine<EnvelopeState | null, EnvelopeCommand, EnvelopeEvent> = {
  kind: "envelope",
  subject: envelopeStore.subject,
  lock: envelopeStore.lock,
  decide: decideEnvelope,
  evolve: evolveEnvelope,
  save: envelopeStore.save,
  later: (id, event, after) => {
    if (event.type === "envelope.queued") return [{ task: "exchange.deliver", payload: { envelopeId: id }, key: `envelope/${id}` }];
    if (after === null) return [];
    return [{ task: after.newsTask, payload: { envelopeId: id, letterId: after.letterId, status: after.status, detail: after.failure ?? "" } }];
  },
};

/** Puts a letter into the outbox, in the caller's transaction; asked twice with one id it is there once. */
export const sendEnvelope = (tx: Tx, id: Id, outgoing: Outgoing, by: Actor): Promise<EnvelopeState | null> => perform(tx, envelopeMachine, id, { type: "queue", outgoing }, by);

/** A government as the exchange knows it. */
export type Partner = { readonly tenant_id: Id; readonly name: string; readonly zone: "WIB" | "WITA" | "WIT"; readonly public_key: Buffer | null; readonly address: string | null };

/** The government with this id, wherever it lives. */
export const partnerById = async (tx: Tx, id: Id): Promise<Partner | undefined> =>
  (await sql<Partner>`select tenant_id, name, zone, public_key, address from door_tenants() where tenant_id::text = ${id}`.execute(tx)).rows[0];

/** An envelope taken in earlier, with the receipt that was given for it. */
export const inboxEnvelope = (tx: Tx, tenantId: Id, senderId: Id, envelopeId: Id) =>
  tx.selectFrom("inbox_envelope").select(["digest", "receipt", "signature"]).where("tenant_id", "=", tenantId).where("sender_id", "=", senderId).where("envelope_id", "=", envelopeId).executeTakeFirst();

/** Remembers an envelope and its receipt for ever. */
export const insertEnvelope = async (tx: Tx, row: { readonly tenant_id: Id; readonly sender_id: Id; readonly envelope_id: Id; readonly digest: Buffer; readonly receipt: string; readonly signature: string; readonly at: string }): Promise<void> => {
  await tx.insertInto("inbox_envelope").values(row).execute();
};
