import { sql, type RawBuilder } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { hoursAhead, type Id, type Instant, type LocalDate } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { stateStore } from "../kernel/state.ts";
import { lettersWithWords, overseenLetters, theMandate, withinReach } from "../oversight/index.ts";
import type { ActFilter } from "./acts.ts";
import { groups, openKinds } from "./acts.ts";
import { decideSample, evolveSample, longestPopulation, type LetterFilter, type SampleCommand, type SampledLetter, type SampleEvent, type SampleState } from "./sample.ts";
import { decideSavedQuery, evolveSavedQuery, type SavedQueryCommand, type SavedQueryEvent, type SavedQueryState } from "./saved-query.ts";

/** Rows of saved searches; the rule says whose they are. */
export const savedQueryStore = stateStore<SavedQueryState | null>({ table: "saved_query", none: null, open: true, subject: (id) => id });

/** Saved searches as things that change. Another post's is not found, shared or not: it is looked through, never touched. */
export const savedQueryMachine: Machine<SavedQueryState | null, SavedQueryCommand, SavedQueryEvent> = {
  kind: "saved_query", subject: savedQueryStore.subject,
  lock: async (tx, id, by) => {
    const row = await savedQueryStore.lock(tx, id, by);
    return row === undefined || row.state === null || row.state.positionId === by.positionId ? row : undefined;
  },
  decide: decideSavedQuery, evolve: evolveSavedQuery, save: savedQueryStore.save, later: () => [],
};

/** Rows of spot checks. */
export const sampleStore = stateStore<SampleState | null>({ table: "sample", none: null, open: true, subject: (id) => id });

/** Spot checks as things that change. */
export const sampleMachine: Machine<SampleState | null, SampleCommand, SampleEvent> = {
  kind: "sample", subject: sampleStore.subject, lock: sampleStore.lock, decide: decideSample, evolve: evolveSample, save: sampleStore.save, later: () => [],
};

// One letter by its id, asked through the keys of both tables: as a plain join the planner reads all letters for a handful of them.
const letterById = (tenant: RawBuilder<unknown>, id: RawBuilder<unknown>): RawBuilder<unknown> => sql`cross join lateral (select * from ${overseenLetters} one where one.tenant_id = ${tenant} and one.id = ${id} offset 0) l`;

const like = (text: string): string => `%${text.trim().replaceAll(/[%_\\]/g, "\\$&")}%`;

/** The searches of a post, and those that others share, newest first. */
export const savedQueriesFor = async (tx: Tx, by: Actor): Promise<readonly { readonly id: Id; readonly state: SavedQueryState }[]> =>
  (await sql<{ id: Id; state: SavedQueryState }>`select id, state from saved_query where tenant_id = ${by.tenantId} and not removed and (position_id = ${by.positionId} or shared) order by id desc limit 200`.execute(tx)).rows;

/** The spot checks of a post, newest first. */
export const samplesOf = async (tx: Tx, by: Actor): Promise<readonly { readonly id: Id; readonly state: SampleState }[]> =>
  (await sql<{ id: Id; state: SampleState }>`select id, state from sample where tenant_id = ${by.tenantId} and position_id = ${by.positionId} order by id desc limit 100`.execute(tx)).rows;

/** Keeps a frozen list, in its order. */
export const insertMembers = async (tx: Tx, tenantId: Id, sampleId: Id, members: readonly Id[]): Promise<void> => {
  await sql`insert into sample_member (tenant_id, sample_id, place, letter_id) select ${tenantId}, ${sampleId}, place - 1, letter from unnest(${sql.val([...members])}::uuid[]) with ordinality as m (letter, place)`.execute(tx);
};

/** The frozen list, in its order. */
export const membersOf = async (tx: Tx, tenantId: Id, sampleId: Id): Promise<readonly Id[]> =>
  (await sql<{ letter_id: Id }>`select letter_id from sample_member where tenant_id = ${tenantId} and sample_id = ${sampleId} order by place`.execute(tx)).rows.map((row) => row.letter_id);

/** Letters of a frozen list as a sample names them, by id. */
export const labelsOf = async (tx: Tx, tenantId: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, SampledLetter>> => {
  const { rows } = await sql<SampledLetter>`select l.id, l.kind, l.number from unnest(${sql.val([...ids])}::uuid[]) as wanted (id) ${letterById(sql`${tenantId}::uuid`, sql`wanted.id`)}`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
};

/** What lists may tell of a letter, and whether the mandate reaches it now. */
export type Listed = { readonly id: Id; readonly kind: "surat" | "naskah"; readonly number: string; readonly subject: string; readonly security: "B" | "T" | "R" | "SR"; readonly date: string; readonly unit: string };

/** Of these letters those that the mandate reaches, as lists may tell of them. */
export const reachedAmong = async (tx: Tx, by: Actor, inspectionId: Id, ids: readonly Id[]): Promise<ReadonlyMap<Id, Listed>> => {
  const { rows } = ids.length === 0 ? { rows: [] } : await sql<Listed>`
    with ${theMandate(by.tenantId, inspectionId, by.at)}
    select l.id, l.kind, l.number, l.subject, l.security, coalesce(l.dated, '') as date, coalesce((select u.name from unit_period u where u.tenant_id = l.tenant_id and u.id = l.unit_id order by u.since desc limit 1), '') as unit
    from (select distinct unnest(${sql.val([...ids])}::uuid[]) as id) wanted ${letterById(sql`${by.tenantId}::uuid`, sql`wanted.id`)}
    where ${withinReach(sql`l`, by.at)}`.execute(tx);
  return new Map(rows.map((row) => [row.id, row]));
};

/** The letters of a population within reach of the mandate, in ascending order of their ids; one more than may be, if there are too many. */
export const populationOf = async (tx: Tx, by: Actor, inspectionId: Id, filter: LetterFilter): Promise<readonly Id[]> =>
  (await sql<{ id: Id }>`
    with ${theMandate(by.tenantId, inspectionId, by.at)}
    select l.id from ${overseenLetters} l where l.tenant_id = ${by.tenantId} and ${matches(filter, by)} and ${withinReach(sql`l`, by.at)} order by l.id limit ${longestPopulation + 1}`.execute(tx)).rows.map((row) => row.id);

const matches = (filter: LetterFilter, by: Actor): RawBuilder<boolean> => sql<boolean>`(
  ${filter.kind === null ? sql`true` : sql`l.kind = ${filter.kind}`}
  and ${filter.types.length === 0 ? sql`true` : sql`l.type = any(${sql.val([...filter.types])}::text[])`}
  and ${filter.from === null ? sql`true` : sql`l.dated >= ${filter.from}`} and ${filter.to === null ? sql`true` : sql`l.dated <= ${filter.to}`}
  and ${filter.unitId === null ? sql`true` : sql`l.unit_id in (select units_under(${by.tenantId}, ${filter.unitId}::uuid, ${by.at}::timestamptz))`}
  and ${filter.q.trim() === "" ? sql`true` : sql`(l.number ilike ${like(filter.q)} or l.subject ilike ${like(filter.q)})`})`;

/** More letters than these are not followed by the words of one search; who meets so many asks more narrowly. */
export const mostLetters = 200;
const mostNamed = 5000;

/** Letters within reach whose number or subject holds the words. They are found where search finds them, and looked at again as they are now: the subject of a secret one is not searched. */
export const lettersMeant = async (tx: Tx, by: Actor, inspectionId: Id, words: string): Promise<readonly Id[]> =>
  (await sql<{ id: Id }>`
    with ${theMandate(by.tenantId, inspectionId, by.at)}
    select l.id from unnest(${sql.val((await lettersWithWords(tx, like(words), null, mostNamed)).map((letter) => letter.id))}::uuid[]) as found (id) ${letterById(sql`${by.tenantId}::uuid`, sql`found.id`)}
    where (l.number ilike ${like(words)} or l.subject ilike ${like(words)}) and ${withinReach(sql`l`, by.at)}
    order by l.id desc limit ${mostLetters + 1}`.execute(tx)).rows.map((row) => row.id);

/** One act as the trail lists it. */
export type ActRow = {
  readonly eventId: Id; readonly at: Instant; readonly who: { readonly person: string; readonly position: string; readonly holding: "definitif" | "plt" | "plh" | "pj" } | null; readonly type: string; readonly body: Readonly<Record<string, unknown>> | null;
  readonly subjectId: Id; readonly letter: Omit<Listed, "date" | "unit"> | null; readonly leafIndex: number | null;
};

/** Acts that were looked through, those of them that may be shown, and how far back that was: older ones are still to be looked at. */
export type Walk = { readonly acts: readonly ActRow[]; readonly next: Id | null; readonly walkedTo: Instant | null };

// So many acts are looked at for one answer, whatever the mandate reaches: the answer takes no longer in an office of a million acts.
const walked = 2000;
// Up to so many posts are each walked by their own index; more of them are met often enough on the common walk.
const fewPosts = 40;
// An event's id is made a moment after its act's time, and of a long act with many steps a little later still.
const idSlackMs = 24 * 3_600_000;

/** The smallest id of an event made at the instant. */
const idFloor = (at: Instant, slackMs: number): Id => {
  const hex = Math.max(0, Date.parse(at) + slackMs).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`;
};

const dayStart = (date: LocalDate, by: Actor, days = 0): Instant => new Date(Date.parse(`${date}T00:00:00.000Z`) + days * 86_400_000 - hoursAhead[by.zone] * 3_600_000).toISOString();

const personsNamed = async (tx: Tx, by: Actor, name: string): Promise<readonly Id[]> =>
  (await sql<{ id: Id }>`select id from person where tenant_id = ${by.tenantId} and name ilike ${like(name)} order by id limit 200`.execute(tx)).rows.map((row) => row.id);

const postsMeant = async (tx: Tx, by: Actor, filter: ActFilter): Promise<readonly Id[]> =>
  (await sql<{ id: Id }>`select distinct id from position_period where tenant_id = ${by.tenantId} and ${filter.post === "" ? sql`true` : sql`title ilike ${like(filter.post)}`}
    and ${filter.unitId === null ? sql`true` : sql`unit_id in (select units_under(${by.tenantId}, ${filter.unitId}::uuid, ${by.at}::timestamptz))`} order by id limit 5000`.execute(tx)).rows.map((row) => row.id);

/** SQL: these persons with each post in which they ever acted, of all or of these: the index is asked for the next post, until there is none. */
const postsOf = (tenantId: Id, persons: readonly Id[], posts: readonly Id[] | null): RawBuilder<unknown> => sql`
  select one.id as person_id, seat.position_id from unnest(${sql.val([...persons])}::uuid[]) as one (id) cross join lateral (
    with recursive seat as (
      (select e.position_id from event e where e.tenant_id = ${tenantId} and e.person_id = one.id order by e.position_id limit 1)
      union all
      select next.position_id from seat cross join lateral (select e.position_id from event e where e.tenant_id = ${tenantId} and e.person_id = one.id and e.position_id > seat.position_id order by e.position_id limit 1) next)
    select position_id from seat where ${posts === null ? sql`true` : sql`position_id = any(${sql.val([...posts])}::uuid[])`}) seat`;

/** SQL: these posts with everyone who ever acted in them, also whoever never held them: the index is asked for the next person and post, one step for each of the office. */
const actorsIn = (tenantId: Id, posts: readonly Id[]): RawBuilder<unknown> => sql`
  with recursive seat as (
    (select e.person_id, e.position_id from event e where e.tenant_id = ${tenantId} order by e.person_id, e.position_id limit 1)
    union all
    select next.person_id, next.position_id from seat cross join lateral (
      select e.person_id, e.position_id from event e where e.tenant_id = ${tenantId} and (e.person_id, e.position_id) > (seat.person_id, seat.position_id) order by e.person_id, e.position_id limit 1) next)
  select person_id, position_id from seat where position_id = any(${sql.val([...posts])}::uuid[])`;

/** Walks the acts from the cursor backwards, by the index that meets fewest of them, and shows those that the mandate reaches. `letters` are the letters that the words mean. */
export const walkActs = async (tx: Tx, by: Actor, inspectionId: Id, asked: { readonly filter: ActFilter; readonly letters: readonly Id[] | null; readonly cursor: Id | null; readonly limit: number }): Promise<Walk> => {
  const { filter, letters, cursor, limit } = asked;
  const persons = filter.person === "" ? null : await personsNamed(tx, by, filter.person);
  const posts = filter.post === "" && filter.unitId === null ? null : await postsMeant(tx, by, filter);
  const types = filter.acts.length === 0 ? null : filter.acts.flatMap((group) => groups[group]);
  const among = (column: string, values: readonly string[] | null, as: "uuid" | "text"): RawBuilder<boolean> => (values === null ? sql`true` : sql`e.${sql.ref(column)} = any(${sql.val([...values])}::${sql.raw(as)}[])`);
  const apart = sql`e.tenant_id = ${by.tenantId}
    and ${cursor === null ? sql`true` : sql`e.event_id < ${cursor}::uuid`}
    and ${filter.from === null ? sql`true` : sql`e.event_id >= ${idFloor(dayStart(filter.from, by), -idSlackMs)}::uuid and e.at >= ${dayStart(filter.from, by)}::timestamptz`}
    and ${filter.to === null ? sql`true` : sql`e.event_id < ${idFloor(dayStart(filter.to, by, 1), idSlackMs)}::uuid and e.at < ${dayStart(filter.to, by, 1)}::timestamptz`}
    and ${among("subject_id", letters, "uuid")} and ${among("type", types, "text")}`;
  const plain = sql`${apart} and ${among("person_id", persons, "uuid")} and ${among("position_id", posts, "uuid")}`;
  const newest = sql`order by e.event_id desc limit ${walked}`;
  const each = (column: string, values: readonly string[], as: "uuid" | "text"): RawBuilder<unknown> =>
    sql`select e.* from unnest(${sql.val([...new Set(values)])}::${sql.raw(as)}[]) as one (value) cross join lateral (select e.* from event e where ${plain} and e.${sql.ref(column)} = one.value ${newest}) e ${newest}`;
  // The ids alone, which stand in the index, and then the acts of those that are the newest of all.
  const eachSeat = (seats: RawBuilder<unknown>): RawBuilder<unknown> => sql`
    select e.* from (
      select hit.event_id from (${seats}) as seat cross join lateral (select e.event_id from event e where ${apart} and e.person_id = seat.person_id and e.position_id = seat.position_id ${newest}) hit order by hit.event_id desc limit ${walked}) found
    join event e on e.tenant_id = ${by.tenantId} and e.event_id = found.event_id`;
  const walk = letters !== null ? each("subject_id", letters, "uuid")
    : persons !== null ? eachSeat(postsOf(by.tenantId, persons, posts))
    : posts !== null && posts.length <= fewPosts ? eachSeat(actorsIn(by.tenantId, posts))
    : types !== null && posts === null ? each("type", types, "text")
    : sql`select e.* from event e where ${plain} ${newest}`;
  const { rows } = await sql<{ count: string; last: Id | null; lastAt: Date | null; event_id: Id | null; at: Date; who: ActRow["who"]; type: string; body: ActRow["body"]; subject_id: Id; letter: ActRow["letter"]; leaf_index: string | null }>`
    with ${theMandate(by.tenantId, inspectionId, by.at)}, walked as materialized (${walk}),
    reached as materialized (
      select l.id, jsonb_build_object('id', l.id, 'kind', l.kind, 'number', coalesce(l.number, ''), 'subject', l.subject, 'security', l.security) as letter
      from (select distinct subject_id from walked where kind <> all(${sql.val([...openKinds])}::text[])) s ${letterById(sql`${by.tenantId}::uuid`, sql`s.subject_id`)}
      where ${withinReach(sql`l`, by.at)}),
    shown as (
      select w.event_id, w.at, w.who, w.type, w.body, w.subject_id, r.letter from walked w left join reached r on r.id = w.subject_id and w.kind <> all(${sql.val([...openKinds])}::text[])
      where r.id is not null or w.kind = any(${sql.val([...openKinds])}::text[]) order by w.event_id desc limit ${limit + 1})
    select whole.count, whole.last, (select at from walked where event_id = whole.last) as "lastAt", shown.*, leaf.leaf_index
    from (select count(*) as count, (array_agg(event_id order by event_id))[1] as last from walked) whole left join shown on true
    left join log_leaf leaf on leaf.tenant_id = ${by.tenantId} and leaf.event_id = shown.event_id order by shown.event_id desc`.execute(tx);
  const acts = rows.flatMap((row): readonly ActRow[] =>
    row.event_id === null ? [] : [{ eventId: row.event_id, at: row.at.toISOString(), who: row.who, type: row.type, body: row.body, subjectId: row.subject_id, letter: row.letter, leafIndex: row.leaf_index === null ? null : Number(row.leaf_index) }]);
  const shown = acts.slice(0, limit);
  const last = shown.at(-1);
  if (acts.length > limit && last !== undefined) return { acts: shown, next: last.eventId, walkedTo: last.at };
  const whole = rows[0];
  return { acts: shown, next: whole !== undefined && Number(whole.count) === walked ? whole.last : null, walkedTo: whole?.lastAt?.toISOString() ?? null };
};

/** When this spot check was locked, and by which event. */
export const lockEventOf = async (tx: Tx, tenantId: Id, sampleId: Id): Promise<Id | undefined> =>
  (await tx.selectFrom("event").select("event_id").where("tenant_id", "=", tenantId).where("thing_id", "=", sampleId).where("kind", "=", "sample").where("revision", "=", 1).executeTakeFirst())?.event_id;

