import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import pg from "pg";
import { check as integrity, logSigner } from "../../audit/index.ts";
import { openPool } from "../../kernel/db.ts";
import { plainPdf } from "../../kernel/files/plain-pdf.ts";
import { realSource } from "../../kernel/ids.ts";
import { machines } from "../../main.ts";
import { until } from "../../../test/until.ts";
import { startTestServer, type Client, type TestServer } from "../../../test/http.ts";
import { columns, sheetNames } from "./sheets.ts";
import { readXlsx, writeXlsx } from "./xlsx.ts";

type Rows = Record<(typeof sheetNames)[number], string[][]>;

describe("export and import over HTTP", () => {
  let server: TestServer;
  let admin: Client;
  before(async () => {
    server = await startTestServer("exchange");
    admin = await server.signIn("admin");
  });
  after(() => server.close());

  const query = async <Row extends pg.QueryResultRow>(text: string): Promise<pg.QueryResult<Row>> => {
    const client = new pg.Client(server.databaseUrl);
    await client.connect();
    try {
      return await client.query<Row>(text);
    } finally {
      await client.end();
    }
  };
  const exported = async (): Promise<Uint8Array> => {
    const answer = await admin.call("organisation.export", {});
    assert.equal(answer.status, 200, JSON.stringify(answer.problem));
    return answer.bytes;
  };
  const rowsIn = (bytes: Uint8Array): Rows => {
    const rows: Rows = { Unit: [], Jabatan: [], Pegawai: [], Pemangku: [] };
    for (const table of readXlsx(Buffer.from(bytes))) for (const name of sheetNames) if (table.name === name) rows[name] = table.rows.slice(1).map((row) => Array.from({ length: Object.keys(columns[name]).length }, (_, column) => row[column]?.text ?? ""));
    return rows;
  };
  const workbook = (rows: Rows): Uint8Array => writeXlsx(sheetNames.map((name) => ({ name, header: Object.values(columns[name]), rows: rows[name], widths: [] })));
  const send = async (bytes: Uint8Array, name = "organisasi.xlsx", client = admin) => {
    const id = realSource.id();
    return { id, answer: await client.uploadTo("organisation.uploadImport", id, name, bytes) };
  };
  const check = async (bytes: Uint8Array) => {
    const { id, answer } = await send(bytes);
    assert.equal(answer.status, 200, JSON.stringify(answer.problem));
    const dry = await admin.call("organisation.dryRun", { id });
    assert.equal(dry.status, 200, JSON.stringify(dry.problem));
    return dry.body;
  };

  const progress = (id: string) => admin.call("organisation.importProgress", { id });
  /** Asks for the application and waits until its job has come to an end. */
  const apply = async (given: { readonly id: string; readonly digest: string; readonly since?: string }) => {
    const asked = await admin.call("organisation.applyImport", given);
    return asked.status === 200 ? until(async () => { const told = await progress(given.id); return told.body.isRunning === true ? undefined : told; }, "the import came to an end") : asked;
  };

  it("imports its own export as nothing new and nothing changed; each sheet also as CSV", async () => {
    const whole = await check(await exported());
    assert.deepEqual([whole.problems, whole.changes], [[], []]);
    assert.deepEqual(whole.sheets.map(({ sheet, rows, unchanged, fresh, changed, absent }) => [sheet, rows === unchanged && rows > 0, fresh, changed, absent]), sheetNames.map((sheet) => [sheet, true, 0, 0, 0]));
    for (const sheet of sheetNames) {
      const csv = await admin.call("organisation.export", { sheet });
      const { id, answer } = await send(csv.bytes, `${sheet}.csv`);
      assert.equal(answer.status, 200, JSON.stringify(answer.problem));
      const dry = await admin.call("organisation.dryRun", { id });
      assert.deepEqual([dry.body.problems, dry.body.changeCount, dry.body.sheets.length], [[], 0, 1], sheet);
    }
    const template = await admin.call("organisation.template", {});
    assert.deepEqual((await check(template.bytes)).problems, []);
  });

  it("applies a file whole, through the commands, and finds nothing left to do", async () => {
    const rows = rowsIn(await exported());
    rows.Unit.push(["DISKOMINFO.STATISTIK", "Bidang Statistik", "Statistik", "bidang", "DISKOMINFO", "", "", "", ""]);
    rows.Jabatan.push(["KABID.STAT", "Kepala Bidang Statistik", "Kabid Statistik", "DISKOMINFO.STATISTIK", rows.Jabatan.find((row) => row[1]?.startsWith("Kepala Dinas Komunikasi"))?.[0] ?? "", "kepala_bidang", "leader", "90"]);
    rows.Pegawai.push(["", "Sari Dewi, S.ST.", "198801012010012001", "6409014101880001", "Penata", "III/c", "sari@contoh.id"]);
    rows.Pemangku.push(["KABID.STAT", "198801012010012001", "Definitif", "2026-11-01", "", "821.2/77/2026", "2026-10-30", ""]);
    const bytes = workbook(rows);
    const { id, digest, problems, changes } = await check(bytes);
    assert.deepEqual([problems, changes.map(({ sheet, what, title }) => [sheet, what, title])], [[], [["Unit", "new", "Bidang Statistik"], ["Jabatan", "new", "Kepala Bidang Statistik"], ["Pegawai", "new", "Sari Dewi, S.ST."], ["Pemangku", "new", "Sari Dewi, S.ST."]]]);
    assert.deepEqual((await admin.call("organisation.importProgress", { id })).body, { done: 0, total: 0, isWaiting: true, isRunning: false });
    assert.deepEqual((await admin.call("organisation.waitingImport", {})).body, { file: { id, name: "organisasi.xlsx" } }, "whoever comes back finds it");
    const applied = await apply({ id, digest });
    assert.deepEqual([applied.status, applied.body], [200, { done: 0, total: 0, isWaiting: false, isRunning: false }], JSON.stringify(applied.problem));
    const chart = (await admin.call("organisation.chart", {})).body;
    assert.equal(chart.posts.find((post) => post.title === "Kepala Bidang Statistik")?.holder?.name, "Sari Dewi, S.ST.");
    const people = (await admin.call("organisation.people", { q: "6409014101880001" })).body.items;
    assert.deepEqual(people.map((person) => [person.name, person.nik]), [["Sari Dewi, S.ST.", "••••••••••••0001"]]);
    assert.equal((await admin.call("organisation.dryRun", { id })).status, 404, "what is applied is gone");
    assert.deepEqual((await admin.call("organisation.waitingImport", {})).body, { file: null });
    const again = await check(bytes);
    assert.deepEqual([again.problems, again.changes], [[], []]);
  });

  it("applies nothing when the file has a problem, when the organisation changed since, or when one row is refused", async () => {
    const rows = rowsIn(await exported());
    rows.Unit.push(["X.SALAH", "Unit Salah", "Salah", "bidang", "TIADA", "", "", "", ""]);
    const wrong = await check(workbook(rows));
    assert.deepEqual(wrong.problems.map(({ sheet, row, column, code, value }) => [sheet, row, column, code, value]), [["Unit", rows.Unit.length + 1, "Kode Induk", "parent_unknown", "TIADA"]]);
    const refused = await admin.call("organisation.applyImport", { id: wrong.id, digest: wrong.digest });
    for (let n = 0; n < 600; n += 1) rows.Unit.push([`X.SALAH.${n}`, "Unit Salah", "Salah", "bidang", "TIADA", "", "", "", ""]);
    const many = await check(workbook(rows));
    assert.deepEqual([many.problems.length, many.problemCount], [601, 601], "every row, however many");
    assert.deepEqual([refused.status, refused.problem?.code, refused.problem?.facts], [422, "import_has_problems", { problems: 1 }]);

    const good = rowsIn(await exported());
    good.Unit.push(["X.BARU", "Unit Baru", "Baru", "bidang", "DISKOMINFO", "", "", "", ""]);
    const before = await check(workbook(good));
    const facts = { code: "SELA", name: "Unit Sela", shortName: "Sela", parentId: null, kind: "bagian", letterhead: null };
    assert.equal((await admin.call("organisation.defineUnit", { id: realSource.id(), facts, since: realSource.now() })).status, 200);
    const stale = await admin.call("organisation.applyImport", { id: before.id, digest: before.digest });
    assert.deepEqual([stale.status, stale.problem?.code], [409, "organisation_changed"]);
    const chart = (await admin.call("organisation.chart", {})).body;
    assert.equal(chart.units.some((unit) => unit.code === "X.BARU"), false);
    const later = await admin.call("organisation.dryRun", { id: before.id });
    assert.equal((await apply({ id: before.id, digest: later.body.digest })).status, 200);
  });

  it("of two who apply at once one does, and nothing is made twice", async () => {
    const rows = rowsIn(await exported());
    for (let n = 0; n < 40; n += 1) rows.Unit.push([`BANYAK.${n}`, `Unit ${n}`, `U${n}`, "bidang", n === 0 ? "DISKOMINFO" : `BANYAK.${Math.floor(n / 3)}`, "", "", "", ""]);
    const { id, digest, problems } = await check(workbook(rows));
    assert.deepEqual(problems, []);
    const answers = await Promise.all([admin.call("organisation.applyImport", { id, digest }), admin.call("organisation.applyImport", { id, digest })]);
    assert.deepEqual(answers.map((answer) => answer.status), [200, 200]);
    await until(async () => ((await progress(id)).body.isRunning ? undefined : true), "the import came to an end");
    const { rows: events } = await query<{ n: string }>("select count(*) as n from event where kind = 'unit' and body->'state'->>'code' like 'BANYAK.%'");
    assert.equal(events[0]?.n, "40");
  });

  it("a row that is refused while it is applied undoes all rows, names itself, and stays to be read until another is sent", async () => {
    const clerk = await server.signIn("tusetda");
    const letter = realSource.id();
    assert.equal((await clerk.upload(letter, "surat.pdf", plainPdf(["Undangan"]))).status, 200);
    assert.equal((await clerk.call("received.register", { id: letter, facts: { sender: "Gubernur", number: "005/9", date: "2026-11-20", subject: "Undangan", receivedOn: "2026-11-24" } })).status, 200);
    const head = (await admin.call("organisation.chart", {})).body.posts.find((post) => post.shortTitle === "Bupati") ?? assert.fail("no head");
    assert.equal((await clerk.call("received.direct", { id: letter, positionId: head.id })).status, 200);
    const rows = rowsIn(await exported());
    rows.Unit.push(["X.SEBELUM", "Unit Sebelum", "Sebelum", "bidang", "DISKOMINFO", "", "", "", ""]);
    const at = rows.Pemangku.findIndex(([post]) => rows.Jabatan.find(([code]) => code === post)?.[2] === "Bupati");
    rows.Pemangku = rows.Pemangku.map((row, index) => (index === at ? row.with(4, "2099-12-30") : row));
    const { id, digest, problems } = await check(workbook(rows));
    assert.deepEqual(problems, []);
    const refused = await apply({ id, digest });
    assert.deepEqual([refused.status, refused.problem?.code, refused.problem?.facts], [409, "post_holds_work", { sheet: "Pemangku", row: at + 2 }]);
    assert.equal((await admin.call("organisation.chart", {})).body.units.some((unit) => unit.code === "X.SEBELUM"), false);
    assert.equal((await admin.call("organisation.dryRun", { id })).status, 200, "the rows are still there");
    assert.equal((await apply({ id, digest })).problem?.code, "post_holds_work", "asked again it is tried again");
    await check(await exported());
    assert.equal((await progress(id)).body.isWaiting, false);
  });

  it("leaves what the integrity check finds whole: each row is what its events make it", async () => {
    const pool = openPool({ url: server.databaseUrl }, 4);
    try {
      const { rows } = await query<{ tenant_id: string }>("select tenant_id from tenant where kind = 'kabupaten'");
      const tenantId = rows[0]?.tenant_id ?? assert.fail("no tenant");
      const { findings } = await integrity({ pool, tenantId, files: { verify: async () => ({ state: "intact" as const }), beginsWith: async () => true }, machines, signer: await logSigner(join(server.folder, "keys"), tenantId) });
      assert.deepEqual(findings.filter((finding) => finding.kind === "row" || finding.kind === "trace"), []);
    } finally {
      await pool.end();
    }
  });

  it("each export is an event of who took what away and how many rows, and none of what stood in them", async () => {
    const made = async () => (await query<{ body: { export: { filter: string; rows: number } } }>("select body from event where type = 'export.made' order by event_id")).rows.map(({ body }) => body.export);
    const before = (await made()).length;
    const rows = rowsIn(await exported());
    assert.equal((await admin.call("organisation.export", { sheet: "Unit" })).status, 200);
    const whole = Object.values(rows).reduce((sum, sheet) => sum + sheet.length, 0);
    const facts = { what: "organisasi", letterId: null };
    assert.deepEqual((await made()).slice(before), [{ ...facts, form: "xlsx", filter: "", rows: whole }, { ...facts, form: "csv", filter: "lembar Unit", rows: rows.Unit.length }]);
    const sekda = await server.signIn("sekda");
    assert.equal((await sekda.call("organisation.export", {})).status, 403);
    assert.equal((await made()).length, before + 2, "what was refused took nothing away");
  });

  it("is the admin's alone; another admin's file is not there; rows lie sealed", async () => {
    const sekda = await server.signIn("sekda");
    const bytes = await exported();
    assert.equal((await send(bytes, "x.xlsx", sekda)).answer.status, 403);
    assert.equal((await sekda.call("organisation.export", {})).status, 403);
    const { id } = await send(bytes);
    assert.equal((await sekda.call("organisation.dryRun", { id })).status, 403);
    const { rows } = await query<{ sealed: Buffer }>("select sealed from organisation_import");
    assert.equal(rows.length, 1, "what the same person sent before is forgotten");
    assert.equal(rows[0]?.sealed.includes("Nurlaila"), false);
  });

  it("hostile and useless files are refused by name", async () => {
    for (const [bytes, status, code] of [
      [new Uint8Array(0), 422, "file_empty"],
      [Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1]), 415, "table_not_supported"],
      [Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), 422, "table_encrypted"],
      [Buffer.from("PK\u0003\u0004 rusak"), 422, "table_broken"],
      [Buffer.alloc(10 * 1024 * 1024 + 1, 0x41), 413, "file_too_large"],
      [Buffer.from("Kode;Nama\n".repeat(20_100)), 413, "table_too_large"],
    ] as const) {
      const { answer } = await send(bytes, "apa.xlsx");
      assert.deepEqual([answer.status, answer.problem?.code], [status, code]);
    }
  });
});
