import { sql, type RawBuilder } from "kysely";
import type { Actor, HoldingKind, PostFunction, Scope } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { localDate, type Id, type Instant } from "../kernel/ids.ts";
import type { Job } from "../kernel/jobs.ts";
import type { BulkMachine, Decision, Machine } from "../kernel/perform.ts";
import { stateStore, type StateStore, type StateTable } from "../kernel/state.ts";
import { decideDelegation, evolveDelegation, type DelegationCommand, type DelegationEvent, type DelegationState } from "./delegation.ts";
import { answering, decideHolding, evolveHolding, type HoldingCommand, type HoldingEvent, type HoldingState, type OtherHolding } from "./holding.ts";
import { isInForce, isMandate } from "./mandate.ts";
import { decidePerson, evolvePerson, type PersonCommand, type PersonEvent, type PersonState } from "./person.ts";
import { decidePolicy, defaultPolicy, evolvePolicy, wholePolicy, type Policy, type PolicyCommand, type PolicyEvent, type PolicyState } from "./policy.ts";
import { decidePosition, evolvePosition, type PositionCommand, type PositionEvent, type PositionFacts, type PositionState } from "./position.ts";
import { decideUnit, evolveUnit, type Letterhead, type UnitCommand, type UnitEvent, type UnitFacts, type UnitState } from "./unit.ts";

/** The job that tells people that a holding or a delegation has begun or ended. */
export const turnTask = "organisation.turn";

/** A kind of thing of the organisation: its machine, and the store of its rows. */
export type Kind<State, Command, Event extends { readonly type: string }> = { readonly machine: BulkMachine<State | null, Command, Event>; readonly store: StateStore<State | null> };

const kind = <State, Command, Event extends { readonly type: string }>(
  table: StateTable,
  decide: (state: State | null, command: Command, by: Actor) => Decision<Event>,
  evolve: (state: State | null, event: Event) => State,
  later: Machine<State | null, Command, Event>["later"] = () => [],
): Kind<State, Command, Event> => {
  const store = stateStore<State | null>({ table, none: null, open: true, subject: (id) => id });
  return { store, machine: { kind: table, subject: store.subject, lock: store.lock, decide, evolve, save: store.save, lockAll: store.lockAll, saveAll: store.saveAll, later } };
};

/** The jobs of a holding or delegation at the minutes at which it begins and ends. What began before today announces nothing. */
const turnsOf =
  (of: "holding" | "delegation") =>
  (id: Id, event: HoldingEvent | DelegationEvent, after: (HoldingState | DelegationState) | null, by: Actor): readonly Job[] => {
    if (after === null || event.type === "holding.defined") return [];
    const job = (turn: "begin" | "end", runAt: Instant): Job => ({ task: turnTask, payload: { of, id, turn }, key: `turn/${id}/${turn}`, runAt });
    const hasBegun = event.type === "holding.ended" || event.type === "holding.revoked" || event.type === "delegation.revoked";
    return [...(hasBegun || localDate(after.since, by.zone) < by.today ? [] : [job("begin", after.since)]), ...(after.until === null ? [] : [job("end", after.until)])];
  };

/** The kinds of the organisation, for their commands and for the integrity check. */
export const organisationKinds = {
  units: kind<UnitState, UnitCommand, UnitEvent>("unit", decideUnit, evolveUnit),
  positions: kind<PositionState, PositionCommand, PositionEvent>("position", decidePosition, evolvePosition),
  persons: kind<PersonState, PersonCommand, PersonEvent>("person", decidePerson, evolvePerson),
  holdings: kind<HoldingState, HoldingCommand, HoldingEvent>("holding", decideHolding, evolveHolding, turnsOf("holding")),
  delegations: kind<DelegationState, DelegationCommand, DelegationEvent>("delegation", decideDelegation, evolveDelegation, turnsOf("delegation")),
  policies: kind<PolicyState, PolicyCommand, PolicyEvent>("policy", decidePolicy, evolvePolicy),
} as const;

/** A post with everything that rules, blocks and lists need to know about it at an instant. */
export type Post = {
  readonly id: Id;
  readonly title: string;
  readonly shortTitle: string;
  readonly role: string;
  readonly functions: readonly PostFunction[];
  readonly superiorId: Id | null;
  readonly unitId: Id;
  readonly unitCode: string;
  readonly unitName: string;
  /** Who answers for the post: an acting official stands before the definitive holder. */
  readonly holder: Holder | null;
  /** The holder who stands aside while another acts for the post. */
  readonly aside: Holder | null;
};

/** A person in a post, and the holding that put him there. */
export type Holder = {
  readonly holdingId: Id;
  readonly personId: Id;
  readonly name: string;
  readonly nip: string | null;
  readonly rank: string | null;
  readonly kind: HoldingKind;
  readonly basis: string | null;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly scope: Scope | null;
};

type Held = { readonly id: Id; readonly state: HoldingState; readonly person: PersonState };
type PostRow = { id: Id; at: Date; facts: PositionFacts; unit: UnitFacts; holdings: readonly Held[] };

const holderOf = ({ id, state, person }: Held): Holder => ({ holdingId: id, personId: state.personId, name: person.name, nip: person.nip, rank: person.rank, kind: state.kind, basis: state.basis, since: state.since, until: state.until, scope: state.scope ?? null });

const toPost = ({ id, facts, unit, holdings }: PostRow, at: Instant): Post => {
  const inForce = holdings.map((held) => ({ ...held.state, held })).filter((held) => isInForce(held, at));
  const first = answering(inForce, at);
  const other = inForce.find((held) => held !== first);
  return {
    id,
    title: facts.title,
    shortTitle: facts.shortTitle,
    role: facts.role,
    functions: facts.functions,
    superiorId: facts.superiorId,
    unitId: facts.unitId,
    unitCode: unit.code,
    unitName: unit.name,
    holder: first === undefined ? null : holderOf(first.held),
    aside: other === undefined ? null : holderOf(other.held),
  };
};

const holdingsAt = (positionId: RawBuilder<unknown>, tenantId: Id, at: RawBuilder<unknown>) => sql`
  coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'state', h.state, 'person', n.state))
            from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id
            where h.tenant_id = ${tenantId} and h.position_id = ${positionId} and instant_of(h.since) <= ${at} and (h.until is null or ${at} < instant_of(h.until))), '[]')`;

/** SQL: is the period, a row with `since` and `until`, in force at the instant? */
export const during = (period: RawBuilder<unknown>, at: Instant) => sql`${period}.since <= ${at}::timestamptz and (${period}.until is null or ${at}::timestamptz < ${period}.until)`;
const p = sql`p`;
const u = sql`u`;

const selectPosts = async (tx: Tx, tenantId: Id, at: Instant, where: RawBuilder<unknown>): Promise<readonly Post[]> => (await selectPostsWith(tx, tenantId, at, where, sql<null>`null`)).map(({ post }) => post);

const selectPostsWith = async <Beside>(tx: Tx, tenantId: Id, at: Instant, where: RawBuilder<unknown>, beside: RawBuilder<Beside>): Promise<readonly { readonly post: Post; readonly beside: Beside }[]> => {
  const { rows } = await sql<PostRow & { beside: Beside }>`
    select p.id, p.facts, u.facts as unit, ${beside} as beside, ${holdingsAt(sql`p.id`, tenantId, sql`${at}::timestamptz`)} as holdings
    from position_period p join unit_period u on u.tenant_id = p.tenant_id and u.id = p.unit_id and ${during(u, at)}
    where p.tenant_id = ${tenantId} and ${during(p, at)} and ${where}
    order by (p.facts->>'order')::int, p.id`.execute(tx);
  return rows.map((row) => ({ post: toPost(row, at), beside: row.beside }));
};

/** The posts with these ids that exist at the instant, in no promised order; unknown ids are simply absent. */
export const postsById = async (tx: Tx, tenantId: Id, ids: readonly Id[], at: Instant): Promise<ReadonlyMap<Id, Post>> => {
  const posts = ids.length === 0 ? [] : await selectPosts(tx, tenantId, at, sql`p.id in (${sql.join([...new Set(ids)])})`);
  return new Map(posts.map((post) => [post.id, post]));
};

/** One post, or `undefined` in another tenant, at another time or nowhere. */
export const postById = async (tx: Tx, tenantId: Id, id: Id, at: Instant): Promise<Post | undefined> => (await postsById(tx, tenantId, [id], at)).get(id);

/** For showing: the posts as they were when asked about, or as they last were before; a post that was closed since keeps its name. */
export const postsAsKnown = async (tx: Tx, tenantId: Id, ids: readonly Id[], at: Instant): Promise<ReadonlyMap<Id, Post>> => {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<PostRow>`
    select p.id, p.facts, u.facts as unit, ${holdingsAt(sql`p.id`, tenantId, sql`${at}::timestamptz`)} as holdings
    from unnest(${sql.val([...new Set(ids)])}::uuid[]) as asked(id)
    join lateral (select * from position_period q where q.tenant_id = ${tenantId} and q.id = asked.id and q.since <= ${at}::timestamptz order by q.since desc limit 1) p on true
    join lateral (select * from unit_period v where v.tenant_id = ${tenantId} and v.id = p.unit_id and v.since <= ${at}::timestamptz order by v.since desc limit 1) u on true`.execute(tx);
  return new Map(rows.map((row) => [row.id, toPost(row, at)]));
};

/** Posts whose title, unit or holder contains the text, in the order of the organisation. */
export const searchPosts = (tx: Tx, tenantId: Id, text: string, at: Instant, limit = 50): Promise<readonly Post[]> =>
  selectPosts(tx, tenantId, at, text.trim() === "" ? sql`true` : sql`(p.title ilike ${like(text)} or u.name ilike ${like(text)} or exists (
    select from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id where h.tenant_id = p.tenant_id and h.position_id = p.id and n.name ilike ${like(text)}
      and instant_of(h.since) <= ${at}::timestamptz and (h.until is null or ${at}::timestamptz < instant_of(h.until))))`).then((posts) => posts.slice(0, limit));

const like = (text: string): string => `%${text.trim().replaceAll(/[%_\\]/g, "\\$&")}%`;

/** All posts of a unit and of the units below it. */
export const postsOfUnit = (tx: Tx, tenantId: Id, unitId: Id, at: Instant): Promise<readonly Post[]> =>
  selectPosts(tx, tenantId, at, sql`p.unit_id in (with recursive below as (select ${unitId}::uuid as id
    union select u2.id from unit_period u2 join below on u2.parent_id = below.id where u2.tenant_id = ${tenantId} and ${during(sql`u2`, at)}) select id from below)`);

/** The posts from this one up to the top, nearest superior first; ends at 20 levels (a loop is refused where posts are defined). */
export const superiorsOf = async (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<readonly Post[]> => {
  const { rows } = await sql<{ id: Id }>`
    with recursive up as (
      select p.superior_id as id, 1 as depth from position_period p where p.tenant_id = ${tenantId} and p.id = ${positionId} and ${isLastKnown(p, at)}
      union all select p.superior_id, up.depth + 1 from position_period p join up on p.id = up.id where p.tenant_id = ${tenantId} and ${isLastKnown(p, at)} and up.depth < 20)
    select id from up where id is not null order by depth`.execute(tx);
  const posts = await postsById(tx, tenantId, rows.map((row) => row.id), at);
  return rows.flatMap((row) => posts.get(row.id) ?? []);
};

// The period in force, and of a post that has ended its last one: what reached it before its day stands under whoever stood above it.
const isLastKnown = (period: RawBuilder<unknown>, at: Instant) => sql`${period}.since <= ${at}::timestamptz and (${period}.until is null or ${at}::timestamptz < ${period}.until
  or not exists (select from position_period later where later.tenant_id = ${period}.tenant_id and later.id = ${period}.id and later.since > ${period}.since and later.since <= ${at}::timestamptz))`;

/** The posts directly or indirectly below this one. */
export const postsBelow = (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<readonly Post[]> =>
  selectPosts(tx, tenantId, at, sql`p.id in (with recursive down as (select d.id from position_period d where d.tenant_id = ${tenantId} and d.superior_id = ${positionId} and ${during(sql`d`, at)}
    union select p2.id from position_period p2 join down on p2.superior_id = down.id where p2.tenant_id = ${tenantId} and ${during(sql`p2`, at)}) select id from down)`);

/** Whom a post can hand work to: posts below it, only posts beside it under the same superior, or none. */
export const reachOf = async (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<"below" | "beside" | "none"> => {
  const { rows } = await sql<{ below: boolean; beside: boolean }>`select
    exists (select from position_period d where d.tenant_id = ${tenantId} and d.superior_id = ${positionId} and ${during(sql`d`, at)}) as below,
    exists (select from position_period mine join position_period b on b.tenant_id = mine.tenant_id and b.superior_id = mine.superior_id and b.id <> mine.id and ${during(sql`b`, at)}
      where mine.tenant_id = ${tenantId} and mine.id = ${positionId} and ${during(sql`mine`, at)}) as beside`.execute(tx);
  return rows[0]?.below === true ? "below" : rows[0]?.beside === true ? "beside" : "none";
};

/** A post as one of its holders has it: `holder` is he himself, `acting` whoever answers for the post in his stead. */
export type HeldPost = Post & { readonly holder: Holder; readonly acting: Holder | null };

/** The posts that this person may act in at the instant, those by appointment first; `beside` is what else is asked of each post `p` in the same trip. */
export const postsHeldBy = async <Beside = null>(tx: Tx, tenantId: Id, personId: Id, at: Instant, beside?: RawBuilder<Beside>): Promise<readonly (HeldPost & { readonly beside: Beside })[]> => {
  const posts = await selectPostsWith(tx, tenantId, at, sql`p.id in (select h.position_id from holding h where h.tenant_id = ${tenantId} and h.person_id = ${personId}
    and instant_of(h.since) <= ${at}::timestamptz and (h.until is null or ${at}::timestamptz < instant_of(h.until)))`, beside ?? sql<Beside>`null`);
  return posts
    .flatMap(({ post, beside: found }): readonly (HeldPost & { readonly beside: Beside })[] => {
      if (post.holder?.personId === personId) return [{ ...post, holder: post.holder, acting: null, beside: found }];
      return post.aside?.personId === personId ? [{ ...post, holder: post.aside, acting: post.holder, beside: found }] : [];
    })
    .toSorted((a, b) => Number(isMandate(a.holder.kind)) - Number(isMandate(b.holder.kind)));
};

/** A unit with the letterhead it uses (its own or the nearest above it) and the unit that registers its letters. */
export type Office = { readonly unitId: Id; readonly code: string; readonly name: string; readonly letterhead: Letterhead | null };

/** The nearest unit at or above `unitId` that has a letterhead of its own: the office that numbers and registers letters. */
export const officeOf = async (tx: Tx, tenantId: Id, unitId: Id, at: Instant): Promise<Office | undefined> => {
  const { rows } = await sql<{ id: Id; facts: UnitFacts }>`
    with recursive up as (select u.id, u.parent_id, u.facts, 0 as depth from unit_period u where u.tenant_id = ${tenantId} and u.id = ${unitId} and ${during(u, at)}
      union all select u.id, u.parent_id, u.facts, up.depth + 1 from unit_period u join up on u.id = up.parent_id where u.tenant_id = ${tenantId} and ${during(u, at)} and up.depth < 20)
    select id, facts from up where jsonb_typeof(facts->'letterhead') = 'object' order by depth limit 1`.execute(tx);
  const row = rows[0];
  return row === undefined ? undefined : { unitId: row.id, code: row.facts.code, name: row.facts.name, letterhead: row.facts.letterhead };
};

/** The name that a unit had at the instant, or had last before it; `undefined` when there was none. */
export const unitName = async (tx: Tx, tenantId: Id, unitId: Id, at: Instant): Promise<string | undefined> =>
  (await tx.selectFrom("unit_period").select("name").where("tenant_id", "=", tenantId).where("id", "=", unitId).where("since", "<=", new Date(at)).orderBy("since", "desc").limit(1).executeTakeFirst())?.name;

/** The posts with the registrar function in an office: where its incoming letters arrive. */
export const registrarsOf = async (tx: Tx, tenantId: Id, officeId: Id, at: Instant): Promise<readonly Post[]> =>
  (await postsOfUnit(tx, tenantId, officeId, at)).filter((post) => post.functions.includes("registrar"));

/** What the government has decided about authority. */
export const policyOf = async (tx: Tx, tenantId: Id): Promise<Policy> => wholePolicy((await organisationKinds.policies.store.find(tx, tenantId, tenantId))?.state ?? defaultPolicy);

/** The delegations that could let a post sign in another's name: those to it, and those to whoever gave it one. */
export const delegationsTo = async (tx: Tx, tenantId: Id, positionId: Id): Promise<readonly DelegationState[]> => {
  const { rows } = await sql<{ state: DelegationState }>`
    select d.state from delegation d where d.tenant_id = ${tenantId} and (d.to_id = ${positionId}
      or d.to_id in (select e.from_id from delegation e where e.tenant_id = ${tenantId} and e.to_id = ${positionId})) order by d.id`.execute(tx);
  return rows.map((row) => row.state);
};

/** Other governments that the exchange reaches, by name. */
export const partners = async (tx: Tx, tenantId: Id, text: string): Promise<readonly { readonly tenant_id: Id; readonly name: string; readonly kind: string }[]> =>
  (await sql<{ tenant_id: Id; name: string; kind: string }>`select tenant_id, name, kind from door_tenants() where tenant_id <> ${tenantId} and name ilike ${like(text)} order by name limit 50`.execute(tx)).rows;

// What the rules ask before they decide; gathered after the locks.

/** Held until the transaction ends: two admins who change the tree at once could close a loop that neither of them sees. */
export const lockTree = (tx: Tx, tenantId: Id): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`tree/${tenantId}`}, 0))`.execute(tx);

/** The unit and all above it at the instant; null when there is no such unit then, empty for no unit at all. */
export const unitsAbove = async (tx: Tx, tenantId: Id, unitId: Id | null, at: Instant): Promise<readonly Id[] | null> => {
  if (unitId === null) return [];
  const { rows } = await sql<{ id: Id }>`
    with recursive up as (select u.id, u.parent_id, 0 as depth from unit_period u where u.tenant_id = ${tenantId} and u.id = ${unitId} and ${during(u, at)}
      union all select u.id, u.parent_id, up.depth + 1 from unit_period u join up on u.id = up.parent_id where u.tenant_id = ${tenantId} and ${during(u, at)} and up.depth < 30)
    select id from up`.execute(tx);
  return rows.length === 0 ? null : rows.map((row) => row.id);
};

/** The post and all above it at the instant; null when there is no such post then, empty for no post at all. */
export const postsAbove = async (tx: Tx, tenantId: Id, positionId: Id | null, at: Instant): Promise<readonly Id[] | null> => {
  if (positionId === null) return [];
  if ((await postById(tx, tenantId, positionId, at)) === undefined) return null;
  return [positionId, ...(await superiorsOf(tx, tenantId, positionId, at)).map((post) => post.id)];
};

/** How many units and posts a unit has under it at the instant or later. */
export const contentsOf = async (tx: Tx, tenantId: Id, unitId: Id, at: Instant): Promise<{ readonly units: number; readonly posts: number }> => {
  const { rows } = await sql<{ units: string; posts: string }>`select
    (select count(*) from unit_period where tenant_id = ${tenantId} and parent_id = ${unitId} and (until is null or ${at}::timestamptz < until)) as units,
    (select count(*) from position_period where tenant_id = ${tenantId} and unit_id = ${unitId} and (until is null or ${at}::timestamptz < until)) as posts`.execute(tx);
  return { units: Number(rows[0]?.units ?? 0), posts: Number(rows[0]?.posts ?? 0) };
};

/** How many people hold a post, and how many posts report to it, at the instant or later. */
export const dependantsOf = async (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<{ readonly holders: number; readonly subordinates: number }> => {
  const { rows } = await sql<{ holders: string; subordinates: string }>`select
    (select count(*) from holding where tenant_id = ${tenantId} and position_id = ${positionId} and (until is null or (${at}::timestamptz < instant_of(until) and since < until))) as holders,
    (select count(*) from position_period where tenant_id = ${tenantId} and superior_id = ${positionId} and (until is null or ${at}::timestamptz < until)) as subordinates`.execute(tx);
  return { holders: Number(rows[0]?.holders ?? 0), subordinates: Number(rows[0]?.subordinates ?? 0) };
};

const holdingsOf = (tenantId: Id) => sql`hashtextextended(${`holdings/${tenantId}`}, 0)`;

/** All holdings of a post, past and coming; whoever asks second waits for the first to finish, and everyone for whoever holds them all. */
export const lockHoldings = async (tx: Tx, tenantId: Id, positionId: Id): Promise<readonly OtherHolding[]> => {
  await sql`select pg_advisory_xact_lock_shared(${holdingsOf(tenantId)}), pg_advisory_xact_lock(hashtextextended(${`post/${tenantId}/${positionId}`}, 0))`.execute(tx);
  const { rows } = await sql<{ state: HoldingState; name: string }>`
    select h.state, n.name from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id where h.tenant_id = ${tenantId} and h.position_id = ${positionId}`.execute(tx);
  return rows.map(({ state, name }) => ({ personId: state.personId, kind: state.kind, since: state.since, until: state.until, name }));
};

/** All holdings of many posts; a lock on each would be more than the database has room for, so that one stands for them all. */
export const lockAllHoldings = async (tx: Tx, tenantId: Id, positionIds: readonly Id[]): Promise<ReadonlyMap<Id, readonly (OtherHolding & { readonly id: Id })[]>> => {
  await sql`select pg_advisory_xact_lock(${holdingsOf(tenantId)})`.execute(tx);
  const { rows } = await sql<{ id: Id; state: HoldingState; name: string }>`
    select h.id, h.state, n.name from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id where h.tenant_id = ${tenantId} and h.position_id = any(${sql.val([...new Set(positionIds)])}::uuid[])`.execute(tx);
  return Map.groupBy(rows.map(({ id, state, name }) => ({ id, positionId: state.positionId, personId: state.personId, kind: state.kind, since: state.since, until: state.until, name })), (each) => each.positionId);
};

/** A person, with the post that he holds first; undefined in another tenant or nowhere. */
export const personById = async (tx: Tx, tenantId: Id, personId: Id, at: Instant): Promise<{ readonly name: string; readonly nip: string | null; readonly post: string | null } | undefined> => {
  const state = (await organisationKinds.persons.store.find(tx, tenantId, personId))?.state;
  return state == null ? undefined : { name: state.name, nip: state.nip, post: (await postsHeldBy(tx, tenantId, personId, at))[0]?.title ?? null };
};

/** The posts directly below any of these. */
export const postsUnder = (tx: Tx, tenantId: Id, superiorIds: readonly Id[], at: Instant): Promise<readonly Post[]> =>
  superiorIds.length === 0 ? Promise.resolve([]) : selectPosts(tx, tenantId, at, sql`p.superior_id in (${sql.join([...superiorIds])})`);

/** Who answers for the work of a post at the instant: the post itself while someone holds it, else (also when it has ended) the nearest superior who is held; undefined when nobody does. */
export const answerableFor = async (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<Post | undefined> => {
  const own = await postById(tx, tenantId, positionId, at);
  return own?.holder != null ? own : (await superiorsOf(tx, tenantId, positionId, at)).find((post) => post.holder !== null);
};

/** The vacant posts with waiting work that this post answers for: those below it with nobody held in between, and those that ended with work still on their desk. */
export const vacantUnder = async (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<readonly { readonly id: Id; readonly title: string; readonly unit: string; readonly waiting: number }[]> => {
  const isVacant = sql`(p.until <= ${at}::timestamptz or not exists (select from holding h where h.tenant_id = p.tenant_id and h.position_id = p.id and instant_of(h.since) <= ${at}::timestamptz and (h.until is null or ${at}::timestamptz < instant_of(h.until))))`;
  const { rows } = await sql<{ id: Id; title: string; unit: string; waiting: string }>`
    with recursive vacant as (
      select p.id, p.title, p.unit_id, 1 as depth from position_period p where p.tenant_id = ${tenantId} and p.superior_id = ${positionId} and ${isLastKnown(p, at)} and ${isVacant}
      union all select p.id, p.title, p.unit_id, vacant.depth + 1 from position_period p join vacant on p.superior_id = vacant.id where p.tenant_id = ${tenantId} and ${isLastKnown(p, at)} and ${isVacant} and vacant.depth < 20)
    select v.id, v.title, u.name as unit, count(d.thing_id) as waiting from vacant v
    join duty d on d.tenant_id = ${tenantId} and d.position_id = v.id
    join lateral (select w.name from unit_period w where w.tenant_id = ${tenantId} and w.id = v.unit_id and w.since <= ${at}::timestamptz order by w.since desc limit 1) u on true
    group by v.id, v.title, u.name order by v.title limit 50`.execute(tx);
  return rows.map((row) => ({ ...row, waiting: Number(row.waiting) }));
};

/** How many things wait on each of these desks. */
export const waitingAt = async (tx: Tx, tenantId: Id, positionIds: readonly Id[]): Promise<(positionId: Id) => number> => {
  const rows = positionIds.length === 0 ? [] : await tx.selectFrom("duty").select(["position_id", (e) => e.fn.countAll<string>().as("n")]).where("tenant_id", "=", tenantId).where("position_id", "in", [...positionIds]).groupBy("position_id").execute();
  const counts = new Map(rows.map((row) => [row.position_id, Number(row.n)]));
  return (positionId) => counts.get(positionId) ?? 0;
};

/** May this actor give or take mandates over the post? Whoever answers for a post above it; for the top of the tree, whose superior sits elsewhere, the admin enters the decree that came. */
export const isCompetentFor = async (tx: Tx, positionId: Id, by: Actor): Promise<boolean> => {
  if (by.asideFor !== null) return false;
  const above = await superiorsOf(tx, by.tenantId, positionId, by.at);
  return above.length === 0 ? by.functions.includes("admin") : above.some((post) => post.id === by.positionId);
};
