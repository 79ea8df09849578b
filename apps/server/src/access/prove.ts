import type { Actor } from "../kernel/actor.ts";
import { readTenant, type Tx } from "../kernel/db.ts";
import { Refused } from "../kernel/refusal.ts";
import { confirmPassword, stepUpOf } from "./confirm.ts";
import type { Access } from "./door.ts";
import { mustBeFresh } from "./step-up.ts";
import { accountOf } from "./store.ts";

/** Demands a fresh proof for one act: outside the transaction what may fail and is counted, and inside it the check that belongs to the act. */
export type Prove = (by: Actor, sha256: string, password: string | null) => Promise<(tx: Tx) => Promise<void>>;

/** The strongest proof that the account has: passkey or code for these very bytes, and with neither the password once more. */
export const openProof = (access: Access): Prove => async (by, sha256, password) => {
  const method = await readTenant(access.db, by.tenantId, async (tx) => stepUpOf(await accountOf(tx, by.tenantId, by.personId)));
  if (method === null) {
    if (password === null || password === "") throw new Refused("password_needed");
    await confirmPassword(access, by, password);
  }
  return (tx) => mustBeFresh(tx, sha256, by);
};
