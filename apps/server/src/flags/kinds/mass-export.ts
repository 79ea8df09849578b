import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { dayOf, fresh, isoOf, unitOf } from "../scan/queries.ts";

const exports = ["export.made", "inspection.exported"];

/** One person took more away as files in a day than his work needs: the organisation, lists of readers, copies of trails, an inspector's lists. What a browser prints by itself nobody sees. */
export const massExport = defineFlag({
  code: "E-05", name: "mass-export",
  parameters: { least: { kind: "angka", label: { id: "Unduhan dalam satu hari paling sedikit", en: "Downloads in a day, at least" }, unit: { id: "unduhan", en: "downloads" }, standard: 15, least: 3, most: 500 } },
  facts: z.object({ person: z.string(), post: z.string(), count: z.number(), rows: z.number(), from: z.string(), to: z.string() }),
  search: (scan, { least }) => sql`
    with new as materialized (select * from ${fresh(scan, exports)} f),
    made as (
      select v.event_id, v.person_id, v.position_id, v.at, v.who, ${dayOf(scan, sql`v.at`)} as day, coalesce((v.body->'export'->>'rows')::numeric, (v.body->>'found')::numeric, 0) as size
      from event v where v.tenant_id = ${scan.tenantId} and v.type = any(${sql.val(exports)}::text[]) and v.event_id >= id_floor((select min(at) from new) - interval '1 day')),
    days as (
      select person_id, day, count(*) as n, sum(size) as size, min(at) as begun, max(at) as ended, (array_agg(position_id order by at desc))[1] as position_id, (array_agg(who order by at desc))[1] as who,
        (array_agg(event_id order by at))[1:200] as events
      from made group by person_id, day having count(*) >= ${least})
    select d.person_id || '/' || d.day as key, d.ended as at, null::uuid as subject, ${unitOf(scan.tenantId, sql`d.position_id`, sql`d.ended`)} as unit, d.events, array[d.position_id] as posts,
      jsonb_build_object('person', coalesce(d.who->>'person', ''), 'post', coalesce(d.who->>'position', ''), 'count', d.n, 'rows', d.size, 'from', ${isoOf(sql`d.begun`)}, 'to', ${isoOf(sql`d.ended`)}) as facts
    from days d where exists (select from new f where f.person_id = d.person_id and ${dayOf(scan, sql`f.at`)} = d.day)`,
  id: {
    rule: "Banyaknya berkas yang diunduh satu orang dalam satu hari.",
    title: (f, say) => `${say.count(f.count)} unduhan dalam satu hari`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.person} selaku ${f.post} mengunduh ${say.count(f.count)} berkas berisi ${say.count(f.rows)} baris antara ${say.time(f.from)} dan ${say.time(f.to)}.`,
    innocent: "ia menyiapkan bahan pemeriksaan atau serah terima.",
    missing: "permintaan tertulis yang menjadi dasar unduhan itu.",
  },
  en: {
    rule: "How many files one person downloads in a day.",
    title: (f, say) => `${say.count(f.count)} downloads in a day`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.person}, as ${f.post}, downloaded ${say.count(f.count)} files of ${say.count(f.rows)} rows between ${say.time(f.from)} and ${say.time(f.to)}.`,
    innocent: "he was preparing an audit or a hand-over.",
    missing: "the written request on which the downloads rest.",
  },
  picture: (f) => ({ letter: [], gap: { label: { id: `${f.count} unduhan`, en: `${f.count} downloads` }, from: f.from, to: f.to } }),
});
