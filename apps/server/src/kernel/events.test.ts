import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it } from "node:test";
import { canonicalJson } from "@lontar/ledger";
import fc from "fast-check";
import { commitmentTo, committedText } from "./events.ts";

const text = fc.string({ unit: "binary", maxLength: 40 }).filter((value) => value.isWellFormed());
const event = fc.record({ kind: text, thing_id: text, revision: fc.integer({ min: 1, max: 1_000_000 }), person_id: text, holding_id: text, request_id: text });
const who = fc.record({ person: text, position: text, holding: fc.constantFrom("definitif" as const, "plt" as const, "plh" as const, "pj" as const), basis: fc.option(text) });
const body = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 3 })), { maxKeys: 6 });

describe("what an event commits to", () => {
  it("is the canonical JSON of its parts, whatever stands in them: events of years ago are checked by the same text", () => {
    fc.assert(fc.property(event, body, who, (row, content, by) => {
      const parts = { kind: row.kind, thing: row.thing_id, revision: row.revision, body: content, person_id: row.person_id, holding_id: row.holding_id, request: row.request_id, person: by.person, position: by.position, holding: by.holding, basis: by.basis };
      assert.equal(committedText(row, content, by), canonicalJson(parts));
    }), { numRuns: 300 });
  });

  it("is bound by HMAC-SHA256 under the salt of the event", () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 100 }), text, (salt, committed) => assert.deepEqual(commitmentTo(salt, committed), createHmac("sha256", salt).update(committed).digest())), { numRuns: 100 });
  });
});
