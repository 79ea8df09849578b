import { sql } from "kysely";
import { z } from "zod";
import { defineFlag } from "../flag.ts";
import { nationalHolidays } from "../holidays.ts";
import { clockOf, fresh, isoOf, unitOf } from "../scan/queries.ts";

const deciding = ["received.registered", "draft.approved", "draft.frozen", "draft.signed", "issued.revoked"];

/** Letters were registered, initialled, numbered, signed or recalled at night, or several on a day on which the office is closed. */
export const nightAndHoliday = defineFlag({
  code: "E-02", name: "night-and-holiday",
  parameters: {
    from: { kind: "angka", label: { id: "Malam mulai pukul", en: "Night begins at" }, unit: { id: "jam", en: "o'clock" }, standard: 22, least: 18, most: 23 },
    to: { kind: "angka", label: { id: "Malam berakhir pukul", en: "Night ends at" }, unit: { id: "jam", en: "o'clock" }, standard: 5, least: 0, most: 8 },
    leastAtNight: { kind: "angka", label: { id: "Surat pada satu malam paling sedikit", en: "Letters in one night, at least" }, unit: { id: "surat", en: "letters" }, standard: 1, least: 1, most: 50 },
    leastOnHoliday: { kind: "angka", label: { id: "Surat pada satu hari libur paling sedikit", en: "Letters on one day off, at least" }, unit: { id: "surat", en: "letters" }, standard: 3, least: 1, most: 50 },
    holidays: { kind: "hari", label: { id: "Hari libur selain Sabtu dan Minggu", en: "Days off besides Saturday and Sunday" }, standard: nationalHolidays },
  },
  facts: z.object({ person: z.string(), post: z.string(), count: z.number(), first: z.string(), last: z.string(), why: z.enum(["malam", "libur"]) }),
  search: (scan, { from, to, leastAtNight, leastOnHoliday, holidays }) => sql`
    with new as materialized (select * from ${fresh(scan, deciding)} f),
    act as (
      select v.*, c.clock, v.event_id in (select event_id from new) as is_new, case when extract(hour from c.clock) >= ${from} or extract(hour from c.clock) < ${to} then 'malam' when extract(isodow from c.clock) > 5 or c.clock::date = any(${sql.val([...holidays])}::date[]) then 'libur' end as why
      from event v cross join lateral (select ${clockOf(scan, sql`v.at`)} as clock) c
      where v.tenant_id = ${scan.tenantId} and v.type = any(${sql.val(deciding)}::text[]) and v.event_id >= id_floor((select min(at) from new) - interval '1 day')),
    together as (
      select a.person_id, a.why, d.day, count(distinct a.thing_id)::int as n, min(a.at) as first, max(a.at) as last, (array_agg(a.event_id order by a.at))[1:60] as events, array_agg(distinct a.position_id) as posts, (array_agg(a.who order by a.at))[1] as who, (array_agg(a.thing_id order by a.at))[1] as thing
      from act a cross join lateral (select (a.clock - make_interval(hours => case when a.why = 'malam' then ${to}::int else 0 end))::date as day) d
      where a.why is not null group by a.person_id, a.why, d.day having bool_or(a.is_new))
    select t.person_id || '/' || t.why || '/' || t.day as key, t.last as at, case when t.n = 1 then t.thing end as subject, ${unitOf(scan.tenantId, sql`t.posts[1]`, sql`t.last`)} as unit, t.events, t.posts,
      jsonb_build_object('person', coalesce(t.who->>'person', ''), 'post', coalesce(t.who->>'position', ''), 'count', t.n, 'first', ${isoOf(sql`t.first`)}, 'last', ${isoOf(sql`t.last`)}, 'why', t.why) as facts
    from together t where t.n >= case when t.why = 'malam' then ${leastAtNight}::int else ${leastOnHoliday}::int end`,
  id: {
    rule: "Pencatatan, paraf, penomoran, tanda tangan, dan pencabutan pada malam hari atau hari libur.",
    title: (f) => `${f.count} surat diproses pada ${f.why === "malam" ? "malam hari" : "hari libur"}`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.person} selaku ${f.post} mencatat, memaraf, menomori, menandatangani, atau mencabut ${f.count} surat pada ${f.why === "malam" ? "malam hari" : "hari libur"}, dari ${say.time(f.first)} sampai ${say.time(f.last)}.`,
    innocent: "ada keadaan darurat atau tugas lembur.",
    missing: "perintah lembur atau keterangan keadaan darurat.",
  },
  en: {
    rule: "Registering, initialling, numbering, signing and recalling at night or on days off.",
    title: (f) => `${f.count} letters dealt with ${f.why === "malam" ? "at night" : "on a day off"}`,
    about: (f) => `${f.person}, ${f.post}`,
    sentence: (f, say) => `${f.person}, as ${f.post}, registered, initialled, numbered, signed or recalled ${f.count} letters ${f.why === "malam" ? "at night" : "on a day off"}, from ${say.time(f.first)} to ${say.time(f.last)}.`,
    innocent: "there was an emergency, or overtime.",
    missing: "the order for overtime, or a word on the emergency.",
  },
  picture: (f) => ({ letter: [], gap: { label: { id: f.why, en: f.why === "malam" ? "night" : "day off" }, from: f.first, to: f.last } }),
});
