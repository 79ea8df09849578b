import assert from "node:assert/strict";
import { test } from "node:test";
import { deviceWords } from "./device-words.ts";

test("a device is named in the person's language", () => {
  assert.deepEqual(["Chrome di Linux", "Peramban lain di sistem lain", "Safari di iOS"].map((device) => deviceWords(device, "en")), ["Chrome on Linux", "Another browser on another system", "Safari on iOS"]);
  assert.equal(deviceWords("Chrome di Linux", "id"), "Chrome di Linux");
  assert.equal(deviceWords("Kabel di", "en"), "Kabel di");
});
