import { hexOf, readSeal } from "@lontar/seal";
import { tenants } from "../access/index.ts";
import { systemActor } from "../kernel/actor.ts";
import { inInstallation, inTenant, readTenant, type Database } from "../kernel/db.ts";
import { localDate, type Id, type Instant, type Source, type Zone } from "../kernel/ids.ts";
import { suspect, type Suspicion } from "../letters/issued/index.ts";
import { revokeSealKey, sealKeyOf } from "./seal/store.ts";
import { credentialOfSerial, lettersSince, revokeCredential, type KeyAct } from "./store.ts";

/** A key that may have leaked: a person's, by the serial number of its certificate, or a seal key, by its id. */
export type LeakedKey = { readonly tenantId: Id; readonly government: string; readonly zone: Zone; readonly id: Id } & ({ readonly kind: "penanda_tangan"; readonly serial: string; readonly name: string; readonly issuer: string; readonly development: boolean } | { readonly kind: "segel"; readonly keyId: string });

/** What is known of a leak before anything is done about it. */
export type Leak = { readonly key: LeakedKey; readonly since: Instant; readonly acts: readonly KeyAct[] };

type Deps = { readonly db: Database; readonly source: Source };

/** A serial number as people copy it: small letters, without colons, spaces and leading zeros. */
const normalSerial = (typed: string): string => typed.toLowerCase().replaceAll(/[^0-9a-f]/g, "");

/** Finds the key in whatever government, and every letter that it made since an instant. Changes nothing. */
export const findLeak = async ({ db }: Deps, typed: string, since: Instant): Promise<Leak | undefined> => {
  const wanted = normalSerial(typed);
  for (const tenant of await inInstallation(db, tenants)) {
    const found = await readTenant(db, tenant.tenant_id, async (tx): Promise<Leak | undefined> => {
      const of = { tenantId: tenant.tenant_id, government: tenant.name, zone: tenant.zone };
      const credential = await credentialOfSerial(tx, tenant.tenant_id, wanted);
      if (credential !== undefined) return { key: { ...of, ...credential, kind: "penanda_tangan", serial: wanted }, since, acts: await lettersSince(tx, tenant.tenant_id, since, wanted) };
      const sealKey = await sealKeyOf(tx, tenant.tenant_id, wanted);
      if (sealKey === undefined) return undefined;
      const acts = await lettersSince(tx, tenant.tenant_id, since, undefined);
      return { key: { ...of, id: sealKey, kind: "segel", keyId: wanted }, since, acts: acts.filter(({ seal }) => seal !== null && isSealedBy(seal, wanted)) };
    });
    if (found !== undefined) return found;
  }
  return undefined;
};

const isSealedBy = (text: string, keyId: string): boolean => {
  const seal = readSeal(text);
  return "facts" in seal && hexOf(seal.signed.keyId) === keyId;
};

/**
 * Acts on a leak. Steps, and what a crash after each leaves: 1 the key is revoked and its private half destroyed, in one transaction
 * (nothing is marked yet; run again) · 2 each letter is marked in a transaction of its own, which also queues the warnings to its receivers
 * (letters already marked are passed over when it is run again).
 */
export const actOnLeak = async ({ db, source }: Deps, { key, since, acts }: Leak, reason: string): Promise<void> => {
  const by = () => {
    const at = source.now();
    return systemActor(key.tenantId, at, localDate(at, key.zone), key.zone, "lontar compromise");
  };
  await inTenant(db, key.tenantId, (tx) => (key.kind === "segel" ? revokeSealKey(tx, key.id, since, reason, by()) : revokeCredential(tx, key.id, reason, by(), since))); // 1
  const suspicion: Suspicion = { key: key.kind, since, reason };
  for (const { id } of acts) await inTenant(db, key.tenantId, (tx) => suspect(tx, id, suspicion, source.id, by())); // 2
};
