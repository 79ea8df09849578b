import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import type pg from "pg";
import { createOffice } from "../../test/office.ts";
import { check, logSigner, remakeUndatedRights, replayable, type Finding } from "../audit/index.ts";
import { dispositionMachine, dispositionStore, noDisposition } from "../dispositions/index.ts";
import { draftMachine, draftStore } from "../drafts/index.ts";
import { noLetter, receivedMachine, receivedStore } from "../letters/index.ts";
import { realSource } from "../kernel/ids.ts";
import { organisationKinds } from "../organisation/index.ts";
import { dossierMachine, dossierStore, noDossier } from "../records/index.ts";
import { generate, type Generated } from "./index.ts";
import { openBatch, writeBatch } from "./store.ts";

const { units, positions, persons, holdings } = organisationKinds;
const machines = [
  replayable(units.machine, units.store, null),
  replayable(positions.machine, positions.store, null),
  replayable(persons.machine, persons.store, null),
  replayable(holdings.machine, holdings.store, null),
  replayable(receivedMachine, receivedStore, noLetter),
  replayable(dispositionMachine, dispositionStore, noDisposition),
  replayable(draftMachine, draftStore, null),
  replayable(dossierMachine, dossierStore, noDossier),
];
const now = "2026-11-24T03:00:00.000Z";

type Look = { readonly past: number; readonly made: Generated; readonly findings: readonly Finding[]; readonly pending: number; readonly adrift: readonly string[]; readonly told: string };

/** Fills a fresh office, alters it as its superuser if asked, and answers what was made and what the integrity check found. */
const filled = async (name: string, { letters = 600, threads = 0, alter }: { readonly letters?: number; readonly threads?: number; readonly alter?: string } = {}): Promise<Look> => {
  const office = await createOffice(name);
  const keys = await mkdtemp(join(tmpdir(), "lontar-keys-"));
  try {
    const { tenantId } = await office.actor("kadis");
    const signer = await logSigner(keys, tenantId);
    const made = await generate({
      db: office.db, pool: office.pool, tenantId, now, signer,
      putFile: async (bytes) => ({ sha256: createHash("sha256").update(bytes).digest("hex"), size: bytes.length }),
      threads,
      report: () => undefined,
    }, { letters, people: 120, seed: 7 });
    if (alter !== undefined) await office.pool.query(`begin; set local session_replication_role = replica; ${alter}; commit`);
    await remakeUndatedRights(office.pool, machines);
    const { findings } = await check({ pool: office.pool, tenantId, files: { verify: async () => ({ state: "intact" as const }), beginsWith: async () => true }, machines, signer });
    const rowsOf = async <T extends pg.QueryResultRow>(sql: string): Promise<readonly T[]> => (await office.pool.query<T>(sql, [tenantId])).rows;
    const [waiting] = await rowsOf<{ n: string }>("select count(*) as n from event_pending where tenant_id = $1");
    const [told] = await rowsOf<{ hash: string }>("select encode(sha256(string_agg(l.leaf_hash, '' order by l.leaf_index)), 'hex') as hash from log_leaf l join event e on e.tenant_id = l.tenant_id and e.event_id = l.event_id where l.tenant_id = $1 and e.request_id = 'generate'");
    const [past] = await rowsOf<{ n: string }>("select count(*) as n from reader_past where tenant_id = $1");
    return { past: Number(past?.n), made, findings, pending: Number(waiting?.n), adrift: await adrift(office.pool), told: told?.hash ?? "" };
  } finally {
    await office.close();
    await rm(keys, { recursive: true });
  }
};

/** Every foreign key of the schema that some row does not keep. */
const adrift = async (pool: pg.Pool): Promise<readonly string[]> => {
  const { rows: keys } = await pool.query<{ name: string; table: string; definition: string }>("select conname as name, conrelid::regclass::text as table, pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace");
  assert.ok(keys.length > 15);
  const broken: string[] = [];
  for (const { name, table, definition } of keys) {
    const [, own, target, theirs] = /FOREIGN KEY \((.*)\) REFERENCES (\S+)\(([^)]*)\)/.exec(definition) ?? [];
    assert.ok(own !== undefined && target !== undefined && theirs !== undefined, definition);
    const pairs = own.split(", ").map((column, at) => `r.${theirs.split(", ")[at]} = x.${column}`);
    const { rowCount } = await pool.query(`select from ${table} x where (${own.split(", ").map((column) => `x.${column}`).join(", ")}) is not null and not exists (select from ${target} r where ${pairs.join(" and ")}) limit 1`);
    if (rowCount !== 0) broken.push(name);
  }
  return broken;
};

test("a generated office is whole, with nothing waiting for the log, and the same seed makes the same office, however many threads tell it", async () => {
  const letters = 1200; // more than one slice
  const [one, two] = [await filled("generate_one", { letters }), await filled("generate_two", { letters, threads: 2 })];
  assert.deepEqual(one.findings, []);
  assert.equal(one.pending, 0);
  assert.deepEqual(one.adrift, []);
  assert.equal(one.made.letters, letters);
  assert.ok(one.made.dispositions > 500 && one.made.events > 11_000);
  assert.ok(one.past > 0, "secret letters closed for their registrars");
  assert.deepEqual(two, one);
});

test("one altered word among the generated is found", async () => {
  const { findings } = await filled("generate_altered", { alter: "update received set state = jsonb_set(state, '{facts,subject}', '\"Perihal lain\"') where id = (select id from received order by id desc limit 1)" });
  assert.match(findings[0]?.sentence ?? "", /Baris received berbeda .* facts\.subject/);
  assert.equal(findings.length, 1);
});

test("rights that were noted before they had dates are made again from the events", async () => {
  const undated = "event_id = '00000000-0000-7000-8000-000000000000', since = '-infinity'";
  const look = await filled("generate_undated", { alter: `delete from reader_past; update reader set ${undated}; delete from reader where sight = 'sampul'` });
  assert.deepEqual(look.findings, []);
  assert.ok(look.past > 0);
});

test("a batch with a row that points to nothing is refused whole", async () => {
  const office = await createOffice("generate_adrift");
  const keys = await mkdtemp(join(tmpdir(), "lontar-keys-"));
  try {
    const { tenantId } = await office.actor("kadis");
    const writer = { pool: office.pool, tenantId, signer: await logSigner(keys, tenantId), now: () => now };
    const { rows: before } = await office.pool.query("select count(*) from person");
    const lost = realSource.id();
    const row = { table: "person" as const, id: realSource.id(), revision: 1, lastEvent: lost, state: JSON.stringify({ name: "Tanpa Peristiwa", nip: null, rank: null, email: null }) };
    const batch = openBatch(tenantId);
    batch.rows.states.push(row);
    await assert.rejects(writeBatch(writer, batch.close(), Promise.resolve()), /person .* points to nothing \(person_tenant_id_last_event_fkey\)/);
    assert.deepEqual((await office.pool.query("select count(*) from person")).rows, before);
    // A batch does not outlive the failure of the one before it: numbers and the log have one order.
    const failed = Promise.reject(new Error("the batch before failed"));
    failed.catch(() => undefined); // told by the batch that waits for it
    await assert.rejects(writeBatch(writer, openBatch(tenantId).close(), failed), /the batch before failed/);
  } finally {
    await office.close();
    await rm(keys, { recursive: true });
  }
});
