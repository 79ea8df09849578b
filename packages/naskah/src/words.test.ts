import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { signatureLines, signatureTitle, signingPost } from "./authority.ts";
import { hariTanggal, localDate, pukul, tanggalPanjang, tanggalWaktu } from "./date.ts";
import { formatNumber, jumlah, parseNumberPattern, romanMonth, terbilang } from "./number.ts";

test("dates are written as letters write them", () => {
  assert.equal(tanggalPanjang("2026-11-24"), "24 November 2026");
  assert.equal(tanggalPanjang("2026-01-01"), "1 Januari 2026");
  assert.equal(hariTanggal("2026-11-24"), "Selasa, 24 November 2026");
  assert.equal(hariTanggal("2000-02-29"), "Selasa, 29 Februari 2000");
  assert.equal(pukul("09:00", "WITA"), "09.00 WITA");
  assert.equal(tanggalWaktu("2026-11-24T01:05:00Z", "WITA"), "24 November 2026 pukul 09.05 WITA");
  assert.equal(tanggalWaktu("2026-12-31T16:00:00.000Z", "WITA"), "1 Januari 2027 pukul 00.00 WITA");
  assert.equal(tanggalWaktu("2026-12-31T16:00:00Z", "WIB"), "31 Desember 2026 pukul 23.00 WIB");
});

test("weekdays follow each other through a year and the leap day", () => {
  const days = Array.from({ length: 800 }, (_, index) => hariTanggal(new Date(Date.UTC(2027, 0, 1 + index)).toISOString().slice(0, 10)).split(",")[0]);
  const week = ["Jumat", "Sabtu", "Minggu", "Senin", "Selasa", "Rabu", "Kamis"];
  assert.deepEqual(days, days.map((_, index) => week[index % 7]));
});

test("a date that no calendar has is refused", () => {
  for (const text of ["2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "26-01-01", "2026-1-1", "", "0000-01-01"]) assert.equal(localDate.safeParse(text).success, false, text);
  assert.equal(localDate.safeParse("2028-02-29").success, true);
  assert.throws(() => tanggalPanjang("2026-02-30"), RangeError);
});

const parts = { klasifikasi: "500.12.6.3", urut: 45, unit: "DISKOMINFO", tahun: 2026, bulan: 5 };
test("numbers are formed by pattern", () => {
  assert.equal(formatNumber("{klasifikasi}/{urut}/{unit}/{tahun}", parts), "500.12.6.3/45/DISKOMINFO/2026");
  assert.equal(formatNumber("{klasifikasi}/{urut:3}/{unit}/{bulan}/{tahun}", parts), "500.12.6.3/045/DISKOMINFO/V/2026");
  assert.equal(formatNumber("{keamanan}-{urut:3}/{klasifikasi}", { ...parts, keamanan: "R" }), "R-045/500.12.6.3");
  assert.equal(formatNumber("{urut:3}", { ...parts, urut: 5, sisipan: 1 }), "005.01");
  assert.equal(formatNumber("NOMOR {urut} TAHUN {tahun}", { ...parts, urut: 12345 }), "NOMOR 12345 TAHUN 2026");
  assert.equal(formatNumber("{klasifikasi}/{urut:3}/{unit}/{tahun}", { ...parts, urut: null }), "500.12.6.3/............/DISKOMINFO/2026");
});

test("a pattern that cannot work is refused when it is read", () => {
  for (const pattern of ["", "{klasifikasi}", "{urut}/{bagian}", "{urut", "urut}", "{urut}/{Unit}"]) assert.throws(() => parseNumberPattern(pattern), RangeError, pattern);
});

test("text in the parts is never read as a token", () => {
  assert.equal(formatNumber("{urut}/{unit}", { ...parts, unit: "{tahun}$&" }), "45/{tahun}$&");
});

test("months are Roman", () => {
  assert.deepEqual([1, 4, 5, 9, 12].map(romanMonth), ["I", "IV", "V", "IX", "XII"]);
  assert.throws(() => romanMonth(13), RangeError);
});

test("amounts are spelled", () => {
  const cases: readonly (readonly [number, string])[] = [
    [0, "nol"], [1, "satu"], [10, "sepuluh"], [11, "sebelas"], [12, "dua belas"], [19, "sembilan belas"], [20, "dua puluh"], [21, "dua puluh satu"], [100, "seratus"], [101, "seratus satu"],
    [112, "seratus dua belas"], [200, "dua ratus"], [1000, "seribu"], [1999, "seribu sembilan ratus sembilan puluh sembilan"], [2000, "dua ribu"], [11_000, "sebelas ribu"], [100_000, "seratus ribu"],
    [1_000_000, "satu juta"], [1_001_000, "satu juta seribu"], [2_500_000_000, "dua miliar lima ratus juta"], [1_000_000_000_000, "satu triliun"],
  ];
  for (const [n, words] of cases) assert.equal(terbilang(n), words);
  assert.equal(jumlah(2, "lembar"), "2 (dua) lembar");
  for (const n of [-1, 1.5, Number.NaN, 1e15]) assert.throws(() => terbilang(n), RangeError);
});

test("different amounts are spelled differently", () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999_999 }), fc.integer({ min: 0, max: 999_999_999 }), (a, b) => (a === b) === (terbilang(a) === terbilang(b))));
});

test("authority is nested as the rule draws it", () => {
  const kadis = { post: "Kepala Dinas Komunikasi dan Informatika", holding: "plh" } as const;
  assert.deepEqual(signatureLines(kadis), ["Plh. KEPALA DINAS KOMUNIKASI DAN INFORMATIKA,"]);
  assert.equal(signatureTitle(kadis), "Plh. Kepala Dinas Komunikasi dan Informatika");
  const sekda = { post: "Sekretaris Daerah", holding: "definitif", onBehalfOf: ["Bupati Penajam Paser Utara"] } as const;
  assert.deepEqual(signatureLines(sekda), ["a.n. BUPATI PENAJAM PASER UTARA", "SEKRETARIS DAERAH,"]);
  const asisten = { post: "Asisten Administrasi Umum", holding: "definitif", onBehalfOf: ["Bupati Penajam Paser Utara", "Sekretaris Daerah"] } as const;
  assert.deepEqual(signatureLines(asisten), ["a.n. BUPATI PENAJAM PASER UTARA", "SEKRETARIS DAERAH,", "u.b.", "ASISTEN ADMINISTRASI UMUM,"]);
  assert.throws(() => signatureLines({ post: "Kabag", holding: "definitif", onBehalfOf: ["A", "B", "C"] }), RangeError);
});

test("the mark names the post that signs, not the one it signs for", () => {
  assert.equal(signingPost(["a.n. BUPATI X", "SEKRETARIS DAERAH,", "u.b.", "ASISTEN UMUM,"]), "ASISTEN UMUM");
  assert.equal(signingPost(["a.n. BUPATI X", "SEKRETARIS DAERAH,"]), "SEKRETARIS DAERAH");
  assert.equal(signingPost(["Plt. KEPALA DINAS KOMUNIKASI", "DAN INFORMATIKA,"]), "Plt. KEPALA DINAS KOMUNIKASI DAN INFORMATIKA");
});
