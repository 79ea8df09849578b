import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { addLayer, inForce, keyCaps, layers, pressed, type Shortcut } from "./keys.ts";

const shortcut = (keys: string, says: string): Shortcut => ({ keys, says, group: "Uji", run: () => undefined });
const press = (key: string, held: Partial<Record<"ctrlKey" | "metaKey" | "altKey" | "shiftKey", boolean>> = {}): string => pressed({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

afterEach(() => layers.set([]));

test("a key press has one spelling", () => {
  assert.equal(press("j"), "j");
  assert.equal(press("?", { shiftKey: true }), "?");
  assert.equal(press("k", { ctrlKey: true }), "ctrl+k");
  assert.equal(press("K", { metaKey: true, shiftKey: true }), "ctrl+shift+k");
  assert.equal(press("Enter"), "enter");
  assert.equal(press("Enter", { ctrlKey: true }), "ctrl+enter");
  assert.equal(press("1", { altKey: true }), "alt+1");
});

test("a newer layer wins over an older one for the same key", () => {
  addLayer({ shortcuts: [shortcut("d", "lama"), shortcut("j", "turun")], isDialog: false });
  const remove = addLayer({ shortcuts: [shortcut("d", "baru")], isDialog: false });
  assert.deepEqual(inForce(layers.get()).map(({ says }) => says), ["baru", "turun"]);
  remove();
  assert.deepEqual(inForce(layers.get()).map(({ says }) => says), ["lama", "turun"]);
});

test("a dialog silences everything below it", () => {
  addLayer({ shortcuts: [shortcut("d", "disposisi")], isDialog: false });
  const close = addLayer({ shortcuts: [shortcut("ctrl+enter", "kirim")], isDialog: true });
  assert.deepEqual(inForce(layers.get()).map(({ says }) => says), ["kirim"]);
  close();
  assert.deepEqual(inForce(layers.get()).map(({ says }) => says), ["disposisi"]);
});

test("caps are written as on the keyboard", () => {
  assert.deepEqual(keyCaps("ctrl+enter"), ["Ctrl", "↵"]);
  assert.deepEqual(keyCaps("d"), ["D"]);
  assert.deepEqual(keyCaps("?"), ["?"]);
});
