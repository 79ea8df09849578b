import assert from "node:assert/strict";
import { test } from "node:test";
import { lostPart, parcelPart, requestPart, type ParcelView, type RequestView } from "./followed.ts";

const reader = { language: "id", host: "surat.contoh.go.id" } as const;
const hostile = `"><script>alert(1)</script>`;

const request: RequestView = {
  service: "Surat Keterangan Domisili", government: "Desa Bukit Raya", above: ["Pemerintah Kabupaten Penajam Paser Utara", "Kecamatan Sepaku"], address: ["Jalan Negara 1"], zone: "WITA", status: 2, since: "2026-11-28T03:00:00.000Z", reason: null,
  steps: [
    { kind: "diterima", state: "selesai", post: "Kasi Pelayanan", person: "Dimas", at: "2026-11-28T03:00:00.000Z" },
    { kind: "tanda_tangan", state: "sekarang", post: "Kepala Desa", person: "Suparman", at: null },
    { kind: "siap", state: "nanti", post: null, person: null, at: null },
  ],
  letter: null,
};
const parcel: ParcelView = { letter: { number: "1/2026", date: "2026-11-28", subject: "Undangan", office: "Dinas", signer: "Nurlaila", post: "Kepala Dinas" }, file: { sha256: "1".repeat(64), name: "surat.pdf", mediaType: "application/pdf", size: 65_000, pages: 2 }, verificationUrl: "https://surat.contoh.go.id/v/ABCDEFGHJK", to: "Yayasan" };

test("what people wrote cannot leave its place, nor the element that holds the page", () => {
  const told = [
    requestPart({ ...request, service: hostile, government: hostile, above: [hostile], address: [hostile], status: 0, reason: `</noscript>${hostile}`, steps: request.steps.map((step) => ({ ...step, post: hostile, person: hostile })), letter: { number: hostile, code: "A", size: 1, verificationUrl: hostile } }, hostile, reader),
    parcelPart({ ...parcel, letter: { ...parcel.letter, subject: `</noscript>${hostile}`, number: hostile, office: hostile, signer: hostile, post: hostile }, file: { ...parcel.file, name: hostile }, verificationUrl: hostile, to: hostile }, hostile, reader),
  ];
  for (const page of told) assert.doesNotMatch(page, /<script|<\/noscript|<\/script/i);
});

test("a resident reads at whose desk his letter is, what is done and what comes, and gets it when it is there", () => {
  const page = requestPart(request, "abc", reader);
  for (const words of ["Surat Anda di meja Kepala Desa", "Pemerintah Desa Bukit Raya", "Kecamatan Sepaku, Kabupaten Penajam Paser Utara", "28&nbsp;November 2026 pukul 11.00&nbsp;WITA", "Menunggu tanda tangan", "Surat ini gratis."]) assert.ok(page.includes(words), words);
  assert.doesNotMatch(page, /Unduh/);
  const ready = requestPart({ ...request, status: 3, letter: { number: "1/2026", code: "A", size: 65_000, verificationUrl: "/v/A" } }, "abc", { ...reader, language: "en" });
  assert.match(ready, /href="\/api\/public\/requests\/abc\/file" download>Download the letter \(PDF, 65 KB\)/);
});

test("given back, the reason stands above the stations, and the counter is named", () => {
  const page = requestPart({ ...request, status: 0, reason: "Bawa KK yang terbaru.", steps: [{ kind: "diperiksa", state: "sekarang", post: "Kasi Pelayanan", person: "Dimas", at: null }] }, "abc", reader);
  for (const words of ["Berkas Anda belum lengkap", "Bawa KK yang terbaru.", "Menunggu kelengkapan dari Anda", "Loket: Jalan Negara 1"]) assert.ok(page.includes(words), words);
});

test("a receiver outside reads whose letter it is and fetches it; an unknown link says what to do", () => {
  const page = parcelPart(parcel, "abc", reader);
  for (const words of ["Surat resmi untuk Yayasan", "Undangan", "/api/public/parcels/abc/file", "28&nbsp;November 2026", "2 halaman"]) assert.ok(page.includes(words), words);
  assert.match(lostPart("lostRequest", reader), /Tautan ini tidak dikenal.*Salin tautan selengkapnya dari resi Anda/s);
});
