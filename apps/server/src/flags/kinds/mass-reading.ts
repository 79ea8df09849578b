import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { dayOf, fresh, isoOf, unitOf } from "../scan/queries.ts";

const readings = ["received.opened", "received.reopened", "disposition.opened", "disposition.reopened", "secret_reading.read", "inspection_look.read", "emergency.read"];

/** One person opened more letters in an hour than anybody reads. Only readings that are events are counted: the first of each letter, every one of a secret letter, and every one by oversight. */
export const massReading = defineFlag({
  code: "E-01", name: "mass-reading",
  parameters: { least: { kind: "angka", label: { id: "Surat dibuka dalam satu jam paling sedikit", en: "Letters opened in an hour, at least" }, unit: { id: "surat", en: "letters" }, standard: 40, least: 5, most: 1000 } },
  facts: z.object({ person: z.string(), post: z.string(), count: z.number(), from: z.string(), to: z.string() }),
  search: (scan, { least }) => sql`
    with new as materialized (select * from ${fresh(scan, readings)} f),
    opened as (
      select v.event_id, v.person_id, v.position_id, v.at, v.who, ${dayOf(scan, sql`v.at`)} as day, count(*) over w as n, min(v.at) over w as begun
      from event v where v.tenant_id = ${scan.tenantId} and v.type = any(${sql.val(readings)}::text[]) and v.event_id >= id_floor((select min(at) from new) - interval '1 hour')
      window w as (partition by v.person_id order by v.at range between interval '1 hour' preceding and current row)),
    most as (select distinct on (o.person_id, o.day) o.* from opened o where o.n >= ${least} order by o.person_id, o.day, o.n desc, o.at)
    select m.person_id || '/' || m.day as key, m.at, null::uuid as subject, ${unitOf(scan.tenantId, sql`m.position_id`, sql`m.at`)} as unit,
      (select array_agg(x.event_id order by x.at) from (select v.event_id, v.at from event v where v.tenant_id = ${scan.tenantId} and v.person_id = m.person_id and v.event_id >= id_floor(m.begun) and v.event_id < id_floor(m.at + interval '1 day') and v.at <= m.at and v.type = any(${sql.val(readings)}::text[]) order by v.event_id limit 200) x) as events,
      array[m.position_id] as posts, jsonb_build_object('person', coalesce(m.who->>'person', ''), 'post', coalesce(m.who->>'position', ''), 'count', m.n, 'from', ${isoOf(sql`m.begun`)}, 'to', ${isoOf(sql`m.at`)}) as facts
    from most m`,
  id: {
    rule: "Banyaknya surat yang dibuka satu orang dalam satu jam.",
    title: (f, say) => `${say.count(f.count)} surat dibuka dalam satu jam`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.person} selaku ${f.post} membuka ${say.count(f.count)} surat antara ${say.time(f.from)} dan ${say.time(f.to)}.`,
    innocent: "ia membereskan surat yang menumpuk sesudah cuti.",
    missing: "alasan membuka surat sebanyak itu sekaligus.",
  },
  en: {
    rule: "How many letters one person opens in an hour.",
    title: (f, say) => `${say.count(f.count)} letters opened in an hour`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.person}, as ${f.post}, opened ${say.count(f.count)} letters between ${say.time(f.from)} and ${say.time(f.to)}.`,
    innocent: "he was clearing what had piled up while he was away.",
    missing: "a reason to open so many at once.",
  },
  picture: (f) => ({ letter: [], gap: { label: { id: `${f.count} surat`, en: `${f.count} letters` }, from: f.from, to: f.to } }),
});
