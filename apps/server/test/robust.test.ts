import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, describe, test } from "node:test";
import { contract, openApi } from "@lontar/contract";
import { letterTypes } from "@lontar/naskah";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { openPool } from "../src/kernel/db.ts";
import { realSource } from "../src/kernel/ids.ts";
import { demoPassphrase } from "../src/seed/seed.ts";
import { startTestServer, type Client, type TestServer } from "./http.ts";
import { draftReadyToSign } from "./ready-draft.ts";

/** A PDF of many empty pages, as one kid list. */
const manyPages = (count: number): Uint8Array => {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", `<< /Type /Pages /Count ${count} /Kids [${Array.from({ length: count }, (_, index) => `${index + 3} 0 R`).join(" ")}] /MediaBox [0 0 100 100] >>`, ...Array.from({ length: count }, () => "<< /Type /Page /Parent 2 0 R >>")];
  let text = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const offset = text.length;
    text += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const start = text.length;
  return new TextEncoder().encode(`${text}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("")}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`);
};

describe("bad input and impatient people", () => {
  let server: TestServer;
  let clerk: Client;
  let kadis: Client;
  before(async () => {
    server = await startTestServer("robust", { LONTAR_UPLOAD_MB: "1" });
    clerk = await server.signIn("tusetda");
    kadis = await server.signIn("kadis");
  });
  after(() => server.close());

  test("each bad file is refused by name with a sentence, and leaves nothing", async () => {
    const table: readonly (readonly [string, string, Uint8Array, number])[] = [
      ["a text file renamed .pdf", "file_not_supported", new TextEncoder().encode("Yth. Bapak Bupati, ini hanya teks.\n".repeat(50)), 415],
      ["an empty file", "file_empty", new Uint8Array(), 422],
      ["a PDF of 3,000 pages", "pdf_too_many_pages", manyPages(3000), 422],
      ["a file over the limit", "file_too_large", new Uint8Array(1024 * 1024 + 10).fill(37), 413],
      ["a broken picture", "image_broken", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 9, 0, 0, 0, 9, 8, 2, 0, 0, 0, 1, 2, 3, 4, 5, 6]), 422],
      ["a truncated PDF", "pdf_broken", plainPdf(["x"]).subarray(0, 120), 422],
    ];
    for (const [what, code, bytes, status] of table) {
      const answer = await clerk.upload(realSource.id(), "surat.pdf", bytes);
      assert.equal(answer.problem?.code, code, `${what}: ${answer.status} ${JSON.stringify(answer.problem)}`);
      assert.equal(answer.status, status, what);
      assert.ok((answer.problem?.title.length ?? 0) > 20, what);
    }
    assert.deepEqual((await clerk.call("received.list", {})).body.items, []);
  });

  test("a file keeps the name that it has on the clerk's own disk", async () => {
    const id = realSource.id();
    assert.equal((await clerk.upload(id, "undangan \"rapat\" jum'at صباح 100%.pdf", plainPdf(["Surat dengan nama aneh"]))).status, 200);
    const { body: letter } = await clerk.call("received.show", { id });
    assert.equal(letter.files[0]?.name, "undangan \"rapat\" jum'at صباح 100%.pdf");
  });

  test("malformed requests name the field", async () => {
    const answer = await clerk.call("received.register", { id: realSource.id(), facts: { sender: "", number: "1", date: "2026-02-30", subject: "x", receivedOn: "2026-11-24" } });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.problem?.fields?.map((field) => field.path).toSorted(), ["facts.date", "facts.sender"]);
  });

  test("a double click on sign makes one signature, one number, one letter", async () => {
    const { id, hash } = await draftReadyToSign(kadis);
    const frozen = await Promise.all([1, 2, 3].map(() => kadis.call("drafts.freeze", { id, contentHash: hash })));
    assert.equal(new Set(frozen.filter((answer) => answer.status === 200).map((answer) => answer.body.number)).size, 1);
    const sha256 = frozen.find((answer) => answer.status === 200)?.body.sha256 ?? assert.fail("never frozen");
    const signed = await Promise.all([1, 2, 3].map(() => kadis.call("drafts.sign", { id, sha256, passphrase: demoPassphrase("kadis") })));
    assert.equal(signed.filter((answer) => answer.status === 200).length, 1, JSON.stringify(signed.map((answer) => answer.problem?.code)));
    assert.ok(signed.every((answer) => answer.status === 200 || answer.problem?.code === "already_signed"));
  });

  test("the same request sent again answers the same, with other content it is refused", async () => {
    const id = realSource.id();
    const key = realSource.id();
    const first = await clerk.call("archive.create", { id, classification: "000.1.1", title: "Sekali" }, { key });
    const again = await clerk.call("archive.create", { id, classification: "000.1.1", title: "Sekali" }, { key });
    assert.deepEqual([again.status, again.body], [200, first.body]);
    assert.equal((await clerk.call("archive.create", { id, classification: "000.1.1", title: "Lain" }, { key })).problem?.code, "idempotency_mismatch");
  });

  test("nothing that is kept tells a NIK: it stands in no table, and the digest of its request cannot be made without the key of the installation", async () => {
    const admin = await server.signIn("admin");
    const [id, key] = [realSource.id(), realSource.id()];
    const body = { name: "Orang Baru", nip: null, rank: null, grade: null, email: null, nik: "6409011212900003" };
    assert.equal((await admin.call("organisation.definePerson", { id, ...body }, { key })).status, 200);
    assert.equal((await admin.call("organisation.definePerson", { id, ...body }, { key })).status, 200, "sent again");
    assert.equal((await admin.call("organisation.definePerson", { id, ...body, nik: "6409011212900004" }, { key })).problem?.code, "idempotency_mismatch");
    const pool = openPool({ url: server.databaseUrl });
    const { rows } = await pool.query<{ digest: Buffer }>("select digest from request where key = $1", [key]);
    const guess = createHash("sha256").update(JSON.stringify(["organisation.definePerson", { id }, body])).digest();
    assert.ok(rows[0] !== undefined && rows[0].digest.length > 0 && !rows[0].digest.equals(guess));
    // Found by it, and shown masked; and in no table does it stand, as text or as bytes: no event, no job, no answer that is kept.
    assert.deepEqual((await admin.call("organisation.people", { q: body.nik })).body.items.map((person) => [person.name, person.nik]), [["Orang Baru", "••••••••••••0003"]]);
    const { rows: tables } = await pool.query<{ name: string }>("select format('%I.%I', table_schema, table_name) as name from information_schema.tables where table_schema in ('public', 'graphile_worker') and table_type = 'BASE TABLE'");
    assert.ok(tables.length > 40);
    for (const { name } of tables) assert.equal((await pool.query(`select from ${name} t where t::text like any ($1) limit 1`, [[`%${body.nik}%`, `%${Buffer.from(body.nik).toString("hex")}%`]])).rowCount, 0, name);
    await pool.query("update request set digest = '' where key = $1", [key]);
    assert.equal((await admin.call("organisation.definePerson", { id, ...body }, { key })).status, 200, "an answer of before the digests were keyed stands");
    await pool.end();
  });

  test("one thing begun twice at the same moment is there once, and the second is told", async () => {
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    for (let round = 0; round < 5; round += 1) {
      const id = realSource.id();
      const answers = await Promise.all([1, 2, 3].map(() => kadis.call("drafts.create", { id, type: nota.code, replyTo: null })));
      assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [200, 409, 409]);
    }
  });

  test("two people saving one draft: the second is told, and the first text stands", async () => {
    const { body: me } = await kadis.call("session.me", {});
    assert.ok(me.name.length > 0);
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    const id = realSource.id();
    await kadis.call("drafts.create", { id, type: nota.code, replyTo: null });
    const { body: view } = await kadis.call("drafts.show", { id });
    const write = (subject: string) => kadis.call("drafts.write", { id, revision: view.revision, content: { ...view.content, subject } });
    const answers = await Promise.all([write("Satu"), write("Dua")]);
    assert.deepEqual(answers.map((answer) => answer.status).toSorted(), [200, 409]);
    assert.equal(answers.find((answer) => answer.status === 409)?.problem?.code, "stale");
  });

  test("the OpenAPI document holds every endpoint", async () => {
    const response = await fetch(`${server.url}/api/openapi.json`);
    const served = JSON.parse(await response.text());
    assert.equal(served.openapi, "3.1.0");
    assert.deepEqual(Object.keys(served.paths), Object.keys(openApi(contract, "x").paths));
    const operations = Object.values(openApi(contract, "x").paths).reduce((sum, path) => sum + Object.keys(path).length, 0);
    assert.equal(operations, Object.keys(contract).length);
  });

  test("a refusal speaks the language that is asked for, Indonesian when none is", async () => {
    const titles = await Promise.all(["en-US,en;q=0.9", "id", "*"].map(async (language) => String((await (await fetch(`${server.url}/api/desk`, { headers: { "accept-language": language } })).json()).title)));
    assert.match(titles[0] ?? "", /^Your session has ended/);
    assert.deepEqual(titles.slice(1).map((title) => title.startsWith("Sesi Anda berakhir")), [true, true]);
  });

  test("guessing a password ends in 429, without touching an open session", async () => {
    const attempt = (password: string) => fetch(`${server.url}/api/session`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ username: "bupati", password }) });
    const codes: number[] = [];
    for (let tries = 0; tries < 10; tries += 1) codes.push((await attempt("salah-salah-salah")).status);
    assert.deepEqual([codes[0], codes.at(-1)], [401, 429]);
    assert.equal((await kadis.call("session.me", {})).status, 200);
  });
});
