import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { sql } from "kysely";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { realSource } from "../kernel/ids.ts";
import { accountMachine, accountStore } from "../access/index.ts";
import { noLetter, receivedMachine, receivedStore } from "../letters/index.ts";
import { direct, receive, register } from "../letters/commands.ts";
import { organisationKinds } from "../organisation/index.ts";
import { check, logSigner, replayable, sequenceTenant, type FileCheck, type Finding } from "./index.ts";

const { units, positions, persons, holdings } = organisationKinds;
const machines = [
  replayable(units.machine, units.store, null),
  replayable(positions.machine, positions.store, null),
  replayable(persons.machine, persons.store, null),
  replayable(holdings.machine, holdings.store, null),
  replayable(receivedMachine, receivedStore, noLetter),
  replayable(accountMachine, accountStore, null),
];

describe("the integrity check", () => {
  let office: TestOffice;
  let keys: string;
  let tenantId: string;
  const sound = { verify: async () => ({ state: "intact" as const }), beginsWith: async () => true };
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

  test("who acted, under which mandate, and on what is bound like the words: no column of an event changes unseen", async () => {
    const other = "'01999999-9999-7999-8999-999999999999'";
    for (const change of [`person_id = ${other}`, `holding_id = ${other}`, `position_id = ${other}`, `subject_id = ${other}`, "request_id = 'x'", "type = 'account.signed_in'", "who = who || '{\"person\":\"X\"}'", "at = at - interval '1 second'"]) {
      const findings = await tampered(`create table keep as select * from event where kind = 'account' order by event_id limit 1; update event set ${change} where event_id = (select event_id from keep)`,
        "update event set person_id = keep.person_id, holding_id = keep.holding_id, position_id = keep.position_id, subject_id = keep.subject_id, request_id = keep.request_id, type = keep.type, who = keep.who, at = keep.at from keep where event.event_id = keep.event_id; drop table keep");
      assert.ok(findings.some((finding) => finding.kind === "event"), change);
    }
    assert.deepEqual(await run(), []);
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
    assert.match((await run({ ...sound, verify: async () => ({ state: "damaged" }) }))[0]?.sentence ?? "", /diubah/);
    assert.match((await run({ ...sound, verify: async () => ({ state: "missing" }) }))[0]?.sentence ?? "", /hilang/);
  });

  const keep = (from: string): string => `create table keep as select * from ${from}`;
  const words = (findings: readonly Finding[]): string => findings.map((finding) => finding.sentence).join("\n");

  test("an event that lost its salt, or all of its content, is named: neither hides what was altered", async () => {
    const back = "update event set body = keep.body, salt = keep.salt, who = keep.who from keep where event.event_id = keep.event_id; drop table keep";
    const salt = await tampered(`${keep("event where kind = 'account' order by event_id limit 1")}; update event set salt = null, body = body || '{"username":"x"}' where event_id = (select event_id from keep)`, back);
    assert.match(words(salt), /account.created dihapus/);
    await office.pool.query(`${keep("event where kind = 'account' order by event_id limit 1")}; update event set salt = null, body = null, who = null where event_id = (select event_id from keep)`);
    assert.match(words(await tampered("select 1", back)), /account.created dihapus/);
  });

  test("a right to read, a line on a desk, an account, a session, a factor put in by hand are named", async () => {
    const id = "01999999-9999-7999-8999-999999999999";
    const kadis = "person_id = (select id from account where username = 'kadis')";
    const table: readonly (readonly [put: string, undo: string, sentence: RegExp])[] = [
      ["insert into reader select tenant_id, 'person:x', last_event, 'dituju' from person limit 1", "delete from reader where holder = 'person:x'", /Hak baca dituju bagi person:x tidak berasal/],
      [`insert into duty select tenant_id, id, '${id}', 'baca', 'surat', '${id}', '', '', '', 'biasa', 'B', now(), null, true from position limit 1`, `delete from duty where thing_id = '${id}'`, /Antrean meja menunjuk hal yang tidak ada/],
      ["insert into account (tenant_id, id, revision, last_event, state) select tenant_id, '01999999-9999-7999-8999-999999999999', 1, last_event, state || '{\"username\":\"palsu\"}' from account limit 1", "delete from account where username = 'palsu'", /Baris account tidak punya peristiwa/],
      [`insert into account_secret (tenant_id, person_id, password_hash) select tenant_id, '${id}', 'x' from account limit 1`, `delete from account_secret where person_id = '${id}'`, /Kata sandi ini tidak punya akun/],
      [`update account_secret set password_hash = password_hash || 'x' where ${kadis}`, `update account_secret set password_hash = left(password_hash, -1) where ${kadis}`, /Kata sandi akun kadis diganti tanpa peristiwa/],
      [`update account_secret set totp_secret = 'x' where ${kadis}`, `update account_secret set totp_secret = null where ${kadis}`, /autentikator akun kadis dipasang atau dilepas/],
      [`insert into recovery_code select tenant_id, id, 'x', 'x', null from account where username = 'kadis'`, "delete from recovery_code", /pemulihan akun kadis ditambah/],
      [`insert into passkey select tenant_id, id, id, 'x', 'x', 0, '[]', false, now(), null from account where username = 'kadis'`, "delete from passkey", /Kunci masuk akun kadis ditambah/],
      [`insert into session (tenant_id, session_id, token_hash, person_id, position_id, device, since, last_seen) select tenant_id, '${id}', 'x', id, id, '', now(), now() from account where username = 'kadis'`, `delete from session where session_id = '${id}'`, /Sesi ini tidak dibuka dengan masuk/],
    ];
    for (const [put, undo, sentence] of table) {
      const tenant = `tenant_id = '${tenantId}'`;
      const findings = await tampered(put.replaceAll(/from (person|position|account) limit 1/g, `from $1 where ${tenant} limit 1`), undo);
      assert.match(words(findings), sentence);
      assert.equal(findings.length, 1, words(findings));
    }
    assert.deepEqual(await run(), []);
  });

  test("who a unit or post was at a moment cannot be changed beside its state", async () => {
    const of = (table: string): string => `${table} where tenant_id = '${tenantId}' order by id limit 1`;
    for (const [table, change, undo] of [
      ["unit_period", "facts = facts || '{\"name\":\"Dinas Palsu\"}'", "facts = keep.facts"],
      ["position_period", "facts = facts || '{\"functions\":[\"admin\"]}'", "facts = keep.facts"],
      ["position_period", "until = now()", "until = null"],
    ] as const) {
      const findings = await tampered(`${keep(of(table))}; update ${table} set ${change} where id = (select id from keep)`, `update ${table} p set ${undo} from keep where p.id = keep.id; drop table keep`);
      assert.match(words(findings), /Masa berlaku (unit|position) tidak sama/);
      assert.equal(findings.length, 1, words(findings));
    }
    assert.deepEqual(await run(), []);
  });

  test("a right with another date, another act or no row is named, and so is one whose end was taken away", async () => {
    const [tu, kadis] = [await office.actor("tudiskominfo"), await office.actor("kadis")];
    const letterId = realSource.id();
    const facts = { sender: "Kejaksaan", number: "R-1", date: "2026-11-20", subject: "Rahasia", summary: "", receivedOn: "2026-11-24", attachment: "", medium: "kertas", security: "R", urgency: "biasa", classification: null, due: null } as const;
    await office.transaction(tu, (tx) => receive(tx, { id: letterId, file: { sha256: "ab".repeat(32), name: "a.pdf", mediaType: "application/pdf", size: 10, pages: 1 } }, tu));
    await office.transaction(tu, (tx) => register(tx, { id: letterId, facts, separateBecause: "" }, tu));
    await office.transaction(tu, (tx) => direct(tx, { id: letterId, positionId: kadis.positionId }, tu));
    while ((await sequenceTenant(office.pool, tenantId, await logSigner(keys, tenantId), realSource.now)) > 0);
    assert.deepEqual((await run()).map((finding) => finding.sentence).filter((sentence) => !/pindaian|Berkas/.test(sentence)), []);
    const mine = `subject_id = '${letterId}'`;
    for (const [table, alter, sentence] of [
      ["reader", `update reader set since = since - interval '1 day' where ${mine} and rule = 'dituju'`, /menyebut tindakan atau waktu lain/],
      ["reader", `update reader set event_id = thing_id where ${mine} and rule = 'dituju'`, /menyebut tindakan atau waktu lain/],
      ["reader", `delete from reader where ${mine} and rule = 'dituju'`, /Hak baca dituju .* hilang/],
      ["reader_past", `delete from reader_past where ${mine}`, /Hak baca (registrasi|pencatat) .* hilang/],
      ["reader_past", `update reader_past set until = until + interval '1 day' where ${mine}`, /tidak berasal dari peristiwa mana pun/],
    ] as const) {
      const findings = await tampered(`create table keep as select * from ${table} where ${mine}; ${alter}`, `delete from ${table} where ${mine}; insert into ${table} select * from keep; drop table keep`);
      assert.match(words(findings.filter((finding) => finding.kind === "trace")), sentence);
    }
    assert.deepEqual((await run()).filter((finding) => finding.kind === "trace"), []);
  });

  test("an altered or missing tile of the log is named", async () => {
    const back = "insert into log_tile select * from keep on conflict (tenant_id, level, tile_index) do update set bytes = excluded.bytes; drop table keep";
    assert.match(words(await tampered(`${keep(`log_tile where tenant_id = '${tenantId}'`)}; update log_tile set bytes = set_byte(bytes, 0, (get_byte(bytes, 0) + 1) % 256) where tenant_id = '${tenantId}' and level = 0`, back)), /Ubin log 0\/0/);
    assert.match(words(await tampered(`${keep(`log_tile where tenant_id = '${tenantId}'`)}; delete from log_tile where tenant_id = '${tenantId}' and level = 0`, back)), /Ubin log 0\/0/);
  });

  test("without disabled triggers not even the owner changes evidence", async () => {
    await assert.rejects(office.pool.query("update event set body = '{}'"), /catatan audit tidak dapat diubah/);
    await assert.rejects(office.pool.query("delete from event"), /tidak dapat diubah atau dihapus/);
    await assert.rejects(office.pool.query("update person set state = state || '{\"name\":\"X\"}'"), /berubah tanpa peristiwa/);
    await assert.rejects(office.pool.query("delete from person"), /tidak dapat dihapus/);
    await assert.rejects(office.pool.query("delete from log_leaf"), /tidak dapat diubah atau dihapus/);
    const borrowed = "update person set state = state || '{\"name\":\"X\"}', revision = revision + 1, last_event = (select event_id from event where kind = 'unit' limit 1)";
    await assert.rejects(office.pool.query(borrowed), /peristiwa yang bukan miliknya/);
  });

  test("a password that no event set does not reach the disk", async () => {
    const kadis = await office.actor("kadis");
    const set = office.transaction(kadis, (tx) => sql`update account_secret set password_hash = 'x' where person_id = ${kadis.personId}`.execute(tx));
    await assert.rejects(set, /bukan yang dicatat peristiwa akunnya/);
  });

  test("the role of the application cannot touch evidence, keys of entry, or what others decided", async () => {
    const forbidden = [
      "update event set body = '{}'", "delete from event", "delete from event_pending", "update log_leaf set leaf = ''", "insert into log_leaf select * from log_leaf", "update log_head set size = 0", "delete from log_head", "insert into log_head select * from log_head", "delete from log_tile",
      "update account set id = id", "update account_secret set demo_password = 'x'", "delete from account", "delete from account_secret", "update session set person_id = person_id", "update session set token_hash = token_hash", "delete from session", "delete from request", "update request set answer = null",
      "update blob set size = 1", "delete from blob", "update number_entry set n = n", "delete from number_entry", "delete from number_series", "update inbox_envelope set receipt = ''", "update exchange_key set public_key = ''", "update tenant set name = ''", "update check_run set result = '{}'", "delete from check_run",
      "update dossier_item set dossier_id = dossier_id", "delete from dossier_item", "update reader set holder = ''", "update person set id = id", "delete from person", "update signing_key set sealed = ''",
    ];
    for (const statement of forbidden) {
      await assert.rejects(office.transaction(await office.actor("kadis"), (tx) => sql.raw(statement).execute(tx)), /permission denied/, statement);
    }
  });
});
