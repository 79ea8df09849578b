import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { isoOf, ripe } from "../scan/queries.ts";

/** A number was taken and left without a signed letter, while later ones went out: a gap that can be filled with an old date. (A number that is missing from the register altogether is a finding of the integrity check.) */
export const numberLeftOpen = defineFlag({
  code: "A-01", name: "number-left-open",
  parameters: {
    days: { kind: "angka", label: { id: "Nomor tidak dipakai selama", en: "Number unused for" }, unit: { id: "hari", en: "days" }, standard: 30, least: 1, most: 365 },
    later: { kind: "angka", label: { id: "Nomor sesudahnya yang sudah terbit paling sedikit", en: "Later numbers issued, at least" }, unit: { id: "nomor", en: "numbers" }, standard: 1, least: 1, most: 100 },
  },
  facts: z.object({ type: z.string(), number: z.string(), unit: z.string(), taken: z.string(), days: z.number(), later: z.number() }),
  search: (scan, { days, later }) => sql`
    with old as materialized (select * from ${ripe(scan, ["draft.frozen"], days)} o)
    select e.thing_id || '/' || (e.body->'frozen'->>'number') as key, e.at + make_interval(days => ${days}::int) as at, e.thing_id as subject, (d.state->>'officeId')::uuid as unit, array[e.event_id] as events, array[e.position_id] as posts,
      jsonb_build_object('type', d.state->>'typeTitle', 'number', e.body->'frozen'->>'number', 'unit', d.state->>'unitName', 'taken', ${isoOf(sql`e.at`)}, 'days', ${days}::int, 'later', n.later) as facts
    from old e
    join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id
    cross join lateral (
      select count(*)::int as later from number_entry f where f.tenant_id = e.tenant_id and f.series = e.body->'frozen'->>'series' and f.n > (e.body->'frozen'->>'n')::int and f.fate = 'disahkan' and f.at <= e.at + make_interval(days => ${days}::int)) n
    where (d.status not in ('ditandatangani', 'dibatalkan') or d.state->>'changedAt' > ${isoOf(sql`e.at + make_interval(days => ${days}::int)`)}) and n.later >= ${later}
      and not exists (select from event b where b.tenant_id = e.tenant_id and b.thing_id = e.thing_id and b.kind = 'draft' and b.at <= e.at + make_interval(days => ${days}::int)
        and (b.type in ('draft.signed', 'draft.cancelled') or (b.type = 'draft.frozen' and b.revision < e.revision and b.body->'frozen'->>'number' = e.body->'frozen'->>'number')))`,
  id: {
    rule: "Nomor yang sudah diambil tetapi lama tidak menjadi surat.",
    title: (f) => `Nomor diambil, ${f.days} hari tidak dipakai`,
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `Nomor ${f.number} diambil ${say.time(f.taken)} dan sesudah ${f.days} hari belum menjadi surat, sedangkan ${say.count(f.later)} nomor sesudahnya sudah terbit.`,
    innocent: "penanda tangan menunda karena isinya masih dibahas.",
    missing: "keputusan untuk menandatangani atau membatalkan nomor itu.",
  },
  en: {
    rule: "Numbers that were taken and long became no letter.",
    title: (f) => `A number was taken and not used for ${f.days} days`,
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `Number ${f.number} was taken on ${say.time(f.taken)} and was no letter ${f.days} days later, while ${say.count(f.later)} later numbers had been issued.`,
    innocent: "the signer waits because the text is still discussed.",
    missing: "a decision to sign it or to cancel the number.",
  },
  picture: (f) => ({ letter: [{ label: { id: "nomor diambil", en: "number taken" }, from: f.taken, to: null }], gap: { label: { id: `${f.days} hari`, en: `${f.days} days` }, from: f.taken, to: new Date(Date.parse(f.taken) + f.days * 86_400_000).toISOString() } }),
});
