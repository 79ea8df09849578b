import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { fresh, isoOf } from "../scan/queries.ts";

/** A letter was recalled when it had long been out. */
export const issuedLetterRecalled = defineFlag({
  code: "C-04", name: "issued-letter-recalled",
  parameters: { days: { kind: "angka", label: { id: "Sesudah terbit paling sedikit", en: "After issue at least" }, unit: { id: "hari", en: "days" }, standard: 14, least: 0, most: 365 } },
  facts: z.object({ type: z.string(), number: z.string(), unit: z.string(), issued: z.string(), revoked: z.string(), days: z.number(), by: z.string(), reason: z.string() }),
  search: (scan, { days }) => sql`
    select e.thing_id::text as key, e.at, e.thing_id as subject, (i.body->'letter'->>'unitId')::uuid as unit, array[i.event_id, e.event_id] as events, array[e.position_id] as posts,
      jsonb_build_object('type', i.body->'letter'->>'typeTitle', 'number', i.body->'letter'->>'number', 'unit', i.body->'letter'->>'unitName', 'issued', ${isoOf(sql`i.at`)}, 'revoked', ${isoOf(sql`e.at`)}, 'days', floor(extract(epoch from e.at - i.at) / 86400)::int,
        'by', coalesce(e.who->>'person', ''), 'reason', e.body->>'reason') as facts
    from ${fresh(scan, ["issued.revoked"])} e
    join event i on i.tenant_id = e.tenant_id and i.thing_id = e.thing_id and i.kind = 'issued' and i.type = 'issued.issued' and i.body is not null
    where e.at - i.at >= make_interval(days => ${days}::int)`,
  id: {
    rule: "Surat yang dicabut lama sesudah terbit.",
    title: (f) => `Dicabut ${f.days} hari sesudah terbit`,
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.type} ${f.number} terbit ${say.time(f.issued)} dan dicabut ${f.by} ${say.time(f.revoked)}. Alasannya: ${f.reason}.`,
    innocent: "keadaan berubah dan surat penggantinya sudah terbit.",
    missing: "surat pengganti, atau pemberitahuan kepada para penerima.",
  },
  en: {
    rule: "Letters that are recalled long after they were issued.",
    title: (f) => `Recalled ${f.days} days after it was issued`,
    about: (f) => `${f.type} ${f.number}, ${f.unit}`,
    sentence: (f, say) => `${f.type} ${f.number} was issued on ${say.time(f.issued)} and recalled by ${f.by} on ${say.time(f.revoked)}. The reason given: ${f.reason}.`,
    innocent: "matters have changed and another letter has taken its place.",
    missing: "that other letter, or a word to those who had received it.",
  },
  picture: (f) => ({ letter: [{ label: { id: "berlaku", en: "in force" }, from: f.issued, to: f.revoked }], gap: null }),
});
