import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { realSource } from "../kernel/ids.ts";
import { organisationKinds } from "../organisation/index.ts";
import { check, logSigner, replayable, sequenceTenant, type FileCheck, type Finding } from "./index.ts";

const { units, positions, persons, holdings } = organisationKinds;
const machines = [
  replayable(units.machine, units.store, null),
  replayable(positions.machine, positions.store, null),
  replayable(persons.machine, persons.store, null),
  replayable(holdings.machine, holdings.store, null),
];

describe("the integrity check", () => {
  let office: TestOffice;
  let keys: string;
  let tenantId: string;
  const sound = { verify: async () => ({ state: "intact" as const }) };
  const run = async (files: FileCheck = sound): Promise<readonly Finding[]> =>
    (await check({ pool: office.pool, tenantId, files, machines, signer: await logSigner(keys, tenantId) })).findings;
  /** Alters the database as its superuser with all triggers off, looks, and puts everything back. */
  const tampered = async (sql: string, undo: string): Promise<readonly Finding[]> => {
    await office.pool.query(`begin; set local session_replication_role = replica; ${sql}; commit`);
    try {
      return await run();
    } finally {
      await office.pool.query(`begin; set local session_replication_role = replica; ${undo}; commit`);
    }
  };

  before(async () => {
    office = await createOffice("fsck");
    keys = await mkdtemp(join(tmpdir(), "lontar-keys-"));
    tenantId = (await office.actor("kadis")).tenantId;
    while ((await sequenceTenant(office.pool, tenantId, await logSigner(keys, tenantId), realSource.now)) > 0);
  });
  after(async () => {
    await office.close();
    await rm(keys, { recursive: true });
  });

  test("a whole office has no findings", async () => assert.deepEqual(await run(), []));

  test("an altered row is named, with the place that differs", async () => {
    const findings = await tampered("update person set state = jsonb_set(state, '{name}', '\"Orang Lain\"') where id = (select min(id::text)::uuid from person)", "update person set state = (select body->'state' from event where thing_id = person.id and kind = 'person') where id = (select min(id::text)::uuid from person)");
    assert.match(findings[0]?.sentence ?? "", /Baris person berbeda .* name/);
    assert.equal(findings.length, 1);
  });

  test("an altered event is named by its commitment, by the log or by its row", async () => {
    const findings = await tampered("create table keep as select * from event where kind = 'holding' order by event_id limit 1; update event set body = jsonb_set(body, '{state,basis}', '\"SK palsu\"') where event_id = (select event_id from keep)", "update event set body = keep.body from keep where event.event_id = keep.event_id; drop table keep");
    assert.ok(findings.some((finding) => /komitmen/.test(finding.sentence)));
    assert.ok(findings.some((finding) => finding.kind === "row"));
  });

  test("an event forged together with its commitment contradicts the log", async () => {
    const findings = await tampered("create table keep as select * from event where kind = 'unit' order by event_id limit 1; update event set at = at - interval '1 month' where event_id = (select event_id from keep)", "update event set at = keep.at from keep where event.event_id = keep.event_id; drop table keep");
    assert.ok(findings.some((finding) => /tidak sama dengan yang tercatat di log/.test(finding.sentence)));
  });

  test("a deleted event is missed by its row, by the log and by the next event", async () => {
    const findings = await tampered("create table keep as select * from event where kind = 'position' order by event_id limit 1; delete from event where event_id = (select event_id from keep)", "insert into event select * from keep; drop table keep");
    assert.ok(findings.some((finding) => /tidak punya peristiwa/.test(finding.sentence)));
    assert.ok(findings.some((finding) => /hilang dari catatan/.test(finding.sentence)));
  });

  test("a row put in by hand and an event kept from the log are named", async () => {
    const row = await tampered("insert into person (tenant_id, id, revision, last_event, state) select tenant_id, '01999999-9999-7999-8999-999999999999', 1, last_event, state from person limit 1", "delete from person where id = '01999999-9999-7999-8999-999999999999'");
    assert.match(row[0]?.sentence ?? "", /tidak punya peristiwa/);
    const leaf = await tampered("create table keep as select * from log_leaf order by leaf_index desc limit 1; delete from log_leaf where leaf_index = (select leaf_index from keep)", "insert into log_leaf select * from keep; drop table keep");
    assert.ok(leaf.some((finding) => finding.kind === "log") && leaf.some((finding) => finding.kind === "event"));
  });

  test("a file altered or gone in the folder is named", async () => {
    await office.pool.query("insert into blob values ($1, repeat('ab', 32), 3, 'application/pdf', 1, now())", [tenantId]);
    assert.match((await run({ verify: async () => ({ state: "damaged" }) }))[0]?.sentence ?? "", /diubah/);
    assert.match((await run({ verify: async () => ({ state: "missing" }) }))[0]?.sentence ?? "", /hilang/);
  });

  test("without disabled triggers not even the owner changes evidence", async () => {
    await assert.rejects(office.pool.query("update event set body = '{}'"), /catatan audit tidak dapat diubah/);
    await assert.rejects(office.pool.query("delete from event"), /tidak dapat diubah atau dihapus/);
    await assert.rejects(office.pool.query("update person set state = state || '{\"name\":\"X\"}'"), /berubah tanpa peristiwa/);
    await assert.rejects(office.pool.query("delete from person"), /tidak dapat dihapus/);
    await assert.rejects(office.pool.query("delete from log_leaf"), /tidak dapat diubah atau dihapus/);
  });
});
