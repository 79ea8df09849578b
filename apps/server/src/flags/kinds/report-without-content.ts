import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf } from "../scan/queries.ts";

/** A report was accepted that says nothing: no words, no file, no note of the work. */
export const reportWithoutContent = defineFlag({
  code: "D-02", name: "report-without-content",
  parameters: { letters: { kind: "angka", label: { id: "Laporan lebih pendek dari", en: "Report shorter than" }, unit: { id: "huruf", en: "characters" }, standard: 6, least: 2, most: 200 } },
  facts: z.object({ number: z.string(), receiver: z.string(), by: z.string(), note: z.string(), at: z.string() }),
  search: (scan, { letters }) => sql`
    select e.thing_id::text as key, e.at, e.subject_id as subject, r.unit_id as unit, array_append(b.events, e.event_id) as events, array[d.to_id, e.position_id] as posts,
      jsonb_build_object('number', coalesce(r.number, ''), 'receiver', d.state->>'toTitle', 'by', coalesce(e.who->>'position', ''), 'note', case when d.state->'letter'->>'security' in ('R', 'SR') then '…' else d.state->'report'->>'note' end, 'at', ${isoOf(sql`e.at`)}) as facts
    from ${fresh(scan, ["disposition.accepted"])} e
    join disposition d on d.tenant_id = e.tenant_id and d.id = e.thing_id
    join received r on r.tenant_id = d.tenant_id and r.id = d.letter_id
    cross join lateral (select array_agg(v.event_id order by v.revision) as events from event v where v.tenant_id = e.tenant_id and v.thing_id = e.thing_id and v.kind = 'disposition' and v.type in ('disposition.given', 'disposition.reported')) b
    where length(btrim(d.state->'report'->>'note')) < ${letters} and jsonb_array_length(d.state->'files') = 0 and jsonb_array_length(d.state->'progress') = 0`,
  id: {
    rule: "Laporan tindak lanjut yang diterima tanpa isi.",
    title: () => "Laporan diterima tanpa isi",
    about: (f) => `Surat ${f.number}, ${f.receiver}`,
    sentence: (f, say) => `${f.by} menerima laporan ${f.receiver} atas surat ${f.number} ${say.time(f.at)}. Isinya hanya “${f.note}”, tanpa berkas dan tanpa catatan tindak lanjut.`,
    innocent: "hasilnya sudah dibicarakan langsung.",
    missing: "keterangan apa yang dikerjakan dan hasilnya.",
  },
  en: {
    rule: "Reports on a disposisi that are accepted though they say nothing.",
    title: () => "A report without content was accepted",
    about: (f) => `Letter ${f.number}, ${f.receiver}`,
    sentence: (f, say) => `${f.by} accepted the report of ${f.receiver} on letter ${f.number} on ${say.time(f.at)}. It says no more than “${f.note}”, with no file and no note of the work.`,
    innocent: "the outcome had been talked over.",
    missing: "a word on what was done, and its outcome.",
  },
});
