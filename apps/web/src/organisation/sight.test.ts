import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { meets, sightOf, type Part } from "./sight.ts";

const nothing: Part = { x: 0, y: 0, w: 0, h: 0 };
const window: Part = { x: 0, y: 0, w: 1000, h: 600 };

describe("what of a picture is drawn", () => {
  it("is what the window shows and a margin around it, as wide on the screen at every size", () => {
    assert.deepEqual(sightOf(nothing, window, 1), { x: -260, y: -260, w: 1520, h: 1120 });
    assert.deepEqual(sightOf(nothing, window, 0.5), { x: -520, y: -520, w: 2040, h: 1640 });
  });

  it("stands while the picture is pushed a little, and follows when it is pushed further", () => {
    const drawn = sightOf(nothing, window, 1);
    assert.equal(sightOf(drawn, { ...window, x: 250, y: -250 }, 1), drawn);
    assert.deepEqual(sightOf(drawn, { ...window, x: 261 }, 1), { x: 1, y: -260, w: 1520, h: 1120 });
  });

  it("shrinks when the picture is enlarged, so that nothing is drawn for nobody", () => {
    const drawn = sightOf(nothing, { x: 0, y: 0, w: 10_000, h: 6000 }, 0.1);
    assert.deepEqual(sightOf(drawn, window, 1), { x: -260, y: -260, w: 1520, h: 1120 });
  });

  it("has a card in it as soon as one corner is", () => {
    assert.deepEqual([{ x: -50, y: -50, w: 51, h: 51 }, { x: 999, y: 599, w: 9, h: 9 }, { x: 1000, y: 0, w: 9, h: 9 }].map((card) => meets(card, window)), [true, true, false]);
  });
});
