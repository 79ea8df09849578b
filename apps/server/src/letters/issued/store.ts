import { sql } from "kysely";
import type { Actor } from "../../kernel/actor.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Id, Instant } from "../../kernel/ids.ts";
import { perform, type Machine } from "../../kernel/perform.ts";
import { stateStore } from "../../kernel/state.ts";
import { decide, evolve, traces, type Address, type IssuedCommand, type IssuedEvent, type IssuedState, type Letter, type ProvedFile, type Replacement, type Suspicion } from "./issued.ts";

/** Rows of issued letters. */
export const issuedStore = stateStore<IssuedState | null>({ table: "issued", none: null, subject: (id) => id, traces, sharesId: true });

/** Waits before the proof of a letter is completed that was not complete when it was issued. */
const completesAfterMs = 60_000;

/** Issued letters; issuing one sends it off, and has its proof completed where something is missing that may come. */
export const issuedMachine: Machine<IssuedState | null, IssuedCommand, IssuedEvent> = {
  kind: "issued",
  subject: issuedStore.subject,
  lock: issuedStore.lock,
  decide,
  evolve,
  save: issuedStore.save,
  later: (id, event) => {
    if (event.type === "issued.suspected") return [{ task: "letters.warn", payload: { id, warnings: event.warnings }, key: `warn/${id}/${event.at}` }];
    if (event.type !== "issued.issued") return [];
    const { proved } = event;
    return [
      ...(event.deliveries.length > 0 ? [{ task: "letters.dispatch", payload: { id }, key: `dispatch/${id}` }] : []),
      ...(proved?.lacks == null || proved.lacks === "no_tsa" ? [] : [{ task: "signing.preserve", payload: { id, tries: 0 }, key: `preserve/${id}`, runAt: new Date(Date.parse(event.at) + completesAfterMs).toISOString() }]),
    ];
  },
};

/** Issues a signed letter under the id of its draft. */
export const issue = (tx: Tx, id: Id, letter: Letter, to: readonly Address[], cc: readonly Address[], by: Actor, proved?: ProvedFile): Promise<IssuedState | null> => perform(tx, issuedMachine, id, { type: "issue", letter, to, cc, ...(proved !== undefined && { proved }) }, by);

/** Notes that a letter's file carries more proof now, or why it does not. Answers the letter as it is after that. */
export const preserve = (tx: Tx, id: Id, from: string, file: ProvedFile, by: Actor): Promise<IssuedState | null> => perform(tx, issuedMachine, id, { type: "preserve", from, file }, by);

/** Letters whose proof is incomplete, or ends before `horizon`, after this one; those whose proof cannot be had are left out. */
export const unprovedLetters = async (tx: Tx, tenantId: Id, horizon: Instant, after: { readonly until: string; readonly id: Id }, limit: number): Promise<readonly { readonly until: string; readonly id: Id }[]> => {
  const until = sql<string>`coalesce(state->'proved'->>'until', '')`;
  const { rows } = await sql<{ until: string; id: Id }>`
    select ${until} as until, id from issued
    where tenant_id = ${tenantId} and ${until} < ${horizon} and (${until}, id) > (${after.until}, ${after.id}::uuid) and coalesce(state->'proved'->>'lacks', '') <> 'revoked'
    order by ${until}, id limit ${limit}`.execute(tx);
  return rows;
};

/** Revokes an issued letter; verification says so from the same moment. */
export const revoke = (tx: Tx, id: Id, reason: string, by: Actor, replacement?: Replacement): Promise<IssuedState | null> => perform(tx, issuedMachine, id, { type: "revoke", reason, ...(replacement !== undefined && { replacement }) }, by);

/** The letter of this number that could stand in another's place: issued by the same post, and in force. */
export const replacementOf = async (tx: Tx, tenantId: Id, number: string, signerPositionId: Id): Promise<Replacement | undefined> => {
  const row = await tx.selectFrom("issued").select("id").where("tenant_id", "=", tenantId).where("number", "=", number).executeTakeFirst();
  const letter = row === undefined ? undefined : await issuedLetter(tx, tenantId, row.id);
  return row === undefined || letter === undefined || letter.status === "dicabut" || letter.signer.positionId !== signerPositionId ? undefined : { id: row.id, number: letter.number };
};

/** Marks an issued letter as filed; records calls this in the transaction that puts it into a dossier. */
export const fileIssued = (tx: Tx, id: Id, dossier: { readonly id: Id; readonly title: string }, by: Actor): Promise<IssuedState | null> => perform(tx, issuedMachine, id, { type: "file", dossierId: dossier.id, dossier: dossier.title }, by);

/** Marks a letter whose signature or seal may be a thief's, and has its receivers warned. `newId` names what carries a warning. */
export const suspect = async (tx: Tx, id: Id, suspicion: Suspicion, newId: () => Id, by: Actor): Promise<void> => {
  const partners = (await issuedLetter(tx, by.tenantId, id))?.deliveries.filter((delivery) => delivery.address.kind === "partner" && delivery.status === "terkirim") ?? [];
  await perform(tx, issuedMachine, id, { type: "suspect", suspicion, warnings: partners.map((delivery) => ({ deliveryId: delivery.id, carrierId: newId() })) }, by);
};

/** An issued letter, or `undefined`. Who may read it is the caller's question. */
export const issuedLetter = async (tx: Tx, tenantId: Id, id: Id): Promise<IssuedState | undefined> => (await issuedStore.find(tx, tenantId, id))?.state ?? undefined;

type Door = { readonly tenant_id: Id; readonly id: Id };

/** Which letter has this verification code, in which government. */
export const letterOfCode = async (tx: Tx, code: string): Promise<Door | undefined> => (await sql<Door>`select * from door_issued_code(${code})`.execute(tx)).rows[0];

/** SHA-256 of the codes and of the files of all letters of this installation that are no longer in force. */
export const withdrawnHashes = async (tx: Tx): Promise<readonly string[]> => (await sql<{ hash: string }>`select hash from door_withdrawn_letters()`.execute(tx)).rows.map((row) => row.hash);

/** Which letters have these bytes. */
export const letterOfHash = async (tx: Tx, sha256: string): Promise<Door | undefined> => (await sql<Door>`select * from door_issued_hash(${sha256})`.execute(tx)).rows[0];
