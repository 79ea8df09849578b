import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf } from "../scan/queries.ts";

/** An office has cancelled several numbers within a few days: a number that waits to be cancelled can be kept for a letter that should look older. */
export const numbersVoidedInARow = defineFlag({
  code: "A-02", name: "numbers-voided-in-a-row",
  parameters: {
    least: { kind: "angka", label: { id: "Nomor dibatalkan paling sedikit", en: "Cancelled numbers of at least" }, unit: { id: "nomor", en: "numbers" }, standard: 3, least: 2, most: 50 },
    days: { kind: "angka", label: { id: "Dalam waktu", en: "Within" }, unit: { id: "hari", en: "days" }, standard: 7, least: 1, most: 90 },
  },
  facts: z.object({ unit: z.string(), numbers: z.array(z.string()), first: z.string(), last: z.string(), days: z.number() }),
  search: (scan, { least, days }) => sql`
    with new as materialized (select f.* from ${fresh(scan, ["draft.cancelled"])} f where f.body->>'number' is not null),
    void as (
      select e.event_id, e.at, e.position_id, e.body->>'number' as number, d.state->'frozen'->>'series' as series, (d.state->>'officeId')::uuid as unit, d.state->>'unitName' as name,
        e.event_id in (select event_id from new) as is_new
      from event e join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id
      where e.tenant_id = ${scan.tenantId} and e.type = 'draft.cancelled' and e.body->>'number' is not null and e.event_id >= id_floor((select min(at) from new) - make_interval(days => ${days}::int))),
    together as (
      select v.*, array_agg(v.event_id) over w as events, array_agg(v.number) over w as numbers, array_agg(v.position_id) over w as posts, min(v.at) over w as first, first_value(v.event_id) over w as begun
      from void v window w as (partition by v.series order by v.at range between make_interval(days => ${days}::int) preceding and current row))
    select distinct on (t.begun) t.series || '/' || t.begun as key, t.at, null::uuid as subject, t.unit, t.events, array(select distinct unnest(t.posts)) as posts,
      jsonb_build_object('unit', t.name, 'numbers', to_jsonb(t.numbers), 'first', ${isoOf(sql`t.first`)}, 'last', ${isoOf(sql`t.at`)}, 'days', ${days}::int) as facts
    from together t where t.is_new and cardinality(t.events) >= ${least} order by t.begun, t.at`,
  id: {
    rule: "Nomor yang dibatalkan satu kantor dalam beberapa hari.",
    title: (f) => `${f.numbers.length} nomor dibatalkan dalam ${f.days} hari`,
    about: (f) => f.unit,
    sentence: (f, say) => `Nomor ${say.list(f.numbers)} dibatalkan antara ${say.time(f.first)} dan ${say.time(f.last)}.`,
    innocent: "satu rangkaian surat disiapkan untuk acara yang batal.",
    missing: "alasan yang sama atau rencana acara yang dibatalkan.",
  },
  en: {
    rule: "Numbers that one office cancels within a few days.",
    title: (f) => `${f.numbers.length} numbers cancelled within ${f.days} days`,
    about: (f) => f.unit,
    sentence: (f, say) => `Numbers ${say.list(f.numbers)} were cancelled between ${say.time(f.first)} and ${say.time(f.last)}.`,
    innocent: "a set of letters was prepared for an event that did not take place.",
    missing: "a common reason, or the plan of the event.",
  },
});
