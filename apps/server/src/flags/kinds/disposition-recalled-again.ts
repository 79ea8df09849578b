import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf } from "../scan/queries.ts";

/** A disposisi of the same letter was given and taken back again and again. */
export const dispositionRecalledAgain = defineFlag({
  code: "D-04", name: "disposition-recalled-again",
  parameters: {
    least: { kind: "angka", label: { id: "Ditarik paling sedikit", en: "Taken back at least" }, unit: { id: "kali", en: "times" }, standard: 3, least: 2, most: 20 },
    days: { kind: "angka", label: { id: "Dalam waktu", en: "Within" }, unit: { id: "hari", en: "days" }, standard: 30, least: 1, most: 365 },
  },
  facts: z.object({ number: z.string(), sender: z.string(), by: z.string(), count: z.number(), receivers: z.array(z.string()), at: z.string() }),
  search: (scan, { least, days }) => sql`
    with new as materialized (select * from ${fresh(scan, ["disposition.withdrawn"])} f),
    taken as (
      select v.*, v.event_id in (select event_id from new) as is_new, array_agg(v.event_id) over w as events, array_agg(v.body->>'receiver') over w as receivers
      from event v where v.tenant_id = ${scan.tenantId} and v.type = 'disposition.withdrawn' and v.body is not null and v.event_id >= id_floor((select min(at) from new) - make_interval(days => ${days}::int))
      window w as (partition by v.subject_id order by v.at range between make_interval(days => ${days}::int) preceding and current row))
    select distinct on (t.subject_id) t.subject_id::text as key, t.at, t.subject_id as subject, r.unit_id as unit, t.events, array[t.position_id] as posts,
      jsonb_build_object('number', coalesce(r.number, ''), 'sender', coalesce(r.sender, ''), 'by', coalesce(t.who->>'position', ''), 'count', cardinality(t.events), 'receivers', to_jsonb(t.receivers), 'at', ${isoOf(sql`t.at`)}) as facts
    from taken t join received r on r.tenant_id = t.tenant_id and r.id = t.subject_id
    where t.is_new and cardinality(t.events) >= ${least} order by t.subject_id, t.at`,
  id: {
    rule: "Disposisi satu surat yang berulang kali ditarik.",
    title: (f) => `Disposisi ditarik ${f.count} kali`,
    about: (f) => `Surat ${f.number}, ${f.sender}`,
    sentence: (f, say) => `${f.by} menarik disposisi surat ${f.number} ${f.count} kali sebelum dibaca, dari ${say.list([...new Set(f.receivers)])}; yang terakhir ${say.time(f.at)}.`,
    innocent: "penerimanya salah pilih atau sedang cuti.",
    missing: "alasan penarikannya.",
  },
  en: {
    rule: "Disposisi of one letter that are taken back again and again.",
    title: (f) => `A disposisi was taken back ${f.count} times`,
    about: (f) => `Letter ${f.number}, ${f.sender}`,
    sentence: (f, say) => `${f.by} took back the disposisi of letter ${f.number} ${f.count} times before it was read, from ${say.list([...new Set(f.receivers)])}; the last on ${say.time(f.at)}.`,
    innocent: "the receiver was chosen by mistake, or on leave.",
    missing: "the reason for taking it back.",
  },
});
