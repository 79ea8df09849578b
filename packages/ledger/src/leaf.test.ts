import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { utf8 } from "./bytes.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Json } from "./canonical-json.ts";
import { checkCommitment, commit, commitParts } from "./commitment.ts";
import { decodeLeaf, encodeLeaf } from "./leaf.ts";
import type { Leaf } from "./leaf.ts";

test("the examples of RFC 8785 come out byte for byte", () => {
  // Section 3.2.2 and 3.2.3, written with the same escapes as the RFC.
  const value: Json = JSON.parse(String.raw`{
    "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
    "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
    "literals": [null, true, false]
  }`);
  assert.equal(
    canonicalJson(value),
    String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
  );
});

test("members are sorted by UTF-16 code units, as RFC 8785 section 3.2.3 shows", () => {
  const names = { "\u20ac": "Euro Sign", "\r": "Carriage Return", "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One", "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control", "\u00f6": "Latin Small Letter O With Diaeresis" };
  const order = ["Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign", "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh"];
  const written = canonicalJson(names);
  assert.deepEqual(order.toSorted((a, b) => written.indexOf(a) - written.indexOf(b)), order);
});

test("numbers are written as RFC 8785 appendix B lists them", () => {
  const numbers = [[0, "0"], [-0, "0"], [5e-324, "5e-324"], [-1.7976931348623157e308, "-1.7976931348623157e+308"], [9007199254740992, "9007199254740992"], [295147905179352830000, "295147905179352830000"], [1e21, "1e+21"], [9.999999999999997e22, "9.999999999999997e+22"], [1e-6, "0.000001"], [1e-7, "1e-7"], [333333333.3333332, "333333333.3333332"]] as const;
  for (const [number, text] of numbers) assert.equal(canonicalJson(number), text);
});

test("equal values have one text, whatever the order they were made in", () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (anything) => {
      const value: Json = JSON.parse(JSON.stringify(anything));
      const text = canonicalJson(value);
      assert.equal(canonicalJson(reordered(value)), text);
      assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      const again: Json = JSON.parse(text);
      assert.equal(canonicalJson(again), text);
    }),
  );
});

test("what JSON cannot say is a bug, and says so", () => {
  for (const number of [Number.NaN, Number.POSITIVE_INFINITY]) assert.throws(() => canonicalJson([number]), /finite/);
  assert.throws(() => canonicalJson("\ud800"), /lone surrogate/);
  assert.throws(() => canonicalJson({ "\udc00": 1 }), /lone surrogate/);
  let deep: Json = 1;
  for (let depth = 0; depth < 65; depth++) deep = [deep];
  assert.throws(() => canonicalJson(deep), /not nested deeper/);
  assert.throws(() => canonicalJson(JSON.parse("[1]", () => 1n)), /a bigint is not JSON/);
});

const SALT = new Uint8Array(32).map((_, at) => at);

test("a commitment is HMAC-SHA256 of the canonical payload under the salt", () => {
  const expected = createHmac("sha256", SALT).update('{"nama":"Siti","nik":"3273010101900001"}').digest("hex");
  assert.equal(commit(SALT, { nik: "3273010101900001", nama: "Siti" }), expected);
});

test("a commitment is opened by its own salt and payload, and by nothing else", () => {
  const payload = { nama: "Siti" };
  const commitment = commit(SALT, payload);
  assert.equal(checkCommitment(commitment, SALT, payload), true);
  assert.equal(checkCommitment(commitment, SALT, { nama: "Sita" }), false);
  assert.equal(checkCommitment(commitment, SALT.map((byte) => byte ^ 1), payload), false);
  assert.equal(checkCommitment(commitment, SALT.slice(1), payload), false);
  assert.throws(() => commit(new Uint8Array(16), payload), /a salt is 32 bytes/);
});

test("one part of a commitment in parts can be erased while the others stay provable", () => {
  const parts = { nama: commit(SALT, "Siti"), nik: commit(SALT.toReversed(), "3273010101900001") };
  const whole = commitParts(parts);
  assert.equal(whole, createHash("sha256").update(`{"nama":"${parts.nama}","nik":"${parts.nik}"}`).digest("hex"));
  // After the NIK and its salt are destroyed, its commitment remains and the name can still be shown to be the one logged.
  assert.equal(commitParts({ nik: parts.nik, nama: commit(SALT, "Siti") }), whole);
  assert.notEqual(commitParts({ ...parts, nama: commit(SALT, "Sita") }), whole);
});

const LEAF: Leaf = {
  v: 1,
  type: "letter.issued",
  tenant: "3273",
  event_id: "0197a3e2-8c11-7c3e-9f53-2f6d7f1f0a01",
  at: "2026-01-05T01:02:03.456Z",
  actor: "0197a3e2-8c11-7c3e-9f53-2f6d7f1f0a02",
  obj: "0197a3e2-8c11-7c3e-9f53-2f6d7f1f0a03",
  obj_sha256: "0".repeat(64),
  prev: null,
  c: commit(SALT, { perihal: "Undangan" }),
};

test("a leaf is logged as its canonical JSON, and reads back", () => {
  const text = new TextDecoder().decode(encodeLeaf(LEAF));
  assert.ok(text.startsWith('{"actor":"0197a3e2-8c11-7c3e-9f53-2f6d7f1f0a02","at":"2026-01-05T01:02:03.456Z","c":"'));
  assert.ok(text.endsWith('"prev":null,"tenant":"3273","type":"letter.issued","v":1}'));
  assert.deepEqual(decodeLeaf(encodeLeaf(LEAF)), { value: LEAF });
});

test("anything but the very bytes of a leaf is refused", () => {
  const text = new TextDecoder().decode(encodeLeaf(LEAF));
  const bad = {
    "nothing": "",
    "not JSON": text.slice(1),
    "not an object": "[1]",
    "null": "null",
    "white space": ` ${text}`,
    "a newline at the end": `${text}\n`,
    "members in another order": JSON.stringify(LEAF),
    "a member too many": text.replace('"v":1', '"v":1,"w":1'),
    "a member twice": text.replace('"v":1', '"v":1,"v":1'),
    "a member missing": text.replace('"prev":null,', ""),
    "another version": text.replace('"v":1', '"v":2'),
    "an empty actor": text.replace(LEAF.actor, ""),
    "a number for a word": text.replace('"3273"', "3273"),
    "a commitment in capitals": text.replace(LEAF.c, LEAF.c.toUpperCase()),
    "a commitment cut short": text.replace(LEAF.c, LEAF.c.slice(1)),
    "a byte order mark": `\ufeff${text}`,
    "an escape where none is needed": text.replace("letter", String.raw`\u006cetter`),
  };
  for (const [name, changed] of Object.entries(bad)) assert.deepEqual(decodeLeaf(utf8(changed)), { refused: "malformed_leaf" }, name);
  assert.deepEqual(decodeLeaf(Uint8Array.of(...encodeLeaf(LEAF), 0xff)), { refused: "malformed_leaf" });
  assert.deepEqual(decodeLeaf(utf8(`${"[".repeat(100_000)}`)), { refused: "malformed_leaf" });
});

/** The same value with the members of every object made in the opposite order. */
function reordered(value: Json): Json {
  if (Array.isArray(value)) return value.map((item: Json) => reordered(item));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).toReversed().map(([name, member]: [string, Json]) => [name, reordered(member)]));
}
