import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import sharp from "sharp";
import { makeEncryptedPdf, makePdf, type SamplePage } from "../../../test/samples/pdf.ts";
import { acceptUpload, defaultUploadLimits } from "./accept.ts";
import { openPdfEngine } from "./pdf.ts";

const engine = openPdfEngine();
after(engine.close);

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const page: SamplePage = { lines: [{ x: 72, y: 72, text: "Nomor : 000.1.5/2214/DISKOMINFO-I/2026" }] };
const photo = (format: "jpeg" | "png" | "webp" | "gif" | "tiff"): Promise<Uint8Array> =>
  sharp({ create: { width: 300, height: 400, channels: 3, background: "#fff", noise: { type: "gaussian", mean: 200, sigma: 20 } } })
    .toFormat(format)
    .toBuffer();

const outcome = async (bytes: Uint8Array, name = "surat.pdf", limits = defaultUploadLimits): Promise<string> => {
  const answer = await acceptUpload(bytes, name, engine, limits);
  return "refused" in answer ? answer.refused : `${answer.accepted.mediaType} ${answer.accepted.pages}`;
};

test("PDFs and photos are taken in by what they are, whatever their names say", async () => {
  assert.equal(await outcome(makePdf([page, page]), "foto.jpg"), "application/pdf 2");
  assert.equal(await outcome(await photo("jpeg"), "surat.pdf"), "image/jpeg 1");
  assert.equal(await outcome(await photo("png")), "image/png 1");
  assert.equal(await outcome(await photo("webp")), "image/webp 1");
  assert.equal(await outcome(new Uint8Array([...text("\r\nHP Scan\r\n"), ...makePdf([page])])), "application/pdf 1");
});

test("a file on disk is looked at without the caller reading it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lontar-accept-"));
  const path = join(folder, "scan");
  await writeFile(path, makePdf([page]));
  assert.deepEqual(await acceptUpload({ path }, "scan.pdf", engine), { accepted: { mediaType: "application/pdf", pages: 1, size: makePdf([page]).length } });
  await rm(folder, { recursive: true });
});

test("each bad file has its own refusal", async () => {
  const jpeg = await photo("jpeg");
  const png = await photo("png");
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ["nothing", new Uint8Array(0), "file_empty"],
    ["text renamed to .pdf", text("Yth. Bapak Kepala Dinas,\nini bukan PDF"), "file_not_supported"],
    ["a page of the web", text("<!DOCTYPE html><script>alert(1)</script>"), "file_not_supported"],
    ["SVG, which can carry scripts", text("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "file_not_supported"],
    ["a program", new Uint8Array([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, ...new Uint8Array(200)]), "file_not_supported"],
    ["an archive", new Uint8Array([0x50, 0x4b, 3, 4, ...new Uint8Array(100)]), "file_not_supported"],
    ["a GIF", await photo("gif"), "file_not_supported"],
    ["a TIFF", await photo("tiff"), "file_not_supported"],
    ["random bytes", Uint8Array.from({ length: 500 }, (_, index) => (index * 7919) % 251), "file_not_supported"],
    ["a PDF with a password", makeEncryptedPdf(), "pdf_encrypted"],
    ["the beginning of a PDF", makePdf([page]).slice(0, 200), "pdf_broken"],
    ["only the name of a PDF", text("%PDF-1.7\n"), "pdf_broken"],
    ["a PDF without pages", makePdf([]), "pdf_broken"],
    ["half a JPEG", jpeg.slice(0, jpeg.length >> 1), "image_broken"],
    ["half a PNG", png.slice(0, png.length >> 1), "image_broken"],
    ["the first bytes of a JPEG", jpeg.slice(0, 20), "image_broken"],
    ["a PNG with a hole", png.map((byte, index) => (index > 2000 && index < 3000 ? 0 : byte)), "image_broken"],
  ];
  for (const [what, bytes, refusal] of cases) assert.equal(await outcome(bytes), refusal, what);
});

test("limits are exact: the last that fits is taken in, the next is refused", async () => {
  const limits = { bytes: 100_000, pages: 3, pixels: 300 * 400 };
  assert.equal(await outcome(makePdf([page, page, page]), "a", limits), "application/pdf 3");
  assert.equal(await outcome(makePdf([page, page, page, page]), "a", limits), "pdf_too_many_pages");
  assert.equal(await outcome(new Uint8Array(100_001), "a", limits), "file_too_large");
  assert.equal(await outcome(await photo("jpeg"), "a", limits), "image/jpeg 1");
  assert.equal(await outcome(await photo("jpeg"), "a", { ...limits, pixels: 300 * 400 - 1 }), "image_too_large");
});

test("three thousand pages are counted and refused, not opened", async () => {
  const answer = await acceptUpload(makePdf(Array.from({ length: 3000 }, () => page)), "tebal.pdf", engine);
  assert.deepEqual(answer, { refused: "pdf_too_many_pages", facts: { name: "tebal.pdf", pages: 3000, limit: 500 } });
});

test("a picture that claims to be enormous is refused before it is decoded", async () => {
  // A PNG header for 60,000 × 60,000 pixels with its correct checksum, and no pixels.
  const header = await sharp({ create: { width: 1, height: 1, channels: 3, background: "#fff" } }).png().toBuffer();
  header.writeUInt32BE(60_000, 16);
  header.writeUInt32BE(60_000, 20);
  header.writeUInt32BE(crc32(header.subarray(12, 29)), 29);
  assert.equal(await outcome(header), "image_too_large");
});

test("what a refused file really is, is named", async () => {
  assert.deepEqual(await acceptUpload(text("catatan rapat"), "surat.pdf", engine), { refused: "file_not_supported", facts: { name: "surat.pdf", found: "text/plain" } });
  assert.deepEqual(await acceptUpload(await photo("gif"), "surat.pdf", engine), { refused: "file_not_supported", facts: { name: "surat.pdf", found: "image/gif" } });
});

test("no damage to a good file makes the server throw", async () => {
  const good = [makePdf([page, page]), await photo("png"), await photo("jpeg"), await photo("webp")];
  await fc.assert(
    fc.asyncProperty(fc.nat(good.length - 1), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 20 }), fc.double({ min: 0.05, max: 1, noNaN: true }), async (which, changes, share) => {
      const bytes = Uint8Array.from(good[which] ?? new Uint8Array(0));
      for (const [at, value] of changes) bytes[at % bytes.length] = value;
      const answer = await acceptUpload(bytes.slice(0, Math.ceil(bytes.length * share)), "rusak", engine);
      assert.ok("refused" in answer || answer.accepted.pages >= 1);
    }),
    { numRuns: 60 },
  );
});
