import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf } from "../scan/queries.ts";

/** A letter was declared finished while somebody in its disposisi tree was still at work, or had never reported. */
export const closedWithOpenBranch = defineFlag({
  code: "D-01", name: "closed-with-open-branch",
  parameters: {},
  facts: z.object({ number: z.string(), sender: z.string(), closed: z.string(), post: z.string(), open: z.array(z.string()) }),
  search: (scan) => sql`
    select e.thing_id::text as key, e.at, e.thing_id as subject, r.unit_id as unit, array_append(b.events, e.event_id) as events, array_prepend(e.position_id, b.posts) as posts,
      jsonb_build_object('number', coalesce(r.number, ''), 'sender', coalesce(r.sender, ''), 'closed', ${isoOf(sql`e.at`)}, 'post', coalesce(e.who->>'position', ''), 'open', to_jsonb(b.titles)) as facts
    from ${fresh(scan, ["received.closed"])} e
    join received r on r.tenant_id = e.tenant_id and r.id = e.thing_id
    cross join lateral (
      select array_agg(x.event_id order by x.at) as events, array_agg(d.to_id order by x.at) as posts, array_agg(d.state->>'toTitle' order by x.at) as titles
      from disposition d
      cross join lateral (select v.event_id, v.at, v.type from event v where v.tenant_id = d.tenant_id and v.thing_id = d.id and v.kind = 'disposition' and v.at <= e.at order by v.revision desc limit 1) x
      where d.tenant_id = e.tenant_id and d.letter_id = e.thing_id
        -- The row tells most of them apart: what had ended before, and was not touched since, had ended.
        and (d.status not in ('diterima', 'ditarik') or d.state->>'changed' > ${isoOf(sql`e.at`)})
        and (x.type in ('disposition.progressed', 'disposition.attached', 'disposition.passed_on', 'disposition.settled', 'disposition.returned') or (d.state->>'responsible' = 'true' and x.type in ('disposition.given', 'disposition.opened', 'disposition.reopened', 'disposition.reported')))) b
    where b.events is not null`,
  id: {
    rule: "Cabang disposisi yang belum melapor ketika suratnya dinyatakan selesai.",
    title: () => "Disposisi ditutup tanpa laporan",
    about: (f) => `Surat ${f.number}, ${f.sender}`,
    sentence: (f, say) => `${f.post} menyatakan surat ${f.number} dari ${f.sender} selesai ${say.time(f.closed)}, sedangkan ${say.list(f.open)} belum melapor.`,
    innocent: "hasilnya sudah disampaikan langsung dalam rapat.",
    missing: "laporan atau notulen tentang hasilnya.",
  },
  en: {
    rule: "Branches of a disposisi that had not reported when the letter was declared finished.",
    title: () => "A disposisi was closed without a report",
    about: (f) => `Letter ${f.number}, ${f.sender}`,
    sentence: (f, say) => `${f.post} declared letter ${f.number} from ${f.sender} finished on ${say.time(f.closed)}, while ${say.list(f.open)} had not reported.`,
    innocent: "the outcome had been told in a meeting.",
    missing: "a report or minutes of the outcome.",
  },
});
