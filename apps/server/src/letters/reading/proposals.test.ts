import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { propose } from "./proposals.ts";
import type { PageReading, ProposalField, Word } from "./reading.ts";
import { letters } from "./letters.samples.ts";

/** Sets lines as a typewriter would: a letter is as wide as 0.0105 of the page, a line 0.016 of it high. `tilt` is in pixels of fall per pixel of run. */
const typed = (text: string, tilt = 0): PageReading => {
  const [width, height] = [1654, 2339];
  const words = text.split("\n").flatMap((line, index): Word[] =>
    Array.from(line.matchAll(/\S+/g), (match) => {
      const x = 0.06 + match.index * 0.0105;
      return { text: match[0], x, y: 0.03 + index * 0.016 + (tilt * (x - 0.5) * width) / height, w: match[0].length * 0.0105, h: 0.011, confidence: 0.95, line: index };
    }),
  );
  return { width, height, source: "ocr", words };
};

const fieldsOf = (...pages: readonly PageReading[]): Partial<Record<ProposalField, string>> => Object.fromEntries(propose(pages).map(({ field, value }) => [field, value]));

for (const { name, pages, expected } of letters) {
  test(`reads ${name}`, () => {
    assert.deepEqual(fieldsOf(...pages.map((page) => typed(page))), expected);
  });
}

test("a page that lies askew reads the same", () => {
  for (const { name, pages, expected } of letters) for (const tilt of [-0.03, 0.026]) assert.deepEqual(fieldsOf(...pages.map((page) => typed(page, tilt))), expected, `${name}, ${tilt}`);
});

test("each proposal says where it stands: its box holds the words and nothing else", () => {
  const [letter] = letters;
  assert.ok(letter);
  const pages = letter.pages.map((page) => typed(page));
  for (const { field, box, page, raw } of propose(pages)) {
    const inside = pages[page - 1]?.words.filter((word) => word.x >= box.x - 1e-9 && word.y >= box.y - 1e-9 && word.x + word.w <= box.x + box.w + 1e-9 && word.y + word.h <= box.y + box.h + 1e-9) ?? [];
    assert.ok(inside.length > 0 && inside.every((word) => raw.includes(word.text)), `${field}: ${raw}`);
  }
});

test("a doubtful word makes a doubtful proposal", () => {
  const [letter] = letters;
  const sure = typed(letter?.pages[0] ?? "");
  const doubtful = { ...sure, words: sure.words.map((word) => (word.text === "Segera" ? { ...word, confidence: 0.4 } : word)) };
  const of = (page: PageReading, field: ProposalField): number => propose([page]).find((one) => one.field === field)?.confidence ?? 0;
  assert.ok(of(sure, "urgency") > 0.9 && of(doubtful, "urgency") < 0.5);
  assert.equal(of(doubtful, "number"), of(sure, "number"));
});

test("a letter that is not one proposes nothing it cannot show", () => {
  assert.deepEqual(propose([]), []);
  assert.deepEqual(propose([typed("")]), []);
  assert.deepEqual(propose([{ width: 0, height: 0, source: "unread", words: [] }]), []);
  assert.deepEqual(fieldsOf(typed("resep soto banjar\n\nayam kampung, soun, telur rebus,\nhal ini sudah diketahui nomor satu di kota ini")), {});
});

test("any scatter of words is survived, and every proposal stays on its page", () => {
  const token = fc.oneof(fc.constantFrom("Nomor", ":", "Hal", "Yth.", "di", "Tanggal", "19", "November", "2026", "Sifat", "Segera", "NOTA", "DINAS", "paling", "lambat", "/", "UNDANGAN", "TENTANG", "Dari"), fc.string({ minLength: 1, maxLength: 12 }));
  const unit = fc.double({ min: 0, max: 1, noNaN: true });
  const word = fc.record({ text: token, x: unit, y: unit, w: fc.double({ min: 0, max: 0.3, noNaN: true }), h: fc.double({ min: 0, max: 0.05, noNaN: true }), confidence: unit, line: fc.nat(40) });
  const page = fc.record({ width: fc.integer({ min: 1, max: 5000 }), height: fc.integer({ min: 1, max: 5000 }), source: fc.constant("ocr" as const), words: fc.array(word, { maxLength: 80 }) });
  fc.assert(
    fc.property(fc.array(page, { maxLength: 3 }), (pages) => {
      for (const made of propose(pages)) assert.ok(made.value !== "" && made.page >= 1 && made.page <= pages.length && made.confidence >= 0 && made.confidence <= 1 && made.box.w >= 0);
    }),
    { numRuns: 300 },
  );
});
