import { sql } from "kysely";
import type { Tx } from "../../kernel/db.ts";
import type { Id, Instant } from "../../kernel/ids.ts";
import { assert } from "../../kernel/refusal.ts";
import type { NumberFate } from "../numbers.ts";

/**
 * The thing's number in the series: the next one, or the one it already has. The counter's row stays locked until the
 * transaction ends, so a roll-back leaves no gap and two letters never share a number: take it as late as possible.
 */
export const takeNumber = async (tx: Tx, tenantId: Id, series: string, thingId: Id, at: Instant, fate: NumberFate): Promise<number> => {
  // Insert-or-touch locks the counter in one statement, also when two transactions open the series at once.
  const { rows } = await sql<{ last: number }>`
    insert into number_series (tenant_id, series, last) values (${tenantId}, ${series}, 0)
    on conflict (tenant_id, series) do update set last = number_series.last returning last`.execute(tx);
  const counter = rows[0];
  assert(counter !== undefined, "an upsert answers its row");
  const taken = await tx.selectFrom("number_entry").select("n").where("tenant_id", "=", tenantId).where("series", "=", series).where("thing_id", "=", thingId).executeTakeFirst();
  if (taken !== undefined) return taken.n;
  const n = counter.last + 1;
  await tx.updateTable("number_series").set({ last: n }).where("tenant_id", "=", tenantId).where("series", "=", series).execute();
  await tx.insertInto("number_entry").values({ tenant_id: tenantId, series, n, thing_id: thingId, fate, at }).execute();
  return n;
};

/** Closes a reservation: the number stands on a signed letter, or stays in the register as cancelled. */
export const settleNumber = async (tx: Tx, tenantId: Id, series: string, thingId: Id, fate: "disahkan" | "dibatalkan"): Promise<void> => {
  const { numUpdatedRows } = await tx
    .updateTable("number_entry")
    .set({ fate })
    .where("tenant_id", "=", tenantId)
    .where("series", "=", series)
    .where("thing_id", "=", thingId)
    .where("fate", "in", ["direservasi", fate])
    .executeTakeFirst();
  assert(numUpdatedRows === 1n, "only a reserved number of this thing is settled");
};

/** The number that would be given now; another clerk may be faster. */
export const nextNumber = async (tx: Tx, tenantId: Id, series: string): Promise<number> =>
  ((await tx.selectFrom("number_series").select("last").where("tenant_id", "=", tenantId).where("series", "=", series).executeTakeFirst())?.last ?? 0) + 1;
