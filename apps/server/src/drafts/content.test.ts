import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { codeLength, contentHash, deepestField, isStorable, verificationCode } from "./content.ts";
import type { Content } from "./draft.ts";

const content: Content = { subject: "Hal", security: "B", urgency: "biasa", classification: null, attachment: "", place: "", to: [], cc: [], body: { type: "doc", content: [] }, fields: {} };

describe("a verification code", () => {
  it("is ten letters nobody confuses, even over the alphabet", () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 3000; index += 1) {
      const code = verificationCode();
      assert.match(code, /^[2-9A-HJKMNP-TV-Z]{10}$/);
      for (const letter of code) counts.set(letter, (counts.get(letter) ?? 0) + 1);
    }
    assert.equal(counts.size, 30);
    // 30,000 letters, 1,000 of each: six standard deviations are about 187.
    for (const [letter, count] of counts) assert.ok(Math.abs(count - (3000 * codeLength) / 30) < 190, `${letter} ${count}`);
  });
  it("throws away bytes that would favour some letters", () => {
    let asked = 0;
    assert.equal(verificationCode(() => (asked++ === 0 ? new Uint8Array(16).fill(255) : new Uint8Array(16))), "2222222222");
    assert.equal(asked, 2);
  });
});

describe("the hash of a text", () => {
  it("does not depend on the order of fields, and changes with every value", () => {
    const turned: Content = { fields: {}, body: { content: [], type: "doc" }, cc: [], to: [], place: "", attachment: "", classification: null, urgency: "biasa", security: "B", subject: "Hal" };
    assert.equal(contentHash(content), contentHash(turned));
    fc.assert(fc.property(fc.string({ minLength: 1, unit: "grapheme" }), (subject) => subject === "Hal" || contentHash({ ...content, subject }) !== contentHash(content)));
  });
});

describe("what can be stored", () => {
  it("has no lone surrogates, no NUL, and an end to its nesting", () => {
    const nest = (depth: number): unknown => (depth === 0 ? "x" : [nest(depth - 1)]);
    assert.equal(isStorable({ ...content, subject: "😀 sah" }), true);
    assert.equal(isStorable({ ...content, subject: "\ud800" }), false);
    assert.equal(isStorable({ ...content, fields: { a: "\u0000" } }), false);
    assert.equal(isStorable({ ...content, fields: { a: nest(deepestField - 2) } }), true);
    assert.equal(isStorable({ ...content, fields: { a: nest(500) } }), false);
  });
});
