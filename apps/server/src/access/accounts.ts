import type { Actor } from "../kernel/actor.ts";
import { inTenant, type Database } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { sealOf } from "./password.ts";
import { accountMachine, insertSecrets } from "./store.ts";

/** Creates the account of a person with a password that is given as a hash: the first office. `demoPassword` is kept readable only in demo mode. */
export const createAccount = (db: Database, by: Actor, account: { readonly personId: Id; readonly username: string; readonly passwordHash: string; readonly demoPassword: string | null }): Promise<void> =>
  inTenant(db, by.tenantId, async (tx) => {
    await insertSecrets(tx, by.tenantId, account.personId, account.passwordHash, account.demoPassword);
    await perform(tx, accountMachine, account.personId, { type: "create", username: account.username, passwordSeal: sealOf(account.passwordHash) }, by);
  });
