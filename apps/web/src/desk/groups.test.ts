import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { currentAfter, groupDesk, groupOf, type DeskItem } from "./groups.ts";

const now = new Date("2026-11-24T01:12:00Z"); // 09.12 WITA

const item = (id: string, due: string | null, late = false): DeskItem => ({ id, act: "disposisi", kind: "surat", thingId: id, from: "Otorita IKN", title: "Permohonan data", detail: "", urgency: "segera", security: "B", since: "2026-11-20T00:00:00Z", due, late, unread: false });

test("a deadline is grouped by the office's day, not the day of UTC", () => {
  assert.equal(groupOf(item("a", "2026-11-24T08:00:00Z"), now, "WITA"), "today");
  assert.equal(groupOf(item("a", "2026-11-24T15:59:00Z"), now, "WITA"), "today");
  assert.equal(groupOf(item("a", "2026-11-24T16:00:00Z"), now, "WITA"), "tomorrow");
  assert.equal(groupOf(item("a", "2026-11-24T16:00:00Z"), now, "WIB"), "today");
  assert.equal(groupOf(item("a", "2026-11-26T08:00:00Z"), now, "WITA"), "later");
});

test("what passed its deadline after the server answered is late", () => {
  assert.equal(groupOf(item("a", "2026-11-24T01:11:00Z", false), now, "WITA"), "late");
  assert.equal(groupOf(item("a", null, true), now, "WITA"), "late");
});

test("groups come late first and undated last, and keep the server's order inside", () => {
  const groups = groupDesk([item("1", "2026-11-24T01:00:00Z", true), item("2", "2026-11-24T08:00:00Z"), item("3", "2026-11-24T07:00:00Z"), item("4", null)], now, "WITA");
  assert.deepEqual(groups.map((group) => [group.name, group.items.map((line) => line.id)]), [["late", ["1"]], ["today", ["2", "3"]], ["undated", ["4"]]]);
});

test("grouping loses no line and doubles none", () => {
  const due = fc.option(fc.date({ min: new Date("2026-01-01"), max: new Date("2027-12-31"), noInvalidDate: true }).map((date) => date.toISOString()), { nil: null });
  fc.assert(fc.property(fc.array(due), (dues) => {
    const items = dues.map((each, index) => item(String(index), each));
    assert.deepEqual(groupDesk(items, now, "WITA").flatMap((group) => group.items.map((line) => line.id)).sort(), items.map((line) => line.id).sort());
  }));
});

test("after a line leaves, the one that took its place is current", () => {
  assert.equal(currentAfter(["a", "c"], "b", ["a", "b", "c"]), "c");
  assert.equal(currentAfter(["a", "b"], "c", ["a", "b", "c"]), "b");
  assert.equal(currentAfter(["a", "b", "c"], "b", ["a", "b", "c"]), "b");
  assert.equal(currentAfter(["x", "y"], undefined, []), "x");
  assert.equal(currentAfter([], "b", ["b"]), undefined);
});
