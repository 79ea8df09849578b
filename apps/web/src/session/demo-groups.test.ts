import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsOf } from "./demo-groups.ts";

const account = (username: string, tenant = "Kabupaten") => ({ username, tenant });

test("a first visitor finds the way of one letter in its order, and everyone else under his government", () => {
  const { first, others } = groupsOf(["bupati", "sekda", "staf", "tusetda", "kadis", "admin"].map((name) => account(name)).concat(account("kades", "Desa")));
  assert.deepEqual(first.map(({ step }) => step), ["tusetda", "sekda", "kadis", "staf"]);
  assert.deepEqual(others.map(({ tenant, accounts }) => [tenant, accounts.map((each) => each.username)]), [["Kabupaten", ["bupati", "admin"]], ["Desa", ["kades"]]]);
});

test("nobody is left out and nobody stands twice, whoever the sample office has", () => {
  const names = ["kasi", "constructor", "toString", "sekdis", "kabid"];
  const { first, others } = groupsOf(names.map((name) => account(name)));
  assert.deepEqual([...first.map(({ step }) => String(step)), ...others.flatMap(({ accounts }) => accounts.map((each) => each.username))].toSorted(), names.toSorted());
});
