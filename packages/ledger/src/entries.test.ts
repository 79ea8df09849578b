import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "./bytes.ts";
import { decodeEntries, encodeEntries, entriesBetween, MAX_RECORD_BYTES } from "./entries.ts";

test("a bundle is each record behind its length in two bytes", () => {
  const bytes = encodeEntries([utf8("ab"), utf8(""), utf8("c")]);
  assert.deepEqual([...bytes], [0, 2, 0x61, 0x62, 0, 0, 0, 1, 0x63]);
  assert.deepEqual(decodeEntries(bytes, 3), { value: [utf8("ab"), utf8(""), utf8("c")] });
});

test("any records read back as they were", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 256 }), (records) => {
      const decoded = decodeEntries(encodeEntries(records), records.length);
      assert.deepEqual(decoded, { value: records });
    }),
  );
});

test("the longest record fits, and one byte more is a bug", () => {
  const longest = new Uint8Array(MAX_RECORD_BYTES);
  assert.deepEqual(decodeEntries(encodeEntries([longest]), 1), { value: [longest] });
  assert.throws(() => encodeEntries([new Uint8Array(MAX_RECORD_BYTES + 1)]), /at most 65535/);
  assert.throws(() => encodeEntries(Array.from({ length: 257 }, () => utf8(""))), /at most 256 records/);
});

test("a bundle cut short, longer, or of another count is refused", () => {
  const bytes = encodeEntries([utf8("one"), utf8("two")]);
  const refused = { refused: "malformed_entries" };
  for (let length = 0; length < bytes.length; length++) assert.deepEqual(decodeEntries(bytes.slice(0, length), 2), refused, `${length} bytes`);
  assert.deepEqual(decodeEntries(Uint8Array.of(...bytes, 0), 2), refused);
  assert.deepEqual(decodeEntries(bytes, 1), refused);
  assert.deepEqual(decodeEntries(bytes, 3), refused);
});

test("bundles to write stand beside the new tiles of level 0", () => {
  assert.deepEqual(entriesBetween(250, 513), [{ index: 0, width: 256 }, { index: 1, width: 256 }, { index: 2, width: 1 }]);
  assert.deepEqual(entriesBetween(256, 257), [{ index: 1, width: 1 }]);
  assert.deepEqual(entriesBetween(7, 7), []);
});
