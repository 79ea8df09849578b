import type { z } from "zod";
import type { contract, Parsed } from "@lontar/contract";
import { fewestWitnesses, proveRecord, tileHashReader, toHex, type Json, type Opening, type Policy } from "@lontar/ledger";
import { sql } from "kysely";
import type pg from "pg";
import { hasFunction, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { committedText, type Who } from "../kernel/events.ts";
import { enqueue } from "../kernel/jobs.ts";
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
  return { leaf: event.leaf, leafIndex: index, proof: hashes.map(toHex), checkpoint: head.checkpoint, verifierKey, ...openingOf(event, isReader && !(await conceals(tx, input.id, by))(event.thing_id)) };
};

type Closed = Parameters<typeof committedText>[0] & { readonly body: unknown; readonly who: Who | null; readonly salt: Buffer | null };

/**
 * What the leaf of an event commits to, with its salt. It holds every word of the act, and of a parcel its secret link: whoever may not
 * read them gets the place in the log alone, as everyone does once it was erased.
 */
export const openingOf = (event: Closed, mayRead: boolean): Opening => {
  if (!mayRead || event.who === null || event.kind === "parcel") return { committed: "", salt: "" };
  const stored: Json = JSON.parse(JSON.stringify(event.body));
  return { committed: committedText(event, stored, event.who), salt: event.salt?.toString("hex") ?? "" };
};

const keepersOnly = (by: Actor): void => {
  if (!hasFunction(by, "inspector") && !hasFunction(by, "admin")) throw new Refused("not_yours");
};

type Checked = NonNullable<View<"audit.integrity">["last"]>;
type Kept = Omit<Checked, "at" | "numbers" | "leaves" | "witnesses"> & { readonly numbers?: number; readonly leaves?: number; readonly witnesses?: number };

const checkedAs = (at: Date, { findings, events, rows, files, numbers, leaves, witnesses }: Kept): Checked => ({ at: at.toISOString(), findings, events, rows, files, numbers: numbers ?? null, leaves: leaves ?? null, witnesses: witnesses ?? null });

/** The newest integrity check, one that is running, and the head of the log, for the inspector and the admin. */
export const integrity = async (tx: Tx, by: Actor, { policy, published }: { readonly policy: Policy | undefined; readonly published: number | null }): Promise<View<"audit.integrity">> => {
  keepersOnly(by);
  const { rows } = await sql<{ at: Date; result: Kept }>`select at, result from check_run where tenant_id = ${by.tenantId} order by at desc limit 1`.execute(tx);
  const head = await tx.selectFrom("log_head").select(["size", "checkpoint"]).where("tenant_id", "=", by.tenantId).executeTakeFirst();
  const progress = await tx.selectFrom("check_progress").select(["step", "count", "asked", "by", "at"]).where("tenant_id", "=", by.tenantId).executeTakeFirst();
  const last = rows[0];
  return {
    last: last === undefined ? null : checkedAs(last.at, last.result),
    running: progress === undefined ? null : { ...progress, count: Number(progress.count), asked: progress.asked.toISOString(), at: progress.at.toISOString() },
    log: head === undefined ? null : { size: Number(head.size), checkpoint: head.checkpoint }, watch: await watchOf(tx, by, policy, published),
  };
};

// A check that has told nothing for so long has died with its server; its job is run again, and may be asked for anew.
const silentMs = 10 * 60_000;

/** Asks for a check, unless one is under way. */
export const askCheck = async (tx: Tx, by: Actor): Promise<View<"audit.check">> => {
  keepersOnly(by);
  const { rows } = await sql<{ tenant_id: Id }>`
    insert into check_progress (tenant_id, asked, by, step, count, at) values (${by.tenantId}, ${by.at}, ${by.personName}, 'menunggu', 0, ${by.at})
    on conflict (tenant_id) do update set asked = excluded.asked, by = excluded.by, step = excluded.step, count = 0, at = excluded.at
      where check_progress.step in ('selesai', 'gagal') or check_progress.at < excluded.at - ${`${silentMs} milliseconds`}::interval returning tenant_id`.execute(tx);
  if (rows.length === 0) return { status: "berjalan" };
  await enqueue(tx, by.tenantId, [{ task: "audit.check_now", payload: {}, key: `audit.check_now/${by.tenantId}` }]);
  return { status: "dimulai" };
};

/** What the checks of the last nights found. */
export const checks = async (tx: Tx, by: Actor): Promise<View<"audit.checks">> => {
  keepersOnly(by);
  const { rows } = await sql<{ at: Date; result: Kept; count: number }>`select at, result - 'findings' as result, jsonb_array_length(result->'findings') as count from check_run where tenant_id = ${by.tenantId} order by at desc limit 60`.execute(tx);
  return rows.map((row) => ({ ...checkedAs(row.at, { ...row.result, findings: [] }), findings: row.count }));
};

/** The layers that a check compares, and the kinds of findings that belong to each. */
const layers = [["peristiwa", ["event"]], ["baris", ["row", "trace"]], ["berkas", ["file"]], ["nomor", ["number"]], ["log", ["log"]], ["saksi", ["witness"]]] as const;

/** One check as a machine reads it. */
export const checkAsJson = async (tx: Tx, at: string, by: Actor): Promise<string> => {
  keepersOnly(by);
  const { rows } = await sql<{ at: Date; result: Kept }>`select at, result from check_run where tenant_id = ${by.tenantId} and date_trunc('milliseconds', at) = ${at}::timestamptz`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new NotFound("check");
  const { findings, events, rows: stateRows, files, numbers, leaves, witnesses } = checkedAs(row.at, row.result);
  const counts = { peristiwa: events, baris: stateRows, berkas: files, nomor: numbers, log: leaves, saksi: witnesses };
  const report = { format: "lontar/fsck/v1", tenant: by.tenantId, at, whole: findings.length === 0, layers: layers.map(([layer, kinds]) => ({ layer, checked: counts[layer], findings: findings.filter((finding) => kinds.some((kind) => kind === finding.kind)).length })), findings };
  return `${JSON.stringify(report, null, 2)}\n`;
};

const hourMs = 3_600_000;
const pulseHours = 24;

/** Every witness of the policy, asked or not, and a halt where there is one. */
const watchOf = async (tx: Tx, by: Actor, policy: Policy | undefined, published: number | null): Promise<View<"audit.integrity">["watch"]> => {
  const { tenantId } = by;
  const rows = await tx.selectFrom("log_witness").select(["name", "size", "at", "asked", "problem"]).where("tenant_id", "=", tenantId).execute();
  const halt = await tx.selectFrom("log_halt").select(["size", "seen", "by", "since"]).where("tenant_id", "=", tenantId).executeTakeFirst();
  const present = Math.floor(Date.parse(by.at) / hourMs) * hourMs;
  const hours = await tx.selectFrom("log_witness_hour").select(["name", "hour", "cosigned", "failed"]).where("tenant_id", "=", tenantId).where("hour", ">", new Date(present - pulseHours * hourMs)).execute();
  const pulseOf = (name: string) =>
    Array.from({ length: pulseHours }, (_, index) => {
      const hour = hours.find((one) => one.name === name && one.hour.getTime() === present - (pulseHours - 1 - index) * hourMs);
      return hour === undefined ? ("diam" as const) : hour.cosigned > 0 ? ("sependapat" as const) : ("gagal" as const);
    });
  return {
    published,
    enough: policy === undefined ? 0 : fewestWitnesses(policy.quorum),
    witnesses: (policy?.witnesses ?? []).map(({ name }) => {
      const row = rows.find((one) => one.name === name);
      return { name, size: Number(row?.size ?? 0), at: row?.at?.toISOString() ?? null, asked: row?.asked.toISOString() ?? null, problem: row?.problem ?? null, pulse: pulseOf(name) };
    }),
    halt: halt === undefined ? null : { size: Number(halt.size), seen: Number(halt.seen), by: halt.by, since: halt.since.toISOString() },
  };
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
