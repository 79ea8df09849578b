import { letterTypes } from "@lontar/naskah";
import { sql } from "kysely";
import { z } from "zod";
import { defaultPolicy } from "../../organisation/index.ts";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf } from "../scan/queries.ts";

const reasons = {
  masa: { id: "mandat atau jabatannya tidak berlaku pada saat itu", en: "his mandate or appointment was not in force then" },
  jabatan: { id: "dasar yang dipakai milik orang atau jabatan lain", en: "the basis that was used belongs to another person or post" },
  jenis: { id: "jenis naskah itu di luar lingkup mandatnya", en: "letters of that type are outside the scope of his mandate" },
  klasifikasi: { id: "klasifikasi naskah itu di luar lingkup mandatnya", en: "the classification is outside the scope of his mandate" },
  mandat: { id: "Plt. dan Plh. tidak memutuskan perkara itu (UU 30/2014 Pasal 14 ayat 7)", en: "Plt. and Plh. do not decide such matters (Law 30/2014 Art. 14(7))" },
  giliran: { id: "ia bukan penanda tangan menurut rantai parafnya", en: "he is not the signer of its chain" },
  pelimpahan: { id: "tanda tangan a.n. itu tidak dilimpahkan kepadanya", en: "nobody has delegated the signature a.n. to him" },
} as const;

// A berita acara that carries out an act decides nothing itself: the limits of a mandate do not reach it.
const carryingOut = letterTypes.filter((type) => type.forAct !== undefined).map((type) => type.code);

/** A letter was numbered or signed by someone who had no authority for it. The rules refuse this: it is found where another server, or a hand in the database, has let it pass. */
export const signedBeyondAuthority = defineFlag({
  code: "B-01", name: "signed-beyond-authority",
  parameters: {},
  facts: z.object({ type: z.string(), number: z.string(), unit: z.string(), signer: z.string(), post: z.string(), at: z.string(), why: z.array(z.enum(["masa", "jabatan", "jenis", "klasifikasi", "mandat", "giliran", "pelimpahan"])) }),
  search: (scan) => sql`
    with beyond as (select coalesce((select p.state->'beyondMandate' from policy p where p.tenant_id = ${scan.tenantId}), ${JSON.stringify(defaultPolicy.beyondMandate)}::jsonb) as list)
    select distinct on (e.thing_id) e.thing_id::text as key, e.at, e.thing_id as subject, (d.state->>'officeId')::uuid as unit, array[e.event_id] as events, array[e.position_id] as posts,
      jsonb_build_object('type', d.state->>'typeTitle', 'number', coalesce(d.state->'frozen'->>'number', ''), 'unit', d.state->>'unitName', 'signer', coalesce(e.who->>'person', ''), 'post', coalesce(e.who->>'position', ''), 'at', ${isoOf(sql`e.at`)}, 'why', to_jsonb(w.why)) as facts
    from ${fresh(scan, ["draft.frozen", "draft.signed"])} e
    join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id
    left join holding h on h.tenant_id = e.tenant_id and h.id = e.holding_id
    cross join beyond
    cross join lateral (select d.state->>'type' as type, coalesce(d.state->'content'->>'classification', '') as code, case when jsonb_typeof(h.state->'scope') = 'object' then h.state->'scope' end as scope) m
    cross join lateral (select array_remove(array[
      case when h.id is null or e.at < instant_of(h.since) or e.at >= instant_of(h.until) then 'masa' end,
      case when h.position_id <> e.position_id or h.person_id <> e.person_id then 'jabatan' end,
      case when jsonb_array_length(m.scope->'types') > 0 and not m.scope->'types' ? m.type then 'jenis' end,
      case when jsonb_array_length(m.scope->'classifications') > 0 and not exists (select from jsonb_array_elements_text(m.scope->'classifications') c(prefix) where m.code = c.prefix or starts_with(m.code, c.prefix || '.')) then 'klasifikasi' end,
      case when h.kind in ('plt', 'plh') and not m.type = any(${sql.val(carryingOut)}::text[]) and exists (select from jsonb_array_elements_text(beyond.list) c(prefix) where m.code = c.prefix or starts_with(m.code, c.prefix || '.')) then 'mandat' end,
      case when e.position_id::text <> d.state->'steps'->-1->>'positionId' then 'giliran' end,
      case when d.state->'content'->>'onBehalf' = 'true' and not exists (
        select from delegation g where g.tenant_id = e.tenant_id and g.to_id = e.position_id and instant_of(g.state->>'since') <= e.at and (g.state->>'until' is null or e.at < instant_of(g.state->>'until'))) then 'pelimpahan' end], null) as why) w
    where cardinality(w.why) > 0 order by e.thing_id, e.revision`,
  id: {
    rule: "Penomoran dan tanda tangan dibandingkan dengan masa, lingkup, dan batas kewenangan pelakunya.",
    title: () => "Ditandatangani di luar kewenangan",
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.signer} selaku ${f.post} menomori atau menandatangani ${f.type} ${f.number} ${say.time(f.at)}, sedangkan ${say.list(f.why.map((one) => reasons[one].id))}.`,
    innocent: "surat perintahnya sudah ada, tetapi terlambat dicatat.",
    missing: "surat perintah atau pelimpahan yang mencakup surat ini.",
  },
  en: {
    rule: "Numbering and signing beside the time, the scope and the limits of the signer's authority.",
    title: () => "Signed without the authority for it",
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.signer}, as ${f.post}, numbered or signed ${f.type} ${f.number} on ${say.time(f.at)}, while ${say.list(f.why.map((one) => reasons[one].en))}.`,
    innocent: "the order had been given and was recorded too late.",
    missing: "an order or a delegation that covers this letter.",
  },
});
