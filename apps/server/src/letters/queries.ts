import type { contract, Result } from "@lontar/contract";
import { sql, type RawBuilder } from "kysely";
import { nobody, type Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { isId, type Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { readable } from "../kernel/readable.ts";
import { holderKeys, mayRead, mayReadInside } from "../kernel/state.ts";
import { postsAsKnown, postView, unitName } from "../organisation/index.ts";
import { agendaSeries, writtenNumber } from "./numbers.ts";
import { proposalsOf, type ReadingRow } from "./reading-row.ts";
import { isRegistrarOf, mayReceived, type Duplicate, type ReceivedLetter } from "./received.ts";
import { nextNumber } from "./register/store.ts";
import { bookkeeping, tell, type EventBody } from "./sentences.ts";
import { visibleLetter } from "./store.ts";
import { envelopeFacts, type LetterDispositions } from "./view.ts";

type Contract = typeof contract;
type View = Result<Contract["received.show"]>;

/** What makes two letters the same: the same scan, or the same sender, number and date. */
export type Likeness = { readonly id: Id; readonly scan: string | null; readonly sender: string; readonly number: string; readonly date: string };

// Clerks type "No. 005 / 123" and "no.005/123" for one number: only letters and digits count.
const plain = (column: ReturnType<typeof sql>) => sql`regexp_replace(lower(${column}), '[^[:alnum:]]', '', 'g')`;

/** Earlier letters of the same office that look like this one; discarded scans do not count. */
export const duplicatesOf = async (tx: Tx, tenantId: Id, unitId: Id, like: Likeness): Promise<readonly Duplicate[]> => {
  const { rows } = await sql<{ id: Id; agenda: number | null; subject: string | null; received_on: string | null; registered_by: string | null; registered_at: string | null; same_file: boolean }>`
    select id, agenda, case when state->'facts'->>'security' in ('R', 'SR') then 'Sampul tertutup' else state->'facts'->>'subject' end as subject, state->'facts'->>'receivedOn' as received_on,
      state->'registered'->'by'->>'person' as registered_by, state->'registered'->>'at' as registered_at, coalesce(scan = ${like.scan}, false) as same_file
    from received
    where tenant_id = ${tenantId} and unit_id = ${unitId} and id <> ${like.id} and status <> 'dibuang'
      and (scan = ${like.scan} or (dated = ${like.date} and ${plain(sql`number`)} = ${plain(sql`${like.number}::text`)} and ${plain(sql`sender`)} = ${plain(sql`${like.sender}::text`)}))
    order by id limit 10`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    agenda: row.agenda === null ? null : writtenNumber(row.agenda),
    subject: row.subject ?? "Belum dicatat",
    receivedOn: row.received_on,
    registered: row.registered_by === null || row.registered_at === null ? null : { by: row.registered_by, at: row.registered_at },
    why: row.same_file ? "berkas_sama" : "nomor_sama",
  }));
};

/** What this letter's clerk is warned of while he types. */
export const duplicates = async (tx: Tx, input: Pick<Likeness, "id" | "sender" | "number" | "date">, by: Actor): Promise<Duplicate[]> => {
  const { letter } = await visibleLetter(tx, input.id, by);
  // What an office received before is its registrars' to know.
  if (!isRegistrarOf(letter, by)) throw new Refused("not_yours");
  return [...(await duplicatesOf(tx, by.tenantId, letter.unitId, { id: input.id, scan: letter.files[0]?.sha256 ?? null, sender: input.sender, number: input.number, date: input.date }))];
};

const agendaOf = (letter: { readonly agenda: number | null }): string | null => (letter.agenda === null ? null : writtenNumber(letter.agenda));

/** Which letters, and from where on. */
export type ListQuery = { readonly status?: string | undefined; readonly q?: string | undefined; readonly cursor?: string | undefined; readonly limit: number };

type ListRow = { id: Id; state: ReceivedLetter; reading: string | null; inside: boolean };

/** Letters that this person may see, newest first. */
export const list = async (tx: Tx, input: ListQuery, by: Actor): Promise<Result<Contract["received.list"]>> => {
  if (input.cursor !== undefined && !isId(input.cursor)) throw new Refused("malformed");
  const statuses = (input.status ?? "").split(",").filter((status) => status !== "");
  const words = (input.q ?? "").trim().replaceAll(/[%_\\]/g, "\\$&");
  const limit = input.limit + 1;
  const hasStatus = statuses.length === 0 ? sql`true` : sql`r.status = any(${sql.val(statuses)}::text[])`;
  const keys = sql`${sql.val([...holderKeys(by)])}::text[]`;
  const seen =
    words === ""
      ? readable(by, { before: input.cursor, limit, shows: sql`exists (select from received r where r.tenant_id = v.tenant_id and r.id = v.subject_id and ${hasStatus})` })
      : sql`
        select v.subject_id, bool_or(v.sight = 'isi') as inside from find_received(${`%${words}%`}, ${keys}, ${sql.val(statuses)}::text[], ${input.cursor ?? null}::uuid, ${limit}) f
        join reader v on v.tenant_id = ${by.tenantId} and v.subject_id = f.id and v.holder = any(${keys}) group by v.subject_id`;
  return pageOfLetters(tx, { seen, hasStatus, limit: input.limit }, by.tenantId);
};

/** A page of the letters that `seen` names (SQL: rows of `subject_id` and `inside`, newest first), as a list shows them. */
export const pageOfLetters = async (tx: Tx, { seen, hasStatus, limit }: { readonly seen: RawBuilder<unknown>; readonly hasStatus: RawBuilder<unknown>; readonly limit: number }, tenantId: Id): Promise<Result<Contract["received.list"]>> => {
  const { rows } = await sql<ListRow>`
    with seen as (${seen})
    select r.id, r.state, g.status as reading, seen.inside
    from seen join received r on r.tenant_id = ${tenantId} and r.id = seen.subject_id
    left join reading g on g.tenant_id = r.tenant_id and g.sha256 = r.scan
    where ${hasStatus} order by seen.subject_id desc limit ${limit + 1}`.execute(tx);
  const shown = rows.slice(0, limit);
  return { items: shown.map(toRow), next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null };
};

const toRow = ({ id, state, reading, inside }: ListRow): Result<Contract["received.list"]>["items"][number] => {
  return {
    id,
    status: state.status,
    agenda: agendaOf(state),
    sender: state.facts?.sender ?? "",
    number: state.facts?.number ?? "",
    subject: state.facts === null ? (state.files[0]?.name ?? "") : inside ? state.facts.subject : "Sampul tertutup",
    receivedOn: state.facts?.receivedOn ?? null,
    urgency: state.facts?.urgency ?? "biasa",
    security: state.facts?.security ?? "B",
    due: state.facts?.due ?? null,
    pages: state.files.reduce((sum, file) => sum + file.pages, 0),
    reading: reading ?? "",
  };
};

/** One letter as this person may see it. */
export const show = async (tx: Tx, id: Id, by: Actor, dispositionsOf: LetterDispositions): Promise<View> => {
  const { letter, revision } = await visibleLetter(tx, id, by);
  const isOpen = await mayReadInside(tx, id, by);
  const { tree, restingAt, reach } = await dispositionsOf(tx, id, letter, by);
  const isNew = letter.status === "diterima" && isRegistrarOf(letter, by);
  const holders = whereItRests(letter, restingAt);
  const posts = await postsAsKnown(tx, by.tenantId, [...holders, ...(letter.directedTo === null ? [] : [letter.directedTo.positionId])], by.at);
  const place = (positionId: Id): View["holders"] => {
    const post = posts.get(positionId);
    return post === undefined ? [] : [postView(post)];
  };
  const scan = letter.files[0];
  return {
    id,
    status: letter.status,
    revision,
    agenda: agendaOf(letter),
    nextAgenda: isNew ? writtenNumber(await nextNumber(tx, by.tenantId, agendaSeries(letter.unitId, Number(by.today.slice(0, 4))))) : null,
    unit: (await unitName(tx, by.tenantId, letter.unitId, letter.registered?.at ?? by.at)) ?? "",
    facts: letter.facts === null || isOpen ? letter.facts : envelopeFacts(letter.facts),
    files: isOpen ? [...letter.files] : [],
    reading: isOpen && scan !== undefined ? await readingOf(tx, by, scan.sha256) : null,
    directedTo: letter.directedTo === null ? null : (place(letter.directedTo.positionId)[0] ?? null),
    holders: holders.flatMap(place),
    tree,
    related: await related(tx, id, letter, by),
    dossier: letter.dossierId === null ? null : await dossierOf(tx, by, letter.dossierId),
    duplicates: isNew ? [...(await duplicatesOf(tx, by.tenantId, letter.unitId, { id, scan: scan?.sha256 ?? null, sender: "", number: "", date: "" }))] : [],
    registeredBy: letter.registered?.by.person ?? null,
    closedNote: isOpen ? letter.closedNote : null,
    may: [...mayReceived(letter, by)],
    copy: letter.copy,
    reach,
  };
};

const whereItRests = (letter: ReceivedLetter, restingAt: readonly Id[]): readonly Id[] => {
  switch (letter.status) {
    case "diterima":
    case "tercatat":
    case "selesai":
      return letter.registrars;
    case "didisposisi":
      if (restingAt.length > 0) return restingAt;
      return letter.directedTo === null ? [] : [letter.directedTo.positionId];
    case "diarahkan":
    case "dibaca":
      return letter.directedTo === null ? [] : [letter.directedTo.positionId];
    case "diberkaskan":
    case "dibuang":
      return [];
    default:
      return letter.status satisfies never;
  }
};

const readingOf = async (tx: Tx, by: Actor, sha256: string): Promise<View["reading"]> => {
  const row: ReadingRow | undefined = await tx.selectFrom("reading").select(["status", "pages", "pages_read", "result"]).where("tenant_id", "=", by.tenantId).where("sha256", "=", sha256).executeTakeFirst();
  return row === undefined ? null : { status: row.status, pages: row.pages, pagesRead: row.pages_read, proposals: [...proposalsOf(row.result)] };
};

const dossierOf = async (tx: Tx, by: Actor, dossierId: Id): Promise<View["dossier"]> => {
  const { rows } = await sql<{ id: Id; title: string; classification: string }>`select id, state->>'title' as title, classification from dossier where tenant_id = ${by.tenantId} and id = ${dossierId}`.execute(tx);
  return rows[0] ?? null;
};

/** Replies to this letter, and the letter that this one answers, as far as the person may see them. */
const related = async (tx: Tx, id: Id, letter: ReceivedLetter, by: Actor): Promise<View["related"]> => {
  const visible = (subject: RawBuilder<unknown>): RawBuilder<boolean> => sql<boolean>`exists (select from reader v where v.tenant_id = ${by.tenantId} and v.subject_id = ${subject} and v.holder = any(${sql.val([...holderKeys(by)])}::text[]))`;
  const replies = await sql<{ id: Id; number: string | null; subject: string; status: string }>`
    select d.id, i.number, case when d.state->'summary'->>'security' in ('R', 'SR') then 'Sampul tertutup' else coalesce(d.state->'summary'->>'subject', '') end as subject, coalesce(i.status, d.status) as status
    from draft d left join issued i on i.tenant_id = d.tenant_id and i.id = d.id
    where d.tenant_id = ${by.tenantId} and d.reply_to = ${id} and ${visible(sql`d.id`)} order by d.id limit 50`.execute(tx);
  // A letter that came from inside carries its draft's id, and the draft knows what it answered.
  const answered =
    letter.origin.kind !== "internal"
      ? { rows: [] }
      : await sql<{ id: Id; number: string | null; subject: string; status: string }>`
          select r.id, r.number, case when r.state->'facts'->>'security' in ('R', 'SR') then 'Sampul tertutup' else coalesce(r.state->'facts'->>'subject', '') end as subject, r.status
          from draft d join received r on r.tenant_id = d.tenant_id and r.id = d.reply_to
          where d.tenant_id = ${by.tenantId} and d.id = ${letter.origin.issuedId} and ${visible(sql`r.id`)}`.execute(tx);
  return [
    ...answered.rows.map((row) => ({ kind: "surat" as const, relation: "membalas" as const, ...row })),
    ...replies.rows.map((row) => ({ kind: "naskah" as const, relation: "dibalas_oleh" as const, ...row })),
  ];
};

/** What a letter or naskah may be called on paper that leaves the office: a secret one by its number alone. */
export const nameOf = async (tx: Tx, id: Id, by: Actor): Promise<{ readonly number: string | null; readonly subject: string }> => {
  const { rows } = await sql<{ number: string | null; subject: string; security: string }>`
    select number, coalesce(state->'facts'->>'subject', '') as subject, coalesce(state->'facts'->>'security', 'B') as security from received where tenant_id = ${by.tenantId} and id = ${id}
    union all
    select i.number, coalesce(d.state->'summary'->>'subject', ''), coalesce(d.state->'summary'->>'security', 'B') from draft d left join issued i on i.tenant_id = d.tenant_id and i.id = d.id where d.tenant_id = ${by.tenantId} and d.id = ${id}`.execute(tx);
  const [letter] = rows;
  if (letter === undefined) throw new NotFound("letter");
  return { number: letter.number, subject: letter.security === "R" || letter.security === "SR" ? "Sampul tertutup" : letter.subject };
};

// A letter that lives longer than this shows its newest acts; the inspector's search has them all.
const longestTrail = 1000;

type TrailRow = { event_id: Id; type: string; at: Date; person_id: Id; thing_id: Id; kind: string; who: { person: string; position: string; holding: "definitif" | "plt" | "plh" | "pj"; basis: string | null } | null; body: EventBody | null; leaf_index: string | null };

/** The acts on a letter and all that belongs to it, newest first. Words between others in the disposisi tree stay between them. */
export const trail = async (tx: Tx, id: Id, by: Actor, dispositionsOf: LetterDispositions): Promise<Result<Contract["received.trail"]>> => {
  if (!(await mayRead(tx, id, by))) throw new NotFound("letter");
  const conceals = await concealment(tx, id, by, dispositionsOf);
  const { rows } = await sql<TrailRow>`
    select e.event_id, e.type, e.at, e.person_id, e.thing_id, e.kind, e.who, e.body, l.leaf_index
    from event e left join log_leaf l on l.tenant_id = e.tenant_id and l.event_id = e.event_id
    where e.tenant_id = ${by.tenantId} and e.subject_id = ${id} and e.type <> all(${sql.val([...bookkeeping])}::text[])
    order by e.event_id desc, e.revision desc limit ${longestTrail}`.execute(tx);
  const head = await tx.selectFrom("log_head").select(["size", "at"]).where("tenant_id", "=", by.tenantId).executeTakeFirst();
  return {
    head: head === undefined ? null : { size: Number(head.size), at: head.at.toISOString() },
    entries: rows.map((row) => {
      const { sentence, reason } = tell(row.type, row.body);
      return {
        eventId: row.event_id,
        type: row.type,
        at: row.at.toISOString(),
        person: row.who?.person ?? "Nama dihapus menurut hukum",
        post: row.who?.position ?? "",
        holding: row.who?.holding ?? "definitif",
        basis: row.who?.basis ?? null,
        system: row.person_id === nobody,
        sentence,
        reason: conceals(row.thing_id) ? null : reason,
        leafIndex: row.leaf_index === null ? null : Number(row.leaf_index),
      };
    }),
  };
};

/** Whose words this person may not read: of receivers beside him, and all of them on a closed envelope. */
export const concealment = async (tx: Tx, id: Id, by: Actor, dispositionsOf: LetterDispositions): Promise<(thingId: Id) => boolean> => {
  const { rows } = await sql<{ state: ReceivedLetter }>`select state from received where tenant_id = ${by.tenantId} and id = ${id}`.execute(tx);
  const letter = rows[0]?.state;
  if (!(await mayReadInside(tx, id, by))) return () => true;
  if (letter === undefined) return () => false;
  const { concealed } = await dispositionsOf(tx, id, letter, by);
  return (thingId) => concealed.has(thingId);
};
