import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import { inInstallation, readTenant, type Database, type Tx } from "../kernel/db.ts";
import type { Id, Instant, Zone } from "../kernel/ids.ts";
import { perform, type Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";
import { decide, evolve, type AccountCommand, type AccountEvent, type AccountState, type AccountWord } from "./account.ts";

/** Where accounts live. */
export const accountStore = stateStore<AccountState | null>({ table: "account", none: null, open: true, subject: (id) => id });

/** Accounts as a machine: every act about one goes through `perform` and is replayed by `fsck`. */
export const accountMachine: Machine<AccountState | null, AccountCommand, AccountEvent> = {
  kind: "account",
  subject: (id) => id,
  lock: accountStore.lock,
  decide,
  evolve,
  save: accountStore.save,
  later: () => [],
};

/** Says something about the account of this person. */
export const actOnAccount = (tx: Tx, personId: Id, word: AccountWord, by: Actor): Promise<AccountState | null> => perform(tx, accountMachine, personId, { ...word, of: personId }, by);

/** An account as sign-in needs it. */
export type Account = { readonly tenant_id: Id; readonly person_id: Id; readonly status: AccountState["status"]; readonly password_hash: string | null; readonly totp_secret: Buffer | null; readonly totp_last: string | null; readonly passkeys: number };

/** A live session as found by its token; `browser` is null in sessions from before browsers were known; `held_back`: its owner must first secure his account. */
export type Session = { readonly tenant_id: Id; readonly session_id: Id; readonly person_id: Id; readonly position_id: Id; readonly device: string; readonly browser: Buffer | null; readonly since: Date; readonly last_seen: Date; readonly held_back: boolean };

/** A government on this installation. */
export type Tenant = { readonly tenant_id: Id; readonly name: string; readonly short_name: string; readonly kind: "kabupaten" | "desa"; readonly zone: Zone };

/** Only the hash of a token is stored (sessions, browsers, links, challenges): a stolen database signs nobody in. */
export const tokenHash = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The account with this user name, in whatever tenant. */
export const accountNamed = (db: Database, username: string): Promise<Account | undefined> =>
  inInstallation(db, async (tx) => (await sql<Account>`select * from door_named(${username.toLowerCase()})`.execute(tx)).rows[0]);

/** The accounts whose owner has this user name, NIP or e-mail address, in whatever tenant; two are more than one can enter. */
export const accountsClaimed = (db: Database, property: "username" | "nip" | "email", value: string): Promise<readonly Account[]> =>
  inInstallation(db, async (tx) => (await sql<Account>`select * from door_meant(${property}, ${value})`.execute(tx)).rows);

/** The open session of a token. */
export const sessionOf = (db: Database, token: string): Promise<Session | undefined> =>
  inInstallation(db, async (tx) => (await sql<Session>`select * from door_visit(${tokenHash(token)})`.execute(tx)).rows[0]);

/** The open session of a token, found by a transaction of the installation, which is in the session's tenant from here on. */
export const enterSession = async (tx: Tx, token: string): Promise<Session | undefined> =>
  (await sql<Session>`select *, set_config('app.tenant', tenant_id::text, true) as entered from door_visit(${tokenHash(token)})`.execute(tx)).rows[0];

/** The governments of this installation. */
export const tenants = (tx: Tx): Promise<readonly Tenant[]> => sql<Tenant>`select * from door_tenants()`.execute(tx).then((found) => found.rows);

/** The government of the transaction. */
export const tenantOf = (tx: Tx, tenantId: Id) => tx.selectFrom("tenant").selectAll().where("tenant_id", "=", tenantId).executeTakeFirstOrThrow();

/** The zone of a government and the further keys of one who acts in it. */
export type Standing = { readonly zone: Zone } & Required<Pick<Actor, "classKeys" | "oversight">>;

/** SQL beside a post `p`: the zone of its government, the keys of classes that it may read by right, and those of oversight that run for the person in it. */
export const standingIn = (tenantId: Id, personId: Id, at: Instant) => sql<Standing>`
  (select jsonb_build_object('zone', t.zone, 'classKeys', class_keys(${tenantId}::uuid, p.id, ${at}), 'oversight', oversight_keys(${tenantId}::uuid, ${personId}::uuid, p.id, ${at})) from tenant t where t.tenant_id = ${tenantId})`;

/** What a person in a post finds at the instant. */
export const standingOf = async (tx: Tx, tenantId: Id, post: { readonly id: Id; readonly holder: { readonly personId: Id } }, at: Instant): Promise<Standing> => {
  const { rows } = await sql<{ standing: Standing }>`select ${standingIn(tenantId, post.holder.personId, at)} as standing from (select ${post.id}::uuid as id) p`.execute(tx);
  const [found] = rows;
  if (found === undefined) throw new Error(`no government ${tenantId}`);
  return found.standing;
};

/** Has this browser opened the account of this name before? A name that nobody has is asked in the same way, and answers no. */
export const knowsBrowser = (db: Database, username: string, browser: string): Promise<boolean> =>
  inInstallation(db, async (tx) => (await sql<{ known: boolean }>`select door_knows(${username}, ${tokenHash(browser)}) as known`.execute(tx)).rows[0]?.known === true);

/** Has this person entered in this browser before? */
export const hasEntered = (db: Database, of: Pick<FoundPasskey, "tenant_id" | "person_id">, browser: string): Promise<boolean> =>
  readTenant(db, of.tenant_id, async (tx) => (await tx.selectFrom("device").select("browser").where("tenant_id", "=", of.tenant_id).where("person_id", "=", of.person_id).where("browser", "=", tokenHash(browser)).executeTakeFirst()) !== undefined);

/** Failures since the instant in one bucket: a name, a network address, or both together. */
export const countFailures = (db: Database, buckets: readonly string[], since: Instant): Promise<(bucket: string) => number> =>
  inInstallation(db, async (tx) => {
    const rows = await tx.selectFrom("sign_in_failure").select(["bucket", (e) => e.fn.countAll<string>().as("n")]).where("bucket", "in", [...buckets]).where("at", ">", new Date(since)).groupBy("bucket").execute();
    return (bucket) => Number(rows.find((row) => row.bucket === bucket)?.n ?? 0);
  });

/** Remembers a failed attempt and forgets those too old to matter. */
export const rememberFailure = (db: Database, buckets: readonly string[], at: Instant, keepSince: Instant): Promise<void> =>
  inInstallation(db, async (tx) => {
    await tx.insertInto("sign_in_failure").values(buckets.map((bucket) => ({ bucket, at }))).execute();
    await tx.deleteFrom("sign_in_failure").where("at", "<", new Date(keepSince)).execute();
  });

/** A good sign-in clears the count of its own name at its own address, not of the address. */
export const forgetFailures = (db: Database, bucket: string): Promise<void> =>
  inInstallation(db, async (tx) => void (await tx.deleteFrom("sign_in_failure").where("bucket", "=", bucket).execute()));

/** The state of one account, unlocked. */
export const accountOf = async (tx: Tx, tenantId: Id, personId: Id): Promise<AccountState | null> => (await accountStore.find(tx, tenantId, personId))?.state ?? null;

/** What the server alone knows of an account. */
export const secretsOf = (tx: Tx, tenantId: Id, personId: Id) => tx.selectFrom("account_secret").select(["password_hash", "totp_secret", "totp_last"]).where("tenant_id", "=", tenantId).where("person_id", "=", personId).executeTakeFirst();

/** Begins the secrets of a new account; without a hash nobody can sign in yet. */
export const insertSecrets = async (tx: Tx, tenantId: Id, personId: Id, passwordHash: string | null, demoPassword: string | null = null): Promise<void> =>
  void (await tx.insertInto("account_secret").values({ tenant_id: tenantId, person_id: personId, password_hash: passwordHash, totp_secret: null, totp_last: null, demo_password: demoPassword }).execute());

/** Replaces the stored hash; the database compares it with the fingerprint that the event names. */
export const setPassword = async (tx: Tx, tenantId: Id, personId: Id, passwordHash: string): Promise<void> =>
  void (await tx.updateTable("account_secret").set({ password_hash: passwordHash }).where("tenant_id", "=", tenantId).where("person_id", "=", personId).execute());

/** The sealed secret of the authenticator, or none; `step` is the code that was used to set it. */
export const setAuthenticator = async (tx: Tx, tenantId: Id, personId: Id, secret: Buffer | null, step: number | null): Promise<void> =>
  void (await tx.updateTable("account_secret").set({ totp_secret: secret, totp_last: step }).where("tenant_id", "=", tenantId).where("person_id", "=", personId).execute());

/** Takes a time step of the authenticator for one use; false when it, or a later one, was used. */
export const takeStep = async (tx: Tx, tenantId: Id, personId: Id, step: number): Promise<boolean> =>
  (await tx.updateTable("account_secret").set({ totp_last: step }).where("tenant_id", "=", tenantId).where("person_id", "=", personId).where((e) => e.or([e("totp_last", "is", null), e("totp_last", "<", String(step))])).returning("person_id").executeTakeFirst()) !== undefined;

/** The salt under which a person's recovery codes are hashed, while he has any. */
export const recoverySalt = async (tx: Tx, tenantId: Id, personId: Id): Promise<Buffer | undefined> =>
  (await tx.selectFrom("recovery_code").select("salt").where("tenant_id", "=", tenantId).where("person_id", "=", personId).limit(1).executeTakeFirst())?.salt;

/** Throws the old recovery codes away and keeps the new hashes. */
export const replaceRecoveryCodes = async (tx: Tx, tenantId: Id, personId: Id, salt: Buffer, hashes: readonly Buffer[]): Promise<void> => {
  await tx.deleteFrom("recovery_code").where("tenant_id", "=", tenantId).where("person_id", "=", personId).execute();
  if (hashes.length > 0) await tx.insertInto("recovery_code").values(hashes.map((hash) => ({ tenant_id: tenantId, person_id: personId, salt, code_hash: hash, used: null }))).execute();
};

/** Takes one recovery code; answers how many are left, or `undefined` when it is not one or was used. */
export const takeRecoveryCode = async (tx: Tx, tenantId: Id, personId: Id, hash: Buffer, at: Instant): Promise<number | undefined> => {
  const taken = await tx.updateTable("recovery_code").set({ used: at }).where("tenant_id", "=", tenantId).where("person_id", "=", personId).where("code_hash", "=", hash).where("used", "is", null).returning("person_id").executeTakeFirst();
  if (taken === undefined) return undefined;
  const { n } = await tx.selectFrom("recovery_code").select((e) => e.fn.countAll<string>().as("n")).where("tenant_id", "=", tenantId).where("person_id", "=", personId).where("used", "is", null).executeTakeFirstOrThrow();
  return Number(n);
};

/** Opens a session in the browser that proved itself. */
export const insertSession = async (tx: Tx, session: { readonly id: Id; readonly token: string; readonly device: string; readonly browser: string; readonly method: string; readonly isHeldBack: boolean }, by: Actor): Promise<void> =>
  void (await tx.insertInto("session").values({ held_back: session.isHeldBack, tenant_id: by.tenantId, session_id: session.id, token_hash: tokenHash(session.token), person_id: by.personId, position_id: by.positionId, device: session.device, browser: tokenHash(session.browser), method: session.method, since: by.at, last_seen: by.at, ended: null }).execute());

/** From here on this session opens everything: its owner has just secured his account in it. */
export const freeSession = async (tx: Tx, tenantId: Id, personId: Id, sessionId: Id | undefined): Promise<void> =>
  void (await tx.updateTable("session").set({ held_back: false }).where("tenant_id", "=", tenantId).where("person_id", "=", personId).where("session_id", "=", sessionId ?? null).execute());

/** Notes that a session is in use. */
export const touchSession = async (tx: Tx, tenantId: Id, sessionId: Id, at: Instant): Promise<void> =>
  void (await tx.updateTable("session").set({ last_seen: at }).where("tenant_id", "=", tenantId).where("session_id", "=", sessionId).execute());

/** Ends one session of a person; false when it is not his or has ended. */
export const closeSession = async (tx: Tx, tenantId: Id, personId: Id, sessionId: Id, at: Instant): Promise<boolean> =>
  (await tx.updateTable("session").set({ ended: at }).where("tenant_id", "=", tenantId).where("session_id", "=", sessionId).where("person_id", "=", personId).where("ended", "is", null).returning("session_id").executeTakeFirst()) !== undefined;

/** Ends the session that this token opened, whoever's of this government it is: the browser is about to get another. */
export const closeToken = async (tx: Tx, tenantId: Id, token: string, at: Instant): Promise<void> =>
  void (await tx.updateTable("session").set({ ended: at }).where("tenant_id", "=", tenantId).where("token_hash", "=", tokenHash(token)).where("ended", "is", null).execute());

/** Ends a person's sessions everywhere, or everywhere but here. */
export const closeSessions = async (tx: Tx, tenantId: Id, personId: Id, at: Instant, here?: Id): Promise<void> =>
  void (await tx.updateTable("session").set({ ended: at }).where("tenant_id", "=", tenantId).where("person_id", "=", personId).where("ended", "is", null).where("session_id", "is distinct from", here ?? null).execute());

/** Notes that this browser was used; answers whether it is new where others are known. */
export const meetBrowser = async (tx: Tx, browser: string, name: string, by: Actor): Promise<{ readonly isNew: boolean }> => {
  const hash = tokenHash(browser);
  const known = await tx.selectFrom("device").select("browser").where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).execute();
  await tx.insertInto("device").values({ tenant_id: by.tenantId, person_id: by.personId, browser: hash, name, since: by.at, last_seen: by.at })
    .onConflict((conflict) => conflict.columns(["tenant_id", "person_id", "browser"]).doUpdateSet({ name, last_seen: by.at })).execute();
  return { isNew: known.length > 0 && !known.some((row) => row.browser.equals(hash)) };
};

/** The e-mail address under which a person can be told, if the organisation knows one. */
export const addressOf = async (tx: Tx, tenantId: Id, personId: Id): Promise<string | null> =>
  (await sql<{ email: string | null }>`select state->>'email' as email from person where tenant_id = ${tenantId} and id = ${personId}`.execute(tx)).rows[0]?.email ?? null;

/** Takes a challenge for its one use, and forgets those that could not be answered any more; false when it was answered before. */
export const takeChallenge = async (tx: Tx, challenge: string, until: Instant, at: Instant): Promise<boolean> => {
  await tx.deleteFrom("challenge_used").where("until", "<", new Date(at)).execute();
  return (await tx.insertInto("challenge_used").values({ challenge_hash: tokenHash(challenge), until }).onConflict((conflict) => conflict.doNothing()).returning("until").executeTakeFirst()) !== undefined;
};

/** A passkey as the door finds it by its credential. */
export type FoundPasskey = { readonly tenant_id: Id; readonly person_id: Id; readonly passkey_id: Id; readonly public_key: Buffer; readonly counter: string; readonly status: AccountState["status"]; readonly name: string };

/** The passkey with this credential id, in whatever tenant. */
export const passkeyOf = (db: Database, credentialId: Uint8Array): Promise<FoundPasskey | undefined> =>
  inInstallation(db, async (tx) => (await sql<FoundPasskey>`select * from door_passkey(${Buffer.from(credentialId)})`.execute(tx)).rows[0]);

/** Keeps the public key of a new passkey; the database compares it with the fingerprint that the event names. */
export const insertPasskey = async (tx: Tx, by: Actor, key: { readonly id: Id; readonly credentialId: Uint8Array; readonly publicKey: Uint8Array; readonly counter: number; readonly transports: readonly string[]; readonly backedUp: boolean }): Promise<void> =>
  void (await tx.insertInto("passkey").values({ tenant_id: by.tenantId, passkey_id: key.id, person_id: by.personId, credential_id: Buffer.from(key.credentialId), public_key: Buffer.from(key.publicKey), counter: key.counter, transports: JSON.stringify(key.transports), backed_up: key.backedUp, since: by.at, last_used: null }).execute());

/** Notes a use of a passkey. The counter only grows, whichever node writes it. */
export const usePasskey = async (tx: Tx, tenantId: Id, passkeyId: Id, counter: number, at: Instant): Promise<void> =>
  void (await tx.updateTable("passkey").set({ counter: sql`greatest(counter, ${counter})`, last_used: at }).where("tenant_id", "=", tenantId).where("passkey_id", "=", passkeyId).execute());

/** Takes one passkey of a person away, or all of them. */
export const deletePasskeys = async (tx: Tx, tenantId: Id, personId: Id, passkeyId?: Id): Promise<void> =>
  void (await tx.deleteFrom("passkey").where("tenant_id", "=", tenantId).where("person_id", "=", personId).$if(passkeyId !== undefined, (query) => query.where("passkey_id", "=", passkeyId ?? "")).execute());

/** The stored keys of a person, by id. */
export const passkeysOf = (tx: Tx, tenantId: Id, personId: Id) => tx.selectFrom("passkey").select(["passkey_id", "credential_id", "transports", "backed_up", "since", "last_used"]).where("tenant_id", "=", tenantId).where("person_id", "=", personId).orderBy("since").execute();

/** Replaces a person's link; the one before opens nothing any more. */
export const replaceLink = async (tx: Tx, tenantId: Id, personId: Id, token: string, until: Instant): Promise<void> =>
  void (await tx.insertInto("activation").values({ tenant_id: tenantId, person_id: personId, token_hash: tokenHash(token), until, used: null })
    .onConflict((conflict) => conflict.columns(["tenant_id", "person_id"]).doUpdateSet({ token_hash: tokenHash(token), until, used: null })).execute());

/** Whose link this is, while it is unused; the caller looks at `until`. */
export const linkOf = (db: Database, token: string): Promise<{ readonly tenant_id: Id; readonly person_id: Id; readonly until: Date } | undefined> =>
  inInstallation(db, async (tx) => (await sql<{ tenant_id: Id; person_id: Id; until: Date }>`select * from door_activation(${tokenHash(token)})`.execute(tx)).rows[0]);

/** Takes a link for its one use; false when another request was faster. */
export const takeLink = async (tx: Tx, tenantId: Id, personId: Id, at: Instant): Promise<boolean> =>
  (await tx.updateTable("activation").set({ used: at }).where("tenant_id", "=", tenantId).where("person_id", "=", personId).where("used", "is", null).returning("person_id").executeTakeFirst()) !== undefined;

/** The name of a person of this government. */
export const personName = async (tx: Tx, tenantId: Id, personId: Id): Promise<string | undefined> =>
  (await tx.selectFrom("person").select("name").where("tenant_id", "=", tenantId).where("id", "=", personId).executeTakeFirst())?.name;

/** Remembers until when a person counts as freshly proved for these documents, and forgets proofs that have lapsed. */
export const keepFreshness = async (tx: Tx, by: Actor, documents: readonly string[], until: Instant): Promise<void> => {
  await tx.deleteFrom("step_up").where("tenant_id", "=", by.tenantId).where("until", "<", new Date(by.at)).execute();
  await tx.insertInto("step_up").values([...new Set(documents)].map((sha256) => ({ tenant_id: by.tenantId, person_id: by.personId, sha256, until }))).onConflict((conflict) => conflict.columns(["tenant_id", "person_id", "sha256"]).doUpdateSet({ until })).execute();
};

/** Is a fresh proof for this very document still good? */
export const isFresh = async (tx: Tx, by: Actor, sha256: string): Promise<boolean> =>
  (await tx.selectFrom("step_up").select("until").where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where("sha256", "=", sha256).where("until", ">", new Date(by.at)).executeTakeFirst()) !== undefined;

/** Tells a person about his own account, until he puts it away. */
export const insertNotice = async (tx: Tx, tenantId: Id, personId: Id, notice: { readonly id: Id; readonly kind: string; readonly facts: Readonly<Record<string, unknown>> }, at: Instant): Promise<void> =>
  void (await tx.insertInto("notice").values({ tenant_id: tenantId, notice_id: notice.id, person_id: personId, kind: notice.kind, facts: JSON.stringify(notice.facts), at, seen: null }).execute());

/** The demo sign-ins that the sign-in page shows; empty outside demo mode. */
export const demoAccounts = (db: Database) =>
  inInstallation(db, async (tx) => (await sql<{ username: string; demo_password: string; name: string; title: string; tenant: string }>`select * from door_demo_accounts()`.execute(tx)).rows);
