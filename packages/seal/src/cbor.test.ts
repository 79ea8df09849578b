import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { decodeCbor, encodeCbor, NotCanonical, type Cbor } from "./cbor.ts";

const limits = { bytes: 4096, depth: 6, items: 500 } as const;
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replaceAll(" ", ""), "hex"));

// RFC 8949, appendix A: every example of the kinds that a seal holds.
const examples: readonly (readonly [Cbor, string])[] = [
  [0, "00"], [1, "01"], [10, "0a"], [23, "17"], [24, "1818"], [25, "1819"], [100, "1864"], [1000, "1903e8"], [1000000, "1a000f4240"], [1000000000000, "1b000000e8d4a51000"],
  [-1, "20"], [-10, "29"], [-100, "3863"], [-1000, "3903e7"],
  [new Uint8Array(0), "40"], [bytes("01020304"), "4401020304"],
  ["", "60"], ["a", "6161"], ["IETF", "6449455446"], ["\"\\", "62225c"], ["ü", "62c3bc"], ["水", "63e6b0b4"], ["𐅑", "64f0908591"],
  [[], "80"], [[1, 2, 3], "83010203"], [[1, [2, 3], [4, 5]], "8301820203820405"], [Array.from({ length: 25 }, (_, index) => index + 1), "98190102030405060708090a0b0c0d0e0f101112131415161718181819"],
  [new Map(), "a0"], [new Map([[1, 2], [3, 4]]), "a201020304"],
  [{ tag: 1, value: 1363896240 }, "c11a514b67b0"], [{ tag: 23, value: bytes("01020304") }, "d74401020304"],
];

test("the examples of RFC 8949 are written and read as printed there", () => {
  for (const [value, text] of examples) {
    assert.equal(hex(encodeCbor(value)), text);
    assert.deepEqual(decodeCbor(bytes(text), limits), value);
  }
});

// RFC 8949 §4.2.1, and what a seal does not hold.
const refused: Readonly<Record<string, string>> = {
  "a number in two bytes that fits one": "1817", "a number in three bytes that fits two": "1900ff", "in five that fits three": "1a0000ffff", "in nine that fits five": "1b00000000ffffffff",
  "a length longer than it needs to be": "580161", "an indefinite string": "5f4101ff", "an indefinite list": "9f01ff", "an indefinite map": "bf0102ff",
  "keys out of order": "a203040102", "a duplicate key": "a201020104", "a negative key before a positive one": "a220010001", "a text key": "a1616101",
  "bytes after the value": "0000", "nothing at all": "", "a string cut short": "4401", "a list cut short": "8201", "a map cut short": "a101", "a number cut short": "19ff",
  "text that is not UTF-8": "61ff", "an overlong UTF-8": "62c080", "a half surrogate": "63eda080",
  "a number that is not exact": "1b0020000000000000", "true": "f5", "null": "f6", "a half float": "f93c00", "a float": "fb3ff199999999999a", "a reserved length": "1c",
};

for (const [name, text] of Object.entries(refused)) test(`is refused: ${name}`, () => void assert.throws(() => decodeCbor(bytes(text), limits), NotCanonical));

test("depth, items and bytes have limits, before any memory is taken", () => {
  assert.throws(() => decodeCbor(bytes("81".repeat(8) + "00"), limits), NotCanonical);
  assert.throws(() => decodeCbor(bytes("9a00ffffff"), limits), NotCanonical);
  assert.throws(() => decodeCbor(bytes("5affffffff"), limits), NotCanonical);
  assert.throws(() => decodeCbor(new Uint8Array(4097), limits), NotCanonical);
  assert.throws(() => decodeCbor(encodeCbor(Array.from({ length: 501 }, () => 0)), limits), NotCanonical);
});

test("whatever bytes are read are exactly those that would be written", () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (random) => {
    try {
      assert.deepEqual(encodeCbor(decodeCbor(random, limits)), random);
    } catch (error) {
      assert.ok(error instanceof NotCanonical, String(error));
    }
  }), { numRuns: 3000 });
});

test("whatever is written is read back", () => {
  const { value } = fc.letrec<{ value: Cbor }>((tie) => ({
    value: fc.oneof({ depthSize: "small", maxDepth: 3 }, fc.integer(), fc.string({ unit: "grapheme" }), fc.uint8Array({ maxLength: 30 }), fc.array(tie("value"), { maxLength: 4 }), fc.array(fc.tuple(fc.integer(), tie("value")), { maxLength: 4 }).map((entries) => new Map(entries))),
  }));
  fc.assert(fc.property(value, (made) => {
    const written = encodeCbor(made);
    fc.pre(written.length <= limits.bytes);
    const read = decodeCbor(written, limits);
    assert.deepEqual(encodeCbor(read), written);
  }), { numRuns: 300 });
});
