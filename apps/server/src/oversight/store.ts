import { createHash } from "node:crypto";
import { sql, type RawBuilder } from "kysely";
import { restingAt, nodesOf } from "../dispositions/index.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { idFrom, isId, type Id, type Instant } from "../kernel/ids.ts";
import type { Job } from "../kernel/jobs.ts";
import type { Machine } from "../kernel/perform.ts";
import { holderKeys, stateStore } from "../kernel/state.ts";
import { receivedStore } from "../letters/index.ts";
import { issuedLetter } from "../letters/issued/index.ts";
import { organisationKinds, postsById, postsOfUnit } from "../organisation/index.ts";
import { decideEmergency, evolveEmergency, tracesOfEmergency, type Alarmed, type EmergencyCommand, type EmergencyEvent, type EmergencyState } from "./emergency.ts";
import { decideInspection, evolveInspection, type InspectionCommand, type InspectionEvent, type InspectionState } from "./inspection.ts";
import { decideLook, evolveLook, tracesOfLook, type LookCommand, type LookEvent, type LookState, type Overseen } from "./look.ts";
import { decideSecretReading, evolveSecretReading, type SecretReadingCommand, type SecretReadingEvent, type SecretReadingState } from "./secret-reading.ts";

/** The job that makes browsers look again when a mandate or an emergency begins or ends. */
export const turnTask = "oversight.turn";

/** The job that sends the alarm by mail. */
export const alarmTask = "oversight.alarm";

/** Rows of mandates of inspection. Superiors and the admin act on them without having been readers before: the rules decide. */
export const inspectionStore = stateStore<InspectionState | null>({ table: "inspection", none: null, open: true, subject: (id) => id });

const turn = (id: Id, what: "begin" | "end", ears: readonly Id[], runAt: Instant): Job => ({ task: turnTask, payload: { ears: [...ears] }, key: `oversight/${id}/${what}`, runAt });

/** Mandates of inspection. They begin and end by their dates; the jobs only tell the browsers. */
export const inspectionMachine: Machine<InspectionState | null, InspectionCommand, InspectionEvent> = {
  kind: "inspection", subject: inspectionStore.subject, lock: inspectionStore.lock, decide: decideInspection, evolve: evolveInspection, save: inspectionStore.save,
  later: (id, event, after) => {
    if (after === null || (event.type !== "inspection.given" && event.type !== "inspection.revoked")) return [];
    return [...(event.type === "inspection.given" ? [turn(id, "begin", [after.positionId], after.since)] : []), turn(id, "end", [after.positionId], after.until)];
  },
};

/** Rows of looks into letters. */
export const lookStore = stateStore<LookState | null>({ table: "inspection_look", none: null, open: true, subject: (id, state) => state?.letterId ?? id, traces: tracesOfLook });

/** Looks into letters under a mandate. */
export const lookMachine: Machine<LookState | null, LookCommand, LookEvent> = {
  kind: "inspection_look", subject: lookStore.subject, lock: lookStore.lock, decide: decideLook, evolve: evolveLook, save: lookStore.save, later: () => [],
};

/** Rows of emergencies. */
export const emergencyStore = stateStore<EmergencyState | null>({ table: "emergency", none: null, open: true, subject: (id, state) => state?.letterId ?? id, traces: tracesOfEmergency });

/** Emergencies. The alarm stands on the desks in the same transaction; the mail follows. */
export const emergencyMachine: Machine<EmergencyState | null, EmergencyCommand, EmergencyEvent> = {
  kind: "emergency", subject: emergencyStore.subject, lock: emergencyStore.lock, decide: decideEmergency, evolve: evolveEmergency, save: emergencyStore.save,
  later: (id, event, after) => {
    if (after === null) return [];
    switch (event.type) {
      case "emergency.opened":
        return [{ task: alarmTask, payload: { id }, key: `alarm/${id}` }, turn(id, "end", [after.opener.personId], after.until)];
      case "emergency.closed":
        return [turn(id, "end", [after.opener.personId], after.until)];
      case "emergency.read":
      case "emergency.acknowledged":
        return [];
      default:
        throw event satisfies never;
    }
  },
};

/** The one look that a mandate has into a letter: two requests at once meet in one row. */
export const lookIdOf = (inspectionId: Id, inspection: Pick<InspectionState, "since">, letterId: Id): Id =>
  idFrom(Date.parse(inspection.since), createHash("sha256").update(`${inspectionId}/${letterId}`).digest().subarray(0, 10));

/** Rows of readings of secret letters by ordinary right. */
export const secretReadingStore = stateStore<SecretReadingState | null>({ table: "secret_reading", none: null, open: true, subject: (id, state) => state?.letterId ?? id });

/** Readings of secret letters by ordinary right. */
export const secretReadingMachine: Machine<SecretReadingState | null, SecretReadingCommand, SecretReadingEvent> = {
  kind: "secret_reading", subject: secretReadingStore.subject, lock: secretReadingStore.lock, decide: decideSecretReading, evolve: evolveSecretReading, save: secretReadingStore.save, later: () => [],
};

/** The one reading that a person has of a letter: its days are in its events. */
export const readingIdOf = (personId: Id, letterId: Id): Id =>
  idFrom(Number.parseInt(letterId.replaceAll("-", "").slice(0, 12), 16), createHash("sha256").update(`secret_reading/${personId}/${letterId}`).digest().subarray(0, 10));

/** The secret letter with this id that the actor reads inside by a right of his own, and has not been noted to read today. Of anything else nothing: the question costs each reading one look. */
export const unnotedSecret = async (tx: Tx, by: Actor, id: Id): Promise<Overseen | undefined> =>
  (await sql<Overseen>`
    select l.* from (
      select r.id, 'surat' as kind, coalesce(r.number, '') as number, r.state->'facts'->>'security' as security from received r where r.tenant_id = ${by.tenantId} and r.id = ${id}
      union all
      select d.id, 'naskah', coalesce(d.state->'frozen'->>'number', ''), d.state->'summary'->>'security' from draft d where d.tenant_id = ${by.tenantId} and d.id = ${id}) l
    where l.security in ('R', 'SR')
      and exists (select from reader v where v.tenant_id = ${by.tenantId} and v.subject_id = l.id and v.holder = any(${sql.val([...holderKeys(by)])}::text[]) and v.sight = 'isi')
      and not exists (select from secret_reading s where s.tenant_id = ${by.tenantId} and s.letter_id = l.id and s.person_id = ${by.personId} and s.last_day = ${by.today})`.execute(tx)).rows[0];

/** A page asks for much at once: the second request finds what the first has noted. */
export const lockSecretReading = (tx: Tx, by: Actor, letterId: Id): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`secret_reading/${by.tenantId}/${by.personId}/${letterId}`}, 0))`.execute(tx);


const secretTitle = "sampul tertutup";
const secretSubject = (security: RawBuilder<unknown>, subject: RawBuilder<unknown>) => sql`case when ${security} in ('R', 'SR') then 'Sampul tertutup' else coalesce(${subject}, '') end`;

/** The letters that oversight knows: received ones that are registered, issued ones, with what may be listed of them. `known` is since when it is a letter at all. */
export const overseenLetters = sql`(
  select r.tenant_id, r.id, 'surat' as kind, r.unit_id, null::text as type, r.state->'facts'->>'classification' as classification, r.dated, r.state->'facts'->>'security' as security, r.number, (r.state->'registered'->>'at')::timestamptz as known,
    ${secretSubject(sql`r.state->'facts'->>'security'`, sql`r.state->'facts'->>'subject'`)} as subject
  from received r where jsonb_typeof(r.state->'registered') = 'object'
  union all
  select i.tenant_id, i.id, 'naskah', i.unit_id, i.state->>'type', i.state->>'classification', i.state->>'date', i.state->>'security', i.number, (i.state->'signer'->>'at')::timestamptz,
    ${secretSubject(sql`i.state->>'security'`, sql`i.state->>'subject'`)} from issued i)`;

/**
 * SQL: the mandates `m` of which `which` is true, with their reach ready to be asked of many letters: what units lie under those that the decree
 * names is looked up once a mandate, not once a letter.
 */
export const mandates = (which: RawBuilder<unknown>, at: Instant): RawBuilder<unknown> => sql`(
  select m.*, r.in_all_units, r.in_all_types, r.in_all_classes, r.reach->>'from' is null as from_ever, r.reach->>'from' as from_date, r.reach->>'to' is null as to_ever, r.reach->>'to' as to_date,
    case when not r.in_all_units then array(select under from jsonb_array_elements(r.reach->'units') as u, units_under(m.tenant_id, (u->>'id')::uuid, ${at}::timestamptz) as under) end as units,
    array(select jsonb_array_elements_text(r.reach->'types')) as types, array(select jsonb_array_elements_text(r.reach->'classifications')) as classes
  from inspection m cross join lateral (
    select m.state->'reach' as reach, jsonb_array_length(m.state->'reach'->'units') = 0 as in_all_units, jsonb_array_length(m.state->'reach'->'types') = 0 as in_all_types, jsonb_array_length(m.state->'reach'->'classifications') = 0 as in_all_classes) r
  where ${which} offset 0)`;

/** SQL: the one mandate of this id as the table `m` of a statement, which `withinReach` asks. */
export const theMandate = (tenantId: Id, id: Id, at: Instant): RawBuilder<unknown> => sql`m as materialized (select * from ${mandates(sql`m.tenant_id = ${tenantId} and m.id = ${id}`, at)} m)`;

// The one place that knows what a reach means. That there is no limit is said by a column of its own: where there is no mandate, nothing is true.
const reachIn = (of: (column: string) => RawBuilder<unknown>, l: RawBuilder<unknown>, at: Instant): RawBuilder<boolean> => sql<boolean>`(
  ${l}.known <= ${at}::timestamptz
  and (${of("in_all_units")} or ${l}.unit_id = any(${of("units")}))
  and (${of("in_all_types")} or ${l}.type = any(${of("types")}))
  and (${of("in_all_classes")} or exists (select from unnest(${of("classes")}) as c(prefix) where ${l}.classification = c.prefix or starts_with(${l}.classification, c.prefix || '.')))
  and (${of("from_ever")} or ${l}.dated >= ${of("from_date")}) and (${of("to_ever")} or ${l}.dated <= ${of("to_date")}))`;

/** SQL: does the reach of the mandate `m`, one of `mandates`, hold the letter `l` at the instant? */
export const reaches = (m: RawBuilder<unknown>, l: RawBuilder<unknown>, at: Instant): RawBuilder<boolean> => reachIn((column) => sql`${m}.${sql.ref(column)}`, l, at);

/** SQL: does the reach of `theMandate` of the statement hold the letter `l`? It is read before the first letter is, so that letters are walked in whatever order an index has them. */
export const withinReach = (l: RawBuilder<unknown>, at: Instant): RawBuilder<boolean> => reachIn((column) => sql`(select ${sql.ref(column)} from m)${listsOfReach[column] ?? sql``}`, l, at);

// A list that comes out of a subquery is a list only once it is named as one: `= any (select …)` compares with each row.
const listsOfReach: Readonly<Record<string, RawBuilder<unknown>>> = { units: sql`::uuid[]`, types: sql`::text[]`, classes: sql`::text[]` };

/** The letter as oversight knows it, in this government. */
export const overseenLetter = async (tx: Tx, tenantId: Id, id: Id): Promise<Overseen | undefined> =>
  (await sql<Overseen>`select id, kind, number, security from ${overseenLetters} l where tenant_id = ${tenantId} and id = ${id}`.execute(tx)).rows[0];

/** Does the mandate reach the letter now? */
export const isReached = async (tx: Tx, tenantId: Id, inspectionId: Id, letterId: Id, at: Instant): Promise<boolean> =>
  (await sql`with ${theMandate(tenantId, inspectionId, at)} select from ${overseenLetters} l where l.tenant_id = ${tenantId} and l.id = ${letterId} and ${withinReach(sql`l`, at)}`.execute(tx)).rows.length > 0;

/** Which letters, and whose office. */
export type Found = Overseen & { readonly date: string; readonly party: string; readonly subject: string; readonly unit: string; readonly place: string };

// So many letters with the words are looked at one by one.
const lettersAtOnce = 2000;

/**
 * The letters within reach of a mandate, newest first. Each office is walked by its own index until a page is full; the reach itself is asked
 * of every row. Received letters with certain words are found where search finds them: all of them, or the newest of many, if those fill the page.
 */
export const lettersWithin = async (tx: Tx, by: Actor, inspectionId: Id, asked: { readonly q: string; readonly cursor: string | undefined; readonly limit: number }): Promise<readonly Found[]> => {
  const [dated = "", id = null] = asked.cursor?.split("|") ?? [];
  const words = asked.q.trim();
  const like = `%${words.replaceAll(/[%_\\]/g, "\\$&")}%`;
  const named = words === "" || secretTitle.includes(words.toLowerCase()) ? null : await lettersWithWords(tx, like, id === null ? null : dated, lettersAtOnce);
  const page = sql`${withinReach(sql`l`, by.at)} and ${id === null || !isId(id) ? sql`true` : sql`(l.dated, l.id) < (${dated}::text, ${id}::uuid)`}
    and ${words === "" ? sql`true` : sql`(l.number ilike ${like} or l.party ilike ${like} or l.subject ilike ${like})`} order by l.dated desc, l.id desc limit ${asked.limit + 1}`;
  const received = sql`select r.tenant_id, r.id, 'surat' as kind, r.unit_id, null::text as type, r.state->'facts'->>'classification' as classification, r.dated, r.state->'facts'->>'security' as security, r.number, (r.state->'registered'->>'at')::timestamptz as known,
      r.sender as party, ${secretSubject(sql`r.state->'facts'->>'security'`, sql`r.state->'facts'->>'subject'`)} as subject
    from received r where r.tenant_id = ${by.tenantId} and jsonb_typeof(r.state->'registered') = 'object'`;
  const issued = sql`select i.tenant_id, i.id, 'naskah' as kind, i.unit_id, i.state->>'type' as type, i.state->>'classification' as classification, i.state->>'date' as dated, i.state->>'security' as security, i.number, (i.state->'signer'->>'at')::timestamptz as known,
      i.state->'signer'->>'post' as party, ${secretSubject(sql`i.state->>'security'`, sql`i.state->>'subject'`)} as subject
    from issued i where i.tenant_id = ${by.tenantId}`;
  const inOffices = (letters: RawBuilder<unknown>): RawBuilder<unknown> => sql`select l.* from office cross join lateral (select * from (${letters} and unit_id = office.unit_id) l where ${page}) l`;
  const find = async (among: readonly Id[] | null): Promise<readonly Found[]> => (await sql<Found>`
    with ${theMandate(by.tenantId, inspectionId, by.at)},
    office as materialized (select distinct id as unit_id from unit_period where tenant_id = ${by.tenantId} and ((select in_all_units from m) or id = any((select units from m)::uuid[]))),
    hit as (
      select l.* from (
        (${among === null ? inOffices(received) : sql`select l.* from (${received} and r.id = any(${sql.val([...among])}::uuid[])) l where ${page}`})
        union all
        (${inOffices(issued)})) l
      order by l.dated desc, l.id desc limit ${asked.limit + 1})
    select hit.id, hit.kind, hit.number, hit.security, coalesce(hit.dated, '') as date, hit.party, hit.subject, coalesce(hit.dated, '') || '|' || hit.id as place,
      coalesce((select u.name from unit_period u where u.tenant_id = ${by.tenantId} and u.id = hit.unit_id order by u.since desc limit 1), '') as unit
    from hit order by hit.dated desc, hit.id desc`.execute(tx)).rows;
  if (named === null) return find(null);
  const found = await find(named.map((letter) => letter.id));
  const [oldest, last] = [named.at(-1), found.at(-1)];
  const isWhole = named.length < lettersAtOnce || (found.length > asked.limit && oldest !== undefined && last !== undefined && last.date > oldest.dated);
  return isWhole ? found : find(null);
};

/** Letters whose facts hold the words, newest first up to a date: their number, sender, type and subject, but not the subject of a secret one. Whoever asks looks at each as it is now. */
export const lettersWithWords = async (tx: Tx, like: string, upTo: string | null, limit: number): Promise<readonly { readonly id: Id; readonly dated: string }[]> =>
  (await sql<{ id: Id; dated: string }>`select id, dated from letters_named(${like}, ${upTo}, ${limit})`.execute(tx)).rows;

/** The mandates of inspection, those that end last first. */
export const inspectionsOf = async (tx: Tx, tenantId: Id): Promise<readonly { readonly id: Id; readonly state: InspectionState }[]> =>
  (await sql<{ id: Id; state: InspectionState }>`select id, state from inspection where tenant_id = ${tenantId} order by until desc, id desc limit 200`.execute(tx)).rows;

/** How many letters were looked at under each of these mandates, and how often. */
export const looksOf = async (tx: Tx, tenantId: Id, inspections: readonly Id[]): Promise<ReadonlyMap<Id, { readonly letters: number; readonly looks: number }>> => {
  const { rows } = inspections.length === 0 ? { rows: [] } : await sql<{ inspection_id: Id; letters: string; looks: string }>`
    select inspection_id, count(*) as letters, sum((state->>'looks')::integer) as looks from inspection_look where tenant_id = ${tenantId} and inspection_id = any(${sql.val([...inspections])}::uuid[]) group by inspection_id`.execute(tx);
  return new Map(rows.map((row) => [row.inspection_id, { letters: Number(row.letters), looks: Number(row.looks) }]));
};

/** Letters with exactly this number, or the one with this id, wherever they are in the government. */
export const lettersNamed = async (tx: Tx, tenantId: Id, wanted: string): Promise<readonly (Overseen & { readonly date: string; readonly unit: string })[]> =>
  (await sql<Overseen & { readonly date: string; readonly unit: string }>`
    select l.id, l.kind, l.number, l.security, coalesce(l.dated, '') as date, coalesce((select u.name from unit_period u where u.tenant_id = l.tenant_id and u.id = l.unit_id order by u.since desc limit 1), '') as unit
    from ${overseenLetters} l where l.tenant_id = ${tenantId} and ${isId(wanted) ? sql`l.id = ${wanted}::uuid` : sql`l.number = ${wanted}`} order by l.known desc limit 10`.execute(tx)).rows;

/** The posts that hold a letter now, and the office whose head answers for it. */
export const holdersOf = async (tx: Tx, tenantId: Id, letter: Overseen): Promise<{ readonly holders: readonly Id[]; readonly officeId: Id } | undefined> => {
  if (letter.kind === "naskah") {
    const issued = await issuedLetter(tx, tenantId, letter.id);
    return issued === undefined ? undefined : { holders: [issued.signer.positionId, issued.drafterPositionId], officeId: issued.unitId };
  }
  const received = (await receivedStore.find(tx, tenantId, letter.id))?.state;
  if (received === undefined || received.status === "belum_ada") return undefined;
  const resting = restingAt(await nodesOf(tx, tenantId, letter.id));
  return { holders: received.directedTo === null ? received.registrars : [...new Set([received.directedTo.positionId, ...resting])], officeId: received.unitId };
};

/** Who is alarmed: the letter's holders, the head of its office, and every inspector; never the post that opens it. */
export const alarmedFor = async (tx: Tx, tenantId: Id, at: { readonly holders: readonly Id[]; readonly officeId: Id }, opener: Id, now: Instant): Promise<{ readonly alarmed: readonly Alarmed[]; readonly isHeard: boolean }> => {
  const office = await postsOfUnit(tx, tenantId, at.officeId, now);
  const within = new Set(office.map((post) => post.id));
  const heads = office.filter((post) => post.unitId === at.officeId && post.functions.includes("leader") && (post.superiorId === null || !within.has(post.superiorId))).map((post) => post.id);
  const { rows: inspectors } = await sql<{ id: Id }>`select id from position_period where tenant_id = ${tenantId} and since <= ${now}::timestamptz and (until is null or ${now}::timestamptz < until) and facts->'functions' ? 'inspector' order by id`.execute(tx);
  const posts = await postsById(tx, tenantId, [...at.holders, ...heads, ...inspectors.map((row) => row.id)], now);
  const others = [...posts.values()].filter((post) => post.id !== opener).toSorted((one, other) => (one.id < other.id ? -1 : 1));
  return { alarmed: others.map((post) => ({ positionId: post.id, title: post.title })), isHeard: others.some((post) => post.holder !== null) };
};

/** Does this person have an emergency of this letter that runs? */
export const runsFor = async (tx: Tx, by: Actor, letterId: Id): Promise<boolean> =>
  (await sql`select from emergency where tenant_id = ${by.tenantId} and person_id = ${by.personId} and letter_id = ${letterId} and since <= ${by.at} and ${by.at} < until limit 1`.execute(tx)).rows.length > 0;

/** One emergency at a time of a person on a letter: the second request waits for the first. */
export const lockEmergencies = (tx: Tx, by: Actor, letterId: Id): Promise<unknown> => sql`select pg_advisory_xact_lock(hashtextextended(${`emergency/${by.tenantId}/${by.personId}/${letterId}`}, 0))`.execute(tx);

/** Emergencies, newest first: all for the inspector, for others those that they opened or that alarmed their post. */
export const emergenciesFor = async (tx: Tx, by: Actor, cursor: Id | undefined, limit: number): Promise<readonly { readonly id: Id; readonly state: EmergencyState }[]> =>
  (await sql<{ id: Id; state: EmergencyState }>`select id, state from emergency where tenant_id = ${by.tenantId} and ${cursor === undefined ? sql`true` : sql`id < ${cursor}::uuid`}
    and (${by.functions.includes("inspector")} or person_id = ${by.personId} or state->'alarmed' @> ${JSON.stringify([{ positionId: by.positionId }])}::jsonb) order by id desc limit ${limit}`.execute(tx)).rows;

/** By which of this actor's oversight keys he reads the letter, when no ordinary right lets him see as much. */
export const overseeingKey = async (tx: Tx, by: Actor, letterId: Id, ordinary: readonly string[]): Promise<string | undefined> => {
  const keys = by.oversight ?? [];
  if (keys.length === 0) return undefined;
  const { rows } = await sql<{ holder: string; isMore: boolean }>`
    select r.holder, not exists (select from reader o where o.tenant_id = r.tenant_id and o.subject_id = r.subject_id and o.holder = any(${sql.val([...ordinary])}::text[]) and (o.sight = 'isi' or r.sight = 'sampul')) as "isMore"
    from reader r where r.tenant_id = ${by.tenantId} and r.subject_id = ${letterId} and r.holder = any(${sql.val([...keys])}::text[]) order by r.sight, r.holder limit 1`.execute(tx);
  return rows[0]?.isMore === true ? rows[0].holder : undefined;
};

/** Names and addresses of those who hold the posts now. */
export const addressesOf = async (tx: Tx, tenantId: Id, positions: readonly Id[], at: Instant): Promise<readonly { readonly name: string; readonly email: string }[]> => {
  const posts = await postsById(tx, tenantId, positions, at);
  const people = [...new Set([...posts.values()].flatMap((post) => (post.holder === null ? [] : [post.holder.personId])))];
  const found = await Promise.all(people.map(async (id) => (await organisationKinds.persons.store.find(tx, tenantId, id))?.state));
  return found.flatMap((person) => (person?.email == null ? [] : [{ name: person.name, email: person.email }]));
};
