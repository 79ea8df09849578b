import { sql, type RawBuilder } from "kysely";
import type { Actor } from "./actor.ts";
import type { Id } from "./ids.ts";
import { holderKeys, type Holder } from "./state.ts";

/** Which part of what somebody reads a list wants. */
export type Part = {
  /** Only what is older than this. */
  readonly before: Id | undefined;
  /** So many are looked at before the list is full. */
  readonly limit: number;
  /** SQL: a condition on `v.subject_id` that says whether the list shows it. */
  readonly shows: RawBuilder<unknown>;
};

/**
 * SQL: rows of `subject_id` and `inside` (whether more than the envelope is open), newest first: all that this actor reads, of which a list
 * takes as much as it needs. A key's own index gives what it opens in this order; those of the person and the post are merged as they
 * are read. Of rights by class one may hold hundreds, most with nothing to show: each gives no more than a page of what the list shows.
 */
export const readable = (by: Actor, { before, limit, shows }: Part): RawBuilder<unknown> => {
  const classes: readonly Holder[] = by.classKeys ?? [];
  const older = before === undefined ? sql`true` : sql`v.subject_id < ${before}::uuid`;
  const branches = holderKeys(by)
    .filter((key) => !classes.includes(key))
    .map((key) => sql`(select v.subject_id, v.sight = 'isi' as inside from reader v where v.tenant_id = ${by.tenantId} and v.holder = ${key} and ${older} order by v.subject_id desc)`);
  if (classes.length > 0) {
    branches.push(sql`
      (select hit.* from unnest(${sql.val([...classes])}::text[]) as key(holder) cross join lateral (
         select v.subject_id, bool_or(v.sight = 'isi') as inside from reader v where v.tenant_id = ${by.tenantId} and v.holder = key.holder and ${older} and ${shows}
         group by v.subject_id order by v.subject_id desc limit ${limit}) hit
       order by hit.subject_id desc)`);
  }
  // DISTINCT ON is never hashed: grouped, a planner that guesses few letters would read all of them before the first.
  return sql`select distinct on (v.subject_id) v.subject_id, v.inside from (${sql.join(branches, sql` union all `)}) v order by v.subject_id desc, v.inside desc`;
};
