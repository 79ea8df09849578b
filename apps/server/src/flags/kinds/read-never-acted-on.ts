import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { isoOf, ripe } from "../scan/queries.ts";

/** A letter was read by its addressee, and for long nothing followed. */
export const readNeverActedOn = defineFlag({
  code: "D-03", name: "read-never-acted-on",
  parameters: { days: { kind: "angka", label: { id: "Tanpa tindakan selama", en: "Without an act for" }, unit: { id: "hari", en: "days" }, standard: 45, least: 3, most: 365 } },
  facts: z.object({ number: z.string(), sender: z.string(), post: z.string(), read: z.string(), days: z.number() }),
  search: (scan, { days }) => sql`
    with old as materialized (select * from ${ripe(scan, ["received.opened"], days)} o),
    acted as materialized (
      select a.thing_id, min(a.at) as at from event a where a.tenant_id = ${scan.tenantId} and a.event_id >= id_floor((select min(at) from old)) and a.type in ('received.disposed', 'received.closed') group by a.thing_id)
    select e.event_id::text as key, e.at + make_interval(days => ${days}::int) as at, e.thing_id as subject, r.unit_id as unit, array[e.event_id] as events, array[e.position_id] as posts,
      jsonb_build_object('number', coalesce(r.number, ''), 'sender', coalesce(r.sender, ''), 'post', coalesce(e.who->>'position', ''), 'read', ${isoOf(sql`e.at`)}, 'days', ${days}::int) as facts
    from old e
    join received r on r.tenant_id = e.tenant_id and r.id = e.thing_id and r.state->>'copy' = 'false'
    left join acted a on a.thing_id = e.thing_id
    where a.at is null or a.at > e.at + make_interval(days => ${days}::int)`,
  id: {
    rule: "Surat yang sudah dibaca tetapi lama tidak ditindaklanjuti.",
    title: (f) => `Dibaca, ${f.days} hari tanpa tindakan`,
    about: (f) => `Surat ${f.number}, ${f.sender}`,
    sentence: (f, say) => `${f.post} membaca surat ${f.number} dari ${f.sender} ${say.time(f.read)}. Dalam ${f.days} hari sesudahnya surat itu tidak didisposisikan dan tidak diselesaikan.`,
    innocent: "cukup diketahui, tetapi lupa dinyatakan selesai.",
    missing: "disposisi, jawaban, atau catatan bahwa surat itu cukup diketahui.",
  },
  en: {
    rule: "Letters that were read and long not acted on.",
    title: (f) => `Read, and no act for ${f.days} days`,
    about: (f) => `Letter ${f.number}, ${f.sender}`,
    sentence: (f, say) => `${f.post} read letter ${f.number} from ${f.sender} on ${say.time(f.read)}. In the ${f.days} days that followed it was neither disposed of nor finished.`,
    innocent: "it was for information, and nobody remembered to say so.",
    missing: "a disposisi, an answer, or a note that it was for information.",
  },
  picture: (f) => ({ letter: [], gap: { label: { id: `${f.days} hari`, en: `${f.days} days` }, from: f.read, to: new Date(Date.parse(f.read) + f.days * 86_400_000).toISOString() } }),
});
