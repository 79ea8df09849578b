import type { z } from "zod";
import type { contract, Parsed } from "@lontar/contract";
import { sql } from "kysely";
import { typedSubjects } from "../drafts/index.ts";
import type { Actor } from "../kernel/actor.ts";
import type { Tx } from "../kernel/db.ts";
import { startOfDay, type Instant } from "../kernel/ids.ts";

type Desk = z.output<(typeof contract)["desk.list"]["result"]>;
type DeskItem = Desk["items"][number];

type DutyRow = {
  thing_id: string; act: DeskItem["act"]; kind: DeskItem["kind"]; target_id: string; sender: string; title: string; detail: string;
  urgency: DeskItem["urgency"]; security: DeskItem["security"]; since: Date; due: Date | null; unread: boolean; late: boolean; place: string;
};

// Late first, then what is due, then the rest by age; one text key so that a page can start where the last ended.
const place = (at: Instant) => sql<string>`(case when due < ${at}::timestamptz then '0' when due is not null then '1' else '2' end)
  || to_char(coalesce(due, since) at time zone 'UTC', 'YYYYMMDDHH24MISSMS') || thing_id::text || act`;

/** What waits for the post the person holds now: late first, then by deadline, then by age. */
export const desk = async (tx: Tx, input: Parsed<(typeof contract)["desk.list"]>, by: Actor): Promise<Desk> => {
  const mine = sql`tenant_id = ${by.tenantId} and position_id = ${by.positionId}`;
  const { rows } = await sql<DutyRow>`
    select * from (select thing_id, act, kind, target_id, sender, title, detail, urgency, security, since, due, unread, coalesce(due < ${by.at}::timestamptz, false) as late, ${place(by.at)} as place
      from duty where ${mine}) as d
    where ${input.act === undefined ? sql`true` : sql`act = ${input.act}`} and ${input.late === undefined ? sql`true` : sql`late`}
      and ${input.cursor === undefined ? sql`true` : sql`place > ${input.cursor}`}
    order by place limit ${input.limit + 1}`.execute(tx);
  const counts = await sql<{ act: string; n: string; late: string }>`select act, count(*) as n, count(*) filter (where due < ${by.at}::timestamptz) as late from duty where ${mine} group by act`.execute(tx);
  const finished = await sql<{ n: string }>`
    select count(distinct thing_id) as n from event where tenant_id = ${by.tenantId} and person_id = ${by.personId} and position_id = ${by.positionId}
      and event_id >= ${dayStart(by)}::uuid and kind in ('received', 'disposition', 'draft', 'service_request')`.execute(tx);
  const shown = rows.slice(0, input.limit);
  const typed = await typedSubjects(tx, by.tenantId, shown.filter((row) => row.act === "susun").map((row) => row.target_id));
  return {
    items: shown.map((row) => toItem({ ...row, title: typed.get(row.target_id) ?? row.title })),
    next: rows.length > input.limit ? (shown.at(-1)?.place ?? null) : null,
    counts: {
      all: counts.rows.reduce((sum, row) => sum + Number(row.n), 0),
      late: counts.rows.reduce((sum, row) => sum + Number(row.late), 0),
      byAct: Object.fromEntries(counts.rows.map((row) => [row.act, Number(row.n)])),
    },
    finishedToday: Number(finished.rows[0]?.n ?? 0),
    heldBy: by.asideFor,
  };
};

/** The smallest UUIDv7 of the office's present day: a range of ids is a range of time. */
const dayStart = (by: Actor): string => {
  const hex = Date.parse(startOfDay(by.today, by.zone)).toString(16).padStart(12, "0");
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
};

const toItem = (row: DutyRow): DeskItem => ({
  id: row.thing_id, // one thing waits once a desk; the act tells for what
  act: row.act,
  kind: row.kind,
  thingId: row.target_id,
  from: row.sender,
  title: row.title,
  detail: row.detail,
  urgency: row.urgency,
  security: row.security,
  since: row.since.toISOString(),
  due: row.due?.toISOString() ?? null,
  late: row.late,
  unread: row.unread,
});
