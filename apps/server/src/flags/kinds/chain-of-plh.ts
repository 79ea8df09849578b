import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf, unitOf } from "../scan/queries.ts";

/** One Plh. follows another on the same post, until the exception has become the rule. */
export const chainOfPlh = defineFlag({
  code: "B-02", name: "chain-of-plh",
  parameters: {
    least: { kind: "angka", label: { id: "Mandat Plh. berturut-turut paling sedikit", en: "Mandates of Plh. in a row, at least" }, unit: { id: "mandat", en: "mandates" }, standard: 3, least: 2, most: 24 },
    days: { kind: "angka", label: { id: "Seluruhnya paling sedikit", en: "Together at least" }, unit: { id: "hari", en: "days" }, standard: 30, least: 1, most: 365 },
    gap: { kind: "angka", label: { id: "Jeda yang masih dianggap bersambung", en: "Pause that still counts as in a row" }, unit: { id: "hari", en: "days" }, standard: 3, least: 0, most: 60 },
  },
  facts: z.object({ title: z.string(), count: z.number(), days: z.number(), since: z.string(), until: z.string(), people: z.array(z.string()) }),
  search: (scan, { least, days, gap }) => sql`
    with new as materialized (select f.thing_id, (f.body->'state'->>'positionId')::uuid as position_id from ${fresh(scan, ["holding.begun"])} f where f.body->'state'->>'kind' = 'plh'),
    plh as (
      select h.id, h.position_id, h.person_id, instant_of(h.since) as since, instant_of(h.until) as until, lag(instant_of(h.until)) over (partition by h.position_id order by instant_of(h.since)) as before
      from holding h where h.tenant_id = ${scan.tenantId} and h.kind = 'plh' and h.until > h.since and h.position_id in (select position_id from new)),
    run as (select p.*, count(*) filter (where p.before is null or p.since > p.before + make_interval(days => ${gap}::int)) over (partition by p.position_id order by p.since) as run from plh p),
    chain as (
      select r.position_id, count(*)::int as n, min(r.since) as since, max(r.until) as until, array_agg(r.id order by r.since) as ids, array_agg(n.name order by r.since) as people
      from run r join person n on n.tenant_id = ${scan.tenantId} and n.id = r.person_id group by r.position_id, r.run)
    select c.position_id || '/' || c.ids[1] as key, g.at, null::uuid as subject, ${unitOf(scan.tenantId, sql`c.position_id`, sql`c.until`)} as unit, g.events, array_prepend(c.position_id, g.posts) as posts,
      jsonb_build_object('title', (select p.title from position_period p where p.tenant_id = ${scan.tenantId} and p.id = c.position_id order by p.since desc limit 1), 'count', c.n, 'days', ceil(extract(epoch from c.until - c.since) / 86400)::int,
        'since', ${isoOf(sql`c.since`)}, 'until', ${isoOf(sql`c.until`)}, 'people', to_jsonb(c.people)) as facts
    from chain c
    cross join lateral (select max(e.at) as at, array_agg(e.event_id order by e.at) as events, array_agg(distinct e.position_id) as posts from event e where e.tenant_id = ${scan.tenantId} and e.thing_id = any(c.ids) and e.kind = 'holding' and e.type = 'holding.begun') g
    where c.n >= ${least} and c.until - c.since >= make_interval(days => ${days}::int) and c.ids && array(select thing_id from new)`,
  id: {
    rule: "Mandat Plh. yang sambung-menyambung pada satu jabatan.",
    title: (f) => `${f.count} Plh. berturut-turut, ${f.days} hari`,
    about: (f) => f.title,
    sentence: (f, say) => `Jabatan ${f.title} dijalankan ${f.count} Plh. berturut-turut (${say.list([...new Set(f.people)])}) dari ${say.time(f.since)} sampai ${say.time(f.until)}.`,
    innocent: "pejabatnya sakit lama atau mengikuti pendidikan.",
    missing: "surat cuti atau surat tugas yang menjelaskan ketidakhadirannya.",
  },
  en: {
    rule: "Mandates of Plh. that follow each other on one post.",
    title: (f) => `${f.count} Plh. in a row, ${f.days} days`,
    about: (f) => f.title,
    sentence: (f, say) => `The post ${f.title} was run by ${f.count} Plh. in a row (${say.list([...new Set(f.people)])}) from ${say.time(f.since)} to ${say.time(f.until)}.`,
    innocent: "its holder was ill for long, or away for training.",
    missing: "the leave or the order that explains the absence.",
  },
  picture: (f) => ({ letter: [{ label: { id: "Plh.", en: "Plh." }, from: f.since, to: f.until }], gap: null }),
});
