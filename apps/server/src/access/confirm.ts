import { createHash } from "node:crypto";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Tx } from "../kernel/db.ts";
import { Refused } from "../kernel/refusal.ts";
import { openTurns } from "../kernel/turns.ts";
import { limits } from "./access.ts";
import type { AccountState } from "./account.ts";
import { factorOf, type Access } from "./door.ts";
import { isPassword } from "./password.ts";
import { actOnAccount, accountOf, countFailures, isFresh, rememberFailure, secretsOf } from "./store.ts";

/** What an account is asked for beside its password: its strongest proof. With neither passkey nor authenticator, nothing. */
export const stepUpOf = (account: Pick<AccountState, "passkeys" | "secondFactor"> | null): "kunci" | "kode" | null =>
  account === null ? null : account.passkeys.length > 0 ? "kunci" : account.secondFactor ? "kode" : null;

/** What a fresh proof is about when it is about one's own account and no document. */
export const ownAccount = ({ tenantId, personId }: Pick<Actor, "tenantId" | "personId">): string => createHash("sha256").update(`lontar/own-account/v1\n${tenantId}\n${personId}`).digest("hex");

const shift = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

const inTurn = openTurns();

/** Runs a proof of a person who is signed in, within the limit of wrong ones: whoever found an open session must not guess with it. At the door of single sign-on (`place`) it is counted apart: who stands there keeps nobody inside from signing. */
export const guarded = <T>(access: Access, by: Pick<Actor, "personId" | "at">, work: () => Promise<T | undefined>, wrong: "wrong_credentials" | "second_factor_wrong", place: "person" | "sso" = "person"): Promise<T> =>
  inTurn(`${place}:${by.personId}`, async () => {
    const bucket = `${place}:${by.personId}`;
    if ((await countFailures(access.db, [bucket], shift(by.at, -limits.windowMs)))(bucket) >= limits.failuresPerPair) throw new Refused("too_many_attempts");
    const proof = await work();
    if (proof !== undefined) return proof;
    await rememberFailure(access.db, [bucket], by.at, shift(by.at, -limits.windowMs * 4));
    throw new Refused(wrong);
  });

/** Asks for the password once more. */
export const confirmPassword = async (access: Access, by: Actor, password: string): Promise<void> => {
  await guarded(access, by, async () => {
    const row = await readTenant(access.db, by.tenantId, (tx) => secretsOf(tx, by.tenantId, by.personId));
    return (await isPassword(row?.password_hash, password)) ? true : undefined;
  }, "wrong_credentials");
};

/** Takes a code of the authenticator, or a recovery code, for its one use; what it opens happens in the same transaction. */
export const takeCode = async (access: Access, by: Actor, code: string, open: (tx: Tx) => Promise<void>): Promise<void> => {
  const secrets = await readTenant(access.db, by.tenantId, (tx) => secretsOf(tx, by.tenantId, by.personId));
  await guarded(access, by, async () => {
    const factor = secrets === undefined ? undefined : await factorOf(access, { tenant_id: by.tenantId, person_id: by.personId, ...secrets }, code);
    if (factor === undefined) return undefined;
    return inTenant(access.db, by.tenantId, async (tx) => {
      const left = await factor.use(tx, by);
      if (left !== null) await actOnAccount(tx, by.personId, { type: "useRecoveryCode", left }, by);
      await open(tx);
      return true;
    }).catch((error: unknown) => {
      if (error instanceof Refused && error.code === "second_factor_wrong") return undefined; // used before: counted like a wrong one
      throw error;
    });
  }, "second_factor_wrong");
};

/** What proves a person wholly: the password, and beside it a code where the account has a second factor and no passkey has just answered. */
export type Whole = { readonly password: string; readonly code: string | null };

/**
 * Asks for everything that the account asks for at the door, before something that changes how it is entered (ASVS 7.5.1): the password, and the
 * second factor. That is a passkey's answer about this account, not five minutes old, or a code; a recovery code does for a device that is lost.
 */
export const confirmWholly = async (access: Access, by: Actor, { password, code }: Whole): Promise<void> => {
  await confirmPassword(access, by, password);
  const { method, fresh } = await readTenant(access.db, by.tenantId, async (tx) => ({ method: stepUpOf(await accountOf(tx, by.tenantId, by.personId)), fresh: await isFresh(tx, by, ownAccount(by)) }));
  if (method === null || fresh) return;
  if (code === null) throw new Refused("account_proof_needed", { method });
  await takeCode(access, by, code, async () => undefined);
};

/** Asks for one factor again before sessions are ended (ASVS 7.5.2): the password, or a passkey that has just answered. */
export const confirmOnce = async (access: Access, by: Actor, password: string | null): Promise<void> => {
  if (await readTenant(access.db, by.tenantId, (tx) => isFresh(tx, by, ownAccount(by)))) return;
  if (password === null) throw new Refused("password_needed");
  await confirmPassword(access, by, password);
};
