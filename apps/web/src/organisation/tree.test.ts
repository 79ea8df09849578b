import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { dayOf, daysLater, endOfDay, isDay, startOfDay } from "../kernel/days.ts";
import { pictureOf, sizes } from "./layout.ts";
import { cardOf, everyNode, linesOf, openable, pathTo, speaksOf, standingOf, treeOf, type ChartPost, type ChartUnit } from "./tree.ts";

const unit = (id: string, parentId: string | null = null): ChartUnit => ({ id, code: id, name: `Unit ${id}`, shortName: id, parentId, kind: "dinas", hasLetterhead: false });
const holder = (name: string, kind: "definitif" | "plh" = "definitif") => ({ holdingId: name, personId: name, name, kind, basis: null, since: "2026-01-01T00:00:00.000Z", until: null });
const post = (id: string, unitId: string, superiorId: string | null, name: string | null = id): ChartPost => ({ id, unitId, title: `Jabatan ${id}`, shortTitle: id, superiorId, role: "staf", functions: [], holder: name === null ? null : holder(name), aside: null, waiting: 0 });

// A secretariat whose clerk serves under the head of a part below it, as in every regency.
const chart = {
  units: [unit("bupati"), unit("setda", "bupati"), unit("umum", "setda"), unit("dinas", "bupati"), unit("kosong", "bupati")],
  posts: [post("bupati", "bupati", null), post("sekda", "setda", "bupati"), post("asisten", "setda", "sekda"), post("kabag", "umum", "sekda"), post("tu", "setda", "kabag"), post("kadis", "dinas", "sekda", null), post("sekdis", "dinas", "kadis"), post("staf", "dinas", "sekdis")],
};

describe("the tree of cards", () => {
  const roots = treeOf(chart);

  it("puts a unit and the post that heads it on one card, and every post and unit on exactly one", () => {
    assert.deepEqual(roots.map((node) => [node.key, node.post?.id]), [["unit:bupati", "bupati"]]);
    const all = everyNode(roots);
    assert.deepEqual(all.flatMap((node) => node.post?.id ?? []).toSorted(), chart.posts.map((each) => each.id).toSorted());
    assert.deepEqual(all.filter((node) => node.isUnit).map((node) => node.unit.id).toSorted(), chart.units.map((each) => each.id).toSorted());
    assert.equal(cardOf(roots, "setda")?.post?.id, "sekda", "the clerk under the part below does not head the secretariat");
    assert.deepEqual(cardOf(roots, "setda")?.children.map((node) => node.key), ["post:asisten", "post:tu", "unit:umum"]);
    assert.deepEqual(cardOf(roots, "dinas")?.children.map((node) => [node.key, node.children.map((child) => child.key)]), [["post:sekdis", ["post:staf"]]]);
    assert.equal(roots[0]?.below, 7);
  });

  it("says how a post stands", () => {
    assert.deepEqual(["bupati", "dinas", "kosong"].map((id) => standingOf(cardOf(roots, id) ?? assert.fail())), ["held", "vacant", "empty"]);
    const acting = treeOf({ ...chart, posts: [{ ...post("bupati", "bupati", null), holder: holder("Plh", "plh") }] });
    assert.equal(standingOf(acting[0] ?? assert.fail()), "acting");
  });

  it("lists what is open, names the way to a card, and finds by all words of post, unit and person", () => {
    assert.deepEqual(linesOf(roots, new Set(["unit:bupati"])).map(({ node, level, place, siblings }) => [node.key, level, place, siblings]), [["unit:bupati", 0, 0, 1], ["unit:setda", 1, 0, 3], ["unit:dinas", 1, 1, 3], ["unit:kosong", 1, 2, 3]]);
    assert.deepEqual(pathTo(roots, "post:staf"), ["unit:bupati", "unit:dinas", "post:sekdis"]);
    assert.equal(pathTo(roots, "post:tiada"), undefined);
    assert.equal(speaksOf(cardOf(roots, "staf") ?? assert.fail(), " STAF jabatan"), true);
    assert.equal(speaksOf(cardOf(roots, "staf") ?? assert.fail(), "staf dinas"), false);
  });

  it("does not hang on loops, nor lose units whose parent is not in the chart", () => {
    const looped = treeOf({ units: [unit("a", "b"), unit("b", "a"), unit("c", "tiada")], posts: [post("x", "c", "y"), post("y", "c", "x")] });
    assert.deepEqual(looped.map((node) => node.key), ["unit:c"]);
  });
});

describe("the picture", () => {
  it("never lays a card on another, whatever is open", () => {
    fc.assert(fc.property(fc.array(fc.nat({ max: 60 }), { minLength: 1, maxLength: 60 }), fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), fc.constantFrom(500, 1500, Number.POSITIVE_INFINITY), (parents, opens, shelf) => {
      const units = parents.map((parent, index) => unit(`u${index}`, index === 0 ? null : `u${parent % index}`));
      const roots = treeOf({ units, posts: [] });
      const open = new Set(units.flatMap((each, index) => (opens[index] === true ? [`unit:${each.id}`] : [])));
      const { cards, width, height } = pictureOf(roots, open, shelf);
      assert.deepEqual(cards.map(({ node }) => node.key).toSorted(), linesOf(roots, open).map(({ node }) => node.key).toSorted());
      for (const [index, a] of cards.entries()) {
        assert.ok(a.x >= 0 && a.y >= 0 && a.x + sizes.card.w <= width + 0.001 && a.y + sizes.card.h <= height + 0.001, `${a.node.key} leaves the picture`);
        for (const b of cards.slice(index + 1)) assert.ok(Math.abs(a.x - b.x) >= sizes.card.w || Math.abs(a.y - b.y) >= sizes.card.h, `${a.node.key} lies on ${b.node.key}`);
      }
    }));
  });

  it("draws a hundred units and two thousand posts", () => {
    const units = Array.from({ length: 100 }, (_, index) => unit(`u${index}`, index === 0 ? null : `u${Math.floor((index - 1) / 10)}`));
    const posts = Array.from({ length: 2000 }, (_, index) => post(`p${index}`, `u${index % 100}`, index < 100 ? null : `p${index % 100}`));
    const roots = treeOf({ units, posts });
    assert.equal(pictureOf(roots, openable(roots)).cards.length, 2000);
  });
});

describe("days of the office", () => {
  it("begin and end at its midnight", () => {
    assert.equal(startOfDay("2026-01-01", "WITA"), "2025-12-31T16:00:00.000Z");
    assert.equal(endOfDay("2026-01-01", "WIB"), "2026-01-01T16:59:59.999Z");
    assert.equal(dayOf("2025-12-31T16:00:00.000Z", "WITA"), "2026-01-01");
    assert.equal(dayOf("2025-12-31T15:59:59.999Z", "WITA"), "2025-12-31");
    assert.equal(daysLater("2026-12-31", 1), "2027-01-01");
    assert.deepEqual(["2026-02-29", "2026-02-28", "28-02-2026", ""].map(isDay), [false, true, false, false]);
  });
});
