import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf, unitOf } from "../scan/queries.ts";

const deciding = ["draft.approved", "draft.frozen", "draft.signed"];

/** Two people came in by the same browser shortly after each other, and one of them initialled or signed: perhaps it was one person. */
export const sameDevice = defineFlag({
  code: "E-03", name: "same-device",
  parameters: { minutes: { kind: "angka", label: { id: "Berselang paling lama", en: "Within" }, unit: { id: "menit", en: "minutes" }, standard: 30, least: 1, most: 720 } },
  facts: z.object({ first: z.string(), second: z.string(), device: z.string(), at: z.string(), minutes: z.number(), actor: z.string(), isSigned: z.boolean() }),
  search: (scan, { minutes }) => sql`
    with new as materialized (select * from ${fresh(scan, ["account.signed_in", ...deciding])} f),
    pair as materialized (
      select a.person_id as one, b.person_id as other, a.session_id as one_session, b.session_id as other_session, a.since as begun, b.since, b.device, b.browser
      from session a join session b on b.tenant_id = a.tenant_id and b.browser = a.browser and b.person_id <> a.person_id and b.since between a.since and a.since + make_interval(mins => ${minutes}::int)
      where a.tenant_id = ${scan.tenantId} and a.browser is not null and a.since >= (select min(at) from new) - make_interval(mins => ${minutes * 2}::int)),
    act as materialized (select v.* from event v where v.tenant_id = ${scan.tenantId} and v.type = any(${sql.val(deciding)}::text[]) and v.event_id >= id_floor((select min(begun) from pair)))
    select distinct on (p.one_session, p.other_session) p.one_session || '/' || p.other_session as key, v.at, v.subject_id as subject, ${unitOf(scan.tenantId, sql`v.position_id`, sql`v.at`)} as unit, array_append(s.events, v.event_id) as events, array_prepend(v.position_id, s.posts) as posts,
      jsonb_build_object('first', n.name, 'second', m.name, 'device', p.device, 'at', ${isoOf(sql`v.at`)}, 'minutes', floor(extract(epoch from p.since - p.begun) / 60)::int, 'actor', coalesce(v.who->>'person', ''), 'isSigned', v.type <> 'draft.approved') as facts
    from pair p
    join act v on v.person_id in (p.one, p.other) and v.at between p.begun and p.since + make_interval(mins => ${minutes}::int)
    join person n on n.tenant_id = ${scan.tenantId} and n.id = p.one join person m on m.tenant_id = ${scan.tenantId} and m.id = p.other
    cross join lateral (select array_agg(e.event_id order by e.at) as events, array_agg(e.position_id order by e.at) as posts from event e where e.tenant_id = ${scan.tenantId} and e.kind = 'account' and e.type = 'account.signed_in'
      and ((e.thing_id = p.one and e.body->>'session' = p.one_session::text) or (e.thing_id = p.other and e.body->>'session' = p.other_session::text))) s
    where s.events is not null order by p.one_session, p.other_session, v.at`,
  id: {
    rule: "Satu peramban yang dipakai masuk dua orang berdekatan, lalu dipakai memaraf atau menandatangani.",
    title: (f) => `Dua orang, satu perangkat, berselang ${f.minutes} menit`,
    about: (f, say) => say.list([f.first, f.second]),
    sentence: (f, say) => `${f.first} dan ${f.second} masuk dari peramban yang sama (${f.device}) berselang ${f.minutes} menit; ${f.actor} ${f.isSigned ? "menandatangani" : "memaraf"} ${say.time(f.at)}.`,
    innocent: "keduanya memakai komputer bersama di ruang yang sama.",
    missing: "keterangan keduanya bahwa masing-masing bertindak sendiri.",
  },
  en: {
    rule: "One browser by which two people come in shortly after each other, and one of them initials or signs.",
    title: (f) => `Two people, one device, ${f.minutes} minutes apart`,
    about: (f, say) => say.list([f.first, f.second]),
    sentence: (f, say) => `${f.first} and ${f.second} came in by the same browser (${f.device}), ${f.minutes} minutes apart; ${f.actor} ${f.isSigned ? "signed" : "initialled"} on ${say.time(f.at)}.`,
    innocent: "both use a computer that is shared in their room.",
    missing: "the word of each that he acted himself.",
  },
});
