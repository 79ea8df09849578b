import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contract } from "@lontar/contract";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { systemActor, type Actor } from "../kernel/actor.ts";
import { recordAll } from "../kernel/events.ts";
import { inTenant, readTenant, type Tx } from "../kernel/db.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import { perform } from "../kernel/perform.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { close, direct, discard, fileReceived, openLetter, receive, receiveInternal, register } from "../letters/commands.ts";
import { sendOriginal, sendPage } from "../letters/files.ts";
import { duplicates, list as letterList, show as showLetter, trail as trailOf, type ListQuery } from "../letters/queries.ts";
import type { ReceivedFacts } from "../letters/received.ts";
import { organisationKinds } from "../organisation/index.ts";
import { accept, dispose, giveBack, openDisposition, progress, report, withdraw } from "./commands.ts";
import { dispositionsOfLetter, list as dispositionList } from "./queries.ts";

let office: TestOffice;
before(async () => { office = await createOffice("letters"); });
after(() => office.close());

const id = realSource.id;
const scan = (): string => Buffer.from(realSource.bytes(32)).toString("hex");
const inTx = <T>(by: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => inTenant(office.db, by.tenantId, work);
const look = <T>(by: Actor, work: (tx: Tx) => Promise<T>): Promise<T> => readTenant(office.db, by.tenantId, work);
const refusedAs = (code: string) => (error: unknown): boolean => error instanceof Refused && error.code === code;
const notFound = (error: unknown): boolean => error instanceof NotFound;

const facts = (over: Partial<ReceivedFacts> = {}): ReceivedFacts => ({
  sender: "Dinas Kominfo Provinsi Kalimantan Timur", number: `005/${realSource.id().slice(-8)}/2026`, date: "2026-11-20", subject: "Evaluasi SPBE 2026", summary: "", receivedOn: "2026-11-24",
  attachment: "", medium: "kertas", security: "B", urgency: "segera", classification: null, due: null, ...over,
});

const upload = async (by: Actor, sha256 = scan()): Promise<Id> => {
  const letterId = id();
  await inTx(by, (tx) => receive(tx, { id: letterId, file: { sha256, name: "pindaian.pdf", mediaType: "application/pdf", size: 1000, pages: 2 } }, by));
  return letterId;
};

const registered = async (by: Actor, over: Partial<ReceivedFacts> = {}): Promise<Id> => {
  const letterId = await upload(by);
  await inTx(by, (tx) => register(tx, { id: letterId, facts: facts(over), separateBecause: "" }, by));
  return letterId;
};

const directed = async (by: Actor, to: Actor, over: Partial<ReceivedFacts> = {}): Promise<Id> => {
  const letterId = await registered(by, over);
  await inTx(by, (tx) => direct(tx, { id: letterId, positionId: to.positionId }, by));
  return letterId;
};

// Every answer goes through the contract, as the browser will read it.
const show = async (letterId: Id, by: Actor) => contract["received.show"].result.parse(await look(by, (tx) => showLetter(tx, letterId, by, dispositionsOfLetter)));
const trail = async (letterId: Id, by: Actor) => contract["received.trail"].result.parse(await look(by, (tx) => trailOf(tx, letterId, by, dispositionsOfLetter)));
const listLetters = async (tx: Tx, query: ListQuery, by: Actor) => contract["received.list"].result.parse(await letterList(tx, query, by));
const list = async (tx: Tx, query: Parameters<typeof dispositionList>[1], by: Actor) => contract["dispositions.list"].result.parse(await dispositionList(tx, query, by));

type Own = { readonly instructions: readonly string[]; readonly note: string; readonly due: string | null };
type Sheet = { readonly parentId?: Id | null; readonly to: readonly (readonly [Actor, boolean, Own?])[]; readonly note?: string; readonly due?: string | null };

/** Gives a disposisi and answers the ids of its nodes in order. */
const give = async (letterId: Id, by: Actor, sheet: Sheet): Promise<readonly Id[]> => {
  const recipients = sheet.to.map(([to, responsible, own]) => ({ id: id(), positionId: to.positionId, responsible, own: own ?? null }));
  await inTx(by, (tx) => dispose(tx, { id: letterId, parentId: sheet.parentId ?? null, recipients, instructions: ["Tindak lanjuti"], note: sheet.note ?? "Segera", due: sheet.due ?? null }, by));
  return recipients.map((recipient) => recipient.id);
};

const dutiesOf = async (by: Actor): Promise<readonly string[]> =>
  look(by, async (tx) => (await tx.selectFrom("duty").select(["act", "target_id"]).where("tenant_id", "=", by.tenantId).where("position_id", "=", by.positionId).execute()).map((row) => `${row.act} ${row.target_id}`));

describe("F1: from the scan to the dossier", () => {
  test("a letter goes down three levels, its reports come up again, and it is closed and filed", async () => {
    const [tu, sekda, kadis, asisten, kabid, staf] = await Promise.all(["tusetda", "sekda", "kadis", "asisten1", "kabid", "staf"].map((name) => office.actor(name)));
    assert.ok(tu && sekda && kadis && asisten && kabid && staf);
    const letterId = await upload(tu);
    assert.ok((await dutiesOf(tu)).includes(`catat ${letterId}`));
    assert.equal((await show(letterId, tu)).nextAgenda, "0001");
    await assert.rejects(inTx(tu, (tx) => register(tx, { id: letterId, facts: facts({ classification: "500" }), separateBecause: "" }, tu)), refusedAs("classification_not_leaf"));
    const { agenda, status } = await inTx(tu, (tx) => register(tx, { id: letterId, facts: facts({ classification: "800.1.11.1" }), separateBecause: "" }, tu));
    assert.deepEqual({ agenda, status }, { agenda: "0001", status: "tercatat" });
    await assert.rejects(show(letterId, sekda), notFound);
    await inTx(tu, (tx) => direct(tx, { id: letterId, positionId: sekda.positionId }, tu));
    assert.ok((await dutiesOf(sekda)).includes(`disposisi ${letterId}`));
    await inTx(sekda, (tx) => openLetter(tx, { id: letterId }, sekda));

    const [toKadis = "", toAsisten = ""] = await give(letterId, sekda, { to: [[kadis, true], [asisten, false]] });
    assert.ok((await dutiesOf(asisten)).includes(`baca ${letterId}`));
    await inTx(asisten, (tx) => openDisposition(tx, { id: toAsisten }, asisten));
    assert.ok(!(await dutiesOf(asisten)).includes(`baca ${letterId}`));
    const [toKabid = ""] = await give(letterId, kadis, { parentId: toKadis, to: [[kabid, true]], note: "Siapkan bahan jawaban" });
    const [toStaf = ""] = await give(letterId, kabid, { parentId: toKabid, to: [[staf, true]] });
    await inTx(staf, (tx) => progress(tx, { id: toStaf, note: "Data terkumpul" }, staf));
    assert.deepEqual((await show(letterId, sekda)).holders.map((post) => post.id), [staf.positionId]);

    await assert.rejects(inTx(kadis, (tx) => report(tx, { id: toKadis, note: "Selesai" }, kadis)), refusedAs("open_dispositions"));
    await assert.rejects(inTx(sekda, (tx) => close(tx, { id: letterId, note: "" }, sekda)), refusedAs("open_dispositions"));
    for (const [node, receiver, giver] of [[toStaf, staf, kabid], [toKabid, kabid, kadis], [toKadis, kadis, sekda]] as const) {
      await inTx(receiver, (tx) => report(tx, { id: node, note: "Sudah dikerjakan" }, receiver));
      assert.ok((await dutiesOf(giver)).includes(`terima_laporan ${letterId}`));
      await inTx(giver, (tx) => accept(tx, { id: node, note: "" }, giver));
    }
    assert.ok((await dutiesOf(sekda)).includes(`selesaikan ${letterId}`));
    assert.equal((await inTx(sekda, (tx) => close(tx, { id: letterId, note: "Tuntas" }, sekda))).status, "selesai");
    assert.ok((await dutiesOf(tu)).includes(`berkaskan ${letterId}`));
    const filed = await inTx(tu, (tx) => fileReceived(tx, letterId, { id: id(), title: "SPBE" }, tu));
    assert.equal(filed.status, "diberkaskan");
    const seen = await show(letterId, staf);
    assert.equal(seen.tree[0]?.children[0]?.children[0]?.status, "diterima");
    const entries = (await trail(letterId, sekda)).entries;
    assert.equal(entries.length, 21);
    assert.equal(entries.filter((entry) => entry.sentence.startsWith("mendisposisikan")).length, 4);
    assert.equal(entries[0]?.sentence, "memberkaskan surat ke “SPBE”.");
    assert.equal(entries.at(-1)?.sentence, "mengunggah pindaian “pindaian.pdf”, 2 halaman.");
  });
});

describe("numbers and duplicates", () => {
  test("50 registrations at once have no gap and no number twice", async () => {
    const tu = await office.actor("tudiskominfo");
    const letters = await Promise.all(Array.from({ length: 50 }, () => upload(tu)));
    const agendas = await Promise.all(letters.map((letterId) => inTx(tu, (tx) => register(tx, { id: letterId, facts: facts(), separateBecause: "" }, tu)).then((answer) => answer.agenda)));
    assert.deepEqual(agendas.toSorted(), Array.from({ length: 50 }, (_, index) => String(index + 1).padStart(4, "0")));
    const entries = await look(tu, (tx) => tx.selectFrom("number_entry").select("n").where("tenant_id", "=", tu.tenantId).where("thing_id", "in", letters).execute());
    assert.equal(entries.length, 50);
  });

  test("a refused registration leaves no gap", async () => {
    const tu = await office.actor("tucamat");
    const first = await registered(tu);
    await assert.rejects(inTx(tu, (tx) => register(tx, { id: first, facts: facts(), separateBecause: "" }, tu)), refusedAs("already_registered"));
    const wrong = await upload(tu);
    await assert.rejects(inTx(tu, (tx) => register(tx, { id: wrong, facts: facts({ classification: "800" }), separateBecause: "" }, tu)), refusedAs("classification_not_leaf"));
    assert.equal((await show(await registered(tu), tu)).agenda, "0002");
  });

  test("the same sender, number and date is a duplicate however it is typed, unless there is a reason", async () => {
    const tu = await office.actor("tusetda");
    await registered(tu, { sender: "BPBD Prov. Kaltim", number: "300.2.3/1187/BPBD-II/2026", date: "2026-11-18" });
    const again = await upload(tu);
    const typed = facts({ sender: "bpbd prov kaltim", number: "300.2.3 / 1187 / bpbd-ii / 2026", date: "2026-11-18" });
    const found = await look(tu, (tx) => duplicates(tx, { id: again, sender: typed.sender, number: typed.number, date: typed.date }, tu));
    assert.deepEqual(found.map(({ why, registered: act }) => [why, act?.by]), [["nomor_sama", "Rina Marlina, A.Md."]], "and it is told who registered the earlier one");
    await assert.rejects(inTx(tu, (tx) => register(tx, { id: again, facts: typed, separateBecause: "" }, tu)), (error) => refusedAs("duplicate_letter")(error) && error instanceof Refused && Array.isArray(error.facts["duplicates"]));
    assert.equal((await inTx(tu, (tx) => register(tx, { id: again, facts: typed, separateBecause: "Ralat lampiran" }, tu))).status, "tercatat");
    assert.equal((await trail(again, tu)).entries[0]?.reason, "Ralat lampiran");
  });

  test("two clerks with the same letter at once: one registers, the other is told", async () => {
    const tu = await office.actor("tusetda");
    const same = facts({ number: "1/SAMA/2026" });
    const letters = await Promise.all([upload(tu), upload(tu)]);
    const answers = await Promise.allSettled(letters.map((letterId) => inTx(tu, (tx) => register(tx, { id: letterId, facts: same, separateBecause: "" }, tu))));
    assert.deepEqual(answers.map((answer) => answer.status).toSorted(), ["fulfilled", "rejected"]);
    assert.ok(answers.some((answer) => answer.status === "rejected" && refusedAs("duplicate_letter")(answer.reason)));
  });

  test("the same scan in the same office is a duplicate until the wrong one is thrown away; another office may have it too", async () => {
    const [tu, other] = await Promise.all([office.actor("tusetda"), office.actor("tudiskominfo")]);
    const sha256 = scan();
    const first = await upload(tu, sha256);
    const second = await upload(tu, sha256);
    assert.deepEqual((await show(second, tu)).duplicates.map((found) => [found.id, found.why]), [[first, "berkas_sama"]]);
    await inTx(tu, (tx) => discard(tx, { id: first, reason: "Terunggah dua kali" }, tu));
    assert.deepEqual((await show(second, tu)).duplicates, []);
    assert.deepEqual((await show(await upload(other, sha256), other)).duplicates, []);
  });
});

describe("who sees what", () => {
  test("a head of another bidang does not find the letter, nor its files, trail or disposisi", async () => {
    const [tu, kadis, kabid, kabidb] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("kabid"), office.actor("kabidb")]);
    const letterId = await directed(tu, kadis);
    const [node = ""] = await give(letterId, kadis, { to: [[kabid, true]] });
    await assert.rejects(show(letterId, kabidb), notFound);
    await assert.rejects(trail(letterId, kabidb), notFound);
    await assert.rejects(inTx(kabidb, (tx) => openDisposition(tx, { id: node }, kabidb)), notFound);
    await assert.rejects(inTx(kabidb, (tx) => openLetter(tx, { id: letterId }, kabidb)), notFound);
    await assert.rejects(give(letterId, kabidb, { parentId: node, to: [[kabid, true]] }), notFound);
    assert.ok(!(await look(kabidb, (tx) => listLetters(tx, { limit: 100 }, kabidb))).items.some((row) => row.id === letterId));
    assert.ok((await look(kabid, (tx) => listLetters(tx, { limit: 100 }, kabid))).items.some((row) => row.id === letterId));
  });

  test("an official of another government does not find the letter", async () => {
    const [tu, kades] = await Promise.all([office.actor("tusetda"), office.actor("kades")]);
    const letterId = await registered(tu);
    await assert.rejects(show(letterId, kades), notFound);
    await assert.rejects(inTx(kades, (tx) => openLetter(tx, { id: letterId }, kades)), notFound);
  });

  test("receivers beside each other see that the other was asked, not what was written", async () => {
    const [tu, kadis, kabid, kabidb, tusetda] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("kabid"), office.actor("kabidb"), office.actor("tusetda")]);
    const letterId = await directed(tu, kadis);
    const [a = ""] = await give(letterId, kadis, { to: [[kabid, true], [kabidb, false]], note: "Rahasia antara kita" });
    await inTx(kabid, (tx) => progress(tx, { id: a, note: "Kata-kata Kabid A" }, kabid));
    const seen = (await show(letterId, kabidb)).tree;
    assert.deepEqual(seen.map((node) => [node.to.id === kabidb.positionId, node.note]), [[false, ""], [true, "Rahasia antara kita"]]); // the responsible one first
    assert.deepEqual(seen[0]?.progress, []);
    assert.ok(!JSON.stringify(await trail(letterId, kabidb)).includes("Kata-kata Kabid A"));
    assert.ok(JSON.stringify(await trail(letterId, kadis)).includes("Kata-kata Kabid A"));
    await assert.rejects(show(letterId, tusetda), notFound);
  });

  test("a secret letter is a closed envelope for its registrars, and every reading of it is on record", async () => {
    const [tu, kadis, kabid] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("kabid")]);
    const letterId = await directed(tu, kadis, { security: "R", subject: "Hasil pemeriksaan khusus", sender: "Inspektorat" });
    const [envelope, inside] = await Promise.all([show(letterId, tu), show(letterId, kadis)]);
    assert.deepEqual([envelope.facts?.subject, envelope.files.length, inside.facts?.subject, inside.files.length], ["Sampul tertutup", 0, "Hasil pemeriksaan khusus", 1]);
    const sha256 = inside.files[0]?.sha256 ?? "";
    const original = sendOriginal({ blobs: unusedBlobs, draw: async () => undefined, owners: [], noteReading: unreachable });
    await assert.rejects(look(tu, (tx) => original(tx, { id: letterId, sha256, download: undefined }, tu)), notFound);
    await look(kadis, (tx) => original(tx, { id: letterId, sha256, download: undefined }, kadis));
    const titles = await look(kadis, (tx) => tx.selectFrom("duty").select("title").where("tenant_id", "=", kadis.tenantId).where("target_id", "=", letterId).execute());
    assert.deepEqual(titles, [{ title: "Sampul tertutup" }]);
    assert.equal((await look(tu, (tx) => listLetters(tx, { limit: 100 }, tu))).items.find((row) => row.id === letterId)?.subject, "Sampul tertutup");
    assert.equal((await look(kadis, (tx) => listLetters(tx, { limit: 100 }, kadis))).items.find((row) => row.id === letterId)?.subject, "Hasil pemeriksaan khusus");
    assert.equal((await look(tu, (tx) => listLetters(tx, { limit: 100, q: "pemeriksaan khusus" }, tu))).items.length, 0);
    for (let time = 0; time < 3; time += 1) await inTx(kadis, (tx) => openLetter(tx, { id: letterId }, kadis));
    assert.equal((await trail(letterId, kadis)).entries.filter((entry) => /^received\.(re)?opened$/.test(entry.type)).length, 3);
    await give(letterId, kadis, { to: [[kabid, true]], note: "Periksa diam-diam" });
    assert.equal((await show(letterId, kabid)).facts?.subject, "Hasil pemeriksaan khusus");
    assert.ok((await trail(letterId, tu)).entries.every((entry) => entry.reason === null));
    assert.ok((await trail(letterId, kadis)).entries.some((entry) => entry.reason === "Tindak lanjuti; Periksa diam-diam"));
  });

  test("a secret letter goes to a named person: not to a post that two hold at once, while the Plh. answers for it", async () => {
    const [tu, sekda, camat, kabid] = await Promise.all(["tusetda", "sekda", "camat", "kabid"].map((name) => office.actor(name)));
    assert.ok(tu && sekda && camat && kabid);
    const letterId = await directed(tu, sekda, { security: "SR" });
    const later = new Date(Date.parse(sekda.at) + 3_600_000).toISOString();
    const decree = { number: "800.1.11.1/9/2026", date: sekda.today, letterId: null, file: null };
    const holding = { personId: kabid.personId, positionId: camat.positionId, kind: "plh", basis: "SPT 9", since: sekda.at, until: later, decree, scope: null, ended: null } as const;
    const others = [{ personId: camat.personId, kind: "definitif", since: "2026-01-02T00:00:00.000Z", until: null, name: camat.personName }] as const;
    await inTx(sekda, (tx) => perform(tx, organisationKinds.holdings.machine, id(), { type: "begin", holding, others, exists: true, isCompetent: true }, sekda));
    await assert.rejects(give(letterId, sekda, { to: [[camat, true]] }), refusedAs("secret_needs_person"));
    await give(letterId, { ...sekda, at: later }, { to: [[camat, true]] });
  });

  test("of a top secret letter the pages are drawn and no copy leaves, for whoever it is", async () => {
    const [tu, sekda] = [await office.actor("tusetda"), await office.actor("sekda")];
    const blobs = { get: async () => assert.fail("the bytes left"), bytes: async () => new Uint8Array([1]) } as unknown as Parameters<typeof sendOriginal>[0]["blobs"]; // only these two are asked
    const deps = { blobs, draw: async () => ({ bytes: new Uint8Array([2]), mediaType: "image/webp" }), owners: [], noteReading: async () => undefined };
    const letterId = await directed(tu, sekda, { security: "SR" });
    const sha256 = (await show(letterId, sekda)).files[0]?.sha256 ?? "";
    for (const download of ["1", undefined] as const) await assert.rejects(look(sekda, (tx) => sendOriginal(deps)(tx, { id: letterId, sha256, download }, sekda)), refusedAs("secret_on_screen_only"));
    const page = await look(sekda, (tx) => sendPage(deps)(tx, { id: letterId, sha256, page: 1, width: 800 }, sekda));
    assert.deepEqual([(await page()).mediaType, (await page()).immutable], ["image/webp", false]);
    await assert.rejects(look(tu, (tx) => sendPage(deps)(tx, { id: letterId, sha256, page: 1, width: 800 }, tu)), notFound);
  });

  test("a secret letter that was directed wrongly, or whose disposisi was withdrawn, is closed again", async () => {
    const [tu, kadis, sekdis, kabid] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("sekdis"), office.actor("kabid")]);
    const letterId = await directed(tu, sekdis, { security: "SR", subject: "Isi yang salah alamat" });
    await inTx(tu, (tx) => direct(tx, { id: letterId, positionId: kadis.positionId }, tu));
    assert.equal((await show(letterId, sekdis)).facts?.subject, "Sampul tertutup");
    const [node = ""] = await give(letterId, kadis, { to: [[kabid, true]] });
    await inTx(kadis, (tx) => withdraw(tx, { id: node, reason: "Keliru" }, kadis));
    await assert.rejects(show(letterId, kabid), notFound);
    assert.equal((await show(letterId, kadis)).facts?.subject, "Isi yang salah alamat");
  });

  test("a file is sent only with the letter that carries it", async () => {
    const [tu, other] = await Promise.all([office.actor("tusetda"), office.actor("tudiskominfo")]);
    const [mine, theirs] = await Promise.all([upload(tu), upload(other)]);
    const sha256 = (await show(theirs, other)).files[0]?.sha256 ?? "";
    const original = sendOriginal({ blobs: unusedBlobs, draw: async () => undefined, owners: [], noteReading: unreachable });
    await assert.rejects(look(tu, (tx) => original(tx, { id: mine, sha256, download: undefined }, tu)), notFound);
  });
});

// The bytes are fetched only after the transaction, which these tests do not reach.
const unreachable = (): never => { throw new Error("no bytes are asked for in this test"); };
const unusedBlobs = { stage: unreachable, put: unreachable, get: unreachable, bytes: unreachable, path: unreachable, has: unreachable, verify: unreachable, beginsWith: unreachable, list: unreachable };

describe("the rules of disposisi on the real database", () => {
  test("withdrawn while unread, refused once read", async () => {
    const [tu, sekda, kadis, camat] = await Promise.all([office.actor("tusetda"), office.actor("sekda"), office.actor("kadis"), office.actor("camat")]);
    const letterId = await directed(tu, sekda);
    const [unread = ""] = await give(letterId, sekda, { to: [[camat, true]] });
    assert.equal((await inTx(sekda, (tx) => withdraw(tx, { id: unread, reason: "Salah tujuan" }, sekda))).status, "ditarik");
    assert.ok(!(await dutiesOf(camat)).some((duty) => duty.endsWith(letterId)));
    assert.ok((await dutiesOf(sekda)).includes(`selesaikan ${letterId}`));
    const [read = ""] = await give(letterId, sekda, { to: [[kadis, true]] });
    await inTx(kadis, (tx) => openDisposition(tx, { id: read }, kadis));
    await assert.rejects(inTx(sekda, (tx) => withdraw(tx, { id: read, reason: "" }, sekda)), refusedAs("already_read"));
  });

  test("a report that is returned waits again for the receiver", async () => {
    const [tu, sekda, kadis] = await Promise.all([office.actor("tusetda"), office.actor("sekda"), office.actor("kadis")]);
    const letterId = await directed(tu, sekda);
    const [node = ""] = await give(letterId, sekda, { to: [[kadis, true]] });
    await assert.rejects(inTx(kadis, (tx) => report(tx, { id: node, note: "" }, kadis)), refusedAs("report_needed"));
    await inTx(kadis, (tx) => report(tx, { id: node, note: "Sudah" }, kadis));
    await assert.rejects(inTx(kadis, (tx) => accept(tx, { id: node, note: "" }, kadis)), refusedAs("not_yours"));
    await assert.rejects(inTx(sekda, (tx) => giveBack(tx, { id: node, reason: "" }, sekda)), refusedAs("reason_needed"));
    await inTx(sekda, (tx) => giveBack(tx, { id: node, reason: "Lampirkan data" }, sekda));
    assert.ok((await dutiesOf(kadis)).includes(`tindak_lanjut ${letterId}`));
    assert.equal((await show(letterId, sekda)).tree[0]?.returnReason, "Lampirkan data");
  });

  test("a refused sheet changes nothing at all", async () => {
    const [tu, kadis, kabid, kabidb, camat] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("kabid"), office.actor("kabidb"), office.actor("camat")]);
    const letterId = await directed(tu, kadis);
    const yesterday = new Date(Date.parse(kadis.at) - 86_400_000).toISOString();
    await assert.rejects(give(letterId, kadis, { to: [[kabid, true]], due: yesterday }), refusedAs("due_in_past"));
    await assert.rejects(give(letterId, kadis, { to: [[kabid, false]] }), refusedAs("responsible_not_recipient"));
    await assert.rejects(give(letterId, kadis, { to: [[kadis, true]] }), refusedAs("dispose_to_self"));
    await assert.rejects(give(letterId, kadis, { to: [] }), refusedAs("no_recipient"));
    const [node = ""] = await give(letterId, kadis, { to: [[kabid, true]] });
    await assert.rejects(give(letterId, kabid, { parentId: node, to: [[camat, true]] }), refusedAs("not_yours"));
    await give(letterId, kabid, { parentId: node, to: [[kabidb, true]] });
    assert.equal((await show(letterId, kadis)).tree.length, 1);
  });

  test("one sheet, and one receiver with words and a deadline of his own: each reads his", async () => {
    const [tu, kadis, kabid, kabidb] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("kabid"), office.actor("kabidb")]);
    const letterId = await directed(tu, kadis);
    const due = new Date(Date.parse(kadis.at) + 86_400_000).toISOString();
    const own = { instructions: ["Untuk diketahui"], note: "Cukup dibaca", due };
    await give(letterId, kadis, { to: [[kabid, true], [kabidb, false, own]], note: "Siapkan jawaban" });
    assert.deepEqual((await show(letterId, kadis)).tree.map(({ instructions, note, due: until }) => ({ instructions, note, due: until })), [{ instructions: ["Tindak lanjuti"], note: "Siapkan jawaban", due: null }, own]);
    const duty = await look(kabidb, (tx) => tx.selectFrom("duty").select(["act", "due"]).where("tenant_id", "=", kabidb.tenantId).where("position_id", "=", kabidb.positionId).where("target_id", "=", letterId).executeTakeFirstOrThrow());
    assert.deepEqual([duty.act, duty.due === null ? null : new Date(duty.due).toISOString()], ["baca", due]);
    await assert.rejects(give(await directed(tu, kadis), kadis, { to: [[kabid, true], [kabidb, false, { ...own, due: kadis.at }]] }), refusedAs("due_in_past"));
  });

  test("who has nobody below or beside him is not offered to pass on, and is told so when he tries", async () => {
    const [tu, kadis, staf] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("staf")]);
    const letterId = await directed(tu, kadis);
    const [node = ""] = await give(letterId, kadis, { to: [[staf, true]] });
    const seen = await show(letterId, staf);
    assert.equal(seen.reach, "none");
    assert.deepEqual(seen.tree[0]?.may, ["open", "progress", "attach", "report"]);
    assert.equal((await show(letterId, kadis)).reach, "below");
    await assert.rejects(give(letterId, staf, { parentId: node, to: [[kadis, true]] }), refusedAs("nobody_in_reach"));
  });

  test("a passed deadline is late for giver and receiver", async () => {
    const [tu, sekda, kadis] = await Promise.all([office.actor("tusetda"), office.actor("sekda"), office.actor("kadis")]);
    const letterId = await directed(tu, sekda);
    const due = new Date(Date.parse(sekda.at) + 60_000).toISOString();
    const [node = ""] = await give(letterId, sekda, { to: [[kadis, true]], due });
    const later = await office.actor("sekda", new Date(Date.parse(due) + 60_000).toISOString());
    assert.equal((await show(letterId, later)).tree[0]?.late, true);
    assert.equal((await show(letterId, sekda)).tree[0]?.late, false);
    const given = await look(later, (tx) => list(tx, { scope: "given", open: "1", limit: 100 }, later));
    assert.deepEqual(given.items.filter((row) => row.id === node).map((row) => row.late), [true]);
  });

  test("lists page by key without losing or repeating a line", async () => {
    const [tu, kadis, kabid] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("kabid")]);
    const letters: Id[] = [];
    for (let count = 0; count < 7; count += 1) {
      const letterId = await directed(tu, kadis);
      await give(letterId, kadis, { to: [[kabid, true]] });
      letters.push(letterId);
    }
    const seen: Id[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 50; pages += 1) {
      const page = await look(kabid, (tx) => listLetters(tx, { limit: 3, cursor }, kabid));
      seen.push(...page.items.map((row) => row.id));
      if (page.next === null) break;
      cursor = page.next;
    }
    assert.equal(new Set(seen).size, seen.length);
    assert.deepEqual(seen.filter((letterId) => letters.includes(letterId)), letters.toReversed());
    const wanted = await directed(tu, kadis, { subject: "Permohonan narasumber 100% SPBE", sender: "Universitas Mulawarman" });
    for (const q of ["NARASUMBER", "mulawarman", "100% spbe"]) assert.deepEqual((await look(kadis, (tx) => listLetters(tx, { limit: 3, q, status: "diarahkan,dibaca" }, kadis))).items.map((row) => row.id), [wanted], q);
    assert.deepEqual((await look(kadis, (tx) => listLetters(tx, { limit: 3, q: "narasumber", status: "selesai" }, kadis))).items, []);
    assert.deepEqual((await look(kabid, (tx) => listLetters(tx, { limit: 3, q: "narasumber" }, kabid))).items, []);
    await assert.rejects(look(kabid, (tx) => listLetters(tx, { limit: 3, cursor: "nonsense" }, kabid)), refusedAs("malformed"));
  });
});

describe("letters from inside", () => {
  test("an internal letter has its own agenda number, is directed at once, and arrives once however often it is sent", async () => {
    const [kadis, sekda] = await Promise.all([office.actor("kadis"), office.actor("sekda")]);
    const system = systemActor(sekda.tenantId, sekda.at, sekda.today, "WITA", "test");
    const letterId = id();
    const arrival = { id: letterId, positionId: sekda.positionId, copy: false, facts: facts({ medium: "internal" }), files: [{ sha256: scan(), name: "surat.pdf", mediaType: "application/pdf", size: 9, pages: 1 }], origin: { kind: "internal", issuedId: id() } } as const;
    const first = await inTx(system, (tx) => receiveInternal(tx, arrival, system));
    const second = await inTx(system, (tx) => receiveInternal(tx, arrival, system));
    assert.deepEqual(second, first);
    assert.equal(first.status, "diarahkan");
    assert.ok((await dutiesOf(sekda)).includes(`disposisi ${letterId}`));
    await give(letterId, sekda, { to: [[kadis, true]] });
  });

  test("a reply and what it answers name each other, each to those who may see the other", async () => {
    const [tu, kadis, staf, sekda] = await Promise.all([office.actor("tudiskominfo"), office.actor("kadis"), office.actor("staf"), office.actor("sekda")]);
    const asked = await directed(tu, kadis, { subject: "Permintaan data" });
    const draftId = id();
    // The draft's own module comes later in the order; here only its row matters.
    await inTx(staf, async (tx) => {
      const [stamp] = await recordAll(tx, [{ thing: { kind: "draft", id: draftId, subject: draftId, revision: 0 }, events: [{ type: "draft.created" }] }], staf);
      assert.ok(stamp !== undefined);
      const state = { status: "konsep", unitId: staf.unitId, replyTo: asked, summary: { subject: "Jawaban permintaan data" } };
      await tx.insertInto("draft").values({ tenant_id: staf.tenantId, id: draftId, revision: 1, last_event: stamp.eventId, state: JSON.stringify(state) }).execute();
      await tx.insertInto("reader").values({ tenant_id: staf.tenantId, holder: `position:${kadis.positionId}`, subject_id: draftId, rule: "pemaraf", sight: "isi", thing_id: draftId, event_id: stamp.eventId, since: staf.at }).execute();
    });
    assert.deepEqual((await show(asked, kadis)).related, [{ kind: "naskah", id: draftId, relation: "dibalas_oleh", number: null, subject: "Jawaban permintaan data", status: "konsep" }]);
    assert.deepEqual((await show(asked, tu)).related, []);
    const system = systemActor(kadis.tenantId, kadis.at, kadis.today, "WITA", "test");
    const arrive = async (to: Actor): Promise<Id> => {
      const letterId = id();
      await inTx(system, (tx) => receiveInternal(tx, { id: letterId, positionId: to.positionId, copy: false, facts: facts({ medium: "internal" }), files: [], origin: { kind: "internal", issuedId: draftId } }, system));
      return letterId;
    };
    assert.deepEqual((await show(await arrive(kadis), kadis)).related.map((row) => [row.relation, row.id, row.subject]), [["membalas", asked, "Permintaan data"]]);
    assert.deepEqual((await show(await arrive(sekda), sekda)).related, []);
  });

  test("a copy waits only to be read", async () => {
    const asisten = await office.actor("asisten1");
    const system = systemActor(asisten.tenantId, asisten.at, asisten.today, "WITA", "test");
    const letterId = id();
    await inTx(system, (tx) => receiveInternal(tx, { id: letterId, positionId: asisten.positionId, copy: true, facts: facts({ medium: "internal" }), files: [], origin: { kind: "internal", issuedId: id() } }, system));
    assert.ok((await dutiesOf(asisten)).includes(`baca ${letterId}`));
    await inTx(asisten, (tx) => openLetter(tx, { id: letterId }, asisten));
    assert.ok(!(await dutiesOf(asisten)).some((duty) => duty.endsWith(letterId)));
  });

  test("a person cannot pretend that a letter arrived", async () => {
    const sekda = await office.actor("sekda");
    await assert.rejects(inTx(sekda, (tx) => receiveInternal(tx, { id: id(), positionId: sekda.positionId, copy: false, facts: facts(), files: [], origin: { kind: "internal", issuedId: id() } }, sekda)), refusedAs("not_yours"));
  });
});
