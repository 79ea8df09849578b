import type { Words } from "@lontar/contract";
import { sql, type RawBuilder } from "kysely";
import { nobody, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { hoursAhead, type Id, type Instant, type LocalDate } from "../kernel/ids.ts";
import { Refused } from "../kernel/refusal.ts";
import { overseenLetters, theMandate, withinReach } from "../oversight/index.ts";
import { adminTypes } from "./acts.ts";
import type { Question, ReportInput, ReportRow } from "./report.ts";
import { reachedAmong } from "./store.ts";

/** What an act says to the reader of a trail. */
export type Sentence = (type: string, body: Readonly<Record<string, unknown>> | null) => Words;

type Asked = { readonly inspectionId: Id; readonly input: ReportInput; readonly limit: number; readonly sentence: Sentence };

const dayMs = 24 * 3_600_000;
const startOf = (date: LocalDate, by: Actor, days = 0): Instant => new Date(Date.parse(`${date}T00:00:00.000Z`) + days * dayMs - hoursAhead[by.zone] * 3_600_000).toISOString();

const within = (column: RawBuilder<unknown>, { from, to }: ReportInput, by: Actor): RawBuilder<boolean> =>
  sql<boolean>`(${from === null ? sql`true` : sql`${column} >= ${startOf(from, by)}::timestamptz`} and ${to === null ? sql`true` : sql`${column} < ${startOf(to, by, 1)}::timestamptz`})`;

const inUnit = ({ unitId }: ReportInput, by: Actor): RawBuilder<boolean> => (unitId === null ? sql`true` : sql<boolean>`l.unit_id in (select units_under(${by.tenantId}, ${unitId}::uuid, ${by.at}::timestamptz))`);

/** Letters `l` that the mandate of the statement reaches. */
const reachedLetters = (asked: Asked, by: Actor): RawBuilder<unknown> => sql`(select * from ${overseenLetters} l where l.tenant_id = ${by.tenantId} and ${inUnit(asked.input, by)} and ${withinReach(sql`l`, by.at)}) l`;

const under = (asked: Asked, by: Actor): RawBuilder<unknown> => theMandate(by.tenantId, asked.inspectionId, by.at);

type LetterColumns = { readonly letter_id: Id; readonly kind: "surat" | "naskah"; readonly number: string | null };
const letterOf = (row: LetterColumns): NonNullable<ReportRow["letter"]> => ({ id: row.letter_id, kind: row.kind, number: row.number ?? "" });

type Who = { readonly person: string; readonly position: string; readonly holding: string };
const erased: Who = { person: "(dihapus)", position: "", holding: "definitif" };

const oneLetter = async (tx: Tx, by: Actor, { inspectionId, input }: Asked): Promise<NonNullable<ReportRow["letter"]> & { readonly date: string }> => {
  const found = input.letterId === null ? undefined : (await reachedAmong(tx, by, inspectionId, [input.letterId])).get(input.letterId);
  if (found === undefined) throw new Refused(input.letterId === null ? "malformed" : "outside_inspection");
  return { id: found.id, kind: found.kind, number: found.number, date: found.date };
};

/** Who saw a letter, and under which post: whoever acted on it has seen it, and his first act says since when. */
const readers = async (tx: Tx, by: Actor, asked: Asked): Promise<readonly ReportRow[]> => {
  const letter = await oneLetter(tx, by, asked);
  const { rows } = await sql<{ event_id: Id; at: Date; type: string; body: Readonly<Record<string, unknown>> | null; who: Who | null; times: string }>`
    select * from (
      select distinct on (e.person_id, e.position_id) e.event_id, e.at, e.type, e.body, e.who, count(*) over (partition by e.person_id, e.position_id) as times
      from event e where e.tenant_id = ${by.tenantId} and e.subject_id = ${letter.id} and e.person_id <> ${nobody} and ${within(sql`e.at`, asked.input, by)} order by e.person_id, e.position_id, e.event_id) first
    order by event_id limit ${asked.limit}`.execute(tx);
  return rows.map((row) => {
    const who = row.who ?? erased;
    const isOversight = row.type.startsWith("inspection_look.") || row.type.startsWith("emergency.");
    return {
      cells: { at: row.at.toISOString(), person: who.person, post: who.position, holding: who.holding, act: asked.sentence(row.type, row.body).id, times: row.times },
      tone: isOversight || who.holding !== "definitif" ? "perhatian" : "baik", letter: { id: letter.id, kind: letter.kind, number: letter.number }, eventId: row.event_id,
    };
  });
};

/** Letters signed by whoever only acted in the post, and on what basis. */
const acting = async (tx: Tx, by: Actor, asked: Asked): Promise<readonly ReportRow[]> => {
  const { rows } = await sql<LetterColumns & { at: Date; signer: { readonly person: string; readonly post: string; readonly holding: string; readonly basis: string | null }; event_id: Id | null }>`
    with ${under(asked, by)} select l.id as letter_id, l.kind, l.number, l.known as at, i.state->'signer' as signer, e.event_id from ${reachedLetters(asked, by)} join issued i on i.tenant_id = l.tenant_id and i.id = l.id
    left join event e on e.tenant_id = i.tenant_id and e.thing_id = i.id and e.kind = 'issued' and e.revision = 1
    where l.kind = 'naskah' and i.state->'signer'->>'holding' <> 'definitif' and ${within(sql`l.known`, asked.input, by)} order by l.known desc, l.id desc limit ${asked.limit}`.execute(tx);
  return rows.map((row) => ({
    cells: { at: row.at.toISOString(), number: row.number, person: row.signer.person, post: row.signer.post, holding: row.signer.holding, basis: row.signer.basis },
    tone: row.signer.basis === null || row.signer.basis === "" ? "salah" : "baik", letter: letterOf(row), eventId: row.event_id,
  }));
};

/** Numbers that were taken and stand on no signed letter: still reserved, or cancelled, by whom and why. A cancelled one was never a letter; its draft is measured by the reach as a letter would be. */
const numbers = async (tx: Tx, by: Actor, asked: Asked): Promise<readonly ReportRow[]> => {
  const { rows } = await sql<{ at: Date; number: string | null; fate: string; who: Who | null; reason: string | null; event_id: Id | null }>`
    with ${under(asked, by)} select coalesce(e.at, n.at) as at, d.state->'frozen'->>'number' as number, n.fate, e.who, e.body->>'reason' as reason, e.event_id
    from number_entry n join draft d on d.tenant_id = n.tenant_id and d.id = n.thing_id
    cross join lateral (select d.tenant_id, d.id, d.unit_id, d.state->>'type' as type, d.state->'content'->>'classification' as classification, d.state->'frozen'->>'date' as dated, n.at as known) l
    left join lateral (select e.event_id, e.at, e.who, e.body from event e where e.tenant_id = d.tenant_id and e.thing_id = d.id and e.kind = 'draft' and e.type = case n.fate when 'dibatalkan' then 'draft.cancelled' else 'draft.frozen' end order by e.revision desc limit 1) e on true
    where n.tenant_id = ${by.tenantId} and n.fate in ('direservasi', 'dibatalkan') and ${inUnit(asked.input, by)} and ${withinReach(sql`l`, by.at)} and ${within(sql`coalesce(e.at, n.at)`, asked.input, by)}
    order by 1 desc, n.series, n.n desc limit ${asked.limit}`.execute(tx);
  return rows.map((row) => ({
    cells: { at: row.at.toISOString(), number: row.number, fate: row.fate, person: row.who?.person ?? null, post: row.who?.position ?? null, reason: row.reason },
    tone: "perhatian", letter: null, eventId: row.event_id,
  }));
};

/** Disposisi that passed their time limit, or were reported after it, and where they stopped. They are walked from the latest limit backwards until a page is full. */
const late = async (tx: Tx, by: Actor, asked: Asked): Promise<readonly ReportRow[]> => {
  const { rows } = await sql<LetterColumns & { state: { readonly giver: { readonly title: string }; readonly toTitle: string; readonly due: Instant; readonly status: string; readonly changed: Instant; readonly report: { readonly at: Instant } | null }; last_event: Id }>`
    with ${under(asked, by)}
    select l.id as letter_id, l.kind, l.number, d.state, d.last_event
    from disposition d cross join lateral (select * from ${overseenLetters} one where one.tenant_id = ${by.tenantId} and one.id = d.letter_id offset 0) l
    where d.tenant_id = ${by.tenantId} and d.status <> 'ditarik' and d.state->>'due' is not null
      and d.state->>'due' < ${by.at}::text and (d.state->'report'->>'at' is null or d.state->>'due' < d.state->'report'->>'at') and ${within(sql`(d.state->>'due')::timestamptz`, asked.input, by)}
      and ${inUnit(asked.input, by)} and ${withinReach(sql`l`, by.at)} order by d.state->>'due' desc, d.id desc limit ${asked.limit}`.execute(tx);
  return rows.map((row) => {
    const { giver, toTitle, due, status, changed, report } = row.state;
    const days = Math.max(1, Math.ceil((Date.parse(report?.at ?? by.at) - Date.parse(due)) / dayMs));
    return { cells: { number: row.number, giver: giver.title, post: toTitle, due, status, since: changed, late: String(days) }, tone: report === null ? "salah" : "perhatian", letter: letterOf(row), eventId: row.last_event };
  });
};

/** The words that each official initialled last, beside the words that were frozen and signed, by hash. What differs comes first. */
const versions = async (tx: Tx, by: Actor, asked: Asked): Promise<readonly ReportRow[]> => {
  const { rows } = await sql<LetterColumns & { event_id: Id; who: Who | null; version: string; initialled: string; signed: string | null; same: boolean; pdf: boolean | null }>`
    with ${under(asked, by)}, letter as (select l.id, l.kind, l.number, l.tenant_id, l.known from ${reachedLetters(asked, by)} where l.kind = 'naskah' and ${within(sql`l.known`, asked.input, by)}),
    initialled as (
      select distinct on (l.id, e.body->>'step') l.id, l.kind, l.number, l.tenant_id, l.known, e.event_id, e.who, e.body from letter l
      join event e on e.tenant_id = l.tenant_id and e.thing_id = l.id and e.kind = 'draft' and e.type = 'draft.approved' order by l.id, e.body->>'step', e.revision desc)
    select a.id as letter_id, a.kind, a.number, a.event_id, a.who, a.body->>'version' as version, a.body->>'hash' as initialled, f.hash as signed, f.hash is not distinct from a.body->>'hash' as same, d.state->'rendered'->>'sha256' = i.state->'frozen'->>'sha256' as pdf
    from initialled a join draft d on d.tenant_id = a.tenant_id and d.id = a.id join issued i on i.tenant_id = a.tenant_id and i.id = a.id
    left join lateral (select e.body->'frozen'->>'hash' as hash from event e where e.tenant_id = a.tenant_id and e.thing_id = a.id and e.kind = 'draft' and e.type = 'draft.frozen' order by e.revision desc limit 1) f on true
    order by f.hash is not distinct from a.body->>'hash', a.known desc, a.id, a.event_id limit ${asked.limit}`.execute(tx);
  return rows.map((row) => ({
    cells: { number: row.number, person: row.who?.person ?? erased.person, post: row.who?.position ?? "", version: row.version, initialled: row.initialled, signed: row.signed, verdict: !row.same ? "berbeda" : row.pdf === false ? "berkas_berbeda" : "sama" },
    tone: row.same && row.pdf !== false ? "baik" : "salah", letter: letterOf(row), eventId: row.event_id,
  }));
};

const weekMs = 7 * dayMs;
const telling: ReadonlySet<string> = new Set(["class_right.granted", "holding.begun", "delegation.given", "policy.set", "account.factors_reset", "account.unblocked", "position.defined", "credential.issued"]);

/** What the administrators of the office changed in the week before a letter became one. */
const adminActs = async (tx: Tx, by: Actor, asked: Asked): Promise<readonly ReportRow[]> => {
  const letter = await oneLetter(tx, by, asked);
  const { rows } = await sql<{ event_id: Id; at: Date; type: string; body: Readonly<Record<string, unknown>> | null; who: Who | null }>`
    with letter as (select l.known from ${overseenLetters} l where l.tenant_id = ${by.tenantId} and l.id = ${letter.id})
    select e.event_id, e.at, e.type, e.body, e.who from letter cross join lateral unnest(${sql.val([...adminTypes])}::text[]) as one (type)
    cross join lateral (select e.* from event e where e.tenant_id = ${by.tenantId} and e.type = one.type and e.at < letter.known and e.at >= letter.known - ${`${weekMs} milliseconds`}::interval order by e.event_id desc limit ${asked.limit}) e
    order by e.event_id desc limit ${asked.limit}`.execute(tx);
  return rows.map((row) => {
    const who = row.who ?? erased;
    return { cells: { at: row.at.toISOString(), person: who.person, post: who.position, act: asked.sentence(row.type, row.body).id }, tone: telling.has(row.type) ? "perhatian" : "baik", letter: null, eventId: row.event_id };
  });
};

/** Is the log unbroken from its first record to its head, does the last check agree, and what do those outside say? */
const chain = async (tx: Tx, by: Actor): Promise<readonly ReportRow[]> => {
  const { rows } = await sql<{ size: string | null; leaves: string; first: string | null; last: string | null; root: string | null; pending: string; checked: Date | null; findings: number | null }>`
    select h.size, x.leaves, x.first, x.last, encode(h.root, 'base64') as root, (select at from check_run c where c.tenant_id = t.tenant_id order by at desc limit 1) as checked,
      (select jsonb_array_length(result->'findings') from check_run c where c.tenant_id = t.tenant_id order by at desc limit 1) as findings
    from tenant t left join log_head h on h.tenant_id = t.tenant_id cross join lateral (select count(*) as leaves, min(leaf_index) as first, max(leaf_index) as last from log_leaf l where l.tenant_id = t.tenant_id) x
    where t.tenant_id = ${by.tenantId}`.execute(tx);
  const row = rows[0];
  const size = Number(row?.size ?? 0);
  const isWhole = row !== undefined && Number(row.leaves) === size && (size === 0 || (Number(row.first) === 0 && Number(row.last) === size - 1));
  const witnesses = await tx.selectFrom("log_witness").select(["name", "size", "at", "problem"]).where("tenant_id", "=", by.tenantId).orderBy("name").execute();
  const line = (what: string, says: string, tone: ReportRow["tone"]): ReportRow => ({ cells: { what, says }, tone, letter: null, eventId: null });
  return [
    line("urutan", `${Number(row?.leaves ?? 0)} / ${size}`, isWhole ? "baik" : "salah"),
    line("kepala", row?.root ?? "", row?.root == null ? "perhatian" : "baik"),
    line("pemeriksaan", row?.checked == null ? "" : `${row.checked.toISOString()} ${row.findings ?? 0}`, row?.checked == null ? "perhatian" : row.findings === 0 ? "baik" : "salah"),
    ...witnesses.map((witness) => line(`saksi:${witness.name}`, `${Number(witness.size)} ${witness.at?.toISOString() ?? ""} ${witness.problem ?? ""}`.trim(), witness.problem === "menolak" || Number(witness.size) > size ? "salah" : witness.problem === null ? "baik" : "perhatian")),
  ];
};

/** Answers one of the seven questions; at most one row more than the limit. */
export const answer = (tx: Tx, by: Actor, question: Question, given: Asked): Promise<readonly ReportRow[]> => {
  const asked = { ...given, limit: given.limit + 1 };
  switch (question) {
    case "pembaca":
      return readers(tx, by, asked);
    case "pelaksana":
      return acting(tx, by, asked);
    case "nomor":
      return numbers(tx, by, asked);
    case "tenggat":
      return late(tx, by, asked);
    case "versi":
      return versions(tx, by, asked);
    case "admin":
      return adminActs(tx, by, asked);
    case "rantai":
      return chain(tx, by);
    default:
      return question satisfies never;
  }
};

/** These acts as a row names its proof: what they were, and where they stand in the log. */
export const actsById = async (tx: Tx, by: Actor, ids: readonly Id[]): Promise<ReadonlyMap<Id, { readonly id: Id; readonly subjectId: Id; readonly at: Instant; readonly type: string; readonly leafIndex: number | null }>> => {
  const { rows } = ids.length === 0 ? { rows: [] } : await sql<{ event_id: Id; subject_id: Id; at: Date; type: string; leaf_index: string | null }>`
    select e.event_id, e.subject_id, e.at, e.type, l.leaf_index from event e left join log_leaf l on l.tenant_id = e.tenant_id and l.event_id = e.event_id
    where e.tenant_id = ${by.tenantId} and e.event_id = any(${sql.val([...new Set(ids)])}::uuid[])`.execute(tx);
  return new Map(rows.map((row) => [row.event_id, { id: row.event_id, subjectId: row.subject_id, at: row.at.toISOString(), type: row.type, leafIndex: row.leaf_index === null ? null : Number(row.leaf_index) }]));
};

/** The units of today, for choosing. */
export const unitsOfToday = async (tx: Tx, by: Actor): Promise<readonly { readonly id: Id; readonly name: string }[]> =>
  (await sql<{ id: Id; name: string }>`select id, name from unit_period u where tenant_id = ${by.tenantId} and since <= ${by.at}::timestamptz and (until is null or ${by.at}::timestamptz < until) order by name, id limit 2000`.execute(tx)).rows;

/** The head of the log, as a report names it. */
export const headOf = async (tx: Tx, by: Actor): Promise<{ readonly size: number; readonly root: string } | null> => {
  const head = await tx.selectFrom("log_head").select(["size", "root"]).where("tenant_id", "=", by.tenantId).executeTakeFirst();
  return head === undefined ? null : { size: Number(head.size), root: head.root.toString("base64") };
};

/** The words and the salt of one act, so that its leaf can be opened; nothing of an erased one. */
export const openedAct = async (tx: Tx, by: Actor, eventId: Id) =>
  tx.selectFrom("event").select(["thing_id", "kind", "revision", "person_id", "holding_id", "request_id", "body", "who", "salt", "at"]).where("tenant_id", "=", by.tenantId).where("event_id", "=", eventId).executeTakeFirst();

