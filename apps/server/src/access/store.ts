import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Database, Tx } from "../kernel/db.ts";
import { inInstallation, inTenant } from "../kernel/db.ts";
import { record } from "../kernel/events.ts";
import type { Id, Instant, Zone } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";

/** An account as sign-in needs it. */
export type Account = { readonly tenant_id: Id; readonly person_id: Id; readonly password_hash: string; readonly totp_secret: Buffer | null; readonly totp_last: string | null };

/** A live session as found by its token. */
export type Session = { readonly tenant_id: Id; readonly session_id: Id; readonly person_id: Id; readonly position_id: Id; readonly since: Date; readonly last_seen: Date };

/** A government on this installation. */
export type Tenant = { readonly tenant_id: Id; readonly name: string; readonly short_name: string; readonly kind: "kabupaten" | "desa"; readonly zone: Zone };

/** Only the hash of a session token is stored: a stolen database signs nobody in. */
export const tokenHash = (token: string): Buffer => createHash("sha256").update(token).digest();

/** The account with this user name, in whatever tenant. */
export const accountNamed = (db: Database, username: string): Promise<Account | undefined> =>
  inInstallation(db, async (tx) => (await sql<Account>`select * from door_account(${username.toLowerCase()})`.execute(tx)).rows[0]);

/** The open session of a token. */
export const sessionOf = (db: Database, token: string): Promise<Session | undefined> =>
  inInstallation(db, async (tx) => (await sql<Session>`select * from door_session(${tokenHash(token)})`.execute(tx)).rows[0]);

/** The open session of a token, found by a transaction of the installation, which is in the session's tenant from here on. */
export const enterSession = async (tx: Tx, token: string): Promise<Session | undefined> =>
  (await sql<Session>`select *, set_config('app.tenant', tenant_id::text, true) as entered from door_session(${tokenHash(token)})`.execute(tx)).rows[0];

/** The governments of this installation. */
export const tenants = (tx: Tx): Promise<readonly Tenant[]> => sql<Tenant>`select * from door_tenants()`.execute(tx).then((found) => found.rows);

/** The government of the transaction. */
export const tenantOf = (tx: Tx, tenantId: Id) => tx.selectFrom("tenant").selectAll().where("tenant_id", "=", tenantId).executeTakeFirstOrThrow();

/** What a post finds at the instant: the zone of its government, and the keys of classes it may read by right. One trip. */
export const standingOf = async (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<{ readonly zone: Zone; readonly classKeys: readonly `class:${string}`[] }> => {
  const { rows } = await sql<{ zone: Zone; classKeys: `class:${string}`[] }>`select zone, class_keys(${tenantId}::uuid, ${positionId}::uuid, ${at}) as "classKeys" from tenant where tenant_id = ${tenantId}`.execute(tx);
  const [standing] = rows;
  if (standing === undefined) throw new Error(`no government ${tenantId}`);
  return standing;
};

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

/** Opens a session and records the sign-in, together. A second-factor code opens one session only, on whichever node it comes first. */
export const insertSession = (db: Database, session: { readonly id: Id; readonly token: string; readonly device: string }, by: Actor, totpStep: number | null): Promise<void> =>
  inTenant(db, by.tenantId, async (tx) => {
    await tx.insertInto("session").values({ tenant_id: by.tenantId, session_id: session.id, token_hash: tokenHash(session.token), person_id: by.personId, position_id: by.positionId, device: session.device, since: by.at, last_seen: by.at, ended: null }).execute();
    if (totpStep !== null) {
      const taken = await tx.updateTable("account").set({ totp_last: totpStep }).where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where((e) => e.or([e("totp_last", "is", null), e("totp_last", "<", String(totpStep))])).returning("person_id").executeTakeFirst();
      if (taken === undefined) throw new Refused("second_factor_wrong");
    }
    await recordAccount(tx, by, { type: "account.signed_in", session: session.id, device: session.device });
  });

/** Signs a person out everywhere but here. */
export const endOtherSessions = async (tx: Tx, by: Actor, here: Id | undefined): Promise<void> => {
  await tx.updateTable("session").set({ ended: by.at }).where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where("ended", "is", null).where("session_id", "is distinct from", here ?? null).execute();
};

/** Writes one event about a person's account. */
export const recordAccount = async (tx: Tx, by: Actor, event: { readonly type: string } & Readonly<Record<string, unknown>>): Promise<void> => {
  // Two devices at once must not both be the next event: a revision that is there twice is a hole in the evidence.
  await sql`select from account where tenant_id = ${by.tenantId} and person_id = ${by.personId} for no key update`.execute(tx);
  const last = await tx.selectFrom("event").select("revision").where("tenant_id", "=", by.tenantId).where("thing_id", "=", by.personId).where("kind", "=", "account").orderBy("revision", "desc").limit(1).executeTakeFirst();
  await record(tx, { kind: "account", id: by.personId, subject: by.personId, revision: last?.revision ?? 0 }, [event], by);
};

/** The demo sign-ins that the sign-in page shows; empty outside demo mode. */
export const demoAccounts = (db: Database) =>
  inInstallation(db, async (tx) => (await sql<{ username: string; demo_password: string; name: string; title: string; tenant: string }>`select * from door_demo_accounts()`.execute(tx)).rows);
