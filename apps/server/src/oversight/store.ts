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


const secretSubject = (security: RawBuilder<unknown>, subject: RawBuilder<unknown>) => sql`case when ${security} in ('R', 'SR') then 'Sampul tertutup' else coalesce(${subject}, '') end`;

/** The letters that oversight knows: received ones that are registered, issued ones, with what may be listed of them. `known` is since when it is a letter at all. */
export const overseenLetters = sql`(
  select r.tenant_id, r.id, 'surat' as kind, r.unit_id, null::text as type, r.state->'facts'->>'classification' as classification, r.dated, r.state->'facts'->>'security' as security, r.number, (r.state->'registered'->>'at')::timestamptz as known,
    ${secretSubject(sql`r.state->'facts'->>'security'`, sql`r.state->'facts'->>'subject'`)} as subject
  from received r where jsonb_typeof(r.state->'registered') = 'object'
  union all
  select i.tenant_id, i.id, 'naskah', i.unit_id, i.state->>'type', i.state->>'classification', i.state->>'date', i.state->>'security', i.number, (i.state->'signer'->>'at')::timestamptz,
    ${secretSubject(sql`i.state->>'security'`, sql`i.state->>'subject'`)} from issued i)`;

/** SQL: does the reach of the mandate `m` hold the letter `l` at the instant? The one place that knows what a reach means. */
export const reaches = (m: RawBuilder<unknown>, l: RawBuilder<unknown>, at: Instant): RawBuilder<boolean> => sql<boolean>`(
  ${l}.known <= ${at}::timestamptz
  and (jsonb_array_length(${m}.state->'reach'->'units') = 0 or ${l}.unit_id in (select under from jsonb_array_elements(${m}.state->'reach'->'units') as u, units_under(${m}.tenant_id, (u->>'id')::uuid, ${at}::timestamptz) as under))
  and (jsonb_array_length(${m}.state->'reach'->'types') = 0 or ${m}.state->'reach'->'types' ? ${l}.type)
  and (jsonb_array_length(${m}.state->'reach'->'classifications') = 0 or exists (select from jsonb_array_elements_text(${m}.state->'reach'->'classifications') as c(prefix) where ${l}.classification = c.prefix or starts_with(${l}.classification, c.prefix || '.')))
  and (${m}.state->'reach'->>'from' is null or ${l}.dated >= ${m}.state->'reach'->>'from') and (${m}.state->'reach'->>'to' is null or ${l}.dated <= ${m}.state->'reach'->>'to'))`;

/** The letter as oversight knows it, in this government. */
export const overseenLetter = async (tx: Tx, tenantId: Id, id: Id): Promise<Overseen | undefined> =>
  (await sql<Overseen>`select id, kind, number, security from ${overseenLetters} l where tenant_id = ${tenantId} and id = ${id}`.execute(tx)).rows[0];

/** Does the mandate reach the letter now? */
export const isReached = async (tx: Tx, tenantId: Id, inspectionId: Id, letterId: Id, at: Instant): Promise<boolean> =>
  (await sql`select from inspection m join ${overseenLetters} l on l.tenant_id = m.tenant_id and l.id = ${letterId} where m.tenant_id = ${tenantId} and m.id = ${inspectionId} and ${reaches(sql`m`, sql`l`, at)}`.execute(tx)).rows.length > 0;

/** Which letters, and whose office. */
export type Found = Overseen & { readonly date: string; readonly party: string; readonly subject: string; readonly unit: string; readonly place: string };

/** The letters within reach of a mandate, newest first. Each office is walked by its own index; the reach itself is asked of every row. */
export const lettersWithin = async (tx: Tx, by: Actor, inspectionId: Id, asked: { readonly q: string; readonly cursor: string | undefined; readonly limit: number }): Promise<readonly Found[]> => {
  const [dated = "", id = null] = asked.cursor?.split("|") ?? [];
  const like = `%${asked.q.trim().replaceAll(/[%_\\]/g, "\\$&")}%`;
  const after = id === null || !isId(id) ? sql`true` : sql`(l.dated, l.id) < (${dated}::text, ${id}::uuid)`;
  return (await sql<Found>`
    with m as (select * from inspection where tenant_id = ${by.tenantId} and id = ${inspectionId}),
    office as (select distinct unit_id from (select id as unit_id from unit_period where tenant_id = ${by.tenantId}) u
      where (select jsonb_array_length(state->'reach'->'units') = 0 from m) or unit_id in (select under from m, jsonb_array_elements(m.state->'reach'->'units') as u, units_under(m.tenant_id, (u->>'id')::uuid, ${by.at}::timestamptz) as under)),
    hit as (
      select l.* from office cross join m cross join lateral (
        select l.id, l.kind, l.number, l.security, coalesce(l.dated, '') as date, l.unit_id, l.party, l.subject from (
          (select r.tenant_id, r.id, 'surat' as kind, r.unit_id, null::text as type, r.state->'facts'->>'classification' as classification, r.dated, r.state->'facts'->>'security' as security, r.number, (r.state->'registered'->>'at')::timestamptz as known,
             r.sender as party, ${secretSubject(sql`r.state->'facts'->>'security'`, sql`r.state->'facts'->>'subject'`)} as subject
           from received r where r.tenant_id = ${by.tenantId} and r.unit_id = office.unit_id and jsonb_typeof(r.state->'registered') = 'object')
          union all
          (select i.tenant_id, i.id, 'naskah', i.unit_id, i.state->>'type', i.state->>'classification', i.state->>'date', i.state->>'security', i.number, (i.state->'signer'->>'at')::timestamptz,
             i.state->'signer'->>'post', ${secretSubject(sql`i.state->>'security'`, sql`i.state->>'subject'`)}
           from issued i where i.tenant_id = ${by.tenantId} and i.unit_id = office.unit_id)) l
        where ${reaches(sql`m`, sql`l`, by.at)} and ${after} and ${asked.q.trim() === "" ? sql`true` : sql`(l.number ilike ${like} or l.party ilike ${like} or l.subject ilike ${like})`}
        order by l.dated desc, l.id desc limit ${asked.limit + 1}) l
      order by l.date desc, l.id desc limit ${asked.limit + 1})
    select hit.*, hit.date || '|' || hit.id as place, coalesce((select u.name from unit_period u where u.tenant_id = ${by.tenantId} and u.id = hit.unit_id order by u.since desc limit 1), '') as unit
    from hit order by hit.date desc, hit.id desc`.execute(tx)).rows;
};

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
