import type { contract, Result } from "@lontar/contract";
import { sql } from "kysely";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import type { Id, Instant } from "../kernel/ids.ts";
import { NotFound } from "../kernel/refusal.ts";
import type { Seal } from "../kernel/seal.ts";
import type { Dated, Decree } from "./dated.ts";
import type { DelegationState } from "./delegation.ts";
import type { HoldingState } from "./holding.ts";
import { isInForce, isMandate, phaseOf } from "./mandate.ts";
import { maskedNik, type PersonState } from "./person.ts";
import { wholePolicy, type PolicyState } from "./policy.ts";
import type { PositionFacts } from "./position.ts";
import { delegationsTo, isCompetentFor, officeOf, organisationKinds, policyOf, postById, postsAsKnown, postsBelow, postsOfUnit, postsUnder, searchPosts, waitingAt, type Holder, type Post } from "./store.ts";
import type { UnitFacts } from "./unit.ts";

type Chart = Result<(typeof contract)["organisation.chart"]>;
type HolderView = Chart["posts"][number]["holder"];

const holderView = (holder: Holder | null): HolderView =>
  holder === null ? null : { holdingId: holder.holdingId, personId: holder.personId, name: holder.name, kind: holder.kind, basis: holder.basis, since: holder.since, until: holder.until };

const everyone = 1_000_000;

/** The tree of units and posts as it stands at an instant, with who holds what; counts of waiting work are those of now. */
export const chart = async (tx: Tx, tenantId: Id, at: Instant): Promise<Chart> => {
  const { rows: units } = await sql<{ id: Id; facts: UnitFacts }>`
    select id, facts from unit_period where tenant_id = ${tenantId} and since <= ${at}::timestamptz and (until is null or ${at}::timestamptz < until) order by facts->>'code', id`.execute(tx);
  const posts = await searchPosts(tx, tenantId, "", at, everyone);
  const waiting = await waitingAt(tx, tenantId, posts.map((post) => post.id));
  return {
    at,
    units: units.map(({ id, facts }) => ({ id, code: facts.code, name: facts.name, shortName: facts.shortName, parentId: facts.parentId, kind: facts.kind, hasLetterhead: facts.letterhead !== null })),
    posts: posts.map((post) => ({
      id: post.id, unitId: post.unitId, title: post.title, shortTitle: post.shortTitle, superiorId: post.superiorId, role: post.role, functions: [...post.functions],
      holder: holderView(post.holder), aside: holderView(post.aside), waiting: waiting(post.id),
    })),
    changes: await changes(tx, tenantId),
  };
};

// So many dots fit on a time line; the newest matter most.
const shownChanges = 200;

/** The moments at which the tree or its holders changed or will change, newest first. */
const changes = async (tx: Tx, tenantId: Id): Promise<Chart["changes"]> => {
  const { rows } = await sql<{ at: Date; what: string }>`
    select at, string_agg(what, '; ' order by what) as what from (
      select since as at, 'unit: ' || name as what from unit_period where tenant_id = ${tenantId}
      union all select since, 'jabatan: ' || title from position_period where tenant_id = ${tenantId}
      union all select instant_of(h.since), n.name from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id where h.tenant_id = ${tenantId}) c
    group by at order by at desc limit ${shownChanges}`.execute(tx);
  return rows.map((row) => ({ at: row.at.toISOString(), what: row.what.length > 200 ? `${row.what.slice(0, 199)}…` : row.what }));
};

const periodsOf = <Facts>(state: Dated<Facts>): readonly { readonly since: Instant; readonly until: Instant | null; readonly facts: Facts | null; readonly decree: Decree | null }[] =>
  state.periods.map((period, index) => ({ since: period.since, until: state.periods[index + 1]?.since ?? null, facts: period.facts, decree: period.basis }));

/** A unit through time. */
export const unitHistory = async (tx: Tx, id: Id, by: Actor): Promise<Result<(typeof contract)["organisation.unit"]>> => {
  const state = (await organisationKinds.units.store.find(tx, by.tenantId, id))?.state;
  if (state == null) throw new NotFound("unit");
  return { id, periods: periodsOf(state).map(({ facts, ...period }) => ({ ...period, facts: facts === null ? null : { ...facts, letterhead: facts.letterhead === null ? null : { ...facts.letterhead, lines: [...facts.letterhead.lines], address: [...facts.letterhead.address] } } })) };
};

/** A post through time, with everyone who has held it or will. */
export const postHistory = async (tx: Tx, id: Id, by: Actor): Promise<Result<(typeof contract)["organisation.post"]>> => {
  const state = (await organisationKinds.positions.store.find(tx, by.tenantId, id))?.state;
  if (state == null) throw new NotFound("position");
  const { rows } = await sql<{ id: Id; state: HoldingState; name: string }>`
    select h.id, h.state, n.name from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id where h.tenant_id = ${by.tenantId} and h.position_id = ${id} order by h.since desc, h.id desc limit 200`.execute(tx);
  return {
    id,
    periods: periodsOf<PositionFacts>(state).map(({ facts, ...period }) => ({ ...period, facts: facts === null ? null : { ...facts, functions: [...facts.functions] } })),
    holders: rows.map((row) => ({ holdingId: row.id, personId: row.state.personId, name: row.name, kind: row.state.kind, basis: row.state.basis, since: row.state.since, until: row.state.until, decree: row.state.decree ?? null, ended: row.state.ended == null ? null : { at: row.state.ended.at, by: row.state.ended.by, reason: row.state.ended.reason } })),
    waiting: (await waitingAt(tx, by.tenantId, [id]))(id),
  };
};

/** What a change of a unit's or post's place would take along: everyone below, their open work, and whether their letters get another letterhead. */
export const preview = async (tx: Tx, input: { readonly kind: "unit" | "post"; readonly id: Id; readonly parentId: Id | null; readonly at: Instant }, by: Actor): Promise<Result<(typeof contract)["organisation.preview"]>> => {
  const office = async (unitId: Id | null): Promise<string | null> => (unitId === null ? null : ((await officeOf(tx, by.tenantId, unitId, input.at))?.name ?? null));
  if (input.kind === "unit") {
    const posts = await postsOfUnit(tx, by.tenantId, input.id, input.at);
    const { rows: units } = await sql<{ id: Id; name: string }>`
      with recursive below as (select id, name from unit_period where tenant_id = ${by.tenantId} and parent_id = ${input.id} and since <= ${input.at}::timestamptz and (until is null or ${input.at}::timestamptz < until)
        union select u.id, u.name from unit_period u join below on u.parent_id = below.id where u.tenant_id = ${by.tenantId} and u.since <= ${input.at}::timestamptz and (u.until is null or ${input.at}::timestamptz < u.until))
      select id, name from below order by name limit 200`.execute(tx);
    return { posts: await movedPosts(tx, by.tenantId, posts), units, officeBefore: await office(input.id), officeAfter: await office(input.parentId) };
  }
  const post = (await postsAsKnown(tx, by.tenantId, [input.id], input.at)).get(input.id);
  return { posts: post === undefined ? [] : await movedPosts(tx, by.tenantId, [post]), units: [], officeBefore: await office(post?.unitId ?? null), officeAfter: await office(input.parentId) };
};

const movedPosts = async (tx: Tx, tenantId: Id, posts: readonly Post[]) => {
  const waiting = await waitingAt(tx, tenantId, posts.map((post) => post.id));
  return posts.map((post) => ({ id: post.id, title: post.title, holder: post.holder?.name ?? null, waiting: waiting(post.id) }));
};

/** People by name, NIP or NIK (found by its keyed hash, shown masked). */
export const people = async (tx: Tx, seal: Seal, input: { readonly q: string; readonly cursor?: string | undefined; readonly limit: number }, by: Actor): Promise<Result<(typeof contract)["organisation.people"]>> => {
  const text = input.q.trim();
  const keyed = /^\d{16}$/.test(text) ? seal.keyed("nik", text) : null;
  const { rows } = await sql<{ id: Id; state: PersonState; sealed: Buffer | null; username: string | null; posts: readonly { positionId: Id; title: string; kind: HoldingState["kind"] }[] }>`
    select n.id, n.state, k.sealed, a.username,
      coalesce((select jsonb_agg(jsonb_build_object('positionId', p.id, 'title', p.title, 'kind', h.kind) order by h.kind, p.title)
        from holding h join position_period p on p.tenant_id = h.tenant_id and p.id = h.position_id and p.since <= ${by.at}::timestamptz and (p.until is null or ${by.at}::timestamptz < p.until)
        where h.tenant_id = n.tenant_id and h.person_id = n.id and instant_of(h.since) <= ${by.at}::timestamptz and (h.until is null or ${by.at}::timestamptz < instant_of(h.until))), '[]') as posts
    from person n left join person_nik k on k.tenant_id = n.tenant_id and k.person_id = n.id left join account a on a.tenant_id = n.tenant_id and a.id = n.id
    where n.tenant_id = ${by.tenantId} and (${text} = '' or n.name ilike ${`%${text.replaceAll(/[%_\\]/g, "\\$&")}%`} or n.state->>'nip' = ${text} or k.keyed = ${keyed})
      and (${input.cursor ?? null}::text is null or n.name || ' ' || n.id::text > ${input.cursor ?? ""})
    order by n.name || ' ' || n.id::text limit ${input.limit + 1}`.execute(tx);
  const shown = rows.slice(0, input.limit);
  const last = shown.at(-1);
  return {
    items: shown.map(({ id, state, sealed, username, posts }) => ({
      id, name: state.name, nip: state.nip, rank: state.rank, grade: state.grade ?? null, email: state.email, username, posts: [...posts],
      nik: sealed === null ? null : maskedNik(seal.open(`nik/${id}`, sealed).toString("utf8")),
    })),
    next: rows.length > input.limit && last !== undefined ? `${last.state.name} ${last.id}` : null,
  };
};

/** A person's NIK in the open: for the one call to a certification provider that knows people by it, never for a screen. */
export const nikOf = async (tx: Tx, seal: Seal, tenantId: Id, personId: Id): Promise<string | undefined> => {
  const row = await tx.selectFrom("person_nik").select("sealed").where("tenant_id", "=", tenantId).where("person_id", "=", personId).executeTakeFirst();
  return row === undefined ? undefined : seal.open(`nik/${personId}`, row.sealed).toString("utf8");
};

type MandateView = Result<(typeof contract)["mandates.list"]>[number];

/** Mandates of the government, the running and coming ones or all, newest first. */
export const mandates = async (tx: Tx, input: { readonly status: "berjalan" | "semua" }, by: Actor): Promise<readonly MandateView[]> => {
  const all = input.status === "semua";
  const { rows: held } = await sql<{ id: Id; state: HoldingState; name: string }>`
    select h.id, h.state, n.name from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id
    where h.tenant_id = ${by.tenantId} and h.kind in ('plt', 'plh') and (${all} or h.until is null or (h.until > ${by.at} and h.since < h.until)) order by h.since desc, h.id desc limit 300`.execute(tx);
  const { rows: given } = await sql<{ id: Id; state: DelegationState }>`
    select id, state from delegation where tenant_id = ${by.tenantId} and (${all} or state->>'until' is null or (state->>'until' > ${by.at} and state->>'since' < state->>'until')) order by state->>'since' desc, id desc limit 300`.execute(tx);
  const posts = await postsAsKnown(tx, by.tenantId, [...held.map((row) => row.state.positionId), ...given.flatMap((row) => [row.state.fromId, row.state.toId])], by.at);
  const place = (id: Id): MandateView["from"] => ({ id, title: posts.get(id)?.title ?? "", holder: definitiveOf(posts.get(id))?.name ?? null });
  const competent = new Set<Id>();
  for (const id of new Set([...held.map((row) => row.state.positionId), ...given.map((row) => row.state.fromId)])) if (await isCompetentFor(tx, id, by)) competent.add(id);
  const views = [
    ...held.map(({ id, state, name }): MandateView => ({
      id, kind: isMandate(state.kind) && state.kind === "plt" ? "plt" : "plh", status: phaseOf(state, state.ended?.revoked === true, by.at), from: place(state.positionId), to: { id: state.personId, title: "", holder: name },
      basis: state.basis ?? "", decree: decreeView(state.decree ?? null), scope: scopeView(state.scope ?? null), since: state.since, until: state.until, ended: state.ended == null ? null : { at: state.ended.at, by: state.ended.by, reason: state.ended.reason },
      may: competent.has(state.positionId) && (state.until === null || by.at < state.until) ? ["revoke"] : [],
    })),
    ...given.map(({ id, state }): MandateView => ({
      id, kind: state.kind, status: phaseOf(state, state.ended !== null, by.at), from: place(state.fromId), to: place(state.toId), basis: state.basis, decree: decreeView(state.decree), scope: scopeView(state.scope), since: state.since, until: state.until, ended: state.ended,
      may: (state.fromId === by.positionId || competent.has(state.fromId)) && (state.until === null || by.at < state.until) ? ["revoke"] : [],
    })),
  ];
  return views.toSorted((a, b) => b.since.localeCompare(a.since));
};

const definitiveOf = (post: Post | undefined): Holder | null => (post?.aside?.kind === "definitif" ? post.aside : (post?.holder ?? null));
const decreeView = (decree: Decree | null): MandateView["decree"] => decree ?? { number: "", date: "2000-01-01", letterId: null, file: null };
const scopeView = (scope: HoldingState["scope"]): MandateView["scope"] => (scope == null ? null : { types: [...scope.types], classifications: [...scope.classifications] });

/** A decree's scan, when something of the organisation names it. */
export const decreeFile = async (tx: Tx, sha256: string, by: Actor): Promise<{ readonly name: string; readonly mediaType: string } | undefined> =>
  (
    await sql<{ name: string; mediaType: string }>`
      select d.file->>'name' as name, b.media_type as "mediaType" from (
        select state->'decree'->'file' as file from holding where tenant_id = ${by.tenantId}
        union all select state->'decree'->'file' from delegation where tenant_id = ${by.tenantId}
        union all select state->'decree'->'file' from inspection where tenant_id = ${by.tenantId}
        union all select p->'basis'->'file' from unit, jsonb_array_elements(state->'periods') p where tenant_id = ${by.tenantId}
        union all select p->'basis'->'file' from position, jsonb_array_elements(state->'periods') p where tenant_id = ${by.tenantId}) d
      join blob b on b.tenant_id = ${by.tenantId} and b.sha256 = d.file->>'sha256' where d.file->>'sha256' = ${sha256} limit 1`.execute(tx)
  ).rows[0];

type MandatePost = Result<(typeof contract)["mandates.proposal"]>["post"];
type Proposal = Result<(typeof contract)["mandates.proposal"]>;
type Relation = Proposal["people"][number]["relation"];

const mandatePost = (post: Post, waiting: number): MandatePost => {
  const holder = definitiveOf(post);
  return { id: post.id, title: post.title, unit: post.unitName, holder: holder?.name ?? null, holding: holder?.kind ?? null, until: holder?.until ?? null, waiting };
};

// So many rows stand in a picker; the search finds the others.
const shownChoices = 40;

/** The posts over which this actor may name a Plh. or Plt., and his own, whose authority he may delegate. */
export const mandatePosts = async (tx: Tx, input: { readonly q: string }, by: Actor): Promise<Result<(typeof contract)["mandates.posts"]>> => {
  const text = input.q.trim().toLowerCase();
  const matches = (post: Post): boolean => `${post.title} ${post.unitName} ${definitiveOf(post)?.name ?? ""}`.toLowerCase().includes(text);
  const own = await postById(tx, by.tenantId, by.positionId, by.at);
  const isAdmin = by.functions.includes("admin");
  const reached = isAdmin ? (await searchPosts(tx, by.tenantId, "", by.at, everyone)).filter((post) => post.superiorId === null) : await postsBelow(tx, by.tenantId, by.positionId, by.at);
  const nearest = [...reached.filter((post) => post.superiorId === by.positionId), ...reached.filter((post) => post.superiorId !== by.positionId)];
  const below = by.asideFor === null ? nearest.filter(matches).slice(0, shownChoices) : [];
  const waiting = await waitingAt(tx, by.tenantId, [by.positionId, ...below.map((post) => post.id)]);
  const delegates = own !== undefined && by.asideFor === null && own.functions.some((name) => name === "leader" || name === "signer") && matches(own);
  return { own: delegates ? mandatePost(own, waiting(own.id)) : null, below: below.map((post) => mandatePost(post, waiting(post.id))) };
};

/** Who could act for a post: first its nearest subordinates, then the heads of the same level, then its superior; a search finds anyone who holds a post. */
export const proposal = async (tx: Tx, input: { readonly id: Id; readonly q: string }, by: Actor): Promise<Proposal> => {
  const post = await postById(tx, by.tenantId, input.id, by.at);
  if (post === undefined) throw new NotFound("position");
  const definitive = definitiveOf(post)?.kind === "definitif" ? definitiveOf(post) : null;
  const below = await postsUnder(tx, by.tenantId, [post.id], by.at);
  const twoBelow = await postsUnder(tx, by.tenantId, below.map((one) => one.id), by.at);
  const superior = post.superiorId === null ? undefined : await postById(tx, by.tenantId, post.superiorId, by.at);
  const sameLevel = superior === undefined ? [] : (await postsUnder(tx, by.tenantId, [superior.id], by.at)).filter((one) => one.id !== post.id && one.role === post.role);
  const near = new Map<Id, Relation>([...below.map((one) => [one.id, "bawahan"] as const), ...sameLevel.map((one) => [one.id, "setingkat"] as const), ...(superior === undefined ? [] : [[superior.id, "atasan"] as const]), ...twoBelow.map((one) => [one.id, "bawahan"] as const)]);
  const found = input.q.trim() === "" ? [...below, ...sameLevel, ...(superior === undefined ? [] : [superior]), ...twoBelow.filter((one) => one.functions.includes("leader"))] : await searchPosts(tx, by.tenantId, input.q, by.at, shownChoices);
  const people = new Map<Id, Proposal["people"][number]>();
  for (const one of found) {
    const holder = definitiveOf(one);
    if (holder !== null && holder.personId !== definitive?.personId && !people.has(holder.personId)) people.set(holder.personId, { personId: holder.personId, name: holder.name, post: one.title, relation: near.get(one.id) ?? "lain" });
  }
  const { rows: standing } = await sql<{ state: HoldingState; name: string }>`
    select h.state, n.name from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id
    where h.tenant_id = ${by.tenantId} and h.position_id = ${post.id} and h.kind <> 'definitif' and (h.until is null or h.until > ${by.at}) and (h.until is null or h.since < h.until) order by h.since limit 20`.execute(tx);
  const policy = await policyOf(tx, by.tenantId);
  const { rows: beyond } = await sql<{ code: string; name: string | null }>`
    select b.code, c.name from unnest(${sql.val([...policy.beyondMandate])}::text[]) with ordinality as b(code, n) left join classification c on c.code = b.code order by b.n`.execute(tx);
  const isOwn = post.id === by.positionId && by.asideFor === null;
  const hasAn = isOwn && (await delegationsTo(tx, by.tenantId, post.id)).some((one) => one.kind === "an" && one.toId === post.id && isInForce(one, by.at));
  return {
    post: mandatePost(post, (await waitingAt(tx, by.tenantId, [post.id]))(post.id)),
    kind: definitive === null ? "plt" : "plh",
    people: [...people.values()].slice(0, shownChoices),
    receivers: isOwn ? below.map((one) => ({ id: one.id, title: one.title, holder: one.holder?.name ?? null })) : [],
    standing: standing.map(({ state, name }) => ({ kind: state.kind, name, since: state.since, until: state.until })),
    delegations: isOwn ? ["an", ...(hasAn ? ["ub" as const] : [])] : [],
    blocksHolder: policy.holderWhileActing === "blocked",
    beyond: beyond.map(({ code, name }) => ({ code, name: name ?? "" })),
    may: [...((await isCompetentFor(tx, post.id, by)) ? ["give" as const] : []), ...(isOwn && below.length > 0 ? ["delegate" as const] : [])],
  };
};

/** What the job of a turn has to say: which post, whose authority, and to whom it is sent. */
export type Turn = {
  readonly kind: HoldingState["kind"] | DelegationState["kind"];
  readonly since: Instant;
  readonly until: Instant | null;
  readonly basis: string | null;
  readonly title: string;
  readonly name: string;
  readonly posts: readonly Id[];
  readonly people: readonly { readonly id: Id; readonly name: string; readonly email: string | null }[];
};

const reachable = async (tx: Tx, tenantId: Id, ids: readonly Id[]): Promise<Turn["people"]> =>
  ids.length === 0 ? [] : (await sql<{ id: Id; state: PersonState }>`select id, state from person where tenant_id = ${tenantId} and id in (${sql.join([...new Set(ids)])})`.execute(tx)).rows.map(({ id, state }) => ({ id, name: state.name, email: state.email }));

/** A holding or delegation as the notice of its beginning or end needs it. */
export const turnOf = async (tx: Tx, tenantId: Id, of: string, id: Id, at: Instant): Promise<Turn | undefined> => {
  if (of === "delegation") {
    const state = (await organisationKinds.delegations.store.find(tx, tenantId, id))?.state;
    if (state == null) return undefined;
    const posts = await postsAsKnown(tx, tenantId, [state.fromId, state.toId], at);
    const holders = [...posts.values()].flatMap((post) => [post.holder, post.aside]).flatMap((holder) => holder?.personId ?? []);
    return { ...state, title: posts.get(state.fromId)?.title ?? "", name: posts.get(state.toId)?.title ?? "", posts: [state.fromId, state.toId], people: await reachable(tx, tenantId, holders) };
  }
  const state = (await organisationKinds.holdings.store.find(tx, tenantId, id))?.state;
  if (state == null) return undefined;
  const post = (await postsAsKnown(tx, tenantId, [state.positionId], at)).get(state.positionId);
  const ids = [state.personId, ...[post?.holder, post?.aside].flatMap((holder) => holder?.personId ?? [])];
  const people = await reachable(tx, tenantId, ids);
  return { kind: state.kind, since: state.since, until: state.until, basis: state.basis, title: post?.title ?? "", name: people.find((person) => person.id === state.personId)?.name ?? "", posts: [state.positionId], people };
};

/** The rules as the contract shows them. */
export const policyView = (rules: PolicyState): Result<(typeof contract)["organisation.policy"]> => {
  const { holderWhileActing, beyondMandate, emergencyMinutes, strongEntry } = wholePolicy(rules);
  return { holderWhileActing, beyondMandate: [...beyondMandate], emergencyMinutes, strongEntry: { ...strongEntry, groups: [...strongEntry.groups] } };
};

const shownRules = 50;

/** Who set the rules to what and when, newest first: told by the events themselves. */
export const policyHistory = async (tx: Tx, by: Actor): Promise<Result<(typeof contract)["organisation.policyHistory"]>> => {
  const { rows } = await sql<{ event_id: Id; at: Date; who: { person: string; position: string } | null; body: { state: PolicyState } | null }>`
    select event_id, at, who, body from event where tenant_id = ${by.tenantId} and kind = 'policy' and thing_id = ${by.tenantId} order by event_id desc limit ${shownRules}`.execute(tx);
  return rows.flatMap(({ event_id, at, who, body }) => (body === null ? [] : [{ eventId: event_id, at: at.toISOString(), person: who?.person ?? "", post: who?.position ?? "", rules: policyView(body.state) }]));
};
