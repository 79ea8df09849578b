import type { z } from "zod";
import type { contract, Parsed } from "@lontar/contract";
import { proveRecord, tileHashReader, toHex, type Json, type Policy, type Quorum } from "@lontar/ledger";
import { sql } from "kysely";
import type pg from "pg";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { committedText } from "../kernel/events.ts";
import type { Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { mayRead } from "../kernel/state.ts";
import { readTiles } from "./store.ts";

type View<N extends keyof typeof contract> = z.output<(typeof contract)[N]["result"]>;

/** Which things' words this person may not read on a letter; asked from the module that owns letters. */
export type Conceals = (tx: Tx, letterId: Id, by: Actor) => Promise<(thingId: Id) => boolean>;

/** The proof that one event of a letter stands in the log, with everything a browser needs to check it alone. */
export const proof = async (tx: Tx, tiles: pg.Pool, verifierKey: string, input: Parsed<(typeof contract)["received.proof"]>, by: Actor, conceals: Conceals): Promise<View<"received.proof">> => {
  const isReader = await mayRead(tx, input.id, by);
  if (!hasFunction(by, "inspector") && !isReader) throw new NotFound("letter");
  const event = await tx.selectFrom("event").innerJoin("log_leaf", (join) => join.onRef("log_leaf.tenant_id", "=", "event.tenant_id").onRef("log_leaf.event_id", "=", "event.event_id"))
    .select(["event.thing_id", "event.kind", "event.revision", "event.person_id", "event.holding_id", "event.request_id", "event.body", "event.who", "event.salt", "log_leaf.leaf", "log_leaf.leaf_index", "log_leaf.leaf_hash"])
    .where("event.tenant_id", "=", by.tenantId).where("event.event_id", "=", input.eventId).where("event.subject_id", "=", input.id).executeTakeFirst();
  const head = await tx.selectFrom("log_head").select(["size", "checkpoint"]).where("tenant_id", "=", by.tenantId).executeTakeFirst();
  if (event === undefined || head === undefined) throw new NotFound("proof");
  const size = Number(head.size);
  const index = Number(event.leaf_index);
  const hashes = await proveRecord(index, size, tileHashReader(size, (wanted) => readTiles(tiles, by.tenantId, wanted)));
  const stored: Json = JSON.parse(JSON.stringify(event.body));
  // What was committed to holds every word of the act, and of a parcel its secret link: whoever may not read them gets the place in the log alone.
  const isOpen = event.who !== null && isReader && event.kind !== "parcel" && !(await conceals(tx, input.id, by))(event.thing_id);
  return {
    leaf: event.leaf,
    leafIndex: index,
    proof: hashes.map(toHex),
    checkpoint: head.checkpoint,
    verifierKey,
    committed: !isOpen || event.who === null ? "" : committedText(event, stored, event.who),
    salt: isOpen ? (event.salt?.toString("hex") ?? "") : "",
  };
};

const inspectorOnly = (by: Actor): void => {
  if (!hasFunction(by, "inspector")) throw new Refused("not_yours");
};

/** Acts in the audit record, newest first, for the inspector. */
export const acts = async (tx: Tx, input: Parsed<(typeof contract)["audit.acts"]>, by: Actor, sentence: (type: string, body: Readonly<Record<string, unknown>> | null) => string): Promise<View<"audit.acts">> => {
  inspectorOnly(by);
  const { rows } = await sql<{ event_id: Id; at: Date; type: string; body: Readonly<Record<string, unknown>> | null; who: { person: string; position: string } | null; subject_id: Id; leaf_index: string | null }>`
    select e.event_id, e.at, e.type, e.body, e.who, e.subject_id, l.leaf_index from event e left join log_leaf l on l.tenant_id = e.tenant_id and l.event_id = e.event_id
    where e.tenant_id = ${by.tenantId}
      and ${input.cursor === undefined ? sql`true` : sql`e.event_id < ${input.cursor}::uuid`}
      and ${input.type === undefined ? sql`true` : sql`e.type = ${input.type}`}
      and ${input.person === undefined ? sql`true` : sql`(e.who->>'person') ilike ${`%${input.person.replaceAll(/[%_\\]/g, "\\$&")}%`}`}
      and ${input.from === undefined ? sql`true` : sql`e.at >= ${input.from}::date`}
      and ${input.to === undefined ? sql`true` : sql`e.at < ${input.to}::date + 1`}
    order by e.event_id desc limit ${input.limit + 1}`.execute(tx);
  const shown = rows.slice(0, input.limit);
  return {
    items: shown.map((row) => ({
      eventId: row.event_id, at: row.at.toISOString(), person: row.who?.person ?? "(dihapus)", post: row.who?.position ?? "", type: row.type,
      sentence: sentence(row.type, row.body), subjectId: row.subject_id, leafIndex: row.leaf_index === null ? null : Number(row.leaf_index),
    })),
    next: rows.length > input.limit ? (shown.at(-1)?.event_id ?? null) : null,
  };
};

/** The newest integrity check and the head of the log, for the inspector. */
export const integrity = async (tx: Tx, by: Actor, { policy, published }: { readonly policy: Policy | undefined; readonly published: number | null }): Promise<View<"audit.integrity">> => {
  inspectorOnly(by);
  const { rows } = await sql<{ at: Date; result: Omit<NonNullable<View<"audit.integrity">["last"]>, "at"> }>`select at, result from check_run where tenant_id = ${by.tenantId} order by at desc limit 1`.execute(tx);
  const head = await tx.selectFrom("log_head").select(["size", "checkpoint"]).where("tenant_id", "=", by.tenantId).executeTakeFirst();
  const last = rows[0];
  return { last: last === undefined ? null : { ...last.result, at: last.at.toISOString() }, log: head === undefined ? null : { size: Number(head.size), checkpoint: head.checkpoint }, watch: await watchOf(tx, by.tenantId, policy, published) };
};

/** Every witness of the policy, asked or not, and a halt where there is one. */
const watchOf = async (tx: Tx, tenantId: Id, policy: Policy | undefined, published: number | null): Promise<View<"audit.integrity">["watch"]> => {
  const rows = await tx.selectFrom("log_witness").select(["name", "size", "at", "asked", "problem"]).where("tenant_id", "=", tenantId).execute();
  const halt = await tx.selectFrom("log_halt").select(["size", "seen", "by", "since"]).where("tenant_id", "=", tenantId).executeTakeFirst();
  return {
    published,
    enough: policy === undefined ? 0 : fewest(policy.quorum),
    witnesses: (policy?.witnesses ?? []).map(({ name }) => {
      const row = rows.find((one) => one.name === name);
      return { name, size: Number(row?.size ?? 0), at: row?.at?.toISOString() ?? null, asked: row?.asked.toISOString() ?? null, problem: row?.problem ?? null };
    }),
    halt: halt === undefined ? null : { size: Number(halt.size), seen: Number(halt.seen), by: halt.by, since: halt.since.toISOString() },
  };
};

/** The fewest witnesses that can be enough. */
const fewest = (quorum: Quorum): number => {
  switch (quorum.kind) {
    case "none":
      return 0;
    case "witness":
      return 1;
    case "group":
      return quorum.members.map(fewest).toSorted((one, other) => one - other).slice(0, quorum.threshold).reduce((sum, one) => sum + one, 0);
    default:
      return quorum satisfies never;
  }
};

/** The logs of an installation and their witnesses, for whoever looks after it: names and numbers, no person. */
export const logStates = async (pool: pg.Pool): Promise<View<"open.ready">["logs"]> => {
  const { rows } = await pool.query<{ tenant: Id; size: string; halted: boolean; witnesses: { name: string; size: number; at: string | null; problem: string | null }[] | null }>(
    `select h.tenant_id as tenant, h.size, exists (select from log_halt x where x.tenant_id = h.tenant_id) as halted,
       (select jsonb_agg(jsonb_build_object('name', w.name, 'size', w.size, 'at', to_char(w.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'problem', w.problem) order by w.name) from log_witness w where w.tenant_id = h.tenant_id) as witnesses
     from log_head h order by h.tenant_id`,
  );
  return rows.map((row) => ({ tenant: row.tenant, size: Number(row.size), halted: row.halted, witnesses: row.witnesses ?? [] }));
};
