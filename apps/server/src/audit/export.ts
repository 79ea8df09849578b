import { copyFile, mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import type { Id } from "../kernel/ids.ts";
import type { Replayable } from "./fsck.ts";

/** What an export is made from. Files are copied by name; one that is gone is left out, and the verifier says so. */
export type Exporting = { readonly pool: Pick<pg.Pool, "query">; readonly tenantId: Id; readonly machines: readonly Pick<Replayable, "kind" | "table">[]; readonly filePath: (sha256: string) => string };

const batch = 5000;

/**
 * Writes everything that an outsider needs to judge the records of a government without this program: events, rows, registers, the list
 * of files and the files, one JSON object a line. It holds personal data: it goes to an auditor or a court, never to the public log.
 */
export const exportEvidence = async ({ pool, tenantId, machines, filePath }: Exporting, folder: string): Promise<{ readonly events: number; readonly rows: number; readonly files: number }> => {
  await mkdir(join(folder, "files"), { recursive: true });
  const write = async <Row>(name: string, pages: AsyncIterable<readonly Row[]>): Promise<number> => {
    const file = await open(join(folder, `${name}.jsonl`), "w", 0o600);
    let count = 0;
    try {
      for await (const page of pages) {
        count += page.length;
        await file.write(page.map((row) => `${JSON.stringify(row)}\n`).join(""));
      }
    } finally {
      await file.close();
    }
    return count;
  };
  const events = await write("events", eventPages(pool, tenantId));
  const rows = await write("rows", rowPages(pool, tenantId, machines));
  await write("pending", once(async () => (await pool.query<{ event_id: Id }>("select event_id from event_pending where tenant_id = $1", [tenantId])).rows));
  await write("numbers", once(async () => (await pool.query("select s.series, s.last, coalesce((select jsonb_agg(jsonb_build_object('n', e.n, 'thing_id', e.thing_id, 'fate', e.fate)) from number_entry e where e.tenant_id = s.tenant_id and e.series = s.series), '[]') as entries from number_series s where s.tenant_id = $1 order by s.series", [tenantId])).rows));
  const { rows: files } = await pool.query<{ sha256: string }>("select sha256 from blob where tenant_id = $1 order by sha256", [tenantId]);
  for (const { sha256 } of files) {
    await copyFile(filePath(sha256), join(folder, "files", sha256)).catch((error: unknown) => {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    });
  }
  await write("files", once(async () => files));
  return { events, rows, files: files.length };
};

async function* once<Row>(read: () => Promise<readonly Row[]>): AsyncGenerator<readonly Row[]> {
  yield await read();
}

async function* eventPages(pool: Exporting["pool"], tenantId: Id): AsyncGenerator<readonly unknown[]> {
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await pool.query<{ event_id: Id; at: Date }>(
      `select tenant_id, event_id, kind, thing_id, subject_id, revision, type, at, person_id, position_id, holding_id, request_id, who, body, encode(salt, 'hex') as salt, encode(commitment, 'hex') as commitment
       from event where tenant_id = $1 and event_id > $2 order by event_id limit $3`,
      [tenantId, after, batch],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.event_id;
    yield rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }
}

async function* rowPages(pool: Exporting["pool"], tenantId: Id, machines: Exporting["machines"]): AsyncGenerator<readonly unknown[]> {
  for (const { kind, table } of machines) {
    for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
      const { rows } = await pool.query<{ id: Id }>(`select $4::text as kind, id, revision, last_event, state from ${table} where tenant_id = $1 and id > $2 order by id limit $3`, [tenantId, after, batch, kind]);
      const last = rows.at(-1);
      if (last === undefined) break;
      after = last.id;
      yield rows;
    }
  }
}
