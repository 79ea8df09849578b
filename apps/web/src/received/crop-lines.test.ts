import assert from "node:assert/strict";
import { test } from "node:test";
import { cropLines } from "./crop-lines.ts";

const a4 = 297 / 210;

test("the pieces of a real scan are told by their lines: a number has one, a subject broken in two has two, a letterhead in capitals two", () => {
  const one = { raw: "800.1.3.2/417/BKPSDM.II/2026", box: { x: 0.21, y: 0.237, w: 0.257, h: 0.016 } };
  const two = { raw: "Permintaan Data Pegawai yang Mengikuti Pelatihan Jum'at Sehat", box: { x: 0.21, y: 0.246, w: 0.28, h: 0.034 } };
  const head = { raw: "PEMERINTAH KABUPATEN PASER / BADAN KEPEGAWAIAN DAN PENGEMBANGAN SDM", box: { x: 0.17, y: 0.063, w: 0.63, h: 0.052 } };
  assert.deepEqual([one, two, head].map((piece) => cropLines(piece, a4)), [1, 2, 2]);
});

test("never fewer than one line nor more than fit beside a field", () => {
  assert.equal(cropLines({ raw: "3", box: { x: 0, y: 0, w: 0.3, h: 0.01 } }, a4), 1);
  assert.equal(cropLines({ raw: "", box: { x: 0, y: 0, w: 0, h: 0 } }, a4), 1);
  assert.equal(cropLines({ raw: "x".repeat(5000), box: { x: 0, y: 0, w: 0.5, h: 0.9 } }, a4), 4);
});
