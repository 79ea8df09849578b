import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { toHex, utf8 } from "./bytes.ts";
import { hmacSha256 } from "./hmac.ts";
import { sha256 as nodeSha256 } from "./sha256.node.ts";
import { sha256 } from "./sha256.ts";

/** FIPS 180-4 examples, as NIST publishes them. */
const VECTORS = [
  ["", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"],
  ["abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"],
  ["abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"],
  ["a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"],
] as const;

for (const [name, hash] of [["the portable hash", sha256], ["the Node hash", nodeSha256]] as const) {
  test(`${name} gives the published digests`, () => {
    for (const [message, digest] of VECTORS) assert.equal(toHex(hash(utf8(message))), digest);
  });
}

test("both hashes agree with OpenSSL at every length around the block borders", () => {
  for (let length = 0; length <= 300; length++) {
    const message = new Uint8Array(length).map((_, at) => (at * 7 + length) & 0xff);
    const expected = createHash("sha256").update(message).digest("hex");
    assert.equal(toHex(sha256(message)), expected, `portable, ${length} bytes`);
    assert.equal(toHex(nodeSha256(message)), expected, `Node, ${length} bytes`);
  }
});

test("the hashes agree on any message, also on a view into a larger buffer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1_000 }), fc.nat(100), (message, skip) => {
      const view = message.subarray(Math.min(skip, message.length));
      assert.deepEqual(sha256(view), nodeSha256(view));
    }),
  );
});

test("HMAC agrees with OpenSSL for keys shorter, as long and longer than a block", () => {
  for (const keyLength of [0, 1, 32, 63, 64, 65, 200]) {
    const key = new Uint8Array(keyLength).map((_, at) => at + 1);
    const expected = createHmac("sha256", key).update("payload").digest("hex");
    assert.equal(toHex(hmacSha256(key, utf8("payload"))), expected, `${keyLength} bytes`);
  }
});
