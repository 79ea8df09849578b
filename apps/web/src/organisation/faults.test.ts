import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused } from "../kernel/api.ts";
import { faultAt, restOf } from "./faults.ts";

test("a refusal stands at the field it speaks of, and nowhere else", () => {
  const taken = new Refused({ status: 409, title: "Kode unit ini sudah dipakai.", code: "code_taken" });
  assert.equal(faultAt(taken, "code"), "Kode unit ini sudah dipakai.");
  assert.equal(faultAt(taken, "name"), undefined);
  assert.equal(restOf(taken, ["code"]), null);
  assert.equal(restOf(taken, ["name"]), taken, "a form without that field says it below");
});

test("a malformed field is named by its path, inside the facts or beside them", () => {
  const malformed = new Refused({ status: 422, title: "Ada isian yang salah.", fields: [{ path: "facts.parentId", message: "tidak dikenal" }, { path: "decree.number", message: "wajib diisi" }, { path: "since", message: "bukan waktu" }] });
  assert.deepEqual((["parent", "decree", "since", "code"] as const).map((field) => faultAt(malformed, field)), ["tidak dikenal", "wajib diisi", "bukan waktu", undefined]);
});

test("a lost connection belongs to the whole form", () => {
  const lost = new Error("tidak tersambung");
  assert.equal(faultAt(lost, "code"), undefined);
  assert.equal(restOf(lost, ["code"]), lost);
});
