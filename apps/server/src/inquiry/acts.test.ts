import assert from "node:assert/strict";
import { test } from "node:test";
import { toldTypes } from "../letters/index.ts";
import { machines } from "../main.ts";
import { adminTypes, groupOf, groups, openKinds } from "./acts.ts";

test("every type of event that has a sentence is one kind of act, and no kind names a type that does not exist", () => {
  const all = Object.values(groups).flat();
  assert.equal(new Set(all).size, all.length, "a type stands in two lists");
  assert.deepEqual([...toldTypes].filter((type) => groupOf(type) === null), []);
  assert.deepEqual(all.filter((type) => !toldTypes.has(type)), []);
});

test("kinds that are open to every mandate exist, and none of them has a letter for its subject", () => {
  const known = new Set(machines.map((machine) => machine.kind));
  assert.deepEqual(openKinds.filter((kind) => !known.has(kind)), []);
  for (const letterKind of ["received", "disposition", "draft", "issued", "parcel", "inspection_look", "emergency"]) assert.ok(!openKinds.some((kind) => kind === letterKind), letterKind);
});

test("acts of administration are about posts, rights and accounts, never about one's own signing in", () => {
  for (const type of ["class_right.granted", "holding.begun", "delegation.given", "policy.set", "account.factors_reset", "position.defined", "credential.issued"]) assert.ok(adminTypes.includes(type), type);
  for (const type of ["account.signed_in", "account.password_changed", "received.opened"]) assert.ok(!adminTypes.includes(type), type);
});
