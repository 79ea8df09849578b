import type { z } from "zod";
import type { contract } from "@lontar/contract";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";

/** What somebody's history of entering is made of; posts switched are acts of the office and left out. */
export const historyTypes = [
  "account.created", "account.invited", "account.link_renewed", "account.activated", "account.blocked", "account.unblocked", "account.factors_reset",
  "account.signed_in", "account.recovery_code_used", "account.sign_in_refused", "account.signed_out", "account.session_ended", "account.sessions_ended", "account.session_elsewhere",
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
