import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf, unitOf } from "../scan/queries.ts";

/** Somebody else took the guard off an account, or made it a new way in, and the account then initialled or signed. */
export const factorResetBeforeSignature = defineFlag({
  code: "B-04", name: "factor-reset-before-signature",
  parameters: { hours: { kind: "angka", label: { id: "Dipakai dalam waktu", en: "Used within" }, unit: { id: "jam", en: "hours" }, standard: 8, least: 1, most: 168 } },
  facts: z.object({ person: z.string(), post: z.string(), by: z.string(), reset: z.string(), at: z.string(), isSigned: z.boolean() }),
  search: (scan, { hours }) => sql`
    with new as materialized (select * from ${fresh(scan, ["draft.approved", "draft.frozen"])} f),
    opened as materialized (
      select r.event_id, r.thing_id, r.at, r.who, r.position_id from event r where r.tenant_id = ${scan.tenantId} and r.event_id >= id_floor((select min(at) from new) - make_interval(hours => ${hours}::int))
        and r.type in ('account.factors_reset', 'account.link_renewed') and r.person_id <> r.thing_id)
    select distinct on (r.event_id) r.event_id::text as key, e.at, e.subject_id as subject, ${unitOf(scan.tenantId, sql`e.position_id`, sql`e.at`)} as unit, array[r.event_id, e.event_id] as events, array[e.position_id, r.position_id] as posts,
      jsonb_build_object('person', coalesce(e.who->>'person', ''), 'post', coalesce(e.who->>'position', ''), 'by', coalesce(r.who->>'person', ''), 'reset', ${isoOf(sql`r.at`)}, 'at', ${isoOf(sql`e.at`)}, 'isSigned', e.type = 'draft.frozen') as facts
    from new e join opened r on r.thing_id = e.person_id where e.at - r.at between interval '0' and make_interval(hours => ${hours}::int) order by r.event_id, e.at`,
  id: {
    rule: "Pengaman akun yang dilepas orang lain sesaat sebelum akun itu memaraf atau menandatangani.",
    title: (f) => `Pengaman akun dilepas sebelum ${f.isSigned ? "menandatangani" : "memaraf"}`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.by} melepas pengaman atau membuat jalan masuk baru bagi akun ${f.person} ${say.time(f.reset)}; akun itu ${f.isSigned ? "menandatangani" : "memaraf"} ${say.time(f.at)}.`,
    innocent: "pemiliknya kehilangan ponsel dan meminta bantuan admin.",
    missing: "permintaan pemilik akun, atau pengakuannya atas tindakan itu.",
  },
  en: {
    rule: "Guards of an account that somebody else takes off just before it initials or signs.",
    title: (f) => `The guard of an account was taken off before it ${f.isSigned ? "signed" : "initialled"}`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.by} took the guard off ${f.person}'s account, or made it a new way in, on ${say.time(f.reset)}; the account ${f.isSigned ? "signed" : "initialled"} on ${say.time(f.at)}.`,
    innocent: "its owner had lost his phone and asked the admin for help.",
    missing: "the owner's request, or his word that the act was his.",
  },
});
