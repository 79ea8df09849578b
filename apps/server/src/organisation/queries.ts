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
import { isMandate, phaseOf } from "./mandate.ts";
import { maskedNik, type PersonState } from "./person.ts";
import type { PositionFacts } from "./position.ts";
import { isCompetentFor, officeOf, organisationKinds, postsAsKnown, postsOfUnit, searchPosts, waitingAt, type Holder, type Post } from "./store.ts";
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
    from person n left join person_nik k on k.tenant_id = n.tenant_id and k.person_id = n.id left join account a on a.tenant_id = n.tenant_id and a.person_id = n.id
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

type MandateView = Result<(typeof contract)["mandates.list"]>[number];

/** Mandates of the government, the running and coming ones or all, newest first. */
export const mandates = async (tx: Tx, input: { readonly status: "berjalan" | "semua" }, by: Actor): Promise<readonly MandateView[]> => {
  const all = input.status === "semua";
  const { rows: held } = await sql<{ id: Id; state: HoldingState; name: string }>`
    select h.id, h.state, n.name from holding h join person n on n.tenant_id = h.tenant_id and n.id = h.person_id
    where h.tenant_id = ${by.tenantId} and h.kind in ('plt', 'plh') and (${all} or h.until is null or h.until > ${by.at}) order by h.since desc, h.id desc limit 300`.execute(tx);
  const { rows: given } = await sql<{ id: Id; state: DelegationState }>`
    select id, state from delegation where tenant_id = ${by.tenantId} and (${all} or state->>'until' is null or state->>'until' > ${by.at}) order by state->>'since' desc, id desc limit 300`.execute(tx);
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
        union all select p->'basis'->'file' from unit, jsonb_array_elements(state->'periods') p where tenant_id = ${by.tenantId}
        union all select p->'basis'->'file' from position, jsonb_array_elements(state->'periods') p where tenant_id = ${by.tenantId}) d
      join blob b on b.tenant_id = ${by.tenantId} and b.sha256 = d.file->>'sha256' where d.file->>'sha256' = ${sha256} limit 1`.execute(tx)
  ).rows[0];
