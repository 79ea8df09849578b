import assert from "node:assert/strict";
import { test } from "node:test";
import { decreeGap, decreeInput, emptyDecree, isDecreeTouched, type DecreeDraft } from "./decree.ts";

const letter: DecreeDraft = { ...emptyDecree, number: "800.1.11.1/7/2026", date: "2026-11-01", letter: { id: "0197", subject: "Surat Perintah" } };
const scan: DecreeDraft = { source: "scan", number: " 821.2/9/2026 ", date: "2026-11-01", letter: null, file: { sha256: "ab", name: "sk.pdf" } };

test("a decree is sent only when it is complete, and says what is missing until then", () => {
  for (const [draft, gap] of [
    [emptyDecree, "letter"],
    [letter, undefined],
    [{ ...scan, file: null }, "file"],
    [{ ...scan, number: " " }, "number"],
    [{ ...scan, date: "" }, "date"],
    [{ ...scan, date: "1 November" }, "date"],
    [scan, undefined],
  ] as const) {
    assert.equal(decreeGap(draft), gap, JSON.stringify(draft));
    assert.equal(decreeInput(draft) === undefined, gap !== undefined);
  }
});

test("only the source that is chosen is sent: a letter looked at before a scan was uploaded is not cited beside it", () => {
  assert.deepEqual(decreeInput({ ...letter, file: scan.file }), { number: "800.1.11.1/7/2026", date: "2026-11-01", letterId: "0197", file: null });
  assert.deepEqual(decreeInput({ ...scan, letter: letter.letter }), { number: "821.2/9/2026", date: "2026-11-01", letterId: null, file: { sha256: "ab", name: "sk.pdf" } });
});

test("an optional decree may be left alone", () => {
  assert.equal(isDecreeTouched(emptyDecree), false);
  assert.equal(isDecreeTouched({ ...emptyDecree, source: "scan" }), false);
  assert.equal(isDecreeTouched({ ...emptyDecree, source: "scan", number: "1" }), true);
});
