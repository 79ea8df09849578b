import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf } from "../scan/queries.ts";

/** A secret letter was opened by break-glass: always a matter to be explained, and the alarm alone is no explanation. */
export const secretOpenedInEmergency = defineFlag({
  code: "E-04", name: "secret-opened-in-emergency",
  parameters: {},
  facts: z.object({ number: z.string(), person: z.string(), post: z.string(), at: z.string(), until: z.string(), reason: z.string(), readings: z.number(), known: z.number(), alarmed: z.number() }),
  search: (scan) => sql`
    select e.thing_id::text as key, e.at, e.subject_id as subject, null::uuid as unit, array_prepend(e.event_id, b.events) as events, array[e.position_id] as posts,
      jsonb_build_object('number', e.body->'letter'->>'number', 'person', e.body->'opener'->>'person', 'post', e.body->'opener'->>'post', 'at', ${isoOf(sql`e.at`)}, 'until', e.body->>'until', 'reason', e.body->>'reason', 'readings', b.readings, 'known', b.known, 'alarmed', jsonb_array_length(e.body->'alarmed')) as facts
    from ${fresh(scan, ["emergency.opened"])} e
    cross join lateral (select coalesce((array_agg(v.event_id order by v.revision))[1:40], '{}') as events, count(*) filter (where v.type = 'emergency.read')::int as readings, count(*) filter (where v.type = 'emergency.acknowledged')::int as known
      from event v where v.tenant_id = e.tenant_id and v.thing_id = e.thing_id and v.kind = 'emergency' and v.revision > e.revision) b
    where e.body->'letter'->>'security' in ('R', 'SR')`,
  id: {
    rule: "Surat rahasia yang dibuka lewat akses darurat.",
    title: () => "Surat rahasia dibuka lewat akses darurat",
    about: (f) => `Surat ${f.number}`,
    sentence: (f, say) => `${f.person} selaku ${f.post} membuka surat rahasia ${f.number} lewat akses darurat ${say.time(f.at)} dan membacanya ${f.readings} kali. ${f.known} dari ${f.alarmed} jabatan sudah menyatakan mengetahuinya. Alasannya: ${f.reason}`,
    innocent: "pemegang surat tidak dapat dihubungi dan keadaannya mendesak.",
    missing: "bukti keadaan darurat, dan pernyataan mengetahui dari semua jabatan.",
  },
  en: {
    rule: "Secret letters that are opened by emergency access.",
    title: () => "A secret letter was opened by emergency access",
    about: (f) => `Letter ${f.number}`,
    sentence: (f, say) => `${f.person}, as ${f.post}, opened the secret letter ${f.number} by emergency access on ${say.time(f.at)} and read it ${f.readings} times. ${f.known} of ${f.alarmed} posts have said that they know. The reason given: ${f.reason}`,
    innocent: "its holder could not be reached and the matter was urgent.",
    missing: "a proof of the emergency, and the word of every post that it knows.",
  },
  picture: (f) => ({ letter: [{ label: { id: "akses darurat", en: "emergency access" }, from: f.at, to: f.until }], gap: null }),
});
