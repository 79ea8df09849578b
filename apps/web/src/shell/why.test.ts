import assert from "node:assert/strict";
import { test } from "node:test";
import { thingAt } from "./why.ts";

const id = "01999999-9999-7999-8999-999999999999";

test("the question can be asked on the pages of a letter and of a naskah, and nowhere else", () => {
  assert.deepEqual(thingAt(`/surat/${id}`), { id, base: `/surat/${id}` });
  assert.deepEqual(thingAt(`/surat/${id}/lembar`), { id, base: `/surat/${id}` });
  assert.deepEqual(thingAt(`/naskah/${id}`), { id, base: `/naskah/${id}` });
  for (const pathname of ["/meja", "/surat", "/naskah/baru", `/arsip/${id}`, `/naskah/${id}x`]) assert.equal(thingAt(pathname), undefined, pathname);
});
