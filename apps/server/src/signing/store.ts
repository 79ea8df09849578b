import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import { perform, type Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";
import type { IssuedState } from "../letters/issued/index.ts";
import { decideCredential, evolveCredential, isUsable, type Certificate, type CredentialCommand, type CredentialEvent, type CredentialState } from "./credential.ts";

/** Rows of certificates. */
export const credentialStore = stateStore<CredentialState | null>({ table: "credential", none: null, open: true, subject: (id, state) => state?.personId ?? id });

/** Certificates of persons. */
export const credentialMachine: Machine<CredentialState | null, CredentialCommand, CredentialEvent> = {
  kind: "credential",
  subject: credentialStore.subject,
  lock: credentialStore.lock,
  decide: decideCredential,
  evolve: evolveCredential,
  save: credentialStore.save,
  later: () => [],
};

/** Stores a new certificate with its handle, together. */
export const saveCredential = async (tx: Tx, id: Id, certificate: Certificate, handle: Uint8Array, isProven: boolean, by: Actor): Promise<void> => {
  await perform(tx, credentialMachine, id, { type: "issue", certificate, isProven }, by);
  await tx.insertInto("signing_key").values({ tenant_id: by.tenantId, credential_id: id, sealed: Buffer.from(handle) }).execute();
};

/** Withdraws a certificate and destroys its key, together. */
export const revokeCredential = async (tx: Tx, id: Id, reason: string, by: Actor, since?: Instant): Promise<void> => {
  await perform(tx, credentialMachine, id, { type: "revoke", reason, ...(since !== undefined && { since }) }, by);
  await tx.deleteFrom("signing_key").where("tenant_id", "=", by.tenantId).where("credential_id", "=", id).execute();
};

/** A usable certificate, and what its provider keeps with us to sign with it. */
export type Credential = { readonly id: Id; readonly state: CredentialState; readonly handle: Uint8Array };

/** Withdraws every certificate that a person still has. */
export const revokeAll = async (tx: Tx, personId: Id, reason: string, by: Actor): Promise<number> => {
  const rows = await tx.selectFrom("credential").select("id").where("tenant_id", "=", by.tenantId).where("person_id", "=", personId).where("status", "=", "aktif").execute();
  for (const { id } of rows) await revokeCredential(tx, id, reason, by);
  return rows.length;
};

/** The certificate with which a person signs now, or `undefined`. */
export const credentialOf = async (tx: Tx, tenantId: Id, personId: Id, at: Instant): Promise<Credential | undefined> => {
  const row = await tx
    .selectFrom("credential as c")
    .innerJoin("signing_key as k", (join) => join.onRef("k.tenant_id", "=", "c.tenant_id").onRef("k.credential_id", "=", "c.id"))
    .select(["c.id", "k.sealed"])
    .where("c.tenant_id", "=", tenantId)
    .where("c.person_id", "=", personId)
    .where("c.status", "=", "aktif")
    .executeTakeFirst();
  const state = row === undefined ? undefined : (await credentialStore.find(tx, tenantId, row.id))?.state;
  return row === undefined || state == null || !isUsable(state, at) ? undefined : { id: row.id, state, handle: row.sealed };
};

/** Keeps what the check of the night found; the newest alone. */
export const keepCheck = async (tx: Tx, tenantId: Id, { id, ...found }: { readonly id: Id; readonly at: Instant; readonly standing: string; readonly status: string }): Promise<void> => {
  await tx.insertInto("certificate_check").values({ tenant_id: tenantId, credential_id: id, ...found }).onConflict((conflict) => conflict.columns(["tenant_id", "credential_id"]).doUpdateSet(found)).execute();
};

/** Wrong passphrases of a person since an instant; guessing stops there. */
export const countWrongSecrets = async (tx: Tx, tenantId: Id, personId: Id, since: Instant): Promise<number> => {
  const { rows } = await sql<{ n: string }>`select count(*) as n from event where tenant_id = ${tenantId} and person_id = ${personId} and type = 'draft.signing_failed' and body->>'code' = 'WRONG_SECRET' and at > ${since}`.execute(tx);
  return Number(rows[0]?.n ?? 0);
};

/** Status of the draft that carries this verification code, in whatever government; `undefined` = none. */
export const draftOfCode = async (tx: Tx, code: string): Promise<string | undefined> => (await sql<{ status: string }>`select status from door_draft_code(${code})`.execute(tx)).rows[0]?.status;

/** Where the issuing of a letter stands in its government's log; null until the sequencer has placed it. */
export const placeInLog = async (tx: Tx, tenantId: Id, letterId: Id): Promise<{ readonly tenant: Id; readonly leaf: number; readonly size: number; readonly sizeAt: Instant; readonly proved: boolean } | null> => {
  const { rows } = await sql<{ leaf: string; size: string; at: Date; proved: boolean }>`
    select l.leaf_index as leaf, h.size, h.at, exists (select from letter_proof p where p.tenant_id = e.tenant_id and p.id = e.thing_id) as proved from event e
      join log_leaf l on l.tenant_id = e.tenant_id and l.event_id = e.event_id
      join log_head h on h.tenant_id = e.tenant_id
    where e.tenant_id = ${tenantId} and e.subject_id = ${letterId} and e.type = 'issued.issued' and l.leaf_index < h.size limit 1`.execute(tx);
  const row = rows[0];
  return row === undefined ? null : { tenant: tenantId, leaf: Number(row.leaf), size: Number(row.size), sizeAt: row.at.toISOString(), proved: row.proved };
};

/** The proof to keep beside a letter; `undefined` until a checkpoint that its witnesses stand behind covers it. */
export const proofOfLetter = async (tx: Tx, tenantId: Id, letterId: Id): Promise<string | undefined> =>
  (await tx.selectFrom("letter_proof").select("proof").where("tenant_id", "=", tenantId).where("id", "=", letterId).executeTakeFirst())?.proof;

/** When a certificate of this serial number was withdrawn, in whatever government: null = it stands, `undefined` = nobody was given it. */
export const withdrawalOf = async (tx: Tx, serial: string): Promise<{ readonly at: Instant; /** From that instant on its key may have been in other hands. */ readonly isLeak: boolean } | null | undefined> => {
  const row = (await sql<{ withdrawn: Date | null; leaked: boolean }>`select withdrawn, leaked from door_certificate(${serial})`.execute(tx)).rows[0];
  return row === undefined ? undefined : row.withdrawn === null ? null : { at: row.withdrawn.toISOString(), isLeak: row.leaked };
};

/** The certificate of a person with this serial number, and of whom. */
export const credentialOfSerial = async (tx: Tx, tenantId: Id, serial: string): Promise<{ readonly id: Id; readonly name: string; readonly issuer: string; readonly development: boolean } | undefined> => {
  const { rows } = await sql<{ id: Id; name: string; issuer: string; development: boolean }>`select id, state->>'name' as name, state->>'issuer' as issuer, (state->>'development')::boolean as development from credential where tenant_id = ${tenantId} and state->>'serial' = ${serial}`.execute(tx);
  return rows[0];
};

/** One letter that a key may have made. */
export type KeyAct = { readonly id: Id; readonly number: string; readonly date: string; readonly signer: string; readonly at: Instant; readonly seal: string | null; readonly receivers: { readonly post: number; readonly partner: number; readonly mailed: number; readonly unreachable: readonly string[] } };

/** Letters signed since an instant: with one certificate, or (without `serial`) with any. Oldest first. */
export const lettersSince = async (tx: Tx, tenantId: Id, since: Instant, serial: string | undefined): Promise<readonly KeyAct[]> => {
  const { rows } = await sql<{ id: Id; state: IssuedState }>`
    select id, state from issued where tenant_id = ${tenantId} and state->'signer'->>'at' >= ${since} and (${serial ?? null}::text is null or state->'signer'->>'serial' = ${serial ?? null})
    order by state->'signer'->>'at', id`.execute(tx);
  return rows.map(({ id, state }) => {
    const to = state.deliveries.map(({ address }) => address);
    return {
      id, number: state.number, date: state.date, signer: `${state.signer.person}, ${state.signer.post}`, at: state.signer.at, seal: state.seal ?? null,
      receivers: {
        post: to.filter(({ kind }) => kind === "post").length, partner: to.filter(({ kind }) => kind === "partner").length,
        mailed: to.filter((address) => address.kind === "external" && address.email !== null).length,
        unreachable: to.flatMap((address) => (address.kind === "external" && address.email === null ? [address.label] : [])),
      },
    };
  });
};

/** Certificates of signers that were withdrawn, in every government: what a CRL says, and what verifiers without a network must know. */
export const revokedCertificates = async (tx: Tx): Promise<readonly { readonly serial: string; readonly revoked_at: Instant; readonly since: Instant | null }[]> =>
  (await sql<{ serial: string; revoked_at: Instant; since: Instant | null }>`select * from door_revoked_certificates()`.execute(tx)).rows;
