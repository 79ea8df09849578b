import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryOver, type Memory } from "./memory.ts";
import { typedTextOf } from "./typed-text.ts";

/** Memory of a device that holds at most `room` characters. */
const device = (room = Number.POSITIVE_INFINITY): Memory => {
  const held = new Map<string, string>();
  return {
    read: (key) => held.get(key) ?? null,
    write: (key, value) => {
      const others = [...held].filter(([name]) => name !== key).reduce((sum, [name, text]) => sum + name.length + text.length, 0);
      if (others + key.length + value.length > room) return false;
      held.set(key, value);
      return true;
    },
    remove: (key) => void held.delete(key),
    keys: () => [...held.keys()],
  };
};

test("what was typed is found again by the same person only", () => {
  const memory = device();
  typedTextOf("sekda", memory).keep("disposisi/1", { catatan: "Dahulukan desa" });
  assert.deepEqual(typedTextOf("sekda", memory).find("disposisi/1")?.value, { catatan: "Dahulukan desa" });
  assert.equal(typedTextOf("camat", memory).find("disposisi/1"), undefined);
  assert.equal(typedTextOf("camat", memory).count(), 0);
});

test("one person's name is no prefix of another's shelf", () => {
  const memory = device();
  typedTextOf("ani", memory).keep("a", 1);
  typedTextOf("ani.b", memory).keep("a", 2);
  typedTextOf("ani.b", memory).forgetAll();
  assert.equal(typedTextOf("ani", memory).find("a")?.value, 1);
});

test("settled text is forgotten", () => {
  const memory = device();
  const shelf = typedTextOf("sekda", memory);
  shelf.keep("a", "x");
  shelf.forget("a");
  assert.equal(shelf.find("a"), undefined);
});

test("a full device gives up the oldest text, never the one being typed", () => {
  const memory = device(420);
  let minute = 0;
  const shelf = typedTextOf("p", memory, () => new Date(Date.UTC(2026, 10, 24, 1, minute)));
  for (const key of ["a", "b", "c"]) {
    minute += 1;
    assert.notEqual(shelf.keep(key, "x".repeat(100)), undefined);
  }
  assert.equal(shelf.find("a"), undefined);
  assert.equal(shelf.find("c")?.value, "x".repeat(100));
});

test("a device that refuses says so instead of pretending", () => {
  assert.equal(typedTextOf("p", device(10)).keep("a", "x"), undefined);
  const forbidden = memoryOver(() => {
    throw new Error("SecurityError");
  });
  assert.equal(typedTextOf("p", forbidden).keep("a", "x"), undefined);
  assert.equal(typedTextOf("p", forbidden).find("a"), undefined);
});

test("text older than thirty days and broken entries are dropped", () => {
  const memory = device();
  let now = new Date("2026-11-24T00:00:00Z");
  const shelf = typedTextOf("p", memory, () => now);
  shelf.keep("old", "x");
  memory.write("lontar.typed.p.broken", "{");
  now = new Date("2026-12-25T00:00:00Z");
  assert.equal(shelf.find("old"), undefined);
  assert.equal(shelf.find("broken"), undefined);
  assert.deepEqual(memory.keys(), []);
});
