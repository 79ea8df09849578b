import assert from "node:assert/strict";
import { after, test } from "node:test";
import sharp from "sharp";
import { makePdf } from "../../../test/samples/pdf.ts";
import { makePhoto, makeScan, makeScanImage, makeTextPdf, sampleLetter } from "../../../test/samples/scan.ts";
import { createReader, UnreadableFile, type Progress } from "./reader.ts";
import type { ProposalField, Reading } from "./reading.ts";

const reader = createReader({ ocrPages: 1 });
after(reader.close);

const wanted: Partial<Record<ProposalField, string>> = {
  sender: "Dinas Komunikasi dan Informatika Provinsi Kalimantan Timur",
  number: "000.1.5/2214/DISKOMINFO/2026",
  date: "2026-11-19",
  subject: "Undangan Rapat Koordinasi Evaluasi SPBE Tahun 2026",
  attachment: "1 berkas",
  urgency: "segera",
  addressee: "Kepala Dinas Komunikasi dan Informatika Kabupaten Penajam Paser Utara",
  due: "2026-11-25",
  eventDate: "2026-11-26",
  eventTime: "09:00 WITA",
  eventPlace: "Ruang Rapat Wijaya Kusuma, Samarinda",
};
const letter = sampleLetter({ nomor: "000.1.5/2214/DISKOMINFO/2026" });
const drawn = async (bytes: Uint8Array, mediaType: string, width: number): Promise<Uint8Array> => (await reader.pageImage(bytes, mediaType, 1, width)) ?? new Uint8Array(0);
const fieldsOf = (reading: Reading): unknown => Object.fromEntries(reading.proposals.map(({ field, value }) => [field, value]));

test("a PDF with a text layer is read from it, every field", async () => {
  const reading = await reader.read(makeTextPdf(letter), "application/pdf");
  assert.equal(reading.pages[0]?.source, "text");
  assert.deepEqual(fieldsOf(reading), wanted);
  assert.match(reading.text, /Kamis, 26 November 2026/);
});

test("a scanned PDF, askew and grainy, is read by OCR, every field, each where it stands on the page", async () => {
  const pdf = await makeScan(letter);
  const reading = await reader.read(pdf, "application/pdf");
  assert.equal(reading.pages[0]?.source, "ocr");
  assert.deepEqual(fieldsOf(reading), wanted);
  // What the box of the number shows is dark on light, and lies in the upper left half: it is the number's ink.
  const box = reading.proposals.find((proposal) => proposal.field === "number")?.box ?? { x: 0, y: 0, w: 0, h: 0 };
  const page = await drawn(pdf, "application/pdf", 1654);
  const { width = 0, height = 0 } = await sharp(page).metadata();
  const cut = sharp(page).extract({ left: Math.floor(box.x * width), top: Math.floor(box.y * height), width: Math.ceil(box.w * width), height: Math.ceil(box.h * height) });
  const [ink] = (await sharp(await cut.greyscale().png().toBuffer()).stats()).channels;
  assert.ok(ink !== undefined && ink.min < 90 && ink.mean > 130 && ink.mean < 235, JSON.stringify(ink));
  assert.ok(box.x > 0.15 && box.x + box.w < 0.6 && box.y > 0.1 && box.y < 0.3, JSON.stringify(box));
});

test("a phone's photo that lies on its side under a shadow is turned and read, every field", async () => {
  const photo = await makePhoto(letter);
  const seen: Progress[] = [];
  const reading = await reader.read(photo, "image/jpeg", { onProgress: (progress) => void seen.push(progress) });
  assert.deepEqual(fieldsOf(reading), wanted);
  assert.deepEqual([reading.pages[0]?.width, reading.pages[0]?.height], [1800, 2545]);
  assert.deepEqual(seen, [{ page: 1, pages: 1 }]);
  const { width = 0, height = 0, orientation, exif } = await sharp(await drawn(photo, "image/jpeg", 400)).metadata();
  assert.deepEqual([width, Math.round(height / 10), orientation, exif], [400, 57, undefined, undefined]);
});

test("scanned pages beyond the limit are left unread and say so; pages of text are read however many there are", async () => {
  const { jpeg, width, height } = await makeScanImage(sampleLetter({ isi: [] }));
  const { channels } = await sharp(jpeg).metadata();
  const scan = { jpeg, pixels: { width, height }, grey: channels === 1 };
  const prose = { lines: [{ x: 72, y: 80, text: "Daftar peserta rapat terlampir" }] };
  const seen: Progress[] = [];
  const reading = await reader.read(makePdf([scan, scan, prose]), "application/pdf", { onProgress: (progress) => void seen.push(progress) });
  assert.deepEqual(reading.pages.map((page) => page.source), ["ocr", "unread", "text"]);
  assert.deepEqual(seen, [{ page: 1, pages: 3 }, { page: 3, pages: 3 }]);
  assert.match(reading.text, /\f\fDaftar peserta rapat terlampir$/);
});

test("a turned page of text has its words where the viewer shows them", async () => {
  const pdf = (rotate: 0 | 90): Uint8Array => makePdf([{ rotate, lines: [{ x: 72, y: 80, text: "Nomor : 1/2/2026" }] }]);
  const [straight] = (await reader.read(pdf(0), "application/pdf")).pages;
  const [turned] = (await reader.read(pdf(90), "application/pdf")).pages;
  const [word, same] = [straight?.words[0], turned?.words[0]];
  assert.ok(word && same);
  // A quarter turn to the right: left becomes top, top becomes right.
  assert.ok(Math.abs(same.y - word.x) < 0.01 && Math.abs(same.x + same.w - (1 - word.y)) < 0.01, JSON.stringify([word, same]));
  assert.ok(turned !== undefined && straight !== undefined && turned.width === straight.height);
});

test("page images have the width that was asked for, within limits, and pages that are not there have none", async () => {
  const pdf = makeTextPdf();
  const widthOf = async (width: number): Promise<number> => (await sharp(await drawn(pdf, "application/pdf", width)).metadata()).width;
  assert.deepEqual([await widthOf(400), await widthOf(1), await widthOf(90_000)], [400, 80, 2400]);
  for (const page of [0, 2, -1, 1.5, Number.NaN]) assert.equal(await reader.pageImage(pdf, "application/pdf", page, 400), undefined, String(page));
  assert.equal(await reader.pageImage(pdf, "text/plain", 1, 400), undefined);
});

test("a file that cannot be read is a named fault, and the next file is read", async () => {
  await assert.rejects(reader.read(new TextEncoder().encode("%PDF-1.7 rusak"), "application/pdf"), UnreadableFile);
  await assert.rejects(reader.read(new Uint8Array(100), "image/png"), UnreadableFile);
  await assert.rejects(reader.read(makeTextPdf(letter), "application/msword"), UnreadableFile);
  const listener = new Error("the database went away");
  await assert.rejects(reader.read(makeTextPdf(letter), "application/pdf", { onProgress: () => Promise.reject(listener) }), (error) => error === listener);
  assert.equal((await reader.read(makeTextPdf(letter), "application/pdf")).proposals.length, Object.keys(wanted).length);
});

test("a page on which OCR does not end in time is left unread", async () => {
  const hasty = createReader({ ocrTimeoutMs: 1 });
  const reading = await hasty.read(await makeScan(letter), "application/pdf");
  assert.deepEqual([reading.pages.map((page) => page.source), reading.proposals, reading.text], [["unread"], [], ""]);
  await hasty.close();
});
