import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { openLogWorld, type LogWorld } from "../../test/log-world.ts";
import { checkJobs, nextNight } from "./nightly.ts";
import { checkPublished } from "./published.ts";

describe("what was published, against what is kept", () => {
  let world: LogWorld;
  const findings = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    await checkPublished({ pool: world.office.pool, tenantId: world.tenantId, signer: world.signer, folder: world.published }, (kind, id, sentence) => void found.push(`${kind} ${id}: ${sentence}`));
    return found;
  };
  const path = (name: string): string => join(world.folder, "log", world.tenantId, name);
  /** Alters one published file, looks, and puts it back. */
  const altered = async (name: string, change: (bytes: Buffer) => Buffer | undefined): Promise<string> => {
    const before = await readFile(path(name));
    const after = change(Buffer.from(before));
    if (after === undefined) await rm(path(name));
    else await writeFile(path(name), after);
    const found = await findings();
    await writeFile(path(name), before);
    return found.join("\n");
  };
  const flip = (bytes: Buffer): Buffer => {
    bytes[40] = (bytes[40] ?? 0) ^ 1;
    return bytes;
  };

  before(async () => {
    world = await openLogWorld("published");
    await world.act(300);
    await world.keep(world.policy("quorum inspektorat", { inspektorat: await world.witness("inspektorat") }));
  });
  after(() => world.close());

  test("a whole log agrees with itself, also when more has been placed than was published", async () => {
    assert.deepEqual(await findings(), []);
    const shown = await readFile(path("checkpoint"));
    await world.act(3);
    await world.keep(undefined);
    await writeFile(path("checkpoint"), shown);
    assert.deepEqual(await findings(), []);
  });

  test("an altered or missing file, and another's checkpoint, are named", async () => {
    assert.match(await altered("tile/0/000", flip), /log tile\/0\/000: Ubin terbit/);
    assert.match(await altered("tile/0/000", () => undefined), /log tile\/0\/000: Ubin terbit/);
    assert.match(await altered("tile/entries/000", flip), /log tile\/entries\/000: Daun terbit/);
    assert.match(await altered("checkpoint", (bytes) => Buffer.from(bytes.toString().replace(/\n(\d+)\n/, "\n1\n"))), /tidak ditandatangani kunci log ini/);
    assert.deepEqual(await findings(), []);
  });

  test("a database that was wound back is named by its own published files and by its witnesses", async () => {
    await world.asSuperuser("create table kept as select * from log_head");
    await world.asSuperuser("update log_head set size = size - 5 where tenant_id = $1", [world.tenantId]);
    const found = (await findings()).join("\n");
    assert.match(found, /Checkpoint yang terbit menyebut \d+ peristiwa, padahal log di sini hanya/);
    assert.match(found, /witness inspektorat: Saksi inspektorat sudah melihat/);
    await world.asSuperuser("update log_head h set size = k.size from kept k where k.tenant_id = h.tenant_id");
    await world.office.pool.query("update log_witness set problem = 'menolak'");
    assert.match((await findings()).join("\n"), /Saksi inspektorat menolak log ini/);
  });

  test("the check comes at one in the night by the government's own clock, keeps its report, and comes again", async () => {
    assert.equal(nextNight("2026-11-27T03:00:00.000Z", "WITA"), "2026-11-27T17:00:00.000Z");
    assert.equal(nextNight("2026-11-27T16:30:00.000Z", "WITA"), "2026-11-27T17:00:00.000Z");
    assert.equal(nextNight("2026-11-27T17:00:00.000Z", "WITA"), "2026-11-28T17:00:00.000Z");
    assert.equal(nextNight("2026-12-31T20:00:00.000Z", "WIT"), "2027-01-01T16:00:00.000Z");
    const result = { findings: [{ kind: "log" as const, id: "1", sentence: "Daun log nomor 1 hilang." }], events: 1, rows: 0, files: 0 };
    const alarms: string[] = [];
    const log = { info: () => undefined, warn: () => undefined, error: (_facts: unknown, message: string) => void alarms.push(message) };
    const now = "2026-11-27T17:00:00.000Z";
    const { pool } = world.office;
    await checkJobs({ db: world.office.db, source: { now: () => now }, log, run: async () => result })["audit.check"]?.({ tenantId: world.tenantId }, 1);
    const { rows } = await pool.query<{ result: typeof result }>("select result from check_run where tenant_id = $1", [world.tenantId]);
    assert.deepEqual(rows.map((row) => row.result), [result]);
    assert.equal(alarms.length, 1);
    const { rows: jobs } = await pool.query<{ run_at: Date }>("select run_at from graphile_worker.jobs where key = $1", [`audit.check/${world.tenantId}`]);
    assert.deepEqual(jobs.map((job) => job.run_at.toISOString()), ["2026-11-28T17:00:00.000Z"]);
  });
});
