import assert from "node:assert/strict";
import { test } from "node:test";
import type { Memory } from "../kernel/memory.ts";
import { isSnoozed, snoozeShelf } from "./snooze.ts";

const memory = (): Memory => {
  const kept = new Map<string, string>();
  return { read: (key) => kept.get(key) ?? null, write: (key, value) => (kept.set(key, value), true), remove: (key) => kept.delete(key), keys: () => [...kept.keys()] };
};
const now = new Date("2026-11-24T01:12:00Z");
const later = new Date("2026-11-24T02:12:00Z");

test("a line is hidden until its time, and then comes back by itself", () => {
  const shelf = snoozeShelf("p", "q", memory());
  shelf.hide(["paraf/1"], later);
  assert.equal(isSnoozed(shelf.store.get(), "paraf/1", now), true);
  assert.equal(isSnoozed(shelf.store.get(), "paraf/1", later), false);
  assert.equal(isSnoozed(shelf.store.get(), "paraf/2", now), false);
});

test("what is hidden survives a reload, and another person or post does not inherit it", () => {
  const device = memory();
  snoozeShelf("p", "q", device).hide(["paraf/1"], later);
  assert.equal(isSnoozed(snoozeShelf("p", "q", device).store.get(), "paraf/1", now), true);
  assert.equal(isSnoozed(snoozeShelf("other", "q", device).store.get(), "paraf/1", now), false);
  assert.equal(isSnoozed(snoozeShelf("p", "other", device).store.get(), "paraf/1", now), false);
});

test("undo shows it again, and leaves the others hidden", () => {
  const shelf = snoozeShelf("p", "q", memory());
  shelf.hide(["a", "b"], later);
  shelf.show(["a"]);
  assert.equal(isSnoozed(shelf.store.get(), "a", now), false);
  assert.equal(isSnoozed(shelf.store.get(), "b", now), true);
});

test("a memory with rubbish, or one that refuses, hides nothing and breaks nothing", () => {
  for (const rubbish of ["{", "[]", "null", "3", '{"a":4}']) {
    const shelf = snoozeShelf("p", "q", { ...memory(), read: () => rubbish, write: () => false });
    assert.equal(isSnoozed(shelf.store.get(), "a", now), false);
    shelf.hide(["a"], later);
    assert.equal(isSnoozed(shelf.store.get(), "a", now), true);
  }
});
