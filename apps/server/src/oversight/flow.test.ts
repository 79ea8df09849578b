import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import pg from "pg";
import { startTestServer, type Client, type TestServer } from "../../test/http.ts";
import { until } from "../../test/until.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { realSource } from "../kernel/ids.ts";
import { demoPassword } from "../seed/seed.ts";
import { machines } from "../main.ts";
import { check, logSigner } from "../audit/index.ts";
import { openPool } from "../kernel/db.ts";
import { openBlobStore } from "../kernel/files/blobs.ts";

const id = realSource.id;
const reason = "Banjir di Sepaku; pemegang surat tidak dapat dihubungi sejak pagi.";
const inDays = (days: number): string => new Date(Date.parse(realSource.now()) + days * 86_400_000).toISOString();

describe("oversight on a running server", () => {
  let server: TestServer;
  let db: pg.Client;
  let people: Readonly<Record<"clerk" | "sekda" | "kadis" | "kabidb" | "admin" | "inspektur" | "bupati", Client>>;
  let posts: ReadonlyMap<string, string>;

  before(async () => {
    server = await startTestServer("oversight", { LONTAR_MODE: "demo" });
    db = new pg.Client(server.databaseUrl);
    await db.connect();
    const [clerk, sekda, kadis, kabidb, admin, inspektur, bupati] = [await server.signIn("tusetda"), await server.signIn("sekda"), await server.signIn("kadis"), await server.signIn("kabidb"), await server.signIn("admin"), await server.signIn("inspektur"), await server.signIn("bupati")];
    people = { clerk, sekda, kadis, kabidb, admin, inspektur, bupati };
    posts = new Map((await sekda.call("office.posts", { q: "" })).body.map((post) => [post.title, post.id]));
  });
  after(async () => {
    await db.end();
    await server.close();
  });

  const postOf = (title: string): string => posts.get(title) ?? assert.fail(`no post ${title}`);
  const letterOf = async (over: { readonly number: string; readonly security?: "B" | "R" | "SR"; readonly classification?: string | null }): Promise<string> => {
    const letter = id();
    assert.equal((await people.clerk.upload(letter, "surat.pdf", plainPdf([`Isi surat ${over.number}`]))).status, 200);
    const facts = { sender: "Dinas Provinsi", date: "2026-11-20", subject: "Penanganan banjir", receivedOn: "2026-11-24", security: "B" as const, classification: null, ...over };
    const registered = await people.clerk.call("received.register", { id: letter, facts });
    assert.equal(registered.status, 200, JSON.stringify(registered.problem));
    assert.equal((await people.clerk.call("received.direct", { id: letter, positionId: postOf("Sekretaris Daerah") })).status, 200);
    return letter;
  };
  const readings = async (letter: string, type: string): Promise<number> => (await db.query("select from event where subject_id = $1 and type = $2", [letter, type])).rowCount ?? 0;
  const open = (client: Client, letterId: string, over: { readonly password?: string | null; readonly reason?: string } = {}) => client.call("emergencies.open", { id: id(), letterId, reason, password: demoPassword("admin"), ...over });

  test("the admin opens a letter in an emergency: proved afresh, alarmed everywhere, each reading recorded, nothing changed by it", async () => {
    const letter = await letterOf({ number: "005/10/DARURAT", security: "R" });
    const { admin, sekda, inspektur, kabidb } = people;
    assert.equal((await admin.call("received.show", { id: letter })).status, 404);
    const [found] = (await admin.call("emergencies.find", { q: "005/10/DARURAT" })).body;
    assert.deepEqual([found?.standing, found?.refused, found?.minutes, found?.security], ["admin", null, 60, "R"]);
    assert.ok(found?.alarmed.includes("Sekretaris Daerah") && found.alarmed.includes("Inspektur Daerah"));
    // By its address as well, and of a letter that is not his to open nobody learns that it exists.
    assert.equal((await admin.call("emergencies.find", { q: `http://kantor/surat/${letter}` })).body.length, 1);
    assert.deepEqual((await kabidb.call("emergencies.find", { q: "005/10/DARURAT" })).body, []);
    assert.equal((await open(kabidb, letter)).status, 404);

    assert.equal((await open(admin, letter, { password: null })).problem?.code, "password_needed");
    assert.equal((await open(admin, letter, { password: "bukan sandi saya" })).problem?.code, "wrong_credentials");
    assert.equal((await open(admin, letter, { reason: "perlu" })).problem?.code, "emergency_reason_short");
    const opened = await open(admin, letter);
    assert.equal(opened.status, 200, JSON.stringify(opened.problem));
    assert.equal((await open(admin, letter)).problem?.code, "emergency_running");

    const shown = (await admin.call("received.show", { id: letter })).body;
    assert.equal(shown.facts?.subject, "Penanganan banjir");
    assert.deepEqual(shown.may, []);
    const sha256 = shown.files[0]?.sha256 ?? assert.fail("no file");
    assert.equal((await admin.call("received.file", { id: letter, sha256 })).status, 200);
    assert.equal((await admin.call("received.trail", { id: letter })).status, 200);
    assert.equal(await readings(letter, "emergency.read"), 3);
    // Read-only: what it opened is found by no list and changed by no command.
    assert.ok(!(await admin.call("received.list", {})).body.items.some((item) => item.id === letter));
    assert.deepEqual((await admin.call("archive.search", { q: "banjir" })).body.items.filter((item) => item.id === letter), []);
    assert.equal((await admin.call("received.close", { id: letter, note: "" })).status, 404);
    assert.equal((await admin.call("received.direct", { id: letter, positionId: postOf("Sekretaris Daerah") })).status, 404);

    // Alarmed: on the desks, on the Jejak, in why and who.
    for (const client of [sekda, inspektur]) assert.ok((await client.call("desk.list", {})).body.items.some((item) => item.act === "ketahui" && item.kind === "darurat" && item.thingId === opened.body.id), "the alarm stands on the desk");
    assert.match((await sekda.call("received.trail", { id: letter })).body.entries.map((entry) => entry.sentence.id).join("\n"), /membuka surat ini lewat akses darurat, \d+ jabatan diberi tahu/);
    const why = (await admin.call("rights.mine", { id: letter })).body;
    assert.deepEqual([why.grounds[0]?.clause, why.grounds[0]?.rule, why.maySeeReaders], ["darurat", "darurat", false]);
    assert.equal((await admin.call("rights.readers", { id: letter })).status, 403);
    const who = (await sekda.call("rights.readers", { id: letter })).body.groups.find((group) => group.rule === "darurat");
    assert.deepEqual(who?.people.map((person) => [person.name, person.sight]), [["Galih Prakoso, S.Kom.", "isi"]]);
    assert.equal((await admin.call("emergencies.overseen", { id: letter })).body.through?.kind, "darurat");
    assert.equal((await sekda.call("emergencies.overseen", { id: letter })).body.through, null);

    // The record: for whoever was alarmed and the inspector, not for others; each post says that it knows.
    assert.equal((await kabidb.call("emergencies.show", { id: opened.body.id })).status, 404);
    assert.deepEqual((await inspektur.call("emergencies.show", { id: opened.body.id })).body.readings.map((reading) => reading.what), ["surat", "berkas", "jejak"]);
    assert.equal((await inspektur.call("received.show", { id: letter })).status, 404, "who is alarmed reads the record, not the letter");
    assert.equal((await sekda.call("emergencies.acknowledge", { id: opened.body.id, note: "Saya izinkan" })).status, 200);
    assert.ok(!(await sekda.call("desk.list", {})).body.items.some((item) => item.thingId === opened.body.id));
    assert.equal((await admin.call("emergencies.acknowledge", { id: opened.body.id })).problem?.code, "not_yours");

    assert.equal((await admin.call("emergencies.close", { id: opened.body.id })).status, 200);
    assert.equal((await admin.call("received.show", { id: letter })).status, 404);
    assert.equal((await admin.call("received.file", { id: letter, sha256 })).status, 404);
  });

  test("who reads a secret letter by his own right is noted once a day, before he is given anything of it, and everyone who may sees it in the Jejak", async () => {
    const { sekda, clerk } = people;
    const secret = await letterOf({ number: "005/21/RAHASIA", security: "R" });
    const open = await letterOf({ number: "005/22/BIASA" });
    assert.equal(await readings(secret, "secret_reading.read"), 0);
    // The page asks for all of this at once, and again.
    for (let turn = 0; turn < 2; turn += 1) {
      const answers = await Promise.all([sekda.call("received.show", { id: secret }), sekda.call("received.trail", { id: secret }), sekda.call("received.show", { id: secret }), sekda.call("received.show", { id: open }), clerk.call("received.show", { id: secret })]);
      assert.deepEqual(answers.map((answer) => answer.status), [200, 200, 200, 200, 200]);
    }
    assert.equal(await readings(secret, "secret_reading.read"), 1, "the registrar saw the envelope, and the turning of pages is one reading");
    assert.equal(await readings(open, "secret_reading.read"), 0);
    const [told] = (await sekda.call("received.trail", { id: secret })).body.entries.filter((entry) => entry.sentence.id === "membaca isi surat rahasia ini.");
    assert.match(told?.post ?? "", /Sekretaris Daerah/);
    // What he reads tomorrow is another reading: here yesterday's is put there by its own event.
    await db.query("alter table secret_reading disable trigger all");
    await db.query("update secret_reading set state = jsonb_set(state, '{lastDay}', '\"2026-01-01\"') where letter_id = $1", [secret]);
    await db.query("alter table secret_reading enable trigger all");
    assert.equal((await sekda.call("received.show", { id: secret })).status, 200);
    assert.equal(await readings(secret, "secret_reading.read"), 2);
  });

  test("the alarm goes out by mail to whoever has an address, and names no more than the number", async () => {
    const letter = await letterOf({ number: "005/11/SUREL" });
    const { rows } = await db.query<{ id: string; state: { name: string } }>("select n.id, n.state from person n where n.state->>'name' like '%Syamsul Rijal%'");
    const [sekda] = rows;
    assert.ok(sekda);
    const { name, nip, rank } = (await people.admin.call("organisation.people", { q: "Syamsul" })).body.items[0] ?? assert.fail("no sekda");
    assert.equal((await people.admin.call("organisation.definePerson", { id: sekda.id, name, nip, rank, grade: null, email: "sekda@contoh.go.id" })).status, 200);
    assert.equal((await open(people.admin, letter)).status, 200);
    const mails = async (): Promise<readonly string[]> => {
      const names = await readdir(join(server.folder, "mail")).catch(() => []);
      return (await Promise.all(names.filter((each) => each.endsWith(".eml")).map((each) => readFile(join(server.folder, "mail", each), "utf8")))).filter((text) => text.includes("005/11/SUREL"));
    };
    const mail = await until(async () => (await mails())[0], "the mail of the alarm");
    assert.match(mail, /To: sekda@contoh\.go\.id/);
    assert.ok(!mail.includes("Penanganan banjir"));
  });

  test("what is Sangat Rahasia is never opened so, and who may read anyway is told to", async () => {
    const secret = await letterOf({ number: "005/12/SR", security: "SR" });
    assert.equal((await open(people.admin, secret)).problem?.code, "emergency_not_for_sr");
    assert.equal((await people.admin.call("emergencies.find", { q: "005/12/SR" })).body[0]?.refused, "emergency_not_for_sr");
    const open2 = await letterOf({ number: "005/13/BIASA" });
    assert.equal((await people.sekda.call("emergencies.find", { q: "005/13/BIASA" })).body.length, 0, "its own holder stands above nobody who holds it");
    assert.deepEqual((await people.bupati.call("emergencies.find", { q: "005/13/BIASA" })).body.map((item) => [item.id, item.standing]), [[open2, "atasan"]]);
  });

  test("an inspector reads under a mandate what it reaches, each look recorded, and nothing before, beside or after it", async () => {
    const { inspektur, bupati, kabidb, admin } = people;
    const [inside, outside, secret] = [await letterOf({ number: "900/1/P", classification: "900.1.1.1" }), await letterOf({ number: "005/2/P", classification: "000.1.5" }), await letterOf({ number: "900/3/P", security: "R", classification: "900.1.1.1" })];
    assert.equal((await inspektur.call("received.show", { id: inside })).status, 404);
    const choices = (await bupati.call("inspections.choices", {})).body;
    const positionId = choices.posts[0]?.id ?? assert.fail("no inspector to send");
    const unit = choices.units.find((each) => each.name === "Sekretariat Daerah") ?? assert.fail("no unit");
    const file = (await admin.uploadTo("organisation.uploadDecree", id(), "spt.pdf", plainPdf(["Surat Perintah Tugas"]))).body.sha256;
    const mandate = { id: id(), positionId, purpose: "Pemeriksaan belanja triwulan III", decree: { number: "700/21/2026", date: "2026-11-20", letterId: null, file: { sha256: file, name: "spt.pdf" } }, units: [unit.id], types: [], classifications: ["900.1"], from: "2026-11-01", to: null, since: realSource.now(), until: inDays(30) };
    assert.equal((await kabidb.call("inspections.give", mandate)).problem?.code, "not_competent");
    assert.equal((await inspektur.call("inspections.give", mandate)).problem?.code, "not_competent");
    const given = await bupati.call("inspections.give", mandate);
    assert.equal(given.status, 200, JSON.stringify(given.problem));

    const list = (await inspektur.call("inspections.search", { id: mandate.id })).body.items;
    assert.deepEqual(list.map((item) => [item.number, item.subject]).toSorted(), [["900/1/P", "Penanganan banjir"], ["900/3/P", "Sampul tertutup"]]);
    assert.deepEqual((await inspektur.call("inspections.search", { id: mandate.id, q: "900/1" })).body.items.map((item) => item.id), [inside]);
    assert.equal((await kabidb.call("inspections.search", { id: mandate.id })).status, 404);

    assert.equal((await inspektur.call("received.show", { id: inside })).status, 404, "the look is the act that gives the right");
    assert.equal((await inspektur.call("inspections.look", { id: mandate.id, letterId: outside })).problem?.code, "outside_inspection");
    assert.deepEqual((await inspektur.call("inspections.look", { id: mandate.id, letterId: inside })).body, { id: inside, kind: "surat" });
    const shown = (await inspektur.call("received.show", { id: inside })).body;
    assert.deepEqual([shown.facts?.subject, shown.may], ["Penanganan banjir", []]);
    const sha256 = shown.files[0]?.sha256 ?? assert.fail("no file");
    assert.equal((await inspektur.call("received.file", { id: inside, sha256 })).status, 200);
    assert.equal((await inspektur.call("received.trail", { id: inside })).status, 200);
    assert.equal(await readings(inside, "inspection_look.read"), 3);
    assert.equal((await inspektur.call("received.close", { id: inside, note: "" })).status, 404);
    const why = (await inspektur.call("rights.mine", { id: inside })).body.grounds[0];
    assert.deepEqual([why?.clause, why?.rule, why?.basis], ["e", "pemeriksaan", "700/21/2026 tanggal 20-11-2026"]);

    assert.equal((await inspektur.call("inspections.look", { id: mandate.id, letterId: secret })).status, 200);
    const envelope = (await inspektur.call("received.show", { id: secret })).body;
    assert.deepEqual([envelope.facts?.subject, envelope.files], ["Sampul tertutup", []]);

    const who = (await people.sekda.call("rights.readers", { id: inside })).body.groups.find((group) => group.rule === "pemeriksaan");
    assert.deepEqual(who?.people.map((person) => [person.name, person.basis]), [["Drs. Lukman Hakim, Ak., CA.", "700/21/2026 tanggal 20-11-2026"]]);
    const record = (await bupati.call("inspections.show", { id: mandate.id })).body;
    assert.deepEqual([record.letters, record.acts.length > 4], [2, true]);
    assert.deepEqual((await admin.call("inspections.show", { id: mandate.id })).body.acts, [], "the admin sees counts, no letter");

    assert.equal((await bupati.call("inspections.revoke", { id: mandate.id, reason: "Pemeriksaan selesai" })).status, 200);
    assert.equal((await inspektur.call("received.show", { id: inside })).status, 404);
    assert.equal((await inspektur.call("inspections.look", { id: mandate.id, letterId: inside })).problem?.code, "inspection_over");
  });

  test("the integrity check replays all of it, and a right that was lengthened by hand is named", async () => {
    const pool = openPool({ url: server.databaseUrl }, 4);
    try {
      const { rows } = await db.query<{ tenant_id: string }>("select tenant_id from tenant where kind = 'kabupaten'");
      const tenantId = rows[0]?.tenant_id ?? assert.fail("no tenant");
      const files = await openBlobStore(join(server.folder, "blobs"));
      const differing = async () => (await check({ pool, tenantId, files, machines, signer: await logSigner(join(server.folder, "keys"), tenantId) })).findings.filter((finding) => finding.kind === "row" || finding.kind === "trace");
      assert.deepEqual(await differing(), []);
      await db.query("alter table emergency disable trigger all");
      await db.query("update emergency set state = jsonb_set(state, '{until}', '\"2027-01-01T00:00:00.000Z\"')");
      await db.query("alter table emergency enable trigger all");
      assert.match((await differing()).map((finding) => finding.sentence).join("\n"), /Baris emergency berbeda dari hasil peristiwanya pada: until/);
    } finally {
      await pool.end();
    }
  });
});
