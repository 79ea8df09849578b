import { sql } from "kysely";
import type { HoldingKind, PostFunction } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import type { Machine } from "../kernel/perform.ts";
import { stateStore, type StateTable } from "../kernel/state.ts";
import { answering, decideDefinition, evolveDefinition, type HoldingState, type Letterhead, type OrganisationCommand, type OrganisationEvent, type PersonState, type PositionState, type UnitState } from "./organisation.ts";

/** Machine and store of one kind of thing that is simply defined. */
export const definition = <State>(kind: StateTable, eventType: string) => {
  const store = stateStore<State | null>({ table: kind, none: null, open: true, subject: (id) => id });
  const machine: Machine<State | null, OrganisationCommand<State>, OrganisationEvent<State>> = {
    kind,
    subject: (id) => id,
    lock: store.lock,
    decide: decideDefinition<State>(eventType, (functions) => functions.includes("admin")),
    evolve: evolveDefinition<State>,
    save: store.save,
    later: () => [],
  };
  return { machine, store };
};

const units = definition<UnitState>("unit", "unit.defined");
const positions = definition<PositionState>("position", "position.defined");
const persons = definition<PersonState>("person", "person.defined");
const holdings = definition<HoldingState>("holding", "holding.defined");

/** Units of the organisation. */
export const unitMachine = units.machine;
/** Posts. */
export const positionMachine = positions.machine;
/** People. */
export const personMachine = persons.machine;
/** Who holds which post when. */
export const holdingMachine = holdings.machine;

/** A post with everything that rules, blocks and lists need to know about it on a given day. */
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
  readonly holder: {
    readonly holdingId: Id;
    readonly personId: Id;
    readonly name: string;
    readonly nip: string | null;
    readonly rank: string | null;
    readonly kind: HoldingKind;
    readonly basis: string | null;
  } | null;
};

type PostRow = { id: Id; state: PositionState; unit: UnitState; holdings: readonly { readonly id: Id; readonly state: HoldingState; readonly person: PersonState }[] };

const toPost = (row: PostRow, at: Instant): Post => {
  const holding = answering(row.holdings.map((held) => ({ ...held.state, held })), at);
  return {
    id: row.id,
    title: row.state.title,
    shortTitle: row.state.shortTitle,
    role: row.state.role,
    functions: row.state.functions,
    superiorId: row.state.superiorId,
    unitId: row.state.unitId,
    unitCode: row.unit.code,
    unitName: row.unit.name,
    holder: holding === undefined ? null : { holdingId: holding.held.id, personId: holding.personId, name: holding.held.person.name, nip: holding.held.person.nip, rank: holding.held.person.rank, kind: holding.kind, basis: holding.basis },
  };
};

const selectPosts = async (tx: Tx, tenantId: Id, at: Instant, where: ReturnType<typeof sql>): Promise<readonly Post[]> => {
  const { rows } = await sql<PostRow>`
    select p.id, p.state, u.state as unit,
      coalesce((select jsonb_agg(jsonb_build_object('id', h.id, 'state', h.state, 'person', n.state))
                from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id
                where h.tenant_id = p.tenant_id and h.position_id = p.id), '[]') as holdings
    from position p join unit u on u.tenant_id = p.tenant_id and u.id = p.unit_id
    where p.tenant_id = ${tenantId} and ${where}
    order by (p.state->>'order')::int, p.id`.execute(tx);
  return rows.map((row) => toPost(row, at));
};

/** The posts with these ids, in no promised order; unknown ids are simply absent. */
export const postsById = async (tx: Tx, tenantId: Id, ids: readonly Id[], at: Instant): Promise<ReadonlyMap<Id, Post>> => {
  const posts = ids.length === 0 ? [] : await selectPosts(tx, tenantId, at, sql`p.id in (${sql.join([...new Set(ids)])})`);
  return new Map(posts.map((post) => [post.id, post]));
};

/** One post, or `undefined` in another tenant or nowhere. */
export const postById = async (tx: Tx, tenantId: Id, id: Id, at: Instant): Promise<Post | undefined> => (await postsById(tx, tenantId, [id], at)).get(id);

/** Posts whose title, unit or holder contains the text, in the order of the organisation. */
export const searchPosts = (tx: Tx, tenantId: Id, text: string, at: Instant, limit = 50): Promise<readonly Post[]> =>
  selectPosts(tx, tenantId, at, text.trim() === "" ? sql`true` : sql`(p.title ilike ${like(text)} or u.name ilike ${like(text)} or exists (
    select from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id where h.tenant_id = p.tenant_id and h.position_id = p.id and n.name ilike ${like(text)}))`).then((posts) => posts.slice(0, limit));

const like = (text: string): string => `%${text.trim().replaceAll(/[%_\\]/g, "\\$&")}%`;

/** All posts of a unit and of the units below it. */
export const postsOfUnit = (tx: Tx, tenantId: Id, unitId: Id, at: Instant): Promise<readonly Post[]> =>
  selectPosts(tx, tenantId, at, sql`p.unit_id in (with recursive below as (select id from unit where tenant_id = ${tenantId} and id = ${unitId}
    union select u2.id from unit u2 join below on u2.parent_id = below.id where u2.tenant_id = ${tenantId}) select id from below)`);

/** The posts from this one up to the top, nearest superior first; ends at 20 levels (a loop is refused elsewhere). */
export const superiorsOf = async (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<readonly Post[]> => {
  const { rows } = await sql<{ id: Id; depth: number }>`
    with recursive up as (
      select superior_id as id, 1 as depth from position where tenant_id = ${tenantId} and id = ${positionId}
      union all select p.superior_id, up.depth + 1 from position p join up on p.id = up.id where p.tenant_id = ${tenantId} and up.depth < 20)
    select id, depth from up where id is not null order by depth`.execute(tx);
  const posts = await postsById(tx, tenantId, rows.map((row) => row.id), at);
  return rows.flatMap((row) => posts.get(row.id) ?? []);
};

/** The posts directly or indirectly below this one. */
export const postsBelow = (tx: Tx, tenantId: Id, positionId: Id, at: Instant): Promise<readonly Post[]> =>
  selectPosts(tx, tenantId, at, sql`p.id in (with recursive down as (select id from position where tenant_id = ${tenantId} and superior_id = ${positionId}
    union select p2.id from position p2 join down on p2.superior_id = down.id where p2.tenant_id = ${tenantId}) select id from down)`);

/** The posts that this person may act in at the instant, with the holding that gives each. */
export const postsHeldBy = async (tx: Tx, tenantId: Id, personId: Id, at: Instant): Promise<readonly Post[]> => {
  const posts = await selectPosts(tx, tenantId, at, sql`p.id in (select position_id from holding where tenant_id = ${tenantId} and person_id = ${personId})`);
  const { rows } = await sql<{ id: Id; position_id: Id; state: HoldingState; person: PersonState }>`
    select h.id, h.position_id, h.state, n.state as person from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id
    where h.tenant_id = ${tenantId} and h.person_id = ${personId}`.execute(tx);
  return posts.flatMap((post) => {
    const mine = answering(rows.filter((row) => row.position_id === post.id).map((row) => ({ ...row.state, row })), at);
    return mine === undefined ? [] : [{ ...post, holder: { holdingId: mine.row.id, personId, name: mine.row.person.name, nip: mine.row.person.nip, rank: mine.row.person.rank, kind: mine.kind, basis: mine.basis } }];
  });
};

/** A unit with the letterhead it uses (its own or the nearest above it) and the unit that registers its letters. */
export type Office = { readonly unitId: Id; readonly code: string; readonly name: string; readonly letterhead: Letterhead | null };

/** The nearest unit at or above `unitId` that has a letterhead of its own: the office that numbers and registers letters. */
export const officeOf = async (tx: Tx, tenantId: Id, unitId: Id): Promise<Office | undefined> => {
  const { rows } = await sql<{ id: Id; state: UnitState }>`
    with recursive up as (select id, parent_id, state, 0 as depth from unit where tenant_id = ${tenantId} and id = ${unitId}
      union all select u.id, u.parent_id, u.state, up.depth + 1 from unit u join up on u.id = up.parent_id where u.tenant_id = ${tenantId} and up.depth < 20)
    select id, state from up where jsonb_typeof(state->'letterhead') = 'object' order by depth limit 1`.execute(tx);
  const row = rows[0];
  return row === undefined ? undefined : { unitId: row.id, code: row.state.code, name: row.state.name, letterhead: row.state.letterhead };
};

/** The posts with the registrar function in an office: where its incoming letters arrive. */
export const registrarsOf = async (tx: Tx, tenantId: Id, officeId: Id, at: Instant): Promise<readonly Post[]> =>
  (await postsOfUnit(tx, tenantId, officeId, at)).filter((post) => post.functions.includes("registrar"));

/** The four kinds with their stores, for the integrity check. */
export const organisationKinds = { units, positions, persons, holdings } as const;

/** Other governments that the exchange reaches, by name. */
export const partners = async (tx: Tx, tenantId: Id, text: string): Promise<readonly { readonly tenant_id: Id; readonly name: string; readonly kind: string }[]> =>
  (await sql<{ tenant_id: Id; name: string; kind: string }>`select tenant_id, name, kind from door_tenants() where tenant_id <> ${tenantId} and name ilike ${like(text)} order by name limit 50`.execute(tx)).rows;
