import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { noonOf } from "../say.ts";
import { actsOf, dayOf, fresh, isoOf, unitOf } from "../scan/queries.ts";

/** A letter bears a date before its own text was begun, or before its number was taken. */
export const backdatedLetter = defineFlag({
  code: "A-04", name: "backdated-letter",
  parameters: { days: { kind: "angka", label: { id: "Selisih paling sedikit", en: "Difference of at least" }, unit: { id: "hari", en: "days" }, standard: 2, least: 1, most: 60 } },
  facts: z.object({ type: z.string(), number: z.string(), unit: z.string(), dated: z.string(), created: z.string(), frozen: z.string(), days: z.number(), isBeforeText: z.boolean() }),
  search: (scan, { days }) => sql`
    select e.thing_id || '/' || (e.body->'frozen'->>'number') as key, e.at, e.thing_id as subject, coalesce((d.state->>'officeId')::uuid, ${unitOf(scan.tenantId, sql`e.position_id`, sql`e.at`)}) as unit,
      ${actsOf(scan.tenantId, "draft", sql`e.thing_id`)} as events, array[e.position_id, c.position_id] as posts,
      jsonb_build_object('type', c.body->>'kindTitle', 'number', e.body->'frozen'->>'number', 'unit', c.body->>'unitName', 'dated', e.body->'frozen'->>'date', 'created', ${isoOf(sql`c.at`)}, 'frozen', ${isoOf(sql`e.at`)},
        'days', g.days, 'isBeforeText', g.dated < ${dayOf(scan, sql`c.at`)}) as facts
    from ${fresh(scan, ["draft.frozen"])} e
    join event c on c.tenant_id = e.tenant_id and c.thing_id = e.thing_id and c.kind = 'draft' and c.revision = 1 and c.body is not null
    join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id
    cross join lateral (select x.dated, case when x.dated < ${dayOf(scan, sql`c.at`)} then ${dayOf(scan, sql`c.at`)} - x.dated else ${dayOf(scan, sql`e.at`)} - x.dated end as days from (select (e.body->'frozen'->>'date')::date as dated) x) g
    where g.days >= ${days}`,
  id: {
    rule: "Tanggal surat dibandingkan dengan saat konsepnya dibuat dan nomornya diambil.",
    title: (f) => `Tanggal surat ${f.days} hari lebih awal daripada ${f.isBeforeText ? "konsepnya" : "nomornya"}`,
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.type} ${f.number} bertanggal ${say.day(f.dated)}, tetapi ${f.isBeforeText ? `konsepnya baru dibuat ${say.time(f.created)}` : `nomornya baru diambil ${say.time(f.frozen)}`}.`,
    innocent: "kegiatannya mendesak, suratnya menyusul.",
    missing: "izin tertulis untuk menanggali surat lebih awal.",
  },
  en: {
    rule: "The date of a letter beside the moments at which its draft was begun and its number taken.",
    title: (f) => `The letter is dated ${f.days} days before its ${f.isBeforeText ? "draft" : "number"}`,
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.type} ${f.number} is dated ${say.day(f.dated)}, yet ${f.isBeforeText ? `its draft was begun only on ${say.time(f.created)}` : `its number was taken only on ${say.time(f.frozen)}`}.`,
    innocent: "the matter was urgent and the letter followed.",
    missing: "a written leave to date the letter back.",
  },
  picture: (f, zone) => {
    const dated = noonOf(f.dated, zone);
    const log = f.isBeforeText ? f.created : f.frozen;
    return { letter: [{ label: { id: "tgl. surat", en: "dated" }, from: dated, to: null }], gap: { label: { id: `${f.days} hari`, en: `${f.days} days` }, from: dated, to: log } };
  },
});
