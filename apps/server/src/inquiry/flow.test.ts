import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import { checkRecord, checkTree, draw, ed25519Scheme, fromHex, hashPopulation, openNote, parseCheckpoint, parseVerifierKey, recordHash, toHex, utf8 } from "@lontar/ledger";
import { nodeEd25519Verify } from "@lontar/ledger/node";
import pg from "pg";
import { draftReadyToSign, signReady } from "../../test/ready-draft.ts";
import { startTestServer, type Client, type TestServer } from "../../test/http.ts";
import { until } from "../../test/until.ts";
import { check, logSigner } from "../audit/index.ts";
import { openPool } from "../kernel/db.ts";
import { openBlobStore } from "../kernel/files/blobs.ts";
import { plainPdf } from "../kernel/files/plain-pdf.ts";
import { realSource } from "../kernel/ids.ts";
import { machines } from "../main.ts";

const newId = realSource.id;
const hashOf = (hex: string): Uint8Array => fromHex(hex) ?? assert.fail("no hex");

describe("the inspector's room on a running server", () => {
  let server: TestServer;
  let db: pg.Client;
  let clerk: Client;
  let inspector: Client;
  let bupati: Client;
  let posts: ReadonlyMap<string, string>;
  let letter: string;
  let secret: string;
  let signed: string;
  let whole: string;
  let narrow: string;

  const postOf = (title: string): string => posts.get(title) ?? assert.fail(`no post ${title}`);
  const give = async (units: readonly string[], over: { readonly from?: string; readonly until?: string } = {}): Promise<string> => {
    const id = newId();
    const file = (await bupati.uploadTo("organisation.uploadDecree", newId(), "spt.pdf", plainPdf(["Surat Perintah Tugas"]))).body.sha256;
    const given = await bupati.call("inspections.give", {
      id, positionId: postOf("Inspektur Daerah"), purpose: "Pemeriksaan", decree: { number: "700/1/2026", date: "2026-11-20", letterId: null, file: { sha256: file, name: "spt.pdf" } }, units: [...units], types: [], classifications: [], from: over.from ?? null, to: null,
      since: realSource.now(), until: over.until ?? new Date(Date.parse(realSource.now()) + 86_400_000).toISOString(),
    });
    assert.equal(given.status, 200, JSON.stringify(given.problem));
    return id;
  };
  const received = async (number: string, security: "B" | "R"): Promise<string> => {
    const id = newId();
    assert.equal((await clerk.upload(id, `pindaian-${security}.pdf`, plainPdf([`Isi surat ${number}`]))).status, 200);
    const registered = await clerk.call("received.register", { id, facts: { sender: "Dinas Provinsi", number, date: "2026-11-20", subject: "Permintaan data belanja", receivedOn: "2026-11-24", security, classification: null } });
    assert.equal(registered.status, 200, JSON.stringify(registered.problem));
    assert.equal((await clerk.call("received.direct", { id, positionId: postOf("Sekretaris Daerah") })).status, 200);
    return id;
  };

  before(async () => {
    server = await startTestServer("inquiry", { LONTAR_MODE: "demo" });
    db = new pg.Client(server.databaseUrl);
    await db.connect();
    [clerk, inspector, bupati] = [await server.signIn("tusetda"), await server.signIn("inspektur"), await server.signIn("bupati")];
    posts = new Map((await bupati.call("office.posts", { q: "" })).body.map((post) => [post.title, post.id]));
    letter = await received("005/1/TERBUKA", "B");
    secret = await received("R-7/2026", "R");
    const [kadis, sekdis, kabid] = [await server.signIn("kadis"), await server.signIn("sekdis"), await server.signIn("kabid")];
    const draft = await draftReadyToSign(kabid);
    const initialled = await sekdis.call("drafts.approve", { id: draft.id, contentHash: draft.hash });
    assert.equal(initialled.status, 200, JSON.stringify(initialled.problem));
    await signReady(kadis, draft);
    signed = draft.id;
    whole = await give([]);
    const units = (await bupati.call("inspections.choices", {})).body.units;
    narrow = await give([units.find((unit) => /Kelautan|Perikanan|Pertanian|Kesehatan/.test(unit.name))?.id ?? assert.fail("no unit without letters")]);
  });
  after(async () => {
    await db.end();
    await server.close();
  });

  const trace = async (id: string, filter: Parameters<Client["call"]>[1] = {}) => (await inspector.call("inquiry.acts", { id, filter: filter as never, limit: 100 })).body; // each test says its own filter

  test("lists acts that the mandate reaches, each with its place; of a secret letter the act alone; and nothing of letters beyond its reach", async () => {
    const acts = (await trace(whole)).items;
    const opened = acts.filter((act) => act.subjectId === letter);
    assert.ok(opened.some((act) => act.type === "received.registered" && act.letter?.number === "005/1/TERBUKA" && act.group === "mencatat"));
    const closed = acts.filter((act) => act.subjectId === secret);
    assert.ok(closed.length >= 3);
    for (const act of closed) {
      assert.match(act.sentence.id, /surat rahasia; kata-katanya tertutup/);
      assert.equal(act.letter?.subject, "Sampul tertutup");
      assert.ok(!JSON.stringify(act).includes("pindaian-R"), "a file of a secret letter is not named");
    }
    assert.ok(acts.some((act) => act.letter === null && act.group === "akun"), "what was done to accounts is open to every mandate");
    const few = (await trace(narrow)).items;
    assert.deepEqual(few.filter((act) => act.letter !== null || act.subjectId === letter || act.subjectId === signed), []);
    assert.ok(few.some((act) => act.group === "pengawasan"));
  });

  test("searches by person, post, unit, kind of act, letter and time, and walks on by its cursor", async () => {
    const everything = (await trace(whole)).items;
    const byPerson = (await trace(whole, { person: everything.find((act) => act.type === "received.registered")?.person.slice(0, 12) ?? "" })).items;
    assert.ok(byPerson.length > 0 && byPerson.every((act) => act.person === byPerson[0]?.person));
    const byPost = (await trace(whole, { post: "Inspektur Daerah" })).items;
    assert.ok(byPost.length > 0 && byPost.every((act) => act.post === "Inspektur Daerah"));
    // Whoever is asked for, by his name or by his post, none of his acts is missing: the words find what reading the whole trail finds.
    const posts = new Set(everything.filter((act) => act.post !== "Sistem").map((act) => act.post));
    const persons = new Set(everything.filter((act) => act.person !== "Lontar").map((act) => act.person));
    const isAllOf = async (filter: { readonly post: string } | { readonly person: string }, expected: typeof everything): Promise<void> => {
      const found = new Set((await trace(whole, filter)).items.map((act) => act.eventId));
      assert.deepEqual(expected.filter((act) => !found.has(act.eventId)), [], JSON.stringify(filter));
    };
    assert.ok(posts.size > 3 && persons.size > 3);
    for (const post of posts) await isAllOf({ post }, everything.filter((act) => act.post === post));
    for (const person of persons) await isAllOf({ person }, everything.filter((act) => act.person === person));
    const signings = (await trace(whole, { acts: ["menandatangani"] })).items;
    assert.ok(signings.length > 0 && signings.every((act) => act.group === "menandatangani"));
    const unit = (await inspector.call("inquiry.choices", {})).body.units.find((one) => one.name === "Sekretariat Daerah")?.id ?? assert.fail("no unit");
    const inUnit = (await trace(whole, { unitId: unit, acts: ["mencatat"] })).items;
    assert.ok(inUnit.length > 0 && inUnit.every((act) => act.group === "mencatat"));
    const ofLetter = await until(async () => {
      const found = await trace(whole, { letter: "005/1/TERB" });
      return found.items.length > 0 ? found : undefined;
    }, "the letter is indexed");
    assert.deepEqual(ofLetter.letters, { count: 1, isCut: false });
    assert.ok(ofLetter.items.every((act) => act.subjectId === letter));
    assert.deepEqual((await trace(whole, { letter: "Permintaan data" })).items.filter((act) => act.subjectId === secret), [], "the subject of a secret letter is not searched");
    assert.deepEqual((await trace(whole, { to: "2020-01-01" })).items, []);
    assert.equal((await trace(whole, { person: "tidak ada orangnya" })).items.length, 0);

    const pages: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page = (await inspector.call("inquiry.acts", { id: whole, filter: { acts: ["mencatat", "membaca"] }, cursor: cursor ?? null, limit: 2 })).body;
      pages.push(...page.items.map((act) => act.eventId));
      cursor = page.next;
    }
    const once = (await trace(whole, { acts: ["mencatat", "membaca"] })).items.map((act) => act.eventId);
    assert.deepEqual(pages, once);
  });

  test("every search and every file is an event of the mandate; without one that runs nothing is shown", async () => {
    const events = async (type: string): Promise<number> => (await db.query("select from event where kind = 'inspection' and thing_id = $1 and type = $2", [whole, type])).rowCount ?? 0;
    const before = [await events("inspection.traced"), await events("inspection.exported")];
    await trace(whole, { person: "Siapa" });
    const csv = await inspector.call("inquiry.actsFile", { id: whole, acts: "mencatat" });
    assert.equal(csv.status, 200);
    assert.match(new TextDecoder().decode(csv.bytes), /^\uFEFF?"Waktu \(UTC\)","Nama"[\s\S]*005\/1\/TERBUKA/);
    assert.deepEqual([await events("inspection.traced"), await events("inspection.exported")], [(before[0] ?? 0) + 1, (before[1] ?? 0) + 1]);
    const acts = (await inspector.call("inspections.show", { id: whole })).body.acts;
    assert.ok(acts.some((act) => act.what === "telusur" && act.q?.includes("nama “Siapa”") === true) && acts.some((act) => act.what === "unduh"));

    for (const stranger of [bupati, clerk]) for (const name of ["inquiry.acts", "inquiry.population"] as const) assert.equal((await stranger.call(name, { id: whole, filter: {} })).status, 404, name);
    const ended = await give([]);
    assert.equal((await bupati.call("inspections.revoke", { id: ended, reason: "Selesai" })).status, 200);
    for (const name of ["inquiry.acts", "inquiry.population"] as const) assert.equal((await inspector.call(name, { id: ended, filter: {} })).problem?.code, "inspection_over", name);
    assert.equal((await inspector.call("inquiry.report", { id: ended, question: "nomor" })).problem?.code, "inspection_over");
    assert.equal((await inspector.call("inquiry.actsFile", { id: ended })).problem?.code, "inspection_over");
    assert.equal((await inspector.call("inquiry.lockSample", { id: ended, sampleId: newId(), title: "x", count: 1, source: "x" })).problem?.code, "inspection_over");
  });

  test("a search is kept, shared and removed by its post", async () => {
    const id = newId();
    const filter = { person: "Rudi", acts: ["menandatangani" as const] };
    assert.equal((await inspector.call("inquiry.saveQuery", { id, name: "Tanda tangan Rudi", query: { of: "tindakan", filter }, shared: false })).status, 200);
    assert.equal((await inspector.call("inquiry.changeQuery", { id, name: "Tanda tangan Rudi di malam hari", shared: true })).status, 200);
    const kept = (await inspector.call("inquiry.queries", {})).body.find((query) => query.id === id);
    assert.deepEqual([kept?.name, kept?.shared, kept?.may], ["Tanda tangan Rudi di malam hari", true, ["change", "remove"]]);
    assert.equal((await clerk.call("inquiry.queries", {})).status, 403);
    assert.equal((await clerk.call("inquiry.removeQuery", { id })).status, 404);
    assert.equal((await inspector.call("inquiry.removeQuery", { id })).status, 200);
    assert.ok(!(await inspector.call("inquiry.queries", {})).body.some((query) => query.id === id));
  });

  test("a spot check: locked before, drawn after, drawn again by anybody from its evidence, judged letter by letter", async () => {
    const sample = newId();
    const counted = (await inspector.call("inquiry.population", { id: whole, filter: {} })).body;
    assert.ok(counted.members >= 3 && counted.first.length > 0);
    assert.equal((await inspector.call("inquiry.lockSample", { id: narrow, sampleId: newId(), title: "Kosong", count: 1, source: "x" })).problem?.code, "sample_empty");
    assert.equal((await inspector.call("inquiry.lockSample", { id: whole, sampleId: newId(), title: "Terlalu banyak", count: counted.members + 1, source: "x" })).problem?.code, "sample_larger_than_list");
    assert.equal((await inspector.call("inquiry.lockSample", { id: whole, sampleId: sample, title: "Surat 2026", filter: { from: "2026-01-01" }, count: 2, source: "Kurs JISDOR BI 25 Nov 2026" })).status, 200);
    assert.equal((await inspector.call("inquiry.evidence", { id: sample })).status, 404, "nothing to draw again yet");
    await until(async () => ((await inspector.call("inquiry.drawSample", { id: sample, value: "16.412" })).status === 200 ? true : undefined), "the lock has its place in the log");
    assert.equal((await inspector.call("inquiry.drawSample", { id: sample, value: "16.413" })).problem?.code, "sample_drawn");
    const shown = (await inspector.call("inquiry.sample", { id: sample })).body;
    assert.deepEqual([shown.status, shown.tally.belum, shown.letters.length, shown.drawn?.fact], ["diundi", 2, 2, "Kurs JISDOR BI 25 Nov 2026: 16.412"]);

    const evidence = (await inspector.call("inquiry.evidence", { id: sample })).body;
    assert.equal(toHex(hashPopulation(evidence.population.members)), evidence.population.hash);
    const tree = { size: evidence.tree.size, root: hashOf(evidence.tree.root) };
    const again = draw({ population: hashOf(evidence.population.hash), members: evidence.population.members.length, tree, fact: evidence.fact }, evidence.count).map((place) => evidence.population.members[place]);
    assert.deepEqual(again, evidence.drawn);
    assert.deepEqual(again, shown.letters.map((one) => one.id));
    assert.ok(checkRecord({ index: tree.size - 1, hash: recordHash(utf8(evidence.lock.leaf)) }, tree, evidence.lock.proof.map(hashOf)), "the lock is the last record of the tree that decided");
    assert.ok(evidence.lock.committed.includes(evidence.population.hash), "and what it commits to names the list");
    const key = parseVerifierKey(evidence.verifierKey);
    assert.ok("value" in key);
    const note = await openNote(evidence.checkpoint, { keys: [key.value], schemes: [ed25519Scheme(nodeEd25519Verify)] });
    const head = "value" in note ? parseCheckpoint(note.value.text) : undefined;
    assert.ok(head !== undefined && "value" in head && checkTree(tree, head.value, evidence.growth.map(hashOf)), "the log only grew since");

    const [first, second] = shown.letters;
    assert.equal((await inspector.call("inquiry.judge", { id: sample, letterId: first?.id ?? "", verdict: "catatan" })).problem?.code, "sample_note_needed");
    assert.equal((await inspector.call("inquiry.judge", { id: sample, letterId: first?.id ?? "", verdict: "catatan", note: "Lampiran kurang" })).body.status, "diundi");
    assert.equal((await inspector.call("inquiry.judge", { id: sample, letterId: second?.id ?? "", verdict: "cocok" })).body.status, "selesai");
    const over = (await inspector.call("inquiry.sample", { id: sample })).body;
    assert.deepEqual([over.tally.cocok, over.tally.catatan, over.tally.belum], [1, 1, 0]);
    assert.equal((await clerk.call("inquiry.sample", { id: sample })).status, 404);
  });

  test("the seven questions have their answers, and each row of a file proves that its act stands in the log", async () => {
    const ask = async (question: "pembaca" | "pelaksana" | "nomor" | "tenggat" | "versi" | "admin" | "rantai", over = {}) => {
      const { status, body, problem } = await inspector.call("inquiry.report", { id: whole, question, ...over });
      assert.equal(status, 200, `${question}: ${JSON.stringify(problem)}`);
      return body;
    };
    const readers = await ask("pembaca", { letterId: letter });
    assert.ok(readers.rows.some((row) => row.cells["post"]?.includes("Setda") === true || row.cells["act"]?.includes("mengunggah") === true));
    assert.ok(readers.rows.every((row) => row.event !== null && row.letter?.number === "005/1/TERBUKA"));
    assert.equal((await inspector.call("inquiry.report", { id: narrow, question: "pembaca", letterId: letter })).problem?.code, "outside_inspection");
    assert.deepEqual((await ask("pelaksana")).rows, [], "nobody signed as acting here");
    assert.deepEqual((await ask("nomor")).rows, []);
    assert.deepEqual((await ask("tenggat")).rows, []);
    const versions = await ask("versi");
    assert.ok(versions.rows.length > 0 && versions.rows.every((row) => row.cells["verdict"] === "sama" && row.tone === "baik"));
    const admin = await ask("admin", { letterId: letter });
    assert.ok(admin.rows.length > 0, "the office was set up in the week before its first letter");
    const chain = await ask("rantai");
    assert.equal(chain.rows.find((row) => row.cells["what"] === "urutan")?.tone, "baik");

    const csv = await inspector.call("inquiry.reportFile", { id: whole, question: "versi", form: "csv" });
    assert.match(new TextDecoder().decode(csv.bytes), /"Nomor surat","Pemaraf"/);
    const file = await until(async () => {
      const json = JSON.parse(new TextDecoder().decode((await inspector.call("inquiry.reportFile", { id: whole, question: "versi", form: "json" })).bytes));
      return json.rows.every((row: { readonly proof: { readonly leaf: string | null } }) => row.proof.leaf !== null) ? json : undefined;
    }, "every act has its place");
    const key = parseVerifierKey(file.verifierKey);
    assert.ok("value" in key);
    const note = await openNote(file.checkpoint, { keys: [key.value], schemes: [ed25519Scheme(nodeEd25519Verify)] });
    const head = "value" in note ? parseCheckpoint(note.value.text) : undefined;
    assert.ok(head !== undefined && "value" in head);
    for (const { proof } of file.rows) assert.ok(checkRecord({ index: proof.leafIndex, hash: recordHash(utf8(proof.leaf)) }, head.value, proof.hashes.map(hashOf)));
  });

  test("all of it replays, and a hand at the frozen list or at the draw is named", async () => {
    const pool = openPool({ url: server.databaseUrl }, 2);
    const tenantId = (await db.query("select tenant_id from sample limit 1")).rows[0]?.tenant_id;
    const run = async () => check({ pool, tenantId, files: await openBlobStore(join(server.folder, "blobs")), machines, signer: await logSigner(join(server.folder, "keys"), tenantId) });
    const drained = async () => ((await db.query("select from event_pending")).rowCount === 0 ? true : undefined);
    await until(drained, "every event has its place");
    const clean = await run();
    assert.deepEqual(clean.findings, []);
    assert.ok((clean.numbers ?? 0) > 0 && (clean.leaves ?? 0) > 0);
    await db.query("alter table sample_member disable trigger sample_member_stays");
    const { rows } = await db.query("delete from sample_member where place = 0 returning sample_id, letter_id, tenant_id");
    assert.match((await run()).findings.map((finding) => finding.sentence).join("\n"), /Daftar uji petik ini bukan daftar yang dikunci/);
    for (const row of rows) await db.query("insert into sample_member values ($1, $2, 0, $3)", [row.tenant_id, row.sample_id, row.letter_id]);
    await db.query("alter table sample_member enable trigger sample_member_stays");
    assert.deepEqual((await run()).findings, []);
    await pool.end();
  });

  test("an act in a post that its person never held is found by the post, and by the person in that post alone", async () => {
    const forged = newId();
    const { rows } = await db.query<{ person: string }>(
      `insert into event select tenant_id, $1, kind, thing_id, subject_id, revision + 1000, type, at, person_id, $2, holding_id, request_id, who, body, salt, commitment
       from event where type = 'account.signed_in' and who->>'person' <> 'Lontar' and position_id <> $2 order by event_id limit 1 returning who->>'person' as person`, [forged, postOf("Inspektur Daerah")]);
    const person = rows[0]?.person ?? assert.fail("nobody has signed in");
    const finds = async (filter: { readonly post?: string; readonly person?: string }): Promise<boolean> => (await trace(whole, filter)).items.some((act) => act.eventId === forged);
    assert.deepEqual([await finds({ post: "Inspektur Daerah" }), await finds({ person }), await finds({ person, post: "Inspektur Daerah" }), await finds({ person, post: "Bupati" })], [true, true, true, false]);
  });
});
