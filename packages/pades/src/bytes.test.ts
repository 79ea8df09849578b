import assert from "node:assert/strict";
import { test } from "node:test";
import { concat, fromLatin1, toHex, writeHex, type Piece } from "./bytes.ts";

const ALL = String.fromCharCode(...Array.from({ length: 256 }, (_, code) => code));

test("a text is one byte for each character, short or long, ASCII or beyond, and writes nothing past its end", () => {
  for (const text of ["", "a", "%PDF-1.7\n", "x".repeat(200), ALL, `é${"x".repeat(60)}`, `${"x".repeat(60)}é`, `${"x".repeat(30)}ÿ${"x".repeat(30)}`, "ÿ".repeat(100)]) {
    const expected = Buffer.from(text, "latin1");
    assert.deepEqual(Buffer.from(fromLatin1(text)), expected);
    assert.deepEqual(Buffer.from(concat([text, Uint8Array.of(1, 2), text])), Buffer.concat([expected, Buffer.of(1, 2), expected]));
  }
});

test("pieces are joined in their order, however texts and bytes follow one another", () => {
  const pieces: readonly Piece[] = ["one ", "two ", Uint8Array.of(0, 255), Uint8Array.of(7), "", "thrëë ", "four ".repeat(20), new Uint8Array(0), "end"];
  assert.deepEqual(Buffer.from(concat(pieces)), Buffer.concat(pieces.map((piece) => (typeof piece === "string" ? Buffer.from(piece, "latin1") : piece))));
  assert.deepEqual(concat([]), new Uint8Array(0));
});

test("hexadecimal digits are written where they belong, and the end is told", () => {
  const target = new Uint8Array(600).fill(0x20);
  assert.equal(writeHex(target, 3, fromLatin1(ALL)), 3 + 512);
  assert.equal(Buffer.from(target).toString("latin1"), `   ${toHex(fromLatin1(ALL))}${" ".repeat(85)}`);
  assert.equal(toHex(fromLatin1(ALL)), Buffer.from(ALL, "latin1").toString("hex"));
});
