import assert from "node:assert/strict";
import { test } from "node:test";
import { idFrom, isId, localDate, realSource } from "./ids.ts";

test("a date is that of the office's own day, whatever was asked before", () => {
  const asked = [["2026-12-31T15:59:59.999Z", "WITA", "2026-12-31"], ["2026-12-31T16:00:00.000Z", "WITA", "2027-01-01"], ["2026-12-31T16:00:00.000Z", "WIB", "2026-12-31"], ["2026-12-31T16:00:00.000Z", "WIT", "2027-01-01"], ["1969-12-31T15:00:00.000Z", "WIT", "1970-01-01"]] as const;
  for (const [instant, zone, date] of [...asked, ...asked.toReversed()]) assert.equal(localDate(instant, zone), date);
  assert.throws(() => localDate("kemarin", "WIB"), RangeError);
});

test("an id holds its time and the ten bytes, and nothing of what lay in memory", () => {
  assert.equal(idFrom(0x0123_4567_89ab, new Uint8Array(10).fill(0xff)), "01234567-89ab-7fff-bfff-ffffffffffff");
  assert.equal(idFrom(1, new Uint8Array(10)), "00000000-0001-7000-8000-000000000000");
  assert.equal(idFrom(1, new Uint8Array(4)), "00000000-0001-7000-8000-000000000000", "bytes that are missing are zeros");
  assert.ok(isId(idFrom(1, new Uint8Array(10))));
});

test("no chance is given twice, also where it was drawn in advance, and none is nothing", () => {
  const sizes = [10, 32, 16, 64, 65, 4096];
  const given = Array.from({ length: 3000 }, (_, n) => Buffer.from(realSource.bytes(sizes[n % sizes.length] ?? 10)));
  assert.deepEqual(given.map((bytes) => bytes.length), Array.from({ length: 3000 }, (_, n) => sizes[n % sizes.length]));
  assert.equal(new Set(given.map((bytes) => bytes.subarray(0, 10).toString("hex"))).size, 3000);
  assert.ok(given.every((bytes) => bytes.subarray(0, 10).some((byte) => byte !== 0)));
  assert.equal(new Set(Array.from({ length: 3000 }, () => realSource.id())).size, 3000);
});
