import { createHash } from "node:crypto";
import { sql } from "kysely";
import { nobody, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { idFrom, localDate, type Id, type Instant } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";
import { mandates, overseenLetters, reaches } from "../oversight/index.ts";
import { decideFinding, evolveFinding, tracesOfFinding, type FindingCommand, type FindingEvent, type FindingState, type Found } from "./finding.ts";
import type { Flag, FoundRow, Measure, Scan } from "./flag.ts";
import { decideRule, evolveRule, type RuleCommand, type RuleEvent, type RuleState } from "./rule.ts";

/** Rows of findings. No reader finds them; the rules and the mandates of inspection decide who deals with one. */
export const findingStore = stateStore<FindingState | null>({ table: "finding", none: null, open: true, subject: (id) => id, traces: tracesOfFinding });

/** Findings. They are their own subject: the Jejak of a letter does not warn those who are watched. */
export const findingMachine: Machine<FindingState | null, FindingCommand, FindingEvent> = {
  kind: "finding", subject: findingStore.subject, lock: findingStore.lock, decide: decideFinding, evolve: evolveFinding, save: findingStore.save, later: () => [],
};

/** Rows of measures. */
export const ruleStore = stateStore<RuleState | null>({ table: "flag_rule", none: null, open: true, subject: (id) => id });

/** The job that searches, and its one place in the queue of a government. */
export const searchTask = "flags.search";

/** The job that searches because somebody asks now. */
export const searchNowTask = "flags.search_now";

/** As above. */
export const searchKey = (tenantId: Id): string => `${searchTask}/${tenantId}`;

/** Measures of the kinds of red flags. A change brings tonight's search forward; that one plans the next. */
export const ruleMachine: Machine<RuleState | null, RuleCommand, RuleEvent> = {
  kind: "flag_rule", subject: ruleStore.subject, lock: ruleStore.lock, decide: decideRule, evolve: evolveRule, save: ruleStore.save,
  later: (_id, _event, _after, by) => [{ task: searchTask, payload: {}, key: searchKey(by.tenantId), runAt: by.at }],
};

const named = (...parts: readonly string[]): Id => idFrom(0, createHash("sha256").update(parts.join("\n")).digest().subarray(0, 10));

/** The one finding that these facts can be, whenever and however often they are found. */
export const findingIdOf = (tenantId: Id, code: string, key: string): Id => named("finding", tenantId, code, key);

/** The one row of a kind's measure. */
export const ruleIdOf = (tenantId: Id, code: string): Id => named("flag_rule", tenantId, code);

/** The measures that were ever changed, by the code of their kind. */
export const rulesOf = async (tx: Tx, tenantId: Id): Promise<ReadonlyMap<string, RuleState>> =>
  new Map((await sql<{ state: RuleState }>`select state from flag_rule where tenant_id = ${tenantId}`.execute(tx)).rows.map(({ state }) => [state.code, state]));

/** By what a kind is measured now: what was set, and the standard for parameters that came later. */
export const measureOf = (flag: Flag, rule: RuleState | undefined): Measure => Object.fromEntries(Object.entries(flag.standard).map(([name, value]) => [name, rule?.measure[name] ?? value]));

/** One search at a time in a government: two would do the same work twice. */
export const lockSearch = (tx: Tx, tenantId: Id): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`flags/${tenantId}`}, 0))`.execute(tx);

/** How far a kind has looked, and by which measure. */
export type Looked = { readonly seen: number; readonly at: Instant; readonly measure: string; readonly more: number };

/** How far each kind has looked. */
export const lookedOf = async (tx: Tx, tenantId: Id): Promise<ReadonlyMap<string, Looked>> => {
  const rows = await tx.selectFrom("flag_scan").selectAll().where("tenant_id", "=", tenantId).execute();
  return new Map(rows.map((row) => [row.code, { seen: Number(row.seen), at: row.at.toISOString(), measure: row.measure, more: row.more }]));
};

/** Notes how far a kind has looked. */
export const saveLooked = async (tx: Tx, tenantId: Id, code: string, { seen, at, measure, more }: Looked): Promise<void> => {
  await tx.insertInto("flag_scan").values({ tenant_id: tenantId, code, seen, at, measure, more }).onConflict((conflict) => conflict.columns(["tenant_id", "code"]).doUpdateSet({ seen, at, measure, more })).execute();
};

/** How far a search is that somebody asked for: kinds that are done, what it raised and dropped until now. */
export type SearchState = { readonly step: "menunggu" | "mencari" | "selesai" | "gagal"; readonly done: number; readonly raised: number; readonly lapsed: number };

const waiting: SearchState = { step: "menunggu", done: 0, raised: 0, lapsed: 0 };
// A search that has told nothing for so long has died with its server; its job is run again, and may be asked for anew.
const silentMs = 60 * 60_000;

/** Notes that this actor asks for a search; false when one is under way. */
export const beginSearch = async (tx: Tx, by: Actor): Promise<boolean> => {
  const begun = { asked: by.at, by: by.personName, at: by.at, ...waiting };
  const silent = new Date(Date.parse(by.at) - silentMs).toISOString();
  const taken = await tx.insertInto("flag_search").values({ tenant_id: by.tenantId, ...begun })
    .onConflict((conflict) => conflict.column("tenant_id").doUpdateSet(begun).where((row) => row.or([row("flag_search.step", "in", ["selesai", "gagal"]), row("flag_search.at", "<", new Date(silent))])))
    .returning("tenant_id").executeTakeFirst();
  return taken !== undefined;
};

/** Tells how far the search is. */
export const tellSearch = (tx: Tx, tenantId: Id, state: SearchState, at: Instant): Promise<unknown> => tx.updateTable("flag_search").set({ ...state, at }).where("tenant_id", "=", tenantId).execute();

/** The search that somebody asked for last. */
export const lastSearch = async (tx: Tx, tenantId: Id): Promise<(SearchState & { readonly asked: Instant; readonly by: string }) | null> => {
  const row = await tx.selectFrom("flag_search").select(["step", "done", "raised", "lapsed", "asked", "by"]).where("tenant_id", "=", tenantId).executeTakeFirst();
  return row === undefined ? null : { ...row, asked: row.asked.toISOString() };
};

/** How many leaves the log has. */
export const logSize = async (tx: Tx, tenantId: Id): Promise<number> => Number((await tx.selectFrom("log_head").select("size").where("tenant_id", "=", tenantId).executeTakeFirst())?.size ?? 0);

/** What a kind finds, newest first, up to a limit. */
export const searchFor = async (tx: Tx, flag: Flag, scan: Scan, measure: Measure, limit: number): Promise<readonly FoundRow[]> =>
  (await sql<FoundRow>`select * from (${flag.search(scan, measure)}) found order by found.at desc, found.key limit ${limit}`.execute(tx)).rows;

/** Which of these findings there are already, and where they stand. */
export const standingOf = async (tx: Tx, tenantId: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, FindingState["status"]>> =>
  new Map((await sql<{ id: Id; status: FindingState["status"] }>`select id, status from finding where tenant_id = ${tenantId} and id = any(${sql.val([...ids])}::uuid[])`.execute(tx)).rows.map((row) => [row.id, row.status]));

/** The findings of a kind that nobody has asked about yet. */
export const openOf = async (tx: Tx, tenantId: Id, code: string): Promise<readonly Id[]> =>
  (await sql<{ id: Id }>`select id from finding where tenant_id = ${tenantId} and code = ${code} and status = 'perlu_dijelaskan' order by id`.execute(tx)).rows.map((row) => row.id);

type LetterRow = { id: Id; kind: "surat" | "naskah"; number: string; security: "B" | "T" | "R" | "SR"; unit_id: Id; type: string | null; classification: string | null; dated: string | null };

/** What was found, with the people in its evidence and the place where its letter lies. */
export const completed = async (tx: Tx, flag: Flag, measure: Measure, wanted: readonly { readonly id: Id; readonly row: FoundRow }[], by: Actor): Promise<readonly { readonly id: Id; readonly found: Found }[]> => {
  const rows = wanted.map(({ row }) => row);
  const { rows: letters } = await sql<LetterRow>`select id, kind, number, security, unit_id, type, classification, dated from ${overseenLetters} l where tenant_id = ${by.tenantId} and id = any(${sql.val([...new Set(rows.flatMap((row) => row.subject ?? []))])}::uuid[])`.execute(tx);
  const { rows: acts } = await sql<{ event_id: Id; person_id: Id }>`select event_id, person_id from event where tenant_id = ${by.tenantId} and event_id = any(${sql.val([...new Set(rows.flatMap((row) => row.events))])}::uuid[])`.execute(tx);
  const [letterOf, personOf] = [new Map(letters.map((one) => [one.id, one])), new Map(acts.map((one) => [one.event_id, one.person_id]))];
  return wanted.map(({ id, row }) => {
    const letter = row.subject === null ? undefined : letterOf.get(row.subject);
    const at = row.at.toISOString();
    return {
      id,
      found: {
        code: flag.code, at, facts: row.facts, evidence: row.events,
        people: [...new Set(row.events.flatMap((event) => personOf.get(event) ?? []))].filter((person) => person !== nobody),
        posts: [...new Set(row.posts)].filter((post) => post !== nobody),
        place: { unitId: letter?.unit_id ?? row.unit, type: letter?.type ?? null, classification: letter?.classification ?? null, dated: letter?.dated ?? localDate(at, by.zone) },
        letter: letter === undefined ? null : { id: letter.id, kind: letter.kind, number: letter.number, security: letter.security },
        measure,
      },
    };
  });
};

/** A finding as the place where it lies: what `reaches` asks of a letter. */
const placed = sql`(select f.*, '-infinity'::timestamptz as known from finding f)`;

/** SQL: the mandates of inspection that run for this actor now. */
const running = (by: Actor) => sql`m.tenant_id = ${by.tenantId} and m.position_id = ${by.positionId} and m.since <= ${by.at} and ${by.at} < m.until`;

/** The mandates of inspection that run for this actor now. */
export const mandatesOf = async (tx: Tx, by: Actor): Promise<readonly { readonly id: Id; readonly basis: string; readonly since: Instant; readonly until: Instant }[]> =>
  (await sql<{ id: Id; basis: string; since: Instant; until: Instant }>`select m.id, m.state->>'basis' as basis, m.since, m.until from inspection m where ${running(by)} order by m.until, m.id limit 20`.execute(tx)).rows;

/** By which mandate this actor reaches the finding now. */
export const basisFor = async (tx: Tx, id: Id, by: Actor): Promise<string | undefined> =>
  (await sql<{ basis: string }>`select m.state->>'basis' as basis from ${mandates(running(by), by.at)} m join ${placed} f on f.tenant_id = m.tenant_id and f.id = ${id} where ${reaches(sql`m`, sql`f`, by.at)} order by m.until, m.id limit 1`.execute(tx)).rows[0]?.basis;

/** What is asked of the list of findings. */
export type Asked = { readonly id?: Id; readonly status?: string | undefined; readonly code?: string | undefined; readonly unitId?: Id | undefined; readonly from?: string | undefined; readonly to?: string | undefined; readonly cursor?: string | undefined; readonly limit: number };

const reached = (by: Actor) => sql`exists (select from ${mandates(running(by), by.at)} m where ${reaches(sql`m`, sql`f`, by.at)})`;

/** The findings that this actor's mandates reach, newest first. */
export const findingsFor = async (tx: Tx, asked: Asked, by: Actor): Promise<readonly { readonly id: Id; readonly state: FindingState; readonly unit: string | null; readonly place: string }[]> => {
  const [at = "", id = ""] = asked.cursor?.split("|") ?? [];
  return (await sql<{ id: Id; state: FindingState; unit: string | null; place: string }>`
    select f.id, f.state, f.at || '|' || f.id as place, (select u.name from unit_period u where u.tenant_id = f.tenant_id and u.id = f.unit_id order by u.since desc limit 1) as unit
    from ${placed} f where f.tenant_id = ${by.tenantId} and ${asked.id === undefined ? sql`true` : sql`f.id = ${asked.id}::uuid`}
      and ${asked.status === undefined ? sql`true` : sql`f.status = ${asked.status}`} and ${asked.code === undefined ? sql`true` : sql`f.code = ${asked.code}`}
      and ${asked.unitId === undefined ? sql`true` : sql`f.unit_id = ${asked.unitId}::uuid`} and ${asked.from === undefined ? sql`true` : sql`f.dated >= ${asked.from}`} and ${asked.to === undefined ? sql`true` : sql`f.dated <= ${asked.to}`}
      and ${asked.cursor === undefined ? sql`true` : sql`(f.at, f.id) < (${at}, ${id}::uuid)`} and ${reached(by)}
    order by f.at desc, f.id desc limit ${asked.limit}`.execute(tx)).rows;
};

/** How many findings stand where: within reach of this actor's mandates, or by kind in the whole government. */
export const countsFor = async (tx: Tx, by: Actor, within: "reach" | "government"): Promise<readonly { readonly code: string; readonly status: FindingState["status"]; readonly n: number }[]> =>
  (await sql<{ code: string; status: FindingState["status"]; n: string }>`select f.code, f.status, count(*) as n from ${placed} f where f.tenant_id = ${by.tenantId} and ${within === "reach" ? reached(by) : sql`true`} group by f.code, f.status`.execute(tx)).rows.map((row) => ({ ...row, n: Number(row.n) }));

/** An act as the evidence shows it. */
export type ActRow = { readonly event_id: Id; readonly at: Date; readonly type: string; readonly body: Readonly<Record<string, unknown>> | null; readonly who: { readonly person: string; readonly position: string } | null; readonly subject_id: Id; readonly leaf_index: string | null };

/** These acts with their places in the log. */
export const actsNamed = async (tx: Tx, tenantId: Id, ids: readonly Id[]): Promise<readonly ActRow[]> =>
  (await sql<ActRow>`select e.event_id, e.at, e.type, e.body, e.who, e.subject_id, l.leaf_index from event e left join log_leaf l on l.tenant_id = e.tenant_id and l.event_id = e.event_id
    where e.tenant_id = ${tenantId} and e.event_id = any(${sql.val([...ids])}::uuid[]) order by e.at, e.event_id`.execute(tx)).rows;

/** What happened to a finding itself, oldest first. */
export const historyOf = async (tx: Tx, tenantId: Id, id: Id): Promise<readonly ActRow[]> =>
  (await sql<ActRow>`select e.event_id, e.at, e.type, e.body, e.who, e.subject_id, null as leaf_index from event e where e.tenant_id = ${tenantId} and e.thing_id = ${id} and e.kind = 'finding' order by e.revision desc limit 200`.execute(tx)).rows.toReversed();

/** The posts whose work it is to inspect. */
export const inspectors = async (tx: Tx, tenantId: Id, at: Instant): Promise<readonly Id[]> =>
  (await sql<{ id: Id }>`select id from position_period where tenant_id = ${tenantId} and since <= ${at}::timestamptz and (until is null or ${at}::timestamptz < until) and facts->'functions' ? 'inspector' order by id limit 100`.execute(tx)).rows.map((row) => row.id);
