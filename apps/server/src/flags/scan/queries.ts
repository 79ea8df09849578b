import { sql, type RawBuilder } from "kysely";
import { hoursAhead } from "../../kernel/ids.ts";
import type { Scan } from "../flag.ts";

/** SQL: the events of these types that have come into the log since the last look, as rows of `event`. From the beginning of the log on nothing needs to be asked of it. */
export const fresh = ({ tenantId, from, to }: Scan, types: readonly string[]): RawBuilder<unknown> =>
  from === 0
    ? sql`(select e.* from event e where e.tenant_id = ${tenantId} and e.type = any(${sql.val([...types])}::text[]) and e.body is not null)`
    : sql`(select e.* from log_leaf l join event e on e.tenant_id = l.tenant_id and e.event_id = l.event_id
        where l.tenant_id = ${tenantId} and l.leaf_index >= ${from} and l.leaf_index < ${to} and e.type = any(${sql.val([...types])}::text[]) and e.body is not null)`;

/** SQL: as `fresh`, of every type. */
export const freshOfAnyType = ({ tenantId, from, to }: Scan): RawBuilder<unknown> =>
  from === 0
    ? sql`(select e.* from event e where e.tenant_id = ${tenantId})`
    : sql`(select e.* from log_leaf l join event e on e.tenant_id = l.tenant_id and e.event_id = l.event_id where l.tenant_id = ${tenantId} and l.leaf_index >= ${from} and l.leaf_index < ${to})`;

/** SQL: the events of these types to which so many days have come since the last look without what should have followed, and fresh ones that are as old already. */
export const ripe = (scan: Scan, types: readonly string[], days: number): RawBuilder<unknown> => {
  const span = sql`make_interval(days => ${days}::int)`;
  return sql`(select f.* from ${fresh(scan, types)} f where f.at <= ${scan.now}::timestamptz - ${span}
    union select e.* from event e where e.tenant_id = ${scan.tenantId} and e.type = any(${sql.val([...types])}::text[]) and e.body is not null
      and e.event_id >= id_floor(${scan.since}::timestamptz - ${span}) and e.event_id <= id_floor(${scan.now}::timestamptz - ${span}))`;
};

/** SQL: the office's calendar day of a moment. */
export const dayOf = ({ zone }: Pick<Scan, "zone">, moment: RawBuilder<unknown>): RawBuilder<unknown> => sql`(((${moment}) at time zone 'UTC') + make_interval(hours => ${hoursAhead[zone]}::int))::date`;

/** SQL: the office's clock at a moment, as a timestamp without zone. */
export const clockOf = ({ zone }: Pick<Scan, "zone">, moment: RawBuilder<unknown>): RawBuilder<unknown> => sql`(((${moment}) at time zone 'UTC') + make_interval(hours => ${hoursAhead[zone]}::int))`;

/** SQL: a moment as facts hold it. */
export const isoOf = (moment: RawBuilder<unknown>): RawBuilder<unknown> => sql`to_char((${moment}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** SQL: the unit of a post at a moment. */
export const unitOf = (tenantId: string, position: RawBuilder<unknown>, moment: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(select pp.unit_id from position_period pp where pp.tenant_id = ${tenantId} and pp.id = ${position} and pp.since <= ${moment} and (pp.until is null or ${moment} < pp.until) limit 1)`;

/** SQL: the newest acts of a thing of this kind up to one of its revisions, oldest first: evidence has an end. */
export const actsOf = (tenantId: string, kind: string, thing: RawBuilder<unknown>, upTo: RawBuilder<unknown> = sql`2147483647`): RawBuilder<unknown> =>
  sql`(select array_agg(x.event_id order by x.revision) from (select z.event_id, z.revision from event z where z.tenant_id = ${tenantId} and z.thing_id = ${thing} and z.kind = ${kind} and z.revision <= ${upTo} order by z.revision desc limit 20) x)`;
