import { sql } from "kysely";
import { z } from "zod";
import { nobody } from "../../kernel/actor.ts";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf, unitOf } from "../scan/queries.ts";

const acts = {
  "received.registered": { id: "mencatat surat", en: "registered a letter" },
  "draft.approved": { id: "memaraf naskah", en: "initialled a text" },
  "draft.frozen": { id: "menomori surat", en: "numbered a letter" },
} as const;

/** Somebody was given a post, or his post a new function, and used it at once. The posts with which an office begins are nobody's gift. */
export const roleBeforeLetter = defineFlag({
  code: "B-03", name: "role-before-letter",
  parameters: { minutes: { kind: "angka", label: { id: "Dipakai dalam waktu", en: "Used within" }, unit: { id: "menit", en: "minutes" }, standard: 60, least: 1, most: 1440 } },
  facts: z.object({ person: z.string(), post: z.string(), granted: z.string(), at: z.string(), minutes: z.number(), act: z.enum(["received.registered", "draft.approved", "draft.frozen"]), by: z.string() }),
  search: (scan, { minutes }) => sql`
    with new as materialized (select * from ${fresh(scan, ["received.registered", "draft.approved", "draft.frozen"])} f),
    grant_of as materialized (
      select g.event_id, g.thing_id, g.kind, g.at, g.position_id, g.who from event g
      where g.tenant_id = ${scan.tenantId} and g.event_id >= id_floor((select min(at) from new) - make_interval(mins => ${minutes}::int)) and g.person_id <> ${nobody} and (g.type = 'holding.begun' or (g.type = 'position.defined' and g.revision > 1)))
    select distinct on (g.event_id) g.event_id::text as key, e.at, e.subject_id as subject, ${unitOf(scan.tenantId, sql`e.position_id`, sql`e.at`)} as unit, array[g.event_id, e.event_id] as events, array[e.position_id, g.position_id] as posts,
      jsonb_build_object('person', coalesce(e.who->>'person', ''), 'post', coalesce(e.who->>'position', ''), 'granted', ${isoOf(sql`g.at`)}, 'at', ${isoOf(sql`e.at`)}, 'minutes', floor(extract(epoch from e.at - g.at) / 60)::int, 'act', e.type,
        'by', coalesce(g.who->>'person', '')) as facts
    from new e cross join lateral (values ('holding', e.holding_id), ('position', e.position_id)) used(kind, thing_id) join grant_of g on g.kind = used.kind and g.thing_id = used.thing_id
    where e.at - g.at between interval '0' and make_interval(mins => ${minutes}::int) order by g.event_id, e.at`,
  id: {
    rule: "Jabatan atau peran yang diberikan sesaat sebelum dipakai.",
    title: (f) => `Peran diberikan ${f.minutes} menit sebelum dipakai`,
    about: (f) => f.post,
    sentence: (f, say) => `${f.by} memberi ${f.person} jabatan atau peran ${f.post} ${say.time(f.granted)}; ${f.minutes} menit kemudian ia ${acts[f.act].id}.`,
    innocent: "pejabat lama berhalangan mendadak dan surat itu mendesak.",
    missing: "surat perintah yang bertanggal sebelum peran itu diberikan.",
  },
  en: {
    rule: "Posts and functions that are given just before they are used.",
    title: (f) => `A role was given ${f.minutes} minutes before it was used`,
    about: (f) => f.post,
    sentence: (f, say) => `${f.by} gave ${f.person} the post or function ${f.post} on ${say.time(f.granted)}; ${f.minutes} minutes later he ${acts[f.act].en}.`,
    innocent: "the official before him fell out suddenly and the letter was urgent.",
    missing: "an order that is dated before the role was given.",
  },
});
