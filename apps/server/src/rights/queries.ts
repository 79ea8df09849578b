import type { contract, Result } from "@lontar/contract";
import { sql } from "kysely";
import { hasFunction, nobody, type Actor, type HoldingKind } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { localDate, type Id, type Instant, type LocalDate } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { readingKeys, type Reader } from "../kernel/state.ts";
import { endOfDay, tell } from "../letters/index.ts";
import { during } from "../organisation/index.ts";
import { mandates, overseenLetters, reaches } from "../oversight/index.ts";
import type { ClassRight } from "../records/index.ts";
import { clauses, maySeeReaders, rules, seesNames } from "./rule.ts";

type Contract = typeof contract;
type Mine = Result<Contract["rights.mine"]>;
type Ground = Mine["grounds"][number];
type Readers = Result<Contract["rights.readers"]>;
type ReaderPerson = Readers["groups"][number]["people"][number];
type Through = Ground["through"];

/** A right with the act that gave it; the act is missing only when its event was never stored. */
type RightRow = {
  readonly holder: string; readonly rule: Reader["rule"]; readonly sight: Ground["sight"]; readonly since: Date;
  readonly event_id: Id | null; readonly type: string | null; readonly at: Date | null; readonly person_id: Id | null;
  readonly who: { readonly person: string; readonly position: string; readonly holding: HoldingKind } | null; readonly body: Readonly<Record<string, unknown>> | null;
};

const actOf = (row: RightRow): Ground["act"] =>
  row.event_id === null || row.type === null || row.at === null
    ? null
    : { eventId: row.event_id, at: row.at.toISOString(), sentence: tell(row.type, row.body).sentence, person: row.who?.person ?? "", post: row.who?.position ?? "", holding: row.who?.holding ?? "definitif", system: row.person_id === nobody };

const throughOf = (holder: string): Through => (holder.startsWith("person:") || holder.startsWith("emergency:") ? "orang" : holder.startsWith("registrar:") ? "unit" : "jabatan");

const giving = sql`r.holder, r.rule, r.sight, r.since, e.event_id, e.type, e.at, e.person_id, e.who, e.body`;

/** The rights that this actor has on the letter now, first given first. */
const groundsOf = async (tx: Tx, id: Id, by: Actor): Promise<readonly (RightRow & { readonly basis: string | null })[]> =>
  (await sql<RightRow & { readonly basis: string | null }>`select ${giving}, coalesce((select m.basis from (select state->>'basis' as basis from inspection m where m.tenant_id = r.tenant_id and r.holder = 'inspection:' || m.id) m),
      (select c.state->>'basis' from class_right c join position_period p on p.tenant_id = c.tenant_id and p.id = ${by.positionId}::uuid and ${during(sql`p`, by.at)}
       where c.tenant_id = r.tenant_id and split_part(r.holder, '/', 1) = 'class:' || c.prefix and c.state->'securities' ? split_part(r.holder, '/', 2) and c.since <= ${by.at} and (c.until is null or c.until > ${by.at})
         and (c.unit_id is null or split_part(r.holder, '/', 3) in (select u::text from units_under(c.tenant_id, c.unit_id, ${by.at}::timestamptz) as u))
         and (c.position_id = p.id or c.level = level_of_role(p.facts->>'role')) order by c.since limit 1)) as basis
    from reader r left join event e on e.tenant_id = r.tenant_id and e.event_id = r.event_id
    where r.tenant_id = ${by.tenantId} and r.subject_id = ${id} and r.holder = any(${sql.val([...readingKeys(by)])}::text[]) order by r.since, r.rule`.execute(tx)).rows;

/** Why may I see this? Every ground, those that open the inside first. */
export const mine = async (tx: Tx, id: Id, by: Actor): Promise<Mine> => {
  const rows = await groundsOf(tx, id, by);
  if (rows.length === 0) throw new NotFound("letter");
  const grounds = rows.map((row): Ground => ({ clause: clauses[row.rule], rule: row.rule, sight: row.sight, since: row.since.toISOString(), through: throughOf(row.holder), act: actOf(row), basis: row.basis }));
  return { post: by.positionTitle, grounds: [...grounds.filter((ground) => ground.sight === "isi"), ...grounds.filter((ground) => ground.sight === "sampul")], maySeeReaders: maySeeReaders(rows, by.functions) };
};

/** The moment that a day is asked for: its end in the office's zone, and today the present. */
export const momentOf = (on: LocalDate | undefined, by: Actor): Instant => (on === undefined || on >= localDate(by.at, by.zone) ? by.at : endOfDay(on, by.zone));

/** Who may see this, now or on an earlier day: by each part of the rule every person, in which post, since when and by which act. */
export const readers = async (tx: Tx, input: { readonly id: Id; readonly on?: LocalDate | undefined }, by: Actor): Promise<Readers> => {
  const own = await groundsOf(tx, input.id, by);
  if (own.length === 0 && !hasFunction(by, "inspector")) throw new NotFound("letter");
  if (!maySeeReaders(own, by.functions)) throw new Refused("not_yours");
  const isNamed = seesNames(own, by.functions);
  const at = momentOf(input.on, by);
  const rows = await rightsAt(tx, by.tenantId, input.id, at);
  if (own.length === 0 && rows.length === 0 && !(await isKnown(tx, by.tenantId, input.id))) throw new NotFound("letter");
  const seats = await seatsAt(tx, by.tenantId, rows.map((row) => row.holder), at);
  const first = await sql<{ since: Date | null }>`select min(at) as since from event where tenant_id = ${by.tenantId} and subject_id = ${input.id}`.execute(tx);
  return {
    at,
    since: first.rows[0]?.since?.toISOString() ?? null,
    isNamed,
    groups: rules.flatMap((rule) => {
      const people = onceEach(rows.filter((row) => row.rule === rule).flatMap((row) => peopleOf(row, seats, isNamed)));
      return people.length === 0 ? [] : [{ clause: clauses[rule], rule, people }];
    }),
  };
};

/** The rights that stood on the letter at the instant: those of now that had begun, those that were taken back later, and the mandates of inspection that reached it. */
const rightsAt = async (tx: Tx, tenantId: Id, id: Id, at: Instant): Promise<readonly RightRow[]> =>
  (await sql<RightRow>`
    select ${giving} from (
      select tenant_id, holder, rule, sight, since, event_id from reader where tenant_id = ${tenantId} and subject_id = ${id} and since <= ${at}::timestamptz
      union all
      select tenant_id, holder, rule, sight, since, event_id from reader_past where tenant_id = ${tenantId} and subject_id = ${id} and since <= ${at}::timestamptz and until > ${at}::timestamptz
      union all
      select m.tenant_id, 'inspection:' || m.id, 'pemeriksaan', case when l.security in ('R', 'SR') then 'sampul' else 'isi' end, greatest(instant_of(m.since), l.known), (select g.event_id from event g where g.tenant_id = m.tenant_id and g.subject_id = m.id and g.type = 'inspection.given' limit 1)
      from ${mandates(sql`m.tenant_id = ${tenantId} and instant_of(m.since) <= ${at}::timestamptz and ${at}::timestamptz < instant_of(m.until)`, at)} m join ${overseenLetters} l on l.tenant_id = m.tenant_id and l.id = ${id}
      where ${reaches(sql`m`, sql`l`, at)}
    ) r left join event e on e.tenant_id = r.tenant_id and e.event_id = r.event_id order by r.since, r.holder`.execute(tx)).rows;

/** Every person who could see the letter at the instant, and how much of it. */
export const sightsAt = async (tx: Tx, tenantId: Id, id: Id, at: Instant): Promise<ReadonlyMap<Id, "isi" | "sampul">> => {
  const rows = await rightsAt(tx, tenantId, id, at);
  const seats = await seatsAt(tx, tenantId, rows.map((row) => row.holder), at);
  const seen = rows.flatMap((row) => (seats.get(row.holder) ?? []).flatMap((seat) => (seat.person_id === null ? [] : [{ person: seat.person_id, sight: row.sight }])));
  return new Map([...seen.filter((one) => one.sight === "sampul"), ...seen.filter((one) => one.sight === "isi")].map((one) => [one.person, one.sight]));
};

const isKnown = async (tx: Tx, tenantId: Id, id: Id): Promise<boolean> => (await tx.selectFrom("reader").select("subject_id").where("tenant_id", "=", tenantId).where("subject_id", "=", id).limit(1).executeTakeFirst()) !== undefined;

/** Someone who stands behind a holder key at the moment: a person, in a post or by himself. */
type Seat = { readonly key: string; readonly person_id: Id | null; readonly person: string | null; readonly post: string; readonly unit: string; readonly kind: HoldingKind | null; readonly basis: string | null; readonly since: string | null };

/**
 * Who stands behind each key at the instant. The one place that knows how a key becomes people: a person is himself, a post is whoever
 * holds it then (definitively or acting), the registrars of a unit are the holders of its posts with that function, a class is held by
 * the posts that the rows of the SKKAAD table name, a mandate of inspection by its post and an emergency by its opener, while they run.
 */
const seatsAt = async (tx: Tx, tenantId: Id, keys: readonly string[], at: Instant): Promise<ReadonlyMap<string, readonly Seat[]>> => {
  const { rows } = await sql<Seat>`
    with key as (select distinct key from unnest(${sql.val([...keys])}::text[]) as key),
    right_of as materialized (
      select c.prefix, c.level, c.position_id, c.unit_id, c.state, c.since, array(select units_under(${tenantId}::uuid, c.unit_id, ${at}::timestamptz)) as units from class_right c
      where c.tenant_id = ${tenantId} and c.since <= ${at} and (c.until is null or c.until > ${at})),
    place as (
      select key, p.id, p.title, p.unit_id, null as basis, null as since from key
      join position_period p on p.tenant_id = ${tenantId} and ${during(sql`p`, at)} and (key = 'position:' || p.id or (key = 'registrar:' || p.unit_id and p.facts->'functions' ?| array['registrar', 'archivist']))
      union all
      select key, p.id, p.title, p.unit_id, m.state->>'basis', m.since from key join inspection m on m.tenant_id = ${tenantId} and key = 'inspection:' || m.id and instant_of(m.since) <= ${at}::timestamptz and ${at}::timestamptz < instant_of(m.until)
      join position_period p on p.tenant_id = ${tenantId} and p.id = m.position_id and ${during(sql`p`, at)}
      union all
      select key, p.id, p.title, p.unit_id, c.state->>'basis', c.since from key
      join right_of c on split_part(key, '/', 1) = 'class:' || c.prefix and c.state->'securities' ? split_part(key, '/', 2) and (c.unit_id is null or split_part(key, '/', 3) = any(c.units::text[]))
      join position_period p on p.tenant_id = ${tenantId} and ${during(sql`p`, at)} and (p.id = c.position_id or (c.level = level_of_role(p.facts->>'role') and (c.unit_id is null or p.unit_id = any(c.units)))))
    select key, n.id as person_id, n.name as person, '' as post, '' as unit, null as kind, null as basis, null as since from key join person n on n.tenant_id = ${tenantId} and key = 'person:' || n.id
    union all
    select key, n.id, n.name, e.state->'opener'->>'post', '', null, null, e.since from key join emergency e on e.tenant_id = ${tenantId} and key = 'emergency:' || e.id and instant_of(e.since) <= ${at}::timestamptz and ${at}::timestamptz < instant_of(e.until)
    join person n on n.tenant_id = e.tenant_id and n.id = e.person_id
    union all
    select place.key, n.id, n.name, place.title, u.name, h.kind, coalesce(place.basis, h.state->>'basis'), greatest(place.since, h.since) from place
    join unit_period u on u.tenant_id = ${tenantId} and u.id = place.unit_id and ${during(sql`u`, at)}
    left join holding h on h.tenant_id = ${tenantId} and h.position_id = place.id and instant_of(h.since) <= ${at}::timestamptz and (h.until is null or ${at}::timestamptz < instant_of(h.until))
    left join person n on n.tenant_id = h.tenant_id and n.id = h.person_id
    order by 4, 3`.execute(tx);
  return Map.groupBy(rows, (row) => row.key);
};

const peopleOf = (row: RightRow, seats: ReadonlyMap<string, readonly Seat[]>, isNamed: boolean): readonly ReaderPerson[] => {
  const given = row.since.toISOString();
  const through = throughOf(row.holder);
  return (seats.get(row.holder) ?? []).map((seat) => ({
    name: isNamed ? seat.person : null,
    // Who has the right himself had it first in the post in which he acted.
    post: through === "orang" && row.rule !== "darurat" ? (row.holder === `person:${row.person_id}` ? (row.who?.position ?? "") : "") : seat.post,
    unit: seat.unit,
    holding: through === "orang" ? null : seat.kind,
    basis: isNamed ? seat.basis : null,
    sight: row.sight,
    since: seat.since !== null && seat.since > given ? seat.since : given,
    through,
    act: row.event_id === null ? null : isNamed ? actOf(row) : withoutNames(actOf(row)),
  }));
};

const withoutNames = (act: Ground["act"]): Ground["act"] => (act === null ? null : { ...act, person: "" });

/** One line for a person in a post, however often and through whatever the right was given: the first time, and the inside before the envelope. */
const onceEach = (people: readonly ReaderPerson[]): ReaderPerson[] => {
  const seen = new Map<string, ReaderPerson>();
  for (const one of people) {
    const name = `${one.name ?? ""}|${one.post}|${one.name === null ? one.through : ""}`;
    const other = seen.get(name);
    if (other === undefined || (other.sight === "sampul" && one.sight === "isi")) seen.set(name, one);
  }
  return [...seen.values()];
};

/** The rows of the SKKAAD table, those in force first, for who administers or inspects rights. */
export const classRights = async (tx: Tx, by: Actor): Promise<Result<Contract["rights.classes"]>> => {
  mustLookAfterRights(by);
  const { rows } = await sql<{ id: Id; state: ClassRight; classification: string | null }>`
    select c.id, c.state, k.name as classification from class_right c left join classification k on k.code = c.prefix
    where c.tenant_id = ${by.tenantId} order by c.prefix, c.since, c.id limit ${mostClassRights}`.execute(tx);
  const statusOf = (right: ClassRight) => (right.until !== null && right.until <= by.at ? "berakhir" : right.since > by.at ? "akan_berlaku" : "berlaku");
  return {
    mayEdit: hasFunction(by, "admin"),
    items: rows.map(({ id, state, classification }) => ({
      id, prefix: state.prefix, classification: classification ?? "", securities: [...state.securities], level: state.level,
      position: state.positionId === null ? null : { id: state.positionId, title: state.positionTitle ?? "" }, unit: state.unitId === null ? null : { id: state.unitId, name: state.unitName ?? "" },
      basis: state.basis, since: state.since, until: state.until, status: statusOf(state), ended: state.ended,
    })),
  };
};

// A table with more rows than this is read by nobody; the office's own regulation has some hundreds.
const mostClassRights = 2000;

/** Rights are looked at by the admin, who edits them, and by the inspector. */
export const mustLookAfterRights = (by: Actor): void => {
  if (!hasFunction(by, "admin") && !hasFunction(by, "inspector")) throw new Refused("not_yours");
};

/** The units that a right may be limited to. */
export const scopeUnits = async (tx: Tx, by: Actor): Promise<Result<Contract["rights.units"]>> => {
  mustLookAfterRights(by);
  return (await sql<{ id: Id; name: string }>`select id, name from unit_period u where tenant_id = ${by.tenantId} and ${during(sql`u`, by.at)} order by name, id limit ${mostClassRights}`.execute(tx)).rows;
};

/** Is it a code of the classification, heading or leaf? */
export const isClassification = async (tx: Tx, code: string): Promise<boolean> => (await tx.selectFrom("classification").select("code").where("code", "=", code).executeTakeFirst()) !== undefined;
