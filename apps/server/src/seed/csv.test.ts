import assert from "node:assert/strict";
import { test } from "node:test";
import { readCsv } from "./csv.ts";

test("the last column holds no trace of how lines end: every kelurahan found no kecamatan above it", () => {
  assert.deepEqual(readCsv("kode,induk\r\n64.09.01,64.09\r\n64.09.02,\"64,09\"\r\n"), [{ kode: "64.09.01", induk: "64.09" }, { kode: "64.09.02", induk: "64,09" }]);
  assert.deepEqual(readCsv("a,b\n1,2\n3,"), [{ a: "1", b: "2" }, { a: "3", b: "" }]);
});
