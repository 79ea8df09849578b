import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { actsOf, fresh, isoOf } from "../scan/queries.ts";

/** The drafter took a text back that several had initialled, without anybody having returned it, and changed it. */
export const editedAfterApproval = defineFlag({
  code: "C-02", name: "edited-after-approval",
  parameters: { least: { kind: "angka", label: { id: "Paraf yang gugur paling sedikit", en: "Initials that fell, at least" }, unit: { id: "paraf", en: "initials" }, standard: 2, least: 1, most: 10 } },
  facts: z.object({ type: z.string(), subject: z.string(), unit: z.string(), drafter: z.string(), at: z.string(), version: z.number(), posts: z.array(z.string()) }),
  search: (scan, { least }) => sql`
    select e.event_id::text as key, e.at, e.thing_id as subject, (d.state->>'officeId')::uuid as unit, ${actsOf(scan.tenantId, "draft", sql`e.thing_id`, sql`e.revision`)} as events, array[e.position_id] as posts,
      jsonb_build_object('type', d.state->>'typeTitle', 'subject', case when d.state->'summary'->>'security' in ('R', 'SR') then 'Sampul tertutup' else d.state->'summary'->>'subject' end, 'unit', d.state->>'unitName', 'drafter', coalesce(e.who->>'person', ''),
        'at', ${isoOf(sql`e.at`)}, 'version', (e.body->>'version')::int, 'posts', e.body->'posts') as facts
    from ${fresh(scan, ["draft.parafs_voided"])} e
    join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id
    cross join lateral (select b.type from event b where b.tenant_id = e.tenant_id and b.thing_id = e.thing_id and b.kind = 'draft' and b.revision < e.revision and b.type in ('draft.withdrawn', 'draft.returned') order by b.revision desc limit 1) b
    where b.type = 'draft.withdrawn' and jsonb_array_length(e.body->'posts') >= ${least}`,
  id: {
    rule: "Naskah yang ditarik penyusunnya sesudah diparaf, lalu diubah.",
    title: (f) => `Diubah sesudah diparaf ${f.posts.length} pejabat`,
    about: (f) => `${f.type}, ${f.unit}`,
    sentence: (f, say) => `${f.drafter} menarik naskah “${f.subject}” yang sudah diparaf ${say.list(f.posts)}, lalu mengajukan isi lain sebagai versi ${f.version}, ${say.time(f.at)}. Tidak ada yang mengembalikannya.`,
    innocent: "penyusun menemukan kesalahan sendiri.",
    missing: "catatan tentang apa yang diubah dan mengapa.",
  },
  en: {
    rule: "Texts that their drafter takes back after they were initialled, and changes.",
    title: (f) => `Changed after ${f.posts.length} officials had initialled`,
    about: (f) => `${f.type}, ${f.unit}`,
    sentence: (f, say) => `${f.drafter} took back “${f.subject}”, which ${say.list(f.posts)} had initialled, and submitted another text as version ${f.version} on ${say.time(f.at)}. Nobody had returned it.`,
    innocent: "the drafter found a mistake himself.",
    missing: "a note on what was changed and why.",
  },
});
