import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { postNamed, directedLetter } from "../../web/e2e/given.ts";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { realSource } from "../src/kernel/ids.ts";
import { startTestServer, type Client, type TestServer } from "./http.ts";

describe("files handed in beside a report", () => {
  let server: TestServer;
  let letter: string;
  let node: string;
  let people: Readonly<Record<"sekda" | "kadis" | "asisten1" | "kabidb", Client>>;
  before(async () => {
    server = await startTestServer("attachment");
    letter = await directedLetter(server, "Data jaringan");
    const [sekda, kadis, asisten1, kabidb] = await Promise.all([server.signIn("sekda"), server.signIn("kadis"), server.signIn("asisten1"), server.signIn("kabidb")]);
    people = { sekda, kadis, asisten1, kabidb };
    node = realSource.id();
    const recipients = [{ id: node, positionId: await postNamed(sekda, "Kepala Dinas Komunikasi"), responsible: true }, { id: realSource.id(), positionId: await postNamed(sekda, "Asisten Pemerintahan"), responsible: false }];
    assert.equal((await sekda.call("received.dispose", { id: letter, parentId: null, recipients, instructions: ["Tindak lanjuti"], note: "", due: null })).status, 200);
  });
  after(() => server.close());

  const filesOf = async (client: Client) => (await client.call("received.show", { id: letter })).body.tree.find((each) => each.id === node)?.files ?? assert.fail("no node");

  test("only the receiver hands in, and only what can be read; the same bytes count once", async () => {
    const pdf = plainPdf(["Rekap jaringan 30 desa"]);
    for (const [client, bytes, status, code] of [
      [people.asisten1, pdf, 403, "not_yours"],
      [people.sekda, pdf, 403, "not_yours"],
      [people.kadis, new TextEncoder().encode("bukan PDF".repeat(40)), 415, "file_not_supported"],
      [people.kadis, new Uint8Array(), 422, "file_empty"],
    ] as const) {
      const answer = await client.attach(node, "rekap.pdf", bytes);
      assert.deepEqual([answer.status, answer.problem?.code], [status, code]);
    }
    assert.equal((await people.kadis.attach(realSource.id(), "rekap.pdf", pdf)).status, 404);
    assert.deepEqual(await filesOf(people.kadis), []);
    const attached = await people.kadis.attach(node, "rekap.pdf", pdf);
    assert.deepEqual([attached.status, attached.body.status, attached.body.file.name, attached.body.file.pages], [200, "diproses", "rekap.pdf", 1]);
    assert.equal((await people.kadis.attach(node, "rekap lagi.pdf", pdf)).status, 200);
    assert.deepEqual((await filesOf(people.kadis)).map((file) => file.name), ["rekap.pdf"]);
  });

  test("giver and receiver read it; who stands beside, and who is a stranger, do not find it", async () => {
    const [file] = await filesOf(people.sekda);
    assert.ok(file !== undefined);
    for (const client of [people.sekda, people.kadis]) assert.equal((await client.call("received.file", { id: letter, sha256: file.sha256 })).status, 200);
    assert.equal((await people.sekda.call("received.pageImage", { id: letter, sha256: file.sha256, page: 1, width: 160 })).status, 200);
    for (const client of [people.asisten1, people.kabidb]) assert.equal((await client.call("received.file", { id: letter, sha256: file.sha256 })).status, 404);
    assert.deepEqual(await filesOf(people.asisten1), []);
  });

  test("a mistake can be taken back until the report; the trail keeps both", async () => {
    const wrong = await people.kadis.attach(node, "salah.pdf", plainPdf(["Salah berkas"]));
    assert.equal((await people.asisten1.call("dispositions.detach", { id: node, sha256: wrong.body.file.sha256 })).problem?.code, "not_yours");
    assert.equal((await people.kadis.call("dispositions.detach", { id: node, sha256: wrong.body.file.sha256 })).status, 200);
    assert.equal((await people.kadis.call("received.file", { id: letter, sha256: wrong.body.file.sha256 })).status, 404);
    assert.equal((await people.kadis.call("dispositions.report", { id: node, note: "Rekap terlampir." })).status, 200);
    for (const answer of [await people.kadis.attach(node, "susulan.pdf", plainPdf(["Susulan"])), await people.kadis.call("dispositions.detach", { id: node, sha256: (await filesOf(people.kadis))[0]?.sha256 ?? "" })]) assert.equal(answer.problem?.code, "wrong_state");
    const { body: trail } = await people.sekda.call("received.trail", { id: letter });
    const told = trail.entries.filter((entry) => /^disposition\.(at|de)tached$/.test(entry.type)).map((entry) => [entry.sentence.id, entry.reason?.id]);
    assert.deepEqual(told.toSorted(), [["melampirkan berkas pada tindak lanjut.", "rekap.pdf"], ["melampirkan berkas pada tindak lanjut.", "salah.pdf"], ["membatalkan lampiran.", "salah.pdf"]]);
  });
});
