import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { after, before, describe, test } from "node:test";
import { append, checkTree, decodeEntries, EMPTY_FRONTIER, entriesBetween, entriesPath, formatPolicy, frontierRoot, proveTree, recordHash, tileHashReader, tilePath, type Checkpoint, type Policy, type Tile } from "@lontar/ledger";
import type { Milestone } from "../src/kernel/milestone.ts";
import { checkpointIn } from "../src/audit/publish.ts";
import type { RunningWitness } from "../src/witness/index.ts";
import { openLogWorld, type LogWorld } from "./log-world.ts";

const script = new URL("keeper-process.ts", import.meta.url).pathname;
const milestones: readonly Milestone[] = ["log.1", "log.2", "log.3", "log.4", "log.5", "log.6"];

describe("a keeper killed at each step between the queue and the published checkpoint", () => {
  let world: LogWorld;
  let policy: Policy;
  let witnesses: Readonly<Record<string, RunningWitness>>;
  /** Every checkpoint that anybody outside may have seen. */
  const seen: Checkpoint[] = [];

  before(async () => {
    world = await openLogWorld("log_crash");
    witnesses = { inspektorat: await world.witness("inspektorat"), provinsi: await world.witness("provinsi", { isMirror: true }) };
    policy = world.policy("group saksi all inspektorat provinsi\nquorum saksi", witnesses);
  });
  after(() => world.close());

  const run = async (killAt?: Milestone): Promise<string | number | null> => {
    const child = spawn(process.execPath, [script, JSON.stringify(world.office.connection), world.folder, formatPolicy(policy)], { env: { ...process.env, ...(killAt !== undefined && { LONTAR_KILL_AT: killAt }) }, stdio: ["ignore", "inherit", "inherit"] });
    const [code, signal] = await once(child, "exit");
    return signal ?? code;
  };

  const note = async (): Promise<void> => {
    const published = checkpointIn((await world.published.checkpoint()) ?? "");
    if (published !== undefined) seen.push(published);
  };

  /** The published files alone give the signed root, and it extends every checkpoint seen before. */
  const checkPublished = async (): Promise<Checkpoint> => {
    const head = checkpointIn((await world.published.checkpoint()) ?? "") ?? assert.fail("nothing is published");
    let frontier = EMPTY_FRONTIER;
    for (const bundle of entriesBetween(0, head.size)) {
      const bytes = await world.published.read(entriesPath(bundle));
      const records = decodeEntries(bytes ?? assert.fail(`${entriesPath(bundle)} is missing`), bundle.width);
      if ("refused" in records) assert.fail(records.refused);
      frontier = append(frontier, records.value.map(recordHash));
    }
    assert.deepEqual(frontierRoot(frontier), new Uint8Array(head.root));
    const read = (tiles: readonly Tile[]) => Promise.all(tiles.map(async (tile) => (await world.published.read(tilePath(tile))) ?? assert.fail(`${tilePath(tile)} is missing`)));
    for (const older of seen) assert.ok(checkTree(older, head, await proveTree(older.size, head.size, tileHashReader(head.size, read))), `${older.size} is a prefix of ${head.size}`);
    return head;
  };

  for (const milestone of milestones) {
    test(`${milestone}: the next start goes on; every event has one place, and all that was seen still holds`, async () => {
      await world.act(300); // more than a tile, so that every crash falls on full and partial ones
      assert.equal(await run(milestone), "SIGKILL");
      await note();
      await world.act(5);
      assert.equal(await run(), 0);
      const head = await checkPublished();
      await note();
      const { rows } = await world.office.pool.query<{ leaves: string; distinct: string; events: string; pending: string }>(
        `select (select count(*) from log_leaf where tenant_id = $1) as leaves, (select count(distinct event_id) from log_leaf where tenant_id = $1) as distinct,
           (select count(*) from event where tenant_id = $1) as events, (select count(*) from event_pending where tenant_id = $1) as pending`,
        [world.tenantId],
      );
      const all = String(head.size);
      assert.deepEqual(rows[0], { leaves: all, distinct: all, events: all, pending: "0" });
      for (const witness of Object.keys(witnesses)) assert.equal(await world.problemOf(witness), null, witness);
    });
  }
});
