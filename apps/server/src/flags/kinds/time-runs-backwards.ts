import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { freshOfAnyType, isoOf, unitOf } from "../scan/queries.ts";

/** An act bears a time other than the one at which its record was made, or a time before the act that precedes it on the same thing. */
export const timeRunsBackwards = defineFlag({
  code: "A-05", name: "time-runs-backwards",
  parameters: { minutes: { kind: "angka", label: { id: "Selisih paling sedikit", en: "Difference of at least" }, unit: { id: "menit", en: "minutes" }, standard: 30, least: 5, most: 1440 } },
  facts: z.object({ post: z.string(), claimed: z.string(), recorded: z.string(), minutes: z.number() }),
  search: (scan, { minutes }) => sql`
    with new as materialized (
      select e.event_id, e.kind, e.thing_id, e.subject_id, e.revision, e.at, e.position_id, e.who, to_timestamp(('x' || left(replace(e.event_id::text, '-', ''), 12))::bit(48)::bigint / 1000.0) as made from ${freshOfAnyType(scan)} e),
    odd as (
      select n.*, n.made as other, null::uuid as before from new n where n.made - n.at not between make_interval(mins => -${minutes}::int) and make_interval(mins => ${minutes}::int)
      union all
      select n.*, b.at, b.event_id from new n join event b on b.tenant_id = ${scan.tenantId} and b.thing_id = n.thing_id and b.kind = n.kind and b.revision = n.revision - 1 and b.at > n.at + make_interval(mins => ${minutes}::int))
    select distinct on (o.event_id) o.event_id::text as key, o.at, o.subject_id as subject, ${unitOf(scan.tenantId, sql`o.position_id`, sql`o.at`)} as unit, array_remove(array[o.before, o.event_id], null) as events, array[o.position_id] as posts,
      jsonb_build_object('post', coalesce(o.who->>'position', ''), 'claimed', ${isoOf(sql`o.at`)}, 'recorded', ${isoOf(sql`o.other`)}, 'minutes', round(abs(extract(epoch from o.other - o.at)) / 60)::int) as facts
    from odd o order by o.event_id, o.before nulls first`,
  id: {
    rule: "Waktu tindakan dibandingkan dengan waktu pencatatannya, dan dengan tindakan sebelumnya.",
    title: (f, say) => `Waktu tindakan ${say.span(f.minutes)} ${f.claimed < f.recorded ? "lebih awal" : "lebih lambat"} daripada catatannya`,
    about: (f) => f.post,
    sentence: (f, say) => `Tindakan ${f.post} tercatat ${say.time(f.claimed)}, padahal menurut urutan catatan baru terjadi ${say.time(f.recorded)} atau sesudahnya.`,
    innocent: "jam server salah setel untuk sementara.",
    missing: "catatan operator tentang jam server pada hari itu.",
  },
  en: {
    rule: "The time of an act beside the time of its record, and beside the act before it.",
    title: (f, say) => `The act claims a time ${say.span(f.minutes)} ${f.claimed < f.recorded ? "before" : "after"} its record`,
    about: (f) => f.post,
    sentence: (f, say) => `An act of ${f.post} bears the time ${say.time(f.claimed)}, yet by the order of the records it happened on ${say.time(f.recorded)} or later.`,
    innocent: "the clock of the server was set wrong for a while.",
    missing: "the operator's note on the clock of that day.",
  },
  picture: (f) => ({ letter: [{ label: { id: "waktu yang disebut", en: "time claimed" }, from: f.claimed, to: null }], gap: { label: { id: "selisih", en: "difference" }, from: f.claimed < f.recorded ? f.claimed : f.recorded, to: f.claimed < f.recorded ? f.recorded : f.claimed } }),
});
