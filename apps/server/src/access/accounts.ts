import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Caller } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { hasFactor } from "./account.ts";
import { actorWithin, doorActor, newToken, type Access } from "./door.ts";
import { mustBePassword } from "./factors.ts";
import { tell } from "./notices.ts";
import { hashPassword, sealOf } from "./password.ts";
import { actOnAccount, accountOf, closeSessions, deletePasskeys, insertSecrets, linkOf, personName, replaceLink, replaceRecoveryCodes, setAuthenticator, setPassword, takeLink, tenantOf } from "./store.ts";

/** Creates the account of a person with a password that is given as a hash: the first office. `demoPassword` is kept readable only in demo mode. */
export const createAccount = (db: Database, by: Actor, account: { readonly personId: Id; readonly username: string; readonly passwordHash: string; readonly demoPassword: string | null }): Promise<void> =>
  inTenant(db, by.tenantId, async (tx) => {
    await insertSecrets(tx, by.tenantId, account.personId, account.passwordHash, account.demoPassword);
    await actOnAccount(tx, account.personId, { type: "create", username: account.username, passwordSeal: sealOf(account.passwordHash) }, by);
  });

/** How long a link waits for its person: over a weekend. */
const linkMs = 72 * 3_600_000;

/** A link by which a person chooses his own password. */
export type Link = { readonly url: string; readonly until: string };

// After `#`, the token stays in the browser: no server log and no Referer holds it.
const makeLink = async (tx: Tx, access: Access, tenantId: Id, personId: Id, at: string): Promise<Link> => {
  const token = newToken(access.source);
  const until = new Date(Date.parse(at) + linkMs).toISOString();
  await replaceLink(tx, tenantId, personId, token, until);
  return { url: `${access.publicUrl}/aktifkan#${token}`, until };
};

/** Opens an account for a person; the admin hands the link over and never knows a password. */
export const invite = (access: Access, by: Actor, given: { readonly personId: Id; readonly username: string }): Promise<Link> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    if ((await personName(tx, by.tenantId, given.personId)) === undefined) throw new Refused("not_found");
    await actOnAccount(tx, given.personId, { type: "invite", username: given.username }, by);
    await insertSecrets(tx, by.tenantId, given.personId, null);
    return makeLink(tx, access, by.tenantId, given.personId, by.at);
  });

/** What an admin does to somebody's account, and why; the reason is in the evidence and reaches its owner. */
export type ForReason = { readonly id: Id; readonly reason: string };

/** A new link for someone who forgot his password or let the first link lapse. His second factor stays as it is. */
export const renewLink = (access: Access, by: Actor, { id, reason }: ForReason): Promise<Link> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    await actOnAccount(tx, id, { type: "renewLink", reason }, by);
    return makeLink(tx, access, by.tenantId, id, by.at);
  });

/** Blocks an account, which ends its sessions, or opens it again. */
export const setBlocked = (access: Access, by: Actor, { id, reason, isBlocked }: ForReason & { readonly isBlocked: boolean }): Promise<void> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    await actOnAccount(tx, id, isBlocked ? { type: "block", reason } : { type: "unblock", reason }, by);
    if (!isBlocked) return;
    await closeSessions(tx, by.tenantId, id, by.at);
    await takeLink(tx, by.tenantId, id, by.at);
  });

/** Takes all second factors off an account whose owner lost them; he is told, and must come in anew with his password. */
export const resetFactors = (access: Access, by: Actor, { id, reason }: ForReason): Promise<void> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    await actOnAccount(tx, id, { type: "resetFactors", reason }, by);
    await setAuthenticator(tx, by.tenantId, id, null, null);
    await replaceRecoveryCodes(tx, by.tenantId, id, Buffer.alloc(0), []);
    await deletePasskeys(tx, by.tenantId, id);
    await closeSessions(tx, by.tenantId, id, by.at);
    await tell(tx, access.source, { tenantId: by.tenantId, personId: id }, "faktor_disetel_ulang", { reason }, by.at);
  });

/** Signs a person out on every device. */
export const endSessionsOf = (access: Access, by: Actor, { id, reason }: ForReason): Promise<void> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    await actOnAccount(tx, id, { type: "expel", reason }, by);
    await closeSessions(tx, by.tenantId, id, by.at);
  });

const liveLink = async (access: Access, token: string) => {
  const link = await linkOf(access.db, token);
  if (link === undefined || link.until.toISOString() <= access.source.now()) throw new Refused("link_unknown");
  return link;
};

/** Whose link this is, so that its holder sees for which account he chooses. */
export const invitation = async (access: Access, token: string) => {
  const link = await liveLink(access, token);
  return readTenant(access.db, link.tenant_id, async (tx) => {
    const state = await accountOf(tx, link.tenant_id, link.person_id);
    if (state === null) throw new Refused("link_unknown");
    return { username: state.username, name: (await personName(tx, link.tenant_id, link.person_id)) ?? "", tenant: (await tenantOf(tx, link.tenant_id)).name, secondFactor: hasFactor(state), until: link.until.toISOString() };
  });
};

/** Takes a link once: the person's own password, every old session ended. The second factor is asked for at the door as before. */
export const activate = async (access: Access, caller: Caller, given: { readonly token: string; readonly password: string }): Promise<void> => {
  const { tenant_id: tenantId, person_id: personId } = await liveLink(access, given.token);
  await readTenant(access.db, tenantId, async (tx) => {
    const state = await accountOf(tx, tenantId, personId);
    await mustBePassword(tx, tenantId, { name: (await personName(tx, tenantId, personId)) ?? "", username: state?.username ?? "", hasSecondFactor: state !== null && hasFactor(state) }, given.password);
  });
  const hash = await hashPassword(given.password);
  await inTenant(access.db, tenantId, async (tx) => {
    const by = (await actorWithin(tx, access, { tenantId, personId, requestId: caller.requestId })) ?? (await doorActor(tx, access, tenantId, caller.requestId));
    if (!(await takeLink(tx, tenantId, personId, by.at))) throw new Refused("link_unknown");
    await actOnAccount(tx, personId, { type: "activate", passwordSeal: sealOf(hash) }, by);
    await setPassword(tx, tenantId, personId, hash);
    await closeSessions(tx, tenantId, personId, by.at);
    await tell(tx, access.source, { tenantId, personId }, "sandi_diganti", {}, by.at);
  });
};
