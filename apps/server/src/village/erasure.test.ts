import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkRecord, decodeLeaf, ed25519Scheme, fromHex, openNote, parseCheckpoint, parseVerifierKey, recordHash, utf8 } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import { letterTypes } from "@lontar/naskah";
import type pg from "pg";
import { startTestServer, type Client, type TestServer } from "../../test/http.ts";
import { until } from "../../test/until.ts";
import { villageForm } from "../../test/village-form.ts";
import { check, logSigner } from "../audit/index.ts";
import { openPool } from "../kernel/db.ts";
import { realSource } from "../kernel/ids.ts";
import { machines } from "../main.ts";
import { seedId } from "../seed/office.ts";

const tenantId = seedId("tenant/bukitraya");

describe("erasing a resident's data", () => {
  let server: TestServer;
  let pool: pg.Pool;
  let operator: Client;
  const id = realSource.id();
  const findings = async () => (await check({ pool, tenantId, files: { verify: async () => ({ state: "intact" as const }), beginsWith: async () => true }, machines, signer: await logSigner(join(server.folder, "keys"), tenantId) })).findings;
  /** The proof of an event as a browser checks it: the leaf, its place, the signed head. */
  const isProved = async (eventId: string): Promise<{ readonly proved: boolean; readonly committed: string; readonly commitment: string }> => {
    const { body } = await until(async () => {
      const answer = await operator.call("received.proof", { id, eventId });
      return answer.status === 200 ? answer : undefined;
    }, "the event has its place");
    const key = parseVerifierKey(body.verifierKey);
    const note = await openNote(body.checkpoint, { keys: "value" in key ? [key.value] : [], schemes: [ed25519Scheme(nodeEd25519Verify)] });
    const head = "value" in note ? parseCheckpoint(note.value.text) : note;
    const leaf = decodeLeaf(utf8(body.leaf));
    const proof = body.proof.map((hash) => fromHex(hash) ?? new Uint8Array());
    return { proved: "value" in head && checkRecord({ index: body.leafIndex, hash: recordHash(utf8(body.leaf)) }, head.value, proof), committed: body.committed, commitment: "value" in leaf ? leaf.value.c : "" };
  };

  before(async () => {
    server = await startTestServer("erasure");
    pool = openPool({ url: server.databaseUrl }, 2);
    operator = await server.signIn("operator");
    const service = letterTypes.find((type) => type.level === "desa") ?? assert.fail("no village letter");
    assert.equal((await operator.call("village.create", { id, service: service.code, form: villageForm })).status, 200);
  });
  after(async () => {
    await pool.end();
    await server.close();
  });

  test("while the request is under way nothing is erased; afterwards the operator does, and says why", async () => {
    assert.equal((await operator.call("village.erase", { id, reason: "Diminta pemohon" })).problem?.code, "wrong_state");
    assert.equal((await operator.call("village.cancel", { id, reason: "Pemohon pindah" })).status, 200);
    assert.ok((await operator.call("village.show", { id })).body.may.includes("erase"));
    const { rows: events } = await pool.query<{ event_id: string; commitment: Buffer }>("select event_id, commitment from event where thing_id = $1 order by revision", [id]);
    assert.equal(events.length, 2);
    const before = await Promise.all(events.map(({ event_id }) => isProved(event_id)));
    assert.ok(before.every(({ proved, committed }) => proved && committed !== ""));
    assert.equal((await operator.call("village.erase", { id, reason: "Diminta pemohon" })).status, 200);

    const { rows: left } = await pool.query<{ revision: number; type: string; gone: boolean }>("select revision, type, body is null and salt is null and who is null as gone from event where thing_id = $1 order by revision", [id]);
    assert.deepEqual(left.map(({ type, gone }) => [type, gone]), [["request.entered", true], ["request.cancelled", true], ["request.erased", false]]);
    const name = String(villageForm["nama"]);
    const { rows: tables } = await pool.query<{ name: string }>("select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind = 'r'");
    for (const table of tables) {
      const { rows } = await pool.query<{ n: string }>(`select count(*) as n from "${table.name}" t where t::text like $1`, [`%${name}%`]);
      assert.equal(rows[0]?.n, "0", `${table.name} still says ${name}`);
    }
    for (const [at, { event_id }] of events.entries()) {
      const proof = await isProved(event_id);
      assert.ok(proof.proved, "the leaf still stands where it stood");
      assert.equal(proof.commitment, before[at]?.commitment);
      assert.equal(proof.committed, "", "and tells nothing any more");
    }
    const { body: view } = await operator.call("village.show", { id });
    assert.equal(view.applicant, "(dihapus)");
    assert.deepEqual(view.may, []);
  });

  test("the integrity check finds the office whole, and names what was erased by hand", async () => {
    await until(async () => ((await pool.query("select from event_pending where tenant_id = $1", [tenantId])).rowCount === 0 ? true : undefined), "all have their place");
    assert.deepEqual(await findings(), []);
    await pool.query("create table kept as select * from event where thing_id = $1 and type = 'request.erased'", [id]);
    await pool.query("begin; set local session_replication_role = replica; update event set body = jsonb_set(body, '{events}', (body->'events') - 0) where event_id = (select event_id from kept); commit");
    assert.ok((await findings()).some((finding) => /request.entered dihapus, dan tidak ada peristiwa/.test(finding.sentence)));
  });

  test("the app role erases only what an act of the same thing names", async () => {
    for (const statement of ["select erase_events($1, (select event_id from event where tenant_id = $1 and type = 'account.created' limit 1))", "select erase_events($1, gen_random_uuid())"]) {
      const client = await pool.connect();
      try {
        await client.query(`begin; set local role lontar_app; set local app.tenant = '${tenantId}'`);
        await assert.rejects(client.query(statement, [tenantId]), /tidak ada tindakan yang menyuruh menghapus/);
      } finally {
        await client.query("rollback");
        client.release();
      }
    }
  });
});
