import { sql } from "kysely";
import type { Actor } from "../../kernel/actor.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Id } from "../../kernel/ids.ts";
import { perform, type Machine } from "../../kernel/perform.ts";
import { stateStore } from "../../kernel/state.ts";
import { decideParcel, evolveParcel, noParcel, type Destination, type LetterFacts, type ParcelCommand, type ParcelEvent, type ParcelState } from "./parcel.ts";

/** Rows of parcels. */
export const parcelStore = stateStore<ParcelState>({ table: "parcel", none: noParcel, subject: (_id, state) => state.letterId, open: true });

/** Parcels as a machine: news of a letter outside this government. */
export const parcelMachine: Machine<ParcelState, ParcelCommand, ParcelEvent> = {
  kind: "parcel",
  subject: parcelStore.subject,
  lock: parcelStore.lock,
  decide: decideParcel,
  evolve: evolveParcel,
  save: parcelStore.save,
  later: (id, event) => (event.type === "parcel.queued" ? [{ task: event.destination.kind === "partner" ? "exchange.deliver" : "exchange.mail", payload: { parcelId: id }, key: `parcel/${id}` }] : []),
};

/** Puts a letter into the outbox, in the transaction that issues it; asked twice with one id it is there once. */
export const sendParcel = (tx: Tx, id: Id, given: { readonly letterId: Id; readonly destination: Destination; readonly copy: boolean; readonly letter: LetterFacts }, by: Actor): Promise<ParcelState> =>
  perform(tx, parcelMachine, id, { type: "queue", ...given }, by);

/** The parcels of one letter. */
export const parcelsOf = async (tx: Tx, tenantId: Id, letterId: Id): Promise<readonly { readonly id: Id; readonly state: ParcelState }[]> =>
  (await sql<{ id: Id; state: ParcelState }>`select id, state from parcel where tenant_id = ${tenantId} and letter_id = ${letterId} order by id`.execute(tx)).rows;

/** A government as the exchange knows it. */
export type Partner = { readonly tenant_id: Id; readonly name: string; readonly zone: "WIB" | "WITA" | "WIT"; readonly public_key: Buffer | null; readonly address: string | null };

/** The government with this id, wherever it lives. */
export const partnerById = async (tx: Tx, id: Id): Promise<Partner | undefined> =>
  (await sql<Partner>`select tenant_id, name, zone, public_key, address from door_tenants() where tenant_id = ${id}`.execute(tx)).rows[0];

/** Tenant and id of the parcel behind a secret link. */
export const parcelByToken = async (tx: Tx, token: string): Promise<{ readonly tenant_id: Id; readonly id: Id } | undefined> =>
  (await sql<{ tenant_id: Id; id: Id }>`select tenant_id, id from door_parcel(${token})`.execute(tx)).rows[0];

/** An envelope taken in earlier, with the receipt that was given for it. */
export const inboxEnvelope = (tx: Tx, tenantId: Id, senderId: Id, envelopeId: Id) =>
  tx.selectFrom("inbox_envelope").select(["digest", "receipt", "signature"]).where("tenant_id", "=", tenantId).where("sender_id", "=", senderId).where("envelope_id", "=", envelopeId).executeTakeFirst();

/** Remembers an envelope and its receipt for ever. */
export const insertEnvelope = async (tx: Tx, row: { readonly tenant_id: Id; readonly sender_id: Id; readonly envelope_id: Id; readonly digest: Buffer; readonly receipt: string; readonly signature: string; readonly at: string }): Promise<void> => {
  await tx.insertInto("inbox_envelope").values(row).execute();
};
