import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { localDate, realSource } from "../kernel/ids.ts";
import { startTestServer, type TestServer } from "../../test/http.ts";
import { until } from "../../test/until.ts";
import { openDatabase, openPool } from "../kernel/db.ts";
import { beginDigests, digestJobs } from "./acts.ts";
import { weekOf } from "./week.ts";

describe("acts in one's name", () => {
  let server: TestServer;
  let pool: ReturnType<typeof openPool>;
  before(async () => {
    server = await startTestServer("acts");
    pool = openPool({ url: server.databaseUrl }, 4);
  });
  after(async () => {
    await pool.end();
    await server.close();
  });

  test("are listed by post with a link to each letter; nobody else's are among them", async () => {
    const clerk = await server.signIn("tusetda");
    const id = realSource.id();
    assert.equal((await clerk.upload(id, "surat.pdf", plainPdf(["Surat"]))).status, 200);
    assert.equal((await clerk.call("received.register", { id, facts: { sender: "Dinas Provinsi", number: "1", date: "2026-11-20", subject: "Rapat", receivedOn: "2026-11-24" } })).status, 200);
    const { body } = await clerk.call("session.acts", {});
    assert.deepEqual(body.groups.map((group) => group.post), ["Pengadministrasi Persuratan Sekretariat Daerah"]);
    assert.ok(body.groups[0]?.acts.every((act) => act.href === `/surat/${id}`) && body.groups[0].acts.length >= 2);
    assert.match(body.groups[0]?.acts[0]?.sentence.id ?? "", /agenda/);
    assert.deepEqual((await (await server.signIn("sekda")).call("session.acts", {})).body.groups, []);
    assert.deepEqual((await clerk.call("session.acts", { date: "2020-01-01" })).body, { monday: "2019-12-30", from: "2019-12-29T16:00:00.000Z", to: "2020-01-05T16:00:00.000Z", isCut: false, groups: [] });
  });

  test("a letter that may no longer be read leaves the act in the list, without words and link", async () => {
    const clerk = await server.signIn("tusetda");
    const before = (await clerk.call("session.acts", {})).body.groups[0]?.acts.length;
    await pool.query("begin; set local session_replication_role = replica; create table keep as select * from reader; delete from reader; commit");
    const { body } = await clerk.call("session.acts", {});
    await pool.query("insert into reader select * from keep; drop table keep");
    assert.equal(body.groups[0]?.acts.length, before);
    assert.ok(body.groups[0]?.acts.every((act) => act.href === null && !act.sentence.id.includes("0001")));
  });

  test("“Bukan saya” is evidence, ends every session, and reaches admin and inspector", async () => {
    const [here, there] = [await server.signIn("tusetda"), await server.signIn("tusetda")];
    const { monday } = (await here.call("session.acts", {})).body;
    assert.equal((await here.call("session.disown", { monday, note: "Saya cuti pada hari itu" })).status, 204);
    for (const client of [here, there]) assert.equal((await client.call("session.me", {})).status, 401);
    for (const username of ["admin", "inspektur"]) {
      const { notices } = (await (await server.signIn(username)).call("session.me", {})).body;
      assert.deepEqual(notices.filter((notice) => notice.kind === "bukan_saya").map((notice) => notice.facts["person"]), ["Rina Marlina, A.Md."]);
    }
  });

  test("the digest waits in the queue for Monday, mails whom it concerns, and puts the next one into the queue", async () => {
    const waiting = async () => (await pool.query<{ key: string; run_at: Date }>("select key, run_at from graphile_worker.jobs where task_identifier = 'access.digest' order by key")).rows;
    const first = await waiting();
    assert.equal(first.length, 2, "one for each government");
    const db = openDatabase(pool);
    await beginDigests({ db, source: realSource }, first.map((job) => job.key.split("/")[1] ?? ""), async (key) => first.some((job) => job.key === key));
    assert.deepEqual((await waiting()).map((job) => job.run_at), first.map((job) => job.run_at), "what waits is left as it is");
    const { rows } = await pool.query<{ tenant_id: string; id: string }>("select tenant_id, id from account where username = 'tusetda'");
    const clerk = rows[0] ?? assert.fail("no clerk");
    await pool.query(`begin; set local session_replication_role = replica; update person set state = state || '{"email":"rina@contoh.go.id"}' where id = '${clerk.id}'; commit`);
    await digestJobs({ db, source: realSource })["access.digest"]?.({ tenantId: clerk.tenant_id, monday: weekOf(localDate(realSource.now(), "WITA"), "WITA").monday }, 1);
    assert.equal((await waiting()).length, 2, "the next one is in the queue");
    const mail = await mailed("rina@contoh.go.id", "/pengaturan/tindakan");
    assert.match(mail, /Pengadministrasi Persuratan Sekretariat Daerah: \d/);
  });

  test("whose e-mail address or NIP the admin changes is told on his screens and at both addresses: by them a single sign-on knows him", async () => {
    const admin = await server.signIn("admin");
    const person = (await admin.call("organisation.people", { q: "Fitriani" })).body.items[0] ?? assert.fail("nobody of that name");
    const { id, name, nip, rank, grade } = person;
    const change = async (more: { readonly email: string; readonly rank?: string }) => assert.equal((await admin.call("organisation.definePerson", { id, name, nip, rank, grade, ...more })).status, 200);
    const news = async () => (await (await server.signIn("kabid")).call("session.me", {})).body.notices.filter((notice) => notice.kind === "identitas_diubah");
    await change({ email: "lama@contoh.go.id" });
    await until(async () => ((await news()).length === 1 ? true : undefined), "the first news");
    await change({ email: "lain@contoh.go.id" });
    const [last] = await until(async () => ((await news()).length === 2 ? news() : undefined), "the second news");
    assert.deepEqual(last?.facts, { what: "pos-el", by: "Galih Prakoso, S.Kom." });
    await Promise.all([mailed("lama@contoh.go.id", "mengubah pos-el"), mailed("lain@contoh.go.id", "mengubah pos-el")]);
    await change({ email: "lain@contoh.go.id", rank: "Penata" });
    assert.equal((await pool.query("select from graphile_worker.jobs where task_identifier = 'access.identity'")).rowCount, 0, "a rank is no news of an account");
  });

  const mailed = (address: string, words: string): Promise<string> => until(async () => {
    const folder = join(server.folder, "mail");
    const names = await readdir(folder).catch(() => []); // made with the first mail
    const texts = await Promise.all(names.filter((name) => name.endsWith(".eml")).map(async (name) => (await readFile(join(folder, name), "utf8")).replaceAll(/=\r?\n/g, "")));
    return texts.find((text) => text.includes(address) && text.includes(words));
  }, `a mail to ${address}`);
});
