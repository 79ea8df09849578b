import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf, unitOf } from "../scan/queries.ts";

/** Two officials have initialled the same text so soon after each other that the second cannot have read it. */
export const approvedWithinSeconds = defineFlag({
  code: "C-03", name: "approved-within-seconds",
  parameters: { seconds: { kind: "angka", label: { id: "Jarak antarparaf paling lama", en: "Time between initials of at most" }, unit: { id: "detik", en: "seconds" }, standard: 15, least: 1, most: 600 } },
  facts: z.object({ type: z.string(), subject: z.string(), unit: z.string(), version: z.number(), seconds: z.number(), first: z.string(), second: z.string(), at: z.string() }),
  search: (scan, { seconds }) => sql`
    select distinct on (e.thing_id, e.body->>'version') e.thing_id || '/' || (e.body->>'version') as key, e.at, e.thing_id as subject, coalesce((d.state->>'officeId')::uuid, ${unitOf(scan.tenantId, sql`e.position_id`, sql`e.at`)}) as unit,
      array[b.event_id, e.event_id] as events, array[e.position_id, b.position_id] as posts,
      jsonb_build_object('type', d.state->>'typeTitle', 'subject', case when d.state->'summary'->>'security' in ('R', 'SR') then 'Sampul tertutup' else d.state->'summary'->>'subject' end, 'unit', d.state->>'unitName', 'version', (e.body->>'version')::int,
        'seconds', round(extract(epoch from e.at - b.at))::int, 'first', coalesce(b.who->>'position', ''), 'second', coalesce(e.who->>'position', ''), 'at', ${isoOf(sql`e.at`)}) as facts
    from ${fresh(scan, ["draft.approved"])} e
    join event b on b.tenant_id = e.tenant_id and b.thing_id = e.thing_id and b.kind = 'draft' and b.revision = e.revision - 1 and b.type = 'draft.approved' and b.person_id <> e.person_id
    join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id
    where e.at - b.at between interval '0' and make_interval(secs => ${seconds}::int)
    order by e.thing_id, e.body->>'version', e.revision`,
  id: {
    rule: "Jarak waktu antara dua paraf berurutan pada naskah yang sama.",
    title: (f) => `Dua paraf berselang ${f.seconds} detik`,
    about: (f) => `${f.type}, ${f.unit}`,
    sentence: (f, say) => `${f.second} memaraf naskah “${f.subject}” versi ${f.version}, ${f.seconds} detik sesudah ${f.first}, ${say.time(f.at)}.`,
    innocent: "naskahnya sudah dibahas bersama dalam satu rapat sebelum diparaf.",
    missing: "tanda bahwa pemaraf kedua membaca naskah itu sendiri.",
  },
  en: {
    rule: "The time between two initials on the same text.",
    title: (f) => `Two initials within ${f.seconds} seconds`,
    about: (f) => `${f.type}, ${f.unit}`,
    sentence: (f, say) => `${f.second} initialled “${f.subject}”, version ${f.version}, ${f.seconds} seconds after ${f.first}, on ${say.time(f.at)}.`,
    innocent: "the text had been discussed together in one meeting before.",
    missing: "a sign that the second official read the text himself.",
  },
});
