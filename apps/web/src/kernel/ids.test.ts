import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { uuidv7 } from "./ids.ts";

const accepted = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test("an id is the UUIDv7 of RFC 9562 appendix A.6", () => {
  const random = Uint8Array.from([0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f]);
  assert.equal(uuidv7(0x017f22e279b0, random), "017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
});

test("every id has the form that the contract accepts and carries its time", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 1 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (time, chance) => {
      const id = uuidv7(time, Uint8Array.from(chance));
      assert.match(id, accepted);
      assert.equal(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16), time);
    }),
  );
});

test("an id made later sorts later", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 48 - 2 }), fc.uint8Array({ minLength: 10, maxLength: 10 }), (time, chance) => {
      assert.ok(uuidv7(time, Uint8Array.from(chance)) < uuidv7(time + 1, Uint8Array.from(chance)));
    }),
  );
});
