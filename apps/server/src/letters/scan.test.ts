import assert from "node:assert/strict";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, describe, test } from "node:test";
import { contract } from "@lontar/contract";
import { createOffice, type TestOffice } from "../../test/office.ts";
import { until } from "../../test/until.ts";
import type { Actor } from "../kernel/actor.ts";
import { inTenant, readTenant } from "../kernel/db.ts";
import { openBlobStore, type BlobStore } from "../kernel/files/blobs.ts";
import { ConfinedFault } from "../kernel/files/confined.ts";
import type { Steps, Upload } from "../kernel/http.ts";
import { realSource, type Id } from "../kernel/ids.ts";
import { NotFound, Refused } from "../kernel/refusal.ts";
import { search } from "../records/queries.ts";
import { direct, register } from "./commands.ts";
import { sendPage, type DrawPage } from "./files.ts";
import { letterJobs, type ReadScan } from "./jobs.ts";
import type { LetterDispositions } from "./view.ts";
import { show } from "./queries.ts";
import type { Inspect } from "../kernel/files/take.ts";
import { uploadScan } from "./upload.ts";

let office: TestOffice;
let folder: string;
let blobs: BlobStore;
before(async () => {
  office = await createOffice("scan");
  folder = await mkdtemp(join(tmpdir(), "lontar-scan-"));
  blobs = await openBlobStore(folder);
});
after(async () => {
  await office.close();
  await rm(folder, { recursive: true, force: true });
});

const noTree: LetterDispositions = async () => ({ tree: [], restingAt: [], reach: "none", concealed: new Set() });
const look = async (letterId: Id, by: Actor) => contract["received.show"].result.parse(await readTenant(office.db, by.tenantId, (tx) => show(tx, letterId, by, noTree)));
const stepsOf = (by: Actor): Steps => ({ transaction: (work) => inTenant(office.db, by.tenantId, work), finish: (work) => inTenant(office.db, by.tenantId, work) });
const upload = (stream: Readable, over: Partial<Upload> = {}): Upload => ({ id: realSource.id(), name: "C:\\scan\\surat masuk.pdf", stream, wasCut: () => false, ...over });
const bytesOf = (text: string): Readable => Readable.from([Buffer.from(text)]);
const acceptsAll: Inspect = async () => ({ accepted: { mediaType: "application/pdf", pages: 3 } });
const take = (by: Actor, given: Upload, inspect: Inspect = acceptsAll, maxBytes = 1000) => uploadScan({ blobs, inspect, maxBytes })(stepsOf(by), given, by);
const refusedAs = (code: string) => (error: unknown): boolean => error instanceof Refused && error.code === code;

const stored = async (): Promise<number> => {
  let count = (await readdir(join(folder, "incoming"))).length;
  for await (const _hash of blobs.list()) count += 1;
  return count;
};
const letters = async (): Promise<number> => Number((await office.pool.query<{ n: string }>("select count(*) as n from received")).rows[0]?.n);

describe("taking in a scan", () => {
  test("a scan becomes a letter, its bytes a blob, and a job will read it", async () => {
    const tu = await office.actor("tusetda");
    const given = upload(bytesOf("surat pertama"));
    assert.deepEqual(await take(tu, given), { id: given.id, duplicates: [] });
    const view = await look(given.id, tu);
    assert.deepEqual([view.status, view.files[0]?.name, view.files[0]?.pages, view.files[0]?.size, view.reading?.status, view.nextAgenda], ["diterima", "surat masuk.pdf", 3, 13, "menunggu", "0001"]);
    assert.equal(await blobs.has(view.files[0]?.sha256 ?? ""), true);
    const jobs = await office.pool.query<{ task: string }>("select task_identifier as task from graphile_worker.jobs where key = $1", [`read:${given.id}`]);
    assert.deepEqual(jobs.rows, [{ task: "letters.read" }]);
    const again = upload(bytesOf("surat pertama"));
    assert.deepEqual((await take(tu, again)).duplicates.map((found) => [found.id, found.why]), [[given.id, "berkas_sama"]]);
  });

  const broken = (): Readable => new Readable({ read() { this.push(Buffer.from("setengah")); this.destroy(new Error("aborted")); } });
  const cases: readonly (readonly [string, () => Upload, Inspect, string])[] = [
    ["refused for what it is", () => upload(bytesOf("<html>")), async () => ({ refused: "file_not_supported", facts: { found: "text/html" } }), "file_not_supported"],
    ["cut off by the network", () => upload(broken()), acceptsAll, "file_interrupted"],
    ["larger than allowed", () => upload(bytesOf("x".repeat(1001))), acceptsAll, "file_too_large"],
    ["cut by the edge's own limit", () => upload(bytesOf("x"), { wasCut: () => true }), acceptsAll, "file_too_large"],
  ];
  for (const [name, given, inspect, code] of cases) {
    test(`an upload ${name} leaves nothing`, async () => {
      const tu = await office.actor("tusetda");
      const before = [await stored(), await letters()];
      await assert.rejects(take(tu, given(), inspect), refusedAs(code));
      assert.deepEqual([await stored(), await letters()], before);
    });
  }

  test("someone who may not register is refused before a byte is stored", async () => {
    const staf = await office.actor("staf");
    const before = await stored();
    await assert.rejects(take(staf, upload(bytesOf("dari staf"))), refusedAs("not_yours"));
    assert.equal(await stored(), before);
  });
});

test("a page that kills its drawer is drawn no second time", async () => {
  const tu = await office.actor("tusetda");
  const given = upload(bytesOf("halaman yang tidak selesai"));
  await take(tu, given);
  const sha256 = (await look(given.id, tu)).files[0]?.sha256 ?? "";
  let drawn = 0;
  const draw: DrawPage = async (_bytes, _type, page) => {
    drawn += 1;
    if (page === 2) throw new ConfinedFault("no answer within 20000 ms");
    return { bytes: new Uint8Array([1]), mediaType: "image/webp" };
  };
  const send = sendPage({ blobs, draw, owners: [], noteReading: async () => undefined });
  const page = async (number: number) => (await readTenant(office.db, tu.tenantId, (tx) => send(tx, { id: given.id, sha256, page: number, width: 100 }, tu)))();
  for (let time = 0; time < 3; time += 1) await assert.rejects(page(2), (error) => error instanceof NotFound);
  assert.equal(drawn, 1);
  assert.equal((await page(1)).mediaType, "image/webp");
});

describe("reading a scan", () => {
  const proposal = { field: "nomor", value: "005/9/2026", raw: "005/9/2026", page: 1, box: { x: 0.1, y: 0.1, w: 0.2, h: 0.02 }, confidence: 0.9 };
  const jobsWith = (readScan: ReadScan) => letterJobs({ db: office.db, blobs, source: realSource, readScan });
  const run = async (readScan: ReadScan, by: Actor, letterId: Id, attempt = 1): Promise<void> => jobsWith(readScan)["letters.read"]?.({ tenantId: by.tenantId, letterId }, attempt);
  const facts = { sender: "BPBD Provinsi", number: "300.2.3/1187/BPBD-II/2026", date: "2026-11-18", subject: "Kesiapsiagaan banjir", summary: "", receivedOn: "2026-11-24", attachment: "", medium: "kertas", security: "B", urgency: "biasa", classification: null, due: null } as const;
  const find = async (q: string, by: Actor) => contract["archive.search"].result.parse(await readTenant(office.db, by.tenantId, (tx) => search(tx, { q, limit: 10 }, by)));

  test("the clerk sees pages being read, then the proposals; the second run changes nothing", async () => {
    const tu = await office.actor("tusetda");
    const given = upload(bytesOf("surat yang dibaca"));
    await take(tu, given);
    const seen: unknown[] = [];
    let reads = 0;
    const reader: ReadScan = async (bytes, mediaType, onProgress) => {
      reads += 1;
      assert.deepEqual([Buffer.from(bytes).toString(), mediaType], ["surat yang dibaca", "application/pdf"]);
      await onProgress(2);
      seen.push((await look(given.id, tu)).reading);
      return { text: "Sehubungan dengan\u0000 rencana pembangunan dermaga", proposals: [proposal] };
    };
    await run(reader, tu, given.id);
    await run(reader, tu, given.id);
    assert.equal(reads, 1);
    assert.deepEqual(seen, [{ status: "membaca", pages: 3, pagesRead: 2, proposals: [] }]);
    assert.deepEqual((await look(given.id, tu)).reading, { status: "selesai", pages: 3, pagesRead: 3, proposals: [proposal] });
    const found = await find("pembangunan dermaga", tu);
    assert.deepEqual(found.items.map((hit) => [hit.id, hit.foundIn, hit.excerpt.includes("dermaga")]), [[given.id, "pindaian", true]]);
  });

  test("a reading that fails is tried again, and after three times the clerk is told", async () => {
    const tu = await office.actor("tusetda");
    const given = upload(bytesOf("surat yang rusak"));
    await take(tu, given);
    const fails: ReadScan = async () => { throw new Error("mesin baca mati"); };
    await assert.rejects(run(fails, tu, given.id, 1), /mesin baca mati/);
    assert.equal((await look(given.id, tu)).reading?.status, "membaca");
    await assert.rejects(run(fails, tu, given.id, 3), /mesin baca mati/);
    assert.equal((await look(given.id, tu)).reading?.status, "gagal");
    await run(async () => ({ text: "akhirnya", proposals: [] }), tu, given.id, 4);
    assert.equal((await look(given.id, tu)).reading?.status, "selesai");
  });

  test("facts are found by word, by stem and by a part of the number, only by those who may see the letter", async () => {
    const [tu, kadis] = await Promise.all([office.actor("tusetda"), office.actor("kadis")]);
    const given = upload(bytesOf("surat bpbd"));
    await take(tu, given);
    await run(async () => ({ text: "", proposals: [] }), tu, given.id);
    await inTenant(office.db, tu.tenantId, (tx) => register(tx, { id: given.id, facts, separateBecause: "" }, tu));
    await jobsWith(async () => ({ text: "", proposals: [] }))["letters.index"]?.({ tenantId: tu.tenantId, letterId: given.id }, 1);
    for (const words of ["kesiapsiagaan", "banjir", "1187/BPBD", "BPBD provinsi"]) {
      assert.deepEqual((await find(words, tu)).items.map((hit) => [hit.id, hit.foundIn, hit.number]), [[given.id, "data", facts.number]], words);
      assert.deepEqual((await find(words, kadis)).items, [], words);
    }
    assert.deepEqual((await find("100%_\\'\"); drop", tu)).items, []);
  });

  test("nothing inside a secret letter can be found, not even by its registrar", async () => {
    const [tu, kadis] = await Promise.all([office.actor("tusetda"), office.actor("kadis")]);
    const given = upload(bytesOf("surat rahasia"));
    await take(tu, given);
    const reader: ReadScan = async () => ({ text: "nama pelapor adalah Joko", proposals: [] });
    await run(reader, tu, given.id);
    assert.equal((await find("pelapor", tu)).items.length, 1);
    const late: (Promise<void> | undefined)[] = [];
    await inTenant(office.db, tu.tenantId, async (tx) => {
      await register(tx, { id: given.id, facts: { ...facts, number: "R/1/2026", subject: "Dugaan pelanggaran", security: "R" }, separateBecause: "" }, tu);
      await direct(tx, { id: given.id, positionId: kadis.positionId }, tu);
      late.push(run(reader, tu, given.id)); // a reading that ends while the letter is being registered
      await until(async () => ((await office.pool.query("select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'")).rowCount === 1 ? true : undefined), "the reading waits for the registration");
    });
    await Promise.all(late);
    assert.deepEqual((await find("pelapor", tu)).items, []);
    await jobsWith(reader)["letters.index"]?.({ tenantId: tu.tenantId, letterId: given.id }, 1);
    for (const words of ["pelapor", "pelanggaran"]) assert.deepEqual((await find(words, tu)).items, []);
    assert.deepEqual((await find("R/1/2026", tu)).items.map((hit) => hit.subject), ["Sampul tertutup"]);
  });

  test("search pages by key, in the order in which letters came, newest first", async () => {
    const tu = await office.actor("tudiskominfo");
    for (const day of ["03", "01", "02"]) {
      const given = upload(bytesOf(`undangan ${day}`));
      await take(tu, given);
      await inTenant(office.db, tu.tenantId, (tx) => register(tx, { id: given.id, facts: { ...facts, number: `005/${day}`, date: `2026-11-${day}`, subject: "Undangan rapat" }, separateBecause: "" }, tu));
      await jobsWith(async () => ({ text: "", proposals: [] }))["letters.index"]?.({ tenantId: tu.tenantId, letterId: given.id }, 1);
    }
    const dates: (string | null)[] = [];
    for (let cursor: string | undefined, pages = 0; pages < 5; pages += 1) {
      const page = await readTenant(office.db, tu.tenantId, (tx) => search(tx, { q: "undangan", limit: 1, cursor }, tu));
      dates.push(...page.items.map((hit) => hit.date));
      if (page.next === null) break;
      cursor = page.next;
    }
    assert.deepEqual(dates, ["2026-11-02", "2026-11-01", "2026-11-03"]);
    for (const cursor of ["x", "2026-11-01", "-".repeat(36)]) await assert.rejects(readTenant(office.db, tu.tenantId, (tx) => search(tx, { q: "undangan", limit: 1, cursor }, tu)), refusedAs("malformed"));
  });
});
