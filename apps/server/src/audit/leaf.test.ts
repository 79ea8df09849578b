import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeLeaf, encodeLeaf, recordHash } from "@lontar/ledger";
import fc from "fast-check";
import { leafOf, loggedLeaf, type LoggedEvent } from "./leaf.ts";

const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const event: fc.Arbitrary<LoggedEvent> = fc.record({
  tenant_id: fc.uuid(), event_id: fc.uuid(), position_id: fc.uuid(), subject_id: fc.uuid(),
  type: fc.oneof(fc.constantFrom("received.uploaded", "draft.signed"), fc.string({ unit: "grapheme", minLength: 1 })),
  at: fc.date({ min: new Date("1970-01-01T00:00:00Z"), max: new Date("9999-12-31T00:00:00Z"), noInvalidDate: true }),
  commitment: hash, prior: fc.option(hash), document: fc.oneof(fc.constant(null), hash.map((bytes) => bytes.toString("hex")), fc.string()),
});

test("a leaf is the ledger's own canonical text, whatever the event says", () => {
  fc.assert(fc.property(event, (given) => {
    const { text, hash: placed } = loggedLeaf(given);
    const bytes = encodeLeaf(leafOf(given));
    assert.equal(text, new TextDecoder().decode(bytes));
    assert.deepEqual(Buffer.from(placed), Buffer.from(recordHash(bytes)));
    assert.ok("value" in decodeLeaf(bytes));
  }));
});
