import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { actsOf, fresh, isoOf } from "../scan/queries.ts";

/** What was signed is not what was initialled. The rules refuse this: it is found where another server, or a hand in the database, has let it pass. */
export const signedOtherVersion = defineFlag({
  code: "C-01", name: "signed-other-version",
  parameters: {},
  facts: z.object({ type: z.string(), number: z.string(), unit: z.string(), at: z.string(), signed: z.string(), posts: z.array(z.string()) }),
  search: (scan) => sql`
    select e.thing_id::text as key, e.at, e.thing_id as subject, (d.state->>'officeId')::uuid as unit, ${actsOf(scan.tenantId, "draft", sql`e.thing_id`, sql`e.revision`)} as events, array_prepend(e.position_id, s.ids) as posts,
      jsonb_build_object('type', d.state->>'typeTitle', 'number', d.state->'frozen'->>'number', 'unit', d.state->>'unitName', 'at', ${isoOf(sql`e.at`)}, 'signed', left(d.state->'frozen'->>'hash', 8), 'posts', to_jsonb(s.titles)) as facts
    from ${fresh(scan, ["draft.signed"])} e
    join draft d on d.tenant_id = e.tenant_id and d.id = e.thing_id
    cross join lateral (select array_agg(t.step->>'title') as titles, array_agg((t.step->>'positionId')::uuid) as ids from jsonb_array_elements(d.state->'steps') t(step)
      where t.step->>'kind' = 'paraf' and (t.step->>'state' <> 'disetujui' or t.step->>'hash' is distinct from d.state->'frozen'->>'hash')) s
    where s.titles is not null`,
  id: {
    rule: "Sidik isi yang ditandatangani dibandingkan dengan sidik isi yang diparaf.",
    title: () => "Versi yang diparaf berbeda dari yang ditandatangani",
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.type} ${f.number} ditandatangani ${say.time(f.at)} dengan isi bersidik ${f.signed}, sedangkan ${say.list(f.posts)} memaraf isi lain atau belum memaraf.`,
    innocent: "hanya salah ketik yang diperbaiki sesudah paraf.",
    missing: "persetujuan para pemaraf atas perubahan itu.",
  },
  en: {
    rule: "The fingerprint of the text that was signed beside those that were initialled.",
    title: () => "The version initialled is not the version signed",
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.type} ${f.number} was signed on ${say.time(f.at)} with the text ${f.signed}, while ${say.list(f.posts)} initialled another one, or none.`,
    innocent: "only a slip of the pen was mended after the initials.",
    missing: "the consent of those who had initialled.",
  },
});
