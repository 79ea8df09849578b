import { sql } from "kysely";
import type { Tx } from "../kernel/db.ts";
import type { Id } from "../kernel/ids.ts";
import { writtenNumber } from "./numbers.ts";
import type { Duplicate } from "./received.ts";

/** What makes two letters the same: the same scan, or the same sender, number and date. */
export type Likeness = { readonly id: Id; readonly scan: string | null; readonly sender: string; readonly number: string; readonly date: string };

// Clerks type "No. 005 / 123" and "no.005/123" for one number: only letters and digits count.
const plain = (column: ReturnType<typeof sql>) => sql`regexp_replace(lower(${column}), '[^[:alnum:]]', '', 'g')`;

/** Earlier letters of the same office that look like this one; discarded scans do not count. */
export const duplicatesOf = async (tx: Tx, tenantId: Id, unitId: Id, like: Likeness): Promise<readonly Duplicate[]> => {
  const { rows } = await sql<{ id: Id; agenda: number | null; subject: string | null; received_on: string | null; same_file: boolean }>`
    select id, agenda, case when state->'facts'->>'security' in ('R', 'SR') then 'Sampul tertutup' else state->'facts'->>'subject' end as subject, state->'facts'->>'receivedOn' as received_on, coalesce(scan = ${like.scan}, false) as same_file
    from received
    where tenant_id = ${tenantId} and unit_id = ${unitId} and id <> ${like.id} and status <> 'dibuang'
      and (scan = ${like.scan} or (dated = ${like.date} and ${plain(sql`number`)} = ${plain(sql`${like.number}::text`)} and ${plain(sql`sender`)} = ${plain(sql`${like.sender}::text`)}))
    order by id limit 10`.execute(tx);
  return rows.map((row) => ({
    id: row.id,
    agenda: row.agenda === null ? null : writtenNumber(row.agenda),
    subject: row.subject ?? "Belum dicatat",
    receivedOn: row.received_on,
    why: row.same_file ? "berkas_sama" : "nomor_sama",
  }));
};
