import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import type { Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { isAlive } from "./access.ts";
import { confirmOnce } from "./confirm.ts";
import { actorWithin, authenticate, type Access } from "./door.ts";
import { actOnAccount, closeSession, closeSessions, sessionOf } from "./store.ts";

/** The session of this very browser. */
export const currentSession = async (access: Access, caller: Caller) => (caller.cookie === undefined ? undefined : sessionOf(access.db, caller.cookie));

/** Ends the session of this browser. */
export const signOut = async (access: Access, caller: Caller): Promise<CookieAnswer<undefined>> => {
  const session = await currentSession(access, caller);
  const by = await authenticate(access, caller);
  if (session !== undefined && by !== undefined) {
    await inTenant(access.db, session.tenant_id, async (tx) => {
      if (await closeSession(tx, session.tenant_id, session.person_id, session.session_id, by.at)) await actOnAccount(tx, by.personId, { type: "leave" }, by);
    });
  }
  return { answer: undefined, cookie: null };
};

/** From now on this session acts in another post that the person holds. */
export const switchPost = async (access: Access, caller: Caller, by: Actor, positionId: Id): Promise<Actor> => {
  const session = await currentSession(access, caller);
  return inTenant(access.db, by.tenantId, async (tx) => {
    const next = await actorWithin(tx, access, { tenantId: by.tenantId, personId: by.personId, wanted: positionId, requestId: caller.requestId });
    if (session === undefined || next?.positionId !== positionId) throw new Refused("not_yours");
    await tx.updateTable("session").set({ position_id: positionId }).where("tenant_id", "=", by.tenantId).where("session_id", "=", session.session_id).execute();
    await actOnAccount(tx, by.personId, { type: "switchPost", from: by.positionId }, next);
    return next;
  });
};

const mostSessions = 50;

/** The devices where the person is signed in. */
export const listSessions = async (access: Access, caller: Caller, by: Actor) => {
  const current = await currentSession(access, caller);
  const rows = await readTenant(access.db, by.tenantId, (tx) => tx.selectFrom("session").selectAll().where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where("ended", "is", null).orderBy("last_seen", "desc").limit(mostSessions).execute());
  const now = Date.parse(access.source.now());
  return rows
    .filter((row) => isAlive({ sinceMs: row.since.getTime(), lastSeenMs: row.last_seen.getTime() }, now))
    .map((row) => ({ id: row.session_id, device: row.device, since: row.since.toISOString(), lastSeen: row.last_seen.toISOString(), current: row.session_id === current?.session_id }));
};

/** Signs one of the person's own devices out, after one factor was proved again. */
export const endSession = async (access: Access, by: Actor, { id, password }: { readonly id: Id; readonly password: string | null }): Promise<void> => {
  await confirmOnce(access, by, password);
  await inTenant(access.db, by.tenantId, async (tx) => {
    if (!(await closeSession(tx, by.tenantId, by.personId, id, by.at))) throw new Refused("not_found");
    await actOnAccount(tx, by.personId, { type: "endSession", session: id }, by);
  });
};

/** Signs the person out on every device but this one, after one factor was proved again. */
export const endOtherSessions = async (access: Access, caller: Caller, by: Actor, password: string | null): Promise<void> => {
  await confirmOnce(access, by, password);
  const current = await currentSession(access, caller);
  await inTenant(access.db, by.tenantId, async (tx) => {
    await closeSessions(tx, by.tenantId, by.personId, by.at, current?.session_id);
    await actOnAccount(tx, by.personId, { type: "endSessions" }, by);
  });
};

/** Puts a notice away. */
export const putAway = (access: Access, by: Actor, noticeId: Id): Promise<void> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    const seen = await tx.updateTable("notice").set({ seen: by.at }).where("tenant_id", "=", by.tenantId).where("notice_id", "=", noticeId).where("person_id", "=", by.personId).returning("notice_id").executeTakeFirst();
    if (seen === undefined) throw new Refused("not_found");
  });
