import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Tx } from "../kernel/db.ts";
import type { Caller } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { hasFactor } from "./account.ts";
import { openChallenge, sealChallenge } from "./challenge.ts";
import { confirmWholly, type Whole } from "./confirm.ts";
import { demandOn } from "./demand.ts";
import type { Access } from "./door.ts";
import { tell } from "./notices.ts";
import { hashCode, hashPassword, sealOf } from "./password.ts";
import { contextWords, mayStandAlone, passwordFault } from "./password-rules.ts";
import { recoveryCode, recoveryCount, typedRecoveryCode } from "./recovery.ts";
import { currentSession } from "./sessions.ts";
import { actOnAccount, accountOf, closeSessions, freeSession, replaceRecoveryCodes, setAuthenticator, setPassword, takeChallenge, tenantOf } from "./store.ts";
import { base32, totpStep, totpUri } from "./totp.ts";

/** Refuses a password that the rules do not allow for this person. */
export const mustBePassword = async (tx: Tx, tenantId: Id, person: { readonly name: string; readonly username: string; readonly hasSecondFactor: boolean }, password: string): Promise<void> => {
  const tenant = await tenantOf(tx, tenantId);
  const fault = await passwordFault(password, { hasSecondFactor: person.hasSecondFactor, words: contextWords({ username: person.username, name: person.name, government: [tenant.name, tenant.short_name] }) });
  if (fault !== undefined) throw new Refused(fault);
};

/** Changes the password and signs every other device out. */
export const changePassword = async (access: Access, caller: Caller, by: Actor, given: Whole & { readonly next: string }): Promise<void> => {
  await confirmWholly(access, by, given);
  const account = await readTenant(access.db, by.tenantId, async (tx) => {
    const state = await accountOf(tx, by.tenantId, by.personId);
    if (state === null) throw new Refused("not_found");
    await mustBePassword(tx, by.tenantId, { name: by.personName, username: state.username, hasSecondFactor: hasFactor(state) }, given.next);
    return state;
  });
  const hash = await hashPassword(given.next);
  const current = await currentSession(access, caller);
  await inTenant(access.db, by.tenantId, async (tx) => {
    const after = await actOnAccount(tx, by.personId, { type: "changePassword", passwordSeal: sealOf(hash) }, by);
    // Someone took the second factor off while this was typed: the shorter rule no longer holds.
    if (after === null || hasFactor(after) !== hasFactor(account)) throw new Refused("stale");
    await setPassword(tx, by.tenantId, by.personId, hash);
    await closeSessions(tx, by.tenantId, by.personId, by.at, current?.session_id);
    await tell(tx, access.source, by, "sandi_diganti", {}, by.at);
  });
};

const setupMs = 10 * 60_000;

/** Makes a second-factor secret; it counts only after its first code is confirmed. Until then it waits, sealed, in the hands of this browser. */
export const beginSecondFactor = async (access: Access, caller: Caller, by: Actor, proof: Whole) => {
  await confirmWholly(access, by, proof);
  const secret = Buffer.from(access.source.bytes(20));
  const ticket = sealChallenge(access, { purpose: `totp/${by.personId}`, browser: caller.browser, lastsMs: setupMs, data: secret });
  return { secret: base32(secret), uri: totpUri(secret, by.personName), ticket };
};

/** Turns the second factor on with a first right code, and answers the recovery codes; whoever came in without it, on any other device, must come in anew. */
export const confirmSecondFactor = async (access: Access, caller: Caller, by: Actor, given: { readonly ticket: string; readonly code: string }): Promise<{ readonly codes: string[] }> => {
  const opened = openChallenge(access, given.ticket, { purpose: `totp/${by.personId}`, browser: caller.browser });
  if (opened === undefined) throw new Refused("challenge_late");
  const step = totpStep(opened.data, given.code, Date.parse(by.at), null);
  if (step === undefined) throw new Refused("second_factor_wrong");
  const current = await currentSession(access, caller);
  const made = await makeCodes(access);
  await inTenant(access.db, by.tenantId, async (tx) => {
    if (!(await takeChallenge(tx, given.ticket, opened.until, by.at))) throw new Refused("challenge_late");
    await actOnAccount(tx, by.personId, { type: "setSecondFactor" }, by);
    await actOnAccount(tx, by.personId, { type: "makeRecoveryCodes", count: recoveryCount }, by);
    await setAuthenticator(tx, by.tenantId, by.personId, access.seal.close(`totp/${by.personId}`, opened.data), step);
    await replaceRecoveryCodes(tx, by.tenantId, by.personId, made.salt, made.hashes);
    await closeSessions(tx, by.tenantId, by.personId, by.at, current?.session_id);
    await freeSession(tx, by.tenantId, by.personId, current?.session_id);
    await tell(tx, access.source, by, "faktor_dipasang", {}, by.at);
  });
  return { codes: [...made.codes] };
};

/** A set of recovery codes, to be shown once, and the hashes that are kept of them. */
export type RecoverySet = { readonly codes: readonly string[]; readonly salt: Buffer; readonly hashes: readonly Buffer[] };

/** Makes a set of recovery codes; nothing is stored yet. */
export const makeCodes = async (access: Access): Promise<RecoverySet> => {
  const salt = Buffer.from(access.source.bytes(16));
  const codes = Array.from({ length: recoveryCount }, () => recoveryCode(access.source.bytes(12)));
  const hashes = await Promise.all(codes.map((code) => hashCode(typedRecoveryCode(code) ?? code, salt)));
  return { codes, salt, hashes };
};

/** New recovery codes in place of the old; they are shown this once. */
export const renewRecoveryCodes = async (access: Access, by: Actor, proof: Whole): Promise<{ readonly codes: string[] }> => {
  await confirmWholly(access, by, proof);
  const made = await makeCodes(access);
  await inTenant(access.db, by.tenantId, async (tx) => {
    await actOnAccount(tx, by.personId, { type: "makeRecoveryCodes", count: recoveryCount }, by);
    await replaceRecoveryCodes(tx, by.tenantId, by.personId, made.salt, made.hashes);
  });
  return { codes: [...made.codes] };
};

/** Turns the authenticator off. What is left must do: a passkey, or (where the posts demand no more) a password long enough to stand alone. */
export const removeSecondFactor = async (access: Access, by: Actor, proof: Whole): Promise<void> => {
  await confirmWholly(access, by, proof);
  await inTenant(access.db, by.tenantId, async (tx) => {
    const isDemanded = (await demandOn(tx, by.tenantId, by.personId, by.at)) !== null;
    const after = await actOnAccount(tx, by.personId, { type: "removeSecondFactor", mayStandAlone: mayStandAlone(proof.password), isDemanded }, by);
    await setAuthenticator(tx, by.tenantId, by.personId, null, null);
    if (after?.recoveryCodes === 0) await replaceRecoveryCodes(tx, by.tenantId, by.personId, Buffer.alloc(0), []);
    await tell(tx, access.source, by, "faktor_dilepas", {}, by.at);
  });
};
