import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { instantValue, uuidValue } from "./binary.ts";

describe("a value in the form that the server keeps", () => {
  it("of an id is its sixteen bytes, in whichever case its letters came", () => {
    fc.assert(fc.property(fc.uuid(), (id) => {
      const bytes = Buffer.from(id.replaceAll("-", ""), "hex");
      assert.deepEqual([uuidValue(id), uuidValue(id.toUpperCase())], [bytes, bytes]);
    }));
  });

  it("is refused where there is no id: no digit is guessed", () => {
    const id = "019b7a49-9000-7bd8-982b-0b59205784d7";
    for (const wrong of ["", "kadis", id.slice(1), `${id}0`, id.replaceAll("-", ""), id.replace("b", "g"), id.replace("b", "ŀ")]) assert.throws(() => uuidValue(wrong), TypeError, wrong);
  });

  it("of an instant is the microseconds since 2000, before and after", () => {
    const micros = (instant: string): bigint => instantValue(instant).readBigInt64BE();
    assert.deepEqual(["2000-01-01T00:00:00.000Z", "2000-01-01T00:00:00.001Z", "1999-12-31T23:59:59.999Z", "2026-11-24T06:05:00.123Z"].map(micros), [0n, 1000n, -1000n, (BigInt(Date.UTC(2026, 10, 24, 6, 5, 0, 123)) - 946_684_800_000n) * 1000n]);
    assert.throws(() => instantValue("kemarin"), RangeError);
  });
});
