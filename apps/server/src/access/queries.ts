import { sql } from "kysely";
import type { z } from "zod";
import type { contract } from "@lontar/contract";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Who } from "../kernel/events.ts";
import { idFrom, type Id } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import type { AccountState } from "./account.ts";
import type { Week } from "./week.ts";

/** What somebody's history of entering is made of; posts switched are acts of the office and left out. */
export const historyTypes = [
  "account.created", "account.invited", "account.link_renewed", "account.activated", "account.blocked", "account.unblocked", "account.factors_reset", "account.expelled",
  "account.signed_in", "account.factor_asked", "account.recovery_code_used", "account.sign_in_refused", "account.signed_out", "account.session_ended", "account.sessions_ended", "account.session_elsewhere",
  "account.password_changed", "account.second_factor_set", "account.second_factor_removed", "account.recovery_codes_made", "account.passkey_added", "account.passkey_renamed", "account.passkey_removed", "account.disowned",
] as const;

type History = z.output<(typeof contract)["session.history"]["result"]>;

const word = (body: Readonly<Record<string, unknown>> | null, name: string): string | null => {
  const value = body?.[name];
  return typeof value === "string" ? value : null;
};

const named = (body: Readonly<Record<string, unknown>> | null): string | null => {
  const key = body?.["passkey"];
  return typeof key === "object" && key !== null && "name" in key && typeof key.name === "string" ? key.name : word(body, "name");
};

/** How this person's account was entered, or tried to be; newest first. */
export const history = async (tx: Tx, { cursor, limit }: { readonly cursor?: string | undefined; readonly limit: number }, by: Actor): Promise<History> => {
  const rows = await tx.selectFrom("event").select(["event_id", "at", "type", "body"])
    .where("tenant_id", "=", by.tenantId).where("thing_id", "=", by.personId).where("kind", "=", "account").where("type", "in", historyTypes)
    .$if(cursor !== undefined, (query) => query.where("event_id", "<", cursor ?? "")).orderBy("event_id", "desc").limit(limit + 1).execute();
  const items = rows.slice(0, limit).map((row) => ({
    id: row.event_id, at: row.at.toISOString(), type: row.type.slice("account.".length),
    device: word(row.body, "device") ?? word(row.body, "used"), method: word(row.body, "method"), why: word(row.body, "why") ?? word(row.body, "reason"), name: named(row.body), isNew: row.body?.["isNew"] === true,
  }));
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
};

const mostNotices = 5;

/** News about one's account that was not put away yet, newest first. */
export const notices = async (tx: Tx, by: Actor) =>
  (await tx.selectFrom("notice").select(["notice_id", "kind", "facts", "at"]).where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where("seen", "is", null).orderBy("at", "desc").limit(mostNotices).execute())
    .map((row) => ({ id: row.notice_id, kind: row.kind, facts: Object.fromEntries(Object.entries(row.facts).flatMap(([name, fact]) => (typeof fact === "string" || typeof fact === "number" ? [[name, fact] as const] : []))), at: row.at.toISOString() }));

const mostPeople = 200;

/** The people of this government with their accounts, for its admin; whoever has none is in the list too. */
export const listAccounts = async (tx: Tx, { q }: { readonly q: string }, by: Actor) => {
  if (!hasFunction(by, "admin")) throw new Refused("not_yours");
  const like = `%${q.trim().replaceAll(/[%_\\]/g, "\\$&")}%`;
  const { rows } = await sql<{ id: string; name: string; posts: string[]; state: AccountState | null; last: Date | null }>`
    select n.id, n.name, a.state, (select max(last_seen) from session s where s.tenant_id = n.tenant_id and s.person_id = n.id) as last,
      coalesce((select array_agg(p.title order by p.title) from holding h join position_period p on p.tenant_id = h.tenant_id and p.id = h.position_id and p.since <= ${by.at} and (p.until is null or p.until > ${by.at})
        where h.tenant_id = n.tenant_id and h.person_id = n.id and h.since <= ${by.at} and (h.until is null or h.until > ${by.at})), '{}') as posts
    from person n left join account a on a.tenant_id = n.tenant_id and a.id = n.id
    where n.tenant_id = ${by.tenantId} and (n.name ilike ${like} or a.username ilike ${like}) order by n.name, n.id limit ${mostPeople}`.execute(tx);
  return rows.map((row) => ({
    id: row.id, name: row.name, posts: row.posts, username: row.state?.username ?? null, status: row.state?.status ?? ("tanpa_akun" as const),
    secondFactor: row.state?.secondFactor === true, passkeys: row.state?.passkeys.length ?? 0, lastSeen: row.last?.toISOString() ?? null,
  }));
};

const mostActs = 300;

// Ids carry their time, so a range of ids finds the week; the clocks of two nodes may differ by less than this.
const clockSlackMs = 3_600_000;

const idAt = (instant: string, slackMs: number): Id => idFrom(Date.parse(instant) + slackMs, new Uint8Array(10));

/** What was done in a person's name in a week, besides entering; newest first, up to a limit. */
export const actsBetween = async (tx: Tx, week: Week, by: Actor) => {
  const rows = await tx.selectFrom("event").select(["event_id", "kind", "subject_id", "type", "at", "body", "who"])
    .where("tenant_id", "=", by.tenantId).where("person_id", "=", by.personId).where("event_id", ">=", idAt(week.from, -clockSlackMs)).where("event_id", "<", idAt(week.to, clockSlackMs))
    .where("at", ">=", new Date(week.from)).where("at", "<", new Date(week.to)).where("kind", "<>", "account").orderBy("event_id", "desc").limit(mostActs + 1).execute();
  return { rows: rows.slice(0, mostActs), isCut: rows.length > mostActs };
};

/** How much was done in whose name in a week, by post and mandate. */
export const actCounts = async (tx: Tx, tenantId: Id, week: Week): Promise<readonly { readonly person_id: Id; readonly who: Who; readonly n: string }[]> =>
  (await sql<{ person_id: Id; who: Who; n: string }>`
    select person_id, who - 'person' as who, count(*) as n from event
    where tenant_id = ${tenantId} and event_id >= ${idAt(week.from, -clockSlackMs)} and event_id < ${idAt(week.to, clockSlackMs)} and at >= ${week.from} and at < ${week.to}
      and kind <> 'account' and who is not null and person_id in (select id from account where tenant_id = ${tenantId})
    group by person_id, who - 'person' order by person_id, n desc`.execute(tx)).rows;
