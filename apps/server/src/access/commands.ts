import { randomBytes } from "node:crypto";
import type { Actor } from "../kernel/actor.ts";
import { inInstallation, inTenant, readTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import { localDate, type Id, type Source } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import type { Seal } from "../kernel/seal.ts";
import { openTurns } from "../kernel/turns.ts";
import { postsHeldBy, type Post } from "../organisation/index.ts";
import { deviceName, isAlive, limits, mayAttempt } from "./access.ts";
import { isPassword } from "./password.ts";
import { accountNamed, countFailures, endOtherSessions, enterSession, forgetFailures, insertSession, recordAccount, rememberFailure, sessionOf, standingOf } from "./store.ts";
import { base32, totpStep, totpUri } from "./totp.ts";

/** What signing in needs from outside. */
export type Access = { readonly db: Database; readonly source: Source; readonly seal: Seal };

const shift = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

const actorIn = (access: Access, tenantId: Id, personId: Id, wanted: Id | undefined, requestId: string): Promise<Actor | undefined> =>
  readTenant(access.db, tenantId, (tx) => actorWithin(tx, access, { tenantId, personId, wanted, requestId }));

const actorWithin = async (tx: Tx, access: Access, { tenantId, personId, wanted, requestId }: { readonly tenantId: Id; readonly personId: Id; readonly wanted: Id | undefined; readonly requestId: string }): Promise<Actor | undefined> => {
  const at = access.source.now();
  const posts = await postsHeldBy(tx, tenantId, personId, at);
  const post = posts.find((held) => held.id === wanted) ?? posts[0];
  if (post?.holder == null) return undefined;
  const { zone, classKeys } = await standingOf(tx, tenantId, post.id, at);
  return { ...actorOf(post, post.holder, tenantId, at, zone, requestId), classKeys };
};

/** A person in a post becomes an actor. */
export const actorOf = (post: Post, holder: NonNullable<Post["holder"]>, tenantId: Id, at: string, zone: "WIB" | "WITA" | "WIT", requestId: string): Actor => ({
  tenantId,
  personId: holder.personId,
  personName: holder.name,
  positionId: post.id,
  positionTitle: post.title,
  unitId: post.unitId,
  holding: { id: holder.holdingId, kind: holder.kind, basis: holder.basis },
  functions: post.functions,
  at,
  today: localDate(at, zone),
  zone,
  requestId,
});

/** Who this caller is now, in a post that he still holds; `undefined` when there is no live session or no post left. */
export const authenticate = async (access: Access, { cookie, requestId }: Caller): Promise<Actor | undefined> => {
  if (cookie === undefined) return undefined;
  return inInstallation(access.db, async (tx) => {
    const session = await enterSession(tx, cookie);
    const now = access.source.now();
    if (session === undefined || !isAlive({ sinceMs: session.since.getTime(), lastSeenMs: session.last_seen.getTime() }, Date.parse(now))) return undefined;
    const { tenant_id: tenantId, session_id: sessionId, person_id: personId, position_id: wanted } = session;
    if (Date.parse(now) - session.last_seen.getTime() > limits.touchMs) await tx.updateTable("session").set({ last_seen: now }).where("tenant_id", "=", tenantId).where("session_id", "=", sessionId).execute();
    return actorWithin(tx, access, { tenantId, personId, wanted, requestId });
  });
};

/** What a person types to sign in. */
export type Credentials = { readonly username: string; readonly password: string; readonly code?: string | undefined };

// Guesses sent side by side would all be tried before the first of them is counted.
const inTurn = openTurns();

/** Signs a person in, or refuses in a way that tells a guesser nothing. Answers the actor and the new token. */
export const signIn = (access: Access, given: Credentials, caller: Caller): Promise<CookieAnswer<Actor>> => inTurn(`name:${given.username.toLowerCase()}`, () => attempt(access, given, caller));

const attempt = async (access: Access, given: Credentials, caller: Caller): Promise<CookieAnswer<Actor>> => {
  const now = access.source.now();
  const name = given.username.toLowerCase();
  const buckets = { pair: `name:${name} address:${caller.address}`, name: `name:${name}`, address: `address:${caller.address}` };
  const fail = async (code: "wrong_credentials" | "second_factor_wrong"): Promise<never> => {
    await rememberFailure(access.db, Object.values(buckets), now, shift(now, -limits.windowMs * 4));
    throw new Refused(code);
  };
  const failures = await countFailures(access.db, Object.values(buckets), shift(now, -limits.windowMs));
  if (!mayAttempt({ forPair: failures(buckets.pair), forName: failures(buckets.name), forAddress: failures(buckets.address) })) throw new Refused("too_many_attempts");
  const account = await accountNamed(access.db, given.username);
  if (!(await isPassword(account?.password_hash, given.password)) || account === undefined) return fail("wrong_credentials");

  let step: number | null = null;
  if (account.totp_secret !== null) {
    if (given.code === undefined || given.code === "") throw new Refused("second_factor_needed");
    const secret = access.seal.open(`totp/${account.person_id}`, account.totp_secret);
    step = totpStep(secret, given.code, Date.parse(now), account.totp_last === null ? null : Number(account.totp_last)) ?? (await fail("second_factor_wrong"));
  }
  const by = await actorIn(access, account.tenant_id, account.person_id, undefined, caller.requestId);
  if (by === undefined) throw new Refused("not_yours");
  const token = randomBytes(32).toString("base64url");
  await insertSession(access.db, { id: access.source.id(), token, device: deviceName(caller.device) }, by, step);
  await forgetFailures(access.db, buckets.pair);
  return { answer: by, cookie: token };
};

/** Ends the session of this browser. */
export const signOut = async (access: Access, caller: Caller): Promise<CookieAnswer<undefined>> => {
  const session = caller.cookie === undefined ? undefined : await sessionOf(access.db, caller.cookie);
  const by = await authenticate(access, caller);
  if (session !== undefined) {
    await inTenant(access.db, session.tenant_id, async (tx) => {
      await tx.updateTable("session").set({ ended: access.source.now() }).where("tenant_id", "=", session.tenant_id).where("session_id", "=", session.session_id).execute();
      if (by !== undefined) await recordAccount(tx, by, { type: "account.signed_out" });
    });
  }
  return { answer: undefined, cookie: null };
};

/** From now on this session acts in another post that the person holds. */
export const switchPost = async (access: Access, caller: Caller, by: Actor, positionId: Id): Promise<Actor> => {
  const session = caller.cookie === undefined ? undefined : await sessionOf(access.db, caller.cookie);
  const next = await actorIn(access, by.tenantId, by.personId, positionId, caller.requestId);
  if (session === undefined || next?.positionId !== positionId) throw new Refused("not_yours");
  await inTenant(access.db, by.tenantId, async (tx) => {
    await tx.updateTable("session").set({ position_id: positionId }).where("tenant_id", "=", by.tenantId).where("session_id", "=", session.session_id).execute();
    await recordAccount(tx, next, { type: "account.post_switched", from: by.positionId });
  });
  return next;
};

/** The devices where the person is signed in. */
export const listSessions = async (access: Access, caller: Caller, by: Actor) => {
  const current = caller.cookie === undefined ? undefined : await sessionOf(access.db, caller.cookie);
  const rows = await readTenant(access.db, by.tenantId, (tx) => tx.selectFrom("session").selectAll().where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where("ended", "is", null).orderBy("last_seen", "desc").limit(50).execute());
  const now = Date.parse(access.source.now());
  return rows
    .filter((row) => isAlive({ sinceMs: row.since.getTime(), lastSeenMs: row.last_seen.getTime() }, now))
    .map((row) => ({ id: row.session_id, device: row.device, since: row.since.toISOString(), lastSeen: row.last_seen.toISOString(), current: row.session_id === current?.session_id }));
};

/** Signs one of the person's own devices out. */
export const endSession = (access: Access, by: Actor, sessionId: Id): Promise<void> =>
  inTenant(access.db, by.tenantId, async (tx) => {
    const ended = await tx.updateTable("session").set({ ended: by.at }).where("tenant_id", "=", by.tenantId).where("session_id", "=", sessionId).where("person_id", "=", by.personId).where("ended", "is", null).returning("session_id").executeTakeFirst();
    if (ended === undefined) throw new Refused("not_found");
    await recordAccount(tx, by, { type: "account.session_ended", session: sessionId });
  });

// Whoever found an open session must not be able to guess the password with it.
const confirmPassword = (access: Access, by: Actor, password: string): Promise<void> =>
  inTurn(by.personId, async () => {
    const bucket = `person:${by.personId}`;
    if ((await countFailures(access.db, [bucket], shift(by.at, -limits.windowMs)))(bucket) >= limits.failuresPerPair) throw new Refused("too_many_attempts");
    const row = await readTenant(access.db, by.tenantId, (tx) => tx.selectFrom("account").select("password_hash").where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).executeTakeFirst());
    if (await isPassword(row?.password_hash, password)) return;
    await rememberFailure(access.db, [bucket], by.at, shift(by.at, -limits.windowMs * 4));
    throw new Refused("wrong_credentials");
  });

// Secrets that wait for their first code; a restart only means beginning again.
const waiting = new Map<Id, { readonly secret: Buffer; readonly untilMs: number }>();

/** Makes a second-factor secret; it counts only after its first code is confirmed. */
export const beginSecondFactor = async (access: Access, by: Actor, password: string) => {
  await confirmPassword(access, by, password);
  const secret = randomBytes(20);
  for (const [person, entry] of waiting) if (entry.untilMs < Date.parse(by.at)) waiting.delete(person);
  waiting.set(by.personId, { secret, untilMs: Date.parse(by.at) + 10 * 60_000 });
  return { secret: base32(secret), uri: totpUri(secret, by.personName) };
};

/** Turns the second factor on with a first right code; whoever came in without it, on any other device, must come in anew. */
export const confirmSecondFactor = async (access: Access, caller: Caller, by: Actor, code: string): Promise<void> => {
  const entry = waiting.get(by.personId);
  const step = entry === undefined ? undefined : totpStep(entry.secret, code, Date.parse(by.at), null);
  if (entry === undefined || step === undefined) throw new Refused("second_factor_wrong");
  const current = caller.cookie === undefined ? undefined : await sessionOf(access.db, caller.cookie);
  await inTenant(access.db, by.tenantId, async (tx) => {
    await endOtherSessions(tx, by, current?.session_id);
    await tx.updateTable("account").set({ totp_secret: access.seal.close(`totp/${by.personId}`, entry.secret), totp_last: step }).where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).execute();
    await recordAccount(tx, by, { type: "account.second_factor_set" });
  });
  waiting.delete(by.personId);
};

/** Turns the second factor off. */
export const removeSecondFactor = async (access: Access, by: Actor, password: string): Promise<void> => {
  await confirmPassword(access, by, password);
  await inTenant(access.db, by.tenantId, async (tx) => {
    await tx.updateTable("account").set({ totp_secret: null, totp_last: null }).where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).execute();
    await recordAccount(tx, by, { type: "account.second_factor_removed" });
  });
};

/** Creates the account of a person. `demoPassword` is kept readable only in demo mode. */
export const createAccount = async (db: Database, by: Actor, account: { readonly personId: Id; readonly username: string; readonly passwordHash: string; readonly demoPassword: string | null }): Promise<void> =>
  inTenant(db, by.tenantId, async (tx) => {
    await tx.insertInto("account").values({ tenant_id: by.tenantId, person_id: account.personId, username: account.username, password_hash: account.passwordHash, totp_secret: null, totp_last: null, demo_password: account.demoPassword }).execute();
    await recordAccount(tx, { ...by, personId: account.personId }, { type: "account.created", username: account.username });
  });
