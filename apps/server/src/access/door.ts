import { systemActor, type Actor } from "../kernel/actor.ts";
import { inTenant, readInstallation, readTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Caller, CookieAnswer } from "../kernel/http.ts";
import { localDate, type Id, type Source } from "../kernel/ids.ts";
import type { Log } from "../kernel/log.ts";
import { Refused } from "../kernel/refusal.ts";
import type { Seal } from "../kernel/seal.ts";
import { openTurns } from "../kernel/turns.ts";
import { policyOf, postsHeldBy, type HeldPost } from "../organisation/index.ts";
import { bucketsOf, deviceName, isAlive, limits, mayAttempt } from "./access.ts";
import { isHeldBack, type Method, type Refusal } from "./account.ts";
import { demandOn } from "./demand.ts";
import { tell } from "./notices.ts";
import { hashCode, isPassword } from "./password.ts";
import { mayStandAlone } from "./password-rules.ts";
import { typedRecoveryCode } from "./recovery.ts";
import { actOnAccount, accountNamed, closeSession, closeToken, countFailures, enterSession, forgetFailures, insertSession, knowsBrowser, meetBrowser, recoverySalt, rememberFailure, standingIn, takeRecoveryCode, takeStep, tenantOf, tokenHash, touchSession, type Account, type Session } from "./store.ts";
import { totpStep } from "./totp.ts";

/** What signing in needs from outside. */
export type Access = { readonly db: Database; readonly source: Source; readonly seal: Seal; readonly log: Log; readonly publicUrl: string };

const shift = (instant: string, ms: number): string => new Date(Date.parse(instant) + ms).toISOString();

/** A secret that only its holder knows: session tokens, browser keys, links, challenges. */
export const newToken = (source: Source): string => Buffer.from(source.bytes(32)).toString("base64url");

/** The key of the caller's browser, made now when it has none. */
export const browserOf = (access: Access, caller: Caller): string => caller.browser ?? newToken(access.source);

/** A person in a post becomes an actor; `isBlocked`: whoever acts for the post in his stead leaves him nothing to decide. */
export const actorOf = (post: HeldPost, tenantId: Id, { at, zone, requestId, isBlocked }: { readonly at: string; readonly zone: "WIB" | "WITA" | "WIT"; readonly requestId: string; readonly isBlocked: boolean }): Actor => ({
  tenantId,
  personId: post.holder.personId,
  personName: post.holder.name,
  positionId: post.id,
  positionTitle: post.title,
  unitId: post.unitId,
  holding: { id: post.holder.holdingId, kind: post.holder.kind, basis: post.holder.basis, scope: post.holder.scope },
  asideFor: isBlocked ? (post.acting?.name ?? null) : null,
  functions: post.functions,
  at,
  today: localDate(at, zone),
  zone,
  requestId,
});

/** The actor that a person is now, in the wanted post or his first; `undefined` when he holds none. */
export const actorWithin = async (tx: Tx, access: Pick<Access, "source">, { tenantId, personId, wanted, requestId }: { readonly tenantId: Id; readonly personId: Id; readonly wanted?: Id | undefined; readonly requestId: string }): Promise<Actor | undefined> => {
  const at = access.source.now();
  const posts = await postsHeldBy(tx, tenantId, personId, at, standingIn(tenantId, personId, at));
  const post = posts.find((held) => held.id === wanted) ?? posts[0];
  if (post === undefined) return undefined;
  const { zone, ...keys } = post.beside;
  const isBlocked = post.acting !== null && (await policyOf(tx, tenantId)).holderWhileActing === "blocked";
  return { ...actorOf(post, tenantId, { at, zone, requestId, isBlocked }), ...keys };
};

/** The actor that a person is now in the very post in which he asked a job for something; `undefined` when he holds it no more. */
export const actingAgain = (access: Access) => async (tx: Tx, { positionId, ...who }: { readonly tenantId: Id; readonly personId: Id; readonly positionId: Id; readonly requestId: string }): Promise<Actor | undefined> => {
  const actor = await actorWithin(tx, access, { ...who, wanted: positionId });
  return actor?.positionId === positionId ? actor : undefined;
};

/** The door itself, acting for nobody: what it notices about an account. */
export const doorActor = async (tx: Tx, access: Access, tenantId: Id, requestId: string): Promise<Actor> => {
  const { zone } = await tenantOf(tx, tenantId);
  const at = access.source.now();
  return systemActor(tenantId, at, localDate(at, zone), zone, requestId);
};

/** A session belongs to one browser: its key, and the kind of browser it was. What came with a copied cookie fails one of them. */
const isElsewhere = (session: Session, caller: Caller): boolean =>
  session.browser !== null && (caller.browser === undefined || !tokenHash(caller.browser).equals(session.browser) || deviceName(caller.device) !== session.device);

/** Who this caller is now, in a post that he still holds; `undefined` when there is no live session or no post left. A stolen session ends here. */
export const authenticate = async (access: Access, caller: Caller): Promise<Actor | undefined> => {
  const { cookie, requestId } = caller;
  if (cookie === undefined) return undefined;
  const found = await readInstallation(access.db, async (tx) => {
    const session = await enterSession(tx, cookie);
    const now = access.source.now();
    if (session === undefined || !isAlive({ sinceMs: session.since.getTime(), lastSeenMs: session.last_seen.getTime() }, Date.parse(now))) return undefined;
    if (isElsewhere(session, caller)) return { session, now, isElsewhere: true, actor: undefined };
    const actor = await actorWithin(tx, access, { tenantId: session.tenant_id, personId: session.person_id, wanted: session.position_id, requestId });
    return { session, now, isElsewhere: false, actor: session.held_back && actor !== undefined ? { ...actor, isHeldBack: true as const } : actor };
  });
  if (found === undefined) return undefined;
  const { session, now, actor } = found;
  if (found.isElsewhere) {
    await inTenant(access.db, session.tenant_id, (tx) => loseSession(tx, access, session, caller));
    access.log.warn({ requestId, refusal: "session_elsewhere" }, "a session was used from another browser and has been ended");
    throw new Refused("session_elsewhere");
  }
  if (Date.parse(now) - session.last_seen.getTime() > limits.touchMs) await inTenant(access.db, session.tenant_id, (tx) => touchSession(tx, session.tenant_id, session.session_id, now));
  return actor;
};

const loseSession = async (tx: Tx, access: Access, session: Session, caller: Caller): Promise<void> => {
  const { tenant_id: tenantId, person_id: personId, session_id: sessionId } = session;
  const door = await doorActor(tx, access, tenantId, caller.requestId);
  const facts = { opened: session.device, used: deviceName(caller.device) };
  // Of many requests with one stolen cookie the first tells it.
  if (!(await closeSession(tx, tenantId, personId, sessionId, door.at))) return;
  await actOnAccount(tx, personId, { type: "loseSession", session: sessionId, ...facts }, door);
  await tell(tx, access.source, { tenantId, personId }, "sesi_dicuri", facts, door.at);
};

/** What a person types to sign in: a code of the authenticator, or one of the recovery codes. */
export type Credentials = { readonly username: string; readonly password: string; readonly code?: string | undefined };

// Guesses sent side by side would all be tried before the first of them is counted.
const inTurn = openTurns();

/** Signs a person in, or refuses in a way that tells a guesser nothing. Answers the actor and the new token. */
export const signIn = async (access: Access, given: Credentials, caller: Caller): Promise<CookieAnswer<Actor>> => {
  const name = given.username.toLowerCase();
  const known = caller.browser !== undefined && (await knowsBrowser(access.db, name, caller.browser)) ? tokenHash(caller.browser).toString("base64url") : undefined;
  const buckets = bucketsOf(name, caller.address, known);
  return inTurn(buckets.own ?? buckets.name, () => attempt(access, given, caller, buckets)); // in a browser of his own nobody waits for who guesses elsewhere
};

const attempt = async (access: Access, given: Credentials, caller: Caller, buckets: ReturnType<typeof bucketsOf>): Promise<CookieAnswer<Actor>> => {
  const now = access.source.now();
  const { own, ...everyones } = buckets;
  const failures = await countFailures(access.db, [...Object.values(everyones), ...(own === undefined ? [] : [own])], shift(now, -limits.windowMs));
  const isOwn = own !== undefined && failures(own) < limits.failuresPerPair;
  const forgive = (): Promise<void> => forgetFailures(access.db, isOwn ? own : buckets.pair);
  const fail = async (code: "wrong_credentials" | "second_factor_wrong"): Promise<never> => {
    await rememberFailure(access.db, isOwn ? [own] : Object.values(everyones), now, shift(now, -limits.windowMs * 4));
    access.log.warn({ requestId: caller.requestId, refusal: code }, "sign-in refused"); // a fact called `code` would be struck out of the log as a secret
    throw new Refused(code);
  };
  if (!isOwn && !mayAttempt({ forPair: failures(buckets.pair), forName: failures(buckets.name), forAddress: failures(buckets.address) })) throw new Refused("too_many_attempts");
  const account = await accountNamed(access.db, given.username);
  if (!(await isPassword(account?.password_hash, given.password)) || account === undefined) return fail("wrong_credentials");
  if (account.status !== "aktif") await refuseEntry(access, account, caller, "diblokir");
  if (account.totp_secret === null && account.passkeys === 0) {
    const entered = await enter(access, account, caller, "sandi", mayStandAlone(given.password) ? unusedFactor : remarkShort(access, account));
    await forgive();
    return entered;
  }
  if (given.code === undefined || given.code === "") throw new Refused(wantedBeside(account));
  const factor = await factorOf(access, account, given.code);
  // Two devices may send one code at once: the second finds it used when it enters.
  const entered = factor === undefined ? undefined : await enter(access, account, caller, factor.method, factor.use).catch((error: unknown) => {
    if (error instanceof Refused && error.code === "second_factor_wrong") return undefined;
    throw error;
  });
  if (entered === undefined) {
    await noteRefusal(access, account, caller, "kode_salah"); // whoever comes this far knows the password
    return fail("second_factor_wrong");
  }
  await forgive();
  return entered;
};

/** What an account wants to see beside a first proof: the code of its authenticator, or (where it has passkeys alone) the passkey itself; a recovery code does for either. */
export const wantedBeside = (account: Pick<Account, "totp_secret">): "second_factor_needed" | "passkey_needed" => (account.totp_secret === null ? "passkey_needed" : "second_factor_needed");

/** Takes what proved the person for its one use, in the transaction that opens the session; answers how many recovery codes are left, if one was taken. */
export type UseFactor = (tx: Tx, by: Actor) => Promise<number | null>;

/** A way in that takes nothing for one use. */
export const unusedFactor: UseFactor = async () => null;

/** The factor that a typed code is, unless it is none. Wrong codes are found here, so that they cost the same work every time. */
export const factorOf = async (access: Access, account: Pick<Account, "tenant_id" | "person_id" | "totp_secret" | "totp_last">, code: string): Promise<{ readonly method: "sandi_kode" | "sandi_pemulihan"; readonly use: UseFactor } | undefined> => {
  const { tenant_id: tenantId, person_id: personId } = account;
  const recovery = typedRecoveryCode(code);
  if (recovery !== undefined) {
    const salt = await readTenant(access.db, tenantId, (tx) => recoverySalt(tx, tenantId, personId));
    if (salt === undefined) return undefined;
    const hash = await hashCode(recovery, salt);
    return {
      method: "sandi_pemulihan",
      use: async (tx, by) => {
        const left = await takeRecoveryCode(tx, tenantId, personId, hash, by.at);
        if (left === undefined) throw new Refused("second_factor_wrong");
        await tell(tx, access.source, by, "pemulihan_dipakai", { left }, by.at);
        return left;
      },
    };
  }
  if (account.totp_secret === null) return undefined;
  const secret = access.seal.open(`totp/${personId}`, account.totp_secret);
  const step = totpStep(secret, code, Date.parse(access.source.now()), account.totp_last === null ? null : Number(account.totp_last));
  if (step === undefined) return undefined;
  return {
    method: "sandi_kode",
    use: async (tx) => {
      if (!(await takeStep(tx, tenantId, personId, step))) throw new Refused("second_factor_wrong");
      return null;
    },
  };
};

/** Beside a second factor the password was long enough; alone it is not. The person is told, not locked out. */
const remarkShort = (access: Access, account: Pick<Account, "tenant_id" | "person_id">): UseFactor => async (tx, by) => {
  const told = await tx.selectFrom("notice").select("notice_id").where("tenant_id", "=", by.tenantId).where("person_id", "=", account.person_id).where("kind", "=", "sandi_pendek").where("seen", "is", null).executeTakeFirst();
  if (told === undefined) await tell(tx, access.source, by, "sandi_pendek", {}, by.at);
  return null;
};

/** Opens a session for a person who proved himself, in this browser; whoever holds no post has nothing to enter for. */
export const enter = async (access: Access, account: Pick<Account, "tenant_id" | "person_id">, caller: Caller, method: Method, use: UseFactor): Promise<CookieAnswer<Actor>> => {
  const { tenant_id: tenantId, person_id: personId } = account;
  const [token, browser, device, id] = [newToken(access.source), browserOf(access, caller), deviceName(caller.device), access.source.id()];
  const by = await inTenant(access.db, tenantId, async (tx) => {
    const actor = await actorWithin(tx, access, { tenantId, personId, requestId: caller.requestId });
    if (actor === undefined) throw new Refused("no_post");
    const codesLeft = await use(tx, actor);
    const { isNew } = await meetBrowser(tx, browser, device, actor);
    const demand = await demandOn(tx, tenantId, personId, actor.at);
    const after = await actOnAccount(tx, personId, { type: "enter", session: id, device, method, isNew, codesLeft, demand }, actor);
    const isBack = after !== null && isHeldBack(after, { method, demand }, actor.at);
    if (caller.cookie !== undefined) await closeToken(tx, tenantId, caller.cookie, actor.at); // the token it replaces opens nothing any more (ASVS 7.2.4)
    await insertSession(tx, { id, token, device, browser, method, isHeldBack: isBack }, actor);
    if (isNew) await tell(tx, access.source, actor, "perangkat_baru", { device }, actor.at);
    return isBack ? { ...actor, isHeldBack: true as const } : actor;
  });
  return { answer: by, cookie: token, browser };
};

/** Writes into an account's history what someone tried who knew more than a stranger knows. */
export const noteRefusal = async (access: Access, account: Pick<Account, "tenant_id" | "person_id">, caller: Caller, why: Refusal): Promise<void> => {
  access.log.warn({ requestId: caller.requestId, why }, "sign-in refused");
  await inTenant(access.db, account.tenant_id, async (tx) => {
    const door = await doorActor(tx, access, account.tenant_id, caller.requestId);
    await actOnAccount(tx, account.person_id, { type: "refuse", device: deviceName(caller.device), why }, door);
  });
};

/** Tells someone who proved himself why his account does not open. */
export const refuseEntry = async (access: Access, account: Account, caller: Caller, why: Refusal): Promise<never> => {
  await noteRefusal(access, account, caller, why);
  throw new Refused(account.status === "menunggu" ? "account_waiting" : "account_blocked");
};

