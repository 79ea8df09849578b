import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { noonOf } from "../say.ts";
import { dayOf, fresh, isoOf } from "../scan/queries.ts";

/** The clerk writes into the agenda that a letter came in long before it was scanned. */
export const registeredLate = defineFlag({
  code: "A-03", name: "registered-late",
  parameters: { days: { kind: "angka", label: { id: "Selisih paling sedikit", en: "Difference of at least" }, unit: { id: "hari", en: "days" }, standard: 14, least: 1, most: 180 } },
  facts: z.object({ number: z.string(), agenda: z.number(), sender: z.string(), received: z.string(), scanned: z.string(), days: z.number() }),
  search: (scan, { days }) => sql`
    select e.thing_id::text as key, e.at, e.thing_id as subject, u.unit, array[c.event_id, e.event_id] as events, array[e.position_id] as posts,
      jsonb_build_object('number', e.body->'facts'->>'number', 'agenda', (e.body->>'agenda')::int, 'sender', e.body->'facts'->>'sender', 'received', e.body->'facts'->>'receivedOn', 'scanned', ${isoOf(sql`c.at`)},
        'days', ${dayOf(scan, sql`c.at`)} - (e.body->'facts'->>'receivedOn')::date) as facts
    from ${fresh(scan, ["received.registered"])} e
    join event c on c.tenant_id = e.tenant_id and c.thing_id = e.thing_id and c.kind = 'received' and c.revision = 1
    cross join lateral (select (c.body->>'unitId')::uuid as unit) u
    where (e.body->'facts'->>'receivedOn')::date <= ${dayOf(scan, sql`e.at`)} - ${days}::int and ${dayOf(scan, sql`c.at`)} - (e.body->'facts'->>'receivedOn')::date >= ${days}`,
  id: {
    rule: "Tanggal terima dalam agenda dibandingkan dengan saat surat dipindai.",
    title: (f) => `Dicatat diterima ${f.days} hari sebelum dipindai`,
    about: (f) => `Agenda ${String(f.agenda).padStart(4, "0")}, ${f.sender}`,
    sentence: (f, say) => `Surat ${f.number} dari ${f.sender} dicatat diterima ${say.day(f.received)}, tetapi baru dipindai ${say.time(f.scanned)}.`,
    innocent: "suratnya lama tertahan di meja lain sebelum sampai ke tata usaha.",
    missing: "bukti penerimaan, seperti tanda terima atau buku ekspedisi.",
  },
  en: {
    rule: "The day of receipt in the agenda beside the moment of the scan.",
    title: (f) => `Entered as received ${f.days} days before it was scanned`,
    about: (f) => `Agenda ${String(f.agenda).padStart(4, "0")}, ${f.sender}`,
    sentence: (f, say) => `Letter ${f.number} from ${f.sender} is entered as received on ${say.day(f.received)}, yet was scanned only on ${say.time(f.scanned)}.`,
    innocent: "the letter had lain on another desk before it reached the registry.",
    missing: "a proof of receipt, such as a receipt slip or the dispatch book.",
  },
  picture: (f, zone) => ({ letter: [{ label: { id: "diterima", en: "received" }, from: noonOf(f.received, zone), to: null }], gap: { label: { id: `${f.days} hari`, en: `${f.days} days` }, from: noonOf(f.received, zone), to: f.scanned } }),
});
