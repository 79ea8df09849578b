import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkPolicy, cosignatureScheme, ed25519Scheme, openNote, parseCheckpoint, policyKeys, sha256, toHex, utf8, type Policy } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import { openLogWorld, type LogWorld } from "../../test/log-world.ts";
import { realSource } from "../kernel/ids.ts";
import { copyLog, openLogFolder, publishedAt, publishedIn, type RunningWitness } from "../witness/index.ts";
import { admit, publish, startKeeper } from "./keeper.ts";
import { recoverLog } from "./recover.ts";
import { checkpointIn } from "./publish.ts";
import { takeText } from "./store.ts";

const schemes = [ed25519Scheme(nodeEd25519Verify), cosignatureScheme(nodeEd25519Verify)];

/** Who stands behind a checkpoint, judged as an outsider would who has only the policy. */
const endorsed = async (world: LogWorld, policy: Policy, note: string): Promise<readonly string[] | string> => {
  const trusted = { ...policy, logs: [{ key: world.signer.key, url: undefined }] };
  const opened = await openNote(note, { keys: policyKeys(trusted), schemes });
  const checkpoint = "value" in opened ? parseCheckpoint(opened.value.text) : opened;
  if ("refused" in opened || "refused" in checkpoint) return "not a checkpoint";
  const verdict = checkPolicy(trusted, opened.value, checkpoint.value);
  return "value" in verdict ? verdict.value.witnesses.map(({ witness }) => witness) : verdict.refused;
};

describe("keeping a log in the sight of witnesses", () => {
  let world: LogWorld;
  let witnesses: Record<"inspektorat" | "provinsi" | "tetangga", RunningWitness>;
  let policy: Policy;
  const published = async (): Promise<string> => (await world.published.checkpoint()) ?? assert.fail("no checkpoint");
  const publishedSize = async (): Promise<number> => checkpointIn(await published())?.size ?? -1;

  before(async () => {
    world = await openLogWorld("keeper");
    witnesses = { inspektorat: await world.witness("inspektorat"), provinsi: await world.witness("provinsi", { isMirror: true }), tetangga: await world.witness("tetangga") };
    policy = world.policy("group saksi 2 inspektorat provinsi tetangga\nquorum saksi", witnesses);
  });
  after(() => world.close());

  test("without witnesses the log is published as it grows, and an outsider can copy and check all of it", async () => {
    await world.keep(undefined);
    await world.act(3);
    await world.keep(undefined);
    assert.equal(await publishedSize(), await world.size());
    const head = checkpointIn(await published()) ?? assert.fail("no head");
    const copy = openLogFolder(join(world.folder, "copy"));
    assert.deepEqual(await copyLog(publishedIn(join(world.folder, "log", world.tenantId)), copy, head), { state: "whole" });
    assert.equal(await copy.size(), head.size);
  });

  test("the event before is found by its thing, also on a table without statistics", async () => {
    const client = await world.office.pool.connect();
    try {
      await client.query(`prepare taking (uuid, int) as ${takeText}`);
      const { rows } = await client.query<{ "QUERY PLAN": string }>(`explain execute taking ('${world.tenantId}', 4096)`);
      const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
      assert.match(plan, /Index Scan using event_thing on event/, plan);
      assert.match(plan, /thing_id = e.thing_id\) AND \(\(revision\)::integer =/, plan);
    } finally {
      await client.query("deallocate all");
      client.release();
    }
  });

  test("an event that stands in the queue twice gets one leaf, and the log goes on", async () => {
    await world.act(3);
    const size = await world.size();
    await world.office.pool.query("insert into event_pending select * from event_pending where tenant_id = $1", [world.tenantId]);
    await world.keep(undefined);
    assert.deepEqual([await world.size(), (await world.office.pool.query("select from event_pending where tenant_id = $1", [world.tenantId])).rowCount], [size + 3, 0]);
  });

  test("with witnesses the checkpoint carries their word, each with its own time", async () => {
    await world.act(2);
    await world.keep(policy);
    assert.deepEqual(await endorsed(world, policy, await published()), ["inspektorat", "provinsi", "tetangga"]);
    assert.equal(await publishedSize(), await world.size());
  });

  test("a mirror has the copy before it cosigns: its folder alone gives the whole log back", async () => {
    const hash = toHex(sha256(utf8(world.signer.key.name)));
    const read = publishedAt(`${witnesses.provinsi.url}/${hash}`);
    const note = Buffer.from((await read("checkpoint")) ?? assert.fail("the mirror shows no checkpoint")).toString();
    const head = checkpointIn(note) ?? assert.fail("no head");
    assert.equal(head.size, await world.size());
    assert.deepEqual(await copyLog(read, openLogFolder(join(world.folder, "copy-of-mirror")), head), { state: "whole" });
  });

  test("one witness away: two of three are a quorum; two away: the log grows, and shows nothing that no quorum has seen", async () => {
    await witnesses.tetangga.stop();
    await world.act(1);
    await world.keep(policy);
    assert.deepEqual(await endorsed(world, policy, await published()), ["inspektorat", "provinsi"]);
    const port = Number(new URL(witnesses.inspektorat.url).port);
    const before = await publishedSize();
    const keeper = startKeeper(world.keeping(policy));
    await keeper.drain(); // it begins while two answer
    await witnesses.inspektorat.stop();
    await world.act(2);
    await keeper.drain();
    assert.equal(await world.size(), before + 2);
    assert.equal(await publishedSize(), before);
    assert.equal(await world.problemOf("inspektorat"), "tak_terjangkau");
    witnesses.inspektorat = await world.witness("inspektorat", { port });
    await world.office.pool.query("update log_witness set failures = 0"); // its pause is over
    await keeper.drain();
    await keeper.stop();
    assert.equal(await publishedSize(), before + 2);
    assert.deepEqual(await endorsed(world, policy, await published()), ["inspektorat", "provinsi"]);
  });

  test("at the start nothing is signed while those who are silent could be a quorum that has seen more", async () => {
    const port = Number(new URL(witnesses.inspektorat.url).port);
    await witnesses.inspektorat.stop(); // tetangga is away already
    assert.deepEqual(await admit(world.keeping(policy), world.tenantId), { kind: "wait" });
    const size = await world.size();
    await world.act(1);
    await world.keep(policy);
    assert.equal(await world.size(), size, "the queue waits");
    witnesses.inspektorat = await world.witness("inspektorat", { port });
    await world.keep(policy);
    assert.equal(await world.size(), size + 1);
  });

  test("of two keepers one holds the lease; when it ends the other goes on, and no event is placed twice", async () => {
    const first = startKeeper(world.keeping(policy));
    await first.drain();
    const second = startKeeper(world.keeping(policy));
    await world.act(20);
    await Promise.all([first.drain(), second.drain()]);
    await first.stop();
    await world.act(20);
    await second.drain();
    await second.stop();
    const { rows } = await world.office.pool.query<{ leaves: string; events: string; pending: string }>("select (select count(*) from log_leaf where tenant_id = $1) as leaves, (select count(*) from event where tenant_id = $1) as events, (select count(*) from event_pending where tenant_id = $1) as pending", [world.tenantId]);
    assert.deepEqual(rows[0], { leaves: rows[0]?.events, events: rows[0]?.events, pending: "0" });
  });

  test("an operator who restores last night's backup signs nothing: its witnesses have seen more; from the mirror it goes on", async () => {
    await world.keep(policy);
    const size = await world.size();
    await world.office.pool.query("create table backup_leaf as select * from log_leaf; create table backup_tile as select * from log_tile; create table backup_head as select * from log_head; create table backup_witness as select * from log_witness");
    await world.act(7);
    await world.keep(policy);
    assert.equal(await publishedSize(), size + 7);
    // The backup comes back, whole and consistent; the published folder is from last night, too.
    for (const table of ["leaf", "tile", "head", "witness"]) {
      await world.asSuperuser(`delete from log_${table}`);
      await world.asSuperuser(`insert into log_${table} select * from backup_${table}`);
    }
    await world.asSuperuser("delete from event where kind = 'percobaan' and event_id not in (select event_id from log_leaf)");
    const restored = openLogFolder(join(world.folder, "restored"));
    await world.act(1);
    const keeping = world.keeping(policy, { folderOf: () => restored });
    const admission = await admit(keeping, world.tenantId);
    assert.equal(admission.kind, "halt");
    await world.keep(policy, { folderOf: () => restored });
    assert.equal(await world.size(), size, "nothing was signed");
    const { rows } = await world.office.pool.query<{ size: string; seen: string; by: string }>("select size, seen, by from log_halt where tenant_id = $1", [world.tenantId]);
    assert.deepEqual([Number(rows[0]?.size), Number(rows[0]?.seen)], [size, size + 7]);
    // The folder beside the restored database is a witness of its own, should all the others be silent.
    assert.equal((await admit(world.keeping(undefined), world.tenantId)).kind, "halt");

    const read = publishedAt(`${witnesses.provinsi.url}/${toHex(sha256(utf8(world.signer.key.name)))}`);
    assert.deepEqual(await recoverLog(world.office.pool, world.tenantId, world.signer, read, realSource.now()), { state: "recovered", from: size, size: size + 7, lost: 7 });
    await world.keep(policy);
    assert.equal(await publishedSize(), size + 8, "the act that waited has its place after all that was seen");
    assert.deepEqual((await world.office.pool.query("select from log_halt")).rows, []);
    assert.deepEqual(await recoverLog(world.office.pool, world.tenantId, world.signer, read, realSource.now()), { state: "nothing_missing", size: size + 8 });
  });

  test("everything lost but the keys: an empty log is not begun anew while a witness remembers it", async () => {
    const empty = openLogFolder(join(world.folder, "empty"));
    await world.office.pool.query("create table lost as select * from log_head");
    await world.asSuperuser("delete from log_head");
    assert.equal((await admit(world.keeping(policy, { folderOf: () => empty }), world.tenantId)).kind, "halt");
    await world.asSuperuser("insert into log_head select * from lost");
  });
});

describe("a hostile operator, who has the database and the log's own key", () => {
  const attacks: readonly (readonly [name: string, attack: (world: LogWorld) => Promise<void>])[] = [
    ["edits an event, recomputes the whole log and signs it", async (world) => {
      await world.asSuperuser(`update log_leaf set leaf = replace(leaf, '"type":"percobaan', '"type":"rekayasa'), leaf_hash = sha256('\\x00'::bytea || convert_to(replace(leaf, '"type":"percobaan', '"type":"rekayasa'), 'UTF8')) where tenant_id = $1 and leaf_index = (select max(leaf_index) - 2 from log_leaf where tenant_id = $1)`, [world.tenantId]);
      await world.resign();
    }],
    ["deletes an event and closes the gap", async (world) => {
      await world.asSuperuser("delete from log_leaf where tenant_id = $1 and leaf_index = (select max(leaf_index) - 2 from log_leaf where tenant_id = $1)", [world.tenantId]);
      await world.asSuperuser("update log_leaf set leaf_index = leaf_index - 1 where tenant_id = $1 and leaf_index > (select count(*) - 2 from log_leaf where tenant_id = $1)", [world.tenantId]);
      await world.resign();
      await world.act(3);
    }],
    ["rolls the log back and goes on with other events", async (world) => {
      await world.asSuperuser("delete from log_leaf where tenant_id = $1 and leaf_index >= (select max(leaf_index) - 2 from log_leaf where tenant_id = $1)", [world.tenantId]);
      await world.resign();
      await world.act(6);
    }],
    ["puts an event between two that have their place", async (world) => {
      await world.act(1);
      await world.keep(undefined);
      await world.office.pool.query("alter table log_leaf drop constraint log_leaf_pkey");
      await world.asSuperuser("update log_leaf set leaf_index = case when leaf_index = (select max(leaf_index) from log_leaf where tenant_id = $1) then 5 else leaf_index + 1 end where tenant_id = $1 and leaf_index >= 5", [world.tenantId]);
      await world.office.pool.query("alter table log_leaf add primary key (tenant_id, leaf_index)");
      await world.resign();
    }],
  ];
  for (const [index, [name, attack]] of attacks.entries()) {
    test(`${name}: every witness refuses, and no quorum stands behind the new history`, async () => {
      const world = await openLogWorld(`hostile_${index}`);
      try {
        const witnesses = { inspektorat: await world.witness("inspektorat"), provinsi: await world.witness("provinsi", { isMirror: true }) };
        const policy = world.policy("group saksi all inspektorat provinsi\nquorum saksi", witnesses);
        await world.act(5);
        await world.keep(policy);
        const before = (await world.published.checkpoint()) ?? assert.fail("no checkpoint");
        assert.deepEqual(await endorsed(world, policy, before), ["inspektorat", "provinsi"]);
        await attack(world);
        await world.asSuperuser("delete from log_witness"); // whatever the database remembers of them, they remember themselves
        // The operator runs a server that has no start-up rule: it signs and asks straight away.
        await world.keep(undefined, { folderOf: () => openLogFolder(join(world.folder, "forged")) });
        await world.act(2);
        const forged = openLogFolder(join(world.folder, "forged"));
        const lying = { ...world.keeping(policy), folderOf: () => forged };
        await world.keep(undefined, { folderOf: () => forged });
        await publish(lying, world.tenantId);
        for (const witness of ["inspektorat", "provinsi"]) assert.equal(await world.problemOf(witness), "menolak", witness);
        assert.equal(await endorsed(world, policy, (await forged.checkpoint()) ?? ""), "no_quorum");
        assert.deepEqual(await endorsed(world, policy, before), ["inspektorat", "provinsi"], "what was cosigned stays");
        const evidence = await readdir(join(world.folder, "inspektorat", "logs", toHex(sha256(utf8(world.signer.key.name)))));
        assert.ok(evidence.includes("refused"), "the signed lie is kept: it convicts its signer");
      } finally {
        await world.close();
      }
    });
  }

  test("shows one history to the inspectorate and another to the province: the quorum of two stands behind neither", async () => {
    const world = await openLogWorld("split");
    try {
      const witnesses = { inspektorat: await world.witness("inspektorat"), provinsi: await world.witness("provinsi") };
      const policy = world.policy("group saksi all inspektorat provinsi\nquorum saksi", witnesses);
      const onlyOne = world.policy("quorum inspektorat", { inspektorat: witnesses.inspektorat });
      const onlyOther = world.policy("quorum provinsi", { provinsi: witnesses.provinsi });
      await world.act(5);
      await world.keep(policy);
      await world.act(1);
      await world.keep(onlyOne);
      const shownToOne = (await world.published.checkpoint()) ?? "";
      await world.asSuperuser(`update log_leaf set leaf = replace(leaf, '"type":"percobaan', '"type":"rekayasa'), leaf_hash = sha256('\\x00'::bytea || convert_to(replace(leaf, '"type":"percobaan', '"type":"rekayasa'), 'UTF8')) where tenant_id = $1 and leaf_index = (select max(leaf_index) from log_leaf where tenant_id = $1)`, [world.tenantId]);
      await world.resign();
      const other = openLogFolder(join(world.folder, "other"));
      await world.keep(onlyOther, { folderOf: () => other });
      const shownToOther = (await other.checkpoint()) ?? "";
      assert.equal(await endorsed(world, policy, shownToOne), "no_quorum");
      assert.equal(await endorsed(world, policy, shownToOther), "no_quorum");
      await world.keep(policy, { folderOf: () => other });
      assert.equal(await world.problemOf("inspektorat"), "menolak", "and neither will follow the other");
    } finally {
      await world.close();
    }
  });
});
