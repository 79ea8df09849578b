import type pg from "pg";
import { nobody } from "../kernel/actor.ts";
import type { Json } from "@lontar/ledger";
import type { Id } from "../kernel/ids.ts";
import type { Replayable } from "./fsck.ts";
import { openBooks, openExpected } from "./rights.ts";

const batch = 5000;

type EventRow = { readonly event_id: Id; readonly kind: string; readonly thing_id: Id; readonly revision: number; readonly at: Date; readonly body: Json | null };

/** Makes the rights to read again from the events, for every government that has rights noted before they had dates. Answers whose were made again. */
export const remakeUndatedRights = async (pool: pg.Pool, machines: readonly Replayable[]): Promise<readonly Id[]> => {
  const { rows } = await pool.query<{ tenant_id: Id }>("select t.tenant_id from tenant t where exists (select from reader r where r.tenant_id = t.tenant_id and r.event_id = $1)", [nobody]);
  for (const { tenant_id } of rows) await remake(pool, tenant_id, machines);
  return rows.map((row) => row.tenant_id);
};

const remake = async (pool: pg.Pool, tenantId: Id, machines: readonly Replayable[]): Promise<void> => {
  const byKind = new Map(machines.map((machine) => [machine.kind, machine]));
  const expected = await openExpected(pool);
  try {
    const books = openBooks();
    let states = new Map<string, unknown>();
    let after: readonly [Id, number, Id] = ["00000000-0000-0000-0000-000000000000", 0, "00000000-0000-0000-0000-000000000000"];
    for (;;) {
      const { rows } = await pool.query<EventRow>(
        `select event_id, kind, thing_id, revision, at, body from event where tenant_id = $1 and (thing_id, revision, event_id) > ($2, $3, $4) and body is not null and kind = any($5)
         order by thing_id, revision, event_id limit $6`,
        [tenantId, ...after, [...byKind.keys()], batch],
      );
      const last = rows.at(-1);
      if (last === undefined) break;
      after = [last.thing_id, last.revision, last.event_id];
      for (const row of rows) {
        const machine = byKind.get(row.kind);
        if (machine === undefined) continue;
        const key = `${row.thing_id}/${row.kind}`;
        const state = machine.evolve(states.has(key) ? states.get(key) : machine.start, row.body);
        states.set(key, state);
        books.note(machine, row, state);
      }
      await expected.add(books.closeAllBut(last.thing_id));
      states = new Map([...states].filter(([key]) => key.startsWith(last.thing_id)));
    }
    await expected.add(books.close());
    await expected.replace(tenantId);
  } finally {
    await expected.close();
  }
};
