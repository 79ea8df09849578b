import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromBase32, toBase32 } from "./base32.ts";

test("the examples of RFC 4648 §10, without their padding", () => {
  for (const [plain, text] of [["", ""], ["f", "MY"], ["fo", "MZXQ"], ["foo", "MZXW6"], ["foob", "MZXW6YQ"], ["fooba", "MZXW6YTB"], ["foobar", "MZXW6YTBOI"]] as const) {
    assert.equal(toBase32(Buffer.from(plain)), text);
    assert.equal(Buffer.from(fromBase32(text) ?? assert.fail(text)).toString(), plain);
    assert.equal(Buffer.from(fromBase32(text.toLowerCase()) ?? assert.fail(text)).toString(), plain, "small letters are the same");
  }
});

test("one text stands for given bytes: other letters, left-over bits and left-over letters are refused", () => {
  for (const text of ["MZ", "M", "MZXW6Y", "MZX", "M1", "M8", "MY======", "M Y", "MY-", "İ"]) assert.equal(fromBase32(text), undefined, text);
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => assert.deepEqual(fromBase32(toBase32(bytes)), bytes)));
  fc.assert(fc.property(fc.string({ unit: fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), maxLength: 40 }), (text) => {
    const bytes = fromBase32(text);
    if (bytes !== undefined) assert.equal(toBase32(bytes), text);
  }));
});
