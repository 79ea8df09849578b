import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { plainPdf } from "../src/kernel/files/plain-pdf.ts";
import { realSource } from "../src/kernel/ids.ts";
import { startTestServer, type Client, type TestServer } from "./http.ts";
import { draftReadyToSign, signReady } from "./ready-draft.ts";
import { until } from "./until.ts";

const secretSubject = "Pemeriksaan khusus perangkat daerah";

describe("an insider who tries what he may not", () => {
  let server: TestServer;
  let clerk: Client;
  let sekda: Client;
  let kadis: Client;
  let kabid: Client;
  let staf: Client;
  let posts: Readonly<Record<string, string>>;

  /** A scan registered by the clerk of the Sekretariat and directed to the sekda. */
  const letterTo = async (more: { readonly security?: "B" | "R"; readonly subject?: string; readonly number?: string } = {}): Promise<string> => {
    const id = realSource.id();
    assert.equal((await clerk.upload(id, "surat.pdf", plainPdf([realSource.id()]))).status, 200);
    const facts = { sender: "Dinas Provinsi", number: realSource.id(), date: "2026-11-20", subject: "Rapat", receivedOn: "2026-11-24", ...more };
    assert.equal((await clerk.call("received.register", { id, facts })).status, 200);
    assert.equal((await clerk.call("received.direct", { id, positionId: posts["sekda"] ?? "" })).status, 200);
    return id;
  };
  const dispose = async (by: Client, id: string, parentId: string | null, to: string, note = ""): Promise<string> => {
    const node = realSource.id();
    const answer = await by.call("received.dispose", { id, parentId, recipients: [{ id: node, positionId: to, responsible: true }], instructions: ["Tindak lanjuti"], note, due: null });
    assert.equal(answer.status, 200, JSON.stringify(answer.problem));
    return node;
  };

  before(async () => {
    server = await startTestServer("adversary");
    [clerk, sekda, kadis, kabid, staf] = await Promise.all([server.signIn("tusetda"), server.signIn("sekda"), server.signIn("kadis"), server.signIn("kabid"), server.signIn("staf")]);
    const { body } = await sekda.call("office.posts", { q: "" });
    const find = (title: string): string => body.find((post) => post.title === title)?.id ?? assert.fail(`no post ${title}`);
    posts = { sekda: find("Sekretaris Daerah"), kadis: find("Kepala Dinas Komunikasi dan Informatika"), asisten: find("Asisten Pemerintahan dan Kesejahteraan Rakyat"), clerk: find("Pengadministrasi Persuratan Sekretariat Daerah") };
  });
  after(() => server.close());

  test("a new thing under the id of another's letter opens nothing and takes nothing off a desk", async () => {
    const letter = await letterTo();
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    const waiting = (await sekda.call("desk.list", {})).body.items.length;
    assert.equal((await staf.call("drafts.create", { id: letter, type: nota.code, replyTo: null })).status, 404);
    assert.equal((await staf.call("received.show", { id: letter })).status, 404);
    const draft = realSource.id();
    assert.equal((await staf.call("drafts.create", { id: draft, type: nota.code, replyTo: null })).status, 200);
    assert.equal((await clerk.upload(draft, "surat.pdf", plainPdf(["x"]))).status, 404);
    assert.equal((await clerk.call("drafts.show", { id: draft })).status, 404);
    const mine = await letterTo();
    const stolen = await sekda.call("received.dispose", { id: mine, parentId: null, recipients: [{ id: letter, positionId: posts["kadis"] ?? "", responsible: true }], instructions: ["Tindak lanjuti"], note: "", due: null });
    assert.equal(stolen.status, 404);
    assert.equal((await sekda.call("desk.list", {})).body.items.length, waiting + 1);
  });

  test("the registrar answers no secret letter that is closed for him, and the answer tells nothing of it", async () => {
    const letter = await letterTo({ security: "R", subject: secretSubject });
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    const id = realSource.id();
    assert.equal((await clerk.call("drafts.create", { id, type: nota.code, replyTo: letter })).status, 404);
    assert.equal((await sekda.call("drafts.create", { id: realSource.id(), type: nota.code, replyTo: letter })).status, 200);
  });

  test("the proof of an act gives its words only to those who may read them", async () => {
    const secret = await letterTo({ security: "R", subject: secretSubject });
    const words = async (who: Client, letter: string, type: string): Promise<string> => {
      const { body } = await until(async () => {
        const { body: trail } = await sekda.call("received.trail", { id: letter });
        const entry = trail.entries.find((candidate) => candidate.type === type && candidate.leafIndex !== null);
        if (entry === undefined) return undefined;
        const answer = await who.call("received.proof", { id: letter, eventId: entry.eventId });
        return answer.status === 200 ? answer : undefined;
      }, `a proof of ${type}`);
      assert.ok(body.leaf.includes(letter) && body.proof.length > 0);
      return body.committed;
    };
    assert.match(await words(sekda, secret, "received.registered"), new RegExp(secretSubject));
    assert.equal(await words(clerk, secret, "received.registered"), "");
    const open = await letterTo();
    const node = await dispose(sekda, open, null, posts["kadis"] ?? "", "Hanya untuk Anda");
    const beside = realSource.id();
    const both = await sekda.call("received.dispose", { id: open, parentId: null, recipients: [{ id: beside, positionId: posts["asisten"] ?? "", responsible: true }], instructions: ["Untuk diketahui"], note: "", due: null });
    assert.equal(both.status, 200);
    const asisten = await server.signIn("asisten1");
    const trail = await until(async () => {
      const { entries } = (await kadis.call("received.trail", { id: open })).body;
      return entries.filter((entry) => entry.type === "disposition.given" && entry.leafIndex !== null).length === 2 ? entries : undefined;
    }, "both disposisi in the log");
    const given = trail.findLast((entry) => entry.type === "disposition.given") ?? assert.fail("no entry");
    assert.match((await kadis.call("received.proof", { id: open, eventId: given.eventId })).body.committed, /Hanya untuk Anda/, node);
    assert.equal((await asisten.call("received.proof", { id: open, eventId: given.eventId })).body.committed, "");
    const inspector = await server.signIn("inspektur");
    assert.equal((await inspector.call("received.proof", { id: open, eventId: given.eventId })).body.committed, "");
  });

  test("a secret letter that came closed is not redirected by the registrar, least of all to himself", async () => {
    const subject = "Rencana mutasi";
    const { id, hash } = await draftReadyToSign(kadis, [], { security: "R", subject });
    await signReady(kadis, { id, hash });
    const arrived = await until(async () => (await sekda.call("received.list", {})).body.items.find((item) => item.subject === subject), "the secret nota arrives");
    assert.equal((await clerk.call("received.show", { id: arrived.id })).body.facts?.subject, "Sampul tertutup");
    const redirected = await clerk.call("received.direct", { id: arrived.id, positionId: posts["clerk"] ?? "" });
    assert.deepEqual([redirected.status, redirected.problem?.code], [403, "not_yours"]);
    assert.equal((await clerk.call("received.show", { id: arrived.id })).body.facts?.subject, "Sampul tertutup");
  });

  test("nobody gets a page of a secret letter without an event that says he read it, once for each person", async () => {
    const letter = await letterTo({ security: "R", subject: secretSubject });
    await until(async () => ((await sekda.call("received.show", { id: letter })).body.files.length > 0 ? true : undefined), "the sekda sees the file");
    const sha256 = (await sekda.call("received.show", { id: letter })).body.files[0]?.sha256 ?? "";
    const readings = async (): Promise<readonly string[]> => (await sekda.call("received.trail", { id: letter })).body.entries.filter((entry) => entry.type.endsWith("opened")).map((entry) => `${entry.type} ${entry.post}`);
    assert.deepEqual(await readings(), []);
    const pages = await Promise.all([1, 2, 3].map(() => sekda.call("received.pageImage", { id: letter, sha256, page: 1 })));
    assert.deepEqual(pages.map((page) => page.status), [200, 200, 200]);
    assert.deepEqual(await readings(), ["received.opened Sekretaris Daerah"]);
    await dispose(sekda, letter, null, posts["kadis"] ?? "");
    assert.equal((await kadis.call("received.file", { id: letter, sha256 })).status, 200);
    assert.equal((await kadis.call("received.file", { id: letter, sha256 })).status, 200);
    assert.deepEqual(await readings(), ["disposition.opened Kepala Dinas Komunikasi dan Informatika", "received.opened Sekretaris Daerah"]);
  });

  test("only the registrar asks whether a letter came before: others would learn of letters that are not theirs", async () => {
    const other = await letterTo({ subject: "Bukan untuk kadis", number: "700/12/ITKAB" });
    const mine = await letterTo();
    await dispose(sekda, mine, null, posts["kadis"] ?? "");
    assert.equal((await kadis.call("received.show", { id: other })).status, 404);
    const asked = await kadis.call("received.duplicates", { id: mine, sender: "Dinas Provinsi", number: "700/12/ITKAB", date: "2026-11-20" });
    assert.deepEqual([asked.status, asked.problem?.code], [403, "not_yours"]);
    assert.equal((await clerk.call("received.duplicates", { id: mine, sender: "Dinas Provinsi", number: "700/12/ITKAB", date: "2026-11-20" })).body[0]?.id, other);
  });

  test("a disposisi that was withdrawn unread takes the letter back from its receiver, and only that one", async () => {
    const letter = await letterTo({ subject: "Rencana yang ditarik" });
    const first = await dispose(sekda, letter, null, posts["kadis"] ?? "");
    assert.equal((await kadis.call("received.show", { id: letter })).status, 200);
    assert.equal((await sekda.call("dispositions.withdraw", { id: first, reason: "Salah alamat" })).status, 200);
    assert.equal((await kadis.call("received.show", { id: letter })).status, 404);
    assert.ok(!(await kadis.call("received.list", {})).body.items.some((item) => item.id === letter));
    assert.ok(!(await kadis.call("dispositions.list", { scope: "received" })).body.items.some((item) => item.id === first));
    assert.ok((await sekda.call("dispositions.list", { scope: "given" })).body.items.some((item) => item.id === first));
    const second = await dispose(sekda, letter, null, posts["kadis"] ?? "");
    const third = await dispose(sekda, letter, null, posts["kadis"] ?? "");
    assert.equal((await sekda.call("dispositions.withdraw", { id: second, reason: "Dobel" })).status, 200);
    assert.equal((await kadis.call("received.show", { id: letter })).status, 200, third);
    assert.equal((await kabid.call("received.show", { id: letter })).status, 404);
  });

  test("after all of this the evidence is whole", async () => {
    const inspector = await server.signIn("inspektur");
    assert.equal((await inspector.call("audit.check", {})).body.status, "dimulai");
    assert.equal((await inspector.call("audit.check", {})).body.status, "berjalan");
    const done = await until(async () => ((await inspector.call("audit.integrity", {})).body.running?.step === "selesai" ? true : undefined), "the check is over");
    assert.ok(done);
    assert.deepEqual((await inspector.call("audit.integrity", {})).body.last?.findings, []);
  });
});
