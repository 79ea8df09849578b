import assert from "node:assert/strict";
import { generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import encodeQR from "qr";
import { addressParts, looksLikeSeal, makeSeal, readSeal, saysSame, type SealFacts } from "./seal.ts";

const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const es256 = async (message: Uint8Array): Promise<Uint8Array> => new Uint8Array(sign("sha256", message, { key: privateKey, dsaEncoding: "ieee-p1363" }));
const keyId = Uint8Array.of(1, 2, 3, 4);
const seal = (facts: SealFacts): Promise<string> => makeSeal(facts, keyId, es256);
const read = (text: string): SealFacts => {
  const found = readSeal(text);
  return "facts" in found ? found.facts : assert.fail(found.damage);
};

const full: SealFacts = { code: "7F3KQ92MAB", date: "2026-11-28", content: "ab".repeat(16), number: "000.1.5/045/DISKOMINFO/2026", institution: "64.09", subject: "Undangan Rapat", post: "Sekretaris Daerah", pages: 2 };

test("says what it was given, and of a secret letter only its code and date", async () => {
  assert.deepEqual(read(await seal(full)), full);
  const secret = { code: full.code, date: full.date };
  assert.deepEqual(read(await seal(secret)), secret);
  assert.deepEqual(read((await seal(full)).toLowerCase()), full);
});

test("whatever a letter is called, its code stays within version 15 at error correction M, and reads back", async () => {
  const words = (most: number) => fc.string({ unit: "grapheme", maxLength: most });
  await fc.assert(fc.asyncProperty(words(120), words(300), words(200), fc.nat(500), async (number, subject, post, pages) => {
    const text = await seal({ ...full, number, subject, post, pages });
    const facts = read(text);
    assert.equal(facts.code, full.code);
    assert.ok(saysSame(facts.number, number) && saysSame(facts.subject, subject) && saysSame(facts.post, post));
    const modules = encodeQR(`HTTPS://PERSURATAN.KABUPATENCONTOH.GO.ID/V/${text}`, "raw", { ecc: "medium", encoding: "alphanumeric", border: 1, scale: 1 }).length - 2;
    assert.ok(modules <= 77, `${modules} modules`);
  }), { numRuns: 100 });
});

test("a letter of the usual kind is version 13 or less: coarse enough for a scan at 150 dpi on 30 mm", async () => {
  const text = await seal({ ...full, subject: "Permohonan Dukungan Jaringan Intra Pemerintah untuk Kantor Kecamatan", post: "Kepala Dinas Komunikasi dan Informatika" });
  const modules = encodeQR(`HTTPS://SURAT.PENAJAMKAB.GO.ID/V/${text}`, "raw", { ecc: "medium", encoding: "alphanumeric", border: 1, scale: 1 }).length - 2;
  assert.ok(modules <= 69, `${modules} modules`);
});

test("an address is taken apart in any case of letters, and nothing else is an address", () => {
  assert.deepEqual(addressParts("HTTPS://Surat.Contoh.GO.ID/V/abc-2"), { host: "surat.contoh.go.id", last: "ABC-2" });
  assert.deepEqual(addressParts(" http://localhost:8080/v/ABC "), { host: "localhost:8080", last: "ABC" });
  for (const text of ["https://a@b/v/ABC", "https://a/v/ABC/d", "https://a/x/ABC", "ftp://a/v/ABC", "https://a/v/", "https://a/v/ABC?x", "ABC"]) assert.equal(addressParts(text), undefined, text);
  assert.deepEqual([looksLikeSeal("7F3KQ92MAB"), looksLikeSeal("A".repeat(200))], [false, true]);
});

test("a text that was cut says the same as its beginning, and as nothing else", () => {
  assert.deepEqual([saysSame("Undangan…", "Undangan rapat"), saysSame("Undangan", "Undangan rapat"), saysSame(undefined, "x"), saysSame("…", "x"), saysSame("Surat…", "Undangan")], [true, false, true, true, false]);
});
