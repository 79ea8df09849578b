import { sql } from "kysely";
import type { Actor } from "../../kernel/actor.ts";
import type { Tx } from "../../kernel/db.ts";
import type { Id, Instant } from "../../kernel/ids.ts";
import { perform, type Machine } from "../../kernel/perform.ts";
import { stateStore } from "../../kernel/state.ts";
import { decideSealKey, evolveSealKey, type SealKey, type SealKeyCommand, type SealKeyEvent, type SealKeyState } from "./seal-key.ts";

/** Rows of seal keys. */
export const sealKeyStore = stateStore<SealKeyState | null>({ table: "seal_key", none: null, open: true, subject: (id) => id });

/** Seal keys of a government. */
export const sealKeyMachine: Machine<SealKeyState | null, SealKeyCommand, SealKeyEvent> = {
  kind: "seal_key",
  subject: sealKeyStore.subject,
  lock: sealKeyStore.lock,
  decide: decideSealKey,
  evolve: evolveSealKey,
  save: sealKeyStore.save,
  later: () => [],
};

/** A key that seals now. */
export type UsableKey = { readonly id: Id; readonly keyId: string; /** X.509, base64. */ readonly certificate: string; readonly institution: string; readonly since: Instant; readonly sealed: Buffer };

/** The newest key with which a government may seal at an instant, or `undefined`. */
export const usableKey = async (tx: Tx, tenantId: Id, at: Instant): Promise<UsableKey | undefined> => {
  const { rows } = await sql<UsableKey>`
    select k.id, k.key_id as "keyId", k.state->>'certificate' as certificate, k.state->>'institution' as institution, k.state->>'since' as since, s.sealed from seal_key k join seal_key_secret s on s.tenant_id = k.tenant_id and s.id = k.id
    where k.tenant_id = ${tenantId} and k.status = 'dipakai' and k.until > ${at} order by k.until desc limit 1`.execute(tx);
  return rows[0];
};

/** Stores a new key with its private half, and lets it follow those before, whose private halves are destroyed: all together. */
export const saveSealKey = async (tx: Tx, id: Id, key: SealKey, sealed: Uint8Array, by: Actor): Promise<void> => {
  const before = await tx.selectFrom("seal_key").select("id").where("tenant_id", "=", by.tenantId).where("status", "=", "dipakai").execute();
  for (const old of before) {
    await perform(tx, sealKeyMachine, old.id, { type: "retire" }, by);
    await tx.deleteFrom("seal_key_secret").where("tenant_id", "=", by.tenantId).where("id", "=", old.id).execute();
  }
  await perform(tx, sealKeyMachine, id, { type: "make", key }, by);
  await tx.insertInto("seal_key_secret").values({ tenant_id: by.tenantId, id, sealed: Buffer.from(sealed) }).execute();
};

/** Revokes a key and destroys its private half, together. */
export const revokeSealKey = async (tx: Tx, id: Id, since: Instant, reason: string, by: Actor): Promise<void> => {
  await perform(tx, sealKeyMachine, id, { type: "revoke", since, reason }, by);
  await tx.deleteFrom("seal_key_secret").where("tenant_id", "=", by.tenantId).where("id", "=", id).execute();
};

/** Every key of the installation, as the public list names it. */
export const listedKeys = async (tx: Tx): Promise<readonly { readonly certificate: string; readonly revoked_since: Instant | null }[]> =>
  (await sql<{ certificate: string; revoked_since: Instant | null }>`select * from door_seal_keys()`.execute(tx)).rows;

/** The seal key with this id in a government, and which certificate it has. */
export const sealKeyOf = async (tx: Tx, tenantId: Id, keyId: string): Promise<Id | undefined> =>
  (await tx.selectFrom("seal_key").select("id").where("tenant_id", "=", tenantId).where("key_id", "=", keyId).executeTakeFirst())?.id;
