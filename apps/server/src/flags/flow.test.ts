import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { letterTypes } from "@lontar/naskah";
import { check, logSigner } from "../audit/index.ts";
import { startTestServer, type Client, type TestServer } from "../../test/http.ts";
import { until } from "../../test/until.ts";
import { openPool } from "../kernel/db.ts";
import { openBlobStore } from "../kernel/files/blobs.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { realSource } from "../kernel/ids.ts";
import { machines } from "../main.ts";
import { join } from "node:path";
import { flags } from "./registry.ts";

const id = realSource.id;
const inDays = (days: number): string => new Date(Date.parse(realSource.now()) + days * 86_400_000).toISOString();
const code = "C-03";

describe("red flags on a running server", () => {
  let server: TestServer;
  let people: Readonly<Record<"staf" | "kasi" | "kabid" | "kadis" | "admin" | "inspektur" | "bupati", Client>>;
  let finding: string;

  before(async () => {
    server = await startTestServer("flags", { LONTAR_MODE: "demo" });
    const signIn = (name: string): Promise<Client> => server.signIn(name);
    people = { staf: await signIn("staf"), kasi: await signIn("kasi"), kabid: await signIn("kabid"), kadis: await signIn("kadis"), admin: await signIn("admin"), inspektur: await signIn("inspektur"), bupati: await signIn("bupati") };
  });
  after(() => server.close());

  const titled = async (title: string): Promise<string> => (await people.bupati.call("office.posts", { q: title })).body.find((post) => post.title === title)?.id ?? assert.fail(`no post ${title}`);

  /** A nota whose first two stations initial it as fast as two programs can. */
  const hastyNota = async (): Promise<void> => {
    const nota = letterTypes.find((type) => type.family === "nota") ?? assert.fail("no nota");
    const draft = id();
    assert.equal((await people.staf.call("drafts.create", { id: draft, type: nota.code, replyTo: null })).status, 200);
    const { body: view } = await people.staf.call("drafts.show", { id: draft });
    const positionId = await titled("Sekretaris Daerah");
    const content = { ...view.content, subject: "Perihal yang tidak dikutip", classification: "000.1.1", to: [{ kind: "post" as const, positionId, label: "Sekretaris Daerah" }], body: { type: "doc" as const, content: [{ type: "paragraph", content: [{ type: "text", text: "Siap." }] }] } };
    const written = await people.staf.call("drafts.write", { id: draft, revision: view.revision, content });
    assert.equal((await people.staf.call("drafts.submit", { id: draft, revision: written.body.revision })).status, 200);
    for (const client of [people.kasi, people.kabid]) {
      const approved = await client.call("drafts.approve", { id: draft, contentHash: written.body.contentHash, note: "" });
      assert.equal(approved.status, 200, JSON.stringify(approved.problem));
    }
  };

  const mandateFor = async (over: { readonly units?: readonly string[] } = {}): Promise<string> => {
    const { body: choices } = await people.bupati.call("inspections.choices", {});
    const sha256 = (await people.admin.uploadTo("organisation.uploadDecree", id(), "st.pdf", plainPdf(["Surat Tugas"]))).body.sha256;
    const inspection = id();
    const given = await people.bupati.call("inspections.give", {
      id: inspection, positionId: choices.posts[0]?.id ?? assert.fail("no inspector"), purpose: "Pemeriksaan", decree: { number: "700/1/ITDA", date: "2026-11-01", file: { sha256, name: "st.pdf" } },
      units: [...(over.units ?? [])], types: [], classifications: [], from: null, to: null, since: realSource.now(), until: inDays(5),
    });
    assert.equal(given.status, 200, JSON.stringify(given.problem));
    return inspection;
  };

  /** Asks for a search, and answers how it stands once it has ended. */
  const searched = async () => {
    const asked = await people.inspektur.call("flags.run", {});
    assert.deepEqual(asked.body, { status: "dimulai" }, JSON.stringify(asked.problem));
    return until(async () => {
      const { running } = (await people.inspektur.call("flags.list", {})).body;
      return running?.step === "selesai" ? running : undefined;
    }, "the search that the inspector asked for");
  };

  test("what does not fit is found from the log, once, and shown within a mandate that runs and nowhere else", async () => {
    await hastyNota();
    const { inspektur } = people;
    // Only what has its place in the log is found by the later searches; the first one looks at everything.
    const first = await searched();
    assert.ok(first.raised >= 1, JSON.stringify(first));
    assert.deepEqual([first.step, first.done, first.of], ["selesai", flags.length, flags.length]);
    assert.equal((await searched()).raised, 0);
    const before = (await inspektur.call("flags.list", {})).body;
    assert.deepEqual([before.items, before.mandates], [[], []], "without a mandate there is nothing to see");
    const mandate = await mandateFor();
    const list = (await inspektur.call("flags.list", { code })).body;
    assert.deepEqual(list.mandates.map((one) => one.id), [mandate]);
    const item = list.items[0] ?? assert.fail("nothing found");
    assert.deepEqual([item.code, item.status, list.items.length, list.counts.perlu_dijelaskan >= 1], [code, "perlu_dijelaskan", 1, true]);
    assert.match(item.title.id, /^Dua paraf berselang \d+ detik$/);
    assert.match(item.title.en, /^Two initials within \d+ seconds$/);
    finding = item.id;
    assert.deepEqual((await inspektur.call("flags.list", { code: "B-03" })).body.items, [], "an office that has just begun gave nobody a role before a letter");
    for (const who of ["admin", "kadis"] as const) {
      assert.equal((await people[who].call("flags.list", {})).status, 403, who);
      assert.equal((await people[who].call("flags.look", { id: finding })).status, 404, who);
      assert.equal((await people[who].call("flags.run", {})).status, 403, who);
      assert.equal((await people[who].call("flags.kinds", {})).status, 403, who);
    }
  });

  test("a finding is opened with its evidence in the log, its picture and its harmless reading; the look is an event", async () => {
    const look = async () => (await people.inspektur.call("flags.look", { id: finding })).body;
    const view = await look();
    assert.equal(view.acts.length, 2);
    assert.deepEqual(view.acts.map((act) => act.sentence), ["memaraf naskah versi 1.", "memaraf naskah versi 1."]);
    assert.deepEqual(view.timeline.log.map((mark) => mark.eventId), view.acts.map((act) => act.eventId));
    assert.ok(view.innocent.id !== "" && view.missing.en !== "" && view.measure.length === 1);
    const logged = await until(async () => ((await look()).acts.every((act) => act.leafIndex !== null) ? await look() : undefined), "places in the log");
    const [act] = logged.acts;
    assert.equal((await people.inspektur.call("received.proof", { id: act?.subjectId ?? "", eventId: act?.eventId ?? "" })).body.leafIndex, act?.leafIndex);
    assert.equal(logged.history.filter((one) => one.sentence.startsWith("membuka temuan")).length, 1, "drawing a page again is no new look");
    assert.deepEqual(view.may, ["ask", "close"]);
  });

  test("the post that is asked finds the question on its desk, answers, and the inspector closes with a reason", async () => {
    const { inspektur, kabid, kasi } = people;
    const { posts } = (await inspektur.call("flags.look", { id: finding })).body;
    const positionId = posts[0]?.id ?? assert.fail("nobody to ask");
    assert.equal((await inspektur.call("flags.ask", { id: finding, positionId, text: "Mohon dijelaskan", due: "2020-01-01" })).problem?.code, "finding_due_past");
    assert.equal((await inspektur.call("flags.ask", { id: finding, positionId, text: "Mohon dijelaskan", due: inDays(3).slice(0, 10) })).body.status, "menunggu_jawaban");
    const line = (await kabid.call("desk.list", {})).body.items.find((item) => item.kind === "temuan") ?? assert.fail("nothing on the desk");
    assert.deepEqual([line.act, line.thingId, line.title.startsWith("Beri penjelasan: Dua paraf")], ["jelaskan", finding, true]);
    const question = (await kabid.call("flags.question", { id: finding })).body;
    assert.deepEqual([question.text, question.may], ["Mohon dijelaskan", ["answer"]]);
    assert.equal((await kasi.call("flags.question", { id: finding })).status, 404);
    assert.equal((await kasi.call("flags.answer", { id: finding, text: "Bukan saya" })).status, 404);
    assert.equal((await kabid.call("flags.answer", { id: finding, text: "" })).problem?.code, "finding_answer_needed");
    assert.equal((await kabid.call("flags.answer", { id: finding, text: "Dibahas bersama pagi itu." })).body.status, "dijawab");
    assert.ok(!(await kabid.call("desk.list", {})).body.items.some((item) => item.kind === "temuan"));
    assert.equal((await inspektur.call("flags.close", { id: finding, reason: "" })).problem?.code, "reason_needed");
    assert.equal((await inspektur.call("flags.close", { id: finding, reason: "Notulen rapat ada." })).body.status, "sudah_jelas");
    const view = (await inspektur.call("flags.look", { id: finding })).body;
    assert.deepEqual([view.answer?.text, view.closed?.reason, view.may], ["Dibahas bersama pagi itu.", "Notulen rapat ada.", []]);
  });

  test("a measure that the inspectorate changes is shown with who, when and why, and the next search begins anew", async () => {
    const { inspektur, admin } = people;
    await hastyNota();
    await searched();
    const open = async (): Promise<number> => (await inspektur.call("flags.list", { code, status: "perlu_dijelaskan" })).body.items.length;
    const raised = async (): Promise<number> => until(async () => (await searched(), (await open()) > 0 ? await open() : undefined), "the second finding");
    assert.equal(await raised(), 1);
    assert.equal((await admin.call("flags.set", { code, isOn: true, values: { seconds: 60 }, reason: "x" })).status, 403);
    assert.equal((await inspektur.call("flags.set", { code, isOn: true, values: { seconds: 0 }, reason: "x" })).problem?.code, "flag_measure_wrong");
    assert.equal((await inspektur.call("flags.set", { code, isOn: true, values: { minutes: 5 }, reason: "x" })).problem?.code, "flag_measure_wrong");
    assert.equal((await inspektur.call("flags.set", { code, isOn: false, values: { seconds: 15 }, reason: "Sedang ditinjau" })).status, 200);
    await until(async () => ((await open()) === 0 ? true : undefined), "the search that a change of the measure brings forward");
    assert.equal((await inspektur.call("flags.set", { code, isOn: true, values: { seconds: 15 }, reason: "Selesai ditinjau" })).status, 200);
    await until(async () => ((await open()) === 1 ? true : undefined), "the finding comes back with its measure");
    const kind = (await inspektur.call("flags.kinds", {})).body.items.find((one) => one.code === code);
    assert.deepEqual(kind?.changes.map((change) => [change.reason, change.isOn]), [["Selesai ditinjau", true], ["Sedang ditinjau", false]]);
    assert.deepEqual([kind?.counts.sudah_jelas, kind?.counts.perlu_dijelaskan], [1, 1]);
  });

  test("all of it is replayed by the integrity check", async () => {
    const pool = openPool({ url: server.databaseUrl }, 2);
    try {
      const { rows } = await pool.query<{ tenant_id: string }>("select tenant_id from tenant where kind = 'kabupaten'");
      const tenantId = rows[0]?.tenant_id ?? assert.fail("no government");
      const files = await openBlobStore(join(server.folder, "blobs"));
      const { findings } = await check({ pool, tenantId, files, machines, signer: await logSigner(join(server.folder, "keys"), tenantId) });
      assert.deepEqual(findings, []);
    } finally {
      await pool.end();
    }
  });
});
